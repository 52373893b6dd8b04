"""A line or cell of a programme → the room that it prints: "Conference Room 3", "salle XX", "第1会议室"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.writing import writing

_LEAST_COLUMNS: Final = 2
# A column of plain text begins where its head does, give or take so many characters.
_ASIDE: Final = 2
_NUMBERED: Final = re.compile(r"(?P<name>[^\d]{3,60})\s(?:\d{1,2}|[IVX]{1,5}|[A-Z])")
_NAME: Final = r"(?:\d{1,3}|[IVX]{1,6}|[A-Z]{1,2})(?:[.-]?\d{1,3})?[A-Z]?"


@cache
def _rooms(language: str) -> re.Pattern[str]:
    """The shapes of a room: a word with the number behind it, or around it (``{n}``)."""
    how = writing(language)
    listed = words(language, "agenda", "room")
    plain = one_of(word for word in listed if "{n}" not in word)
    shapes = [rf"(?i:{plain}){how.gap}{_NAME}(?!\w)"]
    for word in (word for word in listed if "{n}" in word):
        before, behind = (re.escape(part) for part in word.split("{n}"))
        shapes.append(f"{before}{_NAME}{behind}")
    return re.compile(rf"{how.left}(?:{'|'.join(shapes)})")


def room_in(text: str, language: str, start: int = 0, end: int | None = None) -> str | None:
    """The room printed in ``text[start:end]``, with single spaces, or None."""
    found = _rooms(language).search(text, start, len(text) if end is None else end)
    return " ".join(found.group().split()) if found else None


def room_column(block: Block, language: str) -> int | None:
    """The column that the head of a table calls "room"."""
    alone = re.compile(
        rf"(?i:{one_of(word for word in words(language, 'agenda', 'room') if '{n}' not in word)})"
    )
    for place, cell in enumerate(block.cells):
        if alone.fullmatch(block.text[cell.start : cell.end].strip(" *:")):
            return place
    return None


@cache
def _hall(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{one_of(words(language, 'agenda', 'hall'))})")


def _organ_by_number(printed: str, language: str) -> bool:
    """Whether a head of a column is one of several organs that sit at a time ("Committee II", "Working Group A")."""
    stem = _NUMBERED.fullmatch(printed)
    return stem is not None and bool(word_pattern(language, "frontmatter", "organ").search(stem["name"]))


@dataclass(frozen=True, slots=True)
class RoomColumns:
    """The head of a table whose columns are rooms or organs, in which meetings are held side by side.

    ``columns`` are those that a room heads: their place, where they begin in the line, and the room.
    """

    width: int
    columns: tuple[tuple[int, int, str], ...]

    def room_of(self, block: Block, column: int) -> str | None:
        """The room over a cell of a row below; None where the row has other columns than the head."""
        begins = _begin(block, block.cells[column])
        for place, at, room in self.columns:
            same = column == place if len(block.cells) == self.width else abs(at - begins) <= _ASIDE
            if same:
                return room
        return None


def room_columns(block: Block, language: str) -> RoomColumns | None:
    """The rooms or organs that head the columns of a table, two at least; None for any other row."""
    if block.kind is not BlockKind.TABLE_ROW:
        return None
    found = []
    for place, cell in enumerate(block.cells):
        printed = block.text[cell.start : cell.end].strip(" *:")
        room = room_in(printed, language)
        if room and not printed.startswith(room.split()[0]):
            room = None  # "Tea in Room 3"
        if room or _hall(language).fullmatch(printed) or _organ_by_number(printed, language):
            found.append((place, _begin(block, cell), room or " ".join(printed.split())))
    return RoomColumns(len(block.cells), tuple(found)) if len(found) >= _LEAST_COLUMNS else None


def _begin(block: Block, cell: Span) -> int:
    """Where a cell begins, counted from the beginning of its line."""
    return block.offsets[cell.start] - block.span.start if cell.start < cell.end else 0
