"""``SourceText`` → the same text, with blocks cut where a line begins with the words that open a paragraph of an act.

A text that lost its empty lines tells a new paragraph from a wrapped line by the room that is left on the line before.
Where none is left, the words tell: "… of the keepers;" and "Noting the tides;", or "resolves" on a line of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from treatygraph.model.text import Block, BlockKind, SourceText, Span
from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.lexicon import languages
from treatygraph.parse.openings import head_of_list, opening

_KINDS: Final = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
# What ends the paragraph before, by the kind that opens.
_ENDS: Final = {ParagraphKind.PREAMBULAR: (",", ";"), ParagraphKind.OPERATIVE: (";",)}
# What is longer is no paragraph that lines wrap, but a text that lost its lines as well.
_LONGEST: Final = 20_000
_CLAUSE_ENDS: Final = (",", ";", ":", ".")


def with_openings_apart(source: SourceText) -> SourceText:
    """*source* with blocks that hold several paragraphs of an act cut in two; the text itself is unchanged."""
    if source.language not in languages():
        return source
    blocks = tuple(part for block in source.blocks for part in _parts(block, source))
    return source if len(blocks) == len(source.blocks) else replace(source, blocks=blocks)


def _parts(block: Block, source: SourceText) -> Iterator[Block]:
    whole = block.kind not in _KINDS or not block.text or len(block.text) > _LONGEST
    lines = [] if whole else _lines(block, source.text)
    cuts = sorted(set(_cuts(block, lines, source.language))) if len(lines) > 1 else []
    if not cuts:
        yield block
        return
    for start, end in pairwise([0, *cuts, len(block.text)]):
        stop = start + len(block.text[start:end].rstrip())
        yield _part(block, start, stop)


def _lines(block: Block, text: str) -> list[tuple[int, int]]:
    """The lines of a block as ranges of its clean text."""
    printed, offsets = block.text, block.offsets
    breaks: list[int] = []
    newline = text.find("\n", offsets[0], offsets[-1])
    while newline >= 0:
        at = bisect_left(offsets, newline)
        for near in (at - 1, at):  # the space that is printed may stand before the newline or in its place
            if (
                0 < near < len(printed) - 1
                and near + 1 not in breaks[-1:]
                and printed[near].isspace()
                and offsets[near - 1] < newline < offsets[near + 1]
            ):
                breaks.append(near + 1)
        newline = text.find("\n", newline + 1, offsets[-1])
    return list(pairwise([0, *breaks, len(printed)]))


def _cuts(block: Block, lines: list[tuple[int, int]], language: str) -> Iterator[int]:
    labels = leading_labels(block.text)
    first = opening(block.text[labels[-1].end if labels else 0 :].lstrip(), language)
    longest = max(end - start for start, end in lines)
    for at, (start, end) in enumerate(lines[1:], 1):
        before = block.text[:start].rstrip()
        kind = opening(block.text[start:], language) if first is not None else None
        if kind is not None and kind is first and before.endswith(_ENDS[kind]):
            yield start
        elif before.endswith(_CLAUSE_ENDS) and head_of_list(block.text[start:end], language) is not None:
            following = block.text[end:].split(None, 1)[:1]
            if end - start + len("".join(following)) < longest:  # the next word would have fitted
                yield start
                if at + 1 < len(lines):
                    yield end


def _part(block: Block, start: int, end: int) -> Block:
    """The block that reads ``text[start:end]`` alone."""
    offsets = block.offsets[start:end]
    first = block.span.start if start == 0 else offsets[0]
    return replace(
        block,
        kind=block.kind if start == 0 else BlockKind.PARAGRAPH,
        span=Span(first, offsets[-1] + 1 if end < len(block.text) else block.span.end),
        text=block.text[start:end],
        offsets=offsets,
        marks=tuple((mark, at - start) for mark, at in block.marks if start <= at <= end),
    )
