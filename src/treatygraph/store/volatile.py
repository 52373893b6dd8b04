"""Which queries give another answer each time, though the data stay: they are not kept by anybody."""

from __future__ import annotations

from typing import Final

from treatygraph.store.tokens import tokens

FUNCTIONS: Final = frozenset({"BNODE", "NOW", "RAND", "STRUUID", "UUID"})
"""The functions of SPARQL 1.1 §17.4 whose value is new with each query."""


def is_volatile(sparql: str) -> bool:
    """Whether a query calls one of them; a name or a string that only looks like one does not count."""
    upper = sparql.upper()
    if not any(name in upper for name in FUNCTIONS):
        return False
    return any(token.kind == "word" and token.text.upper() in FUNCTIONS for token in tokens(sparql))
