"""Questions → answers over a remote engine: what ``QueryPool`` is for a store on disk, with the same forms and bounds.

The engine is asked for one form (JSON of a table, N-Triples of a graph) and its answer is read and written anew, so
that every engine gives what ours does. Its deadline is ours to keep, not to enforce there: at its end nobody waits any
more, and whether the engine goes on is its own matter.
"""

from __future__ import annotations

import asyncio
import threading
import time
from io import BytesIO
from types import TracebackType
from typing import Final, Self

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)
from pyoxigraph import Store as Engine

from treatygraph.model.errors import QueryError, QueryTimeoutError, ServerBusyError, Where
from treatygraph.store.bindings import with_bindings, with_declarations
from treatygraph.store.guard import check_query
from treatygraph.store.http import TooLargeError
from treatygraph.store.question import PoolSettings, Question, check_form
from treatygraph.store.remote import JSON, TRIPLES, Remote, parse_answer
from treatygraph.store.result_cache import ResultCache
from treatygraph.store.spool import Answer
from treatygraph.store.staff import StaffCounts
from treatygraph.store.volatile import is_volatile
from treatygraph.store.worker import GRAPHS, TABLES

_LOOK_SECONDS: Final = 1.0
"""How long a generation that was read counts as the current one: a commit is seen within this time."""


class RemotePool(Remote):
    """Answers questions over the store at a remote engine, so many at once as the settings say; safe between threads.

    Raises ``StoreMissingError`` where there is no store of ours, ``StoreError`` where nothing answers.
    """

    def __init__(self, address: str, settings: PoolSettings | None = None) -> None:
        super().__init__(address)
        self.settings: Final = settings or PoolSettings()
        self.kept: Final[ResultCache[Answer]] = ResultCache(self.settings.cache_bytes)
        self._most = self.settings.workers + self.settings.long
        self._free = threading.BoundedSemaphore(self._most)
        self._count = threading.Lock()
        self._running = self._waiting = self._late = 0
        self._seen: tuple[float, int] | None = None
        self.generation()
        self.union()

    def generation(self) -> int:
        """The number of the store's current generation, at most a second ago."""
        seen = self._seen
        if seen is None or time.monotonic() - seen[0] > _LOOK_SECONDS:
            seen = self._seen = (time.monotonic(), super().generation())
        return seen[1]

    def is_merged(self) -> bool:
        """True: the default graph is the merge of the asserted named graphs."""
        return True

    def counts(self) -> StaffCounts:
        """How many questions may be asked and are being asked, and how many were given up."""
        with self._count:
            return StaffCounts(
                self._most - self._running, self._running, 0, self._waiting, {"deadline": self._late}
            )

    def process_ids(self) -> list[int]:
        """None: the processes are the engine's."""
        return []

    def held(self, question: Question, generation: int) -> Answer | None:
        """The answer, where it is kept."""
        return self.kept.get((generation, question.key)) if self.settings.cache_bytes else None

    def looked_up(self, question: Question, generation: int) -> Answer | None:
        """None: whatever is asked goes to the engine."""
        return None

    def ask(self, question: Question, *, timeout: float | None = None) -> Answer:
        """The answer in the form asked for, within *timeout* seconds; raises what ``QueryPool.ask`` raises."""
        generation = self.generation()
        if (kept := self.held(question, generation)) is not None:
            return kept
        form = check_query(question.sparql, question.prefixes)
        check_form(form, question.form)
        graph = form.gives_graph
        answer = Answer(self._fetch(question, timeout, graph=graph), graph, generation)
        if self.settings.cache_bytes and not is_volatile(question.sparql):
            self.kept.put((generation, question.key), answer, more=2 * len(question.sparql))
        return answer

    async def ask_async(self, question: Question, *, timeout: float | None = None) -> Answer:
        """As ``ask``, in a thread beside the running event loop."""
        if (kept := self.held(question, self.generation())) is not None:
            return kept
        return await asyncio.get_running_loop().run_in_executor(
            None, lambda: self.ask(question, timeout=timeout)
        )

    def close(self) -> None:
        """Forgets what is kept; harmless when repeated."""
        self.kept.clear()
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fetch(self, question: Question, timeout: float | None, *, graph: bool) -> bytes:
        seconds = self.settings.timeout if timeout is None else timeout
        sparql = with_declarations(
            with_bindings(question.sparql, question.bindings), question.base, question.prefixes
        )
        self._enter(min(self.settings.patience, seconds))
        try:
            data = self.fetch(
                sparql,
                TRIPLES if graph else JSON,
                default=question.default_graphs,
                named=question.named_graphs,
                seconds=seconds,
                limit=self.settings.result_bytes,
            )
        except TooLargeError as error:
            raise QueryError(
                f"The answer has more than {self.settings.result_bytes >> 20} MB",
                where=Where("query"),
                remedy="Ask for a part of it with LIMIT and OFFSET, or take `treatygraph export`.",
            ) from error
        except QueryTimeoutError:
            with self._count:
                self._late += 1
            raise
        finally:
            self._leave()
        return _written_graph(data, question.form) if graph else _written_table(data, question.form)

    def _enter(self, patience: float) -> None:
        with self._count:
            if self._waiting >= self.settings.queue:
                raise ServerBusyError(
                    f"{self.settings.queue} queries wait already", remedy="Ask again in a few seconds."
                )
            self._waiting += 1
        free = self._free.acquire(timeout=patience)
        with self._count:
            self._waiting -= 1
            self._running += free
        if not free:
            raise ServerBusyError(
                f"{self._most} queries are asked of the engine already", remedy="Ask again in a few seconds."
            )

    def _leave(self) -> None:
        with self._count:
            self._running -= 1
        self._free.release()


def _written_table(data: bytes, form: str) -> bytes:
    """The answer to a SELECT or ASK in the form asked for."""
    answer = parse_answer(data)
    found: QueryBoolean | QuerySolutions | QueryTriples
    if isinstance(answer, bool):
        # The engine makes no boolean but by a query.
        found = Engine().query("ASK {}" if answer else "ASK { FILTER(false) }")
    else:
        found = parse_query_results(data, QueryResultsFormat.JSON)
    assert isinstance(found, QueryBoolean | QuerySolutions)
    buffer = BytesIO()
    found.serialize(buffer, TABLES[form])
    return buffer.getvalue()


def _written_graph(data: bytes, form: str) -> bytes:
    """The answer to a CONSTRUCT or DESCRIBE in the form asked for, each triple once."""
    triples = dict.fromkeys(quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES))
    written = serialize(triples, format=GRAPHS[form])
    assert written is not None
    return written
