"""A load generator: requests over so many connections for so many seconds → answers a second and their times.

One thread with epoll and plain sockets; it needs some 15 µs of processor for an answer, so that on two cores it takes
little from the server that it measures. Each connection sends its next request when it has the whole answer.
"""

from __future__ import annotations

import re
import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_BUFFER = 256 << 10
_GRACE_SECONDS = 20.0
_FEWEST = 100
_LONGER = 4


@dataclass(frozen=True, slots=True)
class Load:
    """What came back."""

    seconds: float
    times: tuple[float, ...]
    """Sorted, in seconds."""
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The time in milliseconds that so large a share of the answers did not exceed."""
        return (
            1000 * self.times[min(len(self.times) - 1, int(share * len(self.times)))] if self.times else 0.0
        )


def request(path: str, query: str, accept: str, **parameters: str) -> bytes:
    """A GET request of the SPARQL Protocol."""
    more = "".join(f"&{name}={quote(value)}" for name, value in parameters.items())
    return (
        f"GET {path}?query={quote(query, safe='')}{more} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n"
    ).encode()


class _Connection:
    """A socket, and the answer that comes in over it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.sent = 0.0
        self._head = b""
        self._rest: int | None = None
        self._tail = b""

    def send(self, data: bytes) -> None:
        self._head, self._rest, self._tail = b"", None, b""
        self.sent = time.perf_counter()
        self.socket.sendall(data)

    def receive(self) -> int | None:
        """The status, once the whole answer is there; 0 when the server closes instead."""
        try:
            data = self.socket.recv(_BUFFER)
        except BlockingIOError:
            return None
        except ConnectionError:
            return 0
        if not data:
            return 0
        if self._rest is None:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return None
            match = _LENGTH.search(self._head, 0, end)
            data = self._head[end + 4 :]
            self._rest = int(match[1]) if match else -1
        if self._rest >= 0:
            self._rest -= len(data)
            done = self._rest <= 0
        else:
            # Chunked: the last chunk has no bytes.
            self._tail = (self._tail + data)[-7:]
            done = self._tail.endswith(b"0\r\n\r\n")
        return int(self._head[9:12]) if done else None


def run(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Load:
    """Sends *requests* for *seconds*; what is under way then is waited for, but not counted.

    Slow ones are sent for up to four times as long, until a hundred answers are there.
    """
    poll = select.epoll()
    by_number: dict[int, _Connection] = {}
    times: list[float] = []
    statuses: Counter[int] = Counter()
    start = time.perf_counter()
    end, latest = start + seconds, start + _LONGER * seconds

    def open_one() -> None:
        connection = _Connection(port)
        by_number[connection.socket.fileno()] = connection
        poll.register(connection.socket, select.EPOLLIN)
        connection.send(next(requests))

    for _ in range(connections):
        open_one()
    while by_number and time.perf_counter() < end + _GRACE_SECONDS:
        for number, _ in poll.poll(0.5):
            connection = by_number[number]
            status = connection.receive()
            if status is None:
                continue
            now = time.perf_counter()
            if end <= now < latest and len(times) < _FEWEST:
                end = min(now + seconds, latest)
            if now < end:
                statuses[status] += 1
                if status == 200:
                    times.append(now - connection.sent)
            if status and now < end:
                connection.send(next(requests))
                continue
            poll.unregister(number)
            by_number.pop(number).socket.close()
            if now < end:
                open_one()
    for connection in by_number.values():
        connection.socket.close()
    return Load(min(end, time.perf_counter()) - start, tuple(sorted(times)), dict(statuses))
