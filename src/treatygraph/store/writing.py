"""Changes → commits, made in a process that can be ended: the deadline that the engine's updates do not have.

The process takes the store's lock for each change and gives it back, so that ``treatygraph ingest`` can write while a
server runs. At its deadline it is ended and another is forked off in its place; the store stays as it was. Once a
commit is about to be named its deadline no longer counts: what follows is short, and whoever asked is told that it was
stored.

What a change can raise, and the status that HTTP gives it:

    QueryError             400   the update is not well formed, is refused, or cannot be run (line and column)
    RdfSyntaxError         400   the data are not well formed (line and column)
    WriteRefusedError      403   the derived default graph
    UnknownGraphError      404   a graph to delete that is not there
    PreconditionError      412   the store is in another state than the write was made for
    MediaTypeError         415   data in no format of RDF
    ValidationFailedError  422   the resulting state does not conform (``report``, ``report_rdf``)
    QueryTimeoutError      503   ended at the deadline
    StoreBusyError         503   another process writes, or other changes wait; Retry-After
    StoreError             503   the disk takes no more; the writer's process ended
"""

from __future__ import annotations

import json
import os
import select
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

from treatygraph.model import errors
from treatygraph.model.errors import (
    QueryTimeoutError,
    StoreBusyError,
    StoreError,
    TreatygraphError,
    ValidationFailedError,
    Where,
)
from treatygraph.store import writer
from treatygraph.store.changes import Change, GraphWrite, SparqlUpdate, Written, to_values
from treatygraph.store.endpoints import is_address, shown
from treatygraph.store.fork_server import Child, ForkServer
from treatygraph.store.layout import Layout, is_merged
from treatygraph.store.places import local_path, require_store
from treatygraph.store.writer import FRAME, PLACE

__all__ = ["Change", "GraphWrite", "ProcessWriter", "SparqlUpdate", "Writer", "WriterSettings", "Written"]

_START_SECONDS: Final = 60.0
_PUBLISH_SECONDS: Final = 120.0


class Writer(Protocol):
    """Makes changes to one store."""

    @property
    def is_merged(self) -> bool:
        """Whether the default graph is derived from the named ones, and so not writable."""
        ...

    def apply(self, change: Change, *, timeout: float | None = None) -> Written:
        """Makes a change as one commit within *timeout* seconds, or the writer's own where those are fewer."""
        ...

    def close(self) -> None:
        """Gives back what the writer holds; harmless when repeated."""
        ...


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """Seconds until a change is ended, seconds to wait for other writers, the bound of the process's memory in bytes.

    ``check`` names a function, as ``module:function``, that gives the judge of each change to a merged dataset.
    ``file_bytes`` bounds each file that the process writes (0: no bound).
    """

    timeout: float = 60.0
    patience: float = 10.0
    memory: int = 4 << 30
    check: str = ""
    file_bytes: int = 0


class _WriterEndedError(Exception):
    """The process ended before it answered."""


class _DeadlineError(Exception):
    """The process did not answer in time."""


class _Process:
    """The process that writes, and one change at a time."""

    def __init__(self, child: Child) -> None:
        self._child: Final = child
        self._in = child.requests
        self._out = child.answers
        os.set_blocking(self._in, False)
        self._readable = select.poll()
        self._readable.register(self._out, select.POLLIN)
        self._writable = select.poll()
        self._writable.register(self._in, select.POLLOUT)
        self._greeted = False

    @property
    def number(self) -> int:
        """The number of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._child.alive

    def ask(self, header: dict[str, Any], data: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """What came of a change; raises ``_DeadlineError`` or ``_WriterEndedError``."""
        if not self._greeted:
            self._receive(time.monotonic() + _START_SECONDS)
            self._greeted = True
        deadline = time.monotonic() + seconds
        encoded = json.dumps(header).encode()
        self._send(FRAME.pack(len(encoded), len(data)) + encoded + data, deadline)
        try:
            answer, rest = self._receive(deadline)
        except _DeadlineError as error:
            self._kill()
            if self._readable.poll(0) and os.read(self._out, 1):
                # It had begun to name the commit at just this moment.
                raise _WriterEndedError from error
            raise
        if answer["status"] == "publishing":
            answer, rest = self._receive(time.monotonic() + _PUBLISH_SECONDS)
        return answer, rest

    def end(self) -> None:
        """Ends the process at once, whatever it does, and gives its pipes back."""
        self._kill()
        for each in (self._in, self._out):
            os.close(each)

    def _kill(self) -> None:
        self._child.kill()
        self._child.wait()

    def _send(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            self._wait(self._writable, deadline)
            try:
                rest = rest[os.write(self._in, rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _WriterEndedError from error

    def _receive(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        size, length = FRAME.unpack(self._read(FRAME.size, deadline))
        header: dict[str, Any] = json.loads(self._read(size, deadline))
        return header, self._read(length, deadline)

    def _read(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(self._readable, deadline)
            part = os.read(self._out, size - len(data))
            if not part:
                raise _WriterEndedError
            data += part
        return bytes(data)

    @staticmethod
    def _wait(end: select.poll, deadline: float) -> None:
        if not end.poll(1000 * max(0.0, deadline - time.monotonic())):
            raise _DeadlineError


def _forks(place: str, settings: WriterSettings) -> ForkServer:
    bounds = (str(settings.memory), str(settings.file_bytes))
    return ForkServer([sys.executable, "-P", "-m", writer.__name__, *bounds, settings.check], {PLACE: place})


class ProcessWriter:
    """Makes changes to the store at *location* in a process of its own; safe to use from several threads.

    Changes are made one after the other. Raises ``StoreMissingError`` where there is no store.
    """

    def __init__(self, location: str | Path, settings: WriterSettings | None = None) -> None:
        self.settings: Final = settings or WriterSettings()
        self._place = str(location)
        self._where = Where(shown(location))
        require_store(location)
        self.is_merged: Final = is_address(location) or is_merged(Layout(local_path(location)))
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._closed = False
        self._forks: Final = _forks(self._place, self.settings)
        self._forks.begin()
        self._process: _Process | None = None

    def apply(self, change: Change, *, timeout: float | None = None) -> Written:
        """Makes a change as one commit, synced before it returns, within *timeout* seconds (the writer's at most).

        The head of this module says what it raises.
        """
        if not self._turn.acquire(timeout=self.settings.patience):
            raise StoreBusyError(
                "Other changes are being made to the store",
                where=self._where,
                remedy="Send this one again in a few seconds.",
            )
        try:
            return self._apply(change, min(timeout or self.settings.timeout, self.settings.timeout))
        finally:
            self._turn.release()

    def process_number(self) -> int:
        """The number of the process that writes (started, where there is none)."""
        return self._started().number

    def close(self) -> None:
        """Ends the process; a change that it was making is whole or not there."""
        # Whoever waits for a new process is told at once.
        self._forks.close()
        with self._state:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _apply(self, change: Change, seconds: float) -> Written:
        header, data = to_values(change)
        # Who holds the lock is to be told before the deadline says less.
        header["patience"] = min(self.settings.patience, 0.8 * seconds)
        process = self._started()
        healthy = False
        try:
            answer, rest = process.ask(header, data, seconds)
            healthy = True
        except _DeadlineError as error:
            raise QueryTimeoutError(
                f"The change was ended after {seconds:g} seconds, and nothing was stored",
                remedy="Change less at once, or bind more terms of its pattern.",
            ) from error
        except _WriterEndedError as error:
            raise self._ended() from error
        finally:
            if not healthy:
                self._end(process)
        if answer["status"] == "ok":
            return Written(answer["generation"], answer["created"])
        raise error_of(answer, rest)

    def _started(self) -> _Process:
        with self._state:
            if self._closed:
                raise StoreError("The writer was closed", where=self._where, remedy="Open it again.")
            if self._process is not None and not self._process.alive:
                self._process.end()
                self._process = None
            if self._process is None:
                self._process = self._new()
            return self._process

    def _new(self) -> _Process:
        try:
            return _Process(self._forks.fork())
        except OSError as error:
            raise StoreError(
                "No process that writes can be started",
                where=self._where,
                remedy="Look whether the machine has memory left, then send the change again.",
            ) from error

    def _end(self, process: _Process) -> None:
        with self._state:
            if self._process is process:
                self._process = None
                process.end()

    def _ended(self) -> StoreError:
        return StoreError(
            "The process that writes ended before it said whether the change was stored",
            where=self._where,
            remedy="Ask for what the change should have made, and send it again if it is not there.",
        )


def error_of(values: dict[str, Any], rdf: bytes) -> TreatygraphError:
    """The error that a process sent as values."""
    where = None if values["where"] is None else Where(*values["where"])
    if values["kind"] == ValidationFailedError.__name__:
        return ValidationFailedError(
            values["what"], where=where, remedy=values["remedy"], report=values["report"], report_rdf=rdf
        )
    kind: type[TreatygraphError] = getattr(errors, values["kind"], StoreError)
    return kind(values["what"], where=where, remedy=values["remedy"])
