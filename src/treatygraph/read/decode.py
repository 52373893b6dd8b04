"""Bytes → text: UTF-8 as it stands, UTF-16 where its mark says so, and a clear refusal of everything else."""

from __future__ import annotations

import codecs
from typing import Final

from treatygraph.model.errors import ReadError, Where
from treatygraph.read.limits import Limits

# First bytes of formats that people take for text, and what to do about each.
_MAGIC: Final = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file",
        "Save the document as .docx (without a password), .txt or .md.",
    ),
    (b"{\\rtf", "an RTF file", "Save the document as .docx, .txt or .md."),
    (b"PK", "a zip archive that is empty or in parts", "Unpack it first."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
    (b"\x89PNG", "a picture", "Give the text of the document."),
    (b"\xff\xd8\xff", "a picture", "Give the text of the document."),
)

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def decode(data: bytes, *, name: str, limits: Limits) -> str:
    """The text of a file, unchanged (a byte order mark of UTF-8 stays its first character).

    Raises ``ReadError`` for a file that is too large, not text, or neither UTF-8 nor marked UTF-16.
    """
    if len(data) > limits.max_bytes:
        raise ReadError(
            f"{name} is {_size(len(data))}; the limit is {_size(limits.max_bytes)}",
            remedy="Split the document, or raise Limits.max_bytes (memory grows by 40 bytes a character).",
        )
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            if magic == _OLE and _ENCRYPTED in data:
                what = "an Office file locked by a password"
            raise ReadError(f"{name} is {what}, not text", remedy=remedy)
    text = _decode(data, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ReadError(
            f"{name} is not text: it holds NUL characters",
            where=Where(file=name, line=line),
            remedy="Give a file of plain text or Markdown.",
        )
    _check_lines(text, name, limits)
    return text


def _decode(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _undecodable(data, name, "UTF-16", error) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(data, name, "UTF-8", error) from error


def _undecodable(data: bytes, name: str, encoding: str, error: UnicodeDecodeError) -> ReadError:
    line = data.count(b"\n", 0, error.start) + 1
    return ReadError(
        f"{name} is not {encoding}: byte {error.start} is 0x{data[error.start]:02x}",
        where=Where(file=name, line=line),
        remedy="Convert it first, for example with iconv -f WINDOWS-1252 -t UTF-8.",
    )


def _check_lines(text: str, name: str, limits: Limits) -> None:
    if len(text) <= limits.max_line:
        return
    longest = max(map(len, text.split("\n")))
    if longest > limits.max_line:
        raise ReadError(
            f"{name} has a line of {longest:,} characters; the limit is {limits.max_line:,}",
            remedy="Break the text into lines, or raise Limits.max_line.",
        )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
