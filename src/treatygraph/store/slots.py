"""Things that one client at a time may use, and the bounded line of those who wait for one."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, Generic, TypeVar

T = TypeVar("T")


class LineFullError(Exception):
    """As many wait already as may."""


def on_loop(place: Future[T]) -> asyncio.Future[T]:
    """A place in the line as something that the running event loop waits for; the thread of the loop wakes nobody."""
    loop, thread = asyncio.get_running_loop(), threading.get_ident()
    waiting: asyncio.Future[T] = loop.create_future()

    def tell() -> None:
        if waiting.done() or place.cancelled():
            return
        error = place.exception()
        if error is None:
            waiting.set_result(place.result())
        else:
            waiting.set_exception(error)

    def came(_: Future[T]) -> None:
        if threading.get_ident() == thread:
            tell()
        else:
            loop.call_soon_threadsafe(tell)

    place.add_done_callback(came)
    return waiting


class Slots(Generic[T]):
    """Free things, the last one given back first; who finds none waits in line, first come, first served.

    Threads and event loops may use it at once: what one waits for is a ``Future``.
    """

    def __init__(self, longest_line: int) -> None:
        self._longest: Final = longest_line
        self._free: list[T] = []
        self._line: deque[Future[T]] = deque()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many are free."""
        return len(self._free)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._line)

    def take(self) -> T | Future[T]:
        """A free thing, or a place in the line; raises ``LineFullError`` where the line is full."""
        with self._lock:
            if self._free:
                return self._free.pop()
            if len(self._line) >= self._longest:
                raise LineFullError
            place: Future[T] = Future()
            self._line.append(place)
            return place

    def leave(self, place: Future[T]) -> None:
        """Gives up a place in the line; a thing that came in the same moment goes to the next."""
        with self._lock:
            if place in self._line:
                self._line.remove(place)
        if not place.cancel() and not place.exception():
            self.put(place.result())

    def put(self, thing: T) -> None:
        """Gives a thing to the first in line, or lays it down."""
        while True:
            with self._lock:
                if not self._line:
                    self._free.append(thing)
                    return
                place = self._line.popleft()
            if place.set_running_or_notify_cancel():
                place.set_result(thing)
                return

    def remove(self, unwanted: Callable[[T], bool]) -> list[T]:
        """Takes away the free things that are not wanted any more."""
        with self._lock:
            gone = [each for each in self._free if unwanted(each)]
            self._free = [each for each in self._free if not unwanted(each)]
        return gone

    def fail(self, error: Exception) -> None:
        """Tells everybody in line that nothing will come."""
        with self._lock:
            line, self._line = self._line, deque()
        for place in line:
            if place.set_running_or_notify_cancel():
                place.set_exception(error)
