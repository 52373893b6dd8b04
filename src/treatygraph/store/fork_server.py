"""Starts query processes by forking one that has all loaded and the generation open: a few milliseconds for each.

A process started from nothing takes a tenth of a second of processor until it has read its first block of the store,
and whoever asks something small meanwhile waits for that. The process that is forked (``worker.py``) answers no queries
itself, so none of them can end it; should anybody else end it, another takes its place.
"""

from __future__ import annotations

import marshal
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Final

from treatygraph.store import worker

# One thread works there; a heap of 64 MB of addresses for each of the engine's own would fill the bound of a process.
_HEAPS = "2"
_PATIENCE = 60.0
"""Seconds to open a generation in: one of a full disk or of a slow one."""


class Child:
    """A forked process, and this side's ends of its pipes: it reads from *questions* and writes to *answers*.

    It is known by a descriptor (``pidfd_open``), which never means another process, as a number may.
    """

    def __init__(self, server: ForkServer, pid: int, ending: int, questions: int, answers: int) -> None:
        self.pid: Final = pid
        self.questions: Final = questions
        self.answers: Final = answers
        self._server = server
        self._ending = ending
        self._poll = select.poll()
        self._poll.register(ending, select.POLLIN)
        self._status: int | None = None
        self._is_buried = False
        self._lock = threading.Lock()
        self._waiters = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        with self._lock:
            return not self._is_buried and not self._poll.poll(0)

    def kill(self) -> None:
        """Ends it at once; harmless when repeated."""
        with self._lock, suppress(ProcessLookupError):
            if not self._is_buried:
                signal.pidfd_send_signal(self._ending, signal.SIGKILL)

    def wait(self) -> int | None:
        """Waits until it is gone → its exit status (below zero: the signal that ended it), where that is known."""
        with self._waiters:
            if not self._is_buried:
                # Nobody who ends it waits for this: a process with much memory takes its time.
                gone = select.poll()
                gone.register(self._ending, select.POLLIN)
                gone.poll()
                self._status = self._server.status(self.pid)
                with self._lock:
                    os.close(self._ending)
                    self._is_buried = True
        return self._status


class ForkServer:
    """Forks processes of ``worker.py``; *memory* bounds the address space of each in bytes (0: no bound).

    Safe between threads.
    """

    def __init__(self, memory: int) -> None:
        self._memory: Final = memory
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._closed = False

    def fork(self, folder: str) -> Child:
        """A new process that has the generation in *folder* open, if it can be opened.

        Raises ``OSError`` where there is no memory or no number for a process.
        """
        questions_there, questions = os.pipe()
        answers, answers_there = os.pipe()
        theirs = (questions_there, answers_there)
        try:
            with self._lock:
                pid, ending = self._forked(folder, theirs)
        except BaseException:
            os.close(questions)
            os.close(answers)
            raise
        finally:
            for each in theirs:
                os.close(each)
        return Child(self, pid, ending, questions, answers)

    def status(self, pid: int) -> int | None:
        """The exit status of a process that is gone; None where it was forked by one that is gone too."""
        with self._lock:
            if self._line is None:
                return None
            try:
                self._line.send(marshal.dumps(pid))
                answer: int | None = marshal.loads(self._line.recv(worker.LONGEST_LINE))
            except (OSError, EOFError):
                # What it may still answer would be taken for the answer to something else.
                self._end()
                return None
        return answer

    def close(self) -> None:
        """Ends the process that is forked, not those forked from it; harmless when repeated."""
        with self._lock:
            self._closed = True
            self._end()

    def _forked(self, folder: str, pipes: tuple[int, int]) -> tuple[int, int]:
        """Number and descriptor of a new process; where the one that is forked has gone, by another."""
        if self._line is not None:
            try:
                return self._asked(self._line, folder, pipes)
            except EOFError:
                self._end()
        if self._closed:
            raise OSError("the processes have ended")
        line = self._start()
        try:
            return self._asked(line, folder, pipes)
        except EOFError as error:
            self._end()
            raise OSError("no process can be forked") from error

    def _asked(self, line: socket.socket, folder: str, pipes: tuple[int, int]) -> tuple[int, int]:
        """Number and descriptor of a new process; raises ``EOFError`` where nobody answers, ``OSError`` for none."""
        try:
            socket.send_fds(line, [marshal.dumps(folder)], pipes)
            data, descriptors, _, _ = socket.recv_fds(line, worker.LONGEST_LINE, 1)
        except OSError as error:
            raise EOFError from error
        if not data:
            raise EOFError
        pid: int = marshal.loads(data)
        if not descriptors:
            raise OSError(-pid, os.strerror(-pid))
        return pid, descriptors[0]

    def _start(self) -> socket.socket:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            # -P keeps the folder of the script out of the path of imports.
            self._process = subprocess.Popen(
                [sys.executable, "-P", worker.__file__, str(self._memory), str(there.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(there.fileno(),),
                env=os.environ | {"MALLOC_ARENA_MAX": _HEAPS},
                # Not in a session of its own: where the kernel groups processes by session (sched_autogroup),
                # priorities count within a session alone, and nobody would notice that a long query gives way.
                process_group=0,
            )
        here.settimeout(_PATIENCE)
        self._line = here
        return here

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
