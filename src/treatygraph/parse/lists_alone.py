"""A document that is a programme or a list of documents and prints no agenda → its slots, its documents by item.

Only what the head announces is read so: a timetable inside another text says nothing of items of an agenda.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from treatygraph.model.text import Block, BlockKind, SourceText
from treatygraph.model.tree import DocumentationEntry, FrontMatter, Slot
from treatygraph.parse.agenda import without_furniture
from treatygraph.parse.agenda_days import calendar_of, programme_zones
from treatygraph.parse.documentation import Listed, entry_of, item_column
from treatygraph.parse.item_labels import Style, label_of
from treatygraph.parse.item_numbers import joined_items, number_list
from treatygraph.parse.layout import Opening, Section, is_prose, opening_of, symbols_in
from treatygraph.parse.lexicon import word_pattern
from treatygraph.parse.programme import read_programme, runs_on
from treatygraph.parse.unroll import programme_lines

# The head of such a document has at most so many lines.
_HEAD_LINES = 20


def programme_alone(source: SourceText, front: FrontMatter, language: str) -> tuple[Slot, ...]:
    """The slots of a document whose head calls it a programme; the numbers of items are those printed."""
    blocks = without_furniture(source.blocks, language)
    for place, block in enumerate(blocks):
        if runs_on(block, language) and word_pattern(language, "agenda", "programme_title").search(
            block.text
        ):
            lines = (*blocks[:place], *programme_lines(block, language), *blocks[place + 1 :])
            rows = [index for index in range(place + 1, len(lines)) if lines[index].text]
            return read_programme(lines, rows, calendar_of(lines, front, language), frozenset()).slots
    opening = _announced(blocks, Section.PROGRAMME, language)
    if opening is None:
        return ()
    zones = programme_zones(blocks, dict([opening]), language)
    return read_programme(blocks, sorted(zones), calendar_of(blocks, front, language), frozenset()).slots


def documents_alone(source: SourceText, language: str) -> tuple[DocumentationEntry, ...]:
    """The documents of a list that is set out by item: in a table with a column of items, or under "Item 2"."""
    blocks = without_furniture(source.blocks, language)
    opening = _announced(blocks, Section.DOCUMENT_LIST, language)
    if opening is None:
        return ()
    return tuple(entry_of(blocks, line, line.item) for line in _listed(blocks, opening[0] + 1, language))


def lists_begin(source: SourceText, language: str) -> int | None:
    """Where such a programme or list begins: behind the line that announces it."""
    sections = (Section.PROGRAMME, Section.DOCUMENT_LIST)
    openings = (_announced(source.blocks, section, language) for section in sections)
    return min((source.blocks[each[0]].span.end for each in openings if each), default=None)


def _announced(blocks: tuple[Block, ...], section: Section, language: str) -> tuple[int, Opening] | None:
    head = islice(((index, block) for index, block in enumerate(blocks) if block.text), _HEAD_LINES)
    found = ((index, opening_of(block, language)) for index, block in head)
    return next(((index, each) for index, each in found if each and each.section is section), None)


def _listed(blocks: tuple[Block, ...], start: int, language: str) -> Iterator[Listed]:
    column: int | None = None
    items: tuple[str, ...] = ()
    for index, block in enumerate(blocks[start:], start):
        symbols, row = symbols_in(block.text), block.kind is BlockKind.TABLE_ROW
        named = item_column(block, language) if row else None
        column = column if named is None else named
        if row and column is not None:
            cell = block.cells[column] if column < len(block.cells) else None
            if cell and cell.start < cell.end and symbols:  # an empty cell goes on the one above it
                mentions = number_list(block.text, language, cell.start, cell.end)
                items = tuple(each.number for each in mentions)
        elif not symbols:
            label = label_of(block, language)
            if label and label.style is Style.ITEM:
                items, column = joined_items(block.text, language), None
        if symbols and (row or not is_prose(block.text, language)):
            yield from (Listed(index, 0, len(block.text), item, index) for item in items)
