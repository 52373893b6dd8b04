"""Reading an embedded store: one generation, opened read-only, while another process may write the next."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pyoxigraph import NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from treatygraph.model.errors import StoreError, Where
from treatygraph.model.store import QueryAnswer
from treatygraph.store.answers import answer
from treatygraph.store.closures import CLOSURE_GRAPH
from treatygraph.store.layout import Layout, current_generation, damaged, is_merged
from treatygraph.store.merge import merged_triples
from treatygraph.store.search import SearchIndexes
from treatygraph.store.texts import read_text

_PATIENCE_SECONDS: Final = 10.0


def open_generation(layout: Layout) -> tuple[int, Engine]:
    """The current generation, opened read-only, and its number.

    Raises ``StoreMissingError`` where there is no store and ``StoreCorruptError`` where its files cannot be read.
    """
    number = current_generation(layout)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return number, Engine.read_only(str(layout.generation(number)))
        except (OSError, RuntimeError, ValueError) as error:
            # Between reading CURRENT and opening, commits may have moved on and the folder may be gone.
            latest = current_generation(layout)
            if latest == number:
                raise damaged(layout.generation(number), error) from error
            number = latest
    raise StoreError(
        "The store changes faster than it can be opened",
        where=Where(str(layout.root)),
        remedy="Try again when the writer has finished.",
    )


class EmbeddedReader:
    """A store opened for reading: it stays at the generation that was current, until ``refresh``."""

    def __init__(self, path: Path) -> None:
        self._layout = Layout(path)
        self.is_merged: Final = is_merged(self._layout)
        self._lock = threading.Lock()
        self._indexes: Final = SearchIndexes(self._layout)
        self._engine: Engine | None
        self._number, self._engine = open_generation(self._layout)

    def refresh(self) -> int:
        """Goes to the generation that is current now; its number."""
        with self._lock:
            if current_generation(self._layout) != self._number:
                self._number, self._engine = open_generation(self._layout)
            return self._number

    def query(self, sparql: str) -> QueryAnswer:
        """The answer to a query over this generation; raises ``QueryError`` for one that cannot be run."""
        number, engine = self._opened()
        return answer(engine, sparql, index=lambda: self._indexes.made_here(number, engine))

    def update(self, sparql: str) -> int:
        """Refused: raises ``StoreError``."""
        raise self._read_only()

    def replace_graphs(self, graphs: Mapping[NamedNode, Iterable[Quad]], *, drop_others: bool = False) -> int:
        """Refused: raises ``StoreError``."""
        raise self._read_only()

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs, sorted."""
        return sorted_graphs(self._open())

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of one named graph, or of all named graphs (never the derived default graph)."""
        engine = self._open()
        for name in self.graphs() if graph is None else (graph,):
            yield from engine.quads_for_pattern(None, None, None, name)

    def merged(self) -> Iterator[Triple]:
        """The triples of the default graph."""
        yield from merged_triples(self._open())

    def generation(self) -> int:
        """The number of the generation that is open."""
        return self._number

    def text(self, sha256: str) -> str | None:
        """The source text with that hash, or None where this machine does not hold it."""
        return read_text(self._layout, sha256)

    def close(self) -> None:
        """Gives back what the store holds open; harmless when repeated."""
        self._engine = None
        self._indexes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _opened(self) -> tuple[int, Engine]:
        with self._lock:
            return self._number, self._open()

    def _open(self) -> Engine:
        if self._engine is None:
            raise StoreError(
                "The store was closed", where=Where(str(self._layout.root)), remedy="Open it again."
            )
        return self._engine

    def _read_only(self) -> StoreError:
        return StoreError(
            "The store was opened for reading",
            where=Where(str(self._layout.root)),
            remedy="Open it with open_writer to change it.",
        )


def sorted_graphs(engine: Engine) -> tuple[NamedNode, ...]:
    """The named graphs of an engine, sorted by IRI; the one of the prepared closures is derived, and no one's data."""
    named = (g for g in engine.named_graphs() if isinstance(g, NamedNode) and g != CLOSURE_GRAPH)
    return tuple(sorted(named, key=lambda graph: graph.value))
