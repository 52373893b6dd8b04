"""A server under test: its addresses, and requests over one connection that is kept."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse, serialize

from .manifests import Data, Files

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"


@dataclass(frozen=True)
class Reply:
    """Status, headers (names in lower case) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as values of JSON."""
        return json.loads(self.body)


@dataclass
class Endpoint:
    """The server at *url* (no slash at the end), and the token that lets a test write."""

    url: str
    token: str
    sparql: str = "/sparql"
    graphs: str = "/graphs"
    _connection: http.client.HTTPConnection | None = field(default=None, init=False)
    _loaded: tuple[Files, Data] | None = field(default=None, init=False)

    def send(
        self, method: str, target: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Sends a request as it stands, with the token."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        for last in (False, True):
            if self._connection is None:
                self._connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
            try:
                self._connection.request(method, target, body, sent)
                return self._received(method, self._connection.getresponse())
            except (http.client.RemoteDisconnected, ConnectionError):
                # A server may close a connection that was idle; what it did not answer it did not begin.
                self.close()
                if last:
                    raise
        raise AssertionError("unreachable")

    def _received(self, method: str, response: http.client.HTTPResponse) -> Reply:
        headers = {name.lower(): value for name, value in response.getheaders()}
        if method not in ("GET", "HEAD") and response.status < 300:
            self._loaded = None
        return Reply(response.status, headers, response.read())

    def close(self) -> None:
        """Closes the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def query(self, text: str, accept: str, **parameters: str) -> Reply:
        """A query, sent as it is."""
        target = f"{self.sparql}?{urlencode(parameters)}" if parameters else self.sparql
        loaded = self._loaded
        reply = self.send("POST", target, text.encode(), {"Content-Type": QUERY, "Accept": accept})
        self._loaded = loaded
        return reply

    def update(self, text: str) -> Reply:
        """An update, sent as it is."""
        return self.send("POST", self.sparql, text.encode(), {"Content-Type": UPDATE})

    def load(self, files: Files, data: Data, *, anew: bool = False) -> None:
        """Makes the dataset hold these files and nothing else; nothing is sent where it does already."""
        if self._loaded == (files, data) and not anew:
            return
        reply = self.update(f"DROP ALL ; INSERT DATA {{\n{_block(files, data)}}}")
        assert reply.status in (200, 204), f"the data could not be loaded: {reply.text}"
        self._loaded = (files, data)

    def dataset(self) -> dict[str | None, frozenset[Triple]]:
        """All that the server holds: the triples of each graph that has any; None is the default graph."""
        names = self.query(
            "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "application/sparql-results+json"
        ).json
        graphs = [row["g"]["value"] for row in names["results"]["bindings"]]
        held: dict[str | None, frozenset[Triple]] = {name: self._triples(name) for name in graphs}
        if default := self._triples(None):
            held[None] = default
        return held

    def _triples(self, graph: str | None) -> frozenset[Triple]:
        asked = "default" if graph is None else urlencode({"graph": graph})
        reply = self.send("GET", f"{self.graphs}?{asked}", headers={"Accept": "application/n-triples"})
        assert reply.status == 200, reply.text
        return frozenset(quad.triple for quad in parse(reply.body, format=RdfFormat.N_TRIPLES))


def triples_of(files: Files, iris: Iterable[str]) -> list[Triple]:
    """The triples of several files."""
    return [quad.triple for iri in iris for quad in files.quads(iri)]


def _block(files: Files, data: Data) -> str:
    """The data as the inside of INSERT DATA."""
    parts = [_lines(triples_of(files, data.default))]
    parts += [f"GRAPH <{name}> {{\n{_lines(triples_of(files, [file]))}}}\n" for name, file in data.named]
    return "".join(parts)


def _lines(triples: Iterable[Triple]) -> str:
    quads = (Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in triples)
    lines = serialize(quads, format=RdfFormat.N_TRIPLES)
    assert lines is not None
    return lines.decode()
