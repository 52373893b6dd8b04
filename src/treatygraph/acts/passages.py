"""DocumentTree → passages: stretches of one paragraph with a clean reading, joined over page breaks and footnotes.

A passage never crosses a placement (agenda item, part of the document) or a numbered paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import DocumentTree, Paragraph, ParagraphKind, Place
from treatygraph.parse.openings import head_of_list

_UNFINISHED: Final = re.compile(r"[\w,\-\u2010-\u2015’')\]]$")
_CONTINUES: Final = re.compile(r"[a-z(]")
# A line that breaks off sooner is a heading or a list entry, not the first part of a paragraph.
MIN_BROKEN_LINE: Final = 60
# A paragraph that is longer than this is not put together any further.
_OF_ACTS: Final = frozenset({ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE})
MAX_JOINED: Final = 20_000
_NUMBER_ONLY: Final = re.compile(r"(?![\s*]{0,8}(?![ivxlc]{1,8}\b)[A-Za-z][a-z]{3})[\s().*0-9a-zIVXLC]{0,12}")
_LEFT_OUT: Final = frozenset({BlockKind.RULE, BlockKind.PAGE, BlockKind.FOOTNOTE})


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the document as one clean string; ``offsets[i]`` is where ``text[i]`` stands in the source."""

    text: str
    offsets: tuple[int, ...]
    block: BlockKind
    place: Place | None
    item: str | None
    paragraph: Paragraph | None

    def span(self, start: int, end: int) -> Span:
        """The span of the source behind ``text[start:end]`` (not empty)."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def part(self, start: int, end: int) -> Passage:
        """The passage that reads ``text[start:end]`` alone."""
        return replace(self, text=self.text[start:end], offsets=self.offsets[start:end])

    def local(self, span: Span) -> tuple[int, int] | None:
        """The range of this passage that reads *span* of the source, or None where it stands elsewhere."""
        start, end = bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)
        return (start, end) if start < end else None


def passages(tree: DocumentTree) -> tuple[Passage, ...]:
    """The passages of *tree* in reading order; rules, page marks and footnotes are left out."""
    done: list[Passage] = []
    for piece in _pieces(tree):
        if done and not _is_head(piece, tree) and _continues(done[-1], piece):
            done[-1] = _joined(done[-1], piece)
        else:
            done.append(piece)
    return tuple(done)


def _is_head(piece: Passage, tree: DocumentTree) -> bool:
    """Whether a piece is the head of a list, which prints its verb alone: it goes on nothing."""
    orders = piece.paragraph is not None and piece.paragraph.kind is ParagraphKind.OPERATIVE
    return orders and head_of_list(piece.text, tree.source.language) is not None


def _pieces(tree: DocumentTree) -> Iterator[Passage]:
    starts = [paragraph.span.start for paragraph in tree.paragraphs]
    edges = {placement.span.start for placement in tree.placements}
    edges |= {placement.span.end for placement in tree.placements}
    cuts = sorted(edges | {paragraph.span.start for paragraph in tree.paragraphs})
    for block in tree.source.blocks:
        if block.kind in _LEFT_OUT or not block.text:
            continue
        for start, end in _cut(block, cuts):
            offset = block.offsets[start]
            index = bisect_right(starts, offset) - 1
            paragraph = tree.paragraphs[index] if index >= 0 else None
            if paragraph is not None and offset >= paragraph.span.end:
                paragraph = _following(tree, index, block, end)
            if paragraph is None:
                paragraph = _following(tree, index, block, end)
            if paragraph is not None and paragraph.kind is ParagraphKind.FOOTNOTE:
                continue
            placement = tree.place_of(offset)
            yield Passage(
                text=block.text[start:end],
                offsets=block.offsets[start:end],
                block=block.kind,
                place=placement.place if placement else None,
                item=placement.item if placement else None,
                paragraph=paragraph,
            )


def _following(tree: DocumentTree, index: int, block: Block, end: int) -> Paragraph | None:
    """The paragraph that starts inside the piece, where its span leaves out a printed number."""
    if index + 1 < len(tree.paragraphs):
        candidate = tree.paragraphs[index + 1]
        if candidate.span.start <= block.offsets[end - 1]:
            return candidate
    return None


def _cut(block: Block, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """The pieces of a block between the boundaries that fall inside it; a printed number is no piece."""
    first, last = block.offsets[0], block.offsets[-1]
    inside = cuts[bisect_right(cuts, first) : bisect_right(cuts, last)]
    edges = [0, *(bisect_left(block.offsets, cut) for cut in inside), len(block.text)]
    start = 0
    for edge in edges[1:]:
        if not _NUMBER_ONLY.fullmatch(block.text, start, edge):
            yield start, edge
            start = edge


def _continues(before: Passage, after: Passage) -> bool:
    if (before.place, before.item) != (after.place, after.item):
        return False
    if before.block is not BlockKind.PARAGRAPH or after.block is not BlockKind.PARAGRAPH:
        return False
    if not MIN_BROKEN_LINE <= len(before.text) <= MAX_JOINED:
        return False
    if not _UNFINISHED.search(before.text[-8:].rstrip()):
        return False
    if _CONTINUES.match(after.text):
        counted = after.paragraph is not None and after.paragraph.number is not None
        return not (counted or _begins_another(before, after))
    told = (None, ParagraphKind.OTHER)
    return all(part.paragraph is None or part.paragraph.kind in told for part in (before, after)) and (
        before.place in {Place.ANNOTATION, Place.DOCUMENTATION} and before.text.rstrip()[-1].isalnum()
    )


def _begins_another(before: Passage, after: Passage) -> bool:
    """Whether a piece is a paragraph of another kind, as where all of a resolution begin with small letters."""
    if before.paragraph is None or after.paragraph is None:
        return False
    return after.paragraph.kind in _OF_ACTS and before.paragraph.kind is not after.paragraph.kind


def _joined(before: Passage, after: Passage) -> Passage:
    gap = "" if before.text[-1].isspace() else " "
    return Passage(
        text=before.text + gap + after.text,
        offsets=before.offsets + ((before.offsets[-1],) if gap else ()) + after.offsets,
        block=before.block,
        place=before.place,
        item=before.item,
        paragraph=before.paragraph,
    )
