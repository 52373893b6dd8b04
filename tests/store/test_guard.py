"""What stands in front of the engine lets through what people ask, and refuses the rest with line and column."""

import time

import pytest

from treatygraph.model.errors import QueryError
from treatygraph.store import QueryForm, check_query, check_update
from treatygraph.store.guard import MAX_CHARACTERS, MAX_DEPTH, _plain_form

TAKEN = {
    "SELECT * { ?s ?p ?o }": QueryForm.SELECT,
    "select (1 as ?x) {}": QueryForm.SELECT,
    "ASK {}": QueryForm.ASK,
    "PREFIX a: <http://a/> BASE <http://b/> CONSTRUCT WHERE { a:s a:p <o> }": QueryForm.CONSTRUCT,
    "DESCRIBE <http://a/service>": QueryForm.DESCRIBE,
    "# SERVICE here is a comment\nASK {}": QueryForm.ASK,
    "ASK { ?s ?p 'SERVICE <http://a> {}' }": QueryForm.ASK,
    'ASK { ?s ?p """SERVICE "x" \\""" LOAD""" }': QueryForm.ASK,
    "PREFIX service: <http://a/> ASK { ?service service:load service:SERVICE }": QueryForm.ASK,
    "ASK { ?s <http://a/SERVICE/LOAD> ?o@service }": QueryForm.ASK,
    "ASK { ?s ?p ?o FILTER(?a<?b&&?c>?d) }": QueryForm.ASK,
    "ASK { <https://w3id.org/treatygraph/id/document/A/RES/2200(XXI)A> ?p ?o }": QueryForm.ASK,
    "ASK { ?s ?p ?insert . ?s ?q 'DELETE' }": QueryForm.ASK,
}

REFUSED = {
    "SELECT * {\n  SERVICE <http://a> { ?s ?p ?o } }": ("SERVICE is refused", 2, 3),
    "SELECT * {\n  service silent ?x { ?s ?p ?o } }": ("SERVICE is refused", 2, 3),
    "ASK { ?s ?p '#' . SERVICE <http://a> {} }": ("SERVICE is refused", 1, 19),
    "PREFIX a: <http://a/> ASK { ?s a:x\\# ?o . SERVICE <http://a> {} }": ("SERVICE is refused", 1, 43),
    "ASK { FILTER(?a<?b)SERVICE:x#>\n{} }": ("SERVICE is refused", 1, 16),
    "LOAD <http://a>": ("LOAD is refused", 1, 1),
    "INSERT DATA { <a:a> <a:b> 1 }": ("INSERT begins an update", 1, 1),
    "PREFIX a: <http://a/>\nDELETE WHERE { a:b ?p ?o }": ("DELETE begins an update", 2, 1),
    "WITH <http://a> DELETE {} WHERE {}": ("WITH begins an update", 1, 1),
    "": ("There is no query", 1, 1),
    "# nothing": ("There is no query", 1, 10),
    "PREFIX a: <http://a/>": ("There is no query", 1, 22),
    "what is this": ("does not begin with 'what'", 1, 1),
    "ASK { ?s ?p 'open }": ("A string is not closed", 1, 13),
    'ASK { ?s ?p """open }': ("A string is not closed", 1, 13),
    "SELECT * " + "{" * 4000 + "}" * 4000: (f"nested more than {MAX_DEPTH} deep", 1, 10 + MAX_DEPTH),
    "ASK { FILTER(" + "(" * 4000: ("nested more than", 1, 12 + MAX_DEPTH),
    "ASK { ?s ?p " + "[ ?p " * 4000: ("nested more than", 1, 13 + 5 * (MAX_DEPTH - 1)),
}


@pytest.mark.parametrize(("query", "form"), TAKEN.items())
def test_query_is_taken_with_its_form(query: str, form: QueryForm) -> None:
    assert check_query(query) is form


@pytest.mark.parametrize(("query", "expected"), REFUSED.items())
def test_query_is_refused_with_its_place(query: str, expected: tuple[str, int, int]) -> None:
    sentence, line, column = expected
    with pytest.raises(QueryError) as refused:
        check_query(query)
    where = refused.value.where
    assert sentence in refused.value.what
    assert where is not None and (where.line, where.column) == (line, column)
    assert refused.value.remedy.endswith(".")


def test_longest_query_is_taken_and_a_longer_one_is_not() -> None:
    query = "ASK {}"
    assert check_query(query + " " * (MAX_CHARACTERS - len(query))) is QueryForm.ASK
    with pytest.raises(QueryError, match="characters"):
        check_query(query + " " * (MAX_CHARACTERS - len(query) + 1))


@pytest.mark.parametrize("part", ['"""\\', "a.", "<", "'x' ", "\\", "a:b.", "?", "<a", "@a-", "%", "_", ":"])
def test_hostile_text_is_judged_in_time_linear_in_its_length(part: str) -> None:
    start = time.process_time()
    with pytest.raises(QueryError):
        check_query("{" + part * (MAX_CHARACTERS // len(part) - 1))
    assert time.process_time() - start < 5


WRITES_DEFAULT = [
    "INSERT DATA { <a:a> <a:b> 1 }",
    "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } <a:a> <a:b> 1 }",
    "DELETE DATA { <a:a> <a:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DELETE { GRAPH <a:g> { ?s ?p ?o } } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
    "CLEAR DEFAULT",
    "DROP SILENT ALL",
    "COPY <a:g> TO DEFAULT",
    "MOVE DEFAULT TO <a:g>",
    "CREATE GRAPH <a:g> ; INSERT DATA { <a:a> <a:b> 1 }",
]

WRITES_NAMED = [
    "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }",
    "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } GRAPH <a:h> { <a:a> <a:b> 1 . <a:c> <a:d> 2 } }",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH <a:g> DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }",
    "INSERT { GRAPH <a:g> { ?s ?p ?o } } WHERE { ?s ?p ?o { ?s ?q ?r } }",
    "PREFIX a: <a:> DROP SILENT GRAPH a:default ; CLEAR NAMED",
    "COPY <a:g> TO <a:h>",
    "",
]


@pytest.mark.parametrize("update", WRITES_DEFAULT)
def test_merged_dataset_refuses_a_write_to_its_default_graph(update: str) -> None:
    with pytest.raises(QueryError, match=r"default graph.*Name a graph"):
        check_update(update, merged=True)
    check_update(update, merged=False)


@pytest.mark.parametrize("update", WRITES_NAMED)
def test_merged_dataset_takes_a_write_to_named_graphs(update: str) -> None:
    check_update(update, merged=True)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://a> INTO GRAPH <a:g>",
        "CREATE GRAPH <a:g> ; load silent <http://a> into graph <a:g>",
        "INSERT { GRAPH <a:g> { ?s ?p ?o } } WHERE { SERVICE <http://a> { ?s ?p ?o } }",
    ],
)
def test_update_that_would_reach_the_network_is_refused(update: str, merged: bool) -> None:
    with pytest.raises(QueryError, match="is refused"):
        check_update(update, merged=merged)


@pytest.mark.parametrize("query", [*TAKEN, *REFUSED])
def test_plain_texts_are_read_as_word_by_word(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way gives the form that the long way gives, and refuses nothing by itself."""
    form = _plain_form(query)
    if form is not None:
        monkeypatch.setattr("treatygraph.store.guard._plain_form", lambda _: None)
        assert check_query(query) is form


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <a:b> {} }",
        "ASK { ?s ?p 'open }",
        "ASK { ?s ?p 'a\\'b' }",
        "INSERT DATA {}",
        "PREFIX a: <http://a/> LOAD <a:b>",
        "ASK { " + "{" * MAX_DEPTH + "}" * MAX_DEPTH + " }",
        "PREFIX ask: <http://a/> # ASK\nDELETE WHERE {}",
    ],
)
def test_text_that_is_not_plain_is_read_word_by_word(query: str) -> None:
    assert _plain_form(query) is None
