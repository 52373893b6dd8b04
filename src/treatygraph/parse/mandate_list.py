"""A programme-budget fascicle → the rows of its lists of legislative mandates: numbers of acts under a heading.

A row prints the numbers of an act ("48/112; 52/92") and its title; which organ adopted it is said by the heading above
("General Assembly resolutions"). A row of articles ("Articles 13, 98 and 102") is of the instrument above it. Rows
stand in a table, or on a line where the table was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import MandateRow
from treatygraph.parse.lexicon import one_of, word_pattern, words

_LONGEST_HEADING: Final = 120
_NUMBER: Final = (
    r"(?:E?S-)?\d{1,4}(?:/\d{1,4})?(?:\s?[A-Z](?:\s?(?:-|–|and)\s?[A-Z])?(?!\w))?"
    r"(?:\s?\([IVXLC]{1,8}\)|\s?\(\d{4}\))?"
)
_ONE: Final = re.compile(_NUMBER)
_OF_ACT: Final = re.compile(r"/|\(")  # a bare figure numbers no act


@cache
def _printed(language: str) -> re.Pattern[str]:
    """The numbers that a row prints, perhaps behind a word for the kind of act ("Decision 60/1")."""
    act = word_pattern(language, "mandates", "act_heading").pattern
    return re.compile(rf"(?:(?P<act>(?i:{act}))\s?)?(?P<numbers>{_NUMBER}(?:\s?[;,]\s?{_NUMBER}){{0,20}})")


def mandate_rows(blocks: Sequence[Block], language: str) -> tuple[MandateRow, ...]:
    """The rows under headings that name the acts of one organ or an instrument, inside a list of mandates, in order."""
    rows = (*_rows(blocks, language), *_unit_rows(blocks, language))
    return tuple(sorted(rows, key=lambda row: (row.block, row.span.start)))


def opens_mandates(block: Block, language: str) -> bool:
    """Whether a line is the heading over lists of mandates."""
    return _is_title(block) and bool(word_pattern(language, "mandates", "list_title").search(block.text))


@dataclass(slots=True)
class _List:
    """A list under one heading: where its rows print numbers."""

    heading: str
    printed: list[tuple[int, re.Match[str]]] = field(default_factory=list)


def _rows(blocks: Sequence[Block], language: str) -> Iterator[MandateRow]:
    for listed in _lists(blocks, language):
        heading = _of_bare_numbers(listed, language)
        for index, match in listed.printed:
            if match["act"]:  # the row names the kind itself, the heading gives the organ alone
                yield MandateRow(index, _organ(listed.heading, language), Span(*match.span()))
            elif heading is not None:
                for number in _ONE.finditer(match.string, *match.span("numbers")):
                    if _OF_ACT.search(number.group()):
                        yield MandateRow(index, heading, Span(*number.span()))


def _lists(blocks: Sequence[Block], language: str) -> list[_List]:
    listing, found = False, [_List("")]
    for index, block in enumerate(blocks):
        if _is_title(block):
            if opens_mandates(block, language):
                listing = True
                found.append(_List(""))
                continue
            if listing and _kinds(block.text, language):
                found.append(_List(block.text.strip(" :*")))
                continue
            if block.kind is BlockKind.HEADING:
                found.append(_List(""))
        if found[-1].heading:
            found[-1].printed.extend((index, match) for match in _cells(block, language))
    return [each for each in found if each.heading]


def _of_bare_numbers(listed: _List, language: str) -> str | None:
    """The heading as it holds for numbers without a word; None where it names two kinds and no row says which it is.

    Under "resolutions and decisions", where decisions are printed with their word, the others are resolutions.
    """
    if len(_kinds(listed.heading, language)) == 1:
        return listed.heading
    if not any(match["act"] for _, match in listed.printed):
        return None
    joined = one_of(words(language, "agenda", "list_and"))
    act = word_pattern(language, "mandates", "act_heading").pattern
    return re.sub(rf"\s{joined}\s(?i:{act})", "", listed.heading, count=1)


def _unit_rows(blocks: Sequence[Block], language: str) -> Iterator[MandateRow]:
    """The lines and cells that open with articles or chapters, each with the title above it."""
    listing, title = False, ""
    for index, block in enumerate(blocks):
        if opens_mandates(block, language):
            listing, title = True, ""
            continue
        units = list(_units(block, language)) if listing else []
        if title and units:
            yield from (MandateRow(index, title, span) for span in units)
        elif _is_title(block):
            counted = any(character.isdigit() for character in block.text)
            title = "" if counted else block.text.strip(" :#*")


def _units(block: Block, language: str) -> Iterator[Span]:
    if block.kind is BlockKind.TABLE_ROW and len(block.cells) > 1:
        stretches = [(cell.start, cell.end) for cell in block.cells]
    else:
        stretches = [(0, len(block.text))]
    for start, end in stretches:
        if end - start <= _LONGEST_HEADING and _unit(language).match(block.text, start, end):
            yield Span(start, end)


@cache
def _unit(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{one_of(words(language, 'mandates', 'unit'))})\s?[\dIVXLC一二三四五六七八九十]")


def _organ(heading: str, language: str) -> str:
    """A heading without its words for acts: "Commission on Tides resolutions and decisions" → "Commission on Tides"."""
    joined = one_of(words(language, "agenda", "list_and"))
    act = word_pattern(language, "mandates", "act_heading").pattern
    return re.sub(rf"(?i:{act})(?:\s{joined}\s(?i:{act}))?", "", heading).strip()


def _is_title(block: Block) -> bool:
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH)
    return len(block.text) <= _LONGEST_HEADING and block.kind in kinds and not block.text.endswith(".")


def _kinds(text: str, language: str) -> frozenset[str]:
    """The kinds of acts that a heading names; with two, the numbers below it do not say which kind they are."""
    if any(character.isdigit() for character in text):
        return frozenset()
    found = word_pattern(language, "mandates", "act_heading").finditer(text)
    return frozenset(match.group().casefold() for match in found)


def _cells(block: Block, language: str) -> Iterator[re.Match[str]]:
    """Where a row prints numbers of acts: in its number cells, or at the beginning of a line with a title behind."""
    if block.kind is BlockKind.TABLE_ROW and len(block.cells) > 1:
        for cell in block.cells:
            match = _printed(language).match(block.text, cell.start, cell.end)
            if match and not block.text[match.end() : cell.end].strip() and _OF_ACT.search(match["numbers"]):
                yield match
        return
    match = _printed(language).match(block.text)
    if match and _TITLE.match(block.text, match.end()) and _OF_ACT.search(match["numbers"]):
        yield match


_TITLE: Final = re.compile(r"\s{1,8}[^\W\d_]{2}")
