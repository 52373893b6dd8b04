"""Starts processes by forking one that has all loaded: a few milliseconds for each.

A query process started from nothing takes a tenth of a second of processor until it has read its first block of the
store, and whoever asks something small meanwhile waits for that; a writer takes a second to load what judges a change.
The process that is forked does no other work (``worker.forked`` is its end), so none of that can end it; should anybody
else end it, another takes its place.
"""

from __future__ import annotations

import marshal
import os
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from treatygraph.store import worker

_PATIENCE = 60.0
"""Seconds to load all in, and to open a generation of a full disk or of a slow one."""


class Child:
    """A forked process, and this side's ends of its pipes: it reads from *requests* and writes to *answers*.

    It is known by a descriptor (``pidfd_open``), which never means another process, as a number may.
    """

    def __init__(self, server: ForkServer, pid: int, ending: int, requests: int, answers: int) -> None:
        self.pid: Final = pid
        self.requests: Final = requests
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
    """Forks processes of the one that *command* starts; the number of its line here is its last argument.

    *environment* is added to this process's own. Safe between threads.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command: Final = (*command,)
        self._environment: Final = environment
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._closed = False

    def begin(self) -> None:
        """Has all loaded in advance, for whoever asks first; raises ``OSError`` where no process can be had."""
        with self._lock:
            if self._line is None:
                self._start()

    def fork(self, what_for: str = "") -> Child:
        """A new process that is prepared for something: a generation's folder, which is open then if it can be opened.

        Raises ``OSError`` where there is no memory or no number for a process.
        """
        requests_there, requests = os.pipe()
        answers, answers_there = os.pipe()
        theirs = (requests_there, answers_there)
        try:
            with self._lock:
                pid, ending = self._forked(what_for, theirs)
        except BaseException:
            os.close(requests)
            os.close(answers)
            raise
        finally:
            for each in theirs:
                os.close(each)
        return Child(self, pid, ending, requests, answers)

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
        self._closed = True
        process = self._process
        if process is not None:
            # Who waits for a new process holds the lock, and is told at once.
            process.kill()
        with self._lock:
            self._end()

    def _forked(self, what_for: str, pipes: tuple[int, int]) -> tuple[int, int]:
        """Number and descriptor of a new process; where the one that is forked has gone, by another."""
        if self._line is not None:
            try:
                return self._asked(self._line, what_for, pipes)
            except EOFError:
                self._end()
        if self._closed:
            raise OSError("the processes have ended")
        line = self._start()
        try:
            return self._asked(line, what_for, pipes)
        except EOFError as error:
            self._end()
            raise OSError("no process can be forked") from error

    def _asked(self, line: socket.socket, what_for: str, pipes: tuple[int, int]) -> tuple[int, int]:
        """Number and descriptor of a new process; raises ``EOFError`` where nobody answers, ``OSError`` for none."""
        try:
            socket.send_fds(line, [marshal.dumps(what_for)], pipes)
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
            self._process = subprocess.Popen(
                [*self._command, str(there.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(there.fileno(),),
                env={**os.environ, **self._environment},
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
