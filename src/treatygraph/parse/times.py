"""A plain string → the ranges of hours printed in it: "3-6 p.m.", "10 a.m. to noon", "15.00–18.00"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.parse.figures import plain_figures
from treatygraph.parse.lexicon import entries, fold, one_of, words
from treatygraph.parse.writing import writing

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
    """Two hours with a dash or word between them; halves of the day stand before or behind the hour."""
    how = writing(language)

    def table(name: str) -> str:
        return one_of(words(language, "times", name))

    halves = entries(language, "times", "half")
    before = one_of(entry["text"] for entry in halves if entry.get("before"))
    behind = one_of(entry["text"] for entry in halves if not entry.get("before"))
    to = rf"(?:{_DASH}|\s{{0,2}}(?<!\d){table('to')}{how.gap}|{how.gap}{table('to')}{how.gap})"
    first = rf"(?:{table('from')}{how.gap})?"
    right = r"(?![A-Za-z])" if how.spaced else ""

    def hour(side: str) -> str:
        minutes = rf"\s?(?:[:.h/]|{table('separator')})\s?(?P<{side}m>{_MINUTES})(?:\s?{table('minute')})?"
        clock = rf"(?P<{side}h>{_CLOCK})(?:{minutes})?"
        word = rf"(?P<{side}o>\s{{0,2}}{table('hours')}{right})?"
        return (
            rf"{first}(?:(?P<{side}n>{table('named')})|(?P<{side}w>(?:[01][0-9]|2[0-4]){_MINUTES}){word}"
            rf"|(?:(?P<{side}q>{before})\s{{0,2}})?{clock}{word.replace(f'{side}o', f'{side}c')}"
            rf"(?:\s{{0,2}}(?P<{side}p>{behind}){right})?)"
        )

    left = r"(?<![\w./:-])" if how.spaced else r"(?<![A-Za-z\d./:-])"
    end = r"(?!\w|[./:-]\d)" if how.spaced else r"(?![A-Za-z\d]|[./:-]\d)"
    return re.compile(rf"{left}{hour('a')}{to}{hour('b')}{end}", re.IGNORECASE)


@cache
def _tells_clock(language: str) -> bool:
    """Whether the word behind a bare hour tells the time of day ("15 heures") and not how long something takes."""
    return any(entry.get("clock") for entry in entries(language, "times", "hours"))


def find_times(text: str, language: str) -> tuple[TimeRange, ...]:
    """The ranges of hours in *text*, in order.

    Two bare numbers ("3-6") are no hours; one of the two needs a half of the day, minutes, or a name. Raises
    ``VocabularyError`` for a language without word lists.
    """
    ranges = []
    for match in _pattern(language).finditer(plain_figures(text)):
        hours = _hours(match, language)
        if hours:
            ranges.append(TimeRange(match.start(), match.end(), *hours))
    return tuple(ranges)


def _hours(match: re.Match[str], language: str) -> tuple[str, str] | None:
    ahead, half = match.group("aq"), match.group("bp") or match.group("bq")
    last = _minutes(match, "b", language, ahead)
    first = _minutes(match, "a", language, match.group("bp"))
    evidence = any(match.group(name) for name in ("an", "bn", "ap", "bp", "aq", "bq"))
    clocked = all(
        match.group(f"{side}m") or (match.group(f"{side}w") and match.group("bo") is not None)
        for side in "ab"
    )
    clocked = clocked or (_tells_clock(language) and bool(match.group("bc") or match.group("bo")))
    if first is None or last is None or not (evidence or clocked):
        return None
    if first >= last and half and not match.group("ap") and first >= _HALF_DAY * 60:
        first -= _HALF_DAY * 60  # "10-1 p.m." begins in the morning
    return (_printed(first), _printed(last)) if first < last else None


def _minutes(match: re.Match[str], side: str, language: str, half_of_other: str | None) -> int | None:
    """Minutes since midnight; an hour without its half of the day takes that of the other hour."""
    if match.group(f"{side}n"):
        return _number(language, "named", match.group(f"{side}n")) * 60
    if match.group(f"{side}w"):
        return int(match.group(f"{side}w")[:2]) * 60 + int(match.group(f"{side}w")[2:])
    hour, minute = int(match.group(f"{side}h")), int(match.group(f"{side}m") or 0)
    own = match.group(f"{side}p") or match.group(f"{side}q")
    half = own or half_of_other
    if half and not (hour > _HALF_DAY and own is None):
        if hour > _HALF_DAY:
            return None
        noon = hour == _HALF_DAY and own is None  # "上午10:00–12:00"
        hour = hour if noon else hour % _HALF_DAY + _number(language, "half", half)
    return hour * 60 + minute


@cache
def _numbers(language: str, table: str) -> dict[str, int]:
    return {entry["text"].casefold(): entry["number"] for entry in entries(language, "times", table)}


def _number(language: str, table: str, printed: str) -> int:
    return _numbers(language, table)[fold(printed)]


def _printed(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
