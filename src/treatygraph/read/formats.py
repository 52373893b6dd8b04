"""A format and bytes → the text and blocks that its reader composes; a reader is imported when its format is met."""

from __future__ import annotations

from typing import Final

from treatygraph.model.errors import ReadError
from treatygraph.read.compose import Composed
from treatygraph.read.detect import AKN, DOCX, HTML, PDF, UN80
from treatygraph.read.limits import Limits

PACKED: Final = (DOCX, PDF)
"""Formats whose files hold pictures and fonts beside the text, and are larger for it."""

PAGED: Final = (DOCX, HTML, PDF)
"""Formats in which a page may have broken a paragraph."""


def compose(form: str, data: bytes, *, name: str, limits: Limits) -> Composed:
    """What the reader of *form* makes of a file; raises ``ReadError`` for one that is too large or cannot be read."""
    most = limits.max_file_bytes if form in PACKED else limits.max_bytes
    if len(data) > most:
        raise ReadError(
            f"{name} is {len(data) / 1e6:.1f} MB; the limit is {most / 1e6:.1f} MB",
            remedy="Split the document into parts.",
        )
    if form == AKN:
        from treatygraph.read.akn import read_akn

        return read_akn(data, name=name, limits=limits)
    if form == UN80:
        from treatygraph.read.un80 import read_un80

        return read_un80(data, name=name, limits=limits)
    if form == HTML:
        from treatygraph.read.html import read_html

        return read_html(data, name=name, limits=limits)
    if form == DOCX:
        from treatygraph.read.docx import read_docx

        return read_docx(data, name=name, limits=limits)
    if form == PDF:
        from treatygraph.read.pdf import read_pdf

        return read_pdf(data, name=name, limits=limits)
    raise AssertionError(f"there is no reader of {form}")
