"""What stands first behind the socket (RSGI): admission, the fast way for queries, then the framework for all else.

It lives on one event loop: an answer that is kept needs no thread, a query that waits holds none, and a client that
goes away is noticed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from treatygraph.model.errors import TreatygraphError
from treatygraph.store.pools import Pool
from treatygraph.store.spool import Answer
from treatygraph.web.bridge import Bridge, WsgiApplication, environ_of
from treatygraph.web.fast import LONGEST_READING, Asked, Fast, Reading
from treatygraph.web.headers import HEADERS
from treatygraph.web.incoming import Incoming
from treatygraph.web.metrics import CONTENT_TYPE, Metrics
from treatygraph.web.problem import PROBLEM_TYPE, Problem, problem_of
from treatygraph.web.protocol import Sent
from treatygraph.web.rates import Rates
from treatygraph.web.replies import Headers, Reply
from treatygraph.web.request_log import REQUEST_ID, Line, new_request_id, request_id, write_line
from treatygraph.web.rows import rows_of
from treatygraph.web.settings import Settings

_LOG = logging.getLogger("treatygraph.web")
_QUERY_PATHS: Final = ("/sparql", "/sparql/")
_UNLIMITED: Final = ("/health", "/ready", "/metrics")
_LOOK_SECONDS: Final = 0.3
_SLOW_SECONDS: Final = 1.0
_COUNT_ASIDE: Final = 32 << 10
_SECURITY: Final[Headers] = [(name.lower(), value) for name, value in HEADERS.items()]


@dataclass(slots=True)
class _Wait:
    """A client that waits for the engine."""

    protocol: Any
    since: float
    watcher: asyncio.Task[None] | None = None


class Front:
    """The RSGI application over a WSGI *application* and the pool that both ask.

    *routes* are the first parts of the paths that it knows, by which requests are counted.
    """

    def __init__(
        self, application: WsgiApplication, pool: Pool, settings: Settings, routes: frozenset[str]
    ) -> None:
        self._pool = pool
        self._settings = settings
        self._bridge = Bridge(application, settings.threads)
        self._fast = Fast(pool, settings.pool.cache_bytes // 2)
        self._rates = Rates(settings.rate) if settings.rate else None
        self.metrics: Final = Metrics(pool)
        self._routes: Final = routes
        self._waits: Final[dict[asyncio.Task[Any], _Wait]] = {}
        self._look: asyncio.TimerHandle | None = None
        self._own: Final[dict[str, Callable[[], Reply]]] = {"/ready": self._ready, "/metrics": self._metrics}

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answers one request."""
        if scope.proto != "http":
            protocol.close()
            return
        started = time.perf_counter()
        name = request_id(scope.headers.get(REQUEST_ID))
        seen: list[Reading] = []
        try:
            reply = await self._answer(scope, protocol, seen)
        except TreatygraphError as error:
            if problem_of(error).status >= 500:
                _LOG.warning("%s", error)
            reply = _problem(problem_of(error))
        except asyncio.CancelledError:
            # The client has gone, or its connection is broken; nobody is there to be told.
            self._told(scope, seen, Reply(499, []), started, 0, name)
            return
        except Exception as error:
            _LOG.error("unexpected error at %s", scope.path, exc_info=error)
            reply = _problem(Problem(500, "Something went wrong in the server. The log has the details."))
        if name is None and (self._is_told(reply, started) or reply.status >= 400):
            name = new_request_id()
        if name is not None:
            reply = replace(reply, headers=[*reply.headers, (REQUEST_ID, name)])
        size = await self._send(scope, protocol, reply)
        self._told(scope, seen, reply, started, size, name)

    async def _answer(self, scope: Any, protocol: Any, seen: list[Reading]) -> Reply:
        """The answer to a request; what was read of a query is laid into *seen*, however it ends."""
        path = scope.path
        if path in self._own and scope.method in ("GET", "HEAD"):
            return self._own[path]()
        if self._rates is not None and path not in _UNLIMITED and (limited := self._limited(scope)):
            return limited
        if path in _QUERY_PATHS and scope.method in ("GET", "POST"):
            return await self._query(scope, protocol, seen)
        body = Incoming(scope, protocol)
        reply = await self._bridge.reply(environ_of(scope), body.chunk if body.comes else b"")
        await body.drop(self._settings.body_bytes)
        return reply

    async def _query(self, scope: Any, protocol: Any, seen: list[Reading]) -> Reply:
        headers = scope.headers
        body, declared = b"", 0
        if scope.method == "POST":
            incoming = Incoming(scope, protocol)
            received = await incoming.whole(self._settings.body_bytes)
            declared = incoming.declared
            if received is None:
                # The framework says so; it sees the length that was declared, or one byte too many.
                environ = environ_of(scope)
                environ["CONTENT_LENGTH"] = str(max(declared, self._settings.body_bytes + 1))
                return await self._bridge.reply(environ, b"")
            body = received
        sent = Sent(scope.method, scope.query_string.encode(), headers.get("content-type") or "", body)
        asked = Asked(sent, scope.path, headers.get("accept") or "", headers.get("accept-encoding") or "")
        if len(sent.address) + len(body) <= LONGEST_READING:
            reading = self._fast.read(asked)
        else:
            # Hostile texts take seconds to read.
            reading = await asyncio.get_running_loop().run_in_executor(None, self._fast.read, asked)
        if reading is None:
            environ = environ_of(scope)
            if scope.method == "POST" and not declared:
                # A length that was declared stays: a body that came half is told by it.
                environ["CONTENT_LENGTH"] = str(len(body))
            return await self._bridge.reply(environ, body)
        seen.append(reading)
        reply = self._fast.at_once(reading, headers.get("if-none-match"))
        self.metrics.queried(hit=reply is not None and reply.hit)
        if reply is None:
            reply = await self._unless_gone(protocol, reading)
        return reply

    async def _unless_gone(self, protocol: Any, reading: Reading) -> Reply:
        """The engine's answer; cancelled when the client goes away."""
        own = asyncio.current_task()
        assert own is not None
        waits = self._waits[own] = _Wait(protocol, time.monotonic())
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._look_after)
        try:
            return await self._fast.fresh(reading)
        finally:
            del self._waits[own]
            if waits.watcher is not None:
                waits.watcher.cancel()

    def _look_after(self) -> None:
        """Begins to watch the clients of queries that take long: quick ones are not worth it."""
        loop = asyncio.get_running_loop()
        old = time.monotonic() - _LOOK_SECONDS
        for task, waits in self._waits.items():
            if waits.watcher is None and waits.since < old:
                waits.watcher = loop.create_task(_cancel_when_gone(waits.protocol, task))
        self._look = loop.call_later(_LOOK_SECONDS, self._look_after) if self._waits else None

    async def _send(self, scope: Any, protocol: Any, reply: Reply) -> int:
        body = b"" if scope.method == "HEAD" else reply.body
        if isinstance(body, bytes):
            if body:
                protocol.response_bytes(reply.status, reply.headers, body)
            else:
                protocol.response_empty(reply.status, reply.headers)
            return len(body)
        return await self._stream(protocol, reply, body)

    async def _stream(self, protocol: Any, reply: Reply, body: Iterable[bytes]) -> int:
        size = 0
        transport = protocol.response_stream(reply.status, reply.headers)
        with suppress(ConnectionError, RuntimeError):
            async for chunk in self._bridge.chunks(body):
                await transport.send_bytes(chunk)
                size += len(chunk)
        return size

    def _limited(self, scope: Any) -> Reply | None:
        assert self._rates is not None
        seconds = self._rates.wait(_client(scope), time.monotonic())
        if not seconds:
            return None
        self.metrics.limited()
        return _problem(
            Problem(
                429,
                f"You ask more often than {self._settings.rate:g} times a second. Ask again in {seconds} seconds.",
                headers={"Retry-After": str(seconds)},
            )
        )

    def _ready(self) -> Reply:
        """200 while requests should be sent here: a generation can be read and a query process is there."""
        try:
            generation = self._pool.generation()
        except TreatygraphError:
            return _json(503, {"status": "no store"})
        counts = self._pool.counts()
        if not counts.free and counts.waiting >= self._settings.pool.queue:
            return _json(503, {"status": "busy"})
        return _json(200, {"status": "ready", "generation": generation})

    def _metrics(self) -> Reply:
        body = self.metrics.text()
        return Reply(
            200, [("content-type", CONTENT_TYPE), ("cache-control", "no-store"), *_SECURITY], body, len(body)
        )

    def _is_told(self, reply: Reply, started: float) -> bool:
        slow = time.perf_counter() - started >= _SLOW_SECONDS
        return self._settings.access_log or slow or reply.status >= 500

    def _told(
        self, scope: Any, seen: list[Reading], reply: Reply, started: float, size: int, name: str | None
    ) -> None:
        seconds = time.perf_counter() - started
        path = scope.path
        self.metrics.answered(self._route(path), reply.status, seconds, size)
        if not self._is_told(reply, started):
            return
        line = Line(scope.method, path, reply.status, 1000 * seconds, size, _client(scope), request=name)
        answer = reply.answer
        if not seen:
            write_line(line)
            return
        question = seen[0].question
        line = replace(line, query=question.sparql, hit=reply.hit)
        if answer is None or answer.size <= _COUNT_ASIDE:
            _write_counted(line, answer, question.form)
        else:
            # Counting takes milliseconds, which nobody else is to wait for.
            asyncio.get_running_loop().run_in_executor(None, _write_counted, line, answer, question.form)

    def _route(self, path: str) -> str:
        """The first part of a path, so that there are few: /sparql, /doc, /view …"""
        first = path[1:].partition("/")[0]
        return f"/{first}" if first in self._routes else "other"

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """The server has answered what was at work; ends threads and query processes."""
        self._bridge.close()
        self._pool.close()


def _write_counted(line: Line, answer: Answer | None, form: str) -> None:
    write_line(line if answer is None else replace(line, rows=rows_of(answer, form)))


async def _cancel_when_gone(protocol: Any, task: asyncio.Task[Any]) -> None:
    await protocol.client_disconnect()
    task.cancel()


def _client(scope: Any) -> str:
    return str(scope.client.rpartition(":")[0])


def _problem(problem: Problem) -> Reply:
    body = problem.body
    headers = [("content-type", PROBLEM_TYPE), ("vary", "Accept, Accept-Encoding"), *_SECURITY]
    headers += [(name.lower(), value) for name, value in problem.headers.items()]
    return Reply(problem.status, headers, body, len(body))


def _json(status: int, values: dict[str, Any]) -> Reply:
    body = json.dumps(values).encode()
    return Reply(
        status, [("content-type", "application/json"), ("cache-control", "no-store"), *_SECURITY], body
    )
