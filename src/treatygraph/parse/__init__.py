"""A text that was read → its structure: front matter, agenda, programme, paragraphs, provisions."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from treatygraph.model.text import SourceText
from treatygraph.model.tree import (
    DocumentKind,
    DocumentTree,
    FrontMatter,
    Paragraph,
    ParagraphKind,
    Place,
    Placement,
)
from treatygraph.parse.act_run_on import with_acts_apart
from treatygraph.parse.agenda import Agenda, apart, read_agenda
from treatygraph.parse.frontmatter import read_head, with_occasion
from treatygraph.parse.kind import decide_kind
from treatygraph.parse.lexicon import languages
from treatygraph.parse.lists_alone import documents_alone, lists_begin, programme_alone
from treatygraph.parse.mandate_list import mandate_rows, opens_mandates
from treatygraph.parse.openings_apart import with_openings_apart
from treatygraph.parse.report import report_paragraphs
from treatygraph.parse.resolution import parse_paragraphs
from treatygraph.parse.treaty import parse_treaties

__all__ = ["parse"]

_TELLING = (DocumentKind.REPORT, DocumentKind.BUDGET, DocumentKind.OTHER)
_AGENDAS = (DocumentKind.AGENDA, DocumentKind.ANNOTATED_AGENDA)


def parse(source: SourceText) -> DocumentTree:
    """The structure of *source*.

    A text in a language without word lists gets its paragraphs and nothing else, and ``kind_reason`` says so.
    """
    source = with_openings_apart(with_acts_apart(source))
    language = source.language
    paragraphs = parse_paragraphs(source)
    if language not in languages():
        reason = (
            f"there are no word lists for the language {language!r}" if source.text.strip() else "no text"
        )
        return DocumentTree(
            source, DocumentKind.OTHER, reason, FrontMatter(), paragraphs=paragraphs, placements=_body(source)
        )
    treaties = parse_treaties(source)
    agenda = read_agenda(source, language)
    kind, reason = decide_kind(source, language, agenda, paragraphs, treaties)
    repairs = (*source.repairs, *(repair for treaty in treaties for repair in treaty.repairs))
    if agenda and kind in _AGENDAS:
        return _agenda_tree(source, agenda, kind, reason)
    if kind in _TELLING:
        paragraphs = report_paragraphs(source, paragraphs)
    body = _body_start(paragraphs, telling=kind in _TELLING)
    if kind is DocumentKind.OTHER:
        body = min(
            (
                place
                for place in (_before_mandates(source, body), lists_begin(source, language))
                if place is not None
            ),
            default=None,
        )
    front = _with_metadata(read_head(source.blocks, language, body=body), source)
    if kind is DocumentKind.STATEMENT:
        front = with_occasion(front, source.blocks, language)
    alone = kind is DocumentKind.OTHER and agenda is None
    told = agenda if agenda and agenda.told and kind is DocumentKind.REPORT else None
    return DocumentTree(
        source=source,
        kind=kind,
        kind_reason=reason,
        front=front,
        items=told.items if told else (),
        documentation=told.documentation if told else documents_alone(source, language) if alone else (),
        slots=programme_alone(source, front, language) if alone else (),
        placements=_under_items(_placed(source, paragraphs), told),
        paragraphs=paragraphs,
        treaties=treaties,
        repairs=repairs,
        mandate_rows=mandate_rows(source.blocks, language) if kind in _TELLING else (),
    )


def _body_start(paragraphs: tuple[Paragraph, ...], *, telling: bool) -> int | None:
    """Where the paragraphs of an act begin, or those of a text that tells, which are none in particular."""
    kinds = (ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE, ParagraphKind.ANNEX)
    numbered = (ParagraphKind.OTHER,) if telling else ()
    return next(
        (
            each.span.start
            for each in paragraphs
            if each.kind in kinds or (each.kind in numbered and each.number)
        ),
        None,
    )


def _before_mandates(source: SourceText, body: int | None) -> int | None:
    """Where the body begins, or a list of mandates before it, whose headings are no organs of the document."""
    found = next((b.span.start for b in source.blocks if opens_mandates(b, source.language)), None)
    return body if found is None else found if body is None else min(found, body)


def _agenda_tree(source: SourceText, agenda: Agenda, kind: DocumentKind, reason: str) -> DocumentTree:
    return DocumentTree(
        source=replace(source, blocks=agenda.lines) if agenda.lines else source,
        kind=kind,
        kind_reason=reason,
        front=agenda.front,
        items=agenda.items,
        placements=agenda.placements,
        documentation=agenda.documentation,
        slots=agenda.slots,
        paragraphs=agenda.paragraphs,
        repairs=source.repairs,
    )


def _with_metadata(front: FrontMatter, source: SourceText) -> FrontMatter:
    """The front matter with the symbol that the file gives beside its text, where the text prints none."""
    symbol = source.metadata.get("symbol")
    return replace(front, symbol=symbol) if symbol and front.symbol is None else front


def _body(source: SourceText) -> tuple[Placement, ...]:
    return apart(tuple(Placement(block.span, Place.BODY, None) for block in source.blocks))


def _under_items(placements: tuple[Placement, ...], told: Agenda | None) -> tuple[Placement, ...]:
    """The placements of a report with the item that each stretch is about, where the report tells its agenda.

    The list itself and what stands under headings that repeat its titles belong to the items; all else to none.
    """
    if told is None:
        return placements
    starts = [placement.span.start for placement in told.placements]
    return tuple(
        replace(placement, item=_item_at(placement.span.start, told, starts))
        if placement.place in (Place.BODY, Place.FOOTNOTE)
        else placement
        for placement in placements
    )


def _item_at(offset: int, told: Agenda, starts: list[int]) -> str | None:
    at = bisect_right(starts, offset) - 1
    return told.placements[at].item if at >= 0 and offset < told.placements[at].span.end else None


def _placed(source: SourceText, paragraphs: tuple[Paragraph, ...]) -> tuple[Placement, ...]:
    """Each block in the place that its paragraph's kind says; blocks without words belong to the body."""
    kinds = {paragraph.span.start: paragraph.kind.value for paragraph in paragraphs}
    places = {"front-matter": Place.FRONT_MATTER, "footnote": Place.FOOTNOTE}
    return apart(
        tuple(
            Placement(block.span, places.get(kinds.get(block.span.start, ""), Place.BODY), None)
            for block in source.blocks
        )
    )
