"""Series of an agenda → the same, with lists of figures that stand under lettered items joined to these.

"C. Tariffs", "1. Day tariffs", "2. Night tariffs", "D. Safety", "1. Boats": the letters number the items. Where the
figures count on from letter to letter, the letters head groups of items and nothing changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from treatygraph.model.text import Block
from treatygraph.parse.agenda_list import SILENT, Entry, Series
from treatygraph.parse.item_labels import Style
from treatygraph.parse.layout import is_prose

_LEAST_LETTERS: Final = 3
# So many lists that each begin with 1 do not count on from letter to letter.
_LEAST_LISTS: Final = 2


def under_letters(blocks: tuple[Block, ...], series: Sequence[Series], language: str) -> tuple[Series, ...]:
    """The series, each that stands below lettered items made part of theirs."""
    done = list(series)
    for lettered in series:
        below = _below(blocks, lettered, series, language) if lettered.style is Style.UPPER else {}
        if below:
            nested = [each for lists in below.values() for each in lists]
            place = done.index(lettered)
            done[place] = _joined(lettered, below)
            done = [each for each in done if not any(each is other for other in nested)]
    return tuple(done)


def _below(
    blocks: tuple[Block, ...], lettered: Series, series: Sequence[Series], language: str
) -> dict[int, list[Series]]:
    """The lists of figures below each letter (by its place); none where one goes on from letter to letter."""
    tops = [entry.unit.block for entry in lettered.entries]
    if len(tops) < _LEAST_LETTERS or any(len(entry.steps) > 1 for entry in lettered.entries):
        return {}
    below: dict[int, list[Series]] = {}
    for each in series:
        first, last = each.entries[0].unit.block, each.entries[-1].unit.block
        if each.style is not Style.FIGURE or not tops[0] < first <= tops[-1] + 1:
            continue
        place = bisect_right(tops, first) - 1
        titles = not any(is_prose(entry.unit.title(blocks), language) for entry in each.entries)
        if place + 1 < len(tops) and last > tops[place + 1]:
            return {}  # it counts on
        if titles and each.entries[0].unit.label.value == 1 and _adjacent(blocks, tops[place], first):
            below.setdefault(place, []).append(each)
    without = len(tops) - 1 - len(below)
    return below if len(below) >= _LEAST_LISTS or without > 0 else {}


def _adjacent(blocks: tuple[Block, ...], top: int, first: int) -> bool:
    return all(block.kind in SILENT for block in blocks[top + 1 : first])


def _joined(lettered: Series, below: dict[int, list[Series]]) -> Series:
    entries: list[Entry] = []
    for place, entry in enumerate(lettered.entries):
        entries.append(entry)
        for each in below.get(place, ()):
            entries += [replace(sub, steps=(*entry.steps, *sub.steps)) for sub in each.entries]
    return replace(lettered, entries=entries, printed={entry.steps for entry in entries})
