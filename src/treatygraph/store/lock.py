"""One writer at a time: a lock that the machine gives back when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from pathlib import Path
from typing import Final

from treatygraph.model.errors import StoreBusyError, Where

_PAUSE: Final = 0.02


class WriterLock:
    """The lock of a store's writer, waited for at most *patience* seconds.

    Raises ``StoreBusyError`` naming the holder when another still has it then.
    """

    def __init__(self, path: Path, *, patience: float = 0.0) -> None:
        self._path = path
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        deadline = time.monotonic() + patience
        while not self._taken():
            if time.monotonic() >= deadline:
                busy = self._busy()
                os.close(self._handle)
                raise busy
            time.sleep(_PAUSE)
        holder = json.dumps({"process": os.getpid(), "host": socket.gethostname()})
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, holder.encode(), 0)

    def _taken(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _busy(self) -> StoreBusyError:
        try:
            holder = json.loads(os.pread(self._handle, 4096, 0))
            who = f"process {int(holder['process'])} on {holder['host']}"
        except (ValueError, KeyError, TypeError):
            who = "another process"
        return StoreBusyError(
            f"The store is being written by {who}",
            where=Where(str(self._path.parent)),
            remedy="Wait until it has finished (readers and `serve` are not affected), or end it.",
        )

    def release(self) -> None:
        """Gives the lock back; harmless when repeated."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
