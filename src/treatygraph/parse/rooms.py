"""A line or cell of a programme → the room that it prints: "Conference Room 3", "salle XX", "第1会议室"."""

from __future__ import annotations

import re
from functools import cache

from treatygraph.model.text import Block
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.writing import writing

_NAME = r"(?:\d{1,3}|[IVX]{1,6}|[A-Z]{1,2})(?:[.-]?\d{1,3})?[A-Z]?"


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
