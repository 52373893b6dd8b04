"""Bytes of an HTML page → its text, in the encoding that the page says or a browser would fall back to."""

from __future__ import annotations

import codecs
import re
from typing import Final

from treatygraph.model.errors import ReadError

_CHARSET: Final = re.compile(
    rb"<meta[^>]{1,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w:.-]{1,40})", re.IGNORECASE
)
_CHARSET_HEAD: Final = 4_096
# What pages call by one name and mean another (WHATWG Encoding, §4.2).
_MEANT: Final = {"utf8": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
                 "gb2312": "gb18030", "gbk": "gb18030", "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8",
                 "iso-8859-9": "cp1254", "windows-1252": "cp1252", "windows-1251": "cp1251"}  # fmt: skip
# Encodings that pages are written in; Python knows others that are none of text, or slow (punycode).
_KNOWN: Final = re.compile(
    r"utf-8(?:-sig)?|utf-16|(?:windows-|cp)\d{3,4}|iso-?8859-\d{1,2}|koi8-[ru]|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)"
    r"|shift_jis|iso-2022-jp|macintosh"
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_page(data: bytes, name: str) -> str:
    """The text of a page; raises ``ReadError`` where the bytes are not of the encoding that the page names."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    declared = _CHARSET.search(data[:_CHARSET_HEAD])
    if declared:
        label = declared.group(1).decode("ascii").lower()
        return _decoded(data, _MEANT.get(label, label), name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", name)  # what a browser falls back to


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        if not _KNOWN.fullmatch(encoding):
            raise LookupError("no page is read in this encoding")
        return data.decode(encoding)
    except (LookupError, UnicodeError, ValueError) as error:
        raise ReadError(
            f"{name} is not {encoding.upper()}, as it says it is: {error}",
            remedy="Save the page again in UTF-8.",
        ) from error
