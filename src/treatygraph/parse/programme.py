"""Blocks of a programme of work → slots: date, hours, and the items printed for them.

A programme is rows or lines that print days, hours and numbers of items in any order of columns, or a grid with
days, hours or rooms as heads of columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from treatygraph.model.numbering import follows, number_path
from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import Slot
from treatygraph.parse.item_labels import ItemLabel, Style, label_at
from treatygraph.parse.item_numbers import ItemMention, leading_numbers, named_items, number_list
from treatygraph.parse.layout import is_prose
from treatygraph.parse.meeting_days import Calendar
from treatygraph.parse.rooms import RoomColumns, room_column, room_columns, room_in
from treatygraph.parse.times import TimeRange, find_times
from treatygraph.parse.units import split_units, units_of

# A line of a programme is short; one that lost its breaks prints many hours.
_LONGEST_LINE: Final = 200
_LEAST_HOURS: Final = 3
_Head = TypeVar("_Head", str, TimeRange)


@dataclass(slots=True)
class _Open:
    date: str
    first: str
    last: str
    span: Span
    room: str | None = None
    items: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Programme:
    """The slots, and for each block the places in its clean text from which on it is about an item."""

    slots: tuple[Slot, ...]
    marks: dict[int, tuple[tuple[int, str], ...]]


def read_programme(
    blocks: tuple[Block, ...], indexes: Iterable[int], calendar: Calendar, known: frozenset[str]
) -> Programme:
    """The programme printed in the blocks of those indexes; *known* are the numbers of the agenda's items."""
    reader = _Reader(blocks, calendar, known)
    for index in indexes:
        reader.take(index)
    slots = tuple(
        Slot(slot.date, slot.first, slot.last, tuple(slot.items.items()), slot.span, slot.room)
        for _, slot in sorted(reader.slots.items())
        if slot.items
    )
    return Programme(slots, {index: tuple(sorted(marks)) for index, marks in reader.marks.items()})


class _Reader:
    """Reads rows and lines in order; remembers the day and the hours that hold until others are printed."""

    def __init__(self, blocks: tuple[Block, ...], calendar: Calendar, known: frozenset[str]) -> None:
        self.blocks = blocks
        self.calendar = calendar
        self.language = calendar.language
        self.known = known
        self.date: str | None = calendar.only_day
        self.hours: TimeRange | None = None
        self.top: str | None = None
        self.column_dates: dict[int, str] = {}
        self.column_hours: dict[int, TimeRange] = {}
        self.headed: frozenset[int] = frozenset()
        self.room: str | None = None
        self.room_column: int | None = None
        self.room_columns: RoomColumns | None = None
        self.slots: dict[tuple[str, str, str, str], _Open] = {}
        self.marks: dict[int, list[tuple[int, str]]] = {}

    def take(self, index: int) -> None:
        """Reads one block."""
        block = self.blocks[index]
        cells = block.cells if block.kind is BlockKind.TABLE_ROW else (Span(0, len(block.text)),)
        side_by_side = room_columns(block, self.language)
        if side_by_side is not None:
            self.room_columns, self.room = side_by_side, None
        else:
            self._take_room(block, cells)
        days = [self.calendar.days(block.text, cell.start, cell.end) for cell in cells]
        hours = [_times(block.text, cell, self.language) for cell in cells]
        if sum(map(bool, days)) > 1 or sum(map(bool, hours)) > 1:
            self.headed = frozenset(place for place, cell in enumerate(cells) if cell.start < cell.end)
        if sum(map(bool, days)) > 1:
            self.column_dates = {column: found[0][0] for column, found in enumerate(days) if found}
            self.column_hours, self.date, self.hours, self.room_columns = {}, None, None, None
            return
        if sum(map(bool, hours)) > 1:
            self.column_hours = {column: found[0] for column, found in enumerate(hours) if found}
            self.column_dates, self.room_columns = {}, None
            self.date = next((found[0][0] for found in days if found), self.date)
            return
        items = self._items(index, cells) if side_by_side is None else []
        if self._opens_table(index) and not (items or any(hours) or any(days) or side_by_side):
            self.room_columns = None  # the head of another table
        if block.kind is BlockKind.TABLE_ROW and (self.column_dates or self.column_hours):
            self._take_grid(block, cells, days, hours, items)
        else:
            self._take_row(block, days, hours, items)
        for mention in items:
            self.marks.setdefault(index, []).append((mention.start, mention.number))

    def _take_room(self, block: Block, cells: tuple[Span, ...]) -> None:
        """Keeps the room that a row or line prints; hours without one begin a slot without a room."""
        if block.kind is BlockKind.TABLE_ROW and (column := room_column(block, self.language)) is not None:
            self.room_column = column
            return
        found = room_in(block.text, self.language)
        if found is None and self.room_column is not None and self.room_column < len(cells):
            cell = cells[self.room_column]
            found = block.text[cell.start : cell.end].strip() or None
        if found or any(_times(block.text, cell, self.language) for cell in cells):
            self.room = found

    def _take_row(
        self,
        block: Block,
        days: list[tuple[tuple[str, int, int], ...]],
        hours: list[tuple[TimeRange, ...]],
        items: list[ItemMention],
    ) -> None:
        """A row or line: its tokens in order of print; a day or hours after the items hold for them all the same."""
        tokens: list[tuple[int, object]] = [(start, day) for found in days for day, start, _ in found]
        times = [hour for found in hours for hour in found]
        tokens += [(hour.start, hour) for hour in times]
        tokens += [(item.start, item) for item in items]
        if len(times) <= 1:
            tokens = [(-1 if not isinstance(token, ItemMention) else place, token) for place, token in tokens]
            tokens.sort(key=lambda entry: (entry[0], isinstance(entry[1], TimeRange)))
        else:
            tokens.sort(key=lambda entry: entry[0])
        for _, token in tokens:
            if isinstance(token, str):
                if token != self.date:
                    self.hours = None
                self.date = token
            elif isinstance(token, TimeRange):
                self.hours = token
            elif isinstance(token, ItemMention) and self.date and self.hours:
                self._add(self.date, self.hours, token, block)

    def _take_grid(
        self,
        block: Block,
        cells: tuple[Span, ...],
        days: list[tuple[tuple[str, int, int], ...]],
        hours: list[tuple[TimeRange, ...]],
        items: list[ItemMention],
    ) -> None:
        self.hours = next((found[0] for found in hours if found), self.hours)
        self.date = next((found[0][0] for found in days if found), self.date)
        for item in items:
            column = next(
                (place for place, cell in enumerate(cells) if cell.start <= item.start < max(cell.end, 1)),
                None,
            )
            if column is None:
                continue
            date = _over(self.column_dates, self.headed, column) if self.column_dates else self.date
            time = _over(self.column_hours, self.headed, column) if self.column_hours else self.hours
            if date and time:
                self._add(date, time, item, block)

    def _add(self, date: str, hours: TimeRange, item: ItemMention, block: Block) -> None:
        room = self._room_over(block, item) or self.room
        slot = self.slots.setdefault(
            (date, hours.first, hours.last, room or ""),
            _Open(date, hours.first, hours.last, block.span, room),
        )
        slot.span = Span(min(slot.span.start, block.span.start), max(slot.span.end, block.span.end))
        slot.items.setdefault(item.number, block.source_span(item.start, item.end))

    def _opens_table(self, index: int) -> bool:
        """Whether a block is the first row of a table, with several cells."""
        block = self.blocks[index]
        first = block.kind is BlockKind.TABLE_ROW and self.blocks[index - 1].kind is not BlockKind.TABLE_ROW
        return first and sum(cell.start < cell.end for cell in block.cells) > 1

    def _room_over(self, block: Block, item: ItemMention) -> str | None:
        """The room that heads the column in which an item is printed."""
        if self.room_columns is None:
            return None
        columns = (place for place, cell in enumerate(block.cells) if cell.start <= item.start < cell.end)
        column = next(columns, None)
        return None if column is None else self.room_columns.room_of(block, column)

    def _items(self, index: int, cells: tuple[Span, ...]) -> list[ItemMention]:
        """The items that a block prints, in order: in number cells, before titles, after the word "item"."""
        block = self.blocks[index]
        found: dict[tuple[int, str], ItemMention] = {}
        for cell in cells:
            for mention in self._cell_items(block, cell):
                found.setdefault((mention.start, mention.number), mention)
        told = bool(found) and not self.known
        for label in self._labels(index, cells):
            if label.style is Style.UPPER:
                continue
            if told and label.style is not Style.SUB:  # "1. Status of the Weirs [item 4]"
                continue
            if told:
                self.top = _top_before(label.start, found.values())
            steps = label.steps if label.style is not Style.SUB else (self.top or "", *label.steps)
            self.top = steps[0] or None
            number = " ".join([steps[0], *(f"({step})" for step in steps[1:])])
            start, end = label.step_spans[0][0], label.step_spans[-1][1]
            if label.style is Style.SUB:
                start, end = (
                    start - (block.text[start - 1 : start] == "("),
                    end + (block.text[end : end + 1] == ")"),
                )
            elif len(steps) > 1:
                end += block.text[end : end + 1] == ")"
            if (
                steps[0]
                and self._may_be_item(block, label, number, found)
                and not any(m.start <= start < m.end for m in found.values())
            ):
                found[start, number] = ItemMention(number, start, end)
        numbered = [found[key] for key in sorted(found, key=lambda key: key[0])]
        return [mention for mention in numbered if mention.number in self.known or not self.known]

    def _goes_below(self, label: ItemLabel, found: Iterable[ItemMention]) -> bool:
        """Whether a letter is the first below the item that is printed before it, or the next one."""
        before = max((each for each in found if each.start < label.start), key=_start, default=None)
        last = number_path(before.number) if before else ()
        return last[:1] == (self.top,) and follows(label.steps[0], last[1] if len(last) > 1 else None)

    def _may_be_item(
        self, block: Block, label: ItemLabel, number: str, found: Mapping[tuple[int, str], ItemMention]
    ) -> bool:
        """Whether a label before a title is the number of an item: where no agenda tells, lines of a list have them,
        and letters below an item.
        """
        if self.known:
            return number in self.known
        if label.style is Style.SUB:  # "Item 2: Officers: (a) …; (b) …"
            return len(label.steps) == 1 and self._goes_below(label, found.values())
        listed = block.kind is BlockKind.LIST_ITEM or self._opens_cell(block, label)
        return (
            listed and label.style in (Style.FIGURE, Style.ITEM) and not is_prose(block.text, self.language)
        )

    def _opens_cell(self, block: Block, label: ItemLabel) -> bool:
        """Whether a label opens a cell beside hours ("09:30–12:30 | 1. Opening")."""
        row = block.kind is BlockKind.TABLE_ROW and prints_hours(block, self.language)
        return row and any(cell.start == label.start for cell in block.cells)

    def _labels(self, index: int, cells: tuple[Span, ...]) -> list[ItemLabel]:
        """The labels of a row or line, those of each cell apart."""
        block = self.blocks[index]
        labels = [unit.label for unit in units_of(self.blocks, index, self.language)]
        for cell in cells:
            opening = label_at(block.text, self.language, cell.start, end=cell.end)
            if opening:
                units = split_units(block.text, index, opening, cell.end, self.language, cell=True)
                labels += [unit.label for unit in units]
        return sorted(labels, key=lambda label: label.start)

    def _cell_items(self, block: Block, cell: Span) -> tuple[ItemMention, ...]:
        if cell.start == cell.end:
            return ()
        hours = _times(block.text, cell, self.language) or self.calendar.days(
            block.text, cell.start, cell.end
        )
        listed = () if hours else number_list(block.text, self.language, cell.start, cell.end)
        if listed:
            self.top = listed[-1].number.split(" ")[0]
            return listed
        leading = () if hours else leading_numbers(block.text, self.language, cell.start, cell.end)
        named = leading or named_items(block.text, self.language, cell.start, cell.end)
        if named:
            self.top = named[-1].number.split(" ")[0]
        return named


def _start(mention: ItemMention) -> int:
    return mention.start


def _top_before(place: int, found: Iterable[ItemMention]) -> str | None:
    """The item, without its letters, that is the last one printed before a place."""
    before = max((each for each in found if each.start < place), key=_start, default=None)
    return number_path(before.number)[0] if before else None


def _over(heads: Mapping[int, _Head], headed: frozenset[int], column: int) -> _Head | None:
    """What heads a column: the head over it, or one to the left that spans it; *headed* are the columns with a head."""
    place = max((each for each in headed if each <= column), default=-1)
    return heads.get(place)


def _times(text: str, cell: Span, language: str) -> tuple[TimeRange, ...]:
    return tuple(
        TimeRange(cell.start + found.start, cell.start + found.end, found.first, found.last)
        for found in find_times(text[cell.start : cell.end], language)
    )


def prints_hours(block: Block, language: str) -> bool:
    """Whether a block prints a range of hours in a short line or a cell (a sentence may tell hours too)."""
    if block.kind is BlockKind.TABLE_ROW:
        return any(_times(block.text, cell, language) for cell in block.cells)
    found = find_times(block.text, language)
    label = label_at(block.text, language)
    hour = label is not None and any(time.start <= label.start and label.end <= time.end for time in found)
    short = len(block.text) <= _LONGEST_LINE or _many(block, len(found), language)
    return short and bool(found) and (label is None or hour)


def runs_on(block: Block, language: str) -> bool:
    """Whether a long paragraph prints a whole programme."""
    long = block.kind is BlockKind.PARAGRAPH and len(block.text) > _LONGEST_LINE
    return long and _many(block, len(find_times(block.text, language)), language)


def _many(block: Block, hours: int, language: str) -> bool:
    """Whether a paragraph prints more hours than a sentence tells, and items by the word beside them."""
    return hours >= _LEAST_HOURS and len(named_items(block.text, language)) >= hours
