"""Lines of a table → cells: pipes, tabs, or columns set apart by runs of spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from treatygraph.model.text import Span
from treatygraph.read.labels import has_label
from treatygraph.read.lines import Line

_DELIMITER: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_GAP: Final = re.compile(r" {3,}")
_PIPE: Final = re.compile(r"(?<!\\)\|")
# A line of columns has at least this many cells; fewer are a label and its text, or a wide space in prose.
_LEAST_COLUMNS: Final = 2


def is_delimiter(body: str) -> bool:
    """Whether a line is the rule under the head of a pipe table."""
    return "|" in body and bool(_DELIMITER.fullmatch(body))


def pipe_cells(text: str, body: Span) -> list[Span]:
    """The cells of a pipe table's line, outer pipes left out."""
    printed = text[body.start : body.end]
    edges = [match.start() for match in _PIPE.finditer(printed)]
    starts = [0, *(edge + 1 for edge in edges)]
    ends = [*edges, len(printed)]
    cells = [Span(body.start + a, body.start + b) for a, b in zip(starts, ends, strict=True)]
    if printed.startswith("|"):
        cells = cells[1:]
    if printed.endswith("|") and not printed.endswith("\\|"):
        cells = cells[:-1]
    return cells


def tab_cells(text: str, line: Line) -> list[Span]:
    """The cells of a line with tabs; a tab at its beginning makes an empty first cell."""
    start, cells = line.span.start, []
    for part in text[line.span.start : line.span.end].split("\t"):
        cells.append(Span(start, start + len(part)))
        start += len(part) + 1
    return cells


def has_tabs(text: str, line: Line) -> bool:
    """Whether a line has more than one cell by its tabs, and is not just a label with a tab after it."""
    printed = text[line.span.start : line.span.end].rstrip()
    inner = printed.strip()
    if "\t" not in inner or _wrapped(inner):
        return False
    return inner.count("\t") > 1 or not has_label(inner)


def _wrapped(inner: str) -> bool:
    """Whether the tabs after the label only wrap a sentence: what follows each goes on in small letters."""
    parts = [part for part in inner.split("\t") if part.strip()]
    first = 1 if has_label(inner) and len(parts) > 1 else 0
    later = parts[first + 1 :]
    return bool(later) and all(part.strip()[0].islower() for part in later) and len(parts[first].strip()) > 40


def column_cells(text: str, line: Line) -> list[Span]:
    """The cells of a line set in columns: stretches with three spaces or more between them."""
    printed = text[line.span.start : line.span.end].rstrip()
    cells, start = [], len(printed) - len(printed.lstrip(" "))
    for gap in _GAP.finditer(printed, start):
        cells.append(Span(line.span.start + start, line.span.start + gap.start()))
        start = gap.end()
    cells.append(Span(line.span.start + start, line.span.start + len(printed)))
    return cells


def has_columns(text: str, line: Line) -> bool:
    """Whether a line has columns set by spaces, beside a label and the space after it."""
    cells = column_cells(text, line)
    labelled = has_label(text[cells[0].start : cells[0].end] + " ")
    return len(cells) >= _LEAST_COLUMNS + labelled


def html_rows(text: str, start: int, end: int) -> list[list[Span]]:
    """The rows of an HTML table inside ``text[start:end]``, each as its cells."""
    rows: list[list[Span]] = []
    opened: int | None = None
    for tag in _HTML_TAG.finditer(text, start, end):
        closing, name = tag.group(1) == "/", tag.group(2).lower()
        if opened is not None and (name in ("tr", "table") or closing or name in ("td", "th")):
            rows[-1].append(Span(opened, tag.start()))
            opened = None
        if name == "tr" and not closing:
            rows.append([])
        elif name in ("td", "th") and not closing:
            if not rows:
                rows.append([])
            opened = tag.end()
    return [cells for cells in rows if cells]


MOST_COLUMNS: Final = 50
"""No cell spans columns beyond so many, or more rows."""


def spread(spans: Sequence[tuple[int, int]], covered: dict[int, int]) -> list[int | None]:
    """Which cell stands in each column of a row, None for a column that a cell beside or above takes up.

    *spans* are the columns and rows that each cell takes up; *covered* holds for the rows below how many of them each
    column is taken up in, and is kept up to date.
    """
    places: list[int | None] = []
    for index, (wide, high) in enumerate(spans):
        while covered.get(len(places), 0) > 0 and len(places) < MOST_COLUMNS:
            covered[len(places)] -= 1
            places.append(None)
        for step in range(max(1, min(wide, MOST_COLUMNS - len(places)))):
            covered[len(places)] = max(0, min(high, MOST_COLUMNS) - 1)
            places.append(index if step == 0 else None)
    for column in sorted(covered):
        if column >= len(places) and covered[column] > 0:
            places += [None] * (column + 1 - len(places))
            covered[column] -= 1
    return places


_HTML_TAG: Final = re.compile(r"<(/?)(table|tr|td|th)\b[^<>]{0,300}>", re.IGNORECASE)
