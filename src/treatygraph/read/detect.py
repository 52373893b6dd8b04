"""Name and content → the format to read a file as; what stands in the file decides beside the name."""

from __future__ import annotations

import codecs
import re
from typing import Final

MARKDOWN: Final = "markdown"
TEXT: Final = "text"
HTML: Final = "html"
DOCX: Final = "docx"
PDF: Final = "pdf"
AKN: Final = "akn"
UN80: Final = "un80"

_SUFFIXES: Final = {".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": TEXT, ".text": TEXT}
_NAMED: Final = {".html": HTML, ".htm": HTML, ".xhtml": HTML, ".xml": AKN, ".akn": AKN, ".json": UN80}
READ_SUFFIXES: Final = tuple(sorted((*_SUFFIXES, *_NAMED, ".docx", ".pdf")))
"""The endings of the files that are read; others are read by what stands in them."""
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_PIPES: Final = re.compile(r"^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE)
_SAMPLE: Final = 200_000
_HEAD: Final = 4_096
_PDF_HEADER: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,64}%PDF-")
_PAGE: Final = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)
_PAGE_START: Final = re.compile(
    r"(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|title)[\s>]", re.IGNORECASE | re.DOTALL
)
_XML_START: Final = re.compile(r"<\?xml\s|<(?:\w{1,20}:)?akomaNtoso[\s>]")
_AKN: Final = re.compile(r"<(?:\w{1,20}:)?akomaNtoso[\s>]")
_ROWS: Final = re.compile(r'\[\s*\{\s*"')


def sniff(data: bytes, name: str) -> str:
    """The format of a file: ``PDF``, ``DOCX`` (any zip archive), ``AKN`` (any XML), ``HTML``, ``UN80`` or ``TEXT``.

    A file named as text stays text, whatever mark-up stands in it; a PDF or an archive is known by its first bytes
    whatever its name. ``detect_format`` tells Markdown from plain text.
    """
    if _PDF_HEADER.match(data[:_HEAD]):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return DOCX
    suffix = _suffix(name)
    if suffix in _SUFFIXES:
        return TEXT
    head = _head(data)
    if _XML_START.match(head):
        return HTML if _PAGE.search(head) else AKN
    if _PAGE_START.match(head):
        return HTML
    if suffix in _NAMED:
        return _NAMED[suffix]
    return UN80 if _ROWS.match(head) else TEXT


def begins_as_document(data: bytes) -> bool:
    """Whether the first bytes of a file in XML or JSON are those of Akoma Ntoso, a page, or rows of paragraphs."""
    head = _head(data)
    return bool(_AKN.search(head) or _PAGE.search(head) or _ROWS.match(head))


def _suffix(name: str) -> str:
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


def _head(data: bytes) -> str:
    """The first characters, as far as they tell the format."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data[:_HEAD].decode("utf-16" if utf16 else "utf-8", "ignore").lstrip("\ufeff").lstrip()


def detect_format(text: str, name: str) -> str:
    """``"markdown"`` or ``"text"``.

    A file without a known ending is Markdown when it has headings with ``#`` or the rule of a pipe table; so is
    a ``.txt`` that has two such headings or more (people save Markdown under that name).
    """
    suffix = _SUFFIXES.get(_suffix(name))
    sample = text[:_SAMPLE]
    headings = len(_HEADING.findall(sample))
    if suffix == MARKDOWN:
        return MARKDOWN
    if suffix == TEXT:
        return MARKDOWN if headings >= 2 or _PIPES.search(sample) else TEXT
    return MARKDOWN if headings or _PIPES.search(sample) else TEXT
