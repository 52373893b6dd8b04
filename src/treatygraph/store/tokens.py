"""The words of a SPARQL text: enough of its lexical grammar to tell keywords from names, strings and comments.

Follows SPARQL 1.1 §19.8 (terminals). Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.model.errors import QueryError, Where

PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
"""The words that begin a declaration of the prologue."""

_TOKEN = re.compile(
    r"""
      (?P<skip>\s+ | \#[^\n\r]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
        | \"(?!\"\")(?:[^"\\\n\r]|\\.)*+\" | '(?!'')(?:[^'\\\n\r]|\\.)*+')
    | (?P<unclosed>["'])
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:_|[^\W\d_][\w.\-]{0,200})?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<escape>\\.)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind (iri, string, open, close, variable, tag, name, word, escape, other), text and offset."""

    kind: str
    text: str
    offset: int


def matches(sparql: str) -> Iterator[re.Match[str]]:
    """The tokens of a SPARQL text as matches, the kind of each as its ``lastgroup``; white space and comments, too.

    Raises ``QueryError`` at an open string.
    """
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup == "unclosed":
            raise QueryError(
                "A string is not closed",
                where=position(sparql, match.start()),
                remedy="Close it with the same quotation mark; over several lines use three.",
            )
        yield match


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a SPARQL text without white space and comments; raises ``QueryError`` at an open string."""
    for match in matches(sparql):
        kind = match.lastgroup
        if kind != "skip" and kind is not None:
            yield Token(kind, match.group(), match.start())


def operations(stream: Iterable[Token]) -> Iterator[list[Token]]:
    """The operations of an update (SPARQL 1.1 Update §3), which semicolons outside braces divide; no prologues."""
    operation: list[Token] = []
    depth = 0
    for token in stream:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.text == ";":
            yield operation
            operation = []
        elif operation or (token.kind == "word" and token.text.upper() not in PROLOGUE):
            operation.append(token)
    yield operation


def outer_words(operation: Iterable[Token]) -> Iterator[Token]:
    """The words of an operation that stand outside all braces and brackets."""
    depth = 0
    for token in operation:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.kind == "word":
            yield token


def position(sparql: str, offset: int) -> Where:
    """Line and column, from 1, of an offset."""
    line = sparql.count("\n", 0, offset) + 1
    column = offset - sparql.rfind("\n", 0, offset)
    return Where("query", line, column)
