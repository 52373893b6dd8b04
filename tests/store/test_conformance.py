"""One specification of a store: on disk, at Oxigraph's own server, and at Virtuoso 7."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import RDF, RDFS, TG, XSD
from treatygraph.model.errors import (
    QueryError,
    QueryTimeoutError,
    RdfSyntaxError,
    StoreError,
    UnknownGraphError,
    ValidationFailedError,
    WriteRefusedError,
)
from treatygraph.model.store import Solutions, Store
from treatygraph.store import Question, WritableStore, open_pool, open_reader, open_writer
from treatygraph.store.changes import GraphWrite, SparqlUpdate
from treatygraph.store.question import PoolSettings
from treatygraph.store.writing import ProcessWriter

sys.path.insert(0, str(Path(__file__).parent))
import engines

Make = Callable[..., dict[NamedNode, list[Quad]]]
SAYS = iri("concept/says").value
WELL = iri("tool/well").value
ALL = f"SELECT ?word WHERE {{ <{WELL}> <{SAYS}> ?word }} ORDER BY ?word"


@pytest.fixture(scope="session")
def oxigraph_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with engines.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with engines.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture(params=["disk", "oxigraph", "virtuoso"])
def location(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where a new store may be made."""
    monkeypatch.setenv("TREATYGRAPH_TEXTS", str(tmp_path / "texts"))
    if request.param == "disk":
        return str(tmp_path / "store")
    return engines.emptied(request.getfixturevalue(f"{request.param}_address"))


@pytest.fixture
def writable(location: str) -> Iterator[WritableStore]:
    with open_writer(location) as opened:
        yield opened


def said(store: Store) -> list[str]:
    answer = store.query(ALL)
    assert isinstance(answer, Solutions)
    return [row[0].value for row in answer.rows if isinstance(row[0], Literal)]


def test_new_store_is_empty_and_has_generation_0(writable: WritableStore) -> None:
    assert writable.generation() == 0
    assert writable.graphs() == () and list(writable.quads()) == [] and list(writable.merged()) == []


def test_replaced_graphs_stand_alone_and_in_the_merge(writable: WritableStore, make_graphs: Make) -> None:
    assert writable.replace_graphs(make_graphs(a="1 2", b="2 3")) == 1
    assert [graph.value for graph in writable.graphs()] == [iri("graph/a").value, iri("graph/b").value]
    assert len(list(writable.quads())) == 4 and len(list(writable.quads(iri("graph/a")))) == 2
    assert said(writable) == ["1", "2", "3"]
    assert {triple.object.value for triple in writable.merged() if isinstance(triple.object, Literal)} == {
        "1", "2", "3",
    }  # fmt: skip


def test_statement_leaves_the_merge_with_the_last_graph_that_holds_it(
    writable: WritableStore, make_graphs: Make
) -> None:
    writable.replace_graphs(make_graphs(a="1 2", b="2 3"))
    writable.replace_graphs(make_graphs(a="1"))
    assert said(writable) == ["1", "2", "3"]
    assert writable.replace_graphs(make_graphs(b="3")) == 3
    assert said(writable) == ["1", "3"]
    writable.replace_graphs({iri("graph/b"): []})
    assert said(writable) == ["1"] and [graph.value for graph in writable.graphs()] == [iri("graph/a").value]


def test_others_are_dropped_when_asked(writable: WritableStore, make_graphs: Make) -> None:
    writable.replace_graphs(make_graphs(a="1", b="2"))
    writable.replace_graphs(make_graphs(c="3"), drop_others=True)
    assert said(writable) == ["3"] and len(writable.graphs()) == 1


def test_graph_that_is_not_asserted_stays_out_of_the_merge(
    writable: WritableStore, make_graphs: Make
) -> None:
    writable.replace_graphs(make_graphs(a="1", build="2", suggestions_x="3"))
    assert said(writable) == ["1"] and len(writable.graphs()) == 3
    writable.update(f"INSERT DATA {{ GRAPH <{iri('graph/build').value}> {{ <{WELL}> <{SAYS}> '4' }} }}")
    assert said(writable) == ["1"]


def test_update_is_one_commit_and_renews_the_merge(writable: WritableStore, make_graphs: Make) -> None:
    writable.replace_graphs(make_graphs(a="1", b="2"))
    update = f"""PREFIX g: <{iri("graph/a").value[:-1]}>
    DELETE {{ GRAPH g:a {{ ?s ?p ?o }} }} INSERT {{ GRAPH g:c {{ ?s ?p '3' }} }} WHERE {{ ?s ?p '1', ?o }} ;
    DROP SILENT GRAPH g:none ; # and a comment"""
    assert writable.update(update) == 2
    assert said(writable) == ["2", "3"]


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", "default graph"),
        ("CLEAR ALL", "default graph"),
        ("INSERT { GRAPH <a:g> { ?s ?p 1 } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p 1 } }", "SERVICE"),
        ("INSERT DATA {\n GRAPH <a:g> { <a:a> } }", "line 2"),
    ],
)
def test_update_that_cannot_be_run_is_told_and_changes_nothing(
    writable: WritableStore, make_graphs: Make, update: str, words: str
) -> None:
    writable.replace_graphs(make_graphs(a="1"))
    with pytest.raises(QueryError, match=words):
        writable.update(update)
    assert (writable.generation(), said(writable)) == (1, ["1"])
    assert writable.update(f"INSERT DATA {{ GRAPH <a:g> {{ <{WELL}> <{SAYS}> '2' }} }}") == 2
    assert said(writable) == ["1", "2"]


def test_graphs_are_written_whole_added_to_and_deleted(writable: WritableStore) -> None:
    def turtle(*words: str) -> bytes:
        return f"<{WELL}> <{SAYS}> {', '.join(repr(word) for word in words)} .".encode()

    assert writable.apply(GraphWrite("http://a/g", "put", turtle("1", "2"))).created
    assert not writable.apply(GraphWrite("http://a/g", "put", turtle("3"))).created
    writable.apply(GraphWrite("http://a/g", "post", turtle("4")))
    assert said(writable) == ["3", "4"]
    assert writable.apply(SparqlUpdate("CLEAR GRAPH <http://a/g>")).generation == 4
    assert said(writable) == []
    with pytest.raises(UnknownGraphError):
        writable.apply(GraphWrite("http://a/none", "delete"))
    with pytest.raises(WriteRefusedError):
        writable.apply(GraphWrite(None, "put", turtle("5")))
    with pytest.raises(RdfSyntaxError):
        writable.apply(GraphWrite("http://a/g", "put", b"<a"))
    assert writable.generation() == 4


def test_judge_sees_the_difference_and_what_it_refuses_is_not_stored(
    writable: WritableStore, make_graphs: Make
) -> None:
    seen: list[tuple[int, int]] = []

    def judge(engine: object, difference: object) -> None:
        seen.append((len(difference.gone), len(difference.come)))  # type: ignore[attr-defined]
        if len(seen) == 2:
            raise ValidationFailedError("no")

    writable.replace_graphs(make_graphs(a="1 2"), check=judge)
    with pytest.raises(ValidationFailedError):
        writable.replace_graphs(make_graphs(a="2 3 4"), check=judge)
    writable.apply(GraphWrite(iri("graph/a").value, "delete"), check=judge)
    assert seen == [(0, 2), (1, 2), (2, 0)]
    assert (writable.generation(), said(writable)) == (2, [])


TERMS = [
    Literal("x", language="fr"),
    Literal('Ärger "mit" \\ \n 源 😀 العربية'),
    Literal(""),
    Literal("2016-10-20", datatype=XSD.date),
    Literal("15:00:00", datatype=XSD.time),
    Literal("2016-10-20T10:00:00", datatype=XSD.dateTime),
    Literal("true", datatype=XSD.boolean),
    Literal("42", datatype=XSD.integer),
    NamedNode("https://w3id.org/treatygraph/id/document/A/RES/55/25"),
    NamedNode("http://a/%C3%A4/ü(x)"),
]


def test_terms_come_back_as_they_were_given(writable: WritableStore) -> None:
    graph = iri("graph/a")
    quads = {Quad(NamedNode("http://a/s"), NamedNode("http://a/p"), term, graph) for term in TERMS}
    writable.replace_graphs({graph: quads})
    assert set(writable.quads()) == quads
    assert set(writable.merged()) == {quad.triple for quad in quads}


def test_every_form_of_query_is_answered(writable: WritableStore, make_graphs: Make) -> None:
    writable.replace_graphs(make_graphs(a="1 2"))
    assert writable.query(f"ASK {{ <{WELL}> ?p '1' }}") is True
    assert writable.query(f"ASK {{ <{WELL}> ?p '3' }}") is False
    built = writable.query(f"CONSTRUCT {{ ?s <{SAYS}> 'x' }} WHERE {{ ?s <{SAYS}> ?o }}")
    assert built == (Triple(NamedNode(WELL), NamedNode(SAYS), Literal("x")),)
    counted = writable.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert isinstance(counted, Solutions) and counted.variables == ("n",)
    assert [str(row[0]) for row in counted.rows] == [str(Literal("2", datatype=XSD.integer))]
    unbound = writable.query(
        "SELECT ?none ?o WHERE { ?s ?p ?o OPTIONAL { ?o <http://a/none> ?none } } ORDER BY ?o"
    )
    assert isinstance(unbound, Solutions) and unbound.rows == ((None, Literal("1")), (None, Literal("2")))
    with pytest.raises(QueryError, match="SERVICE is refused"):
        writable.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="line 2"):
        writable.query("SELECT * {\n ?s ?p }")


def test_source_texts_stay_on_this_machine(writable: WritableStore, location: str) -> None:
    digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    writable.save_text(digest, "foo")
    assert writable.text(digest) == "foo" and writable.text("0" * 64) is None


def test_reader_is_told_where_there_is_no_store(location: str) -> None:
    with pytest.raises(StoreError, match="There is no store"):
        open_reader(location)


def test_pool_answers_in_every_form(writable: WritableStore, location: str, make_graphs: Make) -> None:
    writable.replace_graphs(make_graphs(a="1 2", b="3"))
    with open_pool(location, PoolSettings(workers=2)) as pool:
        csv = pool.ask(Question(ALL, "csv"))
        assert (csv.body, csv.is_graph, csv.generation) == (b"word\r\n1\r\n2\r\n3\r\n", False, 1)
        assert b'"boolean":true' in pool.ask(Question("ASK { ?s ?p '1' }")).body.replace(b" ", b"")
        turtle = pool.ask(Question("CONSTRUCT { ?s ?p 'x' } WHERE { ?s ?p ?o }", "ntriples"))
        assert turtle.body == f'<{WELL}> <{SAYS}> "x" .\n'.encode() and turtle.is_graph
        with pytest.raises(QueryError, match="cannot be given as"):
            pool.ask(Question(ALL, "turtle"))
        with pytest.raises(QueryError, match="line 1"):
            pool.ask(Question("SELECT * { ?s ?p }"))


def test_pool_binds_values_and_takes_base_and_prefixes(
    writable: WritableStore, location: str, make_graphs: Make
) -> None:
    writable.replace_graphs(make_graphs(a="1 2", b="3"))
    with open_pool(location, PoolSettings(workers=1)) as pool:
        bound = Question(
            "SELECT ?s ?word { ?s c:says ?word OPTIONAL { ?s <none> ?x } }",
            "csv",
            base="https://w3id.org/treatygraph/id/",
            prefixes={"c": "https://w3id.org/treatygraph/id/concept/"},
            bindings={"word": Literal("2"), "s": NamedNode(WELL)},
        )
        assert pool.ask(bound).body == f"s,word\r\n{WELL},2\r\n".encode()


def test_pool_answers_over_the_graphs_that_are_named(
    writable: WritableStore, location: str, make_graphs: Make
) -> None:
    writable.replace_graphs(make_graphs(a="1 2", b="3"))
    with open_pool(location, PoolSettings(workers=1)) as pool:
        one = Question(ALL, "csv", default_graphs=(iri("graph/b").value,))
        assert pool.ask(one).body == b"word\r\n3\r\n"
        named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
        both = (iri("graph/a").value, iri("graph/b").value)
        rows = pool.ask(Question(named, "csv", named_graphs=both)).body.decode().split()[1:]
        assert sorted(rows) == sorted(both)


def test_pool_keeps_its_deadline(writable: WritableStore, location: str, make_graphs: Make) -> None:
    writable.replace_graphs(make_graphs(a=" ".join(map(str, range(400)))))
    crossed = (
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(STRLEN(CONCAT(?x, ?y, ?z)) = 1) }"
    )
    with (
        open_pool(location, PoolSettings(workers=1)) as pool,
        pytest.raises(QueryTimeoutError, match="1 seconds"),
    ):
        pool.ask(Question(crossed), timeout=1)


def test_process_that_writes_commits_to_any_store(
    writable: WritableStore, location: str, make_graphs: Make
) -> None:
    writable.replace_graphs(make_graphs(a="1"))
    writable.close()
    with ProcessWriter(location) as writer:
        update = SparqlUpdate(f"INSERT DATA {{ GRAPH <a:g> {{ <{WELL}> <{SAYS}> '2' }} }}")
        assert writer.apply(update).generation == 2
        with pytest.raises(QueryError, match="line 1"):
            writer.apply(SparqlUpdate("INSERT DATA { <a> }"))
    with open_reader(location) as reader:
        assert said(reader) == ["1", "2"]


def named(name: str, words: str) -> list[Quad]:
    graph = iri("graph/names")
    return [
        Quad(iri(name), RDF.type, TG.Body, graph),
        Quad(iri(name), RDFS.label, Literal(words, language="en"), graph),
    ]


def test_words_are_looked_for_in_the_state_that_answers(writable: WritableStore, location: str) -> None:
    graph = iri("graph/names")
    search = 'SERVICE tg:search { ?body tg:matches "pilots" ; tg:score ?score ; tg:snippet ?words }'
    query = f"SELECT ?body ?words WHERE {{ {search} ?body a tg:Body }} ORDER BY ?body"
    question = Question(query, "csv", prefixes={"tg": TG.NAMESPACE})
    one, two = named("body/pilots", "Board of pilots"), named("body/council", 'Pilots\' council \\ "north"')
    writable.replace_graphs({graph: one})
    with open_pool(location, PoolSettings(workers=1)) as pool:
        assert pool.ask(question).body.decode().split("\r\n")[1:-1] == [
            f"{iri('body/pilots').value},Board of pilots"
        ]
    writable.replace_graphs({graph: [*one, *two]})
    with open_pool(location, PoolSettings(workers=1)) as pool:
        assert pool.ask(question).body.count(b"\r\n") == 3
        with pytest.raises(QueryError, match="SERVICE is refused"):
            pool.ask(Question("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }"))
    found = writable.query(f"PREFIX tg: <{TG.NAMESPACE}> {query}")
    assert isinstance(found, Solutions)
    assert [row[1] for row in found.rows] == [one[1].object, two[1].object][::-1]
