"""Bytes of a file → ``SourceText``: the text unchanged, and its blocks with a clean reading of each.

Formats: Markdown and plain text. ``read_file`` and ``read_bytes`` are the whole interface.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from treatygraph.model.errors import ReadError, Where
from treatygraph.model.text import SourceText
from treatygraph.read.decode import decode
from treatygraph.read.detect import MARKDOWN, detect_format
from treatygraph.read.language import detect_language
from treatygraph.read.limits import DEFAULT_LIMITS, Limits
from treatygraph.read.reader import read_blocks
from treatygraph.read.rejoin import rejoin

__all__ = ["DEFAULT_LIMITS", "Limits", "read_bytes", "read_file", "read_text"]


def read_file(path: Path, *, language: str | None = None, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """The text of a file with its blocks; *language* (``en``) is detected where it is not given.

    Raises ``ReadError`` for a file that is missing, a folder, too large, not text or in another encoding.
    """
    try:
        size = path.stat().st_size
        # One byte more than allowed is enough to know; the whole of a large file is never loaded.
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except OSError as error:
        raise ReadError(
            f"{path} cannot be read: {(error.strerror or str(error)).lower()}",
            where=Where(file=str(path)),
            remedy="Give the path of a .md or .txt file.",
        ) from error
    if size > limits.max_bytes:
        raise ReadError(
            f"{path.name} is {size / 1e6:.1f} MB; the limit is {limits.max_bytes / 1e6:.1f} MB",
            where=Where(file=str(path)),
            remedy="Split the document into parts.",
        )
    return read_bytes(data, name=path.name, language=language, limits=limits)


def read_bytes(
    data: bytes, *, name: str, language: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> SourceText:
    """As ``read_file``, from bytes; *name* is used in messages and, with the content, to tell the format."""
    text = decode(data, name=name, limits=limits)
    return _source(text, name, language, hashlib.sha256(data).hexdigest())


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
