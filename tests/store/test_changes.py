"""The graphs that the protocol names beside an update become its USING clauses, and nothing else in it changes."""

import pytest

from treatygraph.model.errors import QueryError
from treatygraph.store.changes import GraphWrite, SparqlUpdate, from_values, to_values, update_text

G = ("http://a/g",)


@pytest.mark.parametrize(
    ("sent", "run"),
    [
        (
            "INSERT { ?s ?p 1 } WHERE { ?s ?p 2 }",
            "INSERT { ?s ?p 1 } USING <http://a/g> WHERE { ?s ?p 2 }",
        ),
        (
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 'WHERE' } where { { SELECT * WHERE { ?s ?p 2 } } }",
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 'WHERE' } USING <http://a/g> where { { SELECT * WHERE { ?s ?p 2 } } }",
        ),
        (
            "DELETE WHERE { GRAPH ?g { ?s ?p 1 } }",
            "DELETE { GRAPH ?g { ?s ?p 1 } } USING <http://a/g> WHERE { GRAPH ?g { ?s ?p 1 } }",
        ),
        (
            "INSERT DATA { <a:s> <a:where> 'WHERE' } # WHERE",
            "INSERT DATA { <a:s> <a:where> 'WHERE' } # WHERE",
        ),
        (
            "PREFIX WHERE: <a:> CLEAR DEFAULT ; INSERT { ?s WHERE:p 1 } WHERE { ?s ?p 2 } ;",
            "PREFIX WHERE: <a:> CLEAR DEFAULT ; INSERT { ?s WHERE:p 1 } USING <http://a/g> WHERE { ?s ?p 2 } ;",
        ),
    ],
)
def test_graphs_of_the_protocol_become_using_clauses(sent: str, run: str) -> None:
    assert update_text(SparqlUpdate(sent, using_graphs=G), merged=False) == run
    assert update_text(SparqlUpdate(sent), merged=False) == sent


def test_named_graphs_alone_leave_the_default_graph_empty() -> None:
    update = SparqlUpdate(
        "DELETE { ?s ?p 1 } WHERE { ?s ?p 2 }", using_named_graphs=("http://a/1", "http://a/2")
    )
    assert "USING NAMED <http://a/1> USING NAMED <http://a/2> WHERE" in update_text(update, merged=False)


@pytest.mark.parametrize(
    "sparql",
    [
        "WITH <a:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 2 }",
        "DELETE { ?s ?p 1 } USING <a:g> WHERE { ?s ?p 2 }",
        "CLEAR DEFAULT ; WITH <a:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 2 }",
    ],
)
def test_graphs_named_twice_are_refused_with_the_place(sparql: str) -> None:
    with pytest.raises(QueryError, match="stands in the update, and the request names graphs too") as refused:
        update_text(SparqlUpdate(sparql, using_graphs=G), merged=False)
    assert refused.value.where is not None and refused.value.where.line == 1


def test_what_is_no_iri_cannot_get_into_the_update() -> None:
    with pytest.raises(QueryError, match="not an absolute IRI"):
        update_text(
            SparqlUpdate(
                "DELETE { ?s ?p 1 } WHERE { ?s ?p 2 }", using_graphs=("http://a/> WHERE {} ; DROP ALL #",)
            ),
            merged=False,
        )


@pytest.mark.parametrize(
    "change",
    [
        SparqlUpdate("CLEAR ALL"),
        SparqlUpdate("CLEAR ALL", (), ("a:b",), "a:c"),
        GraphWrite(None, "delete"),
        GraphWrite("a:b", "post", b"\xff\x00", "text/turtle", "a:c"),
    ],
)
def test_change_comes_through_the_pipe_as_it_was(change: SparqlUpdate | GraphWrite) -> None:
    assert from_values(*to_values(change)) == change
