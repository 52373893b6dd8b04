"""A string → its words: where each starts and ends, and its form for comparison."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

# A word (with inner hyphens and apostrophes), a number with letters glued to it (16th, 12A), or one other character.
# The joints and the letters exclude each other, so that no text makes the pattern try a stretch twice.
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-'\u2019\u2010\u2011][^\W\d_]+)*|\d+[^\W\d_]*|\S")
_FOLDED: Final = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-"}
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of *text*: ``norms[i]`` is the comparison form of ``text[starts[i]:ends[i]]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    norms: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.norms)

    def raw(self, index: int) -> str:
        """The word as printed; empty outside the text."""
        if not 0 <= index < len(self.norms):
            return ""
        return self.text[self.starts[index] : self.ends[index]]

    def norm(self, index: int) -> str:
        """The comparison form of a word; empty outside the text."""
        return self.norms[index] if 0 <= index < len(self.norms) else ""

    def glued(self, index: int) -> bool:
        """Whether no space stands between the word and the one before it."""
        return 0 < index < len(self.norms) and self.ends[index - 1] == self.starts[index]

    def index_at(self, offset: int) -> int:
        """The first word that starts at or after *offset*."""
        return bisect_left(self.starts, offset)

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.raw(index)[:1].isupper()


def fold(word: str) -> str:
    """The comparison form of a word: case folded, one kind of hyphen, dash and apostrophe."""
    return word.casefold().translate(_FOLDED)


def tokenise(text: str) -> Words:
    """The words of *text*, in time linear in its length."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    folded = text.translate(_FOLDED)
    return Words(
        text,
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
        tuple(folded[start:end].casefold() for start, end in spans),
    )


class Trie:
    """Phrases by their words; ``longest`` gives what is stored for the longest phrase that starts at a word."""

    __slots__ = ("_root",)

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, phrase: str, value: object, *, without: str = "") -> None:
        """Stores *value* under the words of *phrase*, leaving out words that stand in *without*."""
        node = self._root
        for norm in tokenise(phrase).norms:
            if norm not in without:
                node = node.setdefault(norm, {})
        node.setdefault("", []).append(value)

    def matches(self, words: Words, index: int, *, skip: str = "") -> Iterator[tuple[int, list[Any]]]:
        """Every stored phrase that starts at *index*, shortest first, as (index after it, values).

        Words that stand in *skip* may come between the words of the text.
        """
        node: dict[str, Any] | None = self._root
        position, norms = index, words.norms
        while position < len(norms) and node is not None:
            norm = norms[position]
            inner = node.get(norm)
            position += 1
            if inner is None:
                if norm in skip and position > index + 1:
                    continue
                return
            node = inner
            if "" in inner:
                yield position, inner[""]

    def longest(self, words: Words, index: int, *, skip: str = "") -> tuple[int, list[Any]] | None:
        """The longest stored phrase that starts at *index* as (index after it, values), or None."""
        found = None
        for found in self.matches(words, index, skip=skip):  # noqa: B007
            pass
        return found
