"""The updates that make a commit at a remote engine, and the graphs of ours that they use there.

What is to come is staged in graphs of its own first; then updates of a size that does not grow with it bring it in.
They are written down at the engine before they run (the *plan*), hold for one generation only, and can be run again:
on an engine whose requests are transactions the commit is all of it or nothing at any instant; on another, whoever
opens the store next finds the plan and finishes it. A plan of another process that is still young means: busy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from treatygraph.graph.iris import THINGS
from treatygraph.store.merge import UNASSERTED

OURS: Final = THINGS + "graph/store/"
"""How the graphs begin that keep the store's own state at an engine; they are nobody's data."""

STATE: Final = OURS + "state"
"""The graph that holds the generation."""

PLAN: Final = OURS + "plan"
"""The graph that holds the commit under way."""

MERGED: Final = OURS + "merged"
"""Where the merge stands on an engine whose default graph is the union of all graphs."""

STORE: Final = THINGS + "store"
"""The node of the store itself."""

_WORDS: Final = THINGS + "store/"
GENERATION: Final = _WORDS + "generation"
COMMIT: Final = _WORDS + "commit"
SINCE: Final = _WORDS + "since"
_STAGED: Final = _WORDS + "stagedAs"

SYSTEM: Final = (
    "http://www.openlinksw.com/",
    "http://localuriqaserver/",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "http://localhost:8890/",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "urn:rules.skos",
    "b3sonto",
    "b3sifp",
    "dbprdf-label",
    "facets",
    "fct-dav",
    "virtrdf-label",
)
"""How the graphs begin that Virtuoso brings with it."""


def _unlike(variable: str, beginnings: tuple[str, ...]) -> str:
    return " && ".join(f'!STRSTARTS(STR({variable}), "{each}")' for each in beginnings)


IS_DATA: Final = _unlike("?g", (OURS, *SYSTEM))
"""The condition that ?g is a named graph of the dataset."""

_ASSERTED_H: Final = _unlike("?h", (OURS, *SYSTEM, *(THINGS + key for key in UNASSERTED)))
_ASSERTED_G: Final = _unlike("?g", tuple(THINGS + key for key in UNASSERTED))


@dataclass(frozen=True, slots=True)
class Plan:
    """A commit by its name: from generation *base* on; *union* says where the merge stands."""

    commit: str
    base: int
    union: bool

    def staged(self, number: int) -> str:
        """The graph in which the *number*-th new graph is staged."""
        return f"{OURS}staged/{self.commit}/{number}"

    @property
    def node(self) -> str:
        """The node of the plan."""
        return f"{PLAN}/{self.commit}"

    @property
    def pairs(self) -> str:
        """The graph that says which graph is staged where."""
        return f"{OURS}pairs/{self.commit}"

    @property
    def gone(self) -> str:
        """The graph of what the replaced graphs lose."""
        return f"{OURS}gone/{self.commit}"


def begin(plan: Plan, since: int) -> str:
    """Writes the plan down, unless there is one or the generation has moved on."""
    return (
        f'INSERT {{ GRAPH <{PLAN}> {{ <{plan.node}> <{COMMIT}> "{plan.commit}" ; <{SINCE}> {since} ; '
        f"<{GENERATION}> {plan.base} }} }} WHERE {{ {_at(plan)} "
        f"FILTER NOT EXISTS {{ GRAPH <{PLAN}> {{ ?other <{COMMIT}> ?commit }} }} }}"
    )


HELD: Final = (
    f"SELECT ?commit ?since ?base WHERE {{ GRAPH <{PLAN}> {{ ?plan <{COMMIT}> ?commit ; <{SINCE}> ?since ; "
    f"<{GENERATION}> ?base }} }} ORDER BY ?commit"
)
"""The plans that are written down; the first of them counts, should an engine have let two in at once."""


def withdraw(plan: Plan) -> str:
    """Takes the plan away."""
    return f"DELETE WHERE {{ GRAPH <{PLAN}> {{ <{plan.node}> ?p ?o }} }}"


def leftovers(plan: Plan) -> str:
    """The graphs in which something is staged for a commit."""
    return (
        f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{OURS}") && '
        f'CONTAINS(STR(?g), "{plan.commit}")) }}'
    )


def pair(plan: Plan, graphs: tuple[str, ...]) -> str:
    """Says which graph is staged where."""
    rows = " . ".join(f"<{graph}> <{_STAGED}> <{plan.staged(number)}>" for number, graph in enumerate(graphs))
    return f"INSERT DATA {{ GRAPH <{plan.pairs}> {{ {rows} }} }}"


def replacing(plan: Plan) -> tuple[str, ...]:
    """Brings the staged graphs in and the merge along; each may be run again."""
    pairs = f"{_at(plan)} GRAPH <{plan.pairs}> {{ ?g <{_STAGED}> ?n }}"
    old = f"{pairs} GRAPH ?g {{ ?s ?p ?o }} FILTER NOT EXISTS {{ GRAPH ?n {{ ?s ?p ?o }} }}"
    new = f"{pairs} GRAPH ?n {{ ?s ?p ?o }}"
    return (
        f"INSERT {{ GRAPH <{plan.gone}> {{ ?s ?p ?o }} }} WHERE {{ {old} }}",
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {old} }}",
        f"INSERT {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {new} }}",
        f"DELETE {{ {_merge(plan)} }} WHERE {{ {_at(plan)} GRAPH <{plan.gone}> {{ ?s ?p ?o }} "
        f"FILTER NOT EXISTS {{ GRAPH ?h {{ ?s ?p ?o }} FILTER({_ASSERTED_H}) }} }}",
        f"INSERT {{ {_merge(plan)} }} WHERE {{ {new} FILTER({_ASSERTED_G}) }}",
    )


def rederiving(plan: Plan) -> tuple[str, ...]:
    """Brings the merge back to what the asserted graphs hold, whatever has changed."""
    asserted = f"GRAPH ?h {{ ?s ?p ?o }} FILTER({_ASSERTED_H})"
    merge = f"GRAPH <{MERGED}> {{ ?s ?p ?o }}" if plan.union else "?s ?p ?o"
    return (
        f"DELETE {{ {_merge(plan)} }} WHERE {{ {merge} FILTER NOT EXISTS {{ {asserted} }} }}",
        f"INSERT {{ {_merge(plan)} }} WHERE {{ {asserted} }}",
    )


def finish(plan: Plan) -> tuple[str, ...]:
    """Moves on to the next generation and takes the plan away; the first of them is what makes the commit true."""
    return (
        f"DELETE {{ GRAPH <{STATE}> {{ <{STORE}> ?p ?o }} }} "
        f'INSERT {{ GRAPH <{STATE}> {{ <{STORE}> <{GENERATION}> {plan.base + 1} ; <{COMMIT}> "{plan.commit}" }} }} '
        f"WHERE {{ {_at(plan)} GRAPH <{STATE}> {{ <{STORE}> ?p ?o }} }}",
        withdraw(plan),
    )


def clean(plan: Plan, count: int) -> tuple[str, ...]:
    """Drops what was staged."""
    graphs = [plan.pairs, plan.gone, *(plan.staged(number) for number in range(count))]
    return tuple(f"DROP SILENT GRAPH <{graph}>" for graph in graphs)


def _at(plan: Plan) -> str:
    return f"GRAPH <{STATE}> {{ <{STORE}> <{GENERATION}> {plan.base} }}"


def _merge(plan: Plan) -> str:
    return f"GRAPH <{MERGED}> {{ ?s ?p ?o }}" if plan.union else "?s ?p ?o"
