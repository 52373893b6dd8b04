"""A pool of processes that answer queries and can be ended: the deadline that the engine does not have.

Each process opens the current generation read-only and answers one question at a time. At its deadline it is ended
and another takes its place; a query that ends its process (memory, depth) costs that query alone. The generation is
looked up before each question, so that a commit is seen by the next one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Hashable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLongError
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from treatygraph.model.errors import StoreError, TreatygraphError
from treatygraph.store import outcomes
from treatygraph.store.current import Current
from treatygraph.store.flights import Flights
from treatygraph.store.layout import Layout, damaged, is_merged
from treatygraph.store.lookups import Lookups
from treatygraph.store.places import local_path
from treatygraph.store.process import ProcessEndedError, QueryProcess, Reply
from treatygraph.store.question import (
    GRAPH_FORMS,
    TABLE_FORMS,
    PoolSettings,
    Question,
    check_form,
    text_of,
    wire,
)
from treatygraph.store.result_cache import ResultCache
from treatygraph.store.search import SearchIndexes
from treatygraph.store.slots import LineFullError, on_loop
from treatygraph.store.spool import Answer
from treatygraph.store.staff import Staff, StaffCounts
from treatygraph.store.texts import holds_text, read_text
from treatygraph.store.worker import Status

__all__ = ["GRAPH_FORMS", "TABLE_FORMS", "Answer", "PoolSettings", "QueryPool", "Question"]

_LONG_TEXT = 16 << 10
"""A longer text is read word by word in a thread, so that nobody waits for that."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question on its way: as the processes read it, and until when."""

    key: Hashable
    is_volatile: bool
    wire: dict[str, Any]
    seconds: float
    deadline: float


class QueryPool:
    """Answers questions over the store at *location* in processes of its own.

    Safe to use from several threads, and from one event loop. Raises ``StoreMissingError`` where there is no store.
    """

    def __init__(self, location: str | Path, settings: PoolSettings | None = None) -> None:
        self.settings: Final = settings or PoolSettings()
        self._layout = Layout(local_path(location))
        self._root = str(self._layout.root)
        self._flights: Flights[Answer] = Flights()
        self.kept: Final[ResultCache[Answer]] = ResultCache(self.settings.cache_bytes)
        self._indexes: Final = SearchIndexes(self._layout)
        self._current = Current(self._layout)
        self._current.number()
        # The same one is asked for with every question.
        self._last_path = (-1, "")
        self._staff: Final = Staff(self.settings, lambda: self._path(self._current.number()))
        self._lookups = Lookups(self._path, self._staff.aside)

    def generation(self) -> int:
        """The number of the store's current generation."""
        return self._current.number()

    def is_merged(self) -> bool:
        """Whether the default graph is the merge of the asserted named graphs."""
        return is_merged(self._layout)

    def text(self, sha256: str) -> str | None:
        """The source text with that hash, or None where this machine does not hold it."""
        return read_text(self._layout, sha256)

    def holds_text(self, sha256: str) -> bool:
        """Whether this machine holds the text with that hash."""
        return holds_text(self._layout, sha256)

    def counts(self) -> StaffCounts:
        """How many processes are free and at work, and how many were ended."""
        return self._staff.counts()

    def process_ids(self) -> list[int]:
        """The processes that there are now."""
        return [each.pid for each in tuple(self._staff.everyone)]

    def held(self, question: Question, generation: int) -> Answer | None:
        """The answer, where it is kept."""
        return self.kept.get((generation, question.key)) if self.settings.cache_bytes else None

    def ask(self, question: Question, *, timeout: float | None = None) -> Answer:
        """The answer in the form asked for, within *timeout* seconds of now (the pool's, when not given).

        Raises ``QueryError`` for a query that cannot be run as it stands, ``QueryTimeoutError`` at the deadline,
        ``QueryCrashedError`` when it ends its process, ``ServerBusyError`` when no process comes free or commits leave
        no time to open any generation, and ``StoreError`` for damaged files.
        """
        if (kept := self.held(question, self.generation())) is not None:
            return kept
        asked = self._asked(question, timeout)
        while True:
            generation = self._current.number()
            reply = self._run(asked, self._folder(asked, generation))
            if (answer := self._answer(asked, reply, generation)) is not None:
                return answer

    async def ask_async(self, question: Question, *, timeout: float | None = None) -> Answer:
        """As ``ask``, on the running event loop; the same question asked by several at once is answered once.

        When it is cancelled (the client has gone), the query is ended, unless somebody else waits for its answer.
        """
        generation = self.generation()
        if (kept := self.held(question, generation)) is not None:
            return kept
        if (found := self.looked_up(question, generation)) is not None:
            return found
        if len(question.sparql) > _LONG_TEXT:
            loop = asyncio.get_running_loop()
            asked = await loop.run_in_executor(None, self._asked, question, timeout)
        else:
            asked = self._asked(question, timeout)
        if asked.is_volatile:
            return await self._fresh(asked)
        return await self._flights.run((generation, asked.key, timeout), lambda: self._fresh(asked))

    def looked_up(self, question: Question, generation: int) -> Answer | None:
        """The answer, where it is that of a look-up, which takes no time; on one event loop only."""
        if not self.settings.lookups:
            return None
        answer = self._lookups.answer(question, generation)
        if answer is None:
            return None
        if self.settings.cache_bytes:
            self.kept.put((generation, question.key), answer, more=2 * len(question.sparql))
        return answer

    async def _fresh(self, asked: _Asked) -> Answer:
        while True:
            generation = self._current.number()
            reply = await self._run_async(asked, await self._folder_async(asked, generation))
            if (answer := self._answer(asked, reply, generation)) is not None:
                return answer

    def close(self) -> None:
        """Ends all processes; harmless when repeated."""
        self._staff.close(self._closed())
        self._indexes.close()
        self._lookups.close()
        self.kept.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, question: Question, timeout: float | None) -> _Asked:
        text = text_of(question.sparql, question.prefixes)
        check_form(text.form, question.form)
        seconds = self.settings.timeout if timeout is None else timeout
        return _Asked(
            question.key,
            text.is_volatile,
            wire(question, question.most_bytes or self.settings.result_bytes),
            seconds,
            time.monotonic() + seconds,
        )

    def _folder(self, asked: _Asked, generation: int) -> dict[str, Any]:
        question = asked.wire | {"folder": self._path(generation)}
        if (search := question["search"]) is not None:
            question["search"] = search | {"file": str(self._indexes.ready(generation, asked.deadline))}
        return question

    def _path(self, generation: int) -> str:
        number, path = self._last_path
        if number != generation:
            path = str(self._layout.generation(generation))
            self._last_path = generation, path
        return path

    async def _folder_async(self, asked: _Asked, generation: int) -> dict[str, Any]:
        if asked.wire["search"] is None or self._indexes.is_ready(generation):
            return self._folder(asked, generation)
        return await asyncio.get_running_loop().run_in_executor(None, self._folder, asked, generation)

    def _answer(self, asked: _Asked, reply: Reply, generation: int) -> Answer | None:
        """The answer that came; None where the generation went away before it was opened and there is time left."""
        if reply.status is Status.OK:
            answer = Answer(reply.result, reply.is_graph, generation)
            if self.settings.cache_bytes and not asked.is_volatile:
                self.kept.put((generation, asked.key), answer, more=2 * len(asked.wire["query"]))
            return answer
        if reply.status is not Status.STALE:
            raise outcomes.refused(reply, self.settings)
        if self._current.number() == generation:
            raise damaged(self._layout.generation(generation), reply.message)
        if time.monotonic() >= asked.deadline:
            raise outcomes.moved_on()
        return None

    def _run(self, asked: _Asked, question: dict[str, Any]) -> Reply:
        process = self._take(asked)
        healthy = False
        try:
            reply = process.ask(question, asked.deadline)
            healthy = True
        except ProcessEndedError as error:
            raise self._ended(process, asked) from error
        finally:
            self._staff.give_back(process, healthy=healthy)
        return reply

    async def _run_async(self, asked: _Asked, question: dict[str, Any]) -> Reply:
        process = await self._take_async(asked)
        try:
            reply = await process.ask_async(question, asked.deadline)
        except asyncio.CancelledError:
            self._staff.drain(process)
            raise
        except ProcessEndedError as ending:
            loop = asyncio.get_running_loop()
            try:
                raise await loop.run_in_executor(None, self._ended, process, asked) from ending
            finally:
                self._staff.give_back(process, healthy=False)
        self._staff.give_back(process, healthy=True)
        return reply

    def _take(self, asked: _Asked) -> QueryProcess:
        while True:
            place = self._place()
            process = self._wait(place, asked) if isinstance(place, Future) else place
            if process.alive:
                return process
            self._staff.give_back(process, healthy=False)

    async def _take_async(self, asked: _Asked) -> QueryProcess:
        while True:
            place = self._place()
            process = await self._wait_async(place, asked) if isinstance(place, Future) else place
            if process.alive:
                return process
            self._staff.give_back(process, healthy=False)

    def _wait(self, place: Future[QueryProcess], asked: _Asked) -> QueryProcess:
        try:
            return self._staff.begun(place.result(self._patience(asked)))
        except WaitedTooLongError as error:
            self._staff.slots.leave(place)
            raise outcomes.busy(self.settings) from error

    async def _wait_async(self, place: Future[QueryProcess], asked: _Asked) -> QueryProcess:
        waiting = on_loop(place)
        late = asyncio.get_running_loop().call_later(self._patience(asked), _give_up, waiting)
        try:
            return self._staff.begun(await waiting)
        except WaitedTooLongError as error:
            self._staff.slots.leave(place)
            raise outcomes.busy(self.settings) from error
        except asyncio.CancelledError:
            self._staff.slots.leave(place)
            raise
        finally:
            late.cancel()

    def _place(self) -> QueryProcess | Future[QueryProcess]:
        if self._staff.closed:
            raise self._closed()
        try:
            return self._staff.take()
        except LineFullError as error:
            raise outcomes.line_full(self.settings) from error

    def _patience(self, asked: _Asked) -> float:
        return max(0.0, min(self.settings.patience, asked.deadline - time.monotonic()))

    def _ended(self, process: QueryProcess, asked: _Asked) -> TreatygraphError:
        if self._staff.closed:
            return self._closed()
        return outcomes.ended(process, asked.seconds, self.settings, self._root)

    def _closed(self) -> StoreError:
        return outcomes.closed(self._root)


def _give_up(waiting: asyncio.Future[QueryProcess]) -> None:
    if not waiting.done():
        waiting.set_exception(WaitedTooLongError())
