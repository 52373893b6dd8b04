"""The outline of a text in the reader: its agenda, each item at the place where it is explained; else its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.web.asking import Row
from treatygraph.web.pages.links import text as column
from treatygraph.web.reader_text import Block

MOST_HEADINGS: Final = 60
_MARKUP: Final = re.compile(r"[\s*_#|\\]+")
_QUOTES: Final = str.maketrans("’‘“”", "''\"\"")
_ROOM: Final = 12
"""How many characters a heading has besides the title: its number, "(continued)"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline."""

    start: int
    """The block that it leads to: the page's anchor ``at-{start}``."""
    number: str
    title: str
    deep: bool


def outline_of(text: str, blocks: Sequence[Block], rows: Iterable[Row]) -> tuple[Entry, ...]:
    """The agenda by the rows of ``reader_outline``; the headings of a text that has none."""
    items = list(_items(rows))
    if not items:
        return tuple(_headings(blocks))
    last = max(start for start, _, _ in items)
    bare = [(block.start, _bare(_words(block))) for block in blocks if block.start > last]
    entries = []
    at = 0
    for start, number, title in items:
        wanted = _bare(title)
        found = next((n for n in range(at, len(bare)) if _is_heading(bare[n][1], wanted)), None)
        at = at if found is None else found + 1
        place = _block_at(blocks, start) if found is None else bare[found][0]
        entries.append(Entry(place, number, title, "(" in number))
    return tuple(entries)


def _items(rows: Iterable[Row]) -> Iterator[tuple[int, str, str]]:
    """Each item once, where its title stands first."""
    seen: set[str] = set()
    for row in rows:
        item, start = column(row, "item") or "", column(row, "start") or ""
        if item not in seen and start.isdecimal():
            seen.add(item)
            yield int(start), column(row, "number") or "", column(row, "title") or ""


def _is_heading(words: str, title: str) -> bool:
    return bool(title) and words.endswith(title) and len(words) - len(title) <= _ROOM


def _bare(words: str) -> str:
    """Words without markup, letter case and kinds of quotation marks."""
    return _MARKUP.sub(" ", words.translate(_QUOTES)).strip().casefold()


def _words(block: Block) -> str:
    return "".join(piece.text for piece in block.pieces)


def _block_at(blocks: Sequence[Block], start: int) -> int:
    return max((block.start for block in blocks if block.start <= start), default=0)


def _headings(blocks: Sequence[Block]) -> Iterator[Entry]:
    headings = [block for block in blocks if block.kind == "heading"]
    for block in headings[:MOST_HEADINGS]:
        line = _words(block).split("\n", 1)[0]
        level = len(line) - len(line.lstrip("#"))
        yield Entry(block.start, "", line.lstrip("#").strip(" *"), level > 2)
