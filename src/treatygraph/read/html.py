"""An HTML page → text and blocks: headings, paragraphs, items with the numbers that a browser prints, rows, notes.

libxml2 reads the mark-up and calls one method for each tag and stretch of text; no tree is built, so that neither depth
nor unclosed elements cost memory. Menus, scripts, forms and what is hidden are left out; where the page marks its main
part, only that is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from treatygraph.model.text import BlockKind
from treatygraph.read.compose import Composed, Composer
from treatygraph.read.html_encoding import decode_page
from treatygraph.read.labels import has_label
from treatygraph.read.limits import Limits
from treatygraph.read.numerals import figure
from treatygraph.read.reader import read_blocks
from treatygraph.read.run import Run, join_lines, raised
from treatygraph.read.tables import spread

# Elements whose content is no text of the document.
_SILENT: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "nav", "head", "button", "select", "textarea", "iframe",
     "object", "audio", "video", "canvas", "map", "dialog", "menu"}
)  # fmt: skip
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
     "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
     "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_EMPHASIS: Final = frozenset({"b", "strong", "i", "em", "u", "cite"})
_LIST_FORMS: Final = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
}  # fmt: skip
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s{0,5}:\s{0,5}([a-z-]{1,20})")
_NOTE_TAGS: Final = frozenset({"li", "p", "div", "aside", "dd", "dt", "td"})
_CELLS: Final = frozenset({"td", "th"})
_NOTE_ID: Final = re.compile(
    r"(?:fn|ftn|footnote|endnote|note|en|edn)[-_:]{0,2}\w{0,12}?(\d{1,4})", re.IGNORECASE
)
_NOTE_ROLES: Final = frozenset({"doc-footnote", "doc-endnote"})
_BACK: Final = re.compile(r"backlink|back-?ref|footnote-?back|backref", re.IGNORECASE)
_WEB: Final = ("http://", "https://", "mailto:")
_MAIN: Final = re.compile(r"<main[\s>]|\srole=[\"']?main[\"'\s>]", re.IGNORECASE)
_BULLET: Final = "•"
_LARGEST: Final = 100_000


def read_html(data: bytes, *, name: str, limits: Limits) -> Composed:
    """Text and blocks of a page; raises ``ReadError`` for bytes in an unknown encoding."""
    text = decode_page(data, name)
    composer = Composer(name, limits)
    target = _Target(composer, only_main=_MAIN.search(text) is not None)
    # The parser is fed pieces of the text; where it holds nothing at all, there is nothing to close.
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=False)
    if text.strip():
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    return composer.finish(metadata=target.metadata())


@dataclass(slots=True)
class _List:
    """An open list: the number of its next item, or None for bullets; the form of its numbers."""

    count: int | None
    form: str


@dataclass(slots=True)
class _Table:
    """An open table: the cells of the open row, each as its lines; *layout* where cells hold blocks of their own."""

    row: list[list[Run]] | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    in_cell: bool = False
    layout: bool = False


class _Target:
    """What the parser calls: ``start``, ``end``, ``data``; the blocks grow in the composer."""

    def __init__(self, composer: Composer, *, only_main: bool) -> None:
        self.composer = composer
        self.open: list[str] = []
        self.silent_at: int | None = None
        self.main_at: int | None = None
        self.only_main = only_main
        self.run = Run()
        self.earlier: list[Run] = []
        self.plain = False
        self.label = ""
        self.note: str | None = None
        self.heading: int | None = None
        self.lists: list[_List] = []
        self.tables: list[_Table] = []
        self.links: list[tuple[Run, int, str]] = []
        self.emphasis = 0
        self.high = 0
        self.pre: list[str] | None = None
        self.title: list[str] = []
        self.language = ""

    # Called by the parser

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The begin of an element."""
        self.open.append(tag)
        if tag == "html":
            self.language = (attributes.get("lang") or "").partition("-")[0].lower()
        if self.silent_at is None and _is_silent(tag, attributes):
            self.silent_at = len(self.open)
        if self.main_at is None and (tag == "main" or attributes.get("role") == "main"):
            self.main_at = len(self.open)
        if not self._reads():
            return
        if tag in _BLOCKS or tag in _HEADINGS:
            self._flush()
            self._open_block(tag, attributes)
        else:
            self._open_inline(tag, attributes)

    def end(self, tag: str) -> None:
        """The end of an element."""
        reads = self._reads()
        if self.open:
            self.open.pop()
        depth = len(self.open)
        if self.silent_at is not None and depth < self.silent_at:
            self.silent_at = None
        if reads and (tag in _BLOCKS or tag in _HEADINGS):
            self._flush()
            self._close_block(tag)
        elif reads:
            self._close_inline(tag)
        if self.main_at is not None and depth < self.main_at:
            self.main_at = None

    def data(self, text: str) -> None:
        """A stretch of text between tags."""
        if self.open and self.open[-1] == "title":
            self.title.append(text)
        if not self._reads():
            return
        if self.pre is not None:
            self.pre.append(text)
            return
        self.plain = self.plain or (not self.emphasis and bool(text.strip()))
        if self.high:
            self.run.glue()
        self.run.add(raised(text) if self.high else text)

    def comment(self, text: str) -> None:
        """Comments are left out."""

    def close(self) -> None:
        """The end of the page."""
        self._flush()
        while self.tables:
            self._close_block("table")

    def metadata(self) -> dict[str, str]:
        """Title and language of the page, where it names them."""
        found = {"title": " ".join("".join(self.title).split()), "language": self.language}
        return {key: value for key, value in found.items() if value}

    # Elements

    def _reads(self) -> bool:
        return self.silent_at is None and (self.main_at is not None or not self.only_main)

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.heading = _HEADINGS.get(tag)
        if tag in ("ol", "ul", "dir"):
            self.lists.append(_list(tag, attributes))
        elif tag == "li":
            self.label = self._item(attributes)
        elif tag == "table":
            self._open_table()
        elif tag == "tr" and self.tables:
            self._end_row()
            self.tables[-1].row = []
        elif tag in _CELLS and self.tables:
            table = self.tables[-1]
            table.row = table.row if table.row is not None else []
            table.row.append([])
            table.spans.append((_count(attributes, "colspan"), _count(attributes, "rowspan")))
            table.in_cell = True
        elif tag == "pre":
            self.pre = []
        self.note = self.note or _note(tag, attributes)

    def _close_block(self, tag: str) -> None:
        self.heading = None
        if tag in ("ol", "ul", "dir") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.label = ""
        elif tag in _CELLS and self.tables:
            self.tables[-1].in_cell = False
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self.tables:
            self._end_row()
            self.tables.pop()
        elif tag == "pre":
            self._end_pre()
        if tag in _NOTE_TAGS:
            self.note = None

    def _open_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            if self.pre is not None:
                self.pre.append("\n")
            else:
                self.earlier.append(self.run)
                self.run = Run()
        elif tag in _EMPHASIS:
            self.emphasis += 1
        elif tag == "sup":
            self.high += 1
        elif tag == "a":
            href = attributes.get("href") or ""
            self.links.append((self.run, self.run.length, href if href.startswith(_WEB) else ""))

    def _close_inline(self, tag: str) -> None:
        if tag in _EMPHASIS:
            self.emphasis = max(0, self.emphasis - 1)
        elif tag == "sup":
            self.high = max(0, self.high - 1)
        elif tag == "a" and self.links:
            run, start, address = self.links.pop()
            if run is self.run:
                run.link(start, address)

    def _item(self, attributes: Mapping[str, str]) -> str:
        """The label that a browser prints before the item."""
        if not self.lists or self.lists[-1].form == "none":
            return ""
        current = self.lists[-1]
        if current.count is None:
            return _BULLET
        current.count = _number(attributes.get("value"), current.count)
        current.count += 1
        return f"{figure(current.count - 1, current.form)}."

    # Blocks

    def _flush(self) -> None:
        """Ends the paragraph that is open, if it has words."""
        runs, emphasis = [*self.earlier, self.run], not self.plain
        self.run, self.earlier, self.plain = Run(), [], False
        if not any(run.length for run in runs):
            return
        lines = join_lines(runs, whole=self.heading is not None)
        label, self.label = self.label, ""
        if self.tables and self.tables[-1].in_cell and not self.tables[-1].layout and self.tables[-1].row:
            self.tables[-1].row[-1] += lines
            return
        if self.note is not None:
            self._emit_note(lines)
            return
        for line in lines:
            own = "" if label != _BULLET and has_label(line.text + " ") else label
            self.composer.paragraph(
                line,
                label=own,
                level=max(0, len(self.lists) - 1),
                heading=self.heading,
                emphasis=emphasis and len(lines) == 1,
            )
            label = ""

    def _emit_note(self, lines: list[Run]) -> None:
        marker, self.note = self.note or "", None
        for line in lines[1:]:
            lines[0].extend(line)
        own = re.match(rf"[\[(]?(?:{marker}|{raised(marker)})[\])]?[.:]?\s{{0,3}}", lines[0].text)
        self.composer.block(lines[0], BlockKind.FOOTNOTE, marker=marker, skip=own.end() if own else 0)

    def _open_table(self) -> None:
        """A table inside a cell shows that the outer one only lays out the page: what it held so far is printed."""
        if self.tables and self.tables[-1].in_cell:
            self._print_cells(self.tables[-1])
            self.tables[-1].layout = True
        self.tables.append(_Table())

    def _end_row(self) -> None:
        if not self.tables or self.tables[-1].row is None:
            return
        table = self.tables[-1]
        alone = len(table.row or ()) == 1 and not any(table.covered.values())
        if alone or table.layout:
            self._print_cells(table)
        else:
            cells = [_joined(lines) for lines in table.row or ()]
            places = spread(table.spans, table.covered)
            self.composer.row([Run() if place is None else cells[place] for place in places])
        table.row, table.spans, table.in_cell = None, [], False

    def _print_cells(self, table: _Table) -> None:
        for lines in table.row or ():
            for line in lines:
                self.composer.paragraph(line)
            lines.clear()

    def _end_pre(self) -> None:
        """Text that was set as it is printed is read as plain text is."""
        text, self.pre = "".join(self.pre or ()), None
        for block in read_blocks(text, markdown=False):
            if block.cells:
                self.composer.row([_words(block.text[cell.start : cell.end]) for cell in block.cells])
            else:
                self.composer.block(_words(block.text), block.kind, level=block.level, marker=block.marker)


def _count(attributes: Mapping[str, str], name: str) -> int:
    """How many columns or rows a cell takes up."""
    printed = attributes.get(name, "").strip()
    return int(printed) if printed.isdecimal() and len(printed) < 4 else 1


def _is_silent(tag: str, attributes: Mapping[str, str]) -> bool:
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    navigation = attributes.get("role") == "navigation"
    back = tag == "a" and (
        attributes.get("role") == "doc-backlink" or _BACK.search(attributes.get("class") or "") is not None
    )
    return tag in _SILENT or hidden or navigation or back


def _list(tag: str, attributes: Mapping[str, str]) -> _List:
    style = _LIST_STYLE.search(attributes.get("style") or "")
    kind = style.group(1) if style else (attributes.get("type") or "")
    count = _number(attributes.get("start"), 1) if tag == "ol" else None
    return _List(count, _LIST_FORMS.get(kind, "decimal"))


def _note(tag: str, attributes: Mapping[str, str]) -> str | None:
    """The number of the note that an element holds, by the name or the role that the page gives it."""
    if tag not in _NOTE_TAGS:
        return None
    named = _NOTE_ID.fullmatch(attributes.get("id") or "")
    if named:
        return named.group(1)
    return "*" if attributes.get("role") in _NOTE_ROLES else None


def _number(text: str | None, default: int) -> int:
    return (
        min(int(text), _LARGEST) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
    )


def _joined(lines: list[Run]) -> Run:
    run = Run()
    for line in lines:
        run.extend(line)
    return run


def _words(text: str) -> Run:
    run = Run()
    run.add(text)
    return run
