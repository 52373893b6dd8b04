"""The words behind a name → the place and date that they give it ("…, held in Vienna from 10 to 21 October 2005")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.acts.lexicon import grammar, words
from treatygraph.acts.passages import Passage
from treatygraph.model.actions import Dated
from treatygraph.model.text import Span
from treatygraph.parse.dates import DateMention, find_dates

# How far behind a name its date can stand, in characters.
REACH: Final = 120
_WORD: Final = re.compile(r"[^\s,()]+")


@dataclass(frozen=True, slots=True)
class Dating:
    """Place and date in coordinates of the string, each perhaps missing."""

    place: tuple[int, int] | None
    date: DateMention | None


@cache
def _allowed(language: str) -> frozenset[str]:
    return frozenset(words(language, "dating"))


def dating(text: str, position: int, language: str) -> Dating:
    """What ``text[position:]`` says of when and where, directly behind the name that ends at *position*."""
    stretch = text[position : position + REACH]
    date = next(iter(find_dates(stretch, language)), None)
    gap = stretch[: date.start] if date else ""
    if date is None or not _is_gap(gap, language) or "respectively" in text[position : position + 3 * REACH]:
        return Dating(_place(stretch, position, language), None)
    shifted = DateMention(
        date.start + position, date.end + position, date.first, date.last, date.text, date.bare_year
    )
    return Dating(_place(stretch[: date.start], position, language), shifted)


def _is_gap(gap: str, language: str) -> bool:
    """Whether only words of holding and names of places stand between; a new clause or sentence does not."""
    if ". " in gap or ";" in gap:
        return False
    found = _WORD.findall(gap)
    return all(
        word.casefold() in _allowed(language) or word[0].isupper() or word[0].isdigit() for word in found
    )


def _place(stretch: str, base: int, language: str) -> tuple[int, int] | None:
    match = grammar(language, "place").search(stretch)
    if match is None or not _is_gap(stretch[: match.start()], language):
        return None
    if find_dates(f"1 {match.group(1).split()[0]} 2000", language):
        return None
    return base + match.start(1), base + match.end(1)


def as_dated(passage: Passage, date: DateMention) -> Dated:
    """The date as a value with its words in the source."""
    return Dated(date.first, date.last, date.text, passage.span(date.start, date.end))


def as_place(passage: Passage, place: tuple[int, int] | None) -> tuple[str, Span] | None:
    """The place as printed, with its span in the source."""
    return None if place is None else (passage.text[slice(*place)], passage.span(*place))
