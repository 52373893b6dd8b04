"""Files and folders as given on a command line → the files to read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from treatygraph.read.detect import READ_SUFFIXES, begins_as_document

SUFFIXES: Final = READ_SUFFIXES
"""The suffixes of files that are looked for in a folder."""

_MANY_USES: Final = (".json", ".xml")
_HEAD: Final = 4_096


def expand(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Files as given, and of each folder the files whose format is read, sorted; hidden files are left out.

    Of files in JSON and XML, only those are taken from a folder that begin as a document does.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*") if _is_document(each))
        else:
            found.append(path)
    return tuple(found)


def _is_document(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES or path.name.startswith(".") or not path.is_file():
        return False
    if suffix not in _MANY_USES:
        return True
    with path.open("rb") as stream:
        return begins_as_document(stream.read(_HEAD))
