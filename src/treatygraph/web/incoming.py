"""The body of a request as it comes over the event loop: whole, in chunks, or dropped."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final

from treatygraph.model.errors import ServerBusyError

_BODY_SECONDS: Final = 30.0
_DROP_SECONDS: Final = 2.0
_DROPPED_FACTOR: Final = 8


class Incoming:
    """The body of the request of *scope*, read once from its *protocol* (RSGI)."""

    def __init__(self, scope: Any, protocol: Any) -> None:
        self._headers = scope.headers
        self._next = protocol.__aiter__().__anext__ if self._announced() else None

    @property
    def comes(self) -> bool:
        """Whether the client sends a body that has not been read to its end."""
        return self._next is not None

    @property
    def declared(self) -> int:
        """The length that the client declares; 0 where it declares none."""
        value = self._headers.get("content-length") or "0"
        return int(value) if value.isdecimal() else 0

    async def chunk(self) -> bytes:
        """The next bytes, none at the end."""
        if self._next is None:
            return b""
        try:
            return bytes(await self._next())
        except StopAsyncIteration:
            self._next = None
            return b""

    async def whole(self, most: int) -> bytes | None:
        """The whole body; None where it has more than *most* bytes. Raises ``ServerBusyError`` at a client that pauses.

        Some of what is too much is read and dropped, see ``drop``.
        """
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                while part := await self.chunk():
                    size += len(part)
                    if size > _DROPPED_FACTOR * most:
                        return None
                    if size <= most:
                        parts.append(part)
        except TimeoutError as error:
            raise ServerBusyError(
                f"The body of the request did not come within {_BODY_SECONDS:g} seconds",
                remedy="Send it in one go.",
            ) from error
        return b"".join(parts) if size <= most else None

    async def drop(self, most: int) -> None:
        """Drops what still comes of a body that nobody reads, eight times *most* bytes and two seconds of it.

        A client that still sends when its connection is closed does not hear why it was refused (RFC 9112 §9.6).
        One that waits to be told to send (``Expect``, RFC 9110 §10.1.1) is told nothing, so that it sends nothing.
        """
        if not self.comes or self._headers.get("expect") is not None:
            return
        left = _DROPPED_FACTOR * most
        with suppress(TimeoutError):
            async with asyncio.timeout(_DROP_SECONDS):
                while left > 0 and (part := await self.chunk()):
                    left -= len(part)

    def _announced(self) -> bool:
        length = self._headers.get("content-length") or "0"
        return length != "0" or self._headers.get("transfer-encoding") is not None
