"""The structure of a document: front matter, agenda, documentation, programme of work, paragraphs, provisions."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from treatygraph.model.dates import PartialDate
from treatygraph.model.text import Repair, SourceText, Span


class DocumentKind(StrEnum):
    """What kind of document a text is (concepts of the list ``document-kind``)."""

    ANNOTATED_AGENDA = "annotated provisional agenda"
    AGENDA = "agenda"
    RESOLUTION = "resolution"
    DECISION = "decision"
    REPORT = "report"
    STATEMENT = "presidential statement"
    TREATY = "treaty"
    BUDGET = "programme budget fascicle"
    OTHER = "other"


class Place(StrEnum):
    """In which part of its document a stretch of text stands."""

    FRONT_MATTER = "front matter"
    TITLE = "title"
    ANNOTATION = "annotation"
    DOCUMENTATION = "documentation"
    PROGRAMME = "programme"
    BODY = "body"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Placement:
    """A stretch of the source text, the part of the document it stands in and the agenda item it belongs to."""

    span: Span
    place: Place
    item: str | None


@dataclass(frozen=True, slots=True)
class DateRange:
    """A first and a last day as printed together ("19-21 October 2016"), with the span of the words."""

    start: PartialDate
    end: PartialDate
    span: Span


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a document prints. Names are as printed, with their spans; no key is made here."""

    symbol: str | None = None
    symbol_span: Span | None = None
    distribution: str | None = None
    issued: DateRange | None = None
    reissued: DateRange | None = None
    reissue_note: str | None = None
    original_language: str | None = None
    organs: tuple[tuple[str, Span], ...] = ()
    happening: tuple[str, Span] | None = None
    place: tuple[str, Span] | None = None
    dates: DateRange | None = None
    title: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda. ``number`` as "5 (b)", ``parent`` as "5"; ``spans``: every place the title is printed."""

    number: str
    parent: str | None
    title: str
    span: Span
    spans: tuple[Span, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The number as path steps: ``("5", "b")``."""
        return tuple(self.number.replace("(", " ").replace(")", " ").split())


@dataclass(frozen=True, slots=True)
class DocumentationEntry:
    """One document listed under an item: the entry's span, and the words in brackets after its symbol, if any."""

    item: str
    span: Span
    listed_as: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A time slot of the programme of work; ``items``: (number, span of the printed number) in order of print.

    ``date`` is ``YYYY-MM-DD``, ``start`` and ``end`` are local times ``HH:MM``.
    """

    date: str
    start: str
    end: str
    items: tuple[tuple[str, Span], ...]
    span: Span
    room: str | None = None


class ParagraphKind(StrEnum):
    """What a paragraph of a text is."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    ANNEX = "annex"
    FRONT_MATTER = "front-matter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the text as a paragraph: its printed number with its parents ("1 (a)"), or None."""

    number: str | None
    kind: ParagraphKind
    span: Span


@dataclass(frozen=True, slots=True)
class ProvisionUnit:
    """A provision of a treaty that the text prints.

    ``path`` is below the instrument: ``("art", "18", "para", "3", "i")``. ``kind`` is a concept of the list
    ``subdivision``: part, chapter, article, paragraph, subparagraph, annex.
    """

    path: tuple[str, ...]
    kind: str
    number: str
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class TreatyText:
    """An instrument that the file is or holds: its title as printed, its span and its provisions in order of print.

    ``reason`` says in words why the text was taken for an instrument.
    """

    title: str
    title_span: Span
    span: Span
    provisions: tuple[ProvisionUnit, ...]
    repairs: tuple[Repair, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A row of a list of legislative mandates: the numbers of acts at ``source.blocks[block].text[span]``.

    ``heading`` says whose acts they are and of which kind ("General Assembly resolutions").
    """

    block: int
    heading: str
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentTree:
    """A text with its structure. ``kind_reason`` says in words why the kind was chosen.

    ``placements`` are sorted, do not overlap, and cover every block.
    """

    source: SourceText
    kind: DocumentKind
    kind_reason: str
    front: FrontMatter
    items: tuple[AgendaItem, ...] = ()
    placements: tuple[Placement, ...] = ()
    documentation: tuple[DocumentationEntry, ...] = ()
    slots: tuple[Slot, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    treaties: tuple[TreatyText, ...] = ()
    repairs: tuple[Repair, ...] = ()
    mandate_rows: tuple[MandateRow, ...] = ()

    def place_of(self, offset: int) -> Placement | None:
        """The placement in which *offset* of the source text stands."""
        index = bisect_right(self.placements, offset, key=lambda placement: placement.span.start) - 1
        if index < 0:
            return None
        placement = self.placements[index]
        return placement if offset < placement.span.end else None

    def item(self, number: str) -> AgendaItem | None:
        """The agenda item of that number."""
        return next((item for item in self.items if item.number == number), None)
