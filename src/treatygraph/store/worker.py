"""The processes that answer queries, each forked from one that has all loaded and the generation open.

``fork_server.py`` starts that one as a script; it imports nothing of ours, and none of them can open a socket. On the
line to the server, one packet each:

    to it     what for (a folder) and two pipes: fork, and answer there; or the number of a process: how did it end?
    from it   the number of the new process and its descriptor, an error number below zero, or an exit status

A forked process reads questions from one pipe and writes answers to the other. Their frames:

    question  length; then what ``marshal`` makes of {"folder", "query", "form", "default", "named", "limit", "base",
              "prefixes", "bindings", "search"}; search is None, or {"file", "pieces", "blocks"}: what
              ``fulltext.filled`` takes
    answer    status, whether it is a graph, descriptor that holds the result (-1: it follows), length of the message,
              length of the result; then message and result

A result longer than ``MOST_PIPED`` is laid into a file without a name, which the server opens through ``/proc`` before
it asks again: a long answer is in nobody's memory, and whoever is killed leaves no file behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import importlib.util
import marshal
import os
import platform
import resource
import select
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, cast

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store, Variable

QUESTION: Final = struct.Struct("<I")
ANSWER: Final = struct.Struct("<BBiIQ")

LONGEST_LINE: Final = 64 << 10
"""The most bytes of a packet on the line to the server: the longest path of a folder, and more."""

MOST_PIPED: Final = 1 << 20
"""The most bytes of a result that go through the pipe."""

QUICK_SECONDS: Final = 0.25
"""After so many seconds of processor a query is long, and gives way to quick ones."""

GIVING_WAY: Final = ((0.02, 5), (0.06, 10), (QUICK_SECONDS, 19))
"""After how many seconds of processor a query lowers its priority (``setpriority``) to what.

Step by step: at the lowest at once, one that is nearly done would wait for all that come after it. The first steps
keep questions of milliseconds from waiting for those that will run away, as long as nobody can tell that they will.
With the last one a query is idle (``SCHED_IDLE``): whoever wakes takes the processor from it at once, where a low
priority alone holds it for the milliseconds of a slice.
"""


class Status(IntEnum):
    """How a question ended."""

    OK = 0
    SYNTAX = 1
    STALE = 2
    FAILED = 3
    LARGE = 4
    DISK_FULL = 5
    NO_INDEX = 6


TABLES: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

_WATCH_SECONDS = 1.0
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_START_TRIES, _START_SECONDS = 1000, 0.01
# Deep patterns recurse in the engine; 256 MB of stack carry far more than the guard lets through.
_STACK = 256 * 1024 * 1024
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


class NoIndexError(Exception):
    """The search index cannot be read."""


class TooLargeError(Exception):
    """An answer has more bytes than may be sent."""


class Bounded:
    """Takes at most *limit* bytes: in memory, and past ``MOST_PIPED`` in a file without a name."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self.file: IO[bytes] | None = None
        self._limit = limit

    def flush(self) -> None:
        """Nothing: what is written is there."""

    def write(self, data: Any) -> int:
        """Keeps the bytes; raises ``TooLargeError`` at the limit."""
        self.size += len(data)
        if self.size > self._limit:
            raise TooLargeError
        if self.file is None and self.size > MOST_PIPED:
            self.file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (open until the next question)
            _write_all(self.file.fileno(), b"".join(self.parts))
            self.parts.clear()
        if self.file is None:
            self.parts.append(bytes(data))
        else:
            _write_all(self.file.fileno(), bytes(data))
        return len(data)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: how the question ended, a message where it ended badly, the result otherwise."""

    status: Status
    message: str = ""
    is_graph: bool = False
    result: Bounded | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that is open."""

    folder: str
    engine: Store


class Desk:
    """The open generation and the ends of the two pipes."""

    def __init__(self, questions: int, answers: int, generation: Opened | None) -> None:
        self._questions = questions
        self._answers = answers
        self._open = generation
        self._left: Opened | None = None
        # Keeps the file of the last long answer open until the next question is there.
        self._last: Reply | None = None
        self._thread = 0
        self._working = False
        self._step = 0
        self.done = False

    def work(self) -> None:
        """Answers questions until there are none, or until this thread's priority was lowered."""
        self._thread = threading.get_native_id()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
        while not self.done and os.getpriority(os.PRIO_PROCESS, 0) <= _START_PRIORITY:
            question = self._read()
            if question is None:
                self.done = True
                return
            self._last = None
            self._step = 0
            self._working = True
            signal.setitimer(signal.ITIMER_PROF, GIVING_WAY[0][0])
            self._last = self._answer(question)
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._working = False
            self._write(self._last)
            # To close one takes longer than most questions, so that is done while nobody waits.
            self._left = None

    def give_way(self, *_: object) -> None:
        """Lowers the priority of the thread that answers by one step, if it still does; the last step makes it idle.

        Done here and not by the server: whoever looks from outside for the threads of a process makes the kernel's end
        of that process wait for its slowest thread.
        """
        if not self._working or self._step == len(GIVING_WAY):
            return
        used, priority = GIVING_WAY[self._step]
        self._step += 1
        # The thread has just ended, or the machine forbids it.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._thread, max(priority, _START_PRIORITY))
            if self._step == len(GIVING_WAY):
                os.sched_setscheduler(self._thread, os.SCHED_IDLE, os.sched_param(0))
        if self._step < len(GIVING_WAY):
            signal.setitimer(signal.ITIMER_PROF, GIVING_WAY[self._step][0] - used)

    def hello(self) -> None:
        """Says that the process is there."""
        self._write(Reply(Status.OK))

    def _read(self) -> dict[str, Any] | None:
        head = os.read(self._questions, 65536)
        if not head:
            return None
        (size,) = QUESTION.unpack_from(head)
        parts, missing = [head[QUESTION.size :]], size + QUESTION.size - len(head)
        while missing > 0:
            part = os.read(self._questions, missing)
            if not part:
                return None
            parts.append(part)
            missing -= len(part)
        return cast(dict[str, Any], marshal.loads(b"".join(parts)))

    def _write(self, reply: Reply) -> None:
        message, result = reply.message.encode(), reply.result
        file = -1 if result is None or result.file is None else result.file.fileno()
        size = 0 if result is None else result.size
        head = ANSWER.pack(reply.status, reply.is_graph, file, len(message), size)
        _write_all(self._answers, b"".join((head, message, *(result.parts if result else ()))))

    def _answer(self, question: dict[str, Any]) -> Reply:
        try:
            engine = self._engine(question["folder"])
        except (OSError, RuntimeError, ValueError) as error:
            return Reply(Status.STALE, str(error))
        try:
            return evaluate(engine, question)
        except SyntaxError as error:
            return Reply(Status.SYNTAX, str(error))
        except TooLargeError:
            return Reply(Status.LARGE)
        except NoIndexError as error:
            return Reply(Status.NO_INDEX, str(error))
        except (OSError, RuntimeError, ValueError) as error:
            full = isinstance(error, OSError) and error.errno in _FULL
            return Reply(Status.DISK_FULL if full else Status.FAILED, str(error))

    def _engine(self, folder: str) -> Store:
        if self._open is None or folder != self._open.folder:
            self._left, self._open = self._open, None
            self._open = Opened(folder, Store.read_only(folder))
        return self._open.engine


def evaluate(engine: Store, question: dict[str, Any]) -> Reply:
    """The answer in the form asked for ("json", "turtle" …)."""
    default, named = question["default"], question["named"]
    found = engine.query(
        _text(question),
        base_iri=question["base"],
        prefixes=question["prefixes"],
        default_graph=None if default is None else [NamedNode(each) for each in default],
        named_graphs=None if named is None else [NamedNode(each) for each in named],
        substitutions={
            Variable(name): NamedNode(value) if kind == "iri" else Literal(value)
            for name, (kind, value) in question["bindings"].items()
        },
    )
    result = Bounded(question["limit"])
    stream = cast(IO[bytes], result)
    if isinstance(found, QueryTriples):
        found.serialize(stream, GRAPHS[question["form"]])
        return Reply(Status.OK, "", True, result)
    found.serialize(stream, TABLES[question["form"]])
    return Reply(Status.OK, "", False, result)


def _text(question: dict[str, Any]) -> str:
    """The query, what its search blocks find filled in; raises ``SyntaxError`` with a place in the query as asked."""
    query = cast(str, question["query"])
    if question["search"] is None:
        return query
    # In *query* each block is an empty VALUES of the same length.
    Store().query(query, base_iri=question["base"], prefixes=question["prefixes"])
    try:
        return cast(str, _fulltext().filled(**question["search"]))
    except RuntimeError as error:
        raise NoIndexError(str(error)) from error


@cache
def _fulltext() -> Any:
    """``fulltext.py`` beside this file, which most processes never need."""
    path = Path(__file__).with_name("fulltext.py")
    spec = importlib.util.spec_from_file_location("fulltext", path)
    assert spec is not None and spec.loader is not None, "the file is part of the package"
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def forbid_sockets() -> bool:
    """Makes every later ``socket`` call of this process fail (seccomp); whether the machine could do it.

    The guard refuses SERVICE and LOAD already; this holds whatever the guard overlooks.
    """
    if sys.platform != "linux" or platform.machine() not in _SOCKET_CALL:
        return False
    architecture, number = _SOCKET_CALL[platform.machine()]
    # Classic BPF over struct seccomp_data: (code, jump if true, jump if false, constant).
    load, equal, give = 0x20, 0x15, 0x06
    allow, refuse = 0x7FFF0000, 0x00050000 | 13
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (load, 0, 0, 4),
            (equal, 1, 0, architecture),
            (give, 0, 0, allow),
            (load, 0, 0, 0),
            (equal, 0, 1, number),
            (give, 0, 0, refuse),
            (give, 0, 0, allow),
        )
    )
    held = ctypes.create_string_buffer(program, len(program))

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_void_p))

    libc = ctypes.CDLL(None)
    asked = Filter(len(program) // 8, ctypes.addressof(held))
    no_new_privileges, seccomp, by_filter = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(seccomp, by_filter, ctypes.byref(asked), 0, 0) == 0)


def main(memory: int, line: int) -> None:
    """Forks until the server hangs up; *memory* bounds the address space of each in bytes (0: no bound)."""
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    forbid_sockets()
    threading.stack_size(_STACK)
    generation: Opened | None = None

    def opened(folder: str) -> None:
        nonlocal generation
        if generation is None or generation.folder != folder:
            generation = None
            # Who is asked says what is wrong with it.
            with contextlib.suppress(OSError, RuntimeError, ValueError):
                generation = Opened(folder, Store.read_only(folder))

    pipes = forked(line, opened)
    if pipes is not None:
        _serve(*pipes, generation)
        # To close what is open takes long, and the machine does it at once.
        os._exit(0)


def forked(line: int, prepare: Callable[[str], None]) -> tuple[int, int] | None:
    """In each forked process its two pipes; None in the one that is forked, once the server at *line* hangs up.

    What each is forked for goes to *prepare* before. One thread is here, so that nothing is half done where it forks;
    the engine's own threads only wait while it reads.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=line) as server:
        while True:
            data, pipes, _, _ = socket.recv_fds(server, LONGEST_LINE, 2)
            if not data:
                return None
            asked = marshal.loads(data)
            if not pipes:
                server.send(marshal.dumps(_exit_status(asked)))
                continue
            prepare(asked)
            try:
                number = os.fork()
            except OSError as error:
                server.send(marshal.dumps(-(error.errno or errno.EAGAIN)))
            else:
                if number == 0:
                    return pipes[0], pipes[1]
                ending = os.pidfd_open(number)
                socket.send_fds(server, [marshal.dumps(number)], [ending])
                os.close(ending)
            for each in pipes:
                os.close(each)


def _exit_status(process: int) -> int | None:
    """How a forked process ended, which is gone; below zero the signal that ended it."""
    try:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    except ChildProcessError:
        return None


def _serve(questions: int, answers: int, generation: Opened | None) -> None:
    """Answers questions until the server closes their pipe, or is gone."""
    desk = Desk(questions, answers, generation)
    # This thread hears it, while another answers.
    signal.signal(signal.SIGPROF, desk.give_way)
    desk.hello()
    server = select.poll()
    server.register(questions, 0)
    # A thread whose priority was lowered cannot have it back, so the next question gets a new thread: it takes
    # over the priority of this one, which nobody lowers.
    while not desk.done:
        thread = _started(desk.work)
        while thread.is_alive():
            thread.join(_WATCH_SECONDS)
            if server.poll(0):
                # The server is gone; a query that runs for ever must not outlive it.
                os._exit(0)


def _started(work: Callable[[], None]) -> threading.Thread:
    """A thread that works; there may be no room for its stack until the one before it has given its own back."""
    for _ in range(_START_TRIES):
        thread = threading.Thread(target=work)
        with contextlib.suppress(RuntimeError):
            thread.start()
            return thread
        time.sleep(_START_SECONDS)
    raise MemoryError


_START_PRIORITY = os.getpriority(os.PRIO_PROCESS, 0)

if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main(int(sys.argv[1]), int(sys.argv[2]))
