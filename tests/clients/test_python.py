"""SPARQLWrapper and rdflib's SPARQLStore work with the endpoint as their manuals say."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

EX = Namespace("http://example.org/")
NAMES = "PREFIX : <http://example.org/> SELECT ?name { ?x a :Harbour ; :name ?name FILTER(LANG(?name) = 'en') } ORDER BY ?name"
WROTE = "ASK { <http://example.org/east> <http://example.org/depth> 7 }"


def wrapper(address: str, query: str, form: Any = JSON) -> Any:
    made = SPARQLWrapper(address)
    made.setQuery(query)
    made.setReturnFormat(form)
    return made


@pytest.mark.parametrize(("method", "way"), [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_gets_rows_however_it_asks(harbours: Any, method: str, way: str) -> None:
    asked = wrapper(harbours.sparql, NAMES)
    asked.setMethod(method)
    asked.setRequestMethod(way)
    rows = asked.queryAndConvert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["North", "South"]


def test_sparqlwrapper_reads_every_form(harbours: Any) -> None:
    names = wrapper(harbours.sparql, NAMES, XML).queryAndConvert()
    values = [each.firstChild.data for each in names.getElementsByTagName("literal")]
    assert values == ["North", "South"]
    assert wrapper(harbours.sparql, NAMES, CSV).queryAndConvert().decode() == "name\r\nNorth\r\nSouth\r\n"
    assert wrapper(harbours.sparql, "ASK { ?s ?p 12 }").queryAndConvert()["boolean"] is True
    graph = wrapper(harbours.sparql, "CONSTRUCT WHERE { ?s <http://example.org/depth> ?o }", TURTLE)
    assert len(Graph().parse(data=graph.queryAndConvert(), format="turtle")) == 2


def test_sparqlwrapper_names_the_dataset(harbours: Any) -> None:
    asked = wrapper(harbours.sparql, "SELECT ?o { ?s ?p ?o }")
    asked.addDefaultGraph("http://example.org/tides")
    assert [row["o"]["value"] for row in asked.queryAndConvert()["results"]["bindings"]] == ["high"]


def test_sparqlwrapper_is_told_of_a_mistake(harbours: Any) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapper(harbours.sparql, "SELECT ?x { ?x a ").query()


def test_sparqlwrapper_writes_with_a_token_alone(harbours: Any) -> None:
    update = "INSERT DATA { <http://example.org/east> <http://example.org/depth> 7 }"
    writing = wrapper(harbours.sparql, update)
    writing.setMethod(POST)
    with pytest.raises(Unauthorized):
        writing.query()
    for text, there in ((update, True), (update.replace("INSERT", "DELETE"), False)):
        writing.setQuery(text)
        writing.addCustomHttpHeader("Authorization", f"Bearer {harbours.token}")
        writing.query()
        assert wrapper(harbours.sparql, WROTE).queryAndConvert()["boolean"] is there


def test_rdflib_looks_at_the_endpoint_as_at_a_graph(harbours: Any) -> None:
    graph = Graph(SPARQLStore(harbours.sparql))
    assert set(graph.objects(EX.north, EX.name)) == {Literal("North", lang="en"), Literal("Nord", lang="fr")}
    assert (EX.west, EX.joins, EX.north) in graph
    assert len(graph) == 10
    rows = list(graph.query(NAMES))
    assert [str(row[0]) for row in rows] == ["North", "South"]
    assert bool(graph.query("ASK { ?s ?p 'nothing' }")) is False
    built = graph.query(
        "CONSTRUCT { ?s <http://example.org/deep> ?d } WHERE { ?s <http://example.org/depth> ?d }"
    ).graph
    assert built is not None
    assert len(built) == 2


def test_rdflib_looks_at_a_named_graph(harbours: Any) -> None:
    graph = Graph(SPARQLStore(harbours.sparql), identifier=URIRef("http://example.org/tides"))
    assert list(graph) == [(EX.north, EX.tide, Literal("high"))]


def test_rdflib_writes_with_a_token(harbours: Any) -> None:
    store = SPARQLUpdateStore(
        harbours.sparql, harbours.sparql, headers={"Authorization": f"Bearer {harbours.token}"}
    )
    graph = Graph(store, identifier=URIRef("http://example.org/new"))
    graph.add((EX.east, EX.depth, Literal(7)))
    assert list(graph) == [(EX.east, EX.depth, Literal(7))]
    graph.remove((EX.east, None, None))
    assert len(graph) == 0
