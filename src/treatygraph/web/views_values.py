"""What both pictures show: things with their labels, and dates in words."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import THINGS, key_of
from treatygraph.web.asking import Row
from treatygraph.web.names import page_of

PLACES: Final = {
    "title": "title",
    "annotation": "annotation",
    "programme": "programme of work",
    "documentation": "documentation",
}
"""Where an agenda names a provision → the words for it, the most telling first."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing on a page."""

    key: str
    """Its key; for things of others their IRI."""
    words: str
    """Its label, or its key where it has none."""
    href: str | None
    """The address of its page; None for things of others."""
    language: str | None = None
    """The language of the label, where it is known."""


def named(row: Row, name: str, label: str | None = None) -> Named | None:
    """The thing in a column of a row, with the label in another column (default: ``{name}Label``)."""
    term = row.get(name)
    if term is None:
        return None
    words = row.get(label or f"{name}Label")
    key = key_of(term) if isinstance(term, NamedNode) and term.value.startswith(THINGS) else term.value
    return Named(
        key=key,
        words=words.value if words is not None else key,
        href=page_of(term.value) if isinstance(term, NamedNode) else None,
        language=words.language if isinstance(words, Literal) else None,
    )


def text_of(row: Row, name: str) -> str | None:
    """The text in a column; None where it is not bound."""
    term = row.get(name)
    return None if term is None else term.value


def days_in_words(earliest: date | None, latest: date | None) -> str:
    """A stretch of days as a reader writes it.

    >>> days_in_words(date(2016, 10, 19), date(2016, 10, 21))
    '19–21 October 2016'
    >>> days_in_words(date(2008, 10, 1), date(2008, 10, 31))
    'October 2008'
    """
    if earliest is None or latest is None:
        known = earliest or latest
        return "not known" if known is None else f"{'from' if earliest else 'until'} {_day(known)}"
    if earliest == latest:
        return _day(earliest)
    last = calendar.monthrange(latest.year, latest.month)[1]
    whole_months = earliest.day == 1 and latest.day == last
    if whole_months and earliest.year == latest.year and (earliest.month, latest.month) == (1, 12):
        return f"{earliest.year:04d}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return _month(latest) if whole_months else f"{earliest.day}–{_day(latest)}"
    if earliest.year == latest.year:
        return f"{earliest.day} {calendar.month_name[earliest.month]} – {_day(latest)}"
    return f"{_day(earliest)} – {_day(latest)}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"
