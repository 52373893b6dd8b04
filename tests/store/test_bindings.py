"""What an engine that takes a text and nothing else is sent: values, declarations and graphs stand in the query."""

import json

import pytest
from pyoxigraph import Literal, NamedNode

from treatygraph.model.errors import QueryError
from treatygraph.store.bindings import mended, with_bindings, with_declarations, with_graph_variables


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT ?a { ?a ?p ?b }", 'SELECT ?a { VALUES (?a ?b) { (<a:b> "x\\"y"@en) }  ?a ?p ?b }'),
        (
            "CONSTRUCT { ?a <a:p> ?b } WHERE { ?a ?p ?b }",
            'CONSTRUCT { ?a <a:p> ?b } WHERE { VALUES (?a ?b) { (<a:b> "x\\"y"@en) }  ?a ?p ?b }',
        ),
        (
            "CONSTRUCT WHERE { ?a ?p ?b }",
            'CONSTRUCT WHERE { VALUES (?a ?b) { (<a:b> "x\\"y"@en) }  ?a ?p ?b }',
        ),
        ("ASK { ?a ?p ?b }", 'ASK { VALUES (?a ?b) { (<a:b> "x\\"y"@en) }  ?a ?p ?b }'),
    ],
)
def test_values_stand_at_the_beginning_of_the_pattern(query: str, wanted: str) -> None:
    assert with_bindings(query, {"a": NamedNode("a:b"), "b": Literal('x"y', language="en")}) == wanted
    assert with_bindings(query, {}) == query


def test_query_without_a_pattern_takes_no_values() -> None:
    with pytest.raises(QueryError, match="no pattern"):
        with_bindings("DESCRIBE <a:b>", {"a": NamedNode("a:b")})


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("ASK {}", "BASE <http://b/> PREFIX p: <a:> ASK {}"),
        ("PREFIX p: <c:>\nBASE <http://c/>\nASK {}", "BASE <http://c/> PREFIX p: <c:> "),
        ("PREFIX p: <a#> ASK {}", "BASE <http://b/> PREFIX p: <a:> PREFIX p: <a#> ASK {}"),
    ],
)
def test_declarations_come_once_and_the_query_wins(query: str, wanted: str) -> None:
    sent = with_declarations(query, "http://b/", {"p": "a:"})
    assert sent.startswith(wanted)
    assert sent.count("\n") == query.count("\n") and sent.endswith("ASK {}")


def test_named_graph_becomes_a_variable_of_one_value() -> None:
    sent = with_graph_variables("SELECT * { GRAPH <a:b> { ?s ?p 'GRAPH <a:c>' } GRAPH ?g { ?s ?p ?o } }")
    assert sent == (
        "SELECT * { VALUES ?tg_graph_1 { <a:b> } GRAPH ?tg_graph_1 { ?s ?p 'GRAPH <a:c>' } GRAPH ?g { ?s ?p ?o } }"
    )


def test_results_lose_the_columns_that_were_put_in_and_have_booleans_in_words() -> None:
    boolean = {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "0"}
    row = {"a": boolean, "tg_graph_1": {"type": "uri", "value": "a:b"}}
    results = {"head": {"vars": ["a", "tg_graph_1"]}, "results": {"bindings": [row]}}
    found = json.loads(mended(json.dumps(results).encode()))
    assert found == {"head": {"vars": ["a"]}, "results": {"bindings": [{"a": boolean | {"value": "false"}}]}}
    assert mended(b'{"boolean": true}') == b'{"boolean": true}'
