"""The numbering of a Word file → the label that it prints before each paragraph ("1.", "(a)", "II.")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from treatygraph.read.docx_styles import value
from treatygraph.read.numerals import figure

_PLACE: Final = re.compile(r"%([1-9])")
_BULLET: Final = "•"
_LEVELS: Final = 9
_LARGEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list as defined; ``counts`` are the numbers last printed at each level, None where it starts afresh."""

    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Counts through the lists of one document; ``label`` must be asked once a paragraph, in order.

    Lists with the same definition share their counts, as Word has it, unless one restarts (ISO/IEC 29500-1 §17.9).
    """

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for each in root if root is not None else ():
            if each.tag == "abstractNum":
                levels = {_number(level.get("ilvl")): _level(level) for level in each.findall("lvl")}
                self._lists[each.get("abstractNumId", "")] = _List(levels)
            elif each.tag == "num":
                key = each.get("numId", "")
                self._of[key] = value(each.find("abstractNumId")) or ""
                self._restarts[key] = {
                    _number(override.get("ilvl")): _number(value(override.find("startOverride")))
                    for override in each.findall("lvlOverride")
                    if override.find("startOverride") is not None
                }

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a list gives to the paragraphs of *style*, 0 where it names none."""
        known = self._lists.get(self._of.get(list_id, ""))
        for number, level in sorted(known.levels.items()) if known else ():
            if level.style == style:
                return number
        return 0

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph of a list at *level*; empty where the list prints none."""
        known = self._lists.get(self._of.get(list_id, ""))
        if known is None or level not in known.levels or not 0 <= level < _LEVELS:
            return ""
        start = self._restarts[list_id].pop(level, None)
        last = known.counts[level]
        count = start if start is not None else known.levels[level].start if last is None else last + 1
        known.counts[level] = count
        known.counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _print(known, level)


def _level(element: Element) -> _Level:
    return _Level(
        start=_number(value(element.find("start")), 1),
        form=value(element.find("numFmt")) or "decimal",
        text=value(element.find("lvlText")) or "",
        legal=element.find("isLgl") is not None,
        style=value(element.find("pStyle")),
    )


def _number(text: str | None, default: int = 0) -> int:
    return min(int(text), _LARGEST) if text and text.isdecimal() and len(text) < 10 else default


def _print(known: _List, level: int) -> str:
    own = known.levels[level]
    if own.form == "bullet":
        return _BULLET
    if own.form == "none":
        return ""

    def printed(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        part = known.levels.get(place, _Level())
        count = known.counts[place]
        return figure(part.start if count is None else count, "decimal" if own.legal else part.form)

    return _PLACE.sub(printed, own.text).strip()
