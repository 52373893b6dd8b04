"""Fingerprints of files, by which a build knows that nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(*parts: str | bytes) -> str:
    """The SHA-256 of the parts, each with its length before it, in hexadecimal."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(f"{len(data)}\n".encode())
        total.update(data)
    return total.hexdigest()


def files_fingerprint(root: Path, files: Iterable[Path]) -> str:
    """The fingerprint of files by their place under *root* and their bytes, in any order."""
    parts: list[str | bytes] = []
    for path in sorted(files, key=lambda each: each.as_posix()):
        parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    return fingerprint(*parts)
