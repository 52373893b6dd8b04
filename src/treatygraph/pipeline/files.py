"""Files and folders as given on a command line → the files to read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

SUFFIXES: Final = (".md", ".txt")
"""The suffixes of files that are looked for in a folder."""


def expand(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Files as given, and of each folder the files whose format is read, sorted; hidden files are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                each for each in path.rglob("*") if each.suffix in SUFFIXES and each.name[0] != "."
            )
        else:
            found.append(path)
    return tuple(found)
