"""Dates on pages: ISO forms of the registry and printed ones become "19–21 October 2016"; others stay as printed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

from treatygraph.model.dates import PartialDate
from treatygraph.web.views_values import days_in_words

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_DAYS = re.compile(
    r"(?P<first>\d{1,2})(?: (?P<first_month>[A-Za-z]{3,9}))?"
    r"(?: ?(?:to|and|-|–) ?(?P<last>\d{1,2}))? (?P<month>[A-Za-z]{3,9}) (?P<year>\d{4})"
)
_MONTH = re.compile(r"(?P<month>[A-Za-z]{3,9}) (?P<year>\d{4})")

Days = tuple[date, date]


def in_words(printed: str) -> str:
    """A date as a reader writes it: "2016-10-19/2016-10-21" and "19-21 October 2016" → "19–21 October 2016"."""
    found = days(printed)
    return days_in_words(*found) if found else printed


def day_in_words(day: str) -> str:
    """One day (xsd:date) in words."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return day
    return days_in_words(parsed, parsed)


def exactest(printed: Iterable[str]) -> str | None:
    """Several dates of one thing in words, without those that another says more exactly; None where there is none."""
    read = {text: days(text) for text in sorted(printed)}
    kept = {
        in_words(text): found
        for text, found in read.items()
        if not any(_within(other, found) for name, other in read.items() if name != text)
    }
    return " or ".join(kept) or None


def days(printed: str) -> Days | None:
    """The first and last day that a date means; None where its form is not known."""
    try:
        return _iso(printed) or _printed(" ".join(printed.split()))
    except ValueError:
        return None


def _iso(printed: str) -> Days | None:
    if not printed[:4].isdecimal():
        return None
    first, slash, last = printed.partition("/")
    begin = PartialDate.parse(first)
    end = PartialDate.parse(last) if slash else begin
    return date.fromisoformat(begin.earliest), date.fromisoformat(end.latest)


def _printed(text: str) -> Days | None:
    if match := _DAYS.fullmatch(text):
        month = _MONTHS.get(match["month"].lower())
        first_month = _MONTHS.get((match["first_month"] or match["month"]).lower())
        if month is None or first_month is None or (match["first_month"] and not match["last"]):
            return None
        year = int(match["year"])
        last = int(match["last"] or match["first"])
        return date(year, first_month, int(match["first"])), date(year, month, last)
    if match := _MONTH.fullmatch(text):
        month = _MONTHS.get(match["month"].lower())
        return _iso(f"{match['year']}-{month:02d}") if month else None
    return None


def _within(inner: Days | None, outer: Days | None) -> bool:
    return (
        inner is not None
        and outer is not None
        and inner != outer
        and outer[0] <= inner[0]
        and inner[1] <= outer[1]
    )
