"""A text that was read, with its agenda and treaties if any → the kind of document it is, and the reason in words."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from treatygraph.model.text import Block, BlockKind, SourceText
from treatygraph.model.tree import DocumentKind, Paragraph, ParagraphKind, TreatyText
from treatygraph.parse.agenda import Agenda
from treatygraph.parse.item_labels import label_of
from treatygraph.parse.kind_lines import kind_of_line
from treatygraph.parse.layout import Section, is_bare_agenda, opening_of, opens_with_item
from treatygraph.parse.mandate_list import opens_mandates
from treatygraph.parse.openings import opening
from treatygraph.parse.programme import prints_hours
from treatygraph.parse.report import tells

# The head of a document: kinds are printed in its first lines, but mastheads can be long.
_HEAD_LINES: Final = 30
# Lines from the number of an act to the line of the body that acts: its title stands between.
_TO_ACTOR: Final = 3
# The number of an item stands in the first characters of its row.
_NUMBER_OF_ITEM: Final = 24
# Titles of agenda items may name these kinds.
_TITLES: Final = (DocumentKind.REPORT, DocumentKind.BUDGET)
_ACTS: Final = (DocumentKind.RESOLUTION, DocumentKind.DECISION)
_OF_ACTS: Final = (ParagraphKind.OPERATIVE, ParagraphKind.PREAMBULAR)
# A text is taken for a resolution without a heading when it has this many operative paragraphs.
_LEAST_OPERATIVE: Final = 2


def decide_kind(
    source: SourceText,
    language: str,
    agenda: Agenda | None,
    paragraphs: tuple[Paragraph, ...],
    treaties: tuple[TreatyText, ...],
) -> tuple[DocumentKind, str]:
    """The kind of document and why. What a line of the head says outweighs what the body looks like.

    An agenda that is only part of a report ("Annex: Agenda of the session") leaves the kind to the head, and so does
    one that an act has only in its name ("Harbour Action Agenda").
    """
    head = _head(source, language, agenda)
    telling = tells(source, paragraphs)
    said = _said(head, language, prints_acts=not telling)
    operative = sum(paragraph.kind is ParagraphKind.OPERATIVE for paragraph in paragraphs)
    if said and said[0] in _ACTS and operative:
        agenda = None
    if agenda and said and said[0] is DocumentKind.REPORT and _prints_agenda(head, said[1], agenda, language):
        agenda = None
    if agenda and (agenda.announced or not said):
        title = f"the title {agenda.announced!r}" if agenda.announced else "a numbered list with usual titles"
        if agenda.annotated:
            return DocumentKind.ANNOTATED_AGENDA, f"{title}, and items with annotations"
        return DocumentKind.AGENDA, f"{title}, and items without annotations"
    if said:
        kind, line = said
        return kind, f"the line {line!r} in the head"
    if treaties and treaties[0].title_span.start <= (head[0].span.start if head else 0):
        return DocumentKind.TREATY, "it opens with the title of an instrument and has its articles"
    if telling and not _enacts(source, paragraphs, language):
        return DocumentKind.REPORT, "its numbered sentences tell what was done, and none opens with a verb"
    if operative >= _LEAST_OPERATIVE:
        return DocumentKind.RESOLUTION, f"{operative} operative paragraphs"
    if treaties:
        return DocumentKind.TREATY, "it has the articles of an instrument"
    return (
        DocumentKind.OTHER,
        "no line of the head names a kind, and there is no agenda, treaty or resolution",
    )


def _enacts(source: SourceText, paragraphs: tuple[Paragraph, ...], language: str) -> bool:
    """Whether a paragraph opens as one of a resolution does, behind its number."""
    starts = {each.span.start for each in paragraphs if each.kind in _OF_ACTS}
    return any(
        opening(block.text[label.end if label else 0 :].lstrip(), language) is not None
        for block in source.blocks
        if block.span.start in starts
        for label in (label_of(block, language),)
    )


def _prints_agenda(head: list[Block], line: str, agenda: Agenda, language: str) -> bool:
    """Whether minutes that name themselves first print their agenda below the bare word, and then what was done."""
    title = agenda.front.title
    if title is None or not agenda.annotated or not is_bare_agenda(title[0], language):
        return False
    return any(block.text[:60] == line and block.span.end <= title[1].start for block in head)


def _head(source: SourceText, language: str, agenda: Agenda | None) -> list[Block]:
    """The first lines, up to the items of an agenda, a programme, which names what is taken up when, or a list of
    mandates, whose rows are titles of other documents.
    """
    first = min((item.span.start for item in agenda.items), default=None) if agenda else None
    above = (block for block in source.blocks if block.text and (first is None or block.span.end <= first))
    lines = [block for block, _ in zip(above, range(_HEAD_LINES), strict=False)]
    lines = list(takewhile(lambda block: not opens_mandates(block, language), lines))
    programme = (place for place, block in enumerate(lines) if _opens_programme(block, language))
    return lines[: next(programme, len(lines)) + 1]


def _opens_programme(block: Block, language: str) -> bool:
    opening = opening_of(block, language)
    return opening is not None and opening.section is Section.PROGRAMME


def _acted(head: list[Block], language: str) -> list[tuple[DocumentKind, str]]:
    """A numbered act that opens in the head of a report: the part of the report that prints what was decided."""
    for place, block in enumerate(head):
        kind = kind_of_line(block.text, language)
        acts = kind in _ACTS and block.text[-1:].isdigit()
        if acts and any(below.text.endswith(",") for below in head[place + 1 : place + 1 + _TO_ACTOR]):
            return [(kind, block.text[:60])] if kind else []
    return []


def _lists_item(block: Block, language: str) -> bool:
    """Whether a row or a line of a list prints an item ("Item 9 | Report of the Board of Keepers")."""
    listed = block.kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
    return listed and opens_with_item(block.text[:_NUMBER_OF_ITEM], language)


def _said(head: list[Block], language: str, *, prints_acts: bool) -> tuple[DocumentKind, str] | None:
    """The first kind that a line names; a statement counts first, for the line before it is the title of its item.

    Below "Agenda item 5" a report is the title of the item; the name of an act or a statement is that of the document.
    A report that *prints_acts* and tells nothing is what it prints.
    """
    named = [
        (kind, block.text[:60])
        for before, block in zip((None, *head), head, strict=False)
        if block.kind is not BlockKind.FOOTNOTE
        and (kind := kind_of_line(block.text, language))
        and not (kind in _TITLES and prints_hours(block, language))
        and not (kind in _TITLES and _lists_item(block, language))
        and not (kind in _TITLES and before is not None and opens_with_item(before.text, language))
    ]
    statements = [entry for entry in named if entry[0] is DocumentKind.STATEMENT]
    if named and named[0][0] is DocumentKind.REPORT:
        statements = statements or (_acted(head, language) if prints_acts else [])
    # What a document is outweighs the budget that it is about.
    others = [entry for entry in named if entry[0] is not DocumentKind.BUDGET]
    return next(iter(statements or others or named), None)
