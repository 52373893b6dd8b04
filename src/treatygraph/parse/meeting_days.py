"""A plain string → the days of a meeting that it prints: "Wednesday, 19 October", "19 October 2016", "Wednesday"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from treatygraph.model.dates import PartialDate
from treatygraph.parse.dates import find_dates
from treatygraph.parse.lexicon import entries, fold, one_of, words

_DAYS_SEARCHED: Final = 62


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the meeting, by which a day without a year, or a weekday alone, is understood."""

    first: PartialDate | None
    last: PartialDate | None
    language: str

    @property
    def only_day(self) -> str | None:
        """The day of a meeting of one day, whose programme need not print it again."""
        if self.first is None or self.first != self.last or self.first.day is None:
            return None
        return str(self.first)

    def days(self, text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
        """The single days printed in ``text[start:end]`` as (``YYYY-MM-DD``, start, end)."""
        part = text[start:end]
        year = self.first.year if self.first else None
        found = []
        for mention in find_dates(part, self.language, year=year):
            if mention.bare_year or mention.first != mention.last or mention.first.day is None:
                continue
            day = self._in_meeting(mention.first) if mention.year_given else mention.first
            found.append((str(day), start + mention.start, start + mention.end))
        return tuple(found) or self._weekday(text, start, end)

    def _in_meeting(self, date: PartialDate) -> PartialDate:
        """The date in the year that puts it into the meeting, where the meeting runs over New Year."""
        if self.last and date.earliest < (self.first or date).earliest and self.last.year > date.year:
            return PartialDate(self.last.year, date.month, date.day)
        return date

    def _weekday(self, text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
        match = _weekday_alone(self.language).fullmatch(text, start, end)
        if match is None or self.first is None or self.last is None:
            return ()
        number = _weekdays(self.language)[fold(match.group("day"))]
        day = _day_of_week(self.first, self.last, number)
        return ((day, start, end),) if day else ()


@cache
def _weekdays(language: str) -> dict[str, int]:
    return {entry["text"].casefold(): entry["number"] for entry in entries(language, "dates", "weekday")}


@cache
def _weekday_alone(language: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?P<day>{one_of(words(language, 'dates', 'weekday'))})\W*", re.IGNORECASE)


def _day_of_week(first: PartialDate, last: PartialDate, number: int) -> str | None:
    """The one day of the meeting that is that weekday; None where there are two or none."""
    day, end = date.fromisoformat(first.earliest), date.fromisoformat(last.latest)
    days: list[date] = []
    while day <= end and len(days) < _DAYS_SEARCHED:
        days.append(day)
        day += timedelta(days=1)
    fitting = [day.isoformat() for day in days if day.isoweekday() == number]
    return fitting[0] if len(fitting) == 1 else None
