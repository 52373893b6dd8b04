"""Text → blocks: lines are classified, then joined into headings, paragraphs, items, rows and notes.

Markdown and plain text differ only in what a line may be; both are read here, in one pass without recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.read.blocks import bare_block, block_of, row_of
from treatygraph.read.classify import Classified, LineKind, classify, is_emphasised, lone_star
from treatygraph.read.hyphens import Joints
from treatygraph.read.language import leading_and_bound
from treatygraph.read.lines import Line, continues, split_lines, wrap_width
from treatygraph.read.listed import mark_lists
from treatygraph.read.tables import column_cells, html_rows, pipe_cells, tab_cells

_ROWS: Final = (LineKind.PIPES, LineKind.TABS, LineKind.COLUMNS)
_RUNNING: Final = (LineKind.TEXT, LineKind.ITEM, LineKind.NOTE)
# A letter in brackets with words behind it that go on in a sentence, as no entry of a list does after a number.
_LETTER_IN_SENTENCE: Final = re.compile(r"\([a-z]{1,2}\)\s[a-z]")
_CLOSED: Final = (".", ":", ";", "!", "?")
# Shares of a line.
_HALF, _ABOUT_FULL, _FULL, _NEARLY_WHOLE = Fraction(1, 2), Fraction(7, 10), Fraction(3, 4), Fraction(17, 20)
# Longer lines are paragraphs, and say nothing of how wide lines of others are set.
_LONGEST_OF_LINES: Final = 120
# The symbol of a document, on a line of its own among the first.
_SYMBOL: Final = re.compile(r"(?=\D{0,40}\d)[A-Z][A-Z\d.-]{0,11}(?:/[A-Za-z\d.()-]{1,20}){1,9}")
_MASTHEAD_BLOCKS: Final = 12
# Dots that lead to what stands at the end of a line.
_LEADERS: Final = re.compile(r"(?:\.\s?){6,}|(?:…\s?){3,}")
# Where words are not parted, a line may end behind any sign.
_FIRST_WORD: Final = re.compile(r"[\u3400-\u9fff]|\S+")
# A line without a tab between table rows is a row of one cell ("Wednesday, 19 October") up to this length.
_LONGEST_LONE_CELL: Final = 120
_LONGEST_UNDERLINED: Final = 200


@dataclass(slots=True)
class _Open:
    """A block that may still grow by the next line."""

    kind: LineKind
    segments: list[Span]
    indent: int
    level: int
    marker: str | None
    closed: bool = False
    lines: list[Classified] = field(default_factory=list)


def read_blocks(text: str, *, markdown: bool, wrapped: bool = True) -> tuple[Block, ...]:
    """The blocks of *text* in reading order; every character that is not white space or mark-up is in one.

    *wrapped* is False where a line is known to be a whole paragraph, however long the others are.
    """
    rows = [classify(text, line, markdown=markdown) for line in split_lines(text)]
    _mark_stars(text, rows)
    mark_lists(text, rows)
    _mark_tables(text, rows)
    width = wrap_width([row.line for row in rows]) if wrapped else None
    return tuple(_Joiner(text, rows, markdown, width).join())


def _mark_stars(text: str, rows: list[Classified]) -> None:
    for index, row in enumerate(rows):
        if (
            row.kind is LineKind.ITEM
            and text.startswith("*", row.line.body.start)
            and lone_star(text, rows, index)
        ):
            rows[index] = Classified(row.line, LineKind.NOTE, row.content, marker="*")


def _mark_tables(text: str, rows: list[Classified]) -> None:
    """Lines between rows of tabs are rows too: labels with a tab after them, and short lines alone."""
    for index, row in enumerate(rows):
        if row.kind not in (LineKind.ITEM, LineKind.TEXT, LineKind.HEADING):
            continue
        before = index > 0 and rows[index - 1].kind is LineKind.TABS
        after = [other.kind for other in rows[index + 1 : index + 3]]
        printed = text[row.line.body.start : row.line.body.end]
        if _row_between(printed, before, after):
            rows[index] = Classified(row.line, LineKind.TABS, row.line.span)


def _row_between(printed: str, before: bool, after: list[LineKind]) -> bool:
    if not before and after[:1] != [LineKind.TABS]:
        return False
    if "\t" in printed:
        return True
    if printed.startswith("#"):
        return False
    if is_emphasised(printed):
        return before or after == [LineKind.TABS] * 2
    short = len(printed) <= _LONGEST_LONE_CELL and not printed.endswith((".", ":"))
    return short and before and LineKind.TABS in after


def _joints(text: str, rows: list[Classified]) -> Joints | None:
    """How the lines of a wrapped text join, where any ends in a hyphen."""
    lines = [text[row.content.start : row.content.end] for row in rows if not row.line.blank]
    return Joints(lines) if any(line.endswith("-") for line in lines) else None


class _Joiner:
    """Joins classified lines into blocks; state is the block that is open and the indents of the list."""

    def __init__(self, text: str, rows: list[Classified], markdown: bool, width: int | None) -> None:
        self.text = text
        self.rows = rows
        self.markdown = markdown
        self.width = width
        self.blocks: list[Block] = []
        self.indents: list[int] = []
        self.open: _Open | None = None
        self.html_until = 0
        self.joints = _joints(text, rows) if width else None
        lengths = [row.line.span.end - row.line.span.start for row in rows]
        self.widest = max((length for length in lengths if length <= _LONGEST_OF_LINES), default=0)

    def join(self) -> list[Block]:
        """All blocks in reading order."""
        for row in self.rows:
            self._take(row)
            if row.line.page_break:
                self._close()
                self.blocks.append(bare_block(BlockKind.PAGE, Span(row.line.span.end, row.line.span.end + 1)))
        self._close()
        return self.blocks

    def _take(self, row: Classified) -> None:
        if row.line.span.start < self.html_until:
            return
        if row.kind in _RUNNING:
            self._take_running(row)
            return
        if row.kind is LineKind.UNDERLINE and self._underlined(row):
            return
        self._close()
        if row.kind is LineKind.HTML:
            self._take_html(row)
        elif row.kind in _ROWS:
            self._take_row(row)
        elif row.kind is LineKind.HEADING:
            self.indents.clear()
            self._add(BlockKind.HEADING, [row.content], level=row.level, span=row.line.body)
        elif row.kind in (LineKind.RULE, LineKind.UNDERLINE):
            self.blocks.append(bare_block(BlockKind.RULE, row.line.body))
        elif row.kind is LineKind.PAGE:
            self.blocks.append(bare_block(BlockKind.PAGE, row.line.body))

    def _add(self, kind: BlockKind, segments: list[Span], *, level: int = 0, marker: str | None = None,
             span: Span | None = None) -> None:  # fmt: skip
        block = block_of(
            self.text,
            kind,
            segments,
            markdown=self.markdown,
            level=level,
            marker=marker,
            span=span,
            broken=self.joints.broken if self.joints else None,
        )
        if block.text:
            self.blocks.append(block)

    def _take_row(self, row: Classified) -> None:
        if row.kind is LineKind.PIPES:
            cells = pipe_cells(self.text, row.line.body)
        elif row.kind is LineKind.TABS:
            cells = tab_cells(self.text, row.line)
        else:
            cells = column_cells(self.text, row.line)
            if row.line.indent > 0:
                cells = [Span(row.line.span.start, row.line.span.start), *cells]
        block = row_of(self.text, cells, markdown=self.markdown) if cells else None
        if block and block.text:
            self.blocks.append(block)

    def _take_html(self, row: Classified) -> None:
        start = row.line.body.start
        end = self.text.find("</table>", start)
        self.html_until = len(self.text) if end < 0 else end + len("</table>")
        for cells in html_rows(self.text, start, self.html_until):
            block = row_of(self.text, cells, markdown=self.markdown)
            if block.text:
                self.blocks.append(block)

    def _take_running(self, row: Classified) -> None:
        if self.open and (
            (row.kind is LineKind.TEXT and self._goes_on(row))
            or (row.kind is LineKind.ITEM and self._cites_on(row))
        ):
            self.open.segments.append(row.content)
            self.open.lines.append(row)
            return
        self._close()
        level = self._level(row) if row.kind is LineKind.ITEM else 0
        self.open = _Open(row.kind, [row.content], row.line.indent, level, row.marker, lines=[row])

    def _cites_on(self, row: Classified) -> bool:
        """Whether a label belongs to a number that the full line before ends with: "paragraphs 2" / "(a) and 6, of"."""
        opened = self.open
        if opened is None or not opened.lines or not self.width:
            return False
        last = opened.lines[-1].line
        number = self.text[last.body.start : last.body.end][-1:].isdigit()
        words = self.text[row.line.body.start : row.line.body.end]
        return (
            number
            and _LETTER_IN_SENTENCE.match(words) is not None
            and continues(self.text, last, row.line, self.width)
        )

    def _goes_on(self, row: Classified) -> bool:
        """Whether a line of running text belongs to the open block: it is wrapped, indented under its item, or
        (in Markdown, or behind a full line of a page) goes on in small letters.
        """
        opened = self.open
        if opened is None or not opened.lines:
            return False
        last = opened.lines[-1].line
        if (last.hard_break and self.markdown) or self._is_masthead_symbol(row):
            return False
        if _LEADERS.search(self.text, last.body.start, last.body.end):
            return False
        if self.width and continues(self.text, last, row.line, self.width):
            return True
        printed = self.text[last.body.start : last.body.end]
        if printed.endswith(_CLOSED):
            return False
        if not self.markdown and _ends_bound(printed):
            return True
        first = self.text[row.content.start : row.content.end][:1]
        if opened.kind is LineKind.ITEM and row.line.indent > opened.indent:
            listed = _SYMBOL.match(self.text, row.content.start, row.content.end) is not None
            return self.markdown or first.islower() or (not listed and self._had_no_room(last, row))
        # Letters differ in breadth: a line of a set page is full even where the next word would fit by their number.
        length = last.span.end - last.span.start
        full = self._fills(length, _FULL)
        following = self.text[row.content.start : row.content.end]
        long, closed = self._fills(len(following), _HALF), following.endswith(_CLOSED)
        if full and opened.kind is LineKind.ITEM and (long or closed):
            return True  # "1. … the nuclear-weapon" and "States to accelerate progress."
        # A name that goes on in capitals: "… and Criminal" and "Justice resolution 27/5, …"
        named = self._fills(length, _NEARLY_WHOLE) and printed[-1:].isalpha()
        if named and (self._fills(len(following), _FULL) or (long and closed)):
            return True
        return first.islower() and (self.markdown or full or opened.kind is LineKind.ITEM)

    def _is_masthead_symbol(self, row: Classified) -> bool:
        """Whether a line among the first is a symbol and nothing else: it never goes on a name above it."""
        early = len(self.blocks) < _MASTHEAD_BLOCKS
        return early and _SYMBOL.fullmatch(self.text, row.content.start, row.content.end) is not None

    def _had_no_room(self, last: Line, row: Classified) -> bool:
        """Whether the line above was about full when the first word of this one came: else it was ended on purpose."""
        word = _FIRST_WORD.match(self.text, row.content.start, row.content.end)
        taken = last.span.end - last.span.start + 1 + (len(word.group()) if word else 0)
        return taken >= floor((self.width or self.widest) * _ABOUT_FULL)

    def _fills(self, length: int, share: Fraction) -> bool:
        """Whether so many characters fill that share of a line, in a text whose lines are wrapped."""
        return self.width is not None and length >= floor(self.width * share)

    def _level(self, row: Classified) -> int:
        while self.indents and self.indents[-1] > row.line.indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < row.line.indent:
            self.indents.append(row.line.indent)
        return len(self.indents) - 1

    def _underlined(self, row: Classified) -> bool:
        """Makes the open line a heading when a row of dashes or equals signs stands right under it."""
        opened = self.open
        if opened is None or opened.kind is not LineKind.TEXT or len(opened.segments) > 1:
            return False
        (segment,) = opened.segments
        if segment.end - segment.start > _LONGEST_UNDERLINED:
            return False
        self.open = None
        self.indents.clear()
        level = 1 if self.text[row.line.body.start] == "=" else 2
        self._add(BlockKind.HEADING, [segment], level=level)
        return True

    def _close(self) -> None:
        opened, self.open = self.open, None
        if opened is None:
            return
        kinds = {LineKind.ITEM: BlockKind.LIST_ITEM, LineKind.NOTE: BlockKind.FOOTNOTE}
        kind = kinds.get(opened.kind, BlockKind.PARAGRAPH)
        if kind is BlockKind.PARAGRAPH:
            self.indents.clear()
        span = Span(opened.lines[0].line.body.start, opened.segments[-1].end)
        self._add(kind, opened.segments, level=opened.level, marker=opened.marker, span=span)


def _ends_bound(printed: str) -> bool:
    """Whether a line opens a sentence and ends with a small word: "The Conference of the Parties to the"."""
    articles, bound = leading_and_bound()
    first, last = printed.split(" ", 1)[0], printed.rpartition(" ")[2]
    return first in articles and last in bound
