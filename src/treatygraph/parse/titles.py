"""Titles of items → how alike two are, and the items whose title holds a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_COMMON_WORD: Final = 60


def words_of(title: str) -> tuple[str, ...]:
    """The words by which titles are compared: NFKC, no case, quotes and marks gone."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return tuple(re.findall(r"\w+", re.sub(r"[’‘'`]", "", folded)))


def likeness(title: str, other: str) -> float:
    """How much two titles have in common, 0 to 1; a title that another begins with counts as the same."""
    first, second = words_of(title), words_of(other)
    if not first or not second:
        return 0.0
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 1 and longer[: len(shorter)] == shorter:
        return 1.0
    return 2 * len(set(first) & set(second)) / (len(set(first)) + len(set(second)))


def begins(title: str, shortened: str) -> bool:
    """Whether a heading is the beginning of a title, were it a single word ("2. Oil")."""
    words = words_of(shortened)
    return bool(words) and words_of(title)[: len(words)] == words


def numbers_by_word(titles: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The items whose title holds a word; words that more than some dozens share tell no title from another."""
    found: dict[str, list[str]] = {}
    for number, title in titles.items():
        for word in dict.fromkeys(words_of(title)):
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items() if len(numbers) <= _COMMON_WORD}
