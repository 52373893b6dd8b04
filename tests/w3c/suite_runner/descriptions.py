"""Cases of the service description: what a GET of the endpoint gives, against the schema of the vocabulary (``sd:``)."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from .endpoint import Endpoint
from .manifests import RDF, Case, Graph

SD: Final = "http://www.w3.org/ns/sparql-service-description#"

# Domains and ranges as SPARQL 1.1 Service Description §3 states them; None: any resource.
_SCHEMA: Final[dict[str, tuple[str, str | None]]] = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
_KNOWN: Final = {
    "SPARQL10Query": "Language",
    "SPARQL11Query": "Language",
    "SPARQL11Update": "Language",
    "DereferencesURIs": "Feature",
    "UnionDefaultGraph": "Feature",
    "RequiresDataset": "Feature",
    "EmptyGraphs": "Feature",
    "BasicFederatedQuery": "Feature",
}
_ABOVE: Final = {"Dataset": "GraphCollection"}


def service_description_is_kept(case: Case, endpoint: Endpoint) -> None:
    """The three cases, by their names."""
    {
        "returns-rdf": _returns_rdf,
        "has-endpoint-triple": _has_endpoint_triple,
        "conforms-to-schema": _conforms_to_schema,
    }[case.iri.partition("#")[2]](endpoint)


def _returns_rdf(endpoint: Endpoint) -> None:
    assert len(_fetched(endpoint)) > 0


def _has_endpoint_triple(endpoint: Endpoint) -> None:
    graph = Graph(_fetched(endpoint))
    [service] = graph.holders(SD + "endpoint", NamedNode(endpoint.url + endpoint.sparql))
    assert NamedNode(SD + "Service") in graph.values(service, RDF + "type")


def _conforms_to_schema(endpoint: Endpoint) -> None:
    quads = _fetched(endpoint)
    graph = Graph(quads)
    used = [quad for quad in quads if quad.predicate.value.startswith(SD)]
    assert used
    for quad in used:
        domain, range_ = _SCHEMA[quad.predicate.value.removeprefix(SD)]
        assert domain in _classes(graph, quad.subject), f"{quad} has a subject that is no sd:{domain}"  # type: ignore[arg-type]
        if range_ is not None:
            assert range_ in _classes(graph, quad.object), f"{quad} has an object that is no sd:{range_}"  # type: ignore[arg-type]
        else:
            assert isinstance(quad.object, NamedNode), f"{quad} has an object that is no resource"


def _classes(graph: Graph, node: NamedNode) -> set[str]:
    stated = {each.value.removeprefix(SD) for each in graph.values(node, RDF + "type")}  # type: ignore[union-attr]
    if isinstance(node, NamedNode) and (known := _KNOWN.get(node.value.removeprefix(SD))):
        stated.add(known)
    return stated | {_ABOVE[each] for each in stated if each in _ABOVE}


def _fetched(endpoint: Endpoint) -> list[Quad]:
    reply = endpoint.send("GET", endpoint.sparql)
    assert (reply.status, reply.kind) == (200, "text/turtle"), reply.text
    return list(parse(reply.body, format=RdfFormat.TURTLE))
