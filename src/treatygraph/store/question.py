"""What is asked of the query processes, and within which bounds."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from treatygraph.model.errors import QueryError, Where
from treatygraph.store import worker
from treatygraph.store.guard import QueryForm, check_query
from treatygraph.store.search import searching
from treatygraph.store.volatile import is_volatile

TABLE_FORMS: Final = tuple(worker.TABLES)
"""The forms of an answer to SELECT and ASK: json, xml, csv, tsv."""

GRAPH_FORMS: Final = tuple(worker.GRAPHS)
"""The forms of an answer to CONSTRUCT and DESCRIBE: turtle, ntriples, rdfxml, jsonld."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the form of its answer, and the dataset that the protocol's parameters name (None: the store's).

    *base* and *prefixes* hold where the query does not declare its own. *bindings* give values to variables that a
    SELECT projects: an IRI or a plain literal, so that no query need be put together from strings.
    """

    sparql: str
    form: str = "json"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    prefixes: Mapping[str, str] | None = None
    bindings: Mapping[str, NamedNode | Literal] = field(default_factory=dict)
    most_bytes: int | None = None
    """The most bytes of the answer; None: the pool's own bound. A long answer is in a file, and in nobody's memory."""

    key: Hashable = field(init=False, repr=False, compare=False)
    """What makes two questions the same; asked for several times on the way of each."""

    def __post_init__(self) -> None:
        key = (
            self.sparql,
            self.form,
            self.default_graphs,
            self.named_graphs,
            self.base,
            tuple(self.prefixes.items()) if self.prefixes else None,
            tuple((name, str(value)) for name, value in self.bindings.items()) if self.bindings else (),
        )
        object.__setattr__(self, "key", key)


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """How many queries run at once, and every bound of one query and of all.

    A query that takes more than a quarter of a second of processor gives its place to a new process, while fewer than
    *long* such queries run. Further ones keep their place only as long as nobody waits for it.
    """

    workers: int = 4
    """Quick queries at once."""
    long: int = 0
    """Long queries at once beside them."""
    queue: int = 64
    """Queries that may wait for a process; one more is refused at once."""
    patience: float = 10.0
    """Seconds that a query waits for a process."""
    timeout: float = 30.0
    """Seconds from asking until a query is ended."""
    memory: int = 3 << 30
    """Bytes of address space of a process, of which it takes 0.7 GB before the first query."""
    total_memory: int | None = None
    """Bytes that all long queries may hold together; above, the largest is ended. None: half of the machine's."""
    result_bytes: int = 200 << 20
    """Bytes of an answer."""
    cache_bytes: int = 0
    """Bytes of answers that are kept for whoever asks the same of the same generation; 0 keeps none."""
    lookups: bool = False
    """Whether look-ups of one thing are answered on the event loop, without a process (``lookups.py``)."""


@dataclass(frozen=True, slots=True)
class Text:
    """What the text of a query says of it: its form, whether its answer is new each time, what it looks for."""

    form: QueryForm
    is_volatile: bool
    query: str
    """With its search blocks empty."""
    search: dict[str, Any] | None


def text_of(sparql: str, prefixes: Mapping[str, str] | None = None) -> Text:
    """What a text says; raises ``QueryError`` for one that may not be run.

    A text of common length is read once, though several ask on its way what it says.
    """
    if len(sparql) > _LONGEST_REMEMBERED:
        return _read(sparql, prefixes)
    return _read_once(sparql, tuple(prefixes.items()) if prefixes else None)


_LONGEST_REMEMBERED = 16 << 10


def _read(sparql: str, prefixes: Mapping[str, str] | None) -> Text:
    form = check_query(sparql, prefixes)
    return Text(form, is_volatile(sparql), *searching(sparql, prefixes))


@lru_cache(maxsize=64)
def _read_once(sparql: str, prefixes: tuple[tuple[str, str], ...] | None) -> Text:
    return _read(sparql, dict(prefixes) if prefixes else None)


def wire(question: Question, limit: int) -> dict[str, Any]:
    """The question as ``worker.py`` reads it, without the folder of the generation and the search index."""
    text = text_of(question.sparql, question.prefixes)
    return {
        "query": text.query,
        "search": text.search,
        "form": question.form,
        "default": question.default_graphs,
        "named": question.named_graphs,
        "base": question.base,
        "prefixes": dict(question.prefixes) if question.prefixes else None,
        "bindings": {
            name: ("iri" if isinstance(value, NamedNode) else "literal", value.value)
            for name, value in question.bindings.items()
        },
        "limit": limit,
    }


def check_form(form: QueryForm, asked: str) -> None:
    """Returns if an answer to such a query can be given so; raises ``QueryError``."""
    allowed = GRAPH_FORMS if form.gives_graph else TABLE_FORMS
    if asked not in allowed:
        raise QueryError(
            f"The answer to {form} cannot be given as {asked!r}",
            where=Where("query"),
            remedy=f"Ask for one of {', '.join(allowed)}.",
        )
