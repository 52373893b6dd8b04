"""``/graphs``: graphs read and written whole (SPARQL 1.1 Graph Store HTTP Protocol).

A graph is named indirectly, ``/graphs?graph=IRI`` or ``/graphs?default``, or directly: any address below ``/graphs/``
is itself the IRI of a graph. Writes need a token with the scope ``graphs``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Final, Self
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request
from pyoxigraph import RdfFormat, serialize
from werkzeug.datastructures import ETags
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from treatygraph.graph.iris import THINGS
from treatygraph.store.applying import graph_node, unknown_graph
from treatygraph.store.changes import GraphWrite, How, OnlyIf, triples_of
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.bodies import require_length, spooled_body, whole_body
from treatygraph.web.caching import conditional
from treatygraph.web.negotiate import GRAPHS, Form, choose
from treatygraph.web.protocol import absolute_iri, decoded
from treatygraph.web.writes import authorised, writer

graph_store = Blueprint("graph_store", __name__)

INPUTS: Final = ("turtle", "ntriples", "rdfxml", "jsonld")
"""The names of the forms in which a graph is taken."""

_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_SCOPE: Final = "graphs"
_NAME_DIGITS: Final = 32
_CHUNK: Final = 1 << 20
_TAG: Final = re.compile(r"g(\d+)-")
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
    only_if = _only_if()
    if how == "delete":
        changes.apply(GraphWrite(graph, "delete", only_if=only_if))
        return Response(status=204)
    with _sent(graph) as sent:
        is_new = graph is None and not _asks_default()
        if is_new:
            graph, how = f"{request.root_url}graphs/{sent.mark}", "put"
        base = graph or request.base_url
        written = changes.apply(GraphWrite(graph, how, sent.data, sent.media_type, base, only_if))
    response = Response(status=201 if written.created else 204)
    if is_new and graph is not None:
        response.headers["Location"] = graph
    return response


def _only_if() -> OnlyIf:
    """The states that the request names by If-Match and If-None-Match (RFC 9110 §13.1): a tag names a generation.

    So a write whose tag is of an older generation is refused, even where the commits since were to other graphs.
    """
    wanted, unwanted = request.if_match, request.if_none_match
    exists = None
    if wanted.star_tag or unwanted.star_tag:
        exists = wanted.star_tag
    return OnlyIf(
        _generations(wanted) if wanted and not wanted.star_tag else None, _generations(unwanted), exists
    )


def _generations(tags: ETags) -> tuple[int, ...]:
    found = (_TAG.match(tag) for tag in tags.as_set())
    return tuple(sorted(int(each[1]) for each in found if each))


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


class _Sent:
    """A graph as it was sent: its bytes or the file that holds them, and their media type."""

    def __init__(self, body: bytes | IO[bytes], media_type: str) -> None:
        self._body = body
        self.media_type: Final = media_type

    @property
    def data(self) -> bytes | Path:
        """The bytes, or where the process that writes finds them: the file has no name that could stay behind."""
        if isinstance(self._body, bytes):
            return self._body
        return Path(f"/proc/{os.getpid()}/fd/{self._body.fileno()}")

    @property
    def mark(self) -> str:
        """A name made of what was sent: sent once more it is the same."""
        found = hashlib.sha256(self.media_type.encode() + b"\x1f")
        if isinstance(self._body, bytes):
            found.update(self._body)
        else:
            self._body.seek(0)
            while part := self._body.read(_CHUNK):
                found.update(part)
        return found.hexdigest()[:_NAME_DIGITS]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not isinstance(self._body, bytes):
            self._body.close()


def _sent(graph: str | None) -> _Sent:
    """The graph that was sent; the parts of a form as one in N-Triples."""
    require_length()
    _require_size()
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the graph as it is, without Content-Encoding.")
    if request.mimetype != "multipart/form-data":
        return _Sent(spooled_body(), request.mimetype)
    whole_body()
    parts = list(_parts(graph or THINGS))
    if not parts:
        raise BadRequest("The form has no file: each part holds a graph, with its Content-Type.")
    return _Sent(b"".join(parts), "application/n-triples")


def _require_size() -> None:
    """Raises 413 where the body is longer than the operator takes."""
    most = int(current_app.config["MOST_GRAPH_BYTES"])
    length = request.content_length or 0
    if length > most:
        raise RequestEntityTooLarge(
            f"The graph has {length / (1 << 20):,.1f} MB, and {most >> 20:,} MB are the most that is taken at once. "
            "Send it in parts (PUT the first, POST the others), or have the operator take more (--graph-size)."
        )
    request.max_content_length = most


def _parts(base: str) -> Iterator[bytes]:
    for file in chain.from_iterable(request.files.listvalues()):
        triples = triples_of(GraphWrite(None, "post", file.read(), file.mimetype, base))
        lines = serialize(triples, format=RdfFormat.N_TRIPLES)
        assert lines is not None, "without an output the bytes are given back"
        yield lines
