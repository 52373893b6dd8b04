"""Values of a text that was read: spans, blocks and the source text itself.

A *span* is always half open, in Unicode code points of one text. A *block* carries a clean reading of its
stretch of the text (mark-up and line breaks gone) together with a map back to the offsets of the text as
printed, so that every later step can work on words and still point into the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one text: ``text[start:end]``, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a block of a text is by its layout alone."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    FOOTNOTE = "footnote"
    RULE = "rule"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text, with its clean reading.

    ``text`` is the clean reading: inline mark-up removed, white space folded, footnote marks left out.
    ``offsets[i]`` is the offset in the source text of the character that ``text[i]`` was read from.
    ``level`` is the depth of a heading (1 to 6) or of a list item (0, 1, …), 0 elsewhere.
    ``cells`` of a table row are spans of ``text`` (not of the source).
    ``marker`` is the printed mark of a footnote (``"1"``, ``"*"``); ``marks`` are the footnote marks printed
    inside the block, each as (mark, offset in ``text`` before which it stood).
    ``source_id`` is the name that the source itself gives the block (the ``eId`` of Akoma Ntoso), where it has one.
    """

    kind: BlockKind
    span: Span
    text: str
    offsets: tuple[int, ...]
    level: int = 0
    cells: tuple[Span, ...] = ()
    marker: str | None = None
    marks: tuple[tuple[str, int], ...] = ()
    source_id: str | None = None

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError("a block needs one offset for each character of its clean reading")

    def source_span(self, start: int, end: int) -> Span:
        """The span of the source text behind ``self.text[start:end]`` (which must not be empty)."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"not a stretch of the block: {start}..{end}")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Repair:
    """A recorded mending of a source's layout or print, with its reason."""

    span: Span
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of the source: the span of its words in the text, and the address it leads to."""

    span: Span
    address: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that was read from a file: the text that all offsets point into, and its blocks in reading order.

    ``metadata`` is what the file says of the document beside its text, as printed there: ``symbol``, ``issued``,
    ``adopted`` (ISO 8601 dates), ``title``, ``language``; only the keys that it holds. ``links`` are in order of place.
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    file_sha256: str
    text_sha256: str
    language: str
    repairs: tuple[Repair, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)
    links: tuple[Link, ...] = ()
