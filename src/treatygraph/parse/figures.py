"""A string → the same with figures of other scripts as 0 to 9, sign for sign, so that places in it stay."""

from __future__ import annotations

import re
from typing import Final

# The signs for nought: Arabic, Persian, full width.
_NOUGHTS: Final = "\u0660\u06f0\uff10"
FIGURES: Final = {ord(nought) + value: str(value) for nought in _NOUGHTS for value in range(10)}
"""The figures of other scripts, each with ours, as ``str.translate`` takes them."""

_OTHER: Final = re.compile("[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]")


def plain_figures(text: str) -> str:
    """*text* with its figures as 0 to 9.

    >>> plain_figures("٧-٨ تموز ٢٠٣١")
    '7-8 تموز 2031'
    """
    return text.translate(FIGURES) if _OTHER.search(text) else text
