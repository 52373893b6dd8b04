"""What stands before the first item of an agenda: the head, parts of a report, sentences that introduce it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.agenda_list import Entry
from treatygraph.parse.item_labels import Style, label_of
from treatygraph.parse.layout import Opening, is_prose
from treatygraph.parse.writing import STOPS

# So many headings of items tell the agenda of a report.
_LEAST_PARTS: Final = 3


def head_of(blocks: tuple[Block, ...], entries: tuple[Entry, ...]) -> frozenset[int]:
    """The blocks before the first item; notes keep their own place."""
    first = min(entry.unit.block for entry in entries)
    return frozenset(index for index in range(first) if blocks[index].kind is not BlockKind.FOOTNOTE)


def before_parts(blocks: tuple[Block, ...], head: frozenset[int], language: str) -> frozenset[int]:
    """The blocks of the head up to the first numbered part or paragraph: a report tells much before its agenda."""
    labels = {index: label_of(blocks[index], language) for index in sorted(head)}
    numbered = (i for i, label in labels.items() if label and label.style in (Style.ROMAN, Style.FIGURE))
    first = next(numbered, len(blocks))
    return frozenset(index for index in head if index < first)


def heads_parts(blocks: tuple[Block, ...], entries: tuple[Entry, ...]) -> bool:
    """Whether each item stands in a heading by its word ("Agenda item 3 – Lamps"), as in reports without a list."""
    headings = all(
        blocks[entry.unit.block].kind is BlockKind.HEADING and entry.unit.label.style is Style.ITEM
        for entry in entries
        if len(entry.steps) == 1 and "." not in entry.steps[0]
    )
    return headings and len(entries) >= _LEAST_PARTS


def rows_of_list(blocks: tuple[Block, ...], entries: tuple[Entry, ...]) -> frozenset[int]:
    """The rows above the first item in its own table, which print a day or who signs in, and nothing of the head."""
    first = entries[0].unit.block
    start = first
    while start > 0 and blocks[start - 1].kind is BlockKind.TABLE_ROW:
        start -= 1
    return frozenset(range(start, first)) if blocks[first].kind is BlockKind.TABLE_ROW else frozenset()


def introduced(
    blocks: tuple[Block, ...], head: frozenset[int], openings: Mapping[int, Opening], language: str
) -> frozenset[int]:
    """The numbered sentences between the title and the first item, which introduce the agenda."""
    title = next((index for index in sorted(head) if index in openings), len(blocks))
    labels = {index: label_of(blocks[index], language) for index in head if index > title}
    return frozenset(
        index
        for index, label in labels.items()
        if label is not None
        and label.style is Style.FIGURE
        and is_prose(blocks[index].text, language)
        and blocks[index].text.endswith(tuple(STOPS))
    )
