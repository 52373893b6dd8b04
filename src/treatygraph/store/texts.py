"""Source texts of this machine: kept beside the graph so that citations can be shown in them, never part of it."""

from __future__ import annotations

import hashlib
import re

from treatygraph.model.errors import StoreError, Where
from treatygraph.store.layout import Layout, damaged, write_whole

_SHA256 = re.compile(r"[0-9a-f]{64}")


def save_text(layout: Layout, sha256: str, text: str) -> None:
    """Keeps a text under the SHA-256 of its UTF-8 bytes; raises ``StoreError`` when that is another."""
    data = text.encode("utf-8")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError(
            "A text does not have the hash that it was given with",
            where=Where(thing=sha256),
            remedy="Give the SHA-256 of the text's UTF-8 bytes in lower-case hexadecimal digits.",
        )
    layout.texts.mkdir(exist_ok=True)
    write_whole(layout.texts / f"{sha256}.txt", data)


def holds_text(layout: Layout, sha256: str) -> bool:
    """Whether this machine holds the text with that hash."""
    return _SHA256.fullmatch(sha256) is not None and (layout.texts / f"{sha256}.txt").is_file()


def read_text(layout: Layout, sha256: str) -> str | None:
    """The text with that hash, or None where this machine does not hold it."""
    if not _SHA256.fullmatch(sha256):
        return None
    path = layout.texts / f"{sha256}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise damaged(path, "the text is not UTF-8") from error
