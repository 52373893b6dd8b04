"""Akoma Ntoso for the United Nations (AKN4UN) → text and blocks, with the names and the metadata that it carries.

One line a paragraph, its number before it; the notes of a paragraph follow it. Read by what an element holds rather
than by a list of all elements, so that other profiles of Akoma Ntoso are read too. OASIS LegalDocML 1.0, part 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element

from treatygraph.model.errors import ReadError
from treatygraph.model.text import BlockKind, Repair, Span
from treatygraph.read.compose import Composed, Composer
from treatygraph.read.limits import Limits
from treatygraph.read.run import Run
from treatygraph.read.xml import close_elements, parse_xml

_ROOTS: Final = ("akomaNtoso",)
_ROOT: Final = re.compile(rb"<(?:\w{1,20}:)?akomaNtoso[\s>]")
_HEAD: Final = 4_096
_UNCLOSED: Final = "mismatched tag"
_SILENT: Final = frozenset({"meta", "img", "documentRef", "componentRef", "toc"})
_HEADINGS: Final = frozenset({"heading", "subheading"})
_HEADING_LEVEL: Final = 2
# Languages of the United Nations by the codes of ISO 639-2 that AKN4UN uses, with those of ISO 639-1 that we use.
_LANGUAGES: Final = {
    "ara": "ar",
    "eng": "en",
    "fra": "fr",
    "rus": "ru",
    "spa": "es",
    "zho": "zh",
    "deu": "de",
}
_LISTS: Final = frozenset({"list", "blockList", "sublist"})
_LINKS: Final = frozenset({"a", "ref", "rref", "mref"})
_BREAKS: Final = frozenset({"eol", "br", "eop"})
_APART: Final = frozenset({"authorialNote", *_SILENT})
# Elements that hold words beside one another in a line; everything else is a block or holds blocks.
_INLINE: Final = frozenset(
    """
    a abbr affectedDocument b concept date def del docAuthority docCommittee docDate docIntroducer docJurisdiction
    docketNumber docNumber docProponent docPurpose docStage docStatus docTitle docType embeddedText entity event fillIn
    i inline ins judge lawyer legislature location mmod mod mref neutralCitation noteRef object omissis opinion
    organization outcome party person placeholder process quantity quorum ref relatedDocument remark rmod role rref
    session shortTitle signature span sub sup term time tocItem u vote
    """.split()  # noqa: SIM905 (a list of 70 lines says no more)
)


def read_akn(data: bytes, *, name: str, limits: Limits) -> Composed:
    """Text, blocks and metadata of an Akoma Ntoso document; raises ``ReadError`` as ``parse_xml`` does."""
    root, repairs = _parse(data, name, limits)
    if root.tag not in _ROOTS:
        raise ReadError(
            f"{name} is XML with the root <{root.tag}>, which is not read",
            remedy="Akoma Ntoso is read; save other documents as HTML, .docx, .txt or .md.",
        )
    reader = _Reader(Composer(name, limits, spaced=False))
    reader.walk(root, _Place())
    reader.flush(_Place())
    return replace(reader.composer.finish(metadata=_metadata(root)), repairs=repairs)


def _parse(data: bytes, name: str, limits: Limits) -> tuple[Element, tuple[Repair, ...]]:
    """The tree; where only an end tag is missing, it is put in, and a repair says so."""
    try:
        return parse_xml(data, name=name, limits=limits), ()
    except ReadError as error:
        mended = close_elements(data) if _ROOT.search(data[:_HEAD]) and _UNCLOSED in error.what else None
        if mended is None:
            raise
        line = error.where.line if error.where else None
        repair = Repair(Span(0, 0), "", "", f"an end tag that is missing before line {line} of the file")
        return parse_xml(mended, name=name, limits=limits), (repair,)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph stands: the name of the nearest element that has one, whether it is a heading, its depth."""

    source_id: str | None = None
    heading: bool = False
    depth: int = 0


class _Reader:
    """Goes through the tree once; ``label`` is a number that waits for its words."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.label = ""
        self.notes: list[Element] = []

    def walk(self, element: Element, place: _Place) -> None:
        """The blocks of an element, in order."""
        if element.tag in _SILENT:
            return
        place = _Place(element.get("eId", place.source_id), element.tag in _HEADINGS, place.depth)
        if element.tag == "num":
            self.flush(place)
            self.label = " ".join("".join(element.itertext()).split())
        elif element.tag == "tr":
            self._row(element, place)
        elif _holds_blocks(element):
            inside = _Place(place.source_id, False, place.depth + (element.tag in _LISTS))
            for child in element:
                self.walk(child, inside)
        else:
            self._emit(self._read(element, Run(), place), place)

    def flush(self, place: _Place) -> None:
        """Prints a number that no words followed."""
        if self.label:
            label, self.label = self.label, ""
            run = Run()
            run.add(label)
            self.composer.block(run, source_id=place.source_id)

    def _read(self, element: Element, run: Run, place: _Place) -> Run:
        """Adds the words of *element*; a line break ends the block, and the run that is returned goes on after it."""
        run.add(element.text or "")
        for child in element:
            if child.tag == "authorialNote":
                run.mark(child.get("marker", "*"), glued=False)
                self.notes.append(child)
            elif child.tag in _BREAKS:
                self._emit(run, place)
                run = Run()
            elif child.tag not in _SILENT:
                start, before = run.length, run
                run = self._read(child, run, place)
                if run is before and child.tag in _LINKS:
                    run.link(start, child.get("href", ""))
                if child.tag not in _INLINE:
                    run.add(" ")
            run.add(child.tail or "")
        return run

    def _emit(self, run: Run, place: _Place) -> None:
        kind = BlockKind.LIST_ITEM if self.label else BlockKind.PARAGRAPH
        level = place.depth if self.label else 0
        if place.heading:
            kind, level = BlockKind.HEADING, _HEADING_LEVEL
        if run.length:
            self.composer.block(run, kind, label=self.label, level=level, source_id=place.source_id)
            self.label = ""
        self._emit_notes()

    def _emit_notes(self) -> None:
        notes, self.notes = self.notes, []
        for note in notes:
            run = self._read_parts(note)
            marker = note.get("marker", "*")
            self.composer.block(run, BlockKind.FOOTNOTE, marker=marker, source_id=note.get("eId"))

    def _read_parts(self, element: Element) -> Run:
        """All words of a cell or note in one line, whatever paragraphs they stand in."""
        run = Run()
        run.add(element.text or "")
        for part in element:
            run.add(" ")
            run = self._read(part, run, _Place())
            run.add(" " + (part.tail or ""))
        return run

    def _row(self, element: Element, place: _Place) -> None:
        self.flush(place)
        self.composer.row([self._read_parts(cell) for cell in element], source_id=place.source_id)
        self._emit_notes()


def _holds_blocks(element: Element) -> bool:
    """Whether an element has blocks inside and no words of its own beside them."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    return any(
        child.tag not in _INLINE and child.tag not in _BREAKS and child.tag not in _APART for child in element
    )


def _metadata(root: Element) -> dict[str, str]:
    """Symbol, dates of adoption and issue, title and language, as the head of the first document has them."""
    found = {
        "symbol": _words(root, ".//coverPage//docNumber[@refersTo='#symbol']"),
        "title": _words(root, ".//docTitle[@refersTo='#resolutionTitle']"),
        "adopted": _value(root, ".//FRBRWork/FRBRdate", "date"),
        "issued": _value(root, ".//FRBRExpression/FRBRdate", "date"),
        "language": _language(_value(root, ".//FRBRExpression/FRBRlanguage", "language")),
    }
    return {key: value for key, value in found.items() if value}


def _words(root: Element, path: str) -> str:
    element = root.find(path)
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _value(root: Element, path: str, attribute: str) -> str:
    element = root.find(path)
    return "" if element is None else element.get(attribute, "")


def _language(code: str) -> str:
    """The two-letter code of a three-letter one, without a region ("fra-FR"); codes of two letters stay."""
    code = code.lower().partition("-")[0]
    return _LANGUAGES.get(code, code if len(code) == 2 else "")
