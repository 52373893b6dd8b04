"""The query processes: they are started, handed out, watched, and replaced when they end.

Two lanes: a query begins in one of *workers* quick places. After a quarter of a second of processor, or of time while
the line is long, it moves to one of *long* others, and another process takes the quick place; so small queries find a
process while others run for half a minute. That other process is one whose long query has just ended, if there is one,
else a new one. When all long places are taken, a query that has outstayed is ended as soon as somebody waits.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from treatygraph.model.errors import StoreError
from treatygraph.store.heap import give_back_what_is_free
from treatygraph.store.process import Ending, ProcessEndedError, QueryProcess, query_processes
from treatygraph.store.question import PoolSettings
from treatygraph.store.slots import Slots
from treatygraph.store.worker import QUICK_SECONDS

_TICK_SECONDS = 0.05
_QUICK_WAIT = 1.0
"""Seconds after which a query leaves its quick place however little it took."""

_LONG_LINE = 2
"""More waiting for each quick place than this, and a query leaves it by its age."""

_START_SECONDS = 60.0
_AGAIN_SECONDS = 0.5
_CHORES = 8
_BURIALS = 32
_SPARE_SECONDS = 2.0
"""As long a process is kept aside: while long queries keep coming, none need be started for them."""

_AT_REST_SECONDS = 10.0
"""As seldom the memory of answers is given back, once all is at rest."""

_SPARE_BYTES = 256 << 20
"""A process that holds more is not kept aside."""


@dataclass(frozen=True, slots=True)
class StaffCounts:
    """How many processes are free and at work, how many queries wait, how many were ended, by reason."""

    free: int
    quick: int
    long: int
    waiting: int
    ended: dict[str, int]


class Staff:
    """The processes of one pool; safe between threads. The first one is there when this returns.

    Each has the generation open whose *folder* is the current one when it starts.
    """

    def __init__(self, settings: PoolSettings, folder: Callable[[], str]) -> None:
        self.settings: Final = settings
        self._folder: Final = folder
        self._forks: Final = query_processes(settings.memory)
        self.slots: Final[Slots[QueryProcess]] = Slots(settings.queue)
        self.everyone: Final[set[QueryProcess]] = set()
        self.closed = False
        self._long: set[QueryProcess] = set()
        self._spare: list[tuple[float, QueryProcess]] = []
        self._busy: set[QueryProcess] = set()
        self._quick = 0
        self._ended: dict[str, int] = {each.value: 0 for each in Ending}
        self._most_memory = settings.total_memory or _half_of_the_machine()
        self._lock = threading.Lock()
        self._work = threading.Event()
        self._opened = threading.Event()
        self._chores = ThreadPoolExecutor(_CHORES, thread_name_prefix="query-processes")
        # Apart from the chores: while processes take their time to end, new ones must start.
        self._burials = ThreadPoolExecutor(_BURIALS, thread_name_prefix="query-burials")
        for _ in range(settings.workers):
            self._hire()
        threading.Thread(target=self._watch, name="query-deadlines", daemon=True).start()
        self._opened.wait(_START_SECONDS)

    def counts(self) -> StaffCounts:
        """How things stand."""
        with self._lock:
            return StaffCounts(
                len(self.slots),
                len(self._busy - self._long),
                len(self._long),
                self.slots.waiting,
                dict(self._ended),
            )

    def take(self) -> QueryProcess | Future[QueryProcess]:
        """A free process, or a place in the line; raises ``LineFullError``. What is taken is to be given back."""
        taken = self.slots.take()
        return taken if isinstance(taken, Future) else self.begun(taken)

    def begun(self, process: QueryProcess) -> QueryProcess:
        """Watches a process that came out of the line, from now on."""
        self._busy.add(process)
        self._work.set()
        return process

    def give_back(self, process: QueryProcess, *, healthy: bool) -> None:
        """Takes a process back from who used it; one that is not *healthy* is ended and replaced."""
        with self._lock:
            self._busy.discard(process)
            was_long = process in self._long
            self._long.discard(process)
            stays = healthy and not self.closed and (not was_long or self._quick < self.settings.workers)
            if was_long and stays:
                self._quick += 1
            elif not was_long and not stays:
                self._quick -= 1
            if not healthy:
                self._ended[process.ending.value] += 1
        if stays:
            self.slots.put(process)
        elif not (healthy and self._kept_aside(process)):
            self._dismiss(process)
        self._fill()

    def _kept_aside(self, process: QueryProcess) -> bool:
        """Keeps a process for the next quick place that comes free, as many as there are such places."""
        if process.resident_bytes() > _SPARE_BYTES:
            return False
        with self._lock:
            if self.closed or len(self._spare) >= self.settings.workers:
                return False
            self._spare.append((time.monotonic(), process))
        self._work.set()
        return True

    def drain(self, process: QueryProcess) -> None:
        """Takes back a process whose client has gone: it may finish if that is soon, and is ended otherwise."""

        def wait() -> None:
            healthy = False
            with suppress(ProcessEndedError, TimeoutError):
                process.receive(QUICK_SECONDS)
                healthy = True
            if not healthy:
                process.end(Ending.GONE, process.started)
            self.give_back(process, healthy=healthy)

        self.aside(wait)

    def close(self, error: Exception) -> None:
        """Ends all processes and tells those who wait; harmless when repeated."""
        with self._lock:
            self.closed = True
            everyone = list(self.everyone)
        self._work.set()
        for each in everyone:
            each.end(Ending.CLOSED, each.started)
        self.slots.fail(error)
        self._let_go(float("inf"))
        for each in self.slots.remove(lambda _: True):
            self._dismiss(each)
        self._chores.shutdown(wait=True)
        self._burials.shutdown(wait=True)
        self._forks.close()

    def _fill(self) -> None:
        with self._lock:
            missing = 0 if self.closed else self.settings.workers - self._quick
        for _ in range(missing):
            self._hire()

    def _hire(self) -> None:
        with self._lock:
            self._quick += 1
            spare = self._spare.pop()[1] if self._spare else None
        if spare is None:
            self.aside(self._start)
        else:
            self.slots.put(spare)

    def _let_go(self, before: float) -> None:
        """Dismisses the processes that were laid aside before a time."""
        with self._lock:
            gone = [process for since, process in self._spare if since < before]
            self._spare = [entry for entry in self._spare if entry[0] >= before]
        for each in gone:
            self._dismiss(each)

    def _start(self) -> None:
        """Starts a process and lays it down as free once it has said that it is there; tries until it does."""
        while not self.closed:
            try:
                started = QueryProcess(self._forks.fork(self._folder()))
            except (OSError, StoreError):
                # No memory or no process number is left: others end and give some back.
                time.sleep(_AGAIN_SECONDS)
                continue
            with self._lock:
                self.everyone.add(started)
            try:
                started.greet(_START_SECONDS)
            except ProcessEndedError:
                self._forget(started)
                time.sleep(_AGAIN_SECONDS)
                continue
            if self.closed:
                self._forget(started)
            else:
                self.slots.put(started)
                self._opened.set()
            return

    def _dismiss(self, process: QueryProcess) -> None:
        _in(self._burials, lambda: self._forget(process))

    def _forget(self, process: QueryProcess) -> None:
        with self._lock:
            self.everyone.discard(process)
        process.bury()

    def aside(self, work: Callable[[], None]) -> None:
        """Does something in a thread of its own."""
        _in(self._chores, work)

    def _watch(self) -> None:
        given_back = 0.0
        while not self.closed:
            self._work.wait()
            now = time.monotonic()
            self._look(now)
            with self._lock:
                at_rest = not self._busy and not self._spare and not self.closed
                if at_rest:
                    self._work.clear()
            if at_rest and now - given_back > _AT_REST_SECONDS:
                give_back_what_is_free()
                given_back = now
            time.sleep(_TICK_SECONDS)

    def _look(self, now: float) -> None:
        outstayed = []
        for each in tuple(self._busy):
            started = each.started
            if not started:
                continue
            if now >= each.deadline:
                each.end(Ending.DEADLINE, started)
            elif each not in self._long and self._is_long(each, now - started) and not self._moved(each):
                outstayed.append((started, each))
        for started, each in sorted(outstayed, key=lambda pair: pair[0])[: self._starved()]:
            each.end(Ending.CROWDED, started)
        self._let_go(now - _SPARE_SECONDS)
        self._bound_memory()

    def _is_long(self, process: QueryProcess, seconds: float) -> bool:
        """Whether a query that is so old has outgrown its quick place: it took much itself, or many wait for it.

        Where few wait, as many processes as there are places get through the same work sooner than more would.
        """
        if seconds <= QUICK_SECONDS:
            return False
        many = self.slots.waiting > _LONG_LINE * self.settings.workers
        return many or seconds > _QUICK_WAIT or process.used_seconds() > QUICK_SECONDS

    def _starved(self) -> int:
        """How many wait for whom no process is about to be there; nobody, where there is no long lane."""
        if not self.settings.long:
            return 0
        with self._lock:
            starting = self._quick - len(self._busy - self._long) - len(self.slots)
            return max(0, self.slots.waiting - starting)

    def _moved(self, process: QueryProcess) -> bool:
        """Moves a process to the long lane, if there is room and it still works."""
        with self._lock:
            if len(self._long) >= self.settings.long or process not in self._busy:
                return False
            self._long.add(process)
            self._quick -= 1
        self._fill()
        return True

    def _bound_memory(self) -> None:
        held = [(each.resident_bytes(), each.started, each) for each in tuple(self._long)]
        if sum(size for size, _, _ in held) > self._most_memory:
            _, started, largest = max(held, key=lambda entry: entry[0])
            largest.end(Ending.MEMORY, started)


def _in(threads: ThreadPoolExecutor, work: Callable[[], None]) -> None:
    try:
        threads.submit(work)
    except RuntimeError:
        # The pool is closed; what is left is done here.
        work()


def _half_of_the_machine() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
