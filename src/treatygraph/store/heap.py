"""How the C library keeps memory for a process that holds an engine: large blocks go back at once."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

# Parameters of mallopt(3), and what they are set to.
_MMAP_THRESHOLD: Final = -3
_LARGE_BLOCK: Final = 128 << 10
_ARENA_MAX: Final = -8
_HEAPS: Final = 2


def give_memory_back() -> None:
    """Has the C library give large blocks back once they are free, and share its heaps between threads.

    Else each thread that has read a long text, and each large commit, leaves a heap with holes. For a process of our
    own: it holds for all that the process does.
    """
    libc = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(libc, "mallopt"):
        libc.mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)
        libc.mallopt(_ARENA_MAX, _HEAPS)


def give_back_what_is_free() -> None:
    """Has the C library give back, now, the free pages between blocks that are in use (``malloc_trim``)."""
    libc = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
