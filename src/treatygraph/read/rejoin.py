"""Blocks → blocks: paragraphs that a page break cut in two are one again, each joining recorded as a repair.

A paragraph is joined with the next when one of these holds:
- a quotation is open at its end, and closes in the next;
- it goes on in small letters, and its end is not the end of a sentence or clause;
- it is prose (it holds a finished sentence) that stops without any closing mark, and the next is prose too,
  which ends as a sentence does.
Entries of a list ("Note by the Secretariat", "Report of the Chair") are no prose and stay apart.
"""

from __future__ import annotations

import re
from typing import Final

from treatygraph.model.text import Block, BlockKind, Repair, Span
from treatygraph.read.labels import has_label

_SENTENCE_END: Final = re.compile(r"[a-z0-9)”\"’][.!?][”\"’)]?\s+[A-Z“\"]")
_CLOSING: Final = re.compile(r"[.;:!?…][”\"’)\]]*$|[)\]”]$")
_FINISHED: Final = re.compile(r"[.;:!?…][”\"’)\]]*$")
_BETWEEN: Final = (BlockKind.PAGE, BlockKind.RULE, BlockKind.FOOTNOTE)
_PAIRS: Final = (("“", "”"), ("«", "»"), ("(", ")"))
# A quotation that is open longer than this was never closed; it says nothing about the page break.
_LONGEST_QUOTATION: Final = 1500
_SHORTEST_BROKEN: Final = 50
_MOST_BETWEEN: Final = 4


def rejoin(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Repair, ...]]:
    """The blocks with broken paragraphs joined (what stood between follows), and the repairs."""
    joined: list[Block] = []
    repairs: list[Repair] = []
    for block in blocks:
        place = _broken(joined, block)
        if place is None:
            joined.append(block)
            continue
        first = joined[place]
        joined[place] = join(first, block)
        gap = Span(first.span.end, block.span.start)
        repairs.append(
            Repair(gap, text[gap.start : gap.end][:80], " ", "a paragraph that a page break had cut in two")
        )
    return tuple(joined), tuple(repairs)


def _broken(joined: list[Block], block: Block) -> int | None:
    """The place of the paragraph that *block* goes on from, or None."""
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    place, crossed = len(joined) - 1, 0
    while place >= 0 and joined[place].kind in _BETWEEN and crossed < _MOST_BETWEEN:
        place, crossed = place - 1, crossed + 1
    if place < 0 or joined[place].kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return None
    return place if _goes_on(joined[place], block, crossed > 0) else None


def _goes_on(first: Block, second: Block, over_page: bool) -> bool:
    if len(first.text) < _SHORTEST_BROKEN or has_label(second.text):
        return False
    if first.text[-1] not in ".:;" and _quotation_open(first.text, second.text):
        return True
    if _CLOSING.search(first.text) or first.text[0].islower():
        return False
    if second.text[0].islower():
        return first.text[-1] != "," or bool(_SENTENCE_END.search(first.text))
    if first.kind is BlockKind.LIST_ITEM or not _SENTENCE_END.search(first.text):
        return False
    return bool(_FINISHED.search(second.text)) and (over_page or second.text[0].isalpha())


def _quotation_open(first: str, second: str) -> bool:
    for opening, closing in _PAIRS:
        tail, head = first[-_LONGEST_QUOTATION:], second[:_LONGEST_QUOTATION]
        if tail.count(opening) <= tail.count(closing):
            continue
        end, again = head.find(closing), head.find(opening)
        if end >= 0 and (again < 0 or end < again):
            return True
    return False


def join(first: Block, second: Block) -> Block:
    """One block of two that belong together: a space stands between their readings, for what stood between them."""
    gap = first.offsets[-1] + 1
    shift = len(first.text) + 1
    return Block(
        kind=first.kind,
        span=Span(first.span.start, second.span.end),
        text=f"{first.text} {second.text}",
        offsets=(*first.offsets, gap, *second.offsets),
        level=first.level,
        marker=first.marker,
        marks=(*first.marks, *((mark, place + shift) for mark, place in second.marks)),
        source_id=first.source_id,
    )
