"""The default graph as the RDF merge of the asserted named graphs, kept by difference at each commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final, cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from treatygraph.graph.iris import THINGS
from treatygraph.model.errors import StoreError, Where
from treatygraph.model.store import Difference

UNASSERTED: Final = ("graph/build", "graph/inferred", "graph/suggestions", "graph/superseded", "graph/shapes")
"""Keys of graphs (and beginnings of keys) that are kept but not asserted: they never enter the default graph."""

_DEFAULT = DefaultGraph()
_BULK = 20_000
_PREFIXES = tuple(THINGS + key for key in UNASSERTED)

# Two passes by the engine over all quads: of some SPARQL updates it cannot be told what they touch.
# MINUS joins by hash, where FILTER NOT EXISTS looks up each quad (tried: half the time).
_FILTER = " || ".join(f'STRSTARTS(STR(?g), "{prefix}")' for prefix in _PREFIXES)
ASSERTED: Final = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(!({_FILTER}))"
"""The pattern of a triple that stands in some asserted graph."""

_LOST = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o MINUS {{ {ASSERTED} }} }}"
_WON = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {ASSERTED} }} MINUS {{ ?s ?p ?o }} }}"


def rederive(engine: Engine) -> Difference:
    """Brings the default graph back to the merge, whatever has changed; what it has lost and won by it."""
    lost = frozenset(cast(Iterable[Triple], engine.query(_LOST)))
    won = frozenset(cast(Iterable[Triple], engine.query(_WON)))
    _take(engine, (Quad(each.subject, each.predicate, each.object) for each in lost))
    _put(engine, (Quad(each.subject, each.predicate, each.object) for each in won), len(won))
    return Difference(lost, won)


def unmerged(engine: Engine) -> tuple[int, int]:
    """How many triples the default graph has and should not have, and how many it lacks."""
    lost, won = (sum(1 for _ in cast(Iterable[Triple], engine.query(each))) for each in (_LOST, _WON))
    return lost, won


def is_asserted(graph: NamedNode) -> bool:
    """Whether the triples of a named graph stand in the default graph."""
    return not graph.value.startswith(_PREFIXES)


def quads_of(graph: NamedNode, quads: Iterable[Quad]) -> set[Quad]:
    """The quads as a set; raises ``StoreError`` for one that names another graph (none named: taken as *graph*)."""
    kept = set()
    for quad in quads:
        if quad.graph_name == graph:
            kept.add(quad)
        elif isinstance(quad.graph_name, DefaultGraph):
            kept.add(Quad(quad.subject, quad.predicate, quad.object, graph))
        else:
            raise StoreError(
                f"A statement of another graph was given for this one: {quad}",
                where=Where(thing=graph.value),
                remedy="Give each graph its own statements.",
            )
    return kept


def replace(engine: Engine, graphs: Mapping[NamedNode, set[Quad]], *, merged: bool) -> Difference:
    """Makes each graph hold its quads and nothing else, and with *merged* brings the default graph along.

    What the default graph has lost and won by it. The cost grows with what differs and with the size of the replaced
    graphs, not with the store.
    """
    if merged and next(engine.quads_for_pattern(None, None, None, None), None) is None:
        return _fill(engine, graphs)
    gone: set[Quad] = set()
    come: set[Quad] = set()
    for graph, new in graphs.items():
        old = set(engine.quads_for_pattern(None, None, None, graph))
        gone |= old - new
        come |= new - old
        if new:
            engine.add_graph(graph)
    _take(engine, gone)
    for graph, new in graphs.items():
        if not new:
            engine.remove_graph(graph)
    _put(engine, come, len(come))
    return settle(engine, gone, come) if merged else Difference()


def _fill(engine: Engine, graphs: Mapping[NamedNode, set[Quad]]) -> Difference:
    """Writes graphs and their merge into an engine that holds nothing: there is nothing to compare them with."""
    for graph, new in graphs.items():
        if new:
            engine.add_graph(graph)
    _put(engine, chain.from_iterable(graphs.values()), sum(map(len, graphs.values())))
    won = frozenset(quad.triple for graph, new in graphs.items() if is_asserted(graph) for quad in new)
    _put(engine, (Quad(each.subject, each.predicate, each.object) for each in won), len(won))
    return Difference(come=won)


def settle(engine: Engine, gone: set[Quad], come: set[Quad]) -> Difference:
    """Brings the default graph along after named graphs have lost and won quads; what it has lost and won by it.

    A default graph that lacked what is gone was no merge to begin with, and is derived anew.
    """
    if any(_asserted(quad) and _merged(quad) not in engine for quad in gone):
        return rederive(engine)
    lost = {_merged(quad) for quad in gone if _asserted(quad) and not _held(engine, quad)}
    won = {each for quad in come if _asserted(quad) and (each := _merged(quad)) not in engine}
    _take(engine, lost)
    _put(engine, won, len(won))
    return Difference(frozenset(quad.triple for quad in lost), frozenset(quad.triple for quad in won))


def _asserted(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and is_asserted(quad.graph_name)


def _merged(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def _held(engine: Engine, quad: Quad) -> bool:
    """Whether some asserted graph still holds the triple.

    The engine (Oxigraph 0.5.13 on disk) finds 256 too where 255 is asked for: the end of its search overshoots where
    the last byte of what is asked for is 255. So what it finds is compared.
    """
    return any(
        other.triple == quad.triple and _asserted(other)
        for other in engine.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    )


def _take(engine: Engine, quads: Iterable[Quad]) -> None:
    for quad in quads:
        engine.remove(quad)


def _put(engine: Engine, quads: Iterable[Quad], count: int) -> None:
    if count > _BULK:
        engine.bulk_extend(quads)
    else:
        engine.extend(quads)


def merged_triples(engine: Engine) -> Iterable[Triple]:
    """The triples of the default graph."""
    return (quad.triple for quad in engine.quads_for_pattern(None, None, None, _DEFAULT))
