"""One query process as the server sees it: it is asked one question at a time, and can be ended at any moment."""

from __future__ import annotations

import asyncio
import fcntl
import marshal
import os
import select
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

from treatygraph.store import heap, worker
from treatygraph.store.fork_server import Child, ForkServer
from treatygraph.store.spool import Spooled
from treatygraph.store.worker import ANSWER, QUESTION, Status

_PIPE_BYTES = 1 << 20
# One thread works there; a heap of 64 MB of addresses for each of the engine's own would fill the bound of a process.
_HEAPS = "2"
_LOOK_SECONDS = 0.05
_FIRST_READ = 64 << 10
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Ending(Enum):
    """Why a process was ended while it had a question."""

    CRASH = "crash"
    DEADLINE = "deadline"
    GONE = "gone"
    CROWDED = "crowded"
    MEMORY = "memory"
    CLOSED = "closed"


class ProcessEndedError(Exception):
    """The process ended before it answered."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: how it ended, a message where it ended badly, the result otherwise."""

    status: Status
    message: str
    is_graph: bool
    result: bytes | Spooled


def query_processes(memory: int) -> ForkServer:
    """Forks query processes; *memory* bounds the address space of each in bytes (0: no bound)."""
    # -P keeps the folder of the script out of the path of imports.
    command = [sys.executable, "-P", worker.__file__, str(memory)]
    return ForkServer(command, {"MALLOC_ARENA_MAX": _HEAPS, **heap.environment(heap.MANY_BLOCKS)})


class QueryProcess:
    """A process of ``worker.py`` that was forked."""

    def __init__(self, child: Child) -> None:
        self._child: Final = child
        self._in: Final = child.requests
        self._out: Final = child.answers
        os.set_blocking(self._out, False)
        for pipe in (self._in, self._out):
            with suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN)
        self.pid: Final = child.pid
        self.started = 0.0
        """When the question that it works at was asked; 0 while there is none."""
        self._used_before = 0.0
        self.deadline = float("inf")
        self.ending = Ending.CRASH
        self._was_ended = False
        self._inbox = _Inbox(self._out, self.pid)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._arrived: asyncio.Future[Reply] | None = None
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._child.alive

    def greet(self, seconds: float) -> None:
        """Waits until the process says that it is there; raises ``ProcessEndedError`` when it does not."""
        try:
            self.receive(seconds)
        except TimeoutError as error:
            raise ProcessEndedError from error

    def ask(self, question: dict[str, Any], deadline: float) -> Reply:
        """The answer; raises ``ProcessEndedError`` when somebody ends the process, as is due at the deadline."""
        self._send(question, deadline)
        return self.receive()

    async def ask_async(self, question: dict[str, Any], deadline: float) -> Reply:
        """As ``ask``, on the running event loop; whoever cancels it must end the process or take its answer."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            loop.add_reader(self._out, self._readable)
            self._loop = loop
        self._arrived = arrived = loop.create_future()
        try:
            self._send(question, deadline)
            reply: Reply = await arrived
        finally:
            self._arrived = None
        self._answered()
        return reply

    def _readable(self) -> None:
        """Something is in the pipe. The loop goes on listening between questions, which spares two calls for each."""
        arrived = self._arrived
        if arrived is None:
            # A thread reads this answer, or nobody does.
            self._forget_loop()
            return
        try:
            reply = self._inbox.read()
        except Exception as error:
            self._forget_loop()
            if not arrived.done():
                arrived.set_exception(error)
        else:
            if reply is not None and not arrived.done():
                arrived.set_result(reply)

    def _forget_loop(self) -> None:
        if self._loop is not None:
            self._loop.remove_reader(self._out)
            self._loop = None

    def end(self, why: Ending, started: float) -> None:
        """Ends the process at once if it still works at the question *started* then.

        Who waits for the answer gets ``ProcessEndedError``, and does not wait until the process is gone: one that
        has given way, or holds much memory, takes its time for that where others are at work.
        """
        with self._lock:
            if self.started != started or not self.alive:
                return
            self.ending = why
            self._was_ended = True
            self._child.kill()
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):
                # A loop that has ended has nobody who waits.
                loop.call_soon_threadsafe(self._give_up)

    def _give_up(self) -> None:
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_exception(ProcessEndedError())

    def bury(self) -> None:
        """Ends the process and gives its pipes back; nobody may be waiting for it."""
        self._child.kill()
        self._child.wait()
        os.close(self._in)
        loop = self._loop
        with suppress(RuntimeError):
            # A loop that has ended does not listen any more.
            if loop is not None:
                loop.call_soon_threadsafe(self._close)
                return
        os.close(self._out)

    def _close(self) -> None:
        self._forget_loop()
        os.close(self._out)

    def used_seconds(self) -> float:
        """The time of processors that the present question took up to now; what has passed, where none can tell."""
        try:
            return time.clock_gettime(_processor_clock(self.pid)) - self._used_before
        except OSError:
            return time.monotonic() - self.started

    def resident_bytes(self) -> int:
        """The memory that it holds; 0 when it is gone."""
        try:
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):
            return 0

    def signal_that_ended_it(self) -> str:
        """The name of the signal that ended the process ("SIGABRT"), or its exit status."""
        status = self._child.wait()
        if status is None:
            return "nobody knows how"
        return signal.Signals(-status).name if status < 0 else f"status {status}"

    def _send(self, question: dict[str, Any], deadline: float) -> None:
        data = marshal.dumps(question)
        with suppress(OSError):
            self._used_before = time.clock_gettime(_processor_clock(self.pid))
        with self._lock:
            self.deadline, self.started = deadline, time.monotonic()
        self._inbox = _Inbox(self._out, self.pid)
        rest = memoryview(QUESTION.pack(len(data)) + data)
        try:
            while rest:
                rest = rest[os.write(self._in, rest) :]
        except OSError as error:
            raise ProcessEndedError from error

    def receive(self, seconds: float | None = None) -> Reply:
        """The answer; raises ``ProcessEndedError`` at its end, ``TimeoutError`` when nothing comes for *seconds*."""
        deadline = float("inf") if seconds is None else time.monotonic() + seconds
        while True:
            if self._poll.poll(1000 * _LOOK_SECONDS):
                if (reply := self._inbox.read()) is not None:
                    self._answered()
                    return reply
            elif self._was_ended:
                raise ProcessEndedError
            elif time.monotonic() >= deadline:
                raise TimeoutError

    def _answered(self) -> None:
        with self._lock:
            self.started, self.deadline = 0.0, float("inf")


def _processor_clock(pid: int) -> int:
    """The clock of the processor time of another process (``clock_getcpuclockid`` of Linux)."""
    return (~pid << 3) | 2


class _Inbox:
    """Collects one answer from a pipe that does not block."""

    def __init__(self, pipe: int, pid: int) -> None:
        self._pipe = pipe
        self._pid = pid
        self._data = bytearray()
        self._size = ANSWER.size

    def read(self) -> Reply | None:
        """The answer, once it is there; raises ``ProcessEndedError`` at the end of the pipe."""
        try:
            part = os.read(self._pipe, max(_FIRST_READ, self._size - len(self._data)))
        except BlockingIOError:
            return None
        if not part:
            raise ProcessEndedError
        self._data += part
        if len(self._data) < ANSWER.size:
            return None
        status, is_graph, file, message, result = ANSWER.unpack_from(self._data)
        self._size = ANSWER.size + message + (result if file < 0 else 0)
        if len(self._data) < self._size:
            return None
        words = self._data[ANSWER.size : ANSWER.size + message].decode()
        return Reply(Status(status), words, bool(is_graph), self._result(file, message, result))

    def _result(self, file: int, message: int, size: int) -> bytes | Spooled:
        if file < 0:
            return bytes(memoryview(self._data)[ANSWER.size + message :])
        try:
            return Spooled(f"/proc/{self._pid}/fd/{file}", size)
        except OSError as error:
            raise ProcessEndedError from error
