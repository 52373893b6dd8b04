"""The number of the current generation, asked for with every question: read anew only when its file has changed."""

from __future__ import annotations

import os
import time
from typing import Final

from treatygraph.store.layout import Layout, current_generation

_SETTLED_NANOSECONDS: Final = 100_000_000
"""Two changes within a tick of the file system's clock look alike, so a file as young as this is always read."""


class Current:
    """The current generation of one store; never an old one."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._path = str(layout.current)
        self._seen: tuple[tuple[int, int, int], int] | None = None

    def number(self) -> int:
        """The number; raises as ``current_generation`` does."""
        try:
            status = os.stat(self._path)  # noqa: PTH116 (called for each request)
        except OSError:
            return current_generation(self._layout)
        mark = (status.st_ino, status.st_mtime_ns, status.st_size)
        seen = self._seen
        if seen is not None and seen[0] == mark:
            return seen[1]
        number = current_generation(self._layout)
        settled = time.time_ns() - status.st_mtime_ns > _SETTLED_NANOSECONDS
        self._seen = (mark, number) if settled else None
        return number
