"""Many files → their outcomes, in order, read side by side in processes of this machine or on a Dask cluster.

Only a few files are in flight at any moment, so that memory does not grow with the corpus. A file that ends its process
is read once more alone, and is told apart as failed if it does so again; the others are not lost.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final, NoReturn

from treatygraph.model.errors import BuildError, Where
from treatygraph.pipeline.corpus import Found
from treatygraph.pipeline.reading import Failed, Outcome, Setting, read_source
from treatygraph.store.heap import give_memory_back

_AHEAD: Final = 4
"""Files in flight for each worker: enough to keep it busy while a slow file holds back the order."""
_MEMORY: Final = 4 << 30
_SECONDS: Final = 600
_ANSWER_SECONDS: Final = 20

Read = Callable[[Found, Setting], Outcome]


class _OutOfTimeError(BaseException):
    """No error of the file, so that what turns errors into sentences lets it pass."""


def read_here(
    sources: Iterable[Found], setting: Setting, *, workers: int, read: Read = read_source
) -> Iterator[Outcome]:
    """The outcomes of *sources* in their order, read by *workers* processes of this machine.

    *read* is a function of a module, as processes find it by its name.
    """
    waiting: deque[tuple[Found, Future[Outcome] | None]] = deque()
    pool = _pool(workers)
    try:
        for source in sources:
            waiting.append((source, _submitted(pool, source, setting, read)))
            if len(waiting) >= workers * _AHEAD:
                outcome, pool = _next(waiting, pool, workers, setting, read)
                yield outcome
        while waiting:
            outcome, pool = _next(waiting, pool, workers, setting, read)
            yield outcome
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fork of a process that has threads (the engine's) may hang: start from a clean one.
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare)


def _prepare() -> None:
    """Bounds the memory of a worker, which gives back what is free; leaves Ctrl-C to the process that gives it work.

    It ends when that one is gone.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    give_memory_back()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    # Its process number would not tell: the parent of a worker is the server that forks, which lives as long as it.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _submitted(
    pool: ProcessPoolExecutor, source: Found, setting: Setting, read: Read
) -> Future[Outcome] | None:
    try:
        return pool.submit(_bounded, source, setting, read)
    except BrokenProcessPool:
        return None


def _next(
    waiting: deque[tuple[Found, Future[Outcome] | None]],
    pool: ProcessPoolExecutor,
    workers: int,
    setting: Setting,
    read: Read,
) -> tuple[Outcome, ProcessPoolExecutor]:
    """The next outcome, and the pool to go on with: a new one, where a file has ended a process."""
    source, future = waiting.popleft()
    try:
        if future is not None:
            return future.result(), pool
    except BrokenProcessPool:
        pass
    pool.shutdown(wait=False, cancel_futures=True)
    outcome = _alone(source, setting, read)
    fresh = _pool(workers)
    for place, (each, other) in enumerate(waiting):
        if other is None or not (other.done() and other.exception() is None):
            waiting[place] = (each, _submitted(fresh, each, setting, read))
    return outcome, fresh


def _alone(source: Found, setting: Setting, read: Read) -> Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(_bounded, source, setting, read).result()
        except BrokenProcessPool:
            return Failed(source.name, "The file ended the process that read it, twice. Please report it.")


def _bounded(source: Found, setting: Setting, read: Read) -> Outcome:
    try:
        with _deadline(_SECONDS):
            return read(source, setting)
    except _OutOfTimeError:
        return Failed(
            source.name, f"The file was not read within {_SECONDS} seconds. Split it, or report it."
        )


@contextmanager
def _deadline(seconds: int) -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise _OutOfTimeError

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def read_on_dask(sources: Iterable[Found], setting: Setting, *, address: str) -> Iterator[Outcome]:
    """The outcomes of *sources* in their order, read by the workers of the Dask cluster at *address*.

    Raises ``BuildError`` where Dask is not installed or the cluster does not answer.
    """
    client = _client(address)
    waiting: deque[tuple[Found, Any]] = deque()
    try:
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        for source in sources:
            # pure: the same file and setting are the same task, and a lost worker's tasks are done again.
            waiting.append((source, client.submit(read_source, source, setting, pure=True)))
            if len(waiting) >= ahead:
                yield _gathered(*waiting.popleft())
        while waiting:
            yield _gathered(*waiting.popleft())
    finally:
        client.cancel([future for _, future in waiting])
        client.close()


def _gathered(source: Found, future: Any) -> Outcome:
    from distributed.scheduler import KilledWorker

    try:
        outcome: Outcome = future.result()
        return outcome
    except KilledWorker:
        return Failed(source.name, "The file ended every worker that read it. Please report it.")


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise BuildError(
            "Dask is not installed",
            where=Where(thing=address),
            remedy="Install it with `pip install 'treatygraph[dask]'`, or use --workers.",
        ) from error
    try:
        client: Any = Client
        return client(address, timeout=_ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise BuildError(
            f"The Dask cluster does not answer: {error}",
            where=Where(thing=address),
            remedy="Name its scheduler, such as tcp://host:8786.",
        ) from error
