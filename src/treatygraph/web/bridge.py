"""The pages' framework behind an asynchronous server: an RSGI request becomes a WSGI call in a thread.

The body is read when the application reads it, so that a request that is refused holds none of its bytes. A client that
sends too slowly is let go.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLongError
from typing import Any, Final

from treatygraph.model.errors import ServerBusyError
from treatygraph.web.replies import Headers, Reply

Chunk = Callable[[], Awaitable[bytes]]
WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_BODY_SECONDS: Final = 30.0
"""The longest pause of a client that sends a body."""

_WAITING_FACTOR = 16


class Bridge:
    """Calls *application* in at most *threads* threads; sixteen times as many requests may wait for one."""

    def __init__(self, application: WsgiApplication, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._most: Final = threads * (1 + _WAITING_FACTOR)
        self.at_work = 0

    async def reply(self, environ: dict[str, Any], body: bytes | Chunk) -> Reply:
        """The application's answer; raises ``ServerBusyError`` where too many requests wait."""
        if self.at_work >= self._most:
            raise ServerBusyError("Too many pages are asked for", remedy="Ask again in a few seconds.")
        loop = asyncio.get_running_loop()
        self.at_work += 1
        try:
            return await loop.run_in_executor(self._threads, self._call, environ, body, loop)
        finally:
            self.at_work -= 1

    async def chunks(self, body: Iterable[bytes]) -> Any:
        """The chunks of a body that the application makes while it is sent."""
        loop = asyncio.get_running_loop()
        each = iter(body)
        try:
            while (chunk := await loop.run_in_executor(self._threads, next, each, None)) is not None:
                yield chunk
        finally:
            _close(body)

    def close(self) -> None:
        """Takes no more requests and waits for those at work."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _call(self, environ: dict[str, Any], body: bytes | Chunk, loop: asyncio.AbstractEventLoop) -> Reply:
        started: list[tuple[int, Headers]] = []

        def start(status: str, headers: Headers, error: Any = None) -> None:
            started[:] = [(int(status[:3]), [(name.lower(), value) for name, value in headers])]

        source = io.BytesIO(body) if isinstance(body, bytes) else io.BufferedReader(_Sent(body, loop))
        result = self._application(environ | {"wsgi.input": source}, start)
        status, headers = started[0]
        has_body = status not in (204, 304) and environ["REQUEST_METHOD"] != "HEAD"
        if has_body and not any(name == "content-length" for name, _ in headers):
            # Whoever does not tell the length makes the body while it is sent.
            return Reply(status, headers, result)
        try:
            data = b"".join(result)
        finally:
            _close(result)
        return Reply(status, headers, data, len(data))


class _Sent(io.RawIOBase):
    """A body that comes in chunks over the event loop, read from a thread."""

    def __init__(self, next_chunk: Chunk, loop: asyncio.AbstractEventLoop) -> None:
        self._next = next_chunk
        self._loop = loop
        self._rest = b""

    def readable(self) -> bool:
        """True: it is read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what comes next; 0 at the end, and where the client stops sending."""
        if not self._rest:
            pending = asyncio.run_coroutine_threadsafe(_awaited(self._next), self._loop)
            try:
                self._rest = pending.result(_BODY_SECONDS)
            except WaitedTooLongError:
                pending.cancel()
                return 0
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


async def _awaited(make: Chunk) -> bytes:
    return await make()


def _close(body: object) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()


def environ_of(scope: Any) -> dict[str, Any]:
    """The WSGI environment (PEP 3333) of an RSGI request, without its body."""
    address, _, port = scope.client.rpartition(":")
    host, _, server_port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": server_port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address,
        "REMOTE_PORT": port,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    if scope.authority and "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority
    return environ
