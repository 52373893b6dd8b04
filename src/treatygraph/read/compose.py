"""Paragraphs that a format holds → the plain text of the document and its blocks, side by side.

Formats whose bytes are not text (Word, PDF, HTML, XML) have no text of their own to point into. What this module
writes is that text: one line a block, the cells of a row set apart by tabs, the mark of a footnote in square
brackets after its word ("Convention[1]") and before the note itself ("[1] See …").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from treatygraph.model.errors import ReadError
from treatygraph.model.text import Block, BlockKind, Link, Repair, Span
from treatygraph.read.blocks import bare_block, block_of, row_of
from treatygraph.read.classify import LineKind, classify
from treatygraph.read.limits import Limits
from treatygraph.read.lines import Line
from treatygraph.read.run import Run, printed

_STARRED: Final = re.compile(r"\w\*{1,3}(?=\s|$)")
_STAR_NOTE: Final = re.compile(r"(\*{1,3})[\t ]+(?=\S)")
_CLOSED: Final = (".", ";", ":", "!", "?", ",")
_BULLETS: Final = "•–*-"
# An emphasised line longer than this is a sentence that somebody set in bold, not a heading.
_LONGEST_EMPHASIS: Final = 250
_EMPHASIS_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Composed:
    """What a reader of a format makes of a file, before hash and language are known."""

    text: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    repairs: tuple[Repair, ...] = ()


class Composer:
    """Grows text and blocks together; a reader calls it once for each paragraph, row or note, in reading order.

    *spaced* texts have an empty line between blocks (none between the rows of a table).
    """

    def __init__(self, name: str, limits: Limits, *, spaced: bool = True) -> None:
        self._name = name
        self._limits = limits
        self._gap = "\n\n" if spaced else "\n"
        self._parts: list[str] = []
        self._length = 0
        self._made: list[_Made] = []
        self._links: list[Link] = []
        self._starred = False

    def paragraph(
        self, run: Run, *, label: str = "", level: int = 0, heading: int | None = None, emphasis: bool = False
    ) -> None:
        """A paragraph whose kind its layout tells: *heading* is its level where a style makes it one.

        *emphasis* says that all its words are bold or italic: a short one that ends without a stop is a heading.
        """
        text = run.text
        if not text:
            return
        self._starred = self._starred or bool(_STARRED.search(text))
        star = _STAR_NOTE.match(text)
        if heading is None and emphasis and len(text) <= _LONGEST_EMPHASIS and not text.endswith(_CLOSED):
            heading = _EMPHASIS_LEVEL
        if star and self._starred and not label:
            self.block(run, BlockKind.FOOTNOTE, marker=star.group(1), skip=star.end())
        elif heading is not None:
            self.block(run, BlockKind.HEADING, label=label, level=heading)
        elif label:
            self.block(run, BlockKind.LIST_ITEM, label=label, level=level)
        else:
            self._line_block(run)

    def block(
        self,
        run: Run,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        label: str = "",
        level: int = 0,
        marker: str | None = None,
        skip: int = 0,
        source_id: str | None = None,
    ) -> None:
        """A block of one line; *label* ("1.", "(a)") stands before its words, a space between.

        The *marker* of a footnote is printed in brackets before the note, unless the first *skip* characters of the
        run print it already. A run without words makes no block.
        """
        text = run.text
        if not text:
            return
        lead = f"[{printed(marker)}] " if marker is not None and not skip else ""
        label = f"{printed(label)} " if label else ""
        start = self._line(lead + label + text)
        # A bullet is printed, but is no word of the item.
        begin = start + len(lead) + (len(label) if label.strip() in _BULLETS else 0)
        self._made.append(_Made(kind, start, (Span(begin + skip, self._length),), level, marker, source_id))
        self._keep_links(run, start + len(lead) + len(label))

    def _line_block(self, run: Run) -> None:
        """A block of one line whose kind its first characters and tabs tell, as in plain text."""
        text = run.text
        whole = Span(0, len(text))
        found = classify(text, Line(whole, whole, 0, False, False), markdown=False)
        if found.kind is LineKind.NOTE:
            self.block(run, BlockKind.FOOTNOTE, marker=found.marker, skip=found.content.start)
        elif found.kind is LineKind.TABS:
            self._tabbed_row(run)
        elif found.kind not in (LineKind.RULE, LineKind.PAGE, LineKind.UNDERLINE):
            self.block(run, BlockKind.LIST_ITEM if found.kind is LineKind.ITEM else BlockKind.PARAGRAPH)

    def row(self, cells: Sequence[Run], *, source_id: str | None = None) -> None:
        """A row of a table; a row without words makes no block."""
        texts = [cell.text for cell in cells]
        if not any(texts):
            return
        place = start = self._row_line("\t".join(texts))
        spans = []
        for cell, text in zip(cells, texts, strict=True):
            spans.append(Span(place, place + len(text)))
            self._keep_links(cell, place)
            place += len(text) + 1
        self._made.append(_Made(BlockKind.TABLE_ROW, start, tuple(spans), 0, None, source_id))

    def _tabbed_row(self, run: Run) -> None:
        text = run.text
        place = start = self._row_line(text)
        spans = []
        for cell in text.split("\t"):
            spans.append(Span(place, place + len(cell)))
            place += len(cell) + 1
        self._keep_links(run, start)
        self._made.append(_Made(BlockKind.TABLE_ROW, start, tuple(spans), 0, None, None))

    def _row_line(self, text: str) -> int:
        below = bool(self._made) and self._made[-1].kind is BlockKind.TABLE_ROW
        return self._line(text, gap="\n" if below else self._gap)

    def page(self) -> None:
        """The border of two pages: nothing is printed."""
        if self._made and self._made[-1].kind is not BlockKind.PAGE:
            self._made.append(_Made(BlockKind.PAGE, self._length, (), 0, None, None))

    def finish(self, *, metadata: Mapping[str, str] | None = None) -> Composed:
        """The text (which ends with a line break, unless it is empty) and its blocks."""
        text = "".join(self._parts) + ("\n" if self._parts else "")
        blocks = tuple(made.block(text) for made in self._made)
        return Composed(text, blocks, dict(metadata or {}), tuple(self._links))

    def _line(self, text: str, *, gap: str | None = None) -> int:
        start = self._length
        if self._parts:
            self._parts.append(gap or self._gap)
            start += len(self._parts[-1])
        self._parts.append(text)
        self._length = start + len(text)
        if self._length > self._limits.max_bytes:
            raise ReadError(
                f"{self._name} holds more than {self._limits.max_bytes:,} characters of text",
                remedy="Split the document into parts.",
            )
        return start

    def _keep_links(self, run: Run, start: int) -> None:
        self._links += [Link(Span(start + a, start + b), address) for a, b, address in run.links]


@dataclass(frozen=True, slots=True)
class _Made:
    kind: BlockKind
    start: int
    segments: tuple[Span, ...]
    level: int
    marker: str | None
    source_id: str | None

    def block(self, text: str) -> Block:
        if self.kind is BlockKind.PAGE:
            return bare_block(self.kind, Span(self.start, self.start))
        if self.kind is BlockKind.TABLE_ROW:
            made = row_of(text, self.segments, markdown=False)
        else:
            span = Span(self.start, self.segments[-1].end)
            made = block_of(
                text,
                self.kind,
                self.segments,
                markdown=False,
                level=self.level,
                marker=self.marker,
                span=span,
            )
        return replace(made, source_id=self.source_id) if self.source_id else made
