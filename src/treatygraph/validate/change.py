"""A graph that has changed → ``Report``, at a cost that grows with the change: the verdict that full validation gives.

A shape walks from its focus node over a path and looks at the type and label of what it finds there. So only these can
come to fail by a change: the things that it says something of, the things that it points to or no longer points
to, and what still points to a thing that has lost something. They are judged on a view: all that the whole says
of them, and the types, labels and keys of their neighbours. Rules over the whole graph are asked of the whole, or
of what a difference can have made fail (``deltas.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine
from rdflib import SH, Graph, URIRef

from treatygraph.graph.terms import RDF, RDFS, TG
from treatygraph.model.store import Difference
from treatygraph.validate.check import validate_graph
from treatygraph.validate.convert import to_oxigraph, to_rdflib
from treatygraph.validate.native import NativeGraph
from treatygraph.validate.report import Report
from treatygraph.validate.shapes import WHOLE_GRAPH, Shapes

_DEFAULT: Final = DefaultGraph()
_KNOWN_BY: Final = (RDF.type, RDFS.label, TG.key)
"""What a shape asks of the things that a path leads to (``sh:class``, ``sh:node tgs:Described``)."""


def affected(engine: Engine, difference: Difference) -> set[NamedNode]:
    """The things that can come to fail by a difference which *engine* holds already."""
    found: set[NamedNode] = set()
    for triple in (*difference.gone, *difference.come):
        found.update(node for node in (triple.subject, triple.object) if isinstance(node, NamedNode))
    for node in {triple.subject for triple in difference.gone}:
        pointing = engine.quads_for_pattern(None, None, node, _DEFAULT)
        found.update(quad.subject for quad in pointing if isinstance(quad.subject, NamedNode))
    return found


def validate_change(
    engine: Engine,
    focus: Iterable[NamedNode],
    shapes: Shapes,
    *,
    whole: bool = True,
    difference: Difference | None = None,
) -> Report:
    """Judges the things of *focus*, and the whole graph by its rules; *engine* holds the graph in its default graph.

    Unless *whole*, the rules are asked of the things of *focus* alone, at a cost that does not grow with the graph.
    With a *difference* they are asked for what it can have made fail: all that fails, if the graph conformed before.
    """
    nodes = set(focus)
    wanted = {URIRef(node.value) for node in nodes} | {WHOLE_GRAPH}
    data = NativeGraph(engine, None if whole else nodes, difference)
    try:
        to_rdflib(_view(engine, nodes, _inverse_paths(shapes.graph)), data)
        for statement in shapes.vocabulary:
            data.add(statement)
        return validate_graph(data, shapes, only=wanted)
    finally:
        data.let_go()


def with_vocabulary(engine: Engine, shapes: Shapes) -> Engine:
    """The engine, which now holds the lists of concepts too."""
    engine.extend(Quad(each.subject, each.predicate, each.object) for each in to_oxigraph(shapes.vocabulary))
    return engine


def _view(engine: Engine, nodes: set[NamedNode], inverse: tuple[NamedNode, ...]) -> Iterator[Triple]:
    neighbours: set[NamedNode] = set()
    for node in nodes:
        for quad in engine.quads_for_pattern(node, None, None, _DEFAULT):
            if isinstance(quad.object, NamedNode):
                neighbours.add(quad.object)
            yield quad.triple
        for predicate in inverse:
            for quad in engine.quads_for_pattern(None, predicate, node, _DEFAULT):
                if isinstance(quad.subject, NamedNode):
                    neighbours.add(quad.subject)
                yield quad.triple
    for node in neighbours - nodes:
        for predicate in _KNOWN_BY:
            for quad in engine.quads_for_pattern(node, predicate, None, _DEFAULT):
                yield quad.triple


@cache
def _inverse_paths(shapes: Graph) -> tuple[NamedNode, ...]:
    """The properties that shapes walk against their direction."""
    found = {value for value in shapes.objects(None, SH.inversePath) if isinstance(value, URIRef)}
    return tuple(sorted((NamedNode(value) for value in found), key=lambda each: each.value))
