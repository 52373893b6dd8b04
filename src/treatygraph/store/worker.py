"""The process that answers queries: it reads questions from standard input and writes answers to standard output.

Started by ``workers.py`` as a script; it imports nothing of ours, so that it is there in a few hundredths of a
second, and it cannot open a socket. A frame is two lengths (header, body), a JSON header, and bytes.

    question  {"folder", "query", "form", "default", "named", "limit", "base", "prefixes", "bindings"}
    answer    {"status": "ok" | "syntax" | "stale" | "failed" | "large", "message", "graph"}, result
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import platform
import resource
import struct
import sys
import threading
from io import RawIOBase
from typing import IO, Any, Final, cast

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store, Variable

FRAME: Final = struct.Struct("<IQ")

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
# Deep patterns recurse in the engine; 256 MB of stack carry far more than the guard lets through.
_STACK = 256 * 1024 * 1024
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


class TooLargeError(Exception):
    """An answer has more bytes than may be sent."""


class Bounded(RawIOBase):
    """A buffer that refuses to grow past *limit* bytes."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self._room = limit

    def writable(self) -> bool:
        """True: results are written here."""
        return True

    def write(self, data: Any) -> int:
        """Keeps the bytes; raises ``TooLargeError`` at the limit."""
        self._room -= len(data)
        if self._room < 0:
            raise TooLargeError
        self.parts.append(bytes(data))
        return len(data)


class Desk:
    """The open generation and the two ends of the pipe."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers
        self._folder: str | None = None
        self._engine: Store | None = None
        self.done = False

    def work(self) -> None:
        """Answers questions until there are none, or until this thread's priority was lowered."""
        while not self.done and os.getpriority(os.PRIO_PROCESS, 0) <= _START_PRIORITY:
            question = self._read()
            if question is None:
                self.done = True
                return
            self._write(*self._answer(question))

    def hello(self) -> None:
        """Says that the process is there."""
        self._write({"status": "ok"}, [])

    def _read(self) -> dict[str, Any] | None:
        head = self._questions.read(FRAME.size)
        if len(head) < FRAME.size:
            return None
        size, _ = FRAME.unpack(head)
        return cast(dict[str, Any], json.loads(self._questions.read(size)))

    def _write(self, header: dict[str, Any], parts: list[bytes]) -> None:
        data = json.dumps(header).encode()
        self._answers.write(FRAME.pack(len(data), sum(map(len, parts))) + data)
        for part in parts:
            self._answers.write(part)
        self._answers.flush()

    def _answer(self, question: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        try:
            engine = self._open(question["folder"])
        except (OSError, RuntimeError, ValueError) as error:
            return {"status": "stale", "message": str(error)}, []
        try:
            graph, parts = evaluate(engine, question)
        except SyntaxError as error:
            return {"status": "syntax", "message": str(error)}, []
        except TooLargeError:
            return {"status": "large"}, []
        except (OSError, RuntimeError, ValueError) as error:
            return {"status": "failed", "message": str(error)}, []
        return {"status": "ok", "graph": graph}, parts

    def _open(self, folder: str) -> Store:
        if self._engine is None or folder != self._folder:
            self._engine = None
            self._engine = Store.read_only(folder)
            self._folder = folder
        return self._engine


def evaluate(engine: Store, question: dict[str, Any]) -> tuple[bool, list[bytes]]:
    """Whether the answer is a graph, and its bytes in the form asked for ("json", "turtle" …)."""
    default, named = question["default"], question["named"]
    found = engine.query(
        question["query"],
        base_iri=question["base"],
        prefixes=question["prefixes"],
        default_graph=None if default is None else [NamedNode(each) for each in default],
        named_graphs=None if named is None else [NamedNode(each) for each in named],
        substitutions={
            Variable(name): NamedNode(value) if kind == "iri" else Literal(value)
            for name, (kind, value) in question["bindings"].items()
        },
    )
    buffer = Bounded(question["limit"])
    stream = cast(IO[bytes], buffer)
    if isinstance(found, QueryTriples):
        found.serialize(stream, GRAPHS[question["form"]])
        return True, buffer.parts
    found.serialize(stream, TABLES[question["form"]])
    return False, buffer.parts


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


def main(memory: int) -> None:
    """Works until standard input is closed; *memory* bounds the address space in bytes (0: no bound)."""
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    forbid_sockets()
    threading.stack_size(_STACK)
    desk = Desk(sys.stdin.buffer, sys.stdout.buffer)
    desk.hello()
    # A thread whose priority was lowered cannot have it back, so the next question gets a new thread: it takes
    # over the priority of this one, which nobody lowers.
    parent = os.getppid()
    while not desk.done:
        thread = threading.Thread(target=desk.work)
        thread.start()
        while thread.is_alive():
            thread.join(_WATCH_SECONDS)
            if os.getppid() != parent:
                # The server is gone; a query that runs for ever must not outlive it.
                os._exit(0)


_START_PRIORITY = os.getpriority(os.PRIO_PROCESS, 0)

if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main(int(sys.argv[1]))
