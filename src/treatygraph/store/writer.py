"""The process that writes: it reads changes from a pipe, commits each, and says what came of it.

``fork_server.py`` starts this module once. What it needs is loaded, and then a writer is forked off whenever one is
asked for, with its two pipes: so a writer that was ended is replaced in milliseconds. A writer
holds the store's lock only while it works, so that another process can write in between, and for a store on disk it
cannot open a socket. The store's place stands in the environment, where other users of the machine cannot read the
secret of an address. A frame is two lengths, a JSON header, and bytes.

    change   the values of ``changes.to_values``, "patience" in seconds; data of a graph
    answer   {"status": "publishing"} before the commit is named, then one of
             {"status": "ok", "generation", "created"}
             {"status": "error", "kind", "what", "where", "remedy", "report"}, the report in RDF
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import struct
import sys
import threading
from pathlib import Path
from typing import IO, Any, Final, cast

from treatygraph.model.errors import StoreError, TreatygraphError, ValidationFailedError
from treatygraph.store.changes import Written, from_values
from treatygraph.store.embedded import CheckDifference, EmbeddedStore
from treatygraph.store.endpoints import is_address
from treatygraph.store.layout import Layout, is_merged
from treatygraph.store.remote import RemoteStore
from treatygraph.store.worker import forbid_sockets, forked

FRAME: Final = struct.Struct("<IQ")
"""The two lengths before each message."""

PLACE: Final = "TREATYGRAPH_WRITER_STORE"
"""The variable of the environment that names the store."""


class Desk:
    """The store's place, what judges a change, and the two ends of the pipe."""

    def __init__(
        self, place: str, check: CheckDifference | None, changes: IO[bytes], answers: IO[bytes]
    ) -> None:
        self._place = place
        self._remote = RemoteStore(place) if is_address(place) else None
        self._check = check
        self._changes = changes
        self._answers = answers

    def work(self) -> None:
        """Commits changes until there are none."""
        self._write({"status": "ok"})
        while (read := self._read()) is not None:
            self._write(*self._answer(*read))

    def _read(self) -> tuple[dict[str, Any], bytes] | None:
        head = self._changes.read(FRAME.size)
        if len(head) < FRAME.size:
            return None
        size, length = FRAME.unpack(head)
        values = cast(dict[str, Any], json.loads(self._changes.read(size)))
        return values, self._changes.read(length)

    def _write(self, header: dict[str, Any], data: bytes = b"") -> None:
        encoded = json.dumps(header).encode()
        self._answers.write(FRAME.pack(len(encoded), len(data)) + encoded + data)
        self._answers.flush()

    def _answer(self, values: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            written = self._commit(values, data)
        except TreatygraphError as error:
            return error_values(error)
        except MemoryError:
            return error_values(
                StoreError(
                    "The change needs more memory than the writer may take", remedy="Send it in parts."
                )
            )
        return {"status": "ok", "generation": written.generation, "created": written.created}, b""

    def _commit(self, values: dict[str, Any], data: bytes) -> Written:
        change = from_values(values, data)
        if self._remote is not None:
            return self._remote.apply(change, check=self._check, publishing=self._publishing)
        folder = Path(self._place)
        merged = is_merged(Layout(folder))
        with EmbeddedStore(folder, merged=merged, patience=values["patience"]) as store:
            return store.apply(change, check=self._check if merged else None, publishing=self._publishing)

    def _publishing(self, number: int) -> None:
        self._write({"status": "publishing", "generation": number})


def error_values(error: TreatygraphError) -> tuple[dict[str, Any], bytes]:
    """An error as values of JSON, and its report in RDF."""
    where = error.where
    values: dict[str, Any] = {
        "status": "error",
        "kind": type(error).__name__,
        "what": error.what,
        "remedy": error.remedy,
        "where": None if where is None else [where.file, where.line, where.column, where.thing],
    }
    if isinstance(error, ValidationFailedError):
        return values | {"report": error.report}, error.report_rdf
    return values, b""


def named_check(name: str) -> CheckDifference:
    """The function that ``module:function`` names makes, which judges each change."""
    module, _, function = name.partition(":")
    return cast(CheckDifference, getattr(importlib.import_module(module), function)())


def _end_with_server(changes: int) -> None:
    server = select.poll()
    server.register(changes, 0)
    server.poll()
    # It is gone; a change that runs for ever must not outlive it. A commit is whole or not there.
    os._exit(0)


def main(memory: int, file_bytes: int, check: str, line: int) -> None:
    """Forks until the server hangs up; *memory* and *file_bytes* bound what each process takes (0: no bound)."""
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    place = os.environ[PLACE]
    if file_bytes:
        # A write past the bound fails as it does on a full disk, where otherwise it would end the process.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    judge = named_check(check) if check else None
    if not is_address(place):
        forbid_sockets()
    pipes = forked(line, lambda _: None)
    if pipes is None:
        return
    changes, answers = pipes
    threading.Thread(target=_end_with_server, args=(changes,), daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        Desk(place, judge, os.fdopen(changes, "rb"), os.fdopen(answers, "wb")).work()
    os._exit(0)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, ConnectionError, KeyboardInterrupt):
        main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
