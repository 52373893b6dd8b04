"""The same work asked for by several at once on one event loop is done once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class _LeaderGoneError(Exception):
    """Who did the work was cancelled; somebody else has to do it."""


class Flights(Generic[V]):
    """Work in progress by key."""

    def __init__(self) -> None:
        self._flying: dict[Hashable, asyncio.Future[V] | None] = {}

    async def run(self, key: Hashable, work: Callable[[], Awaitable[V]]) -> V:
        """What *work* gives, or what the same work gives that another asked for before."""
        while key in self._flying:
            try:
                return await asyncio.shield(self._followed(key))
            except _LeaderGoneError:
                continue
        self._flying[key] = None
        try:
            value = await work()
        except BaseException as error:
            self._land(key, error)
            raise
        if (followed := self._flying.pop(key)) is not None:
            followed.set_result(value)
        return value

    def _followed(self, key: Hashable) -> asyncio.Future[V]:
        future = self._flying[key]
        if future is None:
            future = self._flying[key] = asyncio.get_running_loop().create_future()
        return future

    def _land(self, key: Hashable, error: BaseException) -> None:
        if (followed := self._flying.pop(key)) is not None:
            followed.set_exception(_LeaderGoneError() if isinstance(error, asyncio.CancelledError) else error)
            followed.exception()
