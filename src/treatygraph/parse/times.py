"""A plain string → the ranges of hours printed in it: "3-6 p.m.", "10 a.m. to noon", "15.00–18.00"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.parse.lexicon import entries, one_of, words

_DASH: Final = r"\s{0,2}[-\u2010-\u2015\u2212]{1,2}\s{0,2}"
_CLOCK: Final = r"(?:[01]?[0-9]|2[0-4])"
_MINUTES: Final = r"[0-5][0-9]"
_HALF_DAY: Final = 12


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Hours printed in a string, ``string[start:end]``: ``first`` and ``last`` as ``HH:MM`` local time."""

    start: int
    end: int
    first: str
    last: str


@cache
def _pattern(language: str) -> re.Pattern[str]:
    half = one_of(words(language, "times", "half"))
    named = one_of(words(language, "times", "named"))
    to = rf"(?:{_DASH}|\s{{1,2}}{one_of(words(language, 'times', 'to'))}\s{{1,2}})"
    hours = rf"(?P<word>\s{{0,2}}(?:{one_of(words(language, 'times', 'hours'))})(?!\w))?"

    def hour(side: str) -> str:
        clock = rf"(?P<{side}h>{_CLOCK})(?:\s?[:.h]\s?(?P<{side}m>{_MINUTES}))?"
        return (
            rf"(?:(?P<{side}n>{named})|(?P<{side}w>(?:[01][0-9]|2[0-4]){_MINUTES})"
            rf"|{clock}(?:\s{{0,2}}(?P<{side}p>{half})(?![A-Za-z]))?)"
        )

    return re.compile(
        rf"(?<![\w./:-]){hour('a')}{hours.replace('word', 'early')}{to}{hour('b')}{hours}(?!\w|[./:-]\d)",
        re.IGNORECASE,
    )


def find_times(text: str, language: str) -> tuple[TimeRange, ...]:
    """The ranges of hours in *text*, in order.

    Two bare numbers ("3-6") are no hours; one of the two needs a half of the day, minutes, or a name. Raises
    ``VocabularyError`` for a language without word lists.
    """
    ranges = []
    for match in _pattern(language).finditer(text):
        hours = _hours(match, language)
        if hours:
            ranges.append(TimeRange(match.start(), match.end(), *hours))
    return tuple(ranges)


def _hours(match: re.Match[str], language: str) -> tuple[str, str] | None:
    last = _minutes(match, "b", language, None)
    half = match.group("bp")
    first = _minutes(match, "a", language, half)
    evidence = any(match.group(name) for name in ("an", "bn", "ap", "bp"))
    clocked = all(
        match.group(f"{side}m") or (match.group(f"{side}w") and match.group("word")) for side in "ab"
    )
    if first is None or last is None or not (evidence or clocked):
        return None
    if first >= last and half and not match.group("ap") and first >= _HALF_DAY * 60:
        first -= _HALF_DAY * 60  # "10-1 p.m." begins in the morning
    return (_printed(first), _printed(last)) if first < last else None


def _minutes(match: re.Match[str], side: str, language: str, half_of_other: str | None) -> int | None:
    """Minutes since midnight; an hour without its half of the day takes that of the hour after it."""
    if match.group(f"{side}n"):
        return _number(language, "named", match.group(f"{side}n")) * 60
    if match.group(f"{side}w"):
        return int(match.group(f"{side}w")[:2]) * 60 + int(match.group(f"{side}w")[2:])
    hour, minute = int(match.group(f"{side}h")), int(match.group(f"{side}m") or 0)
    half = match.group(f"{side}p") or half_of_other
    if half:
        if hour > _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + _number(language, "half", half)
    return hour * 60 + minute


@cache
def _numbers(language: str, table: str) -> dict[str, int]:
    return {entry["text"].casefold(): entry["number"] for entry in entries(language, "times", table)}


def _number(language: str, table: str, printed: str) -> int:
    return _numbers(language, table)[re.sub(r"\s+", " ", printed.casefold())]


def _printed(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
