"""Gold files: what a careful reader finds in a text, in the form of the extraction contract."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from treatygraph.model.errors import GoldError, Where

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file: its text, and the rows of each section that it holds.

    ``span`` limits what is scored to rows that start inside it. A section that is absent is not scored.
    """

    name: str
    text_path: Path
    text: str
    language: str | None
    symbol: str | None
    span: tuple[int, int] | None
    sections: Mapping[str, Any]

    def rows(self, section: str) -> Sequence[Row] | None:
        """The rows of a section that are scored, or None where the gold has no such section."""
        rows = self.sections.get(section)
        if rows is None:
            return None
        return [row for row in rows if self.covers(row)]

    def covers(self, row: Row) -> bool:
        """Whether a row starts where the gold was read."""
        if self.span is None or "start" not in row or not isinstance(row["start"], int):
            return True
        return self.span[0] <= row["start"] < self.span[1]


def load_gold(path: Path, text_path: Path | None = None) -> Gold:
    """Reads a gold file and its text (the ``.txt`` beside it unless given).

    Raises ``GoldError`` when a file is missing, is not JSON of that form, or does not belong to its text.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(
            "A gold file cannot be read", where=Where(str(path)), remedy=f"{error.strerror}."
        ) from error
    except ValueError as error:
        raise GoldError("A gold file is not JSON", where=Where(str(path)), remedy=f"{error}.") from error
    if not isinstance(data, dict) or not any(name in data for name in SECTIONS):
        raise GoldError(
            "A gold file holds none of the sections that are scored",
            where=Where(str(path)),
            remedy=f"It needs at least one of {', '.join(SECTIONS)}.",
        )
    beside = text_path or path.with_suffix(".txt")
    try:
        text = beside.read_bytes().decode("utf-8")
    except OSError as error:
        raise GoldError(
            "The text of a gold file cannot be read",
            where=Where(str(beside)),
            remedy="Put the .txt beside the gold, or name the text with --text.",
        ) from error
    expected = data.get("text_sha256") or data.get("sha256")
    if expected and expected != hashlib.sha256(text.encode()).hexdigest():
        raise GoldError(
            "The text is not the one that the gold points into (their SHA-256 differ)",
            where=Where(str(beside)),
            remedy="Name the right text with --text.",
        )
    document = data.get("document") or {}
    limits = data.get("range")
    return Gold(
        name=str(data.get("id") or path.stem),
        text_path=beside,
        text=text,
        language=data.get("language") or document.get("language"),
        symbol=document.get("symbol"),
        span=(int(limits[0]), int(limits[1])) if limits else None,
        sections={name: data[name] for name in SECTIONS if name in data},
    )


SECTIONS = (
    "agenda_items",
    "paragraphs",
    "citations",
    "acts",
    "happenings",
    "schedule",
    "documentation",
    "provisions",
)
"""The sections of the extraction contract that can be scored."""
