"""A text and the stretches marked in it → blocks of pieces, each opened and closed in order, whatever overlaps.

Nothing is lost or moved: the pieces of a block, put together, are its characters, and between blocks there is white
space alone. Offsets are code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_GAP: Final = re.compile(r"[ \t\r]*\n(?:[ \t\r]*\n)+")
_HEADING: Final = re.compile(r"#{1,6}[ \t]")
_MARKUP: Final = re.compile(r"^#{1,6}(?=[ \t])|\*\*|\\(?=[*_#\[\]().-])", re.MULTILINE)
_ROW: Final = re.compile(r"[ \t]*\|")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text with the name of its place on the page."""

    start: int
    end: int
    name: str
    """The last part of its key: the page's anchor."""
    key: str
    kind: str
    """A citation's kind ("provision", "body"); "passage", "clause", or "markup" of the text's format."""
    reason: str | None = None
    """Why a citation has no target."""
    verb: str | None = None
    """The verb of an action."""

    @property
    def is_citation(self) -> bool:
        """Whether it refers to something, so that a reader may choose it."""
        return self.kind not in ("passage", "clause", "markup")


@dataclass(frozen=True, slots=True)
class Opened:
    """A span that begins before a piece, or goes on after an interruption."""

    span: Span
    first: bool
    """Whether it begins here: this one has the anchor."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters under one set of spans: what opens before them, and how many close after them."""

    opens: tuple[Opened, ...]
    text: str
    link: Span | None
    """The narrowest citation around them."""
    closes: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table of the text."""

    start: int
    kind: str
    """"heading", "table" or "text"."""
    pieces: tuple[Piece, ...]
    clauses: tuple[Span, ...]
    """The actions whose clauses begin in it."""


def blocks_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch between blank lines."""
    start = 0
    for gap in _GAP.finditer(text):
        yield from _filled(text, start, gap.start())
        start = gap.end()
    yield from _filled(text, start, len(text))


def _filled(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if text[start:end].strip():
        yield start, end


def markup_of(text: str) -> Iterator[Span]:
    """The signs of Markdown that a reader may overlook: of headings, emphasis and escapes."""
    for number, found in enumerate(_MARKUP.finditer(text)):
        yield Span(found.start(), found.end(), f"markup-{number}", "", "markup")


def lay_out(text: str, spans: Sequence[Span]) -> tuple[Block, ...]:
    """The blocks of a text with its spans; spans outside the text, or empty, are left out."""
    waiting = sorted(
        (span for span in spans if 0 <= span.start < span.end <= len(text)), key=_outer_first, reverse=True
    )
    active: list[Span] = []
    opened: set[str] = set()
    found = []
    for start, end in blocks_of(text):
        while waiting and waiting[-1].start < end:
            active.append(waiting.pop())
        active = [span for span in active if span.end > start]
        begun = tuple(each for each in active if each.kind == "clause" and each.name not in opened)
        pieces = tuple(_pieces(text, start, end, active, opened))
        found.append(Block(start, _kind(text, start), pieces, begun))
    return tuple(found)


def _outer_first(span: Span) -> tuple[int, int, int, str]:
    return span.start, -span.end, int(span.is_citation), span.name


def _kind(text: str, start: int) -> str:
    if _HEADING.match(text, start):
        return "heading"
    return "table" if _ROW.match(text, start) else "text"


def _pieces(text: str, start: int, end: int, spans: Sequence[Span], opened: set[str]) -> Iterator[Piece]:
    cuts = {start, end}
    for span in spans:
        cuts |= {max(start, span.start), min(end, span.end)}
    places = sorted(cut for cut in cuts if start <= cut <= end)
    stacks = [_around(spans, place) for place in places[:-1]]
    # What is open already when a piece begins: the outer spans that it shares with the piece before.
    kept = [_common(before, after) for before, after in zip([[], *stacks], [*stacks, []], strict=False)]
    for number, stack in enumerate(stacks):
        opens = tuple(Opened(span, span.name not in opened) for span in stack[kept[number] :])
        opened.update(each.span.name for each in opens)
        citations = [span for span in stack if span.is_citation]
        yield Piece(
            opens,
            text[places[number] : places[number + 1]],
            min(citations, key=lambda span: (span.end - span.start, span.name)) if citations else None,
            len(stack) - kept[number + 1],
        )


def _around(spans: Sequence[Span], place: int) -> list[Span]:
    return sorted((span for span in spans if span.start <= place < span.end), key=_outer_first)


def _common(before: Sequence[Span], after: Sequence[Span]) -> int:
    """How many spans both stacks have at their bottom."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count
