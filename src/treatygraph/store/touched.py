"""An update → what it can change at most, told before it runs, so that a merge need not be derived anew as a whole.

Statements where all are written out (INSERT DATA, DELETE DATA), whole graphs where their names are; nothing can be told
of an update with a variable for the graph that it writes, or one of all named graphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, Triple
from pyoxigraph import Store as Engine

from treatygraph.store.closures import CLOSURE_GRAPH
from treatygraph.store.tokens import PROLOGUE, Token, operations, tokens

_WHOLE = frozenset({"CLEAR", "DROP", "CREATE"})
_COPIES = frozenset({"ADD", "MOVE", "COPY"})
_WRITES = _WHOLE | _COPIES | {"INSERT", "DELETE", "WITH"}
_NAMES = ("iri", "name")


@dataclass(frozen=True, slots=True)
class Touched:
    """The statements and the graphs that an update can change."""

    quads: frozenset[Quad] = frozenset()
    graphs: frozenset[NamedNode] = frozenset()

    @property
    def named(self) -> set[object]:
        """All graphs that it names."""
        return {*self.graphs, *(quad.graph_name for quad in self.quads)}

    def held(self, engine: Engine) -> set[Quad]:
        """Those of them that an engine holds now."""
        found = {quad for quad in self.quads if quad in engine}
        for graph in self.graphs:
            found.update(engine.quads_for_pattern(None, None, None, graph))
        return found


def touched(sparql: str, base: str | None = None) -> Touched | None:
    """What an update can change; None where it could be anything, or the text is not well formed."""
    words = list(tokens(sparql))
    found = [each for each in operations(words) if each]
    start = found[0][0].offset if found else 0
    if any(_word(each) in PROLOGUE and each.offset > start for each in words):
        # Declarations between operations: which of them holds for a name is not told here.
        return None
    try:
        reach = _written_out(sparql, found, base) if all(map(_is_data, found)) else None
        if reach is None:
            names = {name.text for each in found for name in _graphs(each)}
            reach = Touched(graphs=frozenset(_resolved(sorted(names), sparql[:start], base)))
    except (SyntaxError, ValueError, IndexError, _AnyGraphError):
        return None
    return None if CLOSURE_GRAPH in reach.named else reach


class _AnyGraphError(Exception):
    """An operation writes a graph that it does not name."""


def _is_data(operation: Sequence[Token]) -> bool:
    return (
        _word(operation[0]) in ("INSERT", "DELETE") and len(operation) > 1 and _word(operation[1]) == "DATA"
    )


def _written_out(sparql: str, found: list[list[Token]], base: str | None) -> Touched | None:
    """The statements of data blocks, by inserting them all elsewhere; None where a blank node hides which they are."""
    parts, done = [], 0
    for operation in found:
        parts += [sparql[done : operation[0].offset], "INSERT"]
        done = operation[0].offset + len(operation[0].text)
    aside = Engine()
    aside.update("".join(parts) + sparql[done:], base_iri=base)
    quads = frozenset(aside)
    return None if any(_is_blank(quad.triple) for quad in quads) else Touched(quads)


def _is_blank(term: object) -> bool:
    if isinstance(term, Triple):
        return _is_blank(term.subject) or _is_blank(term.object)
    return isinstance(term, BlankNode)


def _graphs(operation: Sequence[Token]) -> Iterator[Token]:
    """The names of the graphs that an operation writes; raises ``_AnyGraphError`` where it does not name one."""
    first = _word(operation[0])
    rest = [each for each in operation[1:] if _word(each) not in ("SILENT", "GRAPH")]
    if first not in _WRITES:
        raise _AnyGraphError
    if first in _WHOLE:
        yield _named(rest[0])
    elif first in _COPIES:
        # MOVE empties the graph that it takes from; of the others this one is not changed.
        yield _named(rest[0])
        yield _named(rest[-1])
    else:
        if first == "WITH":
            yield _named(operation[1])
        for before, token in pairwise(_templates(operation)):
            if _word(before) == "GRAPH":
                yield _named(token)


def _templates(operation: Sequence[Token]) -> Iterator[Token]:
    """The tokens inside templates and data blocks; DELETE WHERE is pattern and template at once."""
    depth, inside = 0, False
    short = [_word(each) for each in operation[:2]] == ["DELETE", "WHERE"]
    for before, token in pairwise(operation):
        if token.text == "{":
            if depth == 0:
                inside = short or _word(before) in ("INSERT", "DELETE", "DATA")
            depth += 1
        elif token.text == "}":
            depth -= 1
        elif inside:
            yield token


def _named(token: Token) -> Token:
    if token.kind not in _NAMES:
        raise _AnyGraphError
    return token


def _resolved(names: list[str], prologue: str, base: str | None) -> Iterator[NamedNode]:
    """The IRIs of names, as the engine reads them."""
    if not names:
        return
    chosen = " ".join(f"({name} AS ?g{number})" for number, name in enumerate(names))
    rows = cast(QuerySolutions, Engine().query(f"{prologue}\nSELECT {chosen} {{}}", base_iri=base))
    for term in next(rows):
        yield cast(NamedNode, term)


def _word(token: Token) -> str:
    return token.text.upper() if token.kind == "word" else ""
