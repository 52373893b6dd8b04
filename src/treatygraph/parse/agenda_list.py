"""Blocks → the items of the agenda: the numbered series that is an agenda, told from other series by evidence.

A document may hold several series: the list, the same numbers as headings of annotations, numbered paragraphs,
a table of contents, a programme. Each series of labels in one style that counts 1, 2, 3 … is built; the one with
the best evidence (announced as agenda, compact, title-like, titles that agendas share) is the agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from treatygraph.model.numbering import follows, letter_value, number_of
from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.item_labels import Style
from treatygraph.parse.layout import Opening, Section, is_prose
from treatygraph.parse.lexicon import word_pattern
from treatygraph.parse.title_lines import LONGEST_TITLE, lines_below, words_of_item
from treatygraph.parse.units import Unit, units_of
from treatygraph.parse.writing import COMMAS, STOPS, writing

SILENT: Final = (BlockKind.RULE, BlockKind.PAGE, BlockKind.FOOTNOTE)
"""Blocks that do not stand between two lines of a list."""

# Numbers may skip (a session lists some of the items of its year), but not far.
_WIDEST_GAP: Final = 20
_WIDEST_SUB_GAP: Final = 8
# These may be numerals of a list below; the other letters of numerals (c, d, l, m) are too large for one.
_NUMERALS: Final = "ivx"
# Between two items of one list there may be the heading of a group and little else.
_MOST_BETWEEN: Final = 2
# Weights of evidence: an announcement outweighs any length of list, a table of contents all.
_ANNOUNCED, _TOLD, _COMPACT, _STANDARD, _CONTENTS, _LETTERED = 30.0, 24.0, 8.0, 4.0, -60.0, -6.0
_MOST_COUNTED: Final = 12
_ANNOUNCED_WITHIN: Final = 5
# Numbers of lines inside an item stand for its letters.
_MOST_NESTED: Final = 26
# A title of "4.1.2" may have a verb in it, where it is no longer than this.
_LONGEST_DEEP: Final = 200
# "5 (a) (i)" and one step more; deeper lists are no agenda.
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as a series prints it: its steps ("5", "b"), its unit, and the lines that its title goes on in."""

    steps: tuple[str, ...]
    unit: Unit
    more: tuple[int, ...] = ()

    @property
    def number(self) -> str:
        """The number as agenda items print it."""
        return number_of(self.steps)


@dataclass(slots=True)
class Series:
    """A run of labels in one style, with the sub-labels under each."""

    style: Style
    entries: list[Entry] = field(default_factory=list)
    last: int = 0
    subs: list[str] = field(default_factory=list)
    last_block: int = -1
    printed: set[tuple[str, ...]] = field(default_factory=set)
    counted_again: bool = False  # whether other lines below the list count from its beginning

    @property
    def numbers(self) -> list[str]:
        """The first steps, each once, in order."""
        return list(dict.fromkeys(entry.steps[0] for entry in self.entries))


def all_series(blocks: tuple[Block, ...], skipped: frozenset[int], language: str) -> tuple[Series, ...]:
    """Every series in the blocks (but those *skipped*), in order of print."""
    units = [
        unit
        for index, block in enumerate(blocks)
        if index not in skipped and block.kind not in SILENT
        for unit in units_of(blocks, index, language)
    ]
    builder = _Builder(blocks, language)
    for position, unit in enumerate(units):
        builder.take(unit, units[position + 1] if position + 1 < len(units) else None)
    return tuple(builder.done)


class _Builder:
    """Series under construction: one open for each style."""

    def __init__(self, blocks: tuple[Block, ...], language: str) -> None:
        self.blocks = blocks
        self.language = language
        self.open: dict[Style, Series] = {}
        self.done: list[Series] = []
        self.current: Series | None = None
        self.bracketed = False

    def take(self, unit: Unit, following: Unit | None) -> None:
        """Adds a unit to the series it continues, opens a new one, or leaves it."""
        if self._numbers_in_brackets(unit):
            unit = replace(unit, label=replace(unit.label, style=Style.FIGURE))
        if self._numbered_twice(unit):
            unit = replace(unit, label=replace(unit.label, style=Style.SUB, steps=unit.label.steps[1:]))
        if self._nested_under(unit):
            letter = chr(ord("a") + unit.label.value - 1)
            unit = replace(unit, label=replace(unit.label, style=Style.SUB, steps=(letter,)))
        if (self._dotted_under(unit) or self._joined_after(unit, following)) and self.current:
            unit = replace(unit, label=replace(unit.label, style=self.current.style))
        style = unit.label.style
        if style is Style.SUB or (style is Style.UPPER and self._is_sub_letter(unit, following)):
            self._take_sub(unit, following.label.steps[0] if following else None)
            return
        series = self.open.get(style)
        if series and self._continues(series, unit):
            self._append(series, unit)
        elif self._may_open(unit):
            series = Series(style)
            self.bracketed = self.blocks[unit.block].text.startswith("(", unit.start)
            self.open[style] = series
            self.done.append(series)
            self._append(series, unit)

    def _numbers_in_brackets(self, unit: Unit) -> bool:
        """Whether "(1)" numbers an item: no other list of numbers is open that it could stand under."""
        if unit.label.style is not Style.SUB or not unit.label.steps[0].isdigit():
            return False
        return self.current is None or self.bracketed

    def _nested_under(self, unit: Unit) -> bool:
        """Whether a figure numbers a line of a list inside an item: lists that lost their letters count 1, 2 again."""
        series, block = self.current, self.blocks[unit.block]
        steps, listed = unit.label.steps, block.kind is BlockKind.LIST_ITEM
        plain = unit.label.style is Style.FIGURE and len(steps) == 1 and steps[0].isdigit()
        if series is None or series.style is not Style.FIGURE or not (plain and listed):
            return False
        return unit.label.value <= _MOST_NESTED and self._deeper(unit) and self._adjacent(series, unit)

    def _numbered_twice(self, unit: Unit) -> bool:
        """Whether a list inside an item counts its letters ("1. (a) Lamps", "2. (b) Lenses" below "5. Lights")."""
        series, steps = self.current, unit.label.steps
        lettered = unit.label.style is Style.FIGURE and len(steps) == 2 and not steps[1].isdigit()
        other = series is not None and series.style is Style.FIGURE and unit.label.value != series.last
        return lettered and other and self._deeper(unit)

    def _deeper(self, unit: Unit) -> bool:
        """Whether a line of a list stands deeper than the item that was last taken."""
        entries, block = self.current.entries if self.current else [], self.blocks[unit.block]
        above = self.blocks[next((e.unit.block for e in reversed(entries) if len(e.steps) == 1), 0)]
        listed = above.kind is BlockKind.LIST_ITEM and block.kind is BlockKind.LIST_ITEM
        return listed and block.level > above.level

    def _dotted_under(self, unit: Unit) -> bool:
        """Whether "2.1" stands right under "Item 2" or "II.", whose number it opens with."""
        series = self.current
        if series is None or unit.label.style is not Style.FIGURE or series.style is Style.FIGURE:
            return False
        dotted = "." in unit.label.steps[0] and unit.label.value == series.last
        if not dotted or not self._title_like(unit):
            return False
        return self._adjacent(series, unit) or self._goes_on_dotted(series, unit)

    def _goes_on_dotted(self, series: Series, unit: Unit) -> bool:
        """Whether "3.2" opens a title over its annotation, after "3.1" and what is told of that."""
        above, _, last = unit.label.steps[0].rpartition(".")
        before = f"{above}.{int(last) - 1}" if last.isdigit() else ""
        return (before,) in series.printed and self._stands_alone(unit)

    def _joined_after(self, unit: Unit, following: Unit | None) -> bool:
        """Whether "Items 4 and 5: …; …" goes on a list that numbers its other items with figures alone."""
        series = self.current
        if series is None or unit.label.style is not Style.ITEM or series.style is Style.ITEM:
            return False
        joined = series.last_block == unit.block or (following is not None and following.block == unit.block)
        return joined and unit.label.value == series.last + 1

    def _append(self, series: Series, unit: Unit) -> None:
        series.entries.append(Entry(unit.label.steps, unit))
        series.printed.add(unit.label.steps)
        series.last = unit.label.value
        series.subs = list(unit.label.steps[1:])
        series.last_block = unit.block
        self.current = series

    def _continues(self, series: Series, unit: Unit) -> bool:
        value, near = unit.label.value, self._adjacent(series, unit)
        if unit.label.steps in series.printed and (not near or self._closes_first(series, unit)):
            series.counted_again = True
        if not (near or self._title_like(unit)):
            return False
        if series.counted_again and (not near or self._closes_first(series, unit)) and self._closed(unit):
            return False  # the sentences below the list, or below each item, are numbered too
        if value == series.last:
            steps = unit.label.steps
            deeper = len(steps) > 1 or not steps[0].isalnum()  # "3 (a)", "3.1", "3 bis"
            return deeper and steps not in series.printed
        gap = value - series.last
        if gap == 1:
            return True
        if not 1 < gap <= _WIDEST_GAP or not self._title_like(unit):
            return False
        return near or unit.label.style is Style.ITEM or self._only_headings_between(series, unit)

    def _may_open(self, unit: Unit) -> bool:
        if not self._title_like(unit):
            return False
        first = unit.label.steps[0].split(".")
        if unit.label.value == 1 and all(step == "1" for step in first[1:]):
            return all(follows(step, None) for step in unit.label.steps[1:])
        heading = self.blocks[unit.block].kind is BlockKind.HEADING
        return unit.label.style is Style.ITEM and (heading or Style.ITEM not in self.open)

    def _closed(self, unit: Unit) -> bool:
        return unit.title(self.blocks).endswith(tuple(STOPS))

    def _closes_first(self, series: Series, unit: Unit) -> bool:
        """Whether a sentence closes with a stop where no title before it does ("1. Opening", "1. The Board will …")."""
        sentence = self._closed(unit) and is_prose(unit.title(self.blocks), self.language)
        return sentence and not any(self._closed(entry.unit) for entry in series.entries)

    def _take_sub(self, unit: Unit, following: str | None) -> None:
        series = self.current
        if series is None or not series.entries:
            return
        if not self._adjacent(series, unit) and not self._stands_alone(unit):
            return
        if unit.label.steps[0].startswith("."):
            self._take_below(series, unit)
            return
        subs = list(series.subs)
        for step in unit.label.steps:
            placed = _place(step, subs, following if len(unit.label.steps) == 1 else None)
            if placed is None and unit.label.other is not None and step == unit.label.steps[-1]:
                placed = _place(unit.label.other, subs, None)
            if placed is None and self._adjacent(series, unit) and self._title_like(unit):
                placed = _skipped(step, subs)
            if placed is None:
                return
            subs = placed
        top = series.entries[-1].steps[0]
        steps = (top, *subs)
        if steps in series.printed:
            return
        series.entries.append(Entry(steps, unit))
        series.printed.add(steps)
        series.subs = subs
        series.last_block = unit.block

    def _take_below(self, series: Series, unit: Unit) -> None:
        """Adds ".2" below an item to its number, where it counts on from ".1"."""
        top, _, last = series.entries[-1].steps[0].partition(".")
        step = unit.label.steps[0]
        if len(series.entries[-1].steps) > 1 or "." in last or not follows(step[1:], last or None):
            return
        entry = Entry((f"{top}{step}",), unit)
        series.entries.append(entry)
        series.printed.add(entry.steps)
        series.last_block = unit.block

    def _is_sub_letter(self, unit: Unit, following: Unit | None) -> bool:
        """Whether "A." stands under a numbered item: a letter with a number right after it heads a group of items."""
        series = self.current
        if series is None or series.style is Style.UPPER or Style.UPPER in self.open:
            return False
        lettered = following is not None and following.label.style is Style.UPPER
        return (lettered or bool(series.subs)) and self._adjacent(series, unit)

    def _adjacent(self, series: Series, unit: Unit) -> bool:
        last = series.entries[-1].unit
        below = lines_below(self.blocks, last, self.language) if last.block == series.last_block else ()
        between = self.blocks[series.last_block + 1 + len(below) : unit.block]
        return unit.block - series.last_block <= 1 or all(block.kind in SILENT for block in between)

    def _stands_alone(self, unit: Unit) -> bool:
        """Whether a sub-label opens a title over its annotation, and not a line of a list inside a text."""
        title = words_of_item(self.blocks, unit, self.language)
        if self.blocks[unit.block].kind is BlockKind.HEADING:
            return self._title_like(unit)
        alone = unit.start == 0 and unit.end == len(self.blocks[unit.block].text)
        return (
            alone
            and writing(self.language).large(title)
            and not title.endswith(tuple(f"{STOPS}{COMMAS};；؛"))
            and self._title_like(unit)
        )

    def _only_headings_between(self, series: Series, unit: Unit) -> bool:
        between = [b for b in self.blocks[series.last_block + 1 : unit.block] if b.kind not in SILENT]
        return len(between) <= _MOST_BETWEEN and not any(is_prose(b.text, self.language) for b in between)

    def _title_like(self, unit: Unit) -> bool:
        title = words_of_item(self.blocks, unit, self.language)
        if unit.label.style is Style.ITEM and title[:1].islower():
            return False  # "Item 2 of the provisional agenda" names an item of another document
        if self.blocks[unit.block].kind is BlockKind.HEADING:
            return len(title) <= LONGEST_TITLE
        if self._counts_on_deep(unit) and not self._closed(unit):
            return len(title) <= _LONGEST_DEEP  # "4.1.2 Reports by Parties which are members"
        return len(title) <= LONGEST_TITLE and not is_prose(title, self.language)

    def _counts_on_deep(self, unit: Unit) -> bool:
        """Whether "4.1.2" stands in a list that has printed "4.1.1"."""
        above, _, last = unit.label.steps[0].rpartition(".")
        if self.current is None or "." not in above or not last.isdigit():
            return False
        return (f"{above}.{int(last) - 1}",) in self.current.printed


def _place(step: str, subs: Sequence[str], following: str | None) -> list[str] | None:
    """The steps after taking *step*: it goes on a list that is open, or opens one below; else None.

    After (h), "(i)" is the next letter, unless "(ii)" follows, when it opens a list of numerals.
    """
    opens_below = len(subs) < _DEEPEST and follows(step, None)
    if subs and step == "i" and following == "ii" and opens_below and subs[-1] != "i":
        return [*subs, step]
    for depth in range(len(subs) - 1, -1, -1):
        if follows(step, subs[depth]):
            return [*subs[:depth], step]
    return [*subs, step] if opens_below else None


def _skipped(step: str, subs: Sequence[str]) -> list[str] | None:
    """The steps after a letter that skips some, as in the agenda of a session that takes up (a), (c) and (d) only."""
    if not subs or len(step) != 1 or len(subs[-1]) != 1 or step in _NUMERALS:
        return None
    value, before = letter_value(step), letter_value(subs[-1])
    if value is None or before is None or step.islower() != subs[-1].islower():
        return None
    return [*subs[:-1], step] if 1 < value - before <= _WIDEST_SUB_GAP else None


def choose(
    blocks: tuple[Block, ...],
    series: Sequence[Series],
    openings: dict[int, Opening],
    language: str,
) -> Series | None:
    """The series that is the agenda, or None where no series has evidence enough."""
    scored = [(score(blocks, run, openings, language), -place, run) for place, run in enumerate(series)]
    fit = [entry for entry in scored if entry[0] > 0]
    if not fit:
        return None
    return max(fit, key=lambda entry: (entry[0], entry[1]))[2]


def score(blocks: tuple[Block, ...], run: Series, openings: dict[int, Opening], language: str) -> float:
    """How much speaks for a series being the agenda; zero or less: it is none."""
    count = len(run.numbers)
    announced = announcement(blocks, run, openings)
    standard = sum(
        bool(
            word_pattern(language, "agenda", "standard_item").search(
                words_of_item(blocks, entry.unit, language)
            )
        )
        for entry in run.entries
    )
    announcing = (Section.AGENDA, Section.ANNOTATIONS, Section.TOLD_AGENDA)
    if announced not in announcing and standard < 2:
        return 0.0
    if count < 2 and announced is None:
        return 0.0
    total = float(min(count, _MOST_COUNTED)) + _COMPACT * _compactness(run)
    total += _STANDARD if standard else 0.0
    if announced is Section.AGENDA:
        total += _ANNOUNCED
    if announced is Section.TOLD_AGENDA:
        total += _TOLD
    if announced is Section.CONTENTS:
        total += _CONTENTS
    if run.style is Style.UPPER:
        total += _LETTERED
    return total


def announcement(blocks: tuple[Block, ...], run: Series, openings: dict[int, Opening]) -> Section | None:
    """The section that the nearest announcing line before the series opens."""
    unit = run.entries[0].unit
    if unit.start > 0 and unit.block not in openings and blocks[unit.block].kind is BlockKind.PARAGRAPH:
        return Section.AGENDA  # the list runs on in the paragraph that announces it
    seen = 0
    for index in range(run.entries[0].unit.block, -1, -1):
        block = blocks[index]
        if index in openings and index < run.entries[0].unit.block:
            return openings[index].section
        if block.kind not in SILENT:
            seen += 1
        if seen > _ANNOUNCED_WITHIN:
            return None
    return None


def _compactness(run: Series) -> float:
    used = {entry.unit.block for entry in run.entries}
    return len(used) / (max(used) - min(used) + 1)
