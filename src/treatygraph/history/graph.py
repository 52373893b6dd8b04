"""The graph as a Python object: ask it, walk it, look at it as a network."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import PREFIXES
from treatygraph.history.network import to_networkx
from treatygraph.history.walk import (
    ActionRow,
    Evidence,
    ItemLink,
    MandateRow,
    actions_regarding,
    evidence_of,
    items_concerning,
    mandates_of,
)
from treatygraph.model.store import QueryAnswer, Store
from treatygraph.store import open_reader

if TYPE_CHECKING:
    import networkx as nx

DEFAULT_STORE: Final = ".treatygraph"
"""Where the store stands unless another place is named."""


def with_prologue(sparql: str) -> str:
    """A query with our BASE and prefixes before it; what the query declares itself comes later and wins.

    They stand on the query's first line, so that the lines that an error names stay its own (SPARQL 1.1 §4.1.1).
    """
    parts = [f"BASE <{THINGS}>", *(f"PREFIX {name}: <{space}>" for name, space in sorted(PREFIXES.items()))]
    return " ".join((*parts, sparql))


class Graph:
    """A store opened for reading, at one generation; a context manager."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def query(self, sparql: str) -> QueryAnswer:
        """The answer to a SPARQL query; BASE and the prefixes of the graph are there already.

        Raises ``QueryError`` for a query that cannot be run.
        """
        return self._store.query(with_prologue(sparql))

    def items_concerning(self, provision: str) -> tuple[ItemLink, ...]:
        """The agenda items that concern a provision (a key such as ``treaty/untoc/art/16``) or a part of it."""
        return items_concerning(self._store, provision)

    def actions_regarding(self, provision: str) -> tuple[ActionRow, ...]:
        """The actions that regard a provision or a part of it, in order of time."""
        return actions_regarding(self._store, provision)

    def mandates_of(self, body: str) -> tuple[MandateRow, ...]:
        """What a body (a key such as ``body/un-secretariat``) was asked to do, in order of time."""
        return mandates_of(self._store, body)

    def evidence_of(self, subject: str, predicate: str, value: str) -> tuple[Evidence, ...]:
        """The words or sources behind one edge between two things; *predicate* is the name of a term of ours."""
        return evidence_of(self._store, subject, predicate, value)

    def network(self) -> nx.MultiDiGraph[str]:
        """The evidenced edges between things as a ``networkx`` multigraph; nodes are keys."""
        return to_networkx(self._store)

    def close(self) -> None:
        """Gives the store back."""
        self._store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_graph(store: Path | str = DEFAULT_STORE) -> Graph:
    """Opens a store for reading; raises ``StoreMissingError`` where there is none."""
    return Graph(open_reader(store))
