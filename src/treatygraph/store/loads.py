"""LOAD in an update: nothing is fetched. One that is well formed is refused; with SILENT it does nothing instead."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Store as Engine

from treatygraph.model.errors import WriteRefusedError
from treatygraph.store.tokens import Token, operations, position, tokens

_NOTHING: Final = "INSERT DATA {}"
_NAMES: Final = ("iri", "name")


def without_loads(sparql: str, *, base: str | None = None) -> str:
    """The update with each ``LOAD SILENT`` as an operation that changes nothing; the places in it stay.

    An operation that fails and is SILENT counts as done (SPARQL 1.1 Update §3.1.4). Raises ``WriteRefusedError`` for
    a LOAD without SILENT in a text that is well formed for the rest; what is not, stays for whoever reads it next.
    """
    if "LOAD" not in sparql.upper():
        return sparql
    loads = [operation for operation in operations(tokens(sparql)) if _is_load(operation)]
    harmless = sparql
    for operation in reversed(loads):
        start, last = operation[0].offset, operation[-1]
        end = last.offset + len(last.text)
        harmless = harmless[:start] + _blank(sparql[start:end]) + harmless[end:]
    for operation in loads:
        if not _is_silent(operation) and _is_well_formed(harmless, base):
            raise _refused(sparql, operation[0])
    return harmless


def _is_well_formed(sparql: str, base: str | None) -> bool:
    """Whether the engine can read the text: it runs it over nothing."""
    try:
        Engine().update(sparql, base_iri=base)
    except SyntaxError:
        return False
    except (RuntimeError, ValueError):
        # Clearing a graph that is not there, for instance: the text was read.
        return True
    return True


def _refused(sparql: str, load: Token) -> WriteRefusedError:
    return WriteRefusedError(
        "LOAD is refused: nothing asked here reaches another server",
        where=position(sparql, load.offset),
        remedy="Send the graph itself by PUT or POST to /graphs?graph=IRI, or read it with `treatygraph load`.",
    )


def _is_load(operation: list[Token]) -> bool:
    """Whether the tokens are ``LOAD SILENT? iri (INTO GRAPH iri)?`` (SPARQL 1.1 §19.8, rule 31)."""
    words = [token.text.upper() if token.kind == "word" else token.kind for token in operation]
    if words[:1] != ["LOAD"]:
        return False
    rest = words[2:] if _is_silent(operation) else words[1:]
    return (
        rest[:1] != []
        and rest[0] in _NAMES
        and (len(rest) == 1 or (rest[1:3] == ["INTO", "GRAPH"] and len(rest) == 4 and rest[3] in _NAMES))
    )


def _is_silent(operation: list[Token]) -> bool:
    return len(operation) > 1 and operation[1].text.upper() == "SILENT"


def _blank(text: str) -> str:
    """An operation that does nothing, with as many lines, and what follows at the column where it was."""
    lines, _, last = text.rpartition("\n")
    if not lines:
        return _NOTHING.ljust(len(text))
    return _NOTHING + "\n" * text.count("\n") + " " * len(last)
