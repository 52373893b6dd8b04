"""Blocks of an agenda → the days it counts from, where its programmes stand, which lines of its list print hours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.model.tree import FrontMatter
from treatygraph.parse.agenda_list import Entry
from treatygraph.parse.dates import find_dates
from treatygraph.parse.layout import Opening, Section
from treatygraph.parse.meeting_days import Calendar
from treatygraph.parse.programme import prints_hours
from treatygraph.parse.units import behind_hours

# A heading of a programme is one only when hours follow within so many blocks.
_HOURS_WITHIN: Final = 25
# So many items with hours before them are a programme; a line that prints a day is short.
_LEAST_TIMED: Final = 2
_LONGEST_DAY: Final = 60
# So many lines between a day and its first item may be tea, and who signs in.
_ABOVE_ITEMS: Final = 4


def timed_lines(
    blocks: tuple[Block, ...], entries: tuple[Entry, ...], calendar: Calendar, language: str
) -> frozenset[int]:
    """The lines of a list that print the hours of their items, and those between that print nothing but a day."""
    items = [
        entry.unit.block for entry in entries if behind_hours(blocks[entry.unit.block], language) is not None
    ]
    if len(items) < _LEAST_TIMED:
        return frozenset()
    days = [
        index
        for index in range(_day_above(blocks, items[0], calendar), items[-1])
        if index >= 0
        and len(blocks[index].text) <= _LONGEST_DAY
        and calendar.days(blocks[index].text, 0, len(blocks[index].text))
    ]
    return frozenset((*items, *days))


def _day_above(blocks: tuple[Block, ...], first: int, calendar: Calendar) -> int:
    """The last line above the first item that prints nothing but a day: rows without items may stand between."""
    for index in range(first - 1, max(-1, first - 1 - _ABOVE_ITEMS), -1):
        text = blocks[index].text
        if len(text) <= _LONGEST_DAY and calendar.days(text, 0, len(text)):
            return index
    return first - 1


def calendar_of(blocks: tuple[Block, ...], front: FrontMatter, language: str) -> Calendar:
    """The days of the meeting: printed in the head, else the last range of days in the text, else the year of issue."""
    if front.dates:
        return Calendar(front.dates.start, front.dates.end, language)
    ranges = [
        mention
        for block in blocks
        for mention in find_dates(block.text, language)
        if mention.first != mention.last and mention.first.day
    ]
    if ranges:
        last = max(ranges, key=lambda mention: (mention.last.earliest, mention.start))
        return Calendar(last.first, last.last, language)
    return Calendar(front.issued.start if front.issued else None, None, language)


def programme_zones(blocks: tuple[Block, ...], openings: dict[int, Opening], language: str) -> frozenset[int]:
    """The blocks of programmes of work: under a heading of one when hours follow, and tables that print hours."""
    zones: set[int] = set()
    for index, opening in openings.items():
        if opening.section is Section.PROGRAMME:
            zones.update(_under(blocks, index, openings, language))
    for table in _tables(blocks):
        hours = sum(prints_hours(blocks[index], language) for index in table)
        if hours > 1 or (hours and len(table) < 4):
            zones.update(table)
    return frozenset(zones)


def _under(
    blocks: tuple[Block, ...], index: int, openings: dict[int, Opening], language: str
) -> Iterable[int]:
    end = index + 1
    while end < len(blocks) and not (end in openings and openings[end].section is not Section.PROGRAMME):
        end += 1
    hours = [place for place in range(index + 1, end) if prints_hours(blocks[place], language)]
    if not hours or hours[0] > index + _HOURS_WITHIN:
        return ()
    return [place for place in range(index + 1, end) if blocks[place].kind is not BlockKind.FOOTNOTE]


def _tables(blocks: tuple[Block, ...]) -> list[list[int]]:
    tables: list[list[int]] = []
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE_ROW:
            continue
        if tables and tables[-1][-1] == index - 1:
            tables[-1].append(index)
        else:
            tables.append([index])
    return tables
