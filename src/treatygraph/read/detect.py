"""Name and text → the format to read it as; what stands in the file decides beside the name."""

from __future__ import annotations

import re
from typing import Final

MARKDOWN: Final = "markdown"
TEXT: Final = "text"

_SUFFIXES: Final = {".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": TEXT, ".text": TEXT}
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_PIPES: Final = re.compile(r"^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE)
_SAMPLE: Final = 200_000


def detect_format(text: str, name: str) -> str:
    """``"markdown"`` or ``"text"``.

    A file without a known ending is Markdown when it has headings with ``#`` or the rule of a pipe table; so is
    a ``.txt`` that has two such headings or more (people save Markdown under that name).
    """
    suffix = _SUFFIXES.get("." + name.rpartition(".")[2].lower() if "." in name else "")
    sample = text[:_SAMPLE]
    headings = len(_HEADING.findall(sample))
    if suffix == MARKDOWN:
        return MARKDOWN
    if suffix == TEXT:
        return MARKDOWN if headings >= 2 or _PIPES.search(sample) else TEXT
    return MARKDOWN if headings or _PIPES.search(sample) else TEXT
