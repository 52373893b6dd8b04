"""Answers kept by what they answer: generation, query, dataset and form; the least used go first.

The generation is part of the key and is looked up for each question, so that a commit leaves nothing stale behind: old
entries are asked for no more, and go.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, Protocol, TypeVar

_ENTRY_BYTES = 600
"""What an entry takes beside its value: keys, the text of the query, the nodes of the table."""

_LARGEST_SHARE = 8


class Sized(Protocol):
    """A value that knows its size in bytes."""

    @property
    def size(self) -> int:
        """Bytes."""
        ...


V = TypeVar("V", bound=Sized)


class ResultCache(Generic[V]):
    """At most *most_bytes* of values; one that takes more than an eighth of that is not kept. Safe between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes: Final = most_bytes
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> V | None:
        """The value kept under a key."""
        with self._lock:
            entry = self._kept.get(key)
            if entry is None:
                return None
            self._kept.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: V, *, more: int = 0) -> None:
        """Keeps a value whose key takes *more* bytes; the least used make room for it."""
        size = value.size + more + _ENTRY_BYTES
        if size * _LARGEST_SHARE > self.most_bytes:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self.bytes += size - (old[1] if old else 0)
            self._kept[key] = (value, size)
            while self.bytes > self.most_bytes:
                self.bytes -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0
