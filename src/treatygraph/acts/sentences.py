"""A plain string → its sentences as half-open ranges, and a masked copy in which asides and quotations are blank.

A full stop ends a sentence unless it closes an abbreviation (art., No., p.m.), an initial or a number of a list,
or stands inside brackets or quotation marks that close later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from treatygraph.acts.lexicon import MASK, load

_STOP: Final = re.compile(r"[.!?؟][\"”’)\]]{0,2}(?=\s|$)|[。！？][”’）]{0,2}")
_LAST_WORD: Final = re.compile(r"([\w.]{1,30})$")
_NEXT: Final = re.compile(r"\s*[\"“‘(\[]{0,2}(.)?")
_PLAIN_QUOTE: Final = '"'
# The noun of a part and its letter.
_LONGEST_NOUN: Final = 20
# Brackets deeper than this are no prose.
MAX_DEPTH: Final = 8
# Beyond this an opening bracket or quotation mark without its partner is taken for a misprint.
MAX_ASIDE: Final = 600


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(entry["text"].casefold() for entry in load(language, "abbreviations")["abbreviation"])


@cache
def _lettered(language: str) -> re.Pattern[str]:
    """A letter that is the number of a part of a text, at the end of a stretch: "Annex A"."""
    nouns = "|".join(
        re.escape(entry["text"]) for entry in load(language, "abbreviations").get("lettered", ())
    )
    return re.compile(rf"(?<!\w)(?:{nouns or '(?!)'})\s\w$", re.IGNORECASE)


@cache
def _marks(language: str) -> tuple[re.Pattern[str], frozenset[str], Mapping[str, str]]:
    """The marks of asides of a language: a pattern for one, those that open, and by each that closes what it closes."""
    pairs = [*load(language, "grammar")["asides"], _PLAIN_QUOTE * 2]
    opening = frozenset(pair[0] for pair in pairs)
    closing = MappingProxyType({pair[1]: pair[0] for pair in pairs})
    return re.compile("[" + re.escape("".join(sorted({*opening, *closing}))) + "]"), opening, closing


def asides(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The ranges of bracketed and quoted stretches, outermost only, marks included; one pass over the text."""
    closed: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    marks, opening, closing = _marks(language)
    for match in marks.finditer(text):
        mark, position = match.group(), match.start()
        while opened and position - opened[0][1] > MAX_ASIDE:
            opened.pop(0)
        closes = closing.get(mark)
        partner = next((i for i in range(len(opened) - 1, -1, -1) if closes == opened[i][0]), None)
        if partner is not None:
            closed.append((opened[partner][1], match.end()))
            del opened[partner:]
        elif mark in opening:
            opened = [*opened[-MAX_DEPTH:], (mark, position)]
    return _outermost(closed)


def _outermost(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(ranges, key=lambda entry: (entry[0], -entry[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def mask(text: str, language: str) -> str:
    """*text* with every bracketed or quoted stretch replaced by a filler of the same length."""
    pieces: list[str] = []
    position = 0
    for start, end in asides(text, language):
        pieces += [text[position:start], MASK * (end - start)]
        position = end
    return "".join([*pieces, text[position:]])


def _ends(text: str, stop: re.Match[str], language: str) -> bool:
    before = _LAST_WORD.search(text, max(0, stop.start() - 30), stop.start())
    following = _NEXT.match(text, stop.end())
    after = following.group(1) if following else None
    if after is not None and after.islower():
        return False
    if text[stop.start()] != "." or before is None:
        return True
    word = before.group(1)
    if f"{word}.".casefold() in _abbreviations(language):
        return after is None or (f"{word}." in {"p.m.", "a.m."} and after.isupper())
    initial = len(word) == 1 and word.isupper()
    return (
        not initial
        or _lettered(language).search(text, max(0, stop.start() - _LONGEST_NOUN), stop.start()) is not None
    )


def sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The sentences of *text* in order, without the white space between them; together they hold all its words."""
    masked = mask(text, language)
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(masked):
        if _ends(masked, stop, language):
            found.append((start, stop.end()))
            start = stop.end()
    found.append((start, len(text)))
    return tuple(trimmed for begin, end in found if (trimmed := _trim(text, begin, end)) is not None)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
