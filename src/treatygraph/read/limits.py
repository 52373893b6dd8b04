"""How much a reader takes in: sizes beyond which a file is refused rather than read slowly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. A clean reading keeps an offset for each character, some 40 bytes of memory each.

    ``max_bytes`` is the size of a file of text, and of the text that is made of any file; ``max_line`` the length of a
    line in characters. A Word or PDF file may have ``max_file_bytes``, most of which are pictures and fonts.
    ``max_expanded_bytes`` is what all parts read from a zip archive come to, ``max_ratio`` how many times its size a
    part may grow, ``max_members`` how many files the archive may list. ``max_depth`` is how deep elements may nest,
    ``max_pages`` the pages of a PDF, ``max_seconds`` and ``max_memory`` (bytes) what its reading may cost.
    """

    max_bytes: int = 8_000_000
    max_line: int = 2_000_000
    max_file_bytes: int = 64_000_000
    max_expanded_bytes: int = 128_000_000
    max_ratio: int = 250
    max_members: int = 10_000
    max_depth: int = 250
    max_pages: int = 3_000
    max_seconds: int = 60
    max_memory: int = 2_000_000_000


DEFAULT_LIMITS: Final = Limits()
"""8 MB and 2 million characters a line: the longest reports of United Nations bodies are below 4 MB of text."""
