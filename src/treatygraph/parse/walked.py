"""What a walk over the blocks of an agenda found: stretches with place and item; footnotes go with their marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import Place
from treatygraph.parse.documentation import Listed


@dataclass(frozen=True, slots=True)
class Stretch:
    """``block.text[start:end]`` of the block at ``index``, with its place and item."""

    index: int
    start: int
    end: int
    place: Place
    item: str | None


@dataclass(slots=True)
class Walked:
    """What the walk found: stretches in order, lines of documents, titles of annotations, announced documents."""

    stretches: list[Stretch] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    anchors: list[tuple[int, str]] = field(default_factory=list)
    titles: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    announced: dict[str, str] = field(default_factory=dict)
    announcing: list[Listed] = field(default_factory=list)


def footnote_items(blocks: tuple[Block, ...], stretches: list[Stretch]) -> list[Stretch]:
    """The stretches with each footnote given the item of the place where its mark stands."""
    marked: dict[str, list[tuple[int, str | None]]] = {}
    placed: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        placed.setdefault(stretch.index, []).append(stretch)
    for index, block in enumerate(blocks):
        for mark, position in block.marks:
            item = next((s.item for s in placed.get(index, []) if s.start <= position <= s.end), None)
            marked.setdefault(mark, []).append((index, item))
    return [_with_mark(stretch, blocks[stretch.index], marked) for stretch in stretches]


def _with_mark(stretch: Stretch, block: Block, marked: Mapping[str, list[tuple[int, str | None]]]) -> Stretch:
    if block.kind is not BlockKind.FOOTNOTE:
        return stretch
    before = [entry for entry in marked.get(block.marker or "", []) if entry[0] <= stretch.index]
    item = before[-1][1] if before else (None if (block.marker or "").startswith("*") else stretch.item)
    return Stretch(stretch.index, stretch.start, stretch.end, Place.FOOTNOTE, item)


def source_span(block: Block, start: int, end: int) -> Span:
    """The span of the source behind a stretch; of the whole block where the stretch is all of it."""
    if start == 0 and end >= len(block.text):
        return block.span
    begin = block.span.start if start == 0 else block.offsets[start]
    stop = block.span.end if end >= len(block.text) else block.offsets[end]
    return Span(begin, max(begin, stop))
