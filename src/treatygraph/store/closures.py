"""Prepared closures: what a path of one or more steps reaches, as edges in a graph of their own, kept by difference.

Which properties have one is said by ``tg:closureOf`` in the ontology. The graph is inferred from the merge: it is no
part of the default graph, of what a store lists as its graphs, or of an export, and whatever is written there is lost.
A note on the graph names the rules that it was made by; with other rules, or none, it is made anew.
"""

from __future__ import annotations

import hashlib
import re
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

    The cost grows with the paths that run through what differs, not with the store.
    """
    if NOTE not in engine:
        rederive_closures(engine)
        return
    for closure, bases in CLOSURES.items():
        changed = {t.subject for t in difference.gone | difference.come if t.predicate in bases}
        if changed:
            _Closure(engine, closure, bases).renew(changed)


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

    def all(self) -> Iterator[Quad]:
        """The edges of the whole closure."""
        for subject in self._subjects():
            yield from self._edges(subject)

    def renew(self, changed: Iterable[Subject]) -> None:
        """Makes anew the edges of whatever reaches, or has reached, a node whose own edges have changed."""
        for node in self._affected(set(changed)):
            held = set(self._engine.quads_for_pattern(node, self._closure, None, CLOSURE_GRAPH))
            made = set(self._edges(node))
            for quad in held - made:
                self._engine.remove(quad)
            self._engine.extend(made - held)

    def _affected(self, changed: set[Subject]) -> set[Subject]:
        """The changed nodes, those that reached them (by the closure as it is) and those that reach them now."""
        found = set(changed)
        for node in changed:
            old = self._engine.quads_for_pattern(None, self._closure, node, CLOSURE_GRAPH)
            found.update(quad.subject for quad in old)
        to_visit = list(changed)
        seen = set(changed)
        while to_visit:
            node = to_visit.pop()
            for base in self._bases:
                for quad in self._engine.quads_for_pattern(None, base, node, _DEFAULT):
                    if quad.subject not in seen:
                        seen.add(quad.subject)
                        to_visit.append(quad.subject)
        return found | seen

    def _edges(self, subject: Subject) -> Iterator[Quad]:
        """An edge to each node that one step or more reach; to the node itself only around a circle."""
        seen: set[Node] = set()
        to_visit = list(self._next(subject))
        while to_visit:
            node = to_visit.pop()
            if node not in seen:
                seen.add(node)
                to_visit.extend(self._next(node))
        return (Quad(subject, self._closure, node, CLOSURE_GRAPH) for node in seen)

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

    def _subjects(self) -> set[Subject]:
        return {
            quad.subject
            for base in self._bases
            for quad in self._engine.quads_for_pattern(None, base, None, _DEFAULT)
        }
