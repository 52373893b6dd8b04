"""A list that people narrow by words and turn the pages of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar
from urllib.parse import urlencode

from treatygraph.web.asking import Row
from treatygraph.web.pages.dates import in_words
from treatygraph.web.pages.links import text
from treatygraph.web.search_words import words
from treatygraph.web.views_query import QueryLinks
from treatygraph.web.views_values import days_in_words

T = TypeVar("T")
_NUMBERS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of a list."""

    path: str
    text: str = ""
    """Words that a row must have."""
    page: int = 1
    choices: tuple[tuple[str, str], ...] = ()
    """Further parameters of the list, those that are not the usual."""

    def address(self, page: int) -> str:
        """The address of another page of the same choice."""
        wanted = [("q", self.text), *self.choices, ("page", str(page) if page > 1 else "")]
        given = urlencode([(name, value) for name, value in wanted if value])
        return f"{self.path}?{given}" if given else self.path


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """One page of a list."""

    asked: Asked
    query: QueryLinks
    """The query that gives all rows."""
    rows: tuple[T, ...]
    total: int
    """How many rows there are."""
    found: int
    """How many of them have the words."""
    page: int
    pages: int


def listing(
    rows: Sequence[T], asked: Asked, query: QueryLinks, *, names: Callable[[T], str], per_page: int
) -> Listing[T]:
    """The page of *rows* that is asked for; *names* gives the text of a row in which words are looked for."""
    wanted = words(asked.text)
    found = [row for row in rows if has_words(names(row), wanted)]
    pages = max(1, -(-len(found) // per_page))
    page = min(asked.page, pages)
    shown = tuple(found[(page - 1) * per_page : page * per_page])
    return Listing(asked, query, shown, len(rows), len(found), page, pages)


def has_words(name: str, wanted: Sequence[str]) -> bool:
    """Whether a text has all words, each as the beginning of one of its own."""
    held = words(name)
    return all(any(each.startswith(word) for each in held) for word in wanted)


def number(row: Row, name: str) -> int:
    """The count in a column; 0 where it is not bound."""
    return int(text(row, name) or 0)


def when(row: Row) -> tuple[str | None, bool]:
    """The days in a row in words, and whether sources disagree; None where they are not known.

    ``earliest`` and ``latest`` are the narrowest window; where it is empty, the printed dates contradict each other.
    """
    first, last = text(row, "earliest"), text(row, "latest")
    printed = (text(row, "dates") or "").split("; ") if text(row, "dates") else []
    contradict = bool(first and last and first > last)
    if len(printed) > 1 and (contradict or text(row, "disputed") == "true"):
        return " or ".join(map(in_words, sorted(printed))), True
    if first or last:
        try:
            begin, end = (date.fromisoformat(day) if day else None for day in (first, last))
        except ValueError:
            return "; ".join(printed) or None, contradict
        return days_in_words(begin, end), contradict
    return ("; ".join(map(in_words, printed)) or None), False


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """The order of names with numbers in them: 9 before 10."""
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in _NUMBERS.split(name) if part)
