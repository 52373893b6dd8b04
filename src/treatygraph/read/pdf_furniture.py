"""Lines of all pages → what stands on every page and is no text: running heads and feet, page numbers, job numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from treatygraph.read.pdf_page import Page, PrintLine

# Heads and feet stand in these shares of the page.
_HEAD: Final = 0.12
_FOOT: Final = 0.11
_PAGE_NUMBER: Final = re.compile(
    r"[\s\-–—|/]{0,4}(?:[Pp]age\s)?(?:\d{1,4}(?:\s?(?:/|of|de)\s?\d{1,4})?|[ivxl]{1,7})[\s\-–—|/]{0,4}"
)
# What United Nations printers put at the foot: "25-07798 (E)  230525", "V.16-04567 (E)", "*1604567*".
_JOB: Final = re.compile(r"(?:[A-Z]{1,3}\.)?\d{2}-\d{5,6}(?:\s?\([A-Z]\))?(?:\s+\d{6}){0,3}|\*\d{5,9}\*")
# A document's symbol, alone in its cell.
_SYMBOL: Final = re.compile(r"[A-Z][\w.()-]{0,20}(?:/[\w.()-]{1,20}){1,9}")
_LEAST_PAGES: Final = 2
_SHARE: Final = 0.3
_SMALLER: Final = 0.95
# A head set in smaller print stands this many times its size above the text.
_AWAY: Final = 2.0


def without_furniture(pages: Sequence[Page], body: float) -> list[tuple[PrintLine, ...]]:
    """The lines of each page that are text; *body* is the size of most print.

    The head of the first page stays where it prints the symbol of the document and no other line there does.
    """
    counts = Counter(
        key for page in pages for key in {_key(page, line) for line in page.lines if _zone(page, line)}
    )
    least = max(_LEAST_PAGES, _SHARE * len(pages))
    return [_page_text(page, counts, least, body) for page in pages]


def _page_text(
    page: Page, counts: Counter[tuple[str, str]], least: float, body: float
) -> tuple[PrintLine, ...]:
    heads = _small_heads(page, body)
    dropped = {
        place
        for place, line in enumerate(page.lines)
        if _zone(page, line) and (counts[_key(page, line)] >= least or _numbered(page, line) or line in heads)
    }
    if page.number == 1:
        dropped -= _symbol_line(page, dropped)
    return tuple(line for place, line in enumerate(page.lines) if place not in dropped)


def _symbol_line(page: Page, dropped: set[int]) -> set[int]:
    """The place of the first head that prints a symbol which no line prints that stays; empty where there is none."""
    stays = " ".join(line.text for place, line in enumerate(page.lines) if place not in dropped)
    for place in sorted(dropped):
        line = page.lines[place]
        cells = [cell.strip() for cell in line.text.split("\t")]
        symbols = [cell for cell in cells if _SYMBOL.fullmatch(cell) and any(map(str.isdigit, cell))]
        if _zone(page, line) == "head" and symbols and not any(symbol in stays for symbol in symbols):
            return {place}
    return set()


def _zone(page: Page, line: PrintLine) -> str:
    if line.foot > page.height * (1 - _HEAD):
        return "head"
    return "foot" if line.foot < page.height * _FOOT else ""


def _key(page: Page, line: PrintLine) -> tuple[str, str]:
    """What a line says but for its figures and spaces: page numbers differ, and sides change from page to page."""
    cells = sorted(re.sub(r"\s+", "", re.sub(r"\d+", "0", cell)) for cell in line.text.split("\t"))
    return _zone(page, line), "|".join(cells)


def _numbered(page: Page, line: PrintLine) -> bool:
    """Whether a line holds nothing but a page number, a job number or both."""
    cells = line.text.split("\t")
    job = any(_JOB.fullmatch(cell) for cell in cells)
    foot = _zone(page, line) == "foot"
    return all(
        _PAGE_NUMBER.fullmatch(cell) or (foot and (_JOB.fullmatch(cell) or (job and cell.isdigit())))
        for cell in cells
    )


def _small_heads(page: Page, body: float) -> frozenset[PrintLine]:
    """The lines at the top of a page after the first that are set in smaller print, well above the text."""
    if page.number == 1:
        return frozenset()
    lines = sorted((line for line in page.lines if line.column == 0), key=lambda line: -line.foot)
    found: list[PrintLine] = []
    for line, below in pairwise(lines):
        if _zone(page, line) != "head" or line.size >= _SMALLER * body:
            break
        found.append(line)
        if line.foot - below.foot > _AWAY * line.size:
            return frozenset(found)
    return frozenset()
