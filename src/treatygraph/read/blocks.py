"""Stretches of a text → blocks: the one place that builds a ``Block`` from what a reader found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.read.inline import clean


def block_of(
    text: str,
    kind: BlockKind,
    segments: Sequence[Span],
    *,
    markdown: bool,
    level: int = 0,
    marker: str | None = None,
    span: Span | None = None,
    broken: Callable[[str, str], bool] | None = None,
) -> Block:
    """A block whose clean reading joins *segments*; its span covers them unless *span* is given."""
    reading, offsets, marks = clean(text, segments, markdown=markdown, broken=broken).finish()
    return Block(
        kind=kind,
        span=span or Span(segments[0].start, segments[-1].end),
        text=reading,
        offsets=offsets,
        level=level,
        marker=marker,
        marks=marks,
    )


def row_of(text: str, cells: Sequence[Span], *, markdown: bool) -> Block:
    """A table row: its cells stand one after the other in the clean reading, a space between them."""
    parts: list[str] = []
    offsets: list[int] = []
    spans: list[Span] = []
    marks: list[tuple[str, int]] = []
    for cell in cells:
        reading, places, cell_marks = clean(text, [cell], markdown=markdown).finish()
        if reading and offsets:
            parts.append(" ")
            offsets.append(max(cell.start - 1, offsets[-1]))
        spans.append(Span(len(offsets), len(offsets) + len(reading)))
        marks.extend((mark, len(offsets) + place) for mark, place in cell_marks)
        parts.append(reading)
        offsets.extend(places)
    return Block(
        kind=BlockKind.TABLE_ROW,
        span=Span(cells[0].start, cells[-1].end),
        text="".join(parts),
        offsets=tuple(offsets),
        cells=tuple(spans),
        marks=tuple(marks),
    )


def bare_block(kind: BlockKind, span: Span) -> Block:
    """A block that prints nothing: a rule or a page break."""
    return Block(kind=kind, span=span, text="", offsets=())
