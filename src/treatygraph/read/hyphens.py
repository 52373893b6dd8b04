"""Two lines of print → how the words at their border join: with a space, without, or as one broken word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_HYPHENS: Final = ("-", "\u00ad", "\u2010")
_CJK: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_WORD: Final = re.compile(r"\w+(?:-\w+)*")
_BEFORE: Final = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_AFTER: Final = re.compile(r"[^\W\d_]+")
_LONGEST_WORD: Final = 60
# Where more lines than this end in a hyphen, the document breaks words at the ends of lines.
_BREAKING: Final = 0.02


class Joints:
    """How lines of one document join; what it prints elsewhere says whether a hyphen belongs to a word."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = Counter(word for text in texts for word in _WORD.findall(text.casefold()))
        ended = sum(text.endswith(_HYPHENS) for text in texts)
        self._breaks = ended > _BREAKING * len(texts)

    def join(self, before: str, after: str) -> tuple[bool, bool]:
        """Whether the last character of *before* (a hyphen) is dropped, and whether a space stands between."""
        if before.endswith(_HYPHENS):
            return self.broken(before, after), False
        east = bool(before) and bool(after) and bool(_CJK.match(before[-1])) and bool(_CJK.match(after[0]))
        # A slash or an address goes on without a space ("A/CONF.222/" and "17").
        return False, not (east or before.endswith("/") or after.startswith("/"))

    def broken(self, before: str, after: str) -> bool:
        """Whether a hyphen is there only because the line ended."""
        first, second = _BEFORE.search(before[-_LONGEST_WORD:]), _AFTER.match(after)
        if first is None or second is None or not second.group()[0].islower():
            return False
        whole = (first.group(1) + second.group()).casefold()
        parted = f"{first.group(1)}-{second.group()}".casefold()
        if before.endswith("\u00ad"):
            return True
        if self._words[whole] != self._words[parted]:
            return self._words[whole] > self._words[parted]
        return self._breaks
