"""The Store protocol: what the rest of the house asks of a place where quads are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pyoxigraph import Literal, NamedNode, Quad, Triple

Row = tuple[NamedNode | Literal | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer of a SELECT: variables in order, and rows of terms (None where unbound)."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


QueryAnswer = Solutions | bool | tuple[Triple, ...]
"""Solutions of a SELECT, the boolean of an ASK, or the triples of a CONSTRUCT or DESCRIBE."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The triples that a default graph has lost and won."""

    gone: frozenset[Triple] = frozenset()
    come: frozenset[Triple] = frozenset()


@runtime_checkable
class Store(Protocol):
    """A dataset with named graphs and a default graph that is the merge of the asserted ones (design of the store).

    Each change is one commit: all of it or nothing, synced before the call returns, and makes a new generation.
    """

    def query(self, sparql: str) -> QueryAnswer:
        """The answer to a query over the current generation; raises ``QueryError`` for one that cannot be run."""
        ...

    def update(self, sparql: str) -> int:
        """Runs a SPARQL update on named graphs as one commit; the new generation."""
        ...

    def replace_graphs(self, graphs: Mapping[NamedNode, Iterable[Quad]], *, drop_others: bool = False) -> int:
        """Replaces each named graph by its quads (none: drops it) as one commit; the new generation.

        With *drop_others* every named graph that is not given is dropped in the same commit.
        """
        ...

    def graphs(self) -> tuple[NamedNode, ...]:
        """The named graphs, sorted."""
        ...

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of one named graph, or of all named graphs (never the derived default graph)."""
        ...

    def merged(self) -> Iterator[Triple]:
        """The triples of the default graph."""
        ...

    def generation(self) -> int:
        """The number of the current generation; 0 for an empty new store."""
        ...

    def close(self) -> None:
        """Gives back what the store holds open."""
        ...
