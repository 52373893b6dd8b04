"""Lines of print, page by page → paragraphs, headings, rows and notes, written into a composer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from treatygraph.model.text import BlockKind
from treatygraph.read.compose import Composer
from treatygraph.read.hyphens import Joints
from treatygraph.read.labels import has_label
from treatygraph.read.pdf_notes import Note, notes_apart
from treatygraph.read.pdf_page import PrintLine, Stretch, cell_pieces, cell_text
from treatygraph.read.pdf_table import Cell, Columns, Table, find_tables, is_label, is_row
from treatygraph.read.run import Run, raised

_STOPPED: Final = re.compile(r"[.:;?!؛؟。：；？！][”\"’»)\]]*$")
_ENDED: Final = re.compile(r"[.;]$")
# Lengths in ems: an indent, the room that shows that a line was ended on purpose; and in leadings: a gap.
_INDENT: Final = 0.8
_ROOM: Final = 1.0
_GAP: Final = 1.28
_OTHER_SIZE: Final = 0.07
_EM_PER_LETTER: Final = 0.45
_LEADING: Final = 1.2
_WIDEST_LEADING: Final = 3.0
_MOST_LEADING: Final = 1.35
# Print this much larger than the text is a heading of the first, of the second level.
_LARGE: Final = ((1.3, 1), (1.1, 2))
_LONGEST_HEADING: Final = 250
_EDGE_SHARE: Final = 0.95
# Lines end at one edge when this many, and this share of them, end within so many ems of it, far from their beginning.
_ROUGH: Final = 3.0
_LEAST_FULL: Final = 3
_FULL_SHARE: Final = 0.15
_LEAST_WIDTH: Final = 0.55


def write_text(pages: Sequence[Sequence[PrintLine]], body: float, width: float, composer: Composer) -> None:
    """Writes the text of all pages: a paragraph that a page breaks is one; the notes of a page follow it.

    *body* is the size of most print, *width* that of most pages.
    """
    apart = [notes_apart(lines, body) for lines in pages]
    edges = _edges([line for text, _ in apart for line in text], body, width)
    joints = Joints([cell_text(line.cells[-1]) for lines in pages for line in lines])
    writer = _Writer(composer, body, edges, joints)
    for text, notes in apart:
        writer.page(text)
        writer.waiting += notes
    writer.close()


def _edges(lines: Sequence[PrintLine], body: float, width: float) -> dict[int, float]:
    """Where the lines of text end in each column of pages as wide as *width*.

    Where no lines end at one edge (a list of short titles), the margins are taken to be equal.
    """
    of_text = [line for line in lines if abs(line.size - body) < _OTHER_SIZE * body and not is_row(line)]
    edges: dict[int, float] = {}
    for column in sorted({line.column for line in of_text}):
        ends = sorted(line.right for line in of_text if line.column == column)
        begin = median(line.left for line in of_text if line.column == column)
        edge = ends[int(_EDGE_SHARE * (len(ends) - 1))]
        there = sum(end > edge - _ROUGH * body for end in ends)
        far = edge - begin > _LEAST_WIDTH * (width - 2 * begin)
        sure = there >= max(_LEAST_FULL, _FULL_SHARE * len(ends)) and far
        edges[column] = edge if sure or column else max(edge, width - begin)
    return edges


@dataclass(slots=True)
class _Row:
    """A row of a table that may grow by the next line: its cells with their edges."""

    cells: list[Run]
    edges: list[tuple[float, float]]
    last: PrintLine


class _Writer:
    """Takes lines in reading order; the paragraph or row that may go on is ``open``."""

    def __init__(self, composer: Composer, body: float, edges: dict[int, float], joints: Joints) -> None:
        self.composer = composer
        self.body = body
        self.edges = edges
        self.joints = joints
        self.open: list[PrintLine] = []
        self.row: _Row | None = None
        self.waiting: list[Note] = []
        self.leading = _LEADING
        self.carried: Columns = ()  # of a table that goes on over the page

    def page(self, lines: Sequence[PrintLine]) -> None:
        """The lines of text of one page."""
        self.leading = self._leading(lines)
        found = find_tables(lines, self.carried)
        tables = {table.start: table for table in found}
        self.carried = found[-1].columns if found and found[-1].end == len(lines) else ()
        until = 0
        for place, line in enumerate(lines):
            if place in tables:
                self._table(tables[place])
                until = tables[place].end
            if place < until:
                continue
            if self.row is not None and self._wrapped(self.row, line):
                continue
            if is_row(line):
                self._open_row(line)
                continue
            if self.row is not None or not self.open or self._starts(self.open, line):
                self.close()
            self.open.append(line)

    def close(self) -> None:
        """Writes what is open, and the notes of the page that ended in it."""
        if self.row is not None:
            self.composer.row(self.row.cells)
            self.row = None
        if self.open:
            self._paragraph(self.open)
            self.open = []
        waiting, self.waiting = self.waiting, []
        for note in waiting:
            self._note(note)

    def _table(self, table: Table) -> None:
        self.close()
        for row in table.rows:
            self.composer.row([self._cell(cell) for cell in row])

    def _cell(self, lines: Sequence[Cell]) -> Run:
        """The words of a cell that has several lines."""
        run = Run()
        texts = [cell_text(line) for line in lines]
        for place, line in enumerate(lines):
            dropped, spaced = (
                self.joints.join(*texts[place : place + 2]) if place + 1 < len(lines) else (False, True)
            )
            self._take(run, line, dropped=dropped)
            if spaced:
                run.add(" ")
        return run

    def _open_row(self, line: PrintLine) -> None:
        """Begins a row; lines right above that the row's first cell goes on from belong to it."""
        cells = [self._run([cell]) for cell in line.cells]
        if self.open and self._leads(self.open, line):
            first = self._words(self.open)
            first.extend(cells[0])
            cells[0], self.open = first, []
        self.close()
        self.row = _Row(cells, [(cell[0].left, cell[-1].right) for cell in line.cells], line)

    def _leads(self, opened: Sequence[PrintLine], line: PrintLine) -> bool:
        """Whether the lines that are open are the upper lines of the row's first cell."""
        last = opened[-1]
        tight = 0 < last.foot - line.foot < _GAP * _LEADING * line.size
        same = last.page == line.page and last.column == line.column and abs(last.size - line.size) < 0.1
        under = abs(last.cells[-1][0].left - line.left) < _INDENT * line.size
        return tight and same and under and not _STOPPED.search(last.text) and last.bold == line.bold

    # Borders

    def _starts(self, opened: Sequence[PrintLine], line: PrintLine) -> bool:
        """Whether *line* begins a paragraph of its own."""
        last, text = opened[-1], line.text
        together = last.page == line.page and last.column == line.column
        before = cell_text(last.cells[-1])
        stopped = bool(_STOPPED.search(before))
        if is_label(line) or abs(last.size - line.size) > _OTHER_SIZE * last.size or last.bold != line.bold:
            return True
        if together and last.foot - line.foot > _GAP * self.leading * line.size:
            return True
        if (last.column == 0) != (line.column == 0):
            return True  # no paragraph runs from the whole width of the page into a column
        low = text[:1].islower()
        ended = self._ended(last, text) and (stopped or not low)
        if not together:
            return ended or (stopped and not low)
        moved = self._moved(opened, line)
        if has_label(text):
            return stopped or ended or moved
        return ended or moved

    def _ended(self, last: PrintLine, text: str) -> bool:
        """Whether the first word of *text* would have fitted into the last line: it was ended on purpose."""
        word = text.split(None, 1)[0] if text.split() else ""
        needed = (_EM_PER_LETTER * (len(word) + 1) + _ROOM) * last.size
        return last.right + needed < self.edges.get(last.column, last.right)

    def _moved(self, opened: Sequence[PrintLine], line: PrintLine) -> bool:
        """Whether the line is indented, or set further out than a line that is not the first of its paragraph."""
        last = opened[-1]
        step = line.left - last.left
        if is_label(last) or (len(opened) == 1 and has_label(last.text)):
            return step < -_INDENT * line.size
        if step > _INDENT * line.size:
            return True
        return step < -_INDENT * line.size and len(opened) > 1

    def _wrapped(self, row: _Row, line: PrintLine) -> bool:
        """Whether the line only goes on in one cell of the row above; takes it in if so."""
        if len(line.cells) != 1 or line.page != row.last.page or line.column != row.last.column:
            return False
        if row.last.foot - line.foot > _GAP * _LEADING * line.size:
            return False
        (cell,) = line.cells
        for index, (left, right) in enumerate(row.edges):
            inside = cell[0].left < right and left < cell[-1].right
            if inside and (index > 0 or line.text[:1].islower()):
                row.cells[index].extend(self._run([cell]))
                row.edges[index] = (min(left, cell[0].left), max(right, cell[-1].right))
                row.last = line
                return True
        return False

    def _leading(self, lines: Sequence[PrintLine]) -> float:
        """The distance of two lines of a paragraph, in ems.

        On a page of short lines each is a paragraph, and their distance says nothing; it is held to what is usual.
        """
        pairs = [
            (above, (above.foot - below.foot) / below.size)
            for above, below in pairwise(lines)
            if above.column == below.column and abs(above.size - below.size) < _OTHER_SIZE * above.size
        ]
        usual = [(above, step) for above, step in pairs if 0 < step < _WIDEST_LEADING]
        if not usual:
            return _LEADING
        full = [
            step
            for above, step in usual
            if above.right > self.edges.get(above.column, 0) - _ROUGH * above.size
        ]
        if len(full) >= _LEAST_FULL:
            return median(full)
        return min(median(step for _, step in usual), _MOST_LEADING)

    # Words

    def _paragraph(self, lines: Sequence[PrintLine]) -> None:
        run = self._words(lines)
        large = next((level for times, level in _LARGE if lines[0].size >= times * self.body), None)
        bold = all(line.bold for line in lines)
        ended = (_ENDED if bold else _STOPPED).search(run.text)
        heading = large if len(run.text) <= _LONGEST_HEADING and not ended else None
        self.composer.paragraph(run, heading=heading, emphasis=bold)

    def _note(self, note: Note) -> None:
        run = self._words(note.lines)
        text = run.text
        marker = raised(note.marker) if text.startswith(raised(note.marker)) else note.marker
        skip = len(marker) if text.startswith(marker) else 0
        while skip and text[skip : skip + 1].isspace():
            skip += 1
        self.composer.block(run, BlockKind.FOOTNOTE, marker=note.marker, skip=skip)

    def _words(self, lines: Sequence[PrintLine]) -> Run:
        """The words of lines, those that a line broke re-joined; a label keeps its tab."""
        pieces = [[cell_text(cell) for cell in line.cells] for line in lines]
        run = Run()
        for place, line in enumerate(lines):
            dropped, spaced = False, True
            if place + 1 < len(lines):
                dropped, spaced = self.joints.join(pieces[place][-1], pieces[place + 1][0])
            for index, cell in enumerate(line.cells):
                if index:
                    run.tab()
                last = index == len(line.cells) - 1
                self._take(run, cell, dropped=dropped and last)
            if spaced:
                run.add(" ")
        return run

    def _run(self, cells: Iterable[tuple[Stretch, ...]]) -> Run:
        run = Run()
        for cell in cells:
            self._take(run, cell, dropped=False)
            run.add(" ")
        return run

    def _take(self, run: Run, cell: tuple[Stretch, ...], *, dropped: bool) -> None:
        """Adds the words of a cell; *dropped* leaves out its last character, a hyphen."""
        for place, (stretch, words) in enumerate(cell_pieces(cell), 1):
            text = words[:-1] if dropped and place == len(cell) else words
            if stretch.raised:
                run.glue()
                text = raised(text.strip())
            run.add(text)
