"""One address of a remote engine → its three endpoints (SPARQL 1.1 Query, Update, Graph Store), and who asks there.

An engine is known by the shape of the address; what cannot be told from it may be said after a ``#``:
``https://user:secret@host/query#update=https://…&graphs=https://…``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from treatygraph.model.errors import StoreError, Where


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where to query, update, and read or write whole graphs; with user and secret, where the address has them."""

    query: str
    update: str
    graphs: str
    user: str | None = None
    secret: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The address for people and logs: without a secret."""
        return self.query


def is_address(location: object) -> bool:
    """Whether a location is the address of a remote engine, and not a folder."""
    return "://" in str(location)


def shown(location: object) -> str:
    """A location for people and logs: without a secret."""
    return endpoints_of(str(location)).shown if is_address(location) else str(location)


def endpoints_of(address: str) -> Endpoints:
    """The endpoints of an address; raises ``StoreError`` for one that is not HTTP."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("http", "https") or not host:
        raise StoreError(
            "A remote store has an address that begins with https:// or http://",
            where=Where(thing=f"{parts.scheme}://{host}"),
            remedy="Name a folder or such an address with --store or TREATYGRAPH_STORE.",
        )
    user, _, secret = parts.netloc.rpartition("@")[0].partition(":")
    said = dict(parse_qsl(parts.fragment))
    base = urlunsplit((parts.scheme, host, "", "", ""))
    query, update, graphs = _paths(parts.path.rstrip("/"), with_secret=bool(secret))
    search = f"?{parts.query}" if parts.query else ""
    return Endpoints(
        query=base + query + search,
        update=said.get("update", base + update + search),
        graphs=said.get("graphs", base + graphs + search),
        user=unquote(user) or None,
        secret=unquote(secret) or None,
    )


_OXIGRAPH: Final = ("/query", "/update", "/store")


def _paths(path: str, *, with_secret: bool) -> tuple[str, str, str]:
    """Query, update and graph store by the path of the query endpoint, as each engine's own documents name them."""
    if path in ("", "/query"):
        return _OXIGRAPH
    if path in ("/sparql", "/sparql-auth") and with_secret:
        # Virtuoso: who may write, asks at /sparql-auth by HTTP digest.
        return "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"
    above, _, last = path.rpartition("/")
    if last == "query":
        # Fuseki: /dataset/query, /dataset/update, /dataset/data.
        return path, f"{above}/update", f"{above}/data"
    if above.endswith("/repositories"):
        # RDF4J and GraphDB.
        return path, f"{path}/statements", f"{path}/rdf-graphs/service"
    # Neptune, QLever, a Fuseki dataset, Blazegraph: one address for all three.
    return path, path, path
