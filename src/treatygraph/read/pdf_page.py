"""Stretches of print on a page → its lines in reading order: columns one after the other, cells of a row apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Letters that fonts draw in one piece or in one of their shapes, and that stand for others.
_SHAPES: Final = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
# Stretches whose feet differ by less than this many ems stand on one line.
_SAME_LINE: Final = 0.35
# Beyond this many ems two stretches of a line are apart: cells of a row, or a label and its text.
_APART: Final = 1.0
_SPACE: Final = 0.2
# A justified line of at least so many words has gaps that differ less than this.
_FEW_WORDS: Final = 3
_EVEN: Final = 1.15
# No table has more columns than this.
_MOST_CELLS: Final = 60
# The gutter between two columns lies in this part of the page, …
_MIDDLE: Final = (0.33, 0.67)
# … has as many lines of print on both sides, each as long as prose is, side by side or in turns, …
_LEAST_PAIRS: Final = 6
_LEAST_LETTERS: Final = 18
# … and the lines beside it begin less than this many points apart.
_LEFT_EDGE: Final = 3.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Print in one size on one line; ``left`` is where it begins: in right-to-left print, counted from the right."""

    text: str
    left: float
    right: float
    foot: float
    size: float
    bold: bool
    raised: bool


@dataclass(frozen=True, slots=True)
class PrintLine:
    """A line of one column: its cells, each the stretches without a gap between them."""

    page: int
    column: int
    cells: tuple[tuple[Stretch, ...], ...]
    foot: float
    size: float

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.cells[0][0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.cells[-1][-1].right

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(stretch.bold for cell in self.cells for stretch in cell)

    @property
    def text(self) -> str:
        """Its words, cells set apart by tabs; raised marks as they are."""
        return "\t".join(cell_text(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points and its lines in reading order."""

    number: int
    width: float
    height: float
    lines: tuple[PrintLine, ...]


def cell_pieces(cell: Iterable[Stretch]) -> Iterator[tuple[Stretch, str]]:
    """Stretches that follow one another, each with its words and the space before them, if any."""
    last = None
    for stretch in cell:
        words = stretch.text
        if last is not None and not words.startswith(" ") and _gap(last, stretch) > _SPACE * stretch.size:
            words = " " + words
        yield stretch, words
        last = stretch


def cell_text(cell: Iterable[Stretch]) -> str:
    """The words of stretches that follow one another."""
    return "".join(words for _, words in cell_pieces(cell))


def read_page(number: int, width: float, height: float, rows: Iterable[Iterable[object]]) -> Page:
    """A page from the rows that the worker printed."""
    stretches = [_stretch(row) for row in rows]
    letters = "".join(stretch.text for stretch in stretches)
    if 2 * len(_RIGHT_TO_LEFT.findall(letters)) > sum(map(str.isalpha, letters)):
        stretches = [replace(each, left=width - each.right, right=width - each.left) for each in stretches]
    lines: list[PrintLine] = []
    for column, part in _columns(stretches, width):
        lines += (_line(number, column, line) for line in _rows(part))
    return Page(number, width, height, tuple(lines))


def _stretch(row: Iterable[object]) -> Stretch:
    text, left, right, foot, size, bold, raised = row
    words = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape.group()), str(text))
    begin, end, ground, height = (float(str(edge)) for edge in (left, right, foot, size))
    return Stretch(words, begin, end, ground, height, bool(bold), bool(raised))


def _rows(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """The stretches that stand on one line, from the top of the page down, each line from its beginning."""
    rows: list[list[Stretch]] = []
    foot = size = 0.0
    for stretch in sorted(stretches, key=lambda each: -each.foot):
        near = rows and foot - stretch.foot < _SAME_LINE * max(size, stretch.size)
        if not near:
            rows.append([])
            foot, size = stretch.foot, stretch.size
        rows[-1].append(stretch)
        if stretch.size > size or not near:
            # A raised mark comes first from the top; the foot of the line is that of its larger print.
            foot, size = stretch.foot, stretch.size
    return [sorted(row, key=lambda each: (each.left, each.right)) for row in _with_marks(rows)]


def _with_marks(rows: list[list[Stretch]]) -> list[list[Stretch]]:
    """Rows of nothing but raised marks put into the line below, which they stand beside."""
    made: list[list[Stretch]] = []
    waiting: list[Stretch] = []
    for row in rows:
        if all(stretch.raised for stretch in row):
            waiting += row
            continue
        made.append(waiting + row)
        waiting = []
    return [*made, waiting] if waiting else made


def _line(page: int, column: int, row: list[Stretch]) -> PrintLine:
    cells: list[list[Stretch]] = []
    for stretch in row:
        last = cells[-1][-1] if cells else None
        if last is not None and _gap(last, stretch) <= _APART * max(last.size, stretch.size):
            cells[-1].append(stretch)
        else:
            cells.append([stretch])
    if _stretched(cells) or len(cells) > _MOST_CELLS:
        cells = [[stretch for cell in cells for stretch in cell]]
    largest = max(row, key=lambda each: (not each.raised, len(each.text)))
    return PrintLine(page, column, tuple(map(tuple, cells)), largest.foot, largest.size)


def _stretched(cells: list[list[Stretch]]) -> bool:
    """Whether a line is one of few words, set apart evenly to fill the line, and no row of cells."""
    if len(cells) < _FEW_WORDS or any(" " in cell_text(cell).strip() for cell in cells):
        return False
    gaps = [_gap(first[-1], second[0]) for first, second in pairwise(cells)]
    return max(gaps) < _EVEN * min(gaps)


def _gap(first: Stretch, second: Stretch) -> float:
    return second.left - first.right


def _columns(stretches: list[Stretch], width: float) -> list[tuple[int, list[Stretch]]]:
    """The stretches by column, in reading order; what runs across the gutter parts the page into bands."""
    gutter = _gutter(stretches, width)
    if gutter is None:
        return [(0, stretches)]
    parts: list[tuple[int, list[Stretch]]] = []
    rows = _rows(stretches)
    for across, band in groupby(rows, key=lambda row: any(each.left < gutter < each.right for each in row)):
        part = [stretch for row in band for stretch in row]
        if across:
            parts.append((0, part))
        else:
            parts.append((1, [each for each in part if each.right <= gutter]))
            parts.append((2, [each for each in part if each.left >= gutter]))
    return [(column, part) for column, part in parts if part]


def _gutter(stretches: list[Stretch], width: float) -> float | None:
    """Where the second column begins, or None on a page of one column."""
    first, last = (width * share for share in _MIDDLE)
    long = [each for each in stretches if len(each.text) >= _LEAST_LETTERS]
    starts = Counter(round(each.left / _LEFT_EDGE) for each in long if first <= each.left <= last)
    if not starts:
        return None
    edge = min(starts, key=lambda start: (-starts[start], start))
    gutter = (edge - 1) * _LEFT_EDGE
    pairs = turns = crossed = 0
    above: tuple[bool, float] | None = None  # the side of a line that stands alone, and its foot
    for row in _rows(stretches):
        sides = _sides(row, gutter)
        alone: tuple[bool, float] | None = None
        if any(each.left < gutter < each.right for each in row):
            crossed += 1
        elif all(map(_is_prose, sides)):
            pairs += 1
        elif any(map(_is_prose, sides)) and not all(sides):
            # Columns whose lines do not stand on one foot: left and right take turns, closer than lines of one column.
            alone = (bool(sides[0]), row[0].foot)
            if above and above[0] != alone[0] and above[1] - alone[1] < row[0].size:
                turns += 1
        above = alone
    return gutter if pairs + turns // 2 >= _LEAST_PAIRS and pairs + turns // 2 > crossed else None


def _sides(row: list[Stretch], gutter: float) -> tuple[list[Stretch], list[Stretch]]:
    return [each for each in row if each.right <= gutter], [each for each in row if each.left >= gutter]


def _is_prose(side: list[Stretch]) -> bool:
    """Whether what a row has on one side of the gutter is one stretch of prose."""
    return sum(len(each.text) for each in side) >= _LEAST_LETTERS and all(
        _gap(a, b) < 2 * _APART * a.size for a, b in pairwise(side)
    )
