"""A text → its lines, with what their layout says: indentation, blankness, and whether they are wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from treatygraph.model.text import Span

_LINE: Final = re.compile(r"[^\r\n\f]*(?:\r\n|[\r\n\f])?")
# A text is hard-wrapped when no line is longer than this and many come near the longest.
_WIDEST_WRAP: Final = 130
_NARROWEST_WRAP: Final = 45
_TAB: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``span`` without its line break, ``body`` without the white space around it."""

    span: Span
    body: Span
    indent: int
    hard_break: bool
    page_break: bool

    @property
    def blank(self) -> bool:
        """Whether the line prints nothing."""
        return self.body.start == self.body.end


def split_lines(text: str) -> list[Line]:
    """The lines of *text*; ``hard_break`` where two spaces or a backslash end one, ``page_break`` for a form feed."""
    lines = []
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            continue
        printed = match.group()
        content = printed.rstrip("\r\n\f")
        stripped = content.strip().strip("\ufeff").strip()
        lead = content.find(stripped) if stripped else len(content)
        start = match.start()
        lines.append(
            Line(
                span=Span(start, start + len(content)),
                body=Span(start + lead, start + lead + len(stripped)),
                indent=len(content[:lead].expandtabs(_TAB)),
                hard_break=bool(stripped) and (content.endswith(("  ", "\\"))),
                page_break=printed.endswith("\f"),
            )
        )
    return lines


def wrap_width(lines: list[Line]) -> int | None:
    """The width at which the text is hard-wrapped, or None where a line is a paragraph.

    Wrapped text has no long line, and at least a third of the lines that are followed by another could not
    have taken the next line's first word.
    """
    widest = max((line.span.end - line.span.start for line in lines), default=0)
    if not _NARROWEST_WRAP <= widest <= _WIDEST_WRAP:
        return None
    pairs = [(a, b) for a, b in pairwise(lines) if not a.blank and not b.blank]
    full = sum(1 for a, _ in pairs if a.span.end - a.span.start >= widest * 3 // 4)
    return widest if pairs and full * 3 >= len(pairs) else None


def continues(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether *following* goes on where *line* ended only because its next word did not fit into *width*."""
    word = text[following.body.start : following.body.end].split(None, 1)[0]
    return line.span.end - line.span.start + 1 + len(word) > width
