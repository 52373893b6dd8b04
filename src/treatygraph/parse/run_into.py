"""Blocks of an agenda → the same, with titles that run into the text below them cut off from it.

Where a printed title fills its line, a reader of wrapped lines joins it to its annotation: "2. Care of the weirs The
Board will be told of …". The list of items tells where the title ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.agenda_list import Entry
from treatygraph.parse.item_labels import label_of
from treatygraph.parse.layout import is_prose
from treatygraph.parse.unroll import cut_block
from treatygraph.parse.writing import writing

# What follows a title in fewer signs may be more of it.
_SHORTEST_TEXT: Final = 60
_LINES: Final = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_MARKS: Final = " .:;—–-"


def titles_apart(
    blocks: tuple[Block, ...], entries: Sequence[Entry], titles: Mapping[str, str], language: str
) -> tuple[Block, ...]:
    """*blocks* with each line outside the list that is number, title and a sentence made two lines."""
    listed = {entry.unit.block for entry in entries}
    known = sorted(set(titles.values()), key=len, reverse=True)
    lines: list[Block] = []
    for index, block in enumerate(blocks):
        at = None if index in listed or block.kind not in _LINES else _title_end(block, known, language)
        lines += [block] if at is None else [cut_block(block, 0, at), cut_block(block, at, len(block.text))]
    return tuple(lines)


def _title_end(block: Block, known: Sequence[str], language: str) -> int | None:
    """Where a known title ends that stands behind the number of a block and before a sentence."""
    label = label_of(block, language)
    if label is None or label.start > 0 or len(block.text) < label.end + _SHORTEST_TEXT:
        return None
    words = block.text[label.end :]
    for title in known:
        if not words.casefold().startswith(title.casefold()):
            continue
        rest = words[len(title) :].lstrip(_MARKS)
        apart = not words[len(title) :][:1].isalnum() and writing(language).large(rest)
        if apart and len(rest) >= _SHORTEST_TEXT and is_prose(rest, language):
            return len(block.text) - len(rest)
    return None
