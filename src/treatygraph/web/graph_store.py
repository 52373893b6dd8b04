"""``/graphs``: graphs read and written whole (SPARQL 1.1 Graph Store HTTP Protocol).

A graph is named indirectly, ``/graphs?graph=IRI`` or ``/graphs?default``, or directly: any address below ``/graphs/``
is itself the IRI of a graph. Writes need a token with the scope ``graphs``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request
from pyoxigraph import RdfFormat, serialize
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from treatygraph.graph.iris import THINGS
from treatygraph.store.applying import graph_node, unknown_graph
from treatygraph.store.changes import GraphWrite, How, triples_of
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.bodies import require_length, whole_body
from treatygraph.web.caching import conditional
from treatygraph.web.negotiate import GRAPHS, Form, choose
from treatygraph.web.protocol import absolute_iri, decoded
from treatygraph.web.writes import authorised, writer

graph_store = Blueprint("graph_store", __name__)

INPUTS: Final = ("turtle", "ntriples", "rdfxml", "jsonld")
"""The names of the forms in which a graph is taken."""

MOST_BYTES: Final = 256 << 20
"""The longest body of a write."""

_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_SCOPE: Final = "graphs"
_NAME_DIGITS: Final = 32
_SAFE: Final = "/:@!$&'()*+,;=-._~"


@graph_store.get("/graphs")
@graph_store.get("/graphs/<path:name>")
def read(name: str | None = None) -> Response:
    """The triples of a graph; 404 where there is no such graph."""
    graph = _named(name, required=True)
    form = choose(request.accept_mimetypes, GRAPHS, request.args.get("format"))
    return conditional(asker().pool.generation(), form.name, lambda: _give(graph, form))


@graph_store.put("/graphs")
@graph_store.put("/graphs/<path:name>")
def put(name: str | None = None) -> Response:
    """Replaces a graph, or makes it (201)."""
    return _write(name, "put")


@graph_store.post("/graphs")
@graph_store.post("/graphs/<path:name>")
def post(name: str | None = None) -> Response:
    """Adds to a graph, or makes it (201); without a graph makes one that is named by what was sent (201, Location)."""
    return _write(name, "post")


@graph_store.delete("/graphs")
@graph_store.delete("/graphs/<path:name>")
def delete(name: str | None = None) -> Response:
    """Drops a graph; 404 where there is none."""
    return _write(name, "delete")


def _give(graph: str | None, form: Form) -> Response:
    pool = asker().pool
    dataset = None if graph is None else (graph,)
    answer = pool.ask(Question(_ALL, form.name, dataset, None if graph is None else ()))
    if graph is not None and not _exists(graph):
        raise unknown_graph(graph)
    return Response(answer.body, content_type=form.content_type)


def _exists(graph: str) -> bool:
    """Whether a named graph is in the store, be it empty."""
    answer = asker().pool.ask(Question(f"ASK {{ GRAPH {graph_node(graph)} {{}} }}"))
    return b"true" in answer.body


def _write(name: str | None, how: How) -> Response:
    authorised(_SCOPE)
    changes = writer()
    assert changes is not None, "who is authorised can write"
    graph = _named(name, required=how != "post")
    request.max_content_length = MOST_BYTES
    if how == "delete":
        changes.apply(GraphWrite(graph, "delete"))
        return Response(status=204)
    data, media_type = _sent(graph)
    if graph is None and not _asks_default():
        return _new_graph(data, media_type)
    written = changes.apply(GraphWrite(graph, how, data, media_type, graph or request.base_url))
    return Response(status=201 if written.created else 204)


def _new_graph(data: bytes, media_type: str) -> Response:
    """A graph whose name is made of what it holds: sent once more it is the same graph."""
    changes = writer()
    assert changes is not None, "who is authorised can write"
    mark = hashlib.sha256(b"\x1f".join((media_type.encode(), data))).hexdigest()[:_NAME_DIGITS]
    graph = f"{request.root_url}graphs/{mark}"
    written = changes.apply(GraphWrite(graph, "put", data, media_type, graph))
    response = Response(status=201 if written.created else 204)
    response.headers["Location"] = graph
    return response


def _named(name: str | None, *, required: bool) -> str | None:
    """The IRI of the graph that the request names; None is the default graph (or none, where it is not *required*)."""
    pairs = decoded(request.query_string)
    graphs = [value for key, value in pairs if key == "graph"]
    named = len(graphs) + _asks_default() + (name is not None)
    if named > 1:
        raise BadRequest("The request names more than one graph; name one.")
    if named == 0 and required:
        raise BadRequest(
            "The request names no graph: write /graphs?graph=IRI, /graphs?default, or an address below /graphs/."
        )
    if name is not None:
        return request.root_url.rstrip("/") + quote(request.path, safe=_SAFE)
    return absolute_iri(graphs[0], "graph") if graphs else None


def _asks_default() -> bool:
    return any(key == "default" for key, _ in decoded(request.query_string))


def _sent(graph: str | None) -> tuple[bytes, str]:
    """The bytes of a graph and their media type; the parts of a form as one in N-Triples."""
    require_length()
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the graph as it is, without Content-Encoding.")
    body = whole_body()
    if request.mimetype != "multipart/form-data":
        return body, request.mimetype
    parts = list(_parts(graph or THINGS))
    if not parts:
        raise BadRequest("The form has no file: each part holds a graph, with its Content-Type.")
    return b"".join(parts), "application/n-triples"


def _parts(base: str) -> Iterator[bytes]:
    for file in chain.from_iterable(request.files.listvalues()):
        triples = triples_of(GraphWrite(None, "post", file.read(), file.mimetype, base))
        lines = serialize(triples, format=RdfFormat.N_TRIPLES)
        assert lines is not None, "without an output the bytes are given back"
        yield lines
