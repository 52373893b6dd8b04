"""Dates on pages: ISO forms of the registry become words, printed ones stay as they are."""

from __future__ import annotations

from datetime import date

from treatygraph.model.dates import PartialDate
from treatygraph.web.views_values import days_in_words


def in_words(printed: str) -> str:
    """A date as a reader writes it: "2016-10-19/2016-10-21" → "19–21 October 2016"; other forms as printed."""
    first, slash, last = printed.partition("/")
    try:
        begin = PartialDate.parse(first)
        end = PartialDate.parse(last) if slash else begin
    except ValueError:
        return printed
    return days_in_words(date.fromisoformat(begin.earliest), date.fromisoformat(end.latest))


def day_in_words(day: str) -> str:
    """One day (xsd:date) in words."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return day
    return days_in_words(parsed, parsed)
