"""``SERVICE tg:search { … }`` in a query → what is looked for, and where the block stands.

The block has one subject, a variable, and of it ``tg:matches "words"``; it may have ``tg:score ?variable``,
``tg:snippet ?variable`` and ``tg:limit number``. What it may not hold is told with line and column. Any other SERVICE
is left as it is, for the guard to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from treatygraph.graph.terms import TG
from treatygraph.model.errors import QueryError
from treatygraph.store.fulltext import wanted
from treatygraph.store.tokens import Token, position, tokens

DEFAULT_LIMIT: Final = 1_000
"""How many things a block finds where it states no ``tg:limit``: the best ones."""

MOST_LIMIT: Final = 10_000
MOST_BLOCKS: Final = 8
LONGEST_WORDS: Final = 1_000
"""Characters of what is looked for."""

_EXAMPLE: Final = 'It is written SERVICE tg:search { ?thing tg:matches "extradition treaty" }.'
_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPES: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_NAMES: Final = {
    each.value: each.value.removeprefix(TG.NAMESPACE) for each in (TG.matches, TG.score, TG.snippet, TG.limit)
}


@dataclass(frozen=True, slots=True)
class SearchBlock:
    """A block: its place in the query, the names of its variables (with ``?``), what is looked for, and how many."""

    start: int
    end: int
    thing: str
    words: str
    score: str | None = None
    snippet: str | None = None
    limit: int = DEFAULT_LIMIT

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that the block gives values to."""
        return tuple(each for each in (self.thing, self.score, self.snippet) if each)

    @property
    def values(self) -> dict[str, Any]:
        """The block as ``fulltext.filled`` takes it."""
        return {
            "words": self.words,
            "limit": self.limit,
            "variables": self.variables,
            "score": self.score is not None,
            "snippet": self.snippet is not None,
        }


def search_blocks(sparql: str, prefixes: Mapping[str, str] | None = None) -> tuple[SearchBlock, ...]:
    """The search blocks of a query, in order; raises ``QueryError`` for one that cannot be read.

    *prefixes* are those that hold where the query declares no others.
    """
    if "service" not in sparql.lower():
        return ()
    found = tuple(_blocks(sparql, dict(prefixes or {})))
    if len(found) > MOST_BLOCKS:
        raise QueryError(
            f"The query has {len(found)} search blocks, and {MOST_BLOCKS} are the most that is taken",
            where=position(sparql, found[MOST_BLOCKS].start),
            remedy="Look for several words in one block, with OR between them.",
        )
    return found


def with_places(sparql: str, blocks: tuple[SearchBlock, ...]) -> str:
    """The query with an empty VALUES in place of each block: as long as before, so that all places stay right."""
    parts, end = [], 0
    for block in blocks:
        parts += [sparql[end : block.start], _place(sparql[block.start : block.end], block)]
        end = block.end
    return "".join([*parts, sparql[end:]])


def pieces(sparql: str, blocks: tuple[SearchBlock, ...]) -> list[str]:
    """The query around its blocks: one piece more than there are blocks."""
    ends = [0, *(block.end for block in blocks)]
    starts = [*(block.start for block in blocks), len(sparql)]
    return [sparql[end:start] for end, start in zip(ends, starts, strict=True)]


def _place(text: str, block: SearchBlock) -> str:
    values = f"VALUES({' '.join(block.variables)}){{}}"
    first, *others = re.sub(r"[^\n]", " ", text).split("\n")
    return "\n".join([values + first[len(values) :], *others])


def _blocks(sparql: str, prefixes: dict[str, str]) -> Iterator[SearchBlock]:
    stream = list(tokens(sparql))
    at = 0
    while at < len(stream):
        token = stream[at]
        if token.kind == "word" and token.text.upper() == "PREFIX" and at + 2 < len(stream):
            prefixes[stream[at + 1].text.removesuffix(":")] = stream[at + 2].text[1:-1]
        if token.kind == "word" and token.text.upper() == "SERVICE":
            reading = _Reading(sparql, stream, at, prefixes)
            if reading.is_search():
                block, at = reading.block()
                yield block
                continue
        at += 1


class _Reading:
    """Reads one block from the token SERVICE on."""

    def __init__(self, sparql: str, stream: list[Token], at: int, prefixes: Mapping[str, str]) -> None:
        self._sparql = sparql
        self._stream = stream
        self._first = stream[at]
        self._at = at + 1
        self._prefixes = prefixes

    def is_search(self) -> bool:
        """Whether the service is ours; then its name is read."""
        if self._peek() is not None and self._word() == "SILENT":
            self._at += 1
        token = self._peek()
        if token is None or self._iri(token) != TG.search.value:
            return False
        self._at += 1
        return True

    def block(self) -> tuple[SearchBlock, int]:
        """The block, and the number of the token after it."""
        self._take("{", "A search block has braces")
        thing = ""
        values: dict[str, Token] = {}
        while (token := self._next("The search block is not closed")).text != "}":
            if token.kind != "variable":
                raise self._error(token, "What is looked for in a search block is a variable")
            name = "?" + token.text[1:]
            if thing and name != thing:
                raise self._error(token, f"A search block is about one thing, and this one is about {thing}")
            thing = name
            self._statements(values)
        end = self._stream[self._at - 1]
        if "matches" not in values:
            raise self._error(end, "The search block does not say what it looks for")
        return self._made(thing, values, end), self._at

    def _statements(self, values: dict[str, Token]) -> None:
        """Predicates and objects of one subject, divided by semicolons, up to a full stop or the brace."""
        while True:
            token = self._next("The search block is not closed")
            if token.text == ";":
                continue
            if token.text in (".", "}"):
                self._at -= token.text == "}"
                return
            name = _NAMES.get(self._iri(token) or "")
            if name is None:
                raise self._error(
                    token,
                    f"A search block knows tg:{', tg:'.join(_NAMES.values())}, and this is none of them",
                )
            if name in values:
                raise self._error(token, f"tg:{name} stands twice in the search block")
            values[name] = self._value(name)

    def _value(self, name: str) -> Token:
        token = self._next("The search block is not closed")
        if name == "matches":
            following = self._peek()
            if token.kind != "string" or (following and (following.kind == "tag" or following.text == "^")):
                raise self._error(token, "What is looked for is a plain string in quotation marks")
        elif name == "limit":
            return self._number(token)
        elif token.kind != "variable":
            raise self._error(token, f"The object of tg:{name} is a variable")
        return token

    def _number(self, token: Token) -> Token:
        end = token.offset
        while end < len(self._sparql) and self._sparql[end] in "0123456789":
            end += 1
        digits = self._sparql[token.offset : end]
        if not digits or len(digits) > len(str(MOST_LIMIT)) or not 0 < int(digits) <= MOST_LIMIT:
            raise self._error(token, f"tg:limit is a number from 1 to {MOST_LIMIT:,}")
        while self._peek() and self._stream[self._at].offset < end:
            self._at += 1
        return Token("number", digits, token.offset)

    def _made(self, thing: str, values: dict[str, Token], end: Token) -> SearchBlock:
        matches = values["matches"]
        words = unescaped(matches.text)
        if len(words) > LONGEST_WORDS:
            raise self._error(matches, f"What is looked for has more than {LONGEST_WORDS:,} characters")
        if not wanted(words):
            raise self._error(matches, "There is no word to look for")
        block = SearchBlock(
            self._first.offset,
            end.offset + 1,
            thing,
            words,
            _variable(values.get("score")),
            _variable(values.get("snippet")),
            int(values["limit"].text) if "limit" in values else DEFAULT_LIMIT,
        )
        if len(set(block.variables)) < len(block.variables):
            raise self._error(self._first, "Two values of the search block have the same variable")
        return block

    def _iri(self, token: Token) -> str | None:
        if token.kind == "iri":
            return token.text[1:-1]
        if token.kind != "name":
            return None
        prefix, _, local = token.text.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else None

    def _word(self) -> str:
        return self._stream[self._at].text.upper()

    def _peek(self) -> Token | None:
        return self._stream[self._at] if self._at < len(self._stream) else None

    def _next(self, lacking: str) -> Token:
        token = self._peek()
        if token is None:
            raise self._error(self._first, lacking)
        self._at += 1
        return token

    def _take(self, sign: str, otherwise: str) -> None:
        token = self._next(otherwise)
        if token.text != sign:
            raise self._error(token, otherwise)

    def _error(self, token: Token, what: str) -> QueryError:
        return QueryError(what, where=position(self._sparql, token.offset), remedy=_EXAMPLE)


def _variable(token: Token | None) -> str | None:
    return None if token is None else "?" + token.text[1:]


def unescaped(literal: str) -> str:
    """The value of a string of SPARQL as it is written, with its quotation marks (SPARQL 1.1 §19.7)."""
    size = 3 if literal[:3] in ('"""', "'''") and len(literal) > 5 else 1

    def value(match: re.Match[str]) -> str:
        sign = match[1]
        if sign[0] in "uU" and len(sign) > 1:
            code = int(sign[1:], 16)
            return chr(code) if code <= 0x10FFFF else "\ufffd"
        return _ESCAPES.get(sign, sign)

    return _ESCAPE.sub(value, literal[size:-size])
