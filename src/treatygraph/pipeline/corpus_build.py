"""A corpus → a store: files are read side by side, judged each beside the registry, and committed in batches.

A batch is judged once more by what it changes, because two documents that conform each may contradict one another.
Where a batch does not conform it is halved until the documents at fault stand alone; those are refused, the others
land. What is stored already from the same file under the same setting is not read again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad
from pyoxigraph import Store as Engine

from treatygraph.model.errors import ValidationFailedError
from treatygraph.model.store import Difference
from treatygraph.pipeline.corpus import Found, Source
from treatygraph.pipeline.gate import require_conformance
from treatygraph.pipeline.reading import Failed, Outcome, Read, Setting
from treatygraph.pipeline.records import RECORDS, Record, rank, read_records, record_quads
from treatygraph.store import WritableStore
from treatygraph.validate import Shapes, affected, validate_change

_DEFAULT: Final = DefaultGraph()

BATCH_DOCUMENTS: Final = 100
"""Documents of one commit: what an end of the process loses at most, and what memory holds at once."""

BATCH_STATEMENTS: Final = 60_000
"""Statements of one commit at most, unless one document has more."""


@dataclass(slots=True)
class Ledger:
    """What a build of a corpus came to; ``unresolved`` counts citations by reason, ``failed`` has the sentences."""

    documents: int = 0
    unchanged: int = 0
    duplicates: int = 0
    statements: int = 0
    citations: int = 0
    actions: int = 0
    unresolved: Counter[str] = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)

    @property
    def resolved(self) -> int:
        """The citations that have a target."""
        return self.citations - self.unresolved.total()

    def add(self, read: Read) -> None:
        """Counts a document that was stored."""
        self.documents += 1
        self.statements += read.statements
        self.citations += read.citations
        self.actions += read.actions
        self.unresolved.update(read.unresolved)


Reader = Callable[[Iterable[Found]], Iterator[Outcome]]
"""Files → their outcomes, in their order (``crew``)."""


def build_corpus(
    store: WritableStore,
    sources: Iterable[Found],
    setting: Setting,
    shapes: Shapes,
    read: Reader,
    *,
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Ledger:
    """Reads a corpus into *store*; what came of it.

    The store must hold the registry. Of two files that hold one expression of a document the one whose format keeps
    more of the layout stays, else the first. With *force* everything is read again.
    """
    work = _Work(store, setting, shapes, force=force)
    try:
        for outcome in read(work.unread(sources, progress)):
            work.take(outcome)
            progress(outcome.name)
    finally:
        # Whoever interrupts a build keeps what it has read.
        work.commit()
    return work.ledger


class _Work:
    """One build: the records so far, and the batch that waits for its commit."""

    def __init__(self, store: WritableStore, setting: Setting, shapes: Shapes, *, force: bool) -> None:
        self.ledger = Ledger()
        self._store = store
        self._mark = setting.mark[:32]
        self._shapes = shapes
        self._records = read_records(store)
        known = {} if force else self._records
        self._known = {each.file_sha256 for each in known.values() if each.mark == self._mark}
        self._taken: dict[str, str] = {}
        self._batch: dict[str, Read] = {}

    def unread(self, sources: Iterable[Found], progress: Callable[[str], None]) -> Iterator[Found]:
        """The files that are not stored as they would be read now."""
        for source in sources:
            if isinstance(source, Source) and hashlib.sha256(source.data).hexdigest() in self._known:
                self.ledger.unchanged += 1
                progress(source.name)
            else:
                yield source

    def take(self, outcome: Outcome) -> None:
        """Puts a document into the batch, and commits a batch that is full."""
        if isinstance(outcome, Failed):
            self.ledger.failed.append(outcome)
            return
        if not self._is_best(outcome):
            self.ledger.duplicates += 1
            return
        self._taken[outcome.graph] = outcome.name
        if self._batch.pop(outcome.graph, None):
            self.ledger.duplicates += 1
        statements = sum(each.statements for each in self._batch.values())
        if self._batch and statements + outcome.statements > BATCH_STATEMENTS:
            self.commit()
        self._batch[outcome.graph] = outcome
        if len(self._batch) >= BATCH_DOCUMENTS:
            self.commit()

    def _is_best(self, read: Read) -> bool:
        """Whether no other file of this build or of an earlier one holds the same in a better format."""
        other = self._taken.get(read.graph)
        if other is None:
            record = self._records.get(read.node)
            fresh = record is not None and record.mark == self._mark and record.file_sha256 in self._known
            other = record.name if fresh and record is not None else None
        return other is None or other == read.name or rank(read.name) < rank(other)

    def commit(self) -> None:
        """Stores the batch, each document of it or a sentence about it."""
        batch, self._batch = tuple(self._batch.values()), {}
        if batch:
            self._commit(batch)

    def _commit(self, batch: tuple[Read, ...]) -> None:
        try:
            self._write(batch)
        except ValidationFailedError as error:
            if len(batch) == 1:
                self.ledger.failed.append(Failed(batch[0].name, str(error)))
                return
            middle = len(batch) // 2
            self._commit(batch[:middle])
            self._commit(batch[middle:])

    def _write(self, batch: tuple[Read, ...]) -> None:
        records = {
            each.node: Record(each.name, each.file_sha256, each.graph_sha256, self._mark) for each in batch
        }
        graphs: dict[NamedNode, tuple[Quad, ...]] = {each.node: each.quads() for each in batch}
        graphs[RECORDS] = record_quads(self._records | records)

        def check(engine: Engine, difference: Difference) -> None:
            told = shared(engine, graphs, difference)
            require_conformance(
                validate_change(engine, affected(engine, told), self._shapes, whole=False, difference=told),
                "These documents together",
            )
            for each in batch:
                self._store.save_text(each.text_sha256, each.text())

        self._store.replace_graphs(graphs, check=check)
        self._records |= records
        for each in batch:
            self.ledger.add(each)


def shared(engine: Engine, graphs: Mapping[NamedNode, Iterable[Quad]], difference: Difference) -> Difference:
    """What can fail of documents that were judged alone: what is said of things of which more than one says something.

    What only one document speaks of is as it was judged. Where statements are gone, all of the difference counts.
    """
    if difference.gone:
        return difference
    told = Counter(quad.subject for quads in graphs.values() for quad in set(quads))
    mixed = set()
    for subject in {triple.subject for triple in difference.come}:
        held = sum(1 for _ in engine.quads_for_pattern(subject, None, None, _DEFAULT))
        tellers = [graph for graph in graphs if any(engine.quads_for_pattern(subject, None, None, graph))]
        if len(tellers) != 1 or held != told[subject]:
            mixed.add(subject)
    return Difference(come=frozenset(triple for triple in difference.come if triple.subject in mixed))
