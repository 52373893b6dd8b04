"""The blocks of an agenda, with what a walk found in them → its paragraphs: kinds, and numbers with their parents."""

from __future__ import annotations

from collections.abc import Mapping

from treatygraph.model.text import Block, BlockKind
from treatygraph.model.tree import Paragraph, ParagraphKind
from treatygraph.parse.agenda_list import Entry
from treatygraph.parse.counting import Counting
from treatygraph.parse.item_labels import Style, label_of
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.layout import Opening, Section, is_prose
from treatygraph.parse.treaty_pieces import Piece
from treatygraph.parse.walked import Walked


def agenda_paragraphs(
    blocks: tuple[Block, ...],
    entries: tuple[Entry, ...],
    walked: Walked,
    openings: Mapping[int, Opening],
    head: frozenset[int],
    language: str,
) -> tuple[Paragraph, ...]:
    """One paragraph a block: front matter, headings, notes, what stands below the heading of an annex, and the rest.

    Headings are laid out as such, repeat the title of an item, or open a part and say nothing else.
    """
    items = {entry.unit.block: entry.number for entry in reversed(entries)}
    repeated = {
        index: number
        for number, found in walked.titles.items()
        for index, _, _ in found
        if index not in items
    }
    anchors = {index for index, _ in walked.anchors}
    counting = Counting([Piece(block, leading_labels(block.text)) for block in blocks])
    paragraphs, in_annex = [], False
    for index, block in enumerate(blocks):
        if not block.text:
            continue
        opening = openings.get(index)
        in_annex = in_annex or (opening is not None and opening.section is Section.ANNEX)
        kind = ParagraphKind.ANNEX if in_annex else ParagraphKind.OTHER
        if index in head:
            kind = ParagraphKind.FRONT_MATTER
        elif block.kind is BlockKind.FOOTNOTE:
            kind = ParagraphKind.FOOTNOTE
        elif (
            block.kind is BlockKind.HEADING
            or index in repeated
            or _opens(block, opening, language)
            or _is_line_above(block, index in anchors, language)
        ):
            kind = ParagraphKind.HEADING
            counting.fresh = True
        number = items.get(index) or repeated.get(index) or _number(index, block, kind, counting, language)
        paragraphs.append(Paragraph(number, kind, block.span))
    return tuple(paragraphs)


def _opens(block: Block, opening: Opening | None, language: str) -> bool:
    """Whether a line opens a part ("Annotations", "Documentation") and says nothing else."""
    return opening is not None and opening.rest >= len(block.text) and not is_prose(block.text, language)


def _is_line_above(block: Block, anchor: bool, language: str) -> bool:
    """Whether an unended line heads an annotation in a list with annotations between, or a group ("II. Reports")."""
    if block.kind is BlockKind.TABLE_ROW or Piece(block, ()).ended or is_prose(block.text, language):
        return False
    label = label_of(block, language)
    return anchor or (label is not None and label.style in (Style.ROMAN, Style.UPPER))


def _number(index: int, block: Block, kind: ParagraphKind, counting: Counting, language: str) -> str | None:
    """The printed number; in lists below a numbered paragraph with that number before it."""
    label = label_of(block, language)
    if label is None or label.style not in (Style.FIGURE, Style.SUB) or label.number.startswith("."):
        return None
    if kind not in (ParagraphKind.OTHER, ParagraphKind.ANNEX) or block.kind is BlockKind.TABLE_ROW:
        return label.number if label.style is Style.FIGURE else None
    return label.number if "." in label.number else counting.number(index)
