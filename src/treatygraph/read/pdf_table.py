"""Lines of print → tables: which lines are rows of one, where its columns are, and which lines make one row."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from treatygraph.read.labels import BULLET, TABBED, has_label
from treatygraph.read.pdf_page import PrintLine, Stretch, cell_text

Cell = tuple[Stretch, ...]
Columns = Sequence[tuple[float, float]]

# Lengths in ems.
_ALIGNED: Final = 0.8
_CELL_STEP: Final = 1.36
_FAR: Final = 3.2
_LARGER: Final = 1.1
# Steps between rows are this many times those between lines of one cell, and this share of all steps.
_PARTS: Final = 1.12
_LEAST_SHARE: Final = 0.2
# Rows of one table have at most so many lines between them that are not plainly rows.
_MOST_BETWEEN: Final = 4
# So many rows tell where the columns of a table are.
_MOST_ROWS: Final = 40
_WINDOW: Final = 8
# What a number, or a letter in brackets, opens; and the end of a line that goes on below ("10 a.m. to", "10 a.m.–").
_LABEL: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?|[(（]?[a-z]{1,4}[)）]")
_NUMBERED: Final = re.compile(r"[(（]?\d|[(（]\w{1,3}[)）]")
_OPEN: Final = re.compile(r"(?:[-–—,(]|(?<!\w)[^\W\d_]{1,3})$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first line and the line after the last, its columns and its rows of cells, each of lines."""

    start: int
    end: int
    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[tuple[Cell, ...], ...], ...]


def is_label(line: PrintLine) -> bool:
    """Whether a line begins with a label that stands apart from its text."""
    if len(line.cells) != 2:
        return False
    label = cell_text(line.cells[0])
    return bool(TABBED.match(label + "\t") or has_label(label + " ") or BULLET.fullmatch(label + " "))


def is_row(line: PrintLine) -> bool:
    """Whether a line is a row of a table, or of a masthead."""
    return len(line.cells) > 1 and not is_label(line)


def find_tables(lines: Sequence[PrintLine], carried: Columns = ()) -> list[Table]:
    """The tables of a page: at least two rows that share columns, with the lines that belong to their cells.

    *carried* are the columns of a table that the page before ended in: the page may begin with more of its rows.
    """
    tables: list[Table] = []
    at = _going_on(lines, carried) if carried else 0
    if at:
        tables.append(Table(0, at, tuple(carried), _table_rows(lines[:at], carried)))
    while at < len(lines):
        zone = _zone(lines, at) if is_row(lines[at]) else None
        if zone is None:
            at += 1
            continue
        first = tables[-1].end if tables else 0
        start, end, columns = _grown(lines, zone, first)
        tables.append(Table(start, end, tuple(columns), _table_rows(lines[start:end], columns)))
        at = end
    return tables


def _going_on(lines: Sequence[PrintLine], columns: Columns) -> int:
    """How many lines at the top of a page are more rows of the table that the page before ended in."""
    end = rows = 0
    while end < len(lines) and _fits(lines[end], columns):
        line = lines[end]
        row = len(line.cells) > 1 and (is_row(line) or _aligned(line, columns))
        if not row and not _inside(line, columns):
            break
        rows += row
        end += 1
        if not rows and end > _MOST_BETWEEN:
            return 0
    return end if rows else 0


def _zone(lines: Sequence[PrintLine], start: int) -> tuple[int, int] | None:
    """The first row at *start* and the line after the last row of the same table; None where it is alone."""
    last, between = start, 0
    for place in range(start + 1, len(lines)):
        line, above = lines[place], lines[place - 1]
        if line.column != lines[start].column or above.foot - line.foot > _FAR * line.size:
            break
        if len(line.cells) == 1 and line.size > _LARGER * lines[last].size:
            break  # a heading
        columns = _columns(lines[max(start, last - _WINDOW) : last + 1])
        if is_row(line):
            if not _share(line, columns):
                break
            last, between = place, 0
            continue
        between += 1
        if between > _MOST_BETWEEN or not _fits(line, columns):
            break
        if _aligned(line, columns):
            last, between = place, 0
    return (start, last + 1) if last > start else None


def _share(line: PrintLine, columns: Columns) -> bool:
    """Whether a row belongs under columns: most of its cells lie in one of them, or most of them have a cell."""
    under = sum(
        any(cell[0].left < right and left < cell[-1].right for left, right in columns) for cell in line.cells
    )
    return 2 * under > min(len(line.cells), len(columns))


def _columns(lines: Sequence[PrintLine]) -> list[tuple[float, float]]:
    """Where the columns of rows begin and end; a cell that spans several of another row makes none."""
    rows = [line for line in lines if is_row(line)][-_MOST_ROWS:]
    begins = [[cell[0].left for cell in row.cells] for row in rows]
    ends = [sorted(cell[-1].right for cell in row.cells) for row in rows]
    edges: list[tuple[float, float]] = []
    for row in rows:
        for cell in row.cells:
            left, right = cell[0].left, cell[-1].right
            under = (
                bisect_left(begin, right) - bisect_right(end, left)
                for begin, end in zip(begins, ends, strict=True)
            )
            if all(count <= 1 for count in under):
                edges.append((left, right))
    columns: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _fits(line: PrintLine, columns: Columns) -> bool:
    """Whether each cell of a line lies in one column: it begins where that does and ends before the next begins."""
    for cell in line.cells:
        places = [
            place for place, (left, _) in enumerate(columns) if left - _ALIGNED * line.size <= cell[0].left
        ]
        if not places:
            return False
        following = places[-1] + 1
        if following < len(columns) and cell[-1].right > columns[following][0]:
            return False
    return True


def _aligned(line: PrintLine, columns: Columns) -> bool:
    """Whether a line that might be a label and its text is a row: each cell begins where a column does."""
    return len(line.cells) > 1 and all(
        any(abs(cell[0].left - left) < _ALIGNED * line.size for left, _ in columns) for cell in line.cells
    )


def _grown(
    lines: Sequence[PrintLine], zone: tuple[int, int], first: int
) -> tuple[int, int, list[tuple[float, float]]]:
    """The zone with the lines right above and below that belong to the cells of its outer rows."""
    start, end = zone
    columns = _columns(lines[start:end])

    def near(above: PrintLine, below: PrintLine) -> bool:
        step = above.foot - below.foot
        return (
            above.column == below.column and 0 < step < _CELL_STEP * below.size and above.bold == below.bold
        )

    while start > first and near(lines[start - 1], lines[start]) and _inside(lines[start - 1], columns):
        start -= 1
    while end < len(lines) and near(lines[end - 1], lines[end]) and _inside(lines[end], columns):
        end += 1
    return start, end, columns


def _inside(line: PrintLine, columns: Columns) -> bool:
    """Whether a line outside the rows is part of a cell: it fits, and is no line of text that happens to."""
    return _fits(line, columns) and (
        line.left > columns[0][0] + _ALIGNED * line.size or line.right < columns[1][0]
    )


def _table_rows(lines: Sequence[PrintLine], columns: Columns) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
    """The rows: lines as near to one another as lines of one cell are, each cell in its column."""
    steps = [(above.foot - below.foot) / below.size for above, below in pairwise(lines)]
    parting = _parting(steps)
    groups: list[list[PrintLine]] = []
    for place, line in enumerate(lines):
        if place == 0:
            groups.append([])
        elif parting is not None:
            if steps[place - 1] > parting:
                groups.append([])
        elif (
            _begins(line, columns)
            or _second(groups[-1], line, columns)
            or _again(groups[-1], line, columns)
            or _labelled(line)
        ):
            groups.append([])
        groups[-1].append(line)
    return tuple(_row(group, columns) for group in groups)


def _parting(steps: Sequence[float]) -> float | None:
    """The step beyond which two lines are of two rows; None where all lines of the table stand equally near.

    It lies in the widest gap between steps that leaves as many on its far side as rows make up of a table.
    """
    ordered = sorted(step for step in steps if step > 0)
    best: tuple[float, float] | None = None
    for place, (near, far) in enumerate(pairwise(ordered), 1):
        share = (len(ordered) - place) / len(ordered)
        if share >= _LEAST_SHARE and far / near >= _PARTS:
            best = max(best or (0.0, 0.0), (far / near, (near + far) / 2))
    return best[1] if best else None


def _begins(line: PrintLine, columns: Columns) -> bool:
    """Whether a line begins a row where all lines stand equally near: it fills the first column, in no small letter."""
    first = line.cells[0]
    return first[0].left < columns[0][1] and not cell_text(first)[:1].islower()


def _second(group: Sequence[PrintLine], line: PrintLine, columns: Columns) -> bool:
    """Whether the line and a line of the row both have several cells, the row's first in the first column."""
    full = [each for each in group if is_row(each) and each.cells[0][0].left < columns[0][1]]
    return bool(full) and is_row(line) and len(line.cells) >= len(full[0].cells)


def _labelled(line: PrintLine) -> bool:
    """Whether a line begins with the label of a part, in a cell of its own: "3.1", "(a)"."""
    return len(line.cells) > 1 and _LABEL.fullmatch(cell_text(line.cells[0]).strip()) is not None


def _again(group: Sequence[PrintLine], line: PrintLine, columns: Columns) -> bool:
    """Whether a line fills columns again that the row has filled, though not the first: "3–6 p.m.", "2 (a)", "Oil".

    Its cells begin anew, one before the last with a number, and nothing in them goes on from the line above.
    """
    filled = {_column_of(cell, columns): cell_text(cell) for each in group for cell in each.cells}
    texts = [cell_text(cell) for cell in line.cells]
    places = [_column_of(cell, columns) for cell in line.cells]
    numbered = any(_NUMBERED.match(text) for text in texts[:-1])
    anew = numbered and not any(text[:1].islower() for text in texts)
    above = [filled.get(place, "") for place in places if place >= min(filled)]
    return anew and bool(above) and all(text and not _OPEN.search(text) for text in above)


def _row(lines: Sequence[PrintLine], columns: Columns) -> tuple[tuple[Cell, ...], ...]:
    cells: list[list[Cell]] = [[] for _ in columns]
    for line in lines:
        for cell in line.cells:
            cells[_column_of(cell, columns)].append(cell)
    return tuple(map(tuple, cells))


def _column_of(cell: Cell, columns: Columns) -> int:
    """The column that a cell shares most with, else the nearest."""

    def shared(place: int) -> tuple[float, int]:
        left, right = columns[place]
        return min(right, cell[-1].right) - max(left, cell[0].left), -place

    return max(range(len(columns)), key=shared)
