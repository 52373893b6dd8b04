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
from treatygraph.read.limits import Limits

_NOT_PRINTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST_ADDRESS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Composed:
    """What a reader of a format makes of a file, before hash and language are known."""

    text: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(slots=True)
class Run:
    """The words of one paragraph as they come: white space folded, hyperlinks and footnote marks kept."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[tuple[int, int, str]] = field(default_factory=list)
    _space: bool = False

    def add(self, text: str) -> None:
        """Takes words as the source holds them; any white space is one space, none stands at the beginning."""
        if not text:
            return
        words = text.split()
        if not words:
            self._space = self.length > 0
            return
        if self._space or (text[0].isspace() and self.length):
            self._put(" ")
        self._put(printed(" ".join(words)))
        self._space = text[-1].isspace()

    def mark(self, marker: str, *, glued: bool = True) -> None:
        """Takes a footnote mark; *glued*, it stands right after the word before it, whatever space is between."""
        space = " " if self._space and not glued else ""
        self._put(f"{space}[{printed(marker)}]")

    def link(self, start: int, address: str) -> None:
        """The words since *start* (a former ``length``) lead to *address*."""
        if address and len(address) <= _LONGEST_ADDRESS and self.length > start:
            self.links.append((start, self.length, printed(address.strip())))

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(self.parts)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        self._space = False


def printed(text: str) -> str:
    """*text* without control characters, and without halves of surrogate pairs, which no file of text can hold."""
    return _NOT_PRINTED.sub("", text)


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

    def block(
        self,
        run: Run,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        label: str = "",
        level: int = 0,
        marker: str | None = None,
        source_id: str | None = None,
    ) -> None:
        """A block of one line; *label* ("1.", "(a)") stands before its words, a space between.

        The *marker* of a footnote is printed in brackets before the note. A run without words makes no block.
        """
        text = run.text
        if not text and not label:
            return
        lead = f"[{printed(marker)}] " if marker is not None else ""
        between = " " if label and text else ""
        start = self._line(lead + label + between + text)
        begin = start + len(lead)
        self._made.append(_Made(kind, start, (Span(begin, self._length),), level, marker, source_id))
        self._keep_links(run, begin + len(label) + len(between))

    def row(self, cells: Sequence[Run], *, source_id: str | None = None) -> None:
        """A row of a table; a row without words makes no block."""
        texts = [cell.text for cell in cells]
        if not any(texts):
            return
        below = bool(self._made) and self._made[-1].kind is BlockKind.TABLE_ROW
        place = self._line("\t".join(texts), gap="\n" if below else self._gap)
        start, spans = place, []
        for cell, text in zip(cells, texts, strict=True):
            spans.append(Span(place, place + len(text)))
            self._keep_links(cell, place)
            place += len(text) + 1
        self._made.append(_Made(BlockKind.TABLE_ROW, start, tuple(spans), 0, None, source_id))

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
