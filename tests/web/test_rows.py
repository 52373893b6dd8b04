"""The rows of an answer are counted as its own reader would count them."""

from __future__ import annotations

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store

from treatygraph.store.spool import Answer
from treatygraph.web.dumps import whole_lines
from treatygraph.web.rows import rows_of

TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


@pytest.fixture(scope="module")
def engine() -> Store:
    store = Store()
    store.update('INSERT DATA { <a:s> <a:p> "x\\r\\ny", "},{", "q\\"q\\n", "<result>", <a:o> }')
    return store


def answer(engine: Store, query: str, form: str) -> Answer:
    found = engine.query(query)
    assert not isinstance(found, QueryTriples)
    body = found.serialize(format=TABLES[form])
    assert body is not None
    return Answer(body, isinstance(found, QueryBoolean), 1)


@pytest.mark.parametrize("form", TABLES)
@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?o { ?s ?p ?o }", 5),
        ("SELECT ?o ?none { ?s ?p ?o } LIMIT 2", 2),
        ("SELECT * {}", 1),
        ("SELECT * { FILTER(false) }", 0),
        ("ASK {}", None),
    ],
)
def test_rows_of_a_table_are_its_solutions(engine: Store, form: str, query: str, rows: int | None) -> None:
    assert rows_of(answer(engine, query, form), form) == rows


def test_rows_of_a_graph_are_counted_where_a_row_is_a_line(engine: Store) -> None:
    found = engine.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(found, QueryTriples)
    body = found.serialize(format=RdfFormat.N_TRIPLES)
    assert body is not None
    assert rows_of(Answer(body, True, 1), "ntriples") == 5
    assert rows_of(Answer(body, True, 1), "turtle") is None


def test_lines_of_a_long_graph_are_given_whole() -> None:
    chunks = [b"<a> <b> <c> .\n<d> <e> ", b"<f> .", b"\n", b'<g> <h> " .\\n" .\n']
    given = list(whole_lines(chunks))
    assert b"".join(given) == b"".join(chunks)
    assert all(each.endswith(b"\n") for each in given if each)
