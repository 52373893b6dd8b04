"""A pool of processes that answer queries and can be ended: the deadline that the engine does not have.

Each process opens the current generation read-only and answers one question at a time. At its deadline it is ended
and another takes its place; a query that ends its process (memory, depth) costs that query alone. The generation is
looked up before each question, so that a commit is seen by the next one.
"""

from __future__ import annotations

import fcntl
import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from pyoxigraph import Literal, NamedNode

from treatygraph.model.errors import (
    QueryCrashedError,
    QueryError,
    QueryTimeoutError,
    ServerBusyError,
    StoreError,
    Where,
)
from treatygraph.store import worker
from treatygraph.store.answers import syntax_error
from treatygraph.store.guard import QueryForm, check_query
from treatygraph.store.layout import Layout, current_generation, damaged, is_merged
from treatygraph.store.places import local_path
from treatygraph.store.texts import holds_text, read_text
from treatygraph.store.worker import FRAME

TABLE_FORMS: Final = tuple(worker.TABLES)
"""The forms of an answer to SELECT and ASK: json, xml, csv, tsv."""

GRAPH_FORMS: Final = tuple(worker.GRAPHS)
"""The forms of an answer to CONSTRUCT and DESCRIBE: turtle, ntriples, rdfxml, jsonld."""

_POLITE_SECONDS = 0.25
_LOWEST_PRIORITY = 19
_START_SECONDS = 60.0
_STALE_TRIES = 5
_PIPE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the form of its answer, and the dataset that the protocol's parameters name (None: the store's).

    *base* and *prefixes* hold where the query does not declare its own. *bindings* give values to variables that a
    SELECT projects: an IRI or a plain literal, so that no query need be put together from strings.
    """

    sparql: str
    form: str = "json"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    prefixes: Mapping[str, str] | None = None
    bindings: Mapping[str, NamedNode | Literal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, whether they are a graph, and the generation that gave them."""

    body: bytes
    is_graph: bool
    generation: int


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """How many queries run at once, seconds until one is ended, seconds to wait for a free process, and bounds.

    ``memory`` bounds the address space of a process, of which it takes 0.7 GB before the first query.
    """

    workers: int = 4
    timeout: float = 30.0
    patience: float = 10.0
    memory: int = 3 << 30
    result_bytes: int = 200 << 20


class _WorkerEndedError(Exception):
    """The process ended before it answered."""


class _DeadlineError(Exception):
    """The process did not answer in time."""


class _Worker:
    """One process, and one question at a time."""

    def __init__(self, memory: int) -> None:
        # -P keeps the folder of the script out of the path of imports.
        self._process = subprocess.Popen(
            [sys.executable, "-P", worker.__file__, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._in = self._process.stdin.fileno()
        self._out = self._process.stdout.fileno()
        with suppress(OSError):
            fcntl.fcntl(self._out, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN)
        self._greeted = False

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def ask(self, question: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """The header and bytes of the answer; raises ``_DeadlineError`` or ``_WorkerEndedError``."""
        if not self._greeted:
            self._receive(time.monotonic() + _START_SECONDS, polite=False)
            self._greeted = True
        data = json.dumps(question).encode()
        deadline = time.monotonic() + seconds
        self._send(FRAME.pack(len(data), 0) + data)
        return self._receive(deadline, polite=True)

    def kill(self) -> None:
        """Ends the process at once, whatever it does."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Ends the process and gives its pipes back; nobody may be waiting for it."""
        self.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def signal_that_ended_it(self) -> str:
        """The name of the signal that ended the process ("SIGABRT"), or its exit status."""
        status = self._process.wait()
        return signal.Signals(-status).name if status < 0 else f"status {status}"

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._in, rest) :]
        except OSError as error:
            raise _WorkerEndedError from error

    def _receive(self, deadline: float, *, polite: bool) -> tuple[dict[str, Any], bytes]:
        self._wait_politely(deadline) if polite else self._wait(deadline)
        size, length = FRAME.unpack(self._read(FRAME.size, deadline))
        header: dict[str, Any] = json.loads(self._read(size, deadline))
        return header, bytes(self._read(length, deadline))

    def _wait_politely(self, deadline: float) -> None:
        """Waits for the answer; a query that takes long gives way to the others."""
        if not self._poll.poll(1000 * min(_POLITE_SECONDS, max(0.0, deadline - time.monotonic()))):
            self._give_way()
            self._wait(deadline)

    def _give_way(self) -> None:
        """Lowers the priority of the threads of the process, but not of its first, from which new ones take theirs."""
        first = self._process.pid
        with suppress(OSError):
            for entry in Path(f"/proc/{first}/task").iterdir():
                if int(entry.name) != first:
                    os.setpriority(os.PRIO_PROCESS, int(entry.name), _LOWEST_PRIORITY)

    def _wait(self, deadline: float) -> None:
        if not self._poll.poll(1000 * max(0.0, deadline - time.monotonic())):
            raise _DeadlineError

    def _read(self, size: int, deadline: float) -> bytearray:
        data = bytearray(size)
        view, filled = memoryview(data), 0
        while filled < size:
            self._wait(deadline)
            count = os.readv(self._out, [view[filled:]])
            if count == 0:
                raise _WorkerEndedError
            filled += count
        return data


class QueryPool:
    """Answers questions over the store at *location* in processes of its own; safe to use from several threads.

    Raises ``StoreMissingError`` where there is no store.
    """

    def __init__(self, location: str | Path, settings: PoolSettings | None = None) -> None:
        self.settings: Final = settings or PoolSettings()
        self._layout = Layout(local_path(location))
        self._closed = False
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        current_generation(self._layout)
        for _ in range(self.settings.workers):
            self._idle.put(self._start())

    def generation(self) -> int:
        """The number of the store's current generation."""
        return current_generation(self._layout)

    def is_merged(self) -> bool:
        """Whether the default graph is the merge of the asserted named graphs."""
        return is_merged(self._layout)

    def text(self, sha256: str) -> str | None:
        """The source text with that hash, or None where this machine does not hold it."""
        return read_text(self._layout, sha256)

    def holds_text(self, sha256: str) -> bool:
        """Whether this machine holds the text with that hash."""
        return holds_text(self._layout, sha256)

    def ask(self, question: Question, *, timeout: float | None = None) -> Answer:
        """The answer in the form asked for, within *timeout* seconds (the pool's, when not given).

        Raises ``QueryError`` for a query that cannot be run as it stands, ``QueryTimeoutError`` at the deadline,
        ``QueryCrashedError`` when it ends its process, ``ServerBusyError`` when no process comes free, and
        ``StoreError`` for damaged files.
        """
        form = check_query(question.sparql)
        _check_form(form, question.form)
        seconds = self.settings.timeout if timeout is None else timeout
        asked = {
            "query": question.sparql,
            "form": question.form,
            "default": question.default_graphs,
            "named": question.named_graphs,
            "base": question.base,
            "prefixes": dict(question.prefixes) if question.prefixes else None,
            "bindings": {
                name: ("iri" if isinstance(value, NamedNode) else "literal", value.value)
                for name, value in question.bindings.items()
            },
            "limit": self.settings.result_bytes,
        }
        for _ in range(_STALE_TRIES):
            generation = current_generation(self._layout)
            header, body = self._run(asked | {"folder": str(self._layout.generation(generation))}, seconds)
            if header["status"] == "ok":
                return Answer(body, bool(header["graph"]), generation)
            if header["status"] != "stale":
                raise self._error(header)
            if current_generation(self._layout) == generation:
                raise damaged(self._layout.generation(generation), header["message"])
        raise StoreError(
            "The store changes faster than it can be opened",
            where=Where(str(self._layout.root)),
            remedy="Try again when the writer has finished.",
        )

    def close(self) -> None:
        """Ends all processes; harmless when repeated."""
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for each in workers:
            each.kill()
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> _Worker:
        started = _Worker(self.settings.memory)
        with self._lock:
            if not self._closed:
                self._all.add(started)
                return started
        started.end()
        raise self._closed_error()

    def _run(self, asked: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        chosen = self._take()
        healthy = False
        try:
            answer = chosen.ask(asked, seconds)
            healthy = True
        except _DeadlineError as error:
            raise QueryTimeoutError(
                f"The query was ended after {seconds:g} seconds",
                remedy="Ask for less: bind more terms, add a LIMIT, or avoid patterns that share no variable.",
            ) from error
        except _WorkerEndedError as error:
            raise self._crashed(chosen) from error
        finally:
            self._give_back(chosen, healthy=healthy)
        return answer

    def _take(self) -> _Worker:
        try:
            chosen = self._idle.get(timeout=self.settings.patience)
        except queue.Empty as error:
            if self._closed:
                raise self._closed_error() from error
            raise ServerBusyError(
                f"All {self.settings.workers} query processes are at work",
                remedy="Ask again in a few seconds.",
            ) from error
        if chosen.alive:
            return chosen
        return self._replace(chosen)

    def _give_back(self, used: _Worker, *, healthy: bool) -> None:
        if healthy:
            self._idle.put(used)
            return
        with suppress(StoreError):
            self._idle.put(self._replace(used))

    def _replace(self, ended: _Worker) -> _Worker:
        with self._lock:
            self._all.discard(ended)
        ended.end()
        return self._start()

    def _crashed(self, ended: _Worker) -> QueryCrashedError | StoreError:
        if self._closed:
            return self._closed_error()
        return QueryCrashedError(
            f"The query ended its process ({ended.signal_that_ended_it()}): "
            f"it needs more than {self.settings.memory >> 20} MB of memory, or is too deep",
            remedy="Ask for less: bind more terms, add a LIMIT, order or group fewer rows.",
        )

    def _closed_error(self) -> StoreError:
        return StoreError(
            "The queries of this store have ended",
            where=Where(str(self._layout.root)),
            remedy="Open it again.",
        )

    def _error(self, header: dict[str, Any]) -> QueryError:
        if header["status"] == "syntax":
            return syntax_error(header["message"])
        if header["status"] == "large":
            return QueryError(
                f"The answer has more than {self.settings.result_bytes >> 20} MB",
                where=Where("query"),
                remedy="Ask for a part of it with LIMIT and OFFSET, or take `treatygraph export`.",
            )
        return QueryError(
            f"The query cannot be run: {header['message']}",
            where=Where("query"),
            remedy="Look at what its functions are given.",
        )


def _check_form(form: QueryForm, asked: str) -> None:
    allowed = GRAPH_FORMS if form.gives_graph else TABLE_FORMS
    if asked not in allowed:
        raise QueryError(
            f"The answer to {form} cannot be given as {asked!r}",
            where=Where("query"),
            remedy=f"Ask for one of {', '.join(allowed)}.",
        )
