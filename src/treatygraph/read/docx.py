"""A Word file (.docx) → text and blocks: paragraphs with their printed numbers, rows of tables, footnotes, links.

The head printed on the first page (where United Nations documents have symbol and date) opens the text; running heads
and feet are left out, and so is what was deleted under revision marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from treatygraph.model.text import BlockKind
from treatygraph.read.compose import Composed, Composer
from treatygraph.read.docx_numbering import Numbering
from treatygraph.read.docx_package import Package
from treatygraph.read.docx_styles import Style, emphasised, own_style, read_styles, value
from treatygraph.read.limits import Limits
from treatygraph.read.run import Run, join_lines, raised
from treatygraph.read.tables import spread

# What holds words or blocks that are not part of the text: deleted, moved away, properties, hidden helpers.
_SILENT: Final = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid", "sectPr", "delText", "Fallback",
     "object", "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "sdtPr", "sdtEndPr", "docPr",
     "separator", "continuationSeparator", "rt"}
)  # fmt: skip
_FIELD_LINK: Final = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"')
_HEX: Final = re.compile(r"[0-9A-Fa-f]{1,5}")
_MOST_FIELDS: Final = 100


def read_docx(data: bytes, *, name: str, limits: Limits) -> Composed:
    """Text and blocks of a Word file; raises ``ReadError`` for one that is damaged, locked, too large or has macros."""
    package = Package(data, name, limits)
    document = package.document()
    reader = _Reader(package, Composer(name, limits))
    head = _first_head(document, package)
    if head is not None:
        reader.blocks(head)
    body = document.find("body")
    reader.blocks(body if body is not None else document)
    reader.end_notes()
    return reader.composer.finish()


def _first_head(document: Element, package: Package) -> Element | None:
    """The head of the first page, where it differs from the running heads."""
    section = document.find(".//sectPr")
    if section is None or section.find("titlePg") is None:
        return None
    for each in section.findall("headerReference"):
        related = package.target(each.get("id", ""))
        if each.get("type") == "first" and related and not related.outside:
            return package.part(related.target)
    return None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it is read: its words, and what hangs on it; *flat* ones are a cell or a note, on one line."""

    flat: bool = False
    run: Run = field(default_factory=Run)
    earlier: list[Run] = field(default_factory=list)  # the lines before the last line break
    plain: bool = False  # whether some words are neither bold nor italic
    notes: list[tuple[str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def tab(self) -> None:
        """Takes a tab."""
        if self.flat:
            self.run.add(" ")
        else:
            self.run.tab()

    def line_break(self) -> None:
        """Takes a line break."""
        if self.flat:
            self.run.add(" ")
        else:
            self.earlier.append(self.run)
            self.run = Run()


@dataclass(slots=True)
class _Field:
    """A field that has begun: where its words begin, and its instruction so far."""

    run: Run
    start: int
    instruction: str = ""


class _Reader:
    """Goes through the parts of a document once, in reading order."""

    def __init__(self, package: Package, composer: Composer) -> None:
        self.package = package
        self.composer = composer
        self.styles = read_styles(package.related("styles"))
        self.numbering = Numbering(package.related("numbering"))
        self.footnotes = _notes(package.related("footnotes"))
        self.endnotes = _notes(package.related("endnotes"))
        self.noted = 0
        self.at_end: list[tuple[str, Element]] = []
        self.fields: list[_Field] = []

    # Blocks

    def blocks(self, parent: Element) -> None:
        """The paragraphs and tables of *parent*, and of what only wraps them."""
        for child in parent:
            if child.tag == "p":
                self._paragraph(child)
            elif child.tag == "tbl":
                self._table(child)
            elif child.tag not in _SILENT:
                self.blocks(child)

    def end_notes(self) -> None:
        """The endnotes, after all else."""
        for marker, note in self.at_end:
            self._note(marker, note)

    def _paragraph(self, element: Element) -> None:
        style, label, level = self._style(element)
        found = _Paragraph()
        if not style.hidden:
            self._words(element, found, style)
        lines = join_lines([*found.earlier, found.run], whole=style.level is not None)
        emphasis = not found.plain and len(lines) == 1
        for line in lines:
            self.composer.paragraph(line, label=label, level=level, heading=style.level, emphasis=emphasis)
            label = ""
        self._hanging(found)

    def _style(self, element: Element) -> tuple[Style, str, int]:
        """The style of a paragraph, the label that its list prints, and the level of the list."""
        properties = element.find("pPr")
        key = value(properties.find("pStyle")) if properties is not None else None
        style = own_style(properties, None, self.styles.get(key or "", Style()))
        if style.list_id in (None, "0"):
            return style, "", 0
        level = style.list_level
        if level is None:
            level = self.numbering.level_of_style(style.list_id or "", key or "")
        return style, self.numbering.label(style.list_id or "", level), level

    def _hanging(self, found: _Paragraph) -> None:
        for box in found.boxes:
            self.blocks(box)
        for marker, note in found.notes:
            self._note(marker, note)

    def _note(self, marker: str, note: Element) -> None:
        """The words of a note in one block; a mark that the author typed is printed once."""
        run = self._flat(note, [])
        skip = len(marker) if run.text.startswith(marker) else 0
        self.composer.block(run, BlockKind.FOOTNOTE, marker=marker, skip=skip)

    # Tables

    def _table(self, table: Element) -> None:
        for row in _within(table, "tr"):
            cells = list(_within(row, "tc"))
            if len(cells) == 1:
                self.blocks(cells[0])
                continue
            hanging: list[_Paragraph] = []
            runs = [self._flat(cell, hanging) for cell in cells]
            places = spread([(_width(cell), 1) for cell in cells], {})
            self.composer.row([Run() if place is None else runs[place] for place in places])
            for found in hanging:
                self._hanging(found)

    def _flat(self, element: Element, hanging: list[_Paragraph]) -> Run:
        """All words of a cell or note in one run, whatever paragraphs and tables they stand in."""
        found = _Paragraph(flat=True)
        for paragraph in _within(element, "p"):
            style, label, _ = self._style(paragraph)
            found.run.add(f" {label} ")
            if not style.hidden:
                self._words(paragraph, found, style)
            found.run.add(" ")
        hanging.append(found)
        return found.run

    # Words

    def _words(self, element: Element, found: _Paragraph, style: Style) -> None:
        """Adds the words of a paragraph, or of what stands in one (a link, an insertion), to *found*."""
        for child in element:
            if child.tag == "r":
                self._run(child, found, style)
            elif child.tag in ("hyperlink", "fldSimple"):
                run, start = found.run, found.run.length
                self._words(child, found, style)
                if found.run is run:
                    run.link(start, self._address(child))
            elif child.tag not in _SILENT:
                self._words(child, found, style)

    def _address(self, element: Element) -> str:
        """The address of a hyperlink or of a field that is one; empty where it leads into the document itself."""
        field_link = _FIELD_LINK.match(element.get("instr", ""))
        if field_link:
            return field_link.group(1)
        related = self.package.target(element.get("id", ""))
        return related.target if related and related.outside else ""

    def _run(self, element: Element, found: _Paragraph, style: Style) -> None:
        properties = element.find("rPr")
        hidden = own_style(None, properties, Style()).hidden
        high = properties is not None and value(properties.find("vertAlign")) == "superscript"
        plain = not emphasised(properties, style.emphasis)
        for child in element:
            if child.tag == "fldChar":
                self._field(child.get("fldCharType", ""), found)
            elif child.tag == "instrText":
                if self.fields:
                    self.fields[-1].instruction += child.text or ""
            elif child.tag in ("drawing", "pict", "AlternateContent"):
                found.boxes += _within(child, "txbxContent")
            elif child.tag in ("footnoteReference", "endnoteReference"):
                self._reference(child, element, found)
            elif not hidden and child.tag not in _SILENT:
                text = _text(child, high)
                found.plain = found.plain or (plain and bool(text.strip()))
                self._take(child, text, found, style)

    def _take(self, child: Element, text: str, found: _Paragraph, style: Style) -> None:
        if child.tag in ("tab", "ptab"):
            found.tab()
        elif child.tag in ("br", "cr"):
            found.line_break()
        elif text:
            found.run.add(text)
        elif child.tag == "ruby":
            self._words(child, found, style)

    def _field(self, kind: str, found: _Paragraph) -> None:
        """The begin and the end of a field; one that is a hyperlink links the words between."""
        if kind == "begin" and len(self.fields) < _MOST_FIELDS:
            self.fields.append(_Field(found.run, found.run.length))
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            link = _FIELD_LINK.match(ended.instruction)
            if link and ended.run is found.run:
                found.run.link(ended.start, link.group(1))

    def _reference(self, child: Element, run: Element, found: _Paragraph) -> None:
        """A footnote's mark: its number, or what the author typed after it in the same run."""
        at_end = child.tag == "endnoteReference"
        note = (self.endnotes if at_end else self.footnotes).get(child.get("id", ""))
        if note is None:
            return
        if child.get("customMarkFollows") in ("1", "true", "on"):
            marker = "".join(text.text or "" for text in run.findall("t")).strip() or "*"
        else:
            self.noted += 1
            marker = str(self.noted)
            found.run.mark(marker)
        (self.at_end if at_end else found.notes).append((marker, note))


def _notes(root: Element | None) -> dict[str, Element]:
    """The notes by identifier, without the lines that set them apart from the text."""
    return {
        each.get("id", ""): each
        for each in (root if root is not None else ())
        if each.get("type", "normal") == "normal"
    }


def _within(element: Element, tag: str) -> Iterator[Element]:
    """The elements of a kind inside *element*, not inside one another, nor in what was deleted."""
    for child in element:
        if child.tag == tag:
            if tag != "tr" or child.find("trPr/del") is None:
                yield child
        elif child.tag not in _SILENT and not (tag == "tr" and child.tag == "tbl"):
            yield from _within(child, tag)


def _text(element: Element, high: bool) -> str:
    """The characters that an element of a run prints."""
    if element.tag == "t":
        text = element.text or ""
        return raised(text) if high else text
    if element.tag == "noBreakHyphen":
        return "\u2011"
    if element.tag == "sym":
        code = int(element.get("char", "0"), 16) if _HEX.fullmatch(element.get("char", "")) else 0
        # Symbol fonts put their pictures into the private use area, where no character stands.
        return "" if not code or 0xE000 <= code <= 0xF8FF else chr(code)
    return ""


def _width(cell: Element) -> int:
    """How many columns of the table a cell takes up."""
    printed = value(cell.find("tcPr/gridSpan")) or ""
    return int(printed) if printed.isdecimal() and len(printed) < 4 else 1
