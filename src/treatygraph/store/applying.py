"""A change → the engine's state: what an update or the write of one graph does before it is committed."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad
from pyoxigraph import Store as Engine

from treatygraph.model.errors import (
    PreconditionError,
    QueryError,
    UnknownGraphError,
    Where,
    WriteRefusedError,
)
from treatygraph.model.store import Difference
from treatygraph.store.answers import syntax_error
from treatygraph.store.changes import Change, GraphWrite, SparqlUpdate, triples_of, update_text
from treatygraph.store.closures import CLOSURE_GRAPH
from treatygraph.store.merge import rederive, replace, settle
from treatygraph.store.touched import touched

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change has done: whether it made a new graph, and what a merged default graph has lost and won.

    ``is_told`` says that nothing else was touched: what is derived from the default graph can follow the difference.
    """

    created: bool = False
    difference: Difference = field(default_factory=Difference)
    is_told: bool = True


def apply_change(engine: Engine, change: Change, *, merged: bool) -> Applied:
    """Makes a change, and in a *merged* dataset brings the default graph along.

    Raises ``QueryError``, ``RdfSyntaxError``, ``MediaTypeError``, ``WriteRefusedError`` or ``UnknownGraphError``;
    the engine may have been changed then, and must be let go.
    """
    if isinstance(change, SparqlUpdate):
        return _update(engine, change, merged=merged)
    if change.graph is None:
        if merged:
            raise _derived()
        _write_default(engine, change)
        return Applied()
    if merged and change.graph == CLOSURE_GRAPH.value:
        raise WriteRefusedError(
            "The graph of the prepared closures is inferred and cannot be written",
            remedy="Write the steps that it is made from into a graph of yours.",
        )
    return _write_named(engine, graph_node(change.graph), change, merged=merged)


def require_state(engine: Engine, change: Change, generation: int) -> None:
    """Returns if a change may be made to an engine that holds *generation*; raises ``PreconditionError``."""
    if not isinstance(change, GraphWrite):
        return
    wanted = change.only_if
    if wanted.exists is not None:
        held = change.graph is None or engine.contains_named_graph(graph_node(change.graph))
        if held is not wanted.exists:
            raise _other_state("The graph is there already" if held else "There is no such graph")
    if wanted.generations is not None and generation not in wanted.generations:
        raise _other_state("The store was changed since")
    if generation in wanted.not_generations:
        raise _other_state("The store was not changed since")


def _other_state(what: str) -> PreconditionError:
    return PreconditionError(
        f"{what}, and the write was to be made only otherwise",
        remedy="Read the graph again, and send the write with the ETag that comes with it.",
    )


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


def _update(engine: Engine, update: SparqlUpdate, *, merged: bool) -> Applied:
    text = update_text(update, merged=merged)
    reach = touched(text, update.base) if merged else None
    before = set() if reach is None else reach.held(engine)
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
    if not merged:
        return Applied()
    if reach is None:
        return Applied(difference=rederive(engine), is_told=False)
    after = reach.held(engine)
    return Applied(difference=settle(engine, before - after, after - before))


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


def _write_named(engine: Engine, graph: NamedNode, write: GraphWrite, *, merged: bool) -> Applied:
    held = engine.contains_named_graph(graph)
    if write.how == "delete":
        if not held:
            raise unknown_graph(graph.value)
        return Applied(difference=replace(engine, {graph: set()}, merged=merged))
    new = {Quad(each.subject, each.predicate, each.object, graph) for each in triples_of(write)}
    if write.how == "post":
        new.update(engine.quads_for_pattern(None, None, None, graph))
    difference = replace(engine, {graph: new}, merged=merged)
    engine.add_graph(graph)
    return Applied(not held, difference)


def _derived() -> WriteRefusedError:
    return WriteRefusedError(
        "The default graph is derived from the named graphs and cannot be written",
        remedy="Name a graph: graph=IRI in the address.",
    )
