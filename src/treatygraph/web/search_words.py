"""Text → words for looking things up: case, accents and width do not matter, punctuation is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from treatygraph.store.fulltext import fold

__all__ = ["fold", "marked", "squeeze", "words"]

# A word is a run of letters, digits and the accents that stand on them.
_WORD: Final = re.compile(r"[^\W_][\w\u0300-\u036f]*")


def words(text: str) -> list[str]:
    """The words of a text in comparison form, in order."""
    return [fold(match.group()) for match in _WORD.finditer(text)]


def squeeze(text: str) -> str:
    """The comparison form of a document symbol: letters, digits and slashes.

    >>> squeeze("ctoc / cop/WG 3/2016/2") == squeeze("CTOC/COP/WG.3/2016/2")
    True
    """
    return "".join(each for each in fold(text) if each.isalnum() or each == "/")


def marked(text: str, wanted: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is one of the words wanted; the last may be a beginning."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    start = wanted[-1] if wanted and not wanted[-1].isdecimal() else None
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if word in wanted or (start and word.startswith(start)):
            pieces += [(text[end : match.start()], False), (match.group(), True)]
            end = match.end()
    pieces.append((text[end:], False))
    return tuple(piece for piece in pieces if piece[0])
