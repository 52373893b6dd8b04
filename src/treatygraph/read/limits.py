"""How much a reader takes in: sizes beyond which a file is refused rather than read slowly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. A clean reading keeps an offset for each character, some 40 bytes of memory each.

    ``max_bytes`` is the size of the file, ``max_line`` the length of a line in characters.
    """

    max_bytes: int = 8_000_000
    max_line: int = 2_000_000


DEFAULT_LIMITS: Final = Limits()
"""8 MB and 2 million characters a line: the longest reports of United Nations bodies are below 4 MB of text."""
