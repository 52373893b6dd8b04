"""A plain string → the dates printed in it, each with the span of its words.

The words and the order of the parts are data (``lang/<code>/dates.toml``); this module turns them into one
pattern for each shape. All quantifiers are bounded, so that a scan is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from treatygraph.model.dates import PartialDate
from treatygraph.parse.figures import plain_figures
from treatygraph.parse.lexicon import entries, fold, one_of, words
from treatygraph.parse.writing import writing

_SPACE: Final = r"\s{1,4}"
_DASH: Final = r"[-\u2010-\u2015\u2212]"
_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR: Final = r"(?:1[6-9]|2[01])[0-9]{2}"
# A number that goes on to the left is part of a symbol, a decimal or a larger number, not a day.
_LEFT: Final = r"(?<![\w/.])(?<!\d[,:])"
_RIGHT: Final = r"(?![\w/]|[-.,:]\d)"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a range of dates printed in a string: ``text`` is ``string[start:end]``.

    ``first`` and ``last`` are equal for a day, month or year alone. ``bare_year`` marks a year alone
    ("in 2015"), which is weak evidence; the span is then the year, without the word before it.
    ``year_given`` marks a date whose year was not printed but supplied by the caller.
    """

    start: int
    end: int
    first: PartialDate
    last: PartialDate
    text: str
    bare_year: bool = False
    year_given: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    pattern: re.Pattern[str]


@cache
def _months(language: str) -> dict[str, int]:
    return {entry["text"].casefold(): entry["number"] for entry in entries(language, "dates", "month")}


def _month_words(language: str) -> str:
    # "May" and "March" are words too: a month is printed with a capital (or in capitals throughout).
    names = words(language, "dates", "month")
    return one_of([*names, *(name.upper() for name in names)])


def _slots(language: str) -> dict[str, str]:
    month, weekdays = _month_words(language), one_of(words(language, "dates", "weekday"))
    ordinal = f"(?:{one_of(words(language, 'dates', 'day_ending'))})?"
    to = rf"(?:\s{{0,2}}{_DASH}{{1,2}}\s{{0,2}}|,?{_SPACE}{one_of(words(language, 'dates', 'to'))}{_SPACE})"
    behind = (
        r"\s{0,2}" if writing(language).proclitics else _SPACE
    )  # "5 و6": the word is a letter of the next one
    both = rf"{_SPACE}{one_of(words(language, 'dates', 'and'))}{behind}"
    aside = r"(?:\s{0,2}\([^()\n]{1,40}\))?"
    return {
        "d1": rf"(?P<d1>{_DAY}){ordinal}",
        "d2": rf"(?P<d2>{_DAY}){ordinal}",
        "m1": rf"(?P<m1>{month})",
        "m2": rf"(?P<m2>{month})",
        "y1": rf"(?P<y1>{_YEAR})",
        "y2": rf"(?P<y2>{_YEAR})",
        "mm": r"(?P<m2>0[1-9]|1[0-2])",
        "n1": r"(?P<m1>1[0-2]|0?[1-9])",
        "n2": r"(?P<m2>1[0-2]|0?[1-9])",
        "dd": r"(?P<d1>0[1-9]|[12][0-9]|3[01])",
        "w": rf"(?:{weekdays},?{_SPACE})?",
        "to": to,
        "to_or_slash": rf"(?:{to}|\s?/\s?|{both})",
        "aside": aside,
        "until": r"(?:\s{0,2}\([^()\n]{0,20}\d[^()\n]{0,20}\))?",
        "days": rf"(?P<days>{_DAY}{ordinal}(?:,{_SPACE}{_DAY}{ordinal}){{0,8}},?{both}{_DAY}{ordinal})",
    }


@cache
def _shapes(language: str) -> tuple[_Shape, ...]:
    slots = _slots(language)
    shapes = []
    for entry in entries(language, "dates", "shape"):
        template = entry["pattern"].replace(" ", _SPACE.replace("{", "{{").replace("}", "}}"))
        body = template.format_map(slots)
        right = _RIGHT if "{y2}" in entry["pattern"] else rf"{_RIGHT}(?!,?{_SPACE}{_YEAR}(?!\d))"
        left = _LEFT
        if entry.get("spaceless"):  # a script that writes its words, and so its dates, without spaces
            left, right = r"(?<![\d/.])", r"(?![\d/])"
        shapes.append(_Shape(entry["id"], re.compile(left + body + right)))
    return tuple(shapes)


@cache
def _starts(language: str) -> re.Pattern[str]:
    """Where a date may start: a digit, a weekday or a month."""
    named = one_of([*words(language, "dates", "weekday")])
    if any(entry.get("spaceless") for entry in entries(language, "dates", "shape")):
        return re.compile(r"(?<!\d)\d")
    return re.compile(rf"(?<!\w)(?:\d|{named}|{_month_words(language)})")


@cache
def _years(language: str) -> re.Pattern[str]:
    after = one_of(words(language, "dates", "year_after"))
    return re.compile(rf"(?<!\w)(?i:{after})(?:{_SPACE}the)?{_SPACE}(?P<y2>{_YEAR}){_RIGHT}")


def find_dates(text: str, language: str, *, year: int | None = None) -> tuple[DateMention, ...]:
    """The dates in *text*, in order, without overlaps.

    Ranges ("28 June to 8 July 2004", "19 (from 3:00 p.m.) to 21 October 2016") are one mention, and so are
    days that follow each other ("4 and 5 May 2022"); other days of a list are a mention each. A day and month
    without a year is found only where *year* is given. A date that no calendar has is left out. Raises
    ``VocabularyError`` for a language without word lists.
    """
    mentions: list[DateMention] = []
    position, plain = 0, plain_figures(text)
    for candidate in _starts(language).finditer(plain):
        if candidate.start() < position:
            continue
        found = _at(plain, candidate.start(), language, year)
        if found:
            mentions.extend(found)
            position = found[-1].end
    mentions.extend(_bare_years(plain, language, mentions))
    ordered = sorted(mentions, key=lambda mention: mention.start)
    if plain is text:
        return tuple(ordered)
    return tuple(replace(mention, text=text[mention.start : mention.end]) for mention in ordered)


def find_day_months(text: str, language: str, *, year: int) -> tuple[DateMention, ...]:
    """The dates in *text* printed with day and month but no year ("Wednesday, 19 October"), in that year."""
    return tuple(mention for mention in find_dates(text, language, year=year) if mention.year_given)


def _at(text: str, start: int, language: str, year: int | None) -> tuple[DateMention, ...]:
    for shape in _shapes(language):
        if year is None and "without-year" in shape.name:
            continue
        match = shape.pattern.match(text, start)
        if match is None:
            continue
        try:
            return _mentions(match, language, year)
        except ValueError:  # 31 February, or a last day before the first: not a date
            continue
    return ()


def _mentions(match: re.Match[str], language: str, given: int | None) -> tuple[DateMention, ...]:
    parts = match.groupdict()
    printed = parts.get("y2")
    year = int(printed) if printed else given
    if year is None:
        raise ValueError("a date without a year")
    month = _month(parts.get("m2") or parts.get("m1"), language)
    if parts.get("days"):
        return _listed(match, year, month, year_given=printed is None)
    first_month = _month(parts.get("m1"), language) or month
    last_day = parts.get("d2") or parts.get("d1")
    first_day = parts.get("d1")
    last = PartialDate(year, month, int(last_day) if last_day else None)
    first_year = int(parts["y1"]) if parts.get("y1") else year
    if first_month and month and first_month > month and not parts.get("y1"):
        first_year -= 1  # "28 December to 3 January 2021" names the year of its last day
    first = PartialDate(first_year, first_month, int(first_day) if first_day else None)
    if (first.earliest, first.latest) > (last.earliest, last.latest):
        raise ValueError("a range that ends before it starts")
    mention = DateMention(match.start(), match.end(), first, last, match.group(), year_given=printed is None)
    return (mention,)


def _month(printed: str | None, language: str) -> int | None:
    if printed is None:
        return None
    return int(printed) if printed.isdigit() else _months(language)[fold(printed)]


def _listed(
    match: re.Match[str], year: int, month: int | None, *, year_given: bool
) -> tuple[DateMention, ...]:
    """Days named one by one: one range where they follow each other, else a mention each."""
    base = match.start("days")
    found = list(re.finditer(r"\d+", match.group("days")))
    days = [int(day.group()) for day in found]
    dates = [PartialDate(year, month, day) for day in days]
    if days == list(range(days[0], days[0] + len(days))):
        return (
            DateMention(
                match.start(), match.end(), dates[0], dates[-1], match.group(), year_given=year_given
            ),
        )
    mentions = []
    for index, (day, date) in enumerate(zip(found, dates, strict=True)):
        start = match.start() if index == 0 else base + day.start()
        end = match.end() if index == len(found) - 1 else base + day.end()
        mentions.append(DateMention(start, end, date, date, match.string[start:end], year_given=year_given))
    return tuple(mentions)


def _bare_years(text: str, language: str, taken: list[DateMention]) -> list[DateMention]:
    spans = {offset for mention in taken for offset in (mention.start, mention.end - 4)}
    years = []
    for match in _years(language).finditer(text):
        start, end = match.span("y2")
        if start not in spans:
            date = PartialDate(int(match.group("y2")))
            years.append(DateMention(start, end, date, date, match.group("y2"), bare_year=True))
    return years
