"""What can be asked of a writer, as values: an update, or a write of one whole graph (Graph Store Protocol)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from treatygraph.model.errors import MediaTypeError, QueryError, RdfSyntaxError, Where
from treatygraph.store.guard import check_update
from treatygraph.store.loads import without_loads
from treatygraph.store.tokens import Token, operations, outer_words, position, tokens

How = Literal["put", "post", "delete"]


@dataclass(frozen=True, slots=True)
class SparqlUpdate:
    """A SPARQL 1.1 update, with the protocol's ``using-graph-uri`` and ``using-named-graph-uri`` (None: not given).

    ``base`` is the IRI against which relative ones are resolved where the update declares none.
    """

    sparql: str
    using_graphs: tuple[str, ...] | None = None
    using_named_graphs: tuple[str, ...] | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """The states in which a write may be made: of these generations, of none of those, with or without its graph."""

    generations: tuple[int, ...] | None = None
    not_generations: tuple[int, ...] = ()
    exists: bool | None = None


ALWAYS = OnlyIf()
"""Any state."""


@dataclass(frozen=True, slots=True)
class GraphWrite:
    """A write of one graph: *put* replaces it, *post* adds to it, *delete* drops it; None is the default graph.

    *data* are the bytes, or the file that holds them.
    """

    graph: str | None
    how: How
    data: bytes | Path = b""
    media_type: str = "text/turtle"
    base: str | None = None
    only_if: OnlyIf = ALWAYS


Change = SparqlUpdate | GraphWrite


@dataclass(frozen=True, slots=True)
class Written:
    """The generation that a change made, and whether it made a graph that was not there before."""

    generation: int
    created: bool


def update_text(update: SparqlUpdate, *, merged: bool) -> str:
    """The update as the engine takes it: checked, and with the protocol's graphs as USING clauses.

    Raises ``QueryError`` with line and column for one that cannot be run, ``WriteRefusedError`` for a LOAD.
    """
    sparql = without_loads(update.sparql, base=update.base)
    check_update(sparql, merged=merged)
    if update.using_graphs is None and update.using_named_graphs is None:
        return sparql
    return _with_using(sparql, update.using_graphs or (), update.using_named_graphs or ())


def _with_using(sparql: str, graphs: tuple[str, ...], named: tuple[str, ...]) -> str:
    """USING clauses before the WHERE of each operation that has a pattern (SPARQL 1.1 Protocol §2.2.3)."""
    clauses = "".join(
        [f"USING {_node(each)} " for each in graphs] + [f"USING NAMED {_node(each)} " for each in named]
    )
    parts: list[str] = []
    done = 0
    for operation in operations(tokens(sparql)):
        words = {token.text.upper(): token for token in outer_words(operation)}
        for word in ("USING", "WITH"):
            if word in words:
                raise _named_twice(sparql, words[word])
        if "WHERE" not in words:
            continue
        where = words["WHERE"]
        parts.append(sparql[done : where.offset])
        if operation[1] is where:
            # DELETE WHERE { … } has no place for USING; the long form says the same (SPARQL 1.1 Update §3.1.3.3).
            parts.append(f"{sparql[operation[2].offset : operation[-1].offset + 1]} ")
        parts.append(clauses)
        done = where.offset
    return "".join(parts) + sparql[done:]


def _node(graph: str) -> NamedNode:
    try:
        return NamedNode(graph)
    except ValueError as error:
        raise QueryError(
            f"using-graph-uri is not an absolute IRI: {graph[:200]!r}", remedy="Name a graph by its IRI."
        ) from error


def _named_twice(sparql: str, token: Token) -> QueryError:
    return QueryError(
        f"{token.text.upper()} stands in the update, and the request names graphs too",
        where=position(sparql, token.offset),
        remedy="Name the graphs in one of the two places.",
    )


def triples_of(write: GraphWrite) -> Iterator[Triple]:
    """The triples that a write brings, one after the other; blank nodes are new ones.

    Raises ``MediaTypeError`` for a media type that is not one of RDF, ``RdfSyntaxError`` with line and column for
    data that are not well formed or name a graph of their own.
    """
    form = RdfFormat.from_media_type(write.media_type)
    if form is None:
        raise MediaTypeError(
            f"No format of RDF has the media type {write.media_type[:100]!r}",
            remedy="Send text/turtle, application/n-triples, application/rdf+xml or application/ld+json.",
        )
    try:
        found = parse(
            write.data if isinstance(write.data, bytes) else None,
            path=write.data if isinstance(write.data, Path) else None,
            format=form,
            base_iri=write.base or write.graph,
            without_named_graphs=True,
            rename_blank_nodes=True,
        )
        for quad in found:
            yield quad.triple
    except SyntaxError as error:
        raise RdfSyntaxError(
            f"The data are not well-formed RDF: {error.msg}",
            where=Where("data", line=error.lineno, column=error.offset),
            remedy="Mend the data at that place.",
        ) from error
    except ValueError as error:
        raise RdfSyntaxError(f"The data cannot be read: {error}", where=Where("data")) from error


def to_values(change: Change) -> tuple[dict[str, Any], bytes]:
    """A change as values of JSON and the bytes that go beside them."""
    if isinstance(change, SparqlUpdate):
        return {
            "update": change.sparql,
            "using": change.using_graphs,
            "named": change.using_named_graphs,
            "base": change.base,
        }, b""
    values = {
        "graph": change.graph,
        "how": change.how,
        "media_type": change.media_type,
        "base": change.base,
        "only_if": asdict(change.only_if),
        "file": str(change.data) if isinstance(change.data, Path) else None,
    }
    return values, change.data if isinstance(change.data, bytes) else b""


def from_values(values: dict[str, Any], data: bytes) -> Change:
    """The change that ``to_values`` was given."""
    if "update" in values:
        return SparqlUpdate(
            values["update"], _tuple(values["using"]), _tuple(values["named"]), values["base"]
        )
    return GraphWrite(
        values["graph"],
        values["how"],
        data if values["file"] is None else Path(values["file"]),
        values["media_type"],
        values["base"],
        _only_if(values["only_if"]),
    )


def _only_if(values: dict[str, Any]) -> OnlyIf:
    generations = values["generations"]
    return OnlyIf(
        None if generations is None else tuple(generations),
        tuple(values["not_generations"]),
        values["exists"],
    )


def _tuple(value: list[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)
