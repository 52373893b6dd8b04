"""Cases that are exchanges over HTTP: the SPARQL Protocol and the Graph Store Protocol (vocabulary ``ht:``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from pyoxigraph import RdfFormat, parse

from .endpoint import Endpoint, Reply
from .manifests import MF, UT, Case, Data, Graph, Node
from .results import canonical, given

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
_STATUS: Final = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
_KINDS: Final = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}


@dataclass(frozen=True)
class Exchange:
    """A request, and the node that describes the response that is wanted."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    response: Node


def protocol_is_kept(case: Case, endpoint: Endpoint) -> None:
    """Each request of the case gets the status, the kind of answer and the boolean that are wanted."""
    graphs = tuple(case.named(each) for each in case.graph.values(case.node, UT + "graphData"))
    if graphs:
        endpoint.load(case.files, Data((), graphs))
    for each in _exchanges(case):
        path = endpoint.sparql + each.path.removeprefix("/sparql/")
        reply = endpoint.send(each.method, path, each.body, dict(each.headers))
        _has_status(case.graph, each, reply)
        _has_format(case.graph, each, reply)


def graph_store_protocol_is_kept(case: Case, endpoint: Endpoint) -> None:
    """Each request of the case, on a store that is empty at first, gets the status, headers and graph that are wanted."""
    endpoint.load(case.files, Data((), ()))
    places: dict[str, str] = {}
    for each in _exchanges(case):
        path = each.path
        for name, place in places.items():
            path = path.replace(name, quote(place, safe=""))
        path = endpoint.graphs + path.removeprefix("/gsp")
        reply = endpoint.send(each.method, path, each.body, dict(each.headers))
        _has_status(case.graph, each, reply)
        if name := case.graph.text(each.response, MF + "expectedLocation"):
            places[name] = reply.headers["location"]
        _has_headers(case.graph, each, reply)
        _has_graph(case.graph, each, reply, endpoint)


def _exchanges(case: Case) -> Iterator[Exchange]:
    graph = case.graph
    [requests] = graph.values(case.action, HT + "requests")
    for request in graph.items(requests):
        response = graph.value(request, HT + "resp")
        assert response is not None, f"{case.iri} has a request without a response"
        yield Exchange(
            graph.text(request, HT + "methodName") or "GET",
            graph.text(request, HT + "absolutePath") or "/",
            tuple(_headers(graph, request)),
            _body(graph, request),
            response,
        )


def _headers(graph: Graph, node: Node) -> Iterator[tuple[str, str]]:
    for headers in graph.values(node, HT + "headers"):
        for each in graph.items(headers):
            yield graph.text(each, HT + "fieldName") or "", graph.text(each, HT + "fieldValue") or ""


def _body(graph: Graph, node: Node) -> bytes | None:
    found = graph.value(node, HT + "body")
    if found is None:
        return None
    text = graph.text(found, CNT + "chars") or ""
    return text.encode(graph.text(found, CNT + "characterEncoding") or "utf-8")


def _has_status(graph: Graph, exchange: Exchange, reply: Reply) -> None:
    wanted = [each.value.partition("#")[2] for each in graph.values(exchange.response, MF + "expectedStatus")]  # type: ignore[union-attr]
    assert wanted, "no status is wanted"
    fits = any(
        _STATUS[name] == reply.status if name in _STATUS else name == f"StatusCode{reply.status // 100}xx"
        for name in wanted
    )
    assert fits, f"{exchange.method} {exchange.path}: {reply.status}, not {wanted}: {reply.text}"


def _has_format(graph: Graph, exchange: Exchange, reply: Reply) -> None:
    wanted = graph.text(exchange.response, MF + "expectedFormat")
    if wanted is not None:
        assert reply.kind in _KINDS[wanted], f"{reply.kind} is not {wanted}"
    verdict = graph.text(exchange.response, MF + "expectedBoolean")
    if verdict is not None:
        assert given(reply.body, reply.kind) is (verdict == "true"), reply.text


def _has_headers(graph: Graph, exchange: Exchange, reply: Reply) -> None:
    for name, value in _headers(graph, exchange.response):
        assert reply.headers.get(name.lower()) == value, f"{name}: {reply.headers.get(name.lower())}"


def _has_graph(graph: Graph, exchange: Exchange, reply: Reply, endpoint: Endpoint) -> None:
    wanted = _body(graph, exchange.response)
    if wanted is None:
        return
    sides = [
        frozenset(quad.triple for quad in parse(body, format=RdfFormat.TURTLE, base_iri=endpoint.url))
        for body in (wanted, reply.body)
    ]
    assert canonical(sides[0]) == canonical(sides[1]), f"wanted {wanted.decode()}\ngot {reply.text}"
