"""A plain string → its sentences as half-open ranges, and a masked copy in which asides and quotations are blank.

A full stop ends a sentence unless it closes an abbreviation (art., No., p.m.), an initial or a number of a list,
or stands inside brackets or quotation marks that close later.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from treatygraph.acts.lexicon import load

_STOP: Final = re.compile(r"[.!?][\"”’)\]]{0,2}(?=\s|$)")
_LAST_WORD: Final = re.compile(r"([\w.]{1,30})$")
_NEXT: Final = re.compile(r"\s*[\"“‘(\[]{0,2}(.)?")
_OPEN: Final = {"“": "”", "«": "»", "(": ")", "[": "]"}
# Beyond this an opening bracket or quotation mark without its partner is taken for a misprint.
MAX_ASIDE: Final = 600
MASK: Final = "\u2059"


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(entry["text"].casefold() for entry in load(language, "abbreviations")["abbreviation"])


def asides(text: str) -> tuple[tuple[int, int], ...]:
    """The ranges of bracketed and quoted stretches, outermost only, marks included."""
    found: list[tuple[int, int]] = []
    position = 0
    opening = re.compile("[" + re.escape("".join(_OPEN)) + "\"]")
    while (match := opening.search(text, position)) is not None:
        end = _closing(text, match.start())
        if end is None:
            position = match.end()
        else:
            found.append((match.start(), end))
            position = end
    return tuple(found)


def _closing(text: str, start: int) -> int | None:
    mark = text[start]
    if mark == '"':
        end = text.find('"', start + 1, start + MAX_ASIDE)
        return None if end < 0 else end + 1
    close, depth = _OPEN[mark], 0
    for index in range(start, min(len(text), start + MAX_ASIDE)):
        depth += (text[index] == mark) - (text[index] == close)
        if depth == 0:
            return index + 1
    return None


def mask(text: str) -> str:
    """*text* with every bracketed or quoted stretch replaced by a filler of the same length."""
    pieces: list[str] = []
    position = 0
    for start, end in asides(text):
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
    return not (len(word) == 1 and word.isupper())


def sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The sentences of *text* in order, without the white space between them; together they hold all its words."""
    masked = mask(text)
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
