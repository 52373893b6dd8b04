"""Bytes of a file → ``SourceText``: its text, and its blocks with a clean reading of each.

Markdown and plain text are kept unchanged; of HTML, Word (.docx), PDF, Akoma Ntoso (AKN4UN) and rows of UN80 (JSON) the
reader makes the text that all offsets point into. ``read_file`` and ``read_bytes`` are the whole interface.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from treatygraph.model.errors import ReadError, Where
from treatygraph.model.text import SourceText
from treatygraph.read.compose import Composed
from treatygraph.read.decode import decode
from treatygraph.read.detect import MARKDOWN, TEXT, detect_format, sniff
from treatygraph.read.formats import PACKED, PAGED, compose
from treatygraph.read.language import detect_language
from treatygraph.read.limits import DEFAULT_LIMITS, Limits
from treatygraph.read.reader import read_blocks
from treatygraph.read.rejoin import rejoin

_HEAD: Final = 4_096

__all__ = ["DEFAULT_LIMITS", "Limits", "read_bytes", "read_file", "read_text"]


def read_file(path: Path, *, language: str | None = None, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """The text of a file with its blocks; *language* (``en``) is detected where it is not given.

    Raises ``ReadError`` for a file that is missing, a folder, too large, damaged, or of a format that is not read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            most = limits.max_file_bytes if sniff(head, path.name) in PACKED else limits.max_bytes
            # One byte more than allowed is enough to know; the whole of a large file is never loaded.
            data = head + stream.read(max(0, most + 1 - len(head)))
    except OSError as error:
        raise ReadError(
            f"{path} cannot be read: {(error.strerror or str(error)).lower()}",
            where=Where(file=str(path)),
            remedy="Give the path of a document: a .md, .txt, .html, .docx, .pdf, .xml or .json file.",
        ) from error
    if size > most:
        raise ReadError(
            f"{path.name} is {size / 1e6:.1f} MB; the limit is {most / 1e6:.1f} MB",
            where=Where(file=str(path)),
            remedy="Split the document into parts.",
        )
    return read_bytes(data, name=path.name, language=language, limits=limits)


def read_bytes(
    data: bytes, *, name: str, language: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> SourceText:
    """As ``read_file``, from bytes; *name* is used in messages and, with the content, to tell the format."""
    form, digest = sniff(data, name), hashlib.sha256(data).hexdigest()
    if form == TEXT:
        return _source(decode(data, name=name, limits=limits), name, language, digest)
    return _composed(compose(form, data, name=name, limits=limits), form, language, digest)


def read_text(text: str, *, name: str = "text.md", language: str | None = None) -> SourceText:
    """As ``read_bytes``, from a string (its file hash is that of its UTF-8 bytes)."""
    return _source(text, name, language, hashlib.sha256(text.encode()).hexdigest())


def _source(text: str, name: str, language: str | None, file_sha256: str) -> SourceText:
    form = detect_format(text, name)
    blocks = read_blocks(text, markdown=form == MARKDOWN)
    blocks, repairs = rejoin(text, blocks) if form == MARKDOWN else (blocks, ())
    return SourceText(
        text=text,
        blocks=blocks,
        format=form,
        file_sha256=file_sha256,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        language=language or detect_language(text),
        repairs=repairs,
    )


def _composed(made: Composed, form: str, language: str | None, file_sha256: str) -> SourceText:
    # Rows and Akoma Ntoso say what a paragraph is; pages, and files made from pages, may have cut one in two.
    blocks, repairs = rejoin(made.text, made.blocks) if form in PAGED else (made.blocks, ())
    return SourceText(
        text=made.text,
        blocks=blocks,
        format=form,
        file_sha256=file_sha256,
        text_sha256=hashlib.sha256(made.text.encode()).hexdigest(),
        language=language or made.metadata.get("language") or detect_language(made.text),
        repairs=(*made.repairs, *repairs),
        metadata=made.metadata,
        links=made.links,
    )
