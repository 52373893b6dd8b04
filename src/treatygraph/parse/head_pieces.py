"""Blocks of the head of a document → its pieces (a line, or a cell of one), and what was found in them so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import DateRange
from treatygraph.parse.dates import DateMention, find_dates

_DASHES: Final = re.compile(r"\s[–—|]\s")
_LEAST_DASHES: Final = 2
_LONGEST_MASTHEAD: Final = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the head, or one cell of it: ``block.text[start:end]``."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """The clean text of the piece."""
        return self.block.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        """The span of the source behind ``self.text[start:end]``."""
        return self.block.source_span(self.start + start, self.start + end)

    def dates(self, mention: DateMention) -> DateRange:
        """The days of a mention in this piece, with the span of its words."""
        return DateRange(mention.first, mention.last, self.span(mention.start, mention.end))


@dataclass(slots=True)
class Found:
    """What the head printed so far; what is printed first holds."""

    symbol: tuple[str, Span] | None = None
    distribution: str | None = None
    original: str | None = None
    issued: DateRange | None = None
    dates: DateRange | None = None
    place: tuple[str, Span] | None = None
    happening: tuple[str, Span] | None = None
    title: tuple[str, Span] | None = None


def pieces_of(block: Block) -> Iterator[Piece]:
    """The pieces of a block of the head; none of a note, a rule or a page mark."""
    if block.kind in (BlockKind.FOOTNOTE, BlockKind.RULE, BlockKind.PAGE):
        return
    cells = block.cells if block.kind is BlockKind.TABLE_ROW else tuple(_stretches(block.text))
    for cell in cells:
        if cell.start < cell.end:
            yield Piece(block, cell.start, cell.end)


def _stretches(text: str) -> Iterator[Span]:
    """The line as a whole, or what stands between its dashes where a masthead is printed on one line."""
    cuts = [match.span() for match in _DASHES.finditer(text)]
    if len(cuts) < _LEAST_DASHES or len(text) > _LONGEST_MASTHEAD:
        yield Span(0, len(text))
        return
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    yield from (Span(start, end) for start, end in zip(starts, ends, strict=True))


def head_dates(text: str, language: str) -> tuple[DateMention, ...]:
    """The dates in a line of a head; mastheads of other languages print the date of issue in English too."""
    found = find_dates(text, language)
    if found or language == "en" or not text.isascii():
        return found
    return find_dates(text, "en")
