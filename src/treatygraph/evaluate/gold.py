"""Gold files: what a careful reader finds in a text, in the form of the extraction contract."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from treatygraph.evaluate.sources import TextSource, find_sources
from treatygraph.model.errors import GoldError, ReadError, Where
from treatygraph.read import read_bytes

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file: its text, and the rows of each section that it holds.

    ``span`` limits what is scored to rows that start inside it. A section that is absent is not scored. ``data`` are
    the bytes of the file at ``text_path`` that the text was read from. ``act_details``: what acts ask was read.
    """

    name: str
    text_path: Path
    text: str
    language: str | None
    symbol: str | None
    span: tuple[int, int] | None
    sections: Mapping[str, Any]
    data: bytes = b""
    act_details: bool = False

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
    data = _read(path)
    beside = text_path or path.with_suffix(".txt")
    try:
        content = beside.read_bytes()
    except OSError as error:
        raise GoldError(
            "The text of a gold file cannot be read",
            where=Where(str(beside)),
            remedy="Put the .txt beside the gold, name the text with --text, or the corpus with --corpus.",
        ) from error
    return _gold(path, data, beside, content)


def load_golds(paths: Sequence[Path], corpus: Path | None) -> tuple[Gold, ...]:
    """Reads gold files with their texts: the ``.txt`` beside, else what ``source`` names in the *corpus*.

    Raises ``GoldError`` as ``load_gold``, and for a text that the corpus does not hold.
    """
    read = [(path, _read(path)) for path in paths]
    sources = {
        path: TextSource(str(data["source"]["archive"]), str(data["source"]["member"]))
        for path, data in read
        if corpus is not None and _names_source(data) and not path.with_suffix(".txt").is_file()
    }
    held = find_sources(corpus, sources.values()) if corpus is not None else {}
    return tuple(
        _gold(path, data, Path(sources[path].name), held[sources[path]])
        if path in sources
        else load_gold(path)
        for path, data in read
    )


def _names_source(data: Mapping[str, Any]) -> bool:
    source = data.get("source")
    return isinstance(source, dict) and {"archive", "member"} <= set(source)


def _read(path: Path) -> dict[str, Any]:
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
    return data


def _gold(path: Path, data: Mapping[str, Any], text_path: Path, content: bytes) -> Gold:
    """The gold with the text of *content*, which must be the one that it points into."""
    document = data.get("document") or {}
    language = data.get("language") or document.get("language")
    try:
        text = read_bytes(content, name=text_path.name, language=language).text
    except ReadError as error:
        raise GoldError(
            "The text of a gold file cannot be read",
            where=Where(str(text_path)),
            remedy=f"Name the right text with --text: {error}",
        ) from error
    expected = data.get("text_sha256") or data.get("sha256")
    if expected and expected != hashlib.sha256(text.encode()).hexdigest():
        raise GoldError(
            "The text is not the one that the gold points into (their SHA-256 differ)",
            where=Where(str(text_path)),
            remedy="Name the right text with --text, or the right corpus with --corpus.",
        )
    limits = data.get("range")
    return Gold(
        name=str(data.get("id") or path.stem),
        text_path=text_path,
        text=text,
        language=language,
        symbol=document.get("symbol"),
        span=(int(limits[0]), int(limits[1])) if limits else None,
        sections={name: data[name] for name in SECTIONS if name in data},
        data=content,
        act_details=bool(data.get("act_details")),
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
