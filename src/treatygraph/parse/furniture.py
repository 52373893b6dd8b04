"""Blocks of a text → which of them are no text of the document: page marks, page numbers, running heads, footnotes.

Scans print them in the middle of an article or a paragraph. A running head is told from text by standing right
after a page mark more than once; footnotes by their mark and opening word, or by a rule that stands before a page
mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.writing import writing


class Role(StrEnum):
    """What a block is that is no text of the document."""

    EMPTY = "empty"
    PAGE_MARK = "page-mark"
    HEAD = "head"
    RULE = "rule"
    FOOTNOTE = "footnote"


_PAGE_MARK: Final = re.compile(r"<!--\s{0,4}page\b[^>]{0,40}-->|\f", re.IGNORECASE)
_RULE: Final = re.compile(r"[-_*]{3,80}")
_DIGITS: Final = re.compile(r"\d+")
_NOTE_MARK: Final = r"(?:\[(?P<bracket>\d{1,3})\]|(?P<raised>[⁰¹²³⁴-⁹]{1,3})|(?P<plain>\d{1,3}))"
_MARKED: Final = re.compile(r"\s{0,4}(?:\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|\d{1,3}|\*{1,3})\s(?!\()")
# Behind a number, "C/37" is no symbol: sessions of some organs are counted so ("42 C/37").
_SYMBOL: Final = (
    r"(?![A-Z]{1,2}/(?:\d{1,3}(?:[\s.,;:)]|$)|[A-Z][^\W\d_]{2,12}\s\d))[A-Z][A-Za-z.]{0,12}/[\w./()-]{2,40}"
)
HEAD_LINES: Final = 3
"""At most this many lines after a page mark are furniture: a number, a running head, or both in either order."""
HEAD_LENGTH: Final = 160
FOOTNOTE_LINES: Final = 12
"""At most this many lines between a rule and the page mark are read as the footnotes of that page."""


def furniture(blocks: Sequence[Block], language: str) -> dict[int, Role]:
    """The role of each block that is no text of the document, by its index, in reading order."""
    marks = [index for index, block in enumerate(blocks) if _is_page_mark(block)]
    roles: dict[int, Role] = {}
    for index, block in enumerate(blocks):
        if (role := _role(block, language)) is not None:
            roles[index] = role
    roles.update(dict.fromkeys(_next_notes(blocks, roles, language), Role.FOOTNOTE))
    roles.update(dict.fromkeys(_heads(blocks, marks), Role.HEAD))
    for index in _under_rules(blocks, marks):
        roles.setdefault(index, Role.FOOTNOTE)
    return dict(sorted(roles.items()))


def _role(block: Block, language: str) -> Role | None:
    if _is_page_mark(block):
        return Role.PAGE_MARK
    if _is_rule(block):
        return Role.RULE
    if not block.text.strip():
        return Role.EMPTY
    return Role.FOOTNOTE if footnote_mark(block, language) is not None else None


_NEXT_MARK: Final = re.compile(r"(\d{1,3})\s{1,4}(?=[^\W\d_])")


def _next_notes(blocks: Sequence[Block], roles: dict[int, Role], language: str) -> Iterator[int]:
    """Blocks right below a footnote whose plain number counts on from it, whatever their words are."""
    note: int | None = None
    for index, block in enumerate(blocks):
        if roles.get(index) is Role.FOOTNOTE:
            mark = footnote_mark(block, language) or ""
            note = int(mark) if mark.isdigit() else None
            continue
        match = _NEXT_MARK.match(block.text.lstrip())
        if roles.get(index) is None and note is not None and match and int(match[1]) == note + 1:
            note += 1
            yield index
            continue
        note = note if roles.get(index) is Role.EMPTY else None


def _is_page_mark(block: Block) -> bool:
    return block.kind is BlockKind.PAGE or _PAGE_MARK.fullmatch(block.text.strip()) is not None


def _is_rule(block: Block) -> bool:
    return block.kind is BlockKind.RULE or _RULE.fullmatch(block.text.strip()) is not None


@cache
def _note(language: str) -> re.Pattern[str]:
    opening = one_of(words(language, "resolution", "footnote"))
    return re.compile(rf"{_NOTE_MARK}\s{{1,4}}(?P<words>(?:{opening}){writing(language).right}|{_SYMBOL})?")


def footnote_mark(block: Block, language: str) -> str | None:
    """The mark of a footnote ("9"), or None for a block that is none.

    A plain number is a mark only before an opening word of footnotes or a symbol ("9 See …", "15 November" is not).
    """
    if block.kind is BlockKind.FOOTNOTE:
        return block.marker or ""
    match = _note(language).match(block.text.lstrip())
    if match is None or (match["plain"] and not match["words"]):
        return None
    raised = match["raised"] and str(int(match["raised"].translate(_FIGURES)))
    return match["bracket"] or raised or match["plain"]


_FIGURES: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


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


def _under_rules(blocks: Sequence[Block], marks: Sequence[int]) -> frozenset[int]:
    """The blocks between a rule and the page mark after it, where the first begins as a footnote does."""
    found: set[int] = set()
    for mark in marks:
        for index in range(mark - 1, max(mark - 2 - FOOTNOTE_LINES, -1), -1):
            if _is_page_mark(blocks[index]):
                break
            if _is_rule(blocks[index]):
                if _MARKED.match(blocks[min(index + 1, mark - 1)].text):
                    found.update(range(index + 1, mark))
                break
    return frozenset(found)
