"""How the C library keeps memory for a process that holds an engine: small blocks at hand, large ones given back."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

# Parameters of mallopt(3), and what they are set to.
_MMAP_THRESHOLD: Final = -3
_LARGE_BLOCK: Final = 128 << 10
_ARENA_MAX: Final = -8
_HEAPS: Final = 2

_TUNABLES: Final = "GLIBC_TUNABLES"
_KEPT: Final = "glibc.malloc.tcache_count"
SOME_BLOCKS: Final = 64
"""For a process of many threads: each keeps at most 2 MB of small blocks."""

MANY_BLOCKS: Final = 256
"""For a process of one thread: it keeps at most 9 MB of small blocks."""


def environment(blocks: int) -> dict[str, str]:
    """What a process must be started with so that each thread keeps *blocks* free blocks of each small size.

    A query takes and gives back more than the 7 that are kept else, and the heap that all threads share is slow: a
    small query spends a quarter of the engine's time there. What the operator has set stays. The C library reads it
    before the program begins, so it can only be given to a new process.
    """
    given = os.environ.get(_TUNABLES, "")
    ours = f"{_KEPT}={SOME_BLOCKS}"
    others = [each for each in given.split(":") if each and each != ours]
    if any(each.startswith(_KEPT) for each in others):
        return {_TUNABLES: given}
    return {_TUNABLES: ":".join([*others, f"{_KEPT}={blocks}"])}


def start_again_with_environment() -> None:
    """Starts this program again in its own place with ``SOME_BLOCKS``, unless it was started so.

    For the beginning of a program: what it has opened is inherited, what it has in memory is lost.
    """
    wanted = environment(SOME_BLOCKS)
    if sys.platform == "linux" and any(os.environ.get(name) != value for name, value in wanted.items()):
        os.execve(sys.executable, sys.orig_argv, {**os.environ, **wanted})


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
