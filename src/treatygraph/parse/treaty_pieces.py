"""``SourceText`` → pieces: the blocks that carry words of the text, without page furniture and footnotes.

Scans print page numbers, running heads and footnotes in the middle of an article. A running head is told from
text by standing right after a page mark more than once; footnotes by a rule that stands before a page mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.model.text import Block, BlockKind, Repair, SourceText
from treatygraph.parse.labels import Label, leading_labels

_PAGE_MARK: Final = re.compile(r"<!--\s{0,4}page\b[^>]{0,40}-->|\f", re.IGNORECASE)
_RULE: Final = re.compile(r"[-_*]{3,80}")
_DIGITS: Final = re.compile(r"\d+")
_MARKUP: Final = "#*_ \t"
_CLOSERS: Final = "\"”’'»)*_ \t"
HEAD_LINES: Final = 3
"""At most this many lines after a page mark are furniture: a number, a running head, or both in either order."""
FOOTNOTE_LINES: Final = 12
"""At most this many lines between a rule and the page mark are read as the footnotes of that page."""
HEAD_LENGTH: Final = 160


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that carries text of the document: its labels, and whether a page break stands before it."""

    block: Block
    labels: tuple[Label, ...]
    after_break: bool = False

    @property
    def text(self) -> str:
        """The clean text of the block."""
        return self.block.text

    @property
    def bare(self) -> str:
        """The clean text without mark-up characters that a plain-text source left around it."""
        return self.block.text.strip(_MARKUP)

    @property
    def start(self) -> int:
        """The offset in the source of the first character."""
        return self.block.offsets[0]

    @property
    def end(self) -> int:
        """The offset in the source behind the last character."""
        return self.block.offsets[-1] + 1

    @property
    def ended(self) -> bool:
        """Whether the text ends as a sentence, a clause or an item of a list does (a title or a cut line does not)."""
        text = self.text.rstrip(_CLOSERS)
        return text[-1:] in tuple(".;:,!?") or text.casefold().endswith(("; and", "; or", ", and", ", or"))

    @property
    def announces(self) -> bool:
        """Whether the text ends with a colon, and so announces a list."""
        return self.text.rstrip(_CLOSERS).endswith((":", ":–", ":—"))

    @property
    def begins_low(self) -> bool:
        """Whether the text begins with a small letter, as the second half of a sentence does."""
        return self.bare[:1].islower()


def _is_page_mark(block: Block) -> bool:
    return block.kind is BlockKind.PAGE or _PAGE_MARK.fullmatch(block.text.strip()) is not None


def _is_rule(block: Block) -> bool:
    return block.kind is BlockKind.RULE or _RULE.fullmatch(block.text.strip()) is not None


def _head_form(text: str) -> str:
    return " ".join(_DIGITS.sub(" ", text).casefold().split())


def _heads(blocks: Sequence[Block], marks: Sequence[int]) -> frozenset[int]:
    """The blocks after page marks that are page numbers or running heads."""
    near = [range(mark + 1, min(mark + 1 + HEAD_LINES, len(blocks))) for mark in marks]
    forms = Counter(_head_form(blocks[index].text) for lines in near for index in lines)
    heads: set[int] = set()
    for lines in near:
        for index in lines:
            if not _is_head(blocks[index].text, forms):
                break  # a page's text has begun
            heads.add(index)
    return frozenset(heads)


def _is_head(text: str, forms: Counter[str]) -> bool:
    """Whether a line after a page mark is a page number, or a running head that stands on another page too.

    One word with a number ("Article 8", "Part II") is a heading, however many pages begin with one.
    """
    form = _head_form(text).strip(".-–— ")
    return len(text) <= HEAD_LENGTH and (not form or (" " in form and forms[_head_form(text)] > 1))


def _footnotes(blocks: Sequence[Block], marks: Sequence[int]) -> frozenset[int]:
    """The blocks between a rule and the page mark after it."""
    found: set[int] = set()
    for mark in marks:
        for index in range(mark - 1, max(mark - 2 - FOOTNOTE_LINES, -1), -1):
            if _is_rule(blocks[index]):
                found.update(range(index, mark))
                break
    return frozenset(found)


def furniture(blocks: Sequence[Block]) -> frozenset[int]:
    """The indexes of the blocks that are no text of the document: page marks, running heads, rules, footnotes."""
    marks = [index for index, block in enumerate(blocks) if _is_page_mark(block)]
    silent = {index for index, b in enumerate(blocks) if not b.text.strip() or b.kind is BlockKind.FOOTNOTE}
    rules = {index for index, block in enumerate(blocks) if _is_rule(block)}
    return frozenset(silent | rules | set(marks) | _heads(blocks, marks) | _footnotes(blocks, marks))


def pieces(source: SourceText) -> tuple[Piece, ...]:
    """The pieces of *source* in reading order."""
    return tuple(_pieces(source.blocks))


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    skipped, broken = furniture(blocks), False
    for index, block in enumerate(blocks):
        if index in skipped:
            broken = broken or _is_page_mark(block)
            continue
        yield Piece(block, leading_labels(block.text), broken)
        broken = False


def repairs_in(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Repairs in order of their place."""
    return tuple(sorted(repairs, key=lambda repair: (repair.span, repair.after)))
