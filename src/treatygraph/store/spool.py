"""The bytes of an answer: in memory, or in a file without a name that goes when nobody holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CHUNK: Final = 256 << 10
"""Bytes read from a spooled answer at once."""


class Spooled:
    """*size* bytes in a file that only its descriptor names; several readers may read at once."""

    def __init__(self, path: str, size: int) -> None:
        self.size: Final = size
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, chunk by chunk; raises ``OSError`` where the file is shorter than it was."""
        place = 0
        while place < self.size:
            part = os.pread(self._descriptor, min(CHUNK, self.size - place), place)
            if not part:
                raise OSError("a spooled answer is cut short")
            place += len(part)
            yield part

    def __del__(self) -> None:
        os.close(self._descriptor)


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, whether they are a graph, and the generation that gave them."""

    content: bytes | Spooled
    is_graph: bool
    generation: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    @property
    def body(self) -> bytes:
        """All bytes, in memory."""
        return self.content if isinstance(self.content, bytes) else b"".join(self.content)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, never more than one chunk of a long answer in memory."""
        if isinstance(self.content, bytes):
            yield self.content
        else:
            yield from self.content
