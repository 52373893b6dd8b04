"""A change → the engine's state: what an update or the write of one graph does before it is committed."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, NamedNode, Quad
from pyoxigraph import Store as Engine

from treatygraph.model.errors import QueryError, UnknownGraphError, Where, WriteRefusedError
from treatygraph.model.store import Difference
from treatygraph.store.answers import syntax_error
from treatygraph.store.changes import Change, GraphWrite, SparqlUpdate, triples_of, update_text
from treatygraph.store.closures import CLOSURE_GRAPH
from treatygraph.store.merge import rederive, replace

_DEFAULT = DefaultGraph()


def apply_change(engine: Engine, change: Change, *, merged: bool) -> tuple[bool, Difference]:
    """Makes a change; whether it made a new graph, and in a *merged* dataset what the default graph has lost and won.

    Raises ``QueryError``, ``RdfSyntaxError``, ``MediaTypeError``, ``WriteRefusedError`` or ``UnknownGraphError``;
    the engine may have been changed then, and must be let go.
    """
    if isinstance(change, SparqlUpdate):
        return False, _update(engine, change, merged=merged)
    if change.graph is None:
        if merged:
            raise _derived()
        _write_default(engine, change)
        return False, Difference()
    if merged and change.graph == CLOSURE_GRAPH.value:
        raise WriteRefusedError(
            "The graph of the prepared closures is inferred and cannot be written",
            remedy="Write the steps that it is made from into a graph of yours.",
        )
    return _write_named(engine, graph_node(change.graph), change, merged=merged)


def graph_node(graph: str) -> NamedNode:
    """The graph with an IRI; raises ``QueryError`` for what is no absolute IRI."""
    try:
        return NamedNode(graph)
    except ValueError as error:
        raise QueryError(
            f"A graph is not named by an absolute IRI: {graph[:200]!r}", remedy="Name it by its whole IRI."
        ) from error


def unknown_graph(graph: str) -> UnknownGraphError:
    """The error for a graph that is not there."""
    return UnknownGraphError(
        "There is no such graph",
        where=Where(thing=graph),
        remedy="SELECT DISTINCT ?g { GRAPH ?g { } } names those that there are.",
    )


def _update(engine: Engine, update: SparqlUpdate, *, merged: bool) -> Difference:
    text = update_text(update, merged=merged)
    try:
        engine.update(text, base_iri=update.base)
    except SyntaxError as error:
        raise syntax_error(_message_for(update, str(error))) from error
    except RuntimeError as error:
        if "does not exist" not in str(error) and "already exists" not in str(error):
            raise
        raise QueryError(
            f"The update cannot be run: {error}", remedy="With SILENT the operation counts as done."
        ) from error
    except ValueError as error:
        raise QueryError(f"The update cannot be run: {error}") from error
    return rederive(engine) if merged else Difference()


def _message_for(update: SparqlUpdate, message: str) -> str:
    """The parser's message for the text as it was sent: clauses that were put in would shift its columns."""
    if update.using_graphs is None and update.using_named_graphs is None:
        return message
    try:
        Engine().update(update.sparql, base_iri=update.base)
    except SyntaxError as error:
        return str(error)
    return message


def _write_default(engine: Engine, write: GraphWrite) -> None:
    triples = () if write.how == "delete" else triples_of(write)
    if write.how != "post":
        engine.clear_graph(_DEFAULT)
    engine.extend(Quad(each.subject, each.predicate, each.object) for each in triples)


def _write_named(
    engine: Engine, graph: NamedNode, write: GraphWrite, *, merged: bool
) -> tuple[bool, Difference]:
    held = engine.contains_named_graph(graph)
    if write.how == "delete":
        if not held:
            raise unknown_graph(graph.value)
        return False, replace(engine, {graph: set()}, merged=merged)
    new = {Quad(each.subject, each.predicate, each.object, graph) for each in triples_of(write)}
    if write.how == "post":
        new.update(engine.quads_for_pattern(None, None, None, graph))
    difference = replace(engine, {graph: new}, merged=merged)
    engine.add_graph(graph)
    return not held, difference


def _derived() -> WriteRefusedError:
    return WriteRefusedError(
        "The default graph is derived from the named graphs and cannot be written",
        remedy="Name a graph: graph=IRI in the address.",
    )
