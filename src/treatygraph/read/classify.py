"""A line → what it is by its layout: heading, rule, page break, row, footnote, list item or running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from treatygraph.model.text import Span
from treatygraph.read.labels import BULLET, has_label
from treatygraph.read.lines import Line
from treatygraph.read.tables import has_columns, has_tabs, is_delimiter


class LineKind(Enum):
    """What one line is, before it is joined with its neighbours."""

    BLANK = "blank"
    HEADING = "heading"
    UNDERLINE = "underline"
    RULE = "rule"
    PAGE = "page"
    FENCE = "fence"
    PIPES = "pipes"
    TABS = "tabs"
    COLUMNS = "columns"
    DELIMITER = "delimiter"
    HTML = "html"
    NOTE = "note"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Classified:
    """A line with its kind; ``content`` leaves out what only marks the kind (``##``, a bullet, ``[^1]:``)."""

    line: Line
    kind: LineKind
    content: Span
    level: int = 0
    marker: str | None = None


_PAGE: Final = re.compile(r"<!--.{0,200}?-->|\[?[Pp]age \d{1,4}(?: (?:of|/) \d{1,4})?\]?")
_COMMENT: Final = re.compile(r"<!--.{0,200}?-->")
_ATX: Final = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_CLOSING_HASHES: Final = re.compile(r"[ \t]+#{1,20}$")
_RULE: Final = re.compile(r"(?:-[ \t]?){3,}|(?:\*[ \t]?){3,}|(?:_[ \t]?){3,}|[-_*=—–]{5,}")
_UNDERLINE: Final = re.compile(r"={3,}|-{3,}")
_EMPHASIS: Final = re.compile(r"(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]{1,250})(?<=\S)\1[:.]?")
_TAGGED: Final = re.compile(
    r"(?:<center>)?<(b|strong|i|em|u|h[1-6])>([^<>]{1,250})</\1>[:.]?(?:</center>)?", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"\[\^(?P<a>[^\]\s]{1,12})\]:[ \t]*"
    r"|<sup>[ \t]?(?P<b>\d{1,3}|[*†‡]{1,3}|[a-z])[ \t]?</sup>[ \t]*(?=\S)"
    r"|\\(?P<c>\*(?:\\?\*){0,2})[ \t]+"
    r"|(?P<d>[⁰¹²³⁴-⁹]{1,3})[ \t]*(?=\S)"
    r"|\[(?P<e>\d{1,3})\][ \t]+"
    r"|(?P<f>\d{1,3}/)[ \t]+"
    r"|(?P<g>\*{2,3}|[†‡]{1,3})[ \t]+"
)
_STAR: Final = re.compile(r"\*[ \t]+")
_QUOTE: Final = re.compile(r"(?:>[ \t]?){1,50}")
# An emphasised line longer than this is a sentence that somebody set in bold, not a heading.
_LONGEST_EMPHASIS: Final = 250
_EMPHASIS_LEVEL: Final = 6


def classify(text: str, line: Line, *, markdown: bool) -> Classified:
    """The kind of *line* alone; what depends on its neighbours (tables, wrapped text) is decided by the reader."""
    body = text[line.body.start : line.body.end]
    whole = line.body
    if not body:
        return Classified(line, LineKind.BLANK, whole)
    if _PAGE.fullmatch(body) if len(body) < 220 else False:
        return Classified(line, LineKind.PAGE, whole)
    if _RULE.fullmatch(body) or _UNDERLINE.fullmatch(body):
        kind = LineKind.UNDERLINE if markdown and _UNDERLINE.fullmatch(body) else LineKind.RULE
        return Classified(line, kind, whole)
    special = _markdown_only(text, line, body) if markdown else None
    if special:
        return special
    note = _NOTE.match(body)
    if note:
        return Classified(
            line, LineKind.NOTE, Span(whole.start + note.end(), whole.end), marker=_marker(note)
        )
    if has_tabs(text, line):
        return Classified(line, LineKind.TABS, line.span)
    if not markdown and has_columns(text, line):
        return Classified(line, LineKind.COLUMNS, line.span)
    return _item_or_text(line, body)


def _markdown_only(text: str, line: Line, body: str) -> Classified | None:
    whole = line.body
    heading = _ATX.match(body)
    if heading and line.indent <= 3:
        closing = _CLOSING_HASHES.search(body[-30:])
        end = whole.end - (closing.end() - closing.start() if closing else 0)
        start = min(whole.start + heading.end(), end)
        return Classified(line, LineKind.HEADING, Span(start, end), level=len(heading.group(1)))
    if body.startswith(("```", "~~~")):
        return Classified(line, LineKind.FENCE, whole)
    if is_delimiter(body):
        return Classified(line, LineKind.DELIMITER, whole)
    if body.startswith("|") or body.endswith("|"):
        return Classified(line, LineKind.PIPES, whole)
    if body[:7].lower().startswith(("<table", "<tr", "<td", "<th>", "<thead", "<tbody", "</t")):
        return Classified(line, LineKind.HTML, whole)
    if is_emphasised(body):
        return Classified(line, LineKind.HEADING, whole, level=_EMPHASIS_LEVEL)
    return None


def is_emphasised(body: str) -> bool:
    """Whether a whole line is set in bold or italics (and is not a sentence in italics)."""
    if len(body) > _LONGEST_EMPHASIS:
        return False
    found = _EMPHASIS.fullmatch(body) or _TAGGED.fullmatch(body)
    return bool(found) and not found.group(2).rstrip().endswith((".", ",", ";"))  # type: ignore[union-attr]


def _marker(note: re.Match[str]) -> str:
    printed = next(mark for mark in note.groups() if mark)
    return printed.replace("\\", "").rstrip("/").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))


def _item_or_text(line: Line, body: str) -> Classified:
    start, bulleted = line.body.start, False
    quote = _QUOTE.match(body)
    position = quote.end() if quote else 0
    while True:
        bullet = BULLET.match(body, position)
        if bullet is None or bullet.end() >= len(body):
            break
        position, bulleted = bullet.end(), True
    content = Span(start + position, line.body.end)
    if bulleted or has_label(body[position : position + 40]):
        return Classified(line, LineKind.ITEM, content)
    return Classified(line, LineKind.TEXT, content)


def lone_star(text: str, rows: list[Classified], index: int) -> bool:
    """Whether a line that opens with a star is a note and no bullet: no neighbour has one, and text before it
    prints a star after a word ("Provisional agenda*").
    """
    line = rows[index].line
    if not _STAR.match(text, line.body.start, line.body.end):
        return False
    near = [row for row in rows[max(0, index - 2) : index + 3] if row is not rows[index]]
    if any(_STAR.match(text, row.line.body.start, row.line.body.end) for row in near):
        return False
    before = text[max(0, line.span.start - _STAR_REACH) : line.span.start]
    return bool(_AFTER_WORD.search(before))


_AFTER_WORD: Final = re.compile(r"[^\s*\\]\\?\*(?=\s|$)")
_STAR_REACH: Final = 20_000
