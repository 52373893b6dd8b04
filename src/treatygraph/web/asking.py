"""The server's own questions: ``queries/*.rq`` asked through the pool of query processes."""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, TypeVar, cast

from flask import current_app
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse
from pyoxigraph import parse_query_results as read_results

from treatygraph.model.errors import QueryTimeoutError, ServerBusyError, TreatygraphError
from treatygraph.store.pools import Pool
from treatygraph.store.workers import Answer, Question

Row = dict[str, NamedNode | Literal]
T = TypeVar("T")
_QUERIES: Final = Path(__file__).with_name("queries")


class Asker:
    """Asks the store; one for each application."""

    def __init__(self, pool: Pool) -> None:
        self.pool: Final = pool
        self._kept: dict[str, tuple[int, object]] = {}
        self._lock = threading.Lock()
        self._makers: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def rows(self, name: str, **bindings: NamedNode | Literal) -> list[Row]:
        """The rows of a query of ours, each with its bound variables only."""
        return self._rows(Question(_query(name), bindings=bindings))

    def rows_of(self, query: str) -> list[Row]:
        """The rows of a query of ours that stands elsewhere."""
        return self._rows(Question(query))

    def rows_among(
        self, name: str, variable: str, nodes: Sequence[NamedNode], **bindings: NamedNode | Literal
    ) -> list[Row]:
        """The rows of a query of ours whose ``VALUES ?variable { }`` is filled with *nodes*."""
        return self._rows(Question(filled(_query(name), variable, nodes), bindings=bindings))

    def _rows(self, question: Question) -> list[Row]:
        answer = self.pool.ask(question)
        found = read_results(answer.body, QueryResultsFormat.JSON)
        assert isinstance(found, QuerySolutions), "queries of ours that give rows are SELECTs"
        names = [variable.value for variable in found.variables]
        return [
            {name: cast(NamedNode | Literal, term) for name, term in zip(names, row, strict=True) if term}
            for row in found
        ]

    def triples(self, name: str, **bindings: NamedNode | Literal) -> tuple[Answer, list[Triple]]:
        """The triples of a query of ours, each once and sorted."""
        answer = self.pool.ask(Question(_query(name), form="ntriples", bindings=bindings))
        found = {quad.triple for quad in parse(answer.body, format=RdfFormat.N_TRIPLES)}
        return answer, sorted(found, key=str)

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """What *make* gives, made once a generation: whoever asks meanwhile waits for it."""
        generation = self.pool.generation()
        with self._lock:
            kept, making = self._kept.get(name), self._makers[name]
        if kept is not None and kept[0] == generation:
            return cast(T, kept[1])
        with making:
            return self._made(name, make)

    def _made(self, name: str, make: Callable[[], T]) -> T:
        generation = self.pool.generation()
        with self._lock:
            kept = self._kept.get(name)
        if kept is not None and kept[0] == generation:
            return cast(T, kept[1])
        value = make()
        with self._lock:
            self._kept[name] = (generation, value)
        return value

    def begin(self, name: str, make: Callable[[], object]) -> None:
        """Has *make* done in the background where it is not kept: whoever comes next waits less."""

        def make_it() -> None:
            with contextlib.suppress(TreatygraphError):
                self.keep(name, make)

        with self._lock:
            kept, making = self._kept.get(name), self._makers[name]
        if not making.locked() and (kept is None or kept[0] != self.pool.generation()):
            threading.Thread(target=make_it, name=f"make {name}", daemon=True).start()

    def keep_if_free(self, name: str, make: Callable[[], T]) -> T | None:
        """As ``keep``, but None where it is being made, or all query processes are at work or too slow."""
        with self._lock:
            making = self._makers[name]
        if making.locked():
            return None
        try:
            return self.keep(name, make)
        except (QueryTimeoutError, ServerBusyError):
            return None


def asker() -> Asker:
    """The asker of the application that answers now."""
    return cast(Asker, current_app.extensions["treatygraph"])


def integers(rows: list[Row], name: str, value: str) -> Iterator[tuple[str, int]]:
    """Pairs of a column and a counted column."""
    for row in rows:
        if name in row:
            yield row[name].value, int(row[value].value)


def filled(query: str, variable: str, nodes: Sequence[NamedNode]) -> str:
    """The query with each empty ``VALUES ?variable { }`` filled; an IRI writes itself, so nothing else can get in."""
    empty = f"VALUES ?{variable} {{ }}"
    assert empty in query, f"the query has an {empty}"
    return query.replace(empty, f"VALUES ?{variable} {{ {' '.join(map(str, nodes))} }}")


@cache
def _query(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
