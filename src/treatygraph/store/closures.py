"""Prepared closures: what a path of one or more steps reaches, as edges in a graph of their own, kept by difference.

Which properties have one is said by ``tg:closureOf`` in the ontology. The graph is inferred from the merge: it is no
part of the default graph, of what a store lists as its graphs, or of an export, and whatever is written there is lost.
A note on the graph names the rules that it was made by; with other rules, or none, it is made anew.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import CLOSURES, RDFS
from treatygraph.model.errors import QueryError
from treatygraph.model.store import Difference
from treatygraph.store.tokens import position, tokens

CLOSURE_GRAPH: Final = iri("graph/inferred/closures")
"""The graph of the prepared closures."""

Subject = NamedNode | BlankNode | Triple
Node = NamedNode | BlankNode | Triple | Literal
_DEFAULT: Final = DefaultGraph()
_NAMED: Final = re.compile("|".join(rf"{each.value.partition('#')[2]}\b" for each in CLOSURES))
_RULES: Final = "; ".join(
    f"{closure.value} {' '.join(sorted(base.value for base in bases))}"
    for closure, bases in sorted(CLOSURES.items(), key=lambda pair: pair[0].value)
)
NOTE: Final = Quad(
    CLOSURE_GRAPH,
    RDFS.comment,
    Literal(
        "Inferred: edges that stand for paths of one or more steps in the default graph. "
        f"Rules {hashlib.sha256(_RULES.encode()).hexdigest()[:8]}.",
        language="en",
    ),
    CLOSURE_GRAPH,
)
"""What the graph says about itself, and by which rules it was made."""


def follow(engine: Engine, difference: Difference) -> None:
    """Brings the closures along after the default graph has lost and won triples.

    The cost grows with the pairs that paths over what differs join, not with the store: a new end of a chain of any
    length costs one edge for each node of the chain.
    """
    if NOTE not in engine:
        rederive_closures(engine)
        return
    for closure, bases in CLOSURES.items():
        gone = [each for each in difference.gone if each.predicate in bases]
        come = [each for each in difference.come if each.predicate in bases]
        if gone or come:
            _Closure(engine, closure, bases).renew(gone, come)


def rederive_closures(engine: Engine) -> None:
    """Makes all closures anew, whatever stands in their graph."""
    held = set(engine.quads_for_pattern(None, None, None, CLOSURE_GRAPH))
    made = {quad for closure, bases in CLOSURES.items() for quad in _Closure(engine, closure, bases).all()}
    if made:
        made.add(NOTE)
    for quad in held - made:
        engine.remove(quad)
    engine.extend(made - held)


def require_no_closure(sparql: str) -> None:
    """Raises ``QueryError`` for a query that names a prepared closure: where there are none it would find nothing."""
    if not _NAMED.search(sparql):
        return
    for token in tokens(sparql):
        if token.kind in ("iri", "name") and (found := _NAMED.search(token.text)):
            steps = next(bases for name, bases in CLOSURES.items() if name.value.endswith(f"#{found[0]}"))
            shown = " or ".join(f"<{base.value}>+" for base in steps)
            raise QueryError(
                f"A remote engine keeps no prepared closures, and {found[0]} is one",
                where=position(sparql, token.offset),
                remedy=f"Write the path: {shown}.",
            )


class _Closure:
    """One closure over the default graph of an engine; each node is looked up once."""

    def __init__(self, engine: Engine, closure: NamedNode, bases: tuple[NamedNode, ...]) -> None:
        self._engine = engine
        self._closure = closure
        self._bases = bases
        self._ahead: dict[Node, tuple[Node, ...]] = {}
        self._behind: dict[Node, tuple[Subject, ...]] = {}

    def all(self) -> Iterator[Quad]:
        """The edges of the whole closure."""
        for subject in self._subjects():
            yield from self._edges(subject)

    def renew(self, gone: Iterable[Triple], come: Iterable[Triple]) -> None:
        """Takes away the edges whose last path was over a step that is gone, then adds those over steps that came."""
        for quad in self._lost(gone):
            self._engine.remove(quad)
        for step in come:
            self._engine.extend(self._won(step))

    def _lost(self, gone: Iterable[Triple]) -> list[Quad]:
        """The edges that have no path any more.

        Each had one over a step that is gone, from what reached its beginning to what its end reached. Which of them
        are reached still is asked from the side that has fewer nodes.
        """
        ends: dict[Subject, set[Node]] = defaultdict(set)
        for step in gone:
            after = self._after(step.object)
            for before in self._before(step.subject):
                ends[before] |= after
        beginnings: dict[Node, set[Subject]] = defaultdict(set)
        for before, after in ends.items():
            for node in after:
                beginnings[node].add(before)
        lost: list[tuple[Subject, Node]] = []
        if len(ends) <= len(beginnings):
            for before, after in ends.items():
                lost += [(before, node) for node in after - self._reached(before)]
        else:
            for node, befores in beginnings.items():
                lost += [(before, node) for before in befores - self._reaching(node)]
        return [self._edge(before, node) for before, node in lost]

    def _won(self, step: Triple) -> list[Quad]:
        """The edges that a new step joins, among the closure as it stands (which holds every path without it)."""
        if self._edge(step.subject, step.object) in self._engine:
            return []
        after = self._after(step.object)
        edges = (self._edge(before, node) for before in self._before(step.subject) for node in after)
        return [edge for edge in edges if edge not in self._engine]

    def _before(self, node: Subject) -> set[Subject]:
        """The node and all that reach it, by the closure as it stands."""
        held = self._engine.quads_for_pattern(None, self._closure, node, CLOSURE_GRAPH)
        return {node, *(quad.subject for quad in held)}

    def _after(self, node: Node) -> set[Node]:
        """The node and all that it reaches, by the closure as it stands."""
        if isinstance(node, Literal):
            return {node}
        held = self._engine.quads_for_pattern(node, self._closure, None, CLOSURE_GRAPH)
        return {node, *(quad.object for quad in held)}

    def _edge(self, subject: Subject, node: Node) -> Quad:
        return Quad(subject, self._closure, node, CLOSURE_GRAPH)

    def _edges(self, subject: Subject) -> Iterator[Quad]:
        return (self._edge(subject, node) for node in self._reached(subject))

    def _reached(self, subject: Subject) -> set[Node]:
        """What one step or more reach; the node itself only around a circle."""
        seen: set[Node] = set()
        to_visit = list(self._next(subject))
        while to_visit:
            node = to_visit.pop()
            if node not in seen:
                seen.add(node)
                to_visit.extend(self._next(node))
        return seen

    def _reaching(self, node: Node) -> set[Subject]:
        """What reaches a node by one step or more."""
        seen: set[Subject] = set()
        to_visit = list(self._previous(node))
        while to_visit:
            each = to_visit.pop()
            if each not in seen:
                seen.add(each)
                to_visit.extend(self._previous(each))
        return seen

    def _next(self, node: Node) -> tuple[Node, ...]:
        found = self._ahead.get(node)
        if found is None:
            found = ()
            if not isinstance(node, Literal):
                found = tuple(
                    quad.object
                    for base in self._bases
                    for quad in self._engine.quads_for_pattern(node, base, None, _DEFAULT)
                )
            self._ahead[node] = found
        return found

    def _previous(self, node: Node) -> tuple[Subject, ...]:
        found = self._behind.get(node)
        if found is None:
            found = self._behind[node] = tuple(
                quad.subject
                for base in self._bases
                for quad in self._engine.quads_for_pattern(None, base, node, _DEFAULT)
            )
        return found

    def _subjects(self) -> set[Subject]:
        return {
            quad.subject
            for base in self._bases
            for quad in self._engine.quads_for_pattern(None, base, None, _DEFAULT)
        }
