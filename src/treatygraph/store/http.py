"""Requests to a remote engine: bytes out, bytes in, within a time; its refusals as errors of ours.

Basic and digest authentication; no redirect is followed, so that a secret goes only where it was meant to go.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO, Any, Final
from urllib.parse import urlencode

from treatygraph.model.errors import QueryError, QueryTimeoutError, StoreError, Where
from treatygraph.store.answers import syntax_error
from treatygraph.store.digest import Credentials
from treatygraph.store.endpoints import Endpoints

_CHUNK: Final = 1 << 16
_LONG: Final = 1 << 15
_TOLD: Final = 300
_LINE: Final = re.compile(r"\bline (\d+)")


class TooLargeError(Exception):
    """An answer has more bytes than may come."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers and body of an answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Connection:
    """Asks one engine; safe between threads."""

    def __init__(self, endpoints: Endpoints) -> None:
        self.endpoints: Final = endpoints
        self._who = None if endpoints.user is None else Credentials(endpoints.user, endpoints.secret or "")
        self._opener: Final = urllib.request.build_opener(_NoRedirect())

    def query(
        self, parameters: list[tuple[str, str]], accept: str, *, seconds: float, limit: int = 0
    ) -> Reply:
        """The answer of the query endpoint to parameters of the protocol (SPARQL 1.1 Protocol §2.1.2).

        Raises ``QueryError`` for a query that the engine refuses, ``QueryTimeoutError`` after *seconds*,
        ``TooLargeError`` past *limit* bytes, and ``StoreError`` for an engine that does not answer.
        """
        return self._send(
            "POST", self.endpoints.query, _form(parameters), _FORM | {"Accept": accept}, seconds, limit
        )

    def update(self, sparql: str, *, seconds: float) -> None:
        """Runs an update (SPARQL 1.1 Protocol §2.2.1); raises as ``query`` does."""
        self._send("POST", self.endpoints.update, _form([("update", sparql)]), _FORM, seconds, 0)

    def put_graph(self, graph: str, turtle: bytes, *, seconds: float) -> None:
        """Makes a graph hold what *turtle* says (SPARQL 1.1 Graph Store HTTP Protocol §5.3)."""
        self._send("PUT", self._graph(graph), turtle, {"Content-Type": "text/turtle"}, seconds, 0)

    def get_graph(self, graph: str | None, *, seconds: float) -> bytes:
        """What a graph holds, in N-Triples; nothing where there is none (None: the default graph)."""
        try:
            reply = self._send(
                "GET", self._graph(graph), None, {"Accept": "application/n-triples"}, seconds, 0
            )
        except _NotThereError:
            return b""
        return reply.body

    def _graph(self, graph: str | None) -> str:
        which = "default" if graph is None else urlencode({"graph": graph})
        return f"{self.endpoints.graphs}{'&' if '?' in self.endpoints.graphs else '?'}{which}"

    def _send(
        self,
        method: str,
        address: str,
        data: bytes | None,
        headers: dict[str, str],
        seconds: float,
        limit: int,
    ) -> Reply:
        deadline = time.monotonic() + seconds
        if self._who is not None and not self._who.known and data is not None and len(data) > _LONG:
            # A server that refuses a long body closes before it was sent, and its refusal is lost.
            self._try("GET", address, None, {}, deadline, 0, last=False)
        try:
            reply = self._try(method, address, data, headers, deadline, limit, last=False)
            if reply is None:
                reply = self._try(method, address, data, headers, deadline, limit, last=True)
        except TimeoutError as error:
            raise _late(seconds) from error
        assert reply is not None, "the last try has an answer or raises"
        return reply

    def _try(
        self,
        method: str,
        address: str,
        data: bytes | None,
        headers: dict[str, str],
        deadline: float,
        limit: int,
        *,
        last: bool,
    ) -> Reply | None:
        """The answer; None where the server wants to know who asks, and this can be told it now."""
        left = max(0.05, deadline - time.monotonic())
        request = urllib.request.Request(address, data, headers, method=method)
        if self._who is not None and (who := self._who.header(method, request.selector)) is not None:
            request.add_header("Authorization", who)
        try:
            with self._opener.open(request, timeout=left) as reply:
                return Reply(reply.status, reply.headers, _read(reply, deadline, limit))
        except urllib.error.HTTPError as error:
            with error:
                told = error.read(4 * _TOLD).decode("utf-8", "replace")
            challenges = error.headers.get_all("WWW-Authenticate", [])
            if error.code == 401 and not last and self._who is not None and self._who.learn(challenges):
                return None
            raise self._refused(error.code, told) from error
        except TimeoutError:
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise reason from error
            raise self._unreachable(reason) from error

    def _unreachable(self, reason: object) -> StoreError:
        return StoreError(
            f"The engine cannot be reached: {reason or type(reason).__name__}",
            where=Where(thing=self.endpoints.shown),
            remedy="See whether it runs, and whether the address is right.",
        )

    def _refused(self, status: int, told: str) -> Exception:
        words = " ".join(told.split())[:_TOLD]
        if status == 400:
            return _not_well_formed(told, words)
        if status == 404:
            return _NotThereError(
                f"The engine has no such thing (404): {words}",
                where=Where(thing=self.endpoints.shown),
                remedy="See whether the address is right; what cannot be told from it may be said after a #.",
            )
        if status in (401, 403):
            return StoreError(
                f"The engine refuses ({status}): {words}",
                where=Where(thing=self.endpoints.shown),
                remedy="Give user and secret in the address, https://user:secret@host/…, by TREATYGRAPH_STORE.",
            )
        return StoreError(
            f"The engine answers with status {status}: {words}",
            where=Where(thing=self.endpoints.shown),
            remedy="Its own log says more.",
        )


class _NotThereError(StoreError):
    """The engine says 404."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses every redirect."""

    def redirect_request(
        self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        """None: the redirect becomes an error."""
        return


_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


def _form(parameters: list[tuple[str, str]]) -> bytes:
    return urlencode(parameters).encode("ascii")


def _read(reply: Any, deadline: float, limit: int) -> bytes:
    data = bytearray()
    while part := reply.read(_CHUNK):
        data += part
        if limit and len(data) > limit:
            raise TooLargeError
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(data)


def _late(seconds: float) -> QueryTimeoutError:
    return QueryTimeoutError(
        f"The engine did not answer within {seconds:g} seconds",
        remedy="Ask for less: bind more terms, add a LIMIT, or avoid patterns that share no variable.",
    )


def _not_well_formed(told: str, words: str) -> QueryError:
    found = re.search(r"error at \d+:\d+: .*", told, re.DOTALL)
    if found is not None:
        return syntax_error(found[0])
    line = _LINE.search(told)
    where = Where("query", int(line[1])) if line else Where("query")
    return QueryError(f"The engine refuses the query: {words}", where=where, remedy="Look at this place.")
