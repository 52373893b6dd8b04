"""What stands in front of the engine: a query or update that would reach the network, end the process, or write
where it must not, is refused with line and column.

The engine has no switch against SERVICE and LOAD and recurses with each brace (4,000 end the process).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Final

from treatygraph.model.errors import QueryError
from treatygraph.store.search_block import search_blocks, with_places
from treatygraph.store.tokens import PROLOGUE, Token, matches, operations, position, tokens

MAX_CHARACTERS: Final = 500_000
"""The longest text of a query: some 5,000 IRIs in a VALUES block, far above what a person writes."""

MAX_DEPTH: Final = 128
"""Braces and brackets that may stand open at once; a thread with 8 MB of stack ends at about 2,000."""

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
# Where "<" is an operator, a comment can make it look like the start of an IRI: "?a<?b)SERVICE:x#>".
_HIDDEN_SERVICE = re.compile(r"\).*service", re.IGNORECASE | re.DOTALL)


# A text of which these are true needs no reading word by word (see _plain_form).
_PLAIN = re.compile(
    r"""(?:\s+ | \#[^\n\r]* | (?:PREFIX\s+[^\s:<>"']*: | BASE)\s*<[^<>"{}|^`\\\x00-\x20]*>)*+
        (SELECT|ASK|CONSTRUCT|DESCRIBE)\b""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_CLOSED = re.compile(r"""[^"']*+(?:(?:"[^"\n\r]*+"|'[^'\n\r]*+')[^"']*+)*+\Z""")


class QueryForm(StrEnum):
    """The four forms of a query (SPARQL 1.1 §16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is a graph, not a table or a boolean."""
        return self in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE)


def check_query(sparql: str, prefixes: Mapping[str, str] | None = None) -> QueryForm:
    """The form of a query that may be run; raises ``QueryError`` naming line and column for any other text.

    *prefixes* are those that hold where the query declares no others. SERVICE may name nothing but ``tg:search``.
    """
    if len(sparql) <= MAX_CHARACTERS and (blocks := search_blocks(sparql, prefixes)):
        sparql = with_places(sparql, blocks)
    form = _plain_form(sparql)
    if form is not None:
        return form
    for token in _telling(sparql):
        if form is None and token.kind == "word" and token.text.upper() not in PROLOGUE:
            form = _form(sparql, token)
    if form is None:
        raise QueryError(
            "There is no query in the text",
            where=position(sparql, len(sparql)),
            remedy="A query has SELECT, ASK, CONSTRUCT or DESCRIBE.",
        )
    return form


def check_update(sparql: str, *, merged: bool) -> None:
    """Returns if an update may be run; raises ``QueryError`` naming line and column.

    In a *merged* dataset the default graph is derived from the named graphs, so a write to it is refused.
    """
    for operation in operations(_checked(sparql)):
        if merged:
            _check_operation(sparql, operation)


def _plain_form(sparql: str) -> QueryForm | None:
    """The form of a text that can hold nothing refused, however its words are divided; None for any other.

    It has no escapes, nowhere the letters of SERVICE or LOAD, as many opening braces and brackets in all as may stand
    open at once, and no string that is left open. Most queries are such, and read many times faster so.
    """
    if len(sparql) > MAX_CHARACTERS or "\\" in sparql:
        return None
    lower = sparql.lower()
    if "service" in lower or "load" in lower or not _CLOSED.match(sparql):
        return None
    if sparql.count("{") + sparql.count("(") + sparql.count("[") > MAX_DEPTH:
        return None
    match = _PLAIN.match(sparql)
    return None if match is None else QueryForm[match[1].upper()]


def _form(sparql: str, token: Token) -> QueryForm:
    word = token.text.upper()
    if word in QueryForm.__members__:
        return QueryForm[word]
    if word in _UPDATES:
        raise QueryError(
            f"{word} begins an update, and only queries are answered here",
            where=position(sparql, token.offset),
            remedy="Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; add documents with `treatygraph ingest`.",
        )
    raise QueryError(
        f"A query does not begin with {token.text[:40]!r}",
        where=position(sparql, token.offset),
        remedy="It begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after PREFIX and BASE.",
    )


def _checked(sparql: str) -> Iterator[Token]:
    """The tokens, unless one of them is refused whatever the text is."""
    _check_length(sparql)
    depth = 0
    for token in tokens(sparql):
        if token.kind == "open":
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep(sparql, token)
        elif token.kind == "close":
            depth -= 1
        else:
            _check_token(sparql, token)
        yield token


def _telling(sparql: str) -> Iterator[Token]:
    """As ``_checked``, but of all tokens only the words: nothing is made for each of half a million others."""
    _check_length(sparql)
    depth = 0
    for match in matches(sparql):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep(sparql, Token(kind, match.group(), match.start()))
        elif kind == "close":
            depth -= 1
        elif kind in ("word", "iri"):
            token = Token(kind, match.group(), match.start())
            _check_token(sparql, token)
            if kind == "word":
                yield token


def _check_length(sparql: str) -> None:
    if len(sparql) > MAX_CHARACTERS:
        raise QueryError(
            f"The query has {len(sparql):,} characters, and {MAX_CHARACTERS:,} are the most that is taken",
            where=position(sparql, MAX_CHARACTERS),
            remedy="Ask in several queries.",
        )


def _check_token(sparql: str, token: Token) -> None:
    if token.kind == "word":
        _check_word(sparql, token)
    elif token.kind == "iri" and _HIDDEN_SERVICE.search(token.text):
        raise _refused(sparql, token, "SERVICE")


def _check_word(sparql: str, token: Token) -> None:
    word = token.text.upper()
    if word in ("SERVICE", "LOAD"):
        raise _refused(sparql, token, word)


def _refused(sparql: str, token: Token, word: str) -> QueryError:
    return QueryError(
        f"{word} is refused: nothing asked here reaches another server",
        where=position(sparql, token.offset),
        remedy="Leave it out and ask the other server yourself; in queries, SERVICE tg:search looks for words."
        if word == "SERVICE"
        else "Read the file with `treatygraph load`.",
    )


def _too_deep(sparql: str, token: Token) -> QueryError:
    return QueryError(
        f"Braces and brackets are nested more than {MAX_DEPTH} deep",
        where=position(sparql, token.offset),
        remedy="Take the pattern apart: unions and optionals can stand side by side.",
    )


def _check_operation(sparql: str, operation: list[Token]) -> None:
    if not operation:
        return
    words = [token.text.upper() if token.kind == "word" else token.text for token in operation]
    if words[0] in ("CLEAR", "DROP", "ADD", "MOVE", "COPY"):
        for token, word in zip(operation, words, strict=True):
            if token.kind == "word" and word in ("DEFAULT", "ALL"):
                raise _default_graph(sparql, token)
    elif words[0] in ("INSERT", "DELETE"):
        _check_templates(sparql, operation, words)


def _check_templates(sparql: str, operation: list[Token], words: list[str]) -> None:
    """A template or data block may hold triples inside GRAPH only; DELETE WHERE is pattern and template at once."""
    depth, in_template, named = 0, False, False
    for (before, token), word in zip(pairwise(operation), words[1:], strict=True):
        if token.text == "{":
            if depth == 0:
                in_template = before.text.upper() in ("INSERT", "DELETE", "DATA") or words[:2] == [
                    "DELETE",
                    "WHERE",
                ]
            depth += 1
        elif token.text == "}":
            depth -= 1
            named = named and depth != 1
        elif in_template and depth == 1:
            named = named or (token.kind == "word" and word == "GRAPH")
            if not named and token.text != ".":
                raise _default_graph(sparql, token)


def _default_graph(sparql: str, token: Token) -> QueryError:
    return QueryError(
        "The default graph is derived from the named graphs and cannot be written",
        where=position(sparql, token.offset),
        remedy="Name a graph: write GRAPH <…> { … } or WITH <…>; for all of them CLEAR NAMED.",
    )
