"""Blocks → units: the stretches that may each be an item, one for a list line, several where they run together.

"1. Organizational matters: (a) Opening of the session; (b) Election of officers; 2. Other matters" is four units.
A table row gives the unit of its number cell and title cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from treatygraph.model.numbering import follows, number_path
from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.parse.item_labels import (
    LABEL_START,
    ItemLabel,
    Style,
    bare_label_at,
    item_word,
    label_at,
    label_of,
)
from treatygraph.parse.item_numbers import number_list
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.papers import papers_behind
from treatygraph.parse.times import find_times
from treatygraph.parse.writing import writing

# After these a next number may stand inside a line.
_MARKS: Final = ";.)；。）؛"
# So many numbers in a row are a list, even when nothing but their order says so.
_LEAST_RUN_ON: Final = 3
_STOPS_OF_LIST: Final = ".;。；؛"
_NUMBERED: Final = re.compile(r"(?:(?<!\w)(?:\d{1,3}|[IVX]{1,5})[.．、)]|[(（]\w{1,3}[)）])\s{0,3}$")
_LONGEST_NUMBER: Final = 6
# "3 and 4: …; …": what numbers the items that a heading joins, and their titles.
_HEAD_OF_JOINED: Final = re.compile(r"(?P<numbers>[^:：.;\n]{3,40}?)\s?(?:[:：.．]|\s[-–—])\s{0,4}")
_PART: Final = re.compile(r"[^;；؛\s][^;；؛]*")
_LEAST_JOINED: Final = 2
# Hours before an item stand at the beginning of a short line.
_LONGEST_TIMED: Final = 300
_HOURS_BEGIN, _HOURS_END = 6, 40
_BEFORE_HOURS: Final = " *[(（"
_BEHIND_HOURS: Final = " \t*:|)]）–—-"
_NUMBER_CELL: Final = re.compile(r"[\s\w().,（）．、-]{1,24}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A labelled stretch of a block: ``start`` and ``end`` in its clean text, the title from ``label.end``."""

    block: int
    start: int
    end: int
    label: ItemLabel

    def title(self, blocks: tuple[Block, ...]) -> str:
        """The words after the label."""
        return blocks[self.block].text[self.label.end : self.end].strip()


@cache
def _inside(language: str) -> re.Pattern[str]:
    """A place inside a line at which a further label may stand: after a mark of punctuation."""
    joined = one_of(words(language, "agenda", "list_and"))
    return re.compile(rf"[;:.,—–)；：。，、؛،）]\s{{0,2}}(?:{joined}\s)?\s?(?:[-–—]\s)?{LABEL_START}")


@cache
def _in_cell(language: str) -> re.Pattern[str]:
    """A place inside a cell, whose lines are joined by blanks, at which a further label may stand."""
    start = rf"(?:{LABEL_START}|(?=(?i:{item_word(language)})))"
    between = "(?<!\\d) " if writing(language).spaced else "(?:(?<!\\d) |[；：。])"
    return re.compile(between + start)


def units_of(blocks: tuple[Block, ...], index: int, language: str) -> tuple[Unit, ...]:
    """The labelled units of a block, in order of print; none where it opens with no label.

    Papers that stand behind a title ("… Document EB170/2") are left out of its unit.
    """
    block = blocks[index]
    row = block.kind is BlockKind.TABLE_ROW
    units = _row_units(block, index, language) if row else _line_units(block, index, language)
    ends = [papers_behind(block, unit.label.end, unit.end, language) for unit in units]
    return tuple(replace(unit, end=end) if end else unit for unit, end in zip(units, ends, strict=True))


def _line_units(block: Block, index: int, language: str) -> tuple[Unit, ...]:
    joined = _joined(block, index, language)
    if joined:
        return joined
    opening = label_of(block, language) or behind_hours(block, language) or _announced(block, language)
    if opening is None:
        return ()
    if opening.start == 0 or block.kind is not BlockKind.PARAGRAPH or behind_hours(block, language):
        return tuple(split_units(block.text, index, opening, len(block.text), language))
    stop = _list_end(block.text, opening.end, language)
    units = tuple(split_units(block.text, index, opening, stop, language))
    if len({unit.label.value for unit in units if unit.label.style is opening.style}) < _LEAST_RUN_ON:
        units = tuple(split_units(block.text, index, opening, stop, language, cell=True))
    last = units[-1]
    after = _after_list(language).search(block.text, last.label.end + 1, last.end)
    return (*units[:-1], replace(last, end=after.start())) if after else units


def _joined(block: Block, index: int, language: str) -> tuple[Unit, ...]:
    """The units of a heading that joins several items, one title for each ("Items 3 and 4: Weirs; Sluices")."""
    word = _item_word(language).match(block.text)
    head = _HEAD_OF_JOINED.match(block.text, word.end()) if word else None
    if word is None or head is None:
        return ()
    numbers = number_list(block.text, language, word.end(), head.end("numbers"))
    places = [(part.start(), part.end()) for part in _PART.finditer(block.text, head.end())]
    if len(numbers) < _LEAST_JOINED or len(numbers) != len(places):
        return ()
    units = []
    for (start, end), mention in zip(places, numbers, strict=True):
        steps, own = number_path(mention.number), (mention.start, mention.end)
        label = ItemLabel(start, start, Style.ITEM, steps, (own,) * len(steps))
        units.append(Unit(index, start, end, label))
    first = units[0]
    opening = replace(first.label, start=0)
    return (replace(first, start=0, label=opening), *units[1:])


@cache
def _item_word(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{item_word(language)}){writing(language).gap}(?=\d)")


def _list_end(text: str, start: int, language: str) -> int:
    """Where words behind a full stop open what follows a list that runs on; behind a number they are a title."""
    for match in _after_list(language).finditer(text, start):
        closed = match.group().startswith(tuple(_STOPS_OF_LIST))
        before = text[max(0, match.start() - _LONGEST_NUMBER) : match.end()]
        if closed and not _NUMBERED.search(before):
            return match.start()
    return len(text)


@cache
def _after_list(language: str) -> re.Pattern[str]:
    """What follows a list that runs on: the words that open annotations, documents or an annex, in capitals."""
    how = writing(language)
    tables = ("annotations_title", "documentation_title", "document_list_title", "annex", "programme_title")
    listed = [word for table in tables for word in words(language, "agenda", table)]
    listed += words(language, "frontmatter", "reissued")
    titles = one_of(word[0].upper() + word[1:] for word in listed)
    return re.compile(rf"[.;。；؛]?{how.gap}(?=(?:[IVX]{{1,4}}\.\s{{1,4}})?{titles}{how.right})")


def behind_hours(block: Block, language: str) -> ItemLabel | None:
    """The label of an item that stands behind its hours ("10:00–11:30 – Item 2. Review of the weirs")."""
    if len(block.text) > _LONGEST_TIMED or not block.text[:_HOURS_BEGIN].lstrip(_BEFORE_HOURS)[:1].isdigit():
        return None
    hours = find_times(block.text[:_HOURS_END], language)
    if not hours or block.text[: hours[0].start].strip(_BEFORE_HOURS):
        return None
    start = hours[0].end
    while start < len(block.text) and block.text[start] in _BEHIND_HOURS:
        start += 1
    label = label_at(block.text, language, start)
    return label if label is not None and label.style in (Style.ITEM, Style.FIGURE) else None


def _announced(block: Block, language: str) -> ItemLabel | None:
    """The first label of a list that runs on in the paragraph announcing it ("Agenda: 1. Opening; 2. …")."""
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    for place in _announcement(language).finditer(block.text):
        label = label_at(block.text, language, place.end())
        if label is None or label.value != 1 or label.style is Style.SUB:
            continue
        if place.group("mark") or _goes_on(block.text, label, language):
            return label
    return None


def _goes_on(text: str, opening: ItemLabel, language: str) -> bool:
    """Whether a list that begins without a mark before it counts on ("Provisional agenda 1. Opening 2. Officers …")."""
    units = split_units(text, 0, opening, len(text), language, cell=True)
    return len({unit.label.value for unit in units if unit.label.style is opening.style}) >= _LEAST_RUN_ON


@cache
def _announcement(language: str) -> re.Pattern[str]:
    how = writing(language)
    titles = one_of((*words(language, "agenda", "agenda_title"), *words(language, "agenda", "agenda_alone")))
    return re.compile(
        rf"{how.left}(?i:{titles}){how.right}[^:.;\d：。；]{{0,80}}?(?P<mark>[:.：])?{how.gap}(?=[1١IAأ一])"
    )


def split_units(
    text: str, index: int, opening: ItemLabel, end: int, language: str, *, cell: bool = False
) -> Iterator[Unit]:
    """The units of ``text[opening.start:end]``: the first label's, and those of labels that go on its sequence.

    Sub-labels count only from (a) on with a (b) to follow; a next number needs a semicolon, a full stop or a
    bracket before it, except in a cell of a programme (*cell*), whose lines are joined without any.
    """
    labels = [opening, *_further(text, opening, end, language, cell)]
    for place, label in enumerate(labels):
        stop = labels[place + 1].start if place + 1 < len(labels) else end
        yield Unit(index, label.start, stop, label)


def _further(text: str, opening: ItemLabel, end: int, language: str, cell: bool) -> list[ItemLabel]:
    found = []
    places = _in_cell(language) if cell else _inside(language)
    for place in places.finditer(text, opening.end, end):
        label = label_at(text, language, place.end(), end=end)
        if label and (label.style in (Style.SUB, opening.style)):
            found.append((place.group()[0], label))
    return _in_sequence(opening, found, f"{_MARKS} " if cell else _MARKS)


def _in_sequence(opening: ItemLabel, found: list[tuple[str, ItemLabel]], marks: str) -> list[ItemLabel]:
    kept: list[ItemLabel] = []
    value = opening.value
    sub = opening.steps[-1] if len(opening.steps) > 1 or opening.style is Style.SUB else None
    following = _next_subs(found)
    for position, (mark, label) in enumerate(found):
        if label.style is Style.SUB:
            if _sub_goes_on(label.steps[0], sub, following[position]):
                kept.append(label)
                sub = label.steps[-1]
        elif opening.style is not Style.SUB and label.value == value + 1 and mark in marks:
            kept.append(label)
            value, sub = label.value, label.steps[-1] if len(label.steps) > 1 else None
    return kept


def _next_subs(found: list[tuple[str, ItemLabel]]) -> list[str | None]:
    """For each label the step of the next sub-label after it."""
    following: list[str | None] = []
    step: str | None = None
    for _, label in reversed(found):
        following.append(step)
        step = label.steps[0] if label.style is Style.SUB else step
    return following[::-1]


def _sub_goes_on(step: str, before: str | None, after: str | None) -> bool:
    if before is not None and follows(step, before):
        return True
    return follows(step, None) and after is not None and follows(after, step)


def _row_units(block: Block, index: int, language: str) -> tuple[Unit, ...]:
    """The units of a row: a cell that is a number gives its label, the next cell with words the title."""
    cells = [cell for cell in block.cells if cell.start < cell.end]
    number, rest = _number_cells(block, cells, language)
    if number is None:
        for cell in cells:
            opening = label_at(block.text, language, cell.start, end=cell.end)
            if opening:
                return tuple(split_units(block.text, index, opening, cell.end, language, cell=True))
        return ()
    title = rest[0] if rest else Span(number.end, number.end)
    joined = ItemLabel(number.start, title.start, number.style, number.steps, number.step_spans)
    return tuple(split_units(block.text, index, joined, title.end, language, cell=True))


def _number_cells(block: Block, cells: list[Span], language: str) -> tuple[ItemLabel | None, list[Span]]:
    """The label printed in number cells ("5", or "5" and "(a)" side by side), and the cells after it."""
    found: ItemLabel | None = None
    for place, cell in enumerate(cells):
        printed = block.text[cell.start : cell.end]
        label = (
            bare_label_at(block.text, language, cell.start, end=cell.end)
            if _NUMBER_CELL.fullmatch(printed)
            else None
        )
        if label is None or label.end < cell.end:
            if found:
                return found, cells[place:]
            continue
        if found and label.style is not Style.SUB:
            return found, cells[place:]
        found = label if found is None else _combine(found, label)
    return found, []


def _combine(first: ItemLabel, second: ItemLabel) -> ItemLabel:
    return ItemLabel(
        first.start,
        second.end,
        first.style,
        (*first.steps, *second.steps),
        (*first.step_spans, *second.step_spans),
    )
