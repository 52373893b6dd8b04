"""The description of the endpoint (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from flask import Response, request
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from treatygraph.graph.terms import RDF
from treatygraph.web.negotiate import GRAPHS, TABLES, Form

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
}
_RDF = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def service_description(form: Form) -> Response:
    """What the endpoint speaks and gives, in RDF."""
    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("graph")
    triples = [
        Triple(service, RDF.type, _sd("Service")),
        Triple(service, _sd("endpoint"), NamedNode(request.base_url)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *(
            Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + _RESULTS[each.name]))
            for each in (*TABLES, *GRAPHS)
        ),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, RDF.type, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(graph, RDF.type, _sd("Graph")),
    ]
    prefixes = {"sd": _SD} if form.name in ("turtle", "rdfxml") else {}
    return Response(
        serialize(triples, format=_RDF[form.name], prefixes=prefixes), content_type=form.content_type
    )


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
