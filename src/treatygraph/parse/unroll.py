"""Blocks in which an agenda runs on → the same text cut into the lines that it would print.

Text that lost its layout prints masthead, list, annotations and programme in one paragraph or a few. Where the list
itself runs on, its titles are known; where they stand again with their numbers, an annotation begins. Words that
open a part ("Documentation") and, in a programme, hours, days and numbers before known titles begin lines too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.parse.agenda_list import Entry
from treatygraph.parse.dates import find_dates
from treatygraph.parse.item_labels import bare_label_at, label_at
from treatygraph.parse.item_numbers import number_list
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.run_in import run_in_pieces
from treatygraph.parse.times import find_times
from treatygraph.parse.writing import writing

# A list that runs on prints so many items in one paragraph; then what follows it in so many signs was lines too.
_LEAST_ITEMS: Final = 3
_LEAST_REST: Final = 40
_SHORTEST_TITLE: Final = 6
# A title that is repeated may be shortened or spelt otherwise further on.
_FIRST_WORDS, _MANY_WORDS = 2, 5
# A programme prints days without their year; where they stand does not hang on it.
_ANY_YEAR: Final = 2000
_LONGEST_LABEL: Final = 14
_GROUP: Final = re.compile(r"(?<=[^\W\d_]{3})[.;]\s(?=[^\W\d_a-z][\w-]*(?:\s[\w-]+){0,3}[.;]?\s?$)")
_PARTS: Final = (
    "annotations_title",
    "documentation_title",
    "document_list_title",
    "annex",
    "programme_title",
)
_ENDED: Final = re.compile(r"[.;:)。；：）؛؟!?]\s*$")


def runs_on(blocks: tuple[Block, ...], entries: Sequence[Entry]) -> bool:
    """Whether most of the list stands in one paragraph, with more text behind it there or in another one."""
    last = entries[-1].unit
    same = [entry for entry in entries if entry.unit.block == last.block]
    if blocks[last.block].kind is not BlockKind.PARAGRAPH or len(same) < max(_LEAST_ITEMS, len(entries) - 1):
        return False
    rest = len(blocks[last.block].text) - last.end + sum(len(b.text) for b in blocks[last.block + 1 :])
    return rest >= _LEAST_REST


def unroll(
    blocks: tuple[Block, ...], entries: Sequence[Entry], titles: Mapping[str, str], language: str
) -> tuple[Block, ...]:
    """*blocks* with those from the list on cut into lines; the titles are those of the *entries*."""
    by_block: dict[int, list[Entry]] = {}
    for entry in entries:
        by_block.setdefault(entry.unit.block, []).append(entry)
    first, lines, programme = min(by_block), [], False
    for index, block in enumerate(blocks):
        if index < first or block.kind is not BlockKind.PARAGRAPH:
            lines.append(block)
            continue
        start = 0
        if index in by_block:
            opened, start = by_block[index][0].unit.start, by_block[index][-1].unit.end
            lines += [cut_block(block, a, b) for a, b in run_in_pieces(block.text, opened, language)]
            for entry in by_block[index]:
                cut = _group_behind(block.text, entry, start)
                lines += [
                    cut_block(block, entry.unit.start, cut),
                    cut_block(block, cut, entry.unit.end, BlockKind.HEADING),
                ]
        cutter = _Cutter(block, titles, language, programme=programme)
        lines += cutter.lines(start)
        programme = cutter.programme
    return tuple(line for line in lines if line.text)


def programme_lines(block: Block, language: str) -> tuple[Block, ...]:
    """A paragraph that prints a programme of work, cut into its days, hours and the words between them."""
    title = _programme(language).search(block.text)
    start = title.end() if title else 0
    cutter = _Cutter(block, {}, language, programme=True)
    return (cut_block(block, 0, start), *cutter.lines(start))


def _group_behind(text: str, entry: Entry, rest: int) -> int:
    """Where the heading of a group of items begins that stands behind a title, or the end of the unit.

    The title stands again without it behind the list (from *rest* on): "2. Officers. Segment of keepers 3. …".
    """
    group = _GROUP.search(text, entry.unit.label.end, entry.unit.end)
    if group is None:
        return entry.unit.end
    title = text[entry.unit.label.end : group.start()].strip()
    again = _titled([title]).search(text, rest)
    whole = _titled([text[entry.unit.label.end : entry.unit.end].strip(" .;")]).search(text, rest)
    return group.end() if again and whole is None else entry.unit.end


def cut_block(
    block: Block, start: int, end: int, kind: BlockKind | None = None, cells: Iterable[Span] = ()
) -> Block:
    """``block.text[start:end]`` as a block, without white space around it."""
    while start < end and block.text[start].isspace():
        start += 1
    while end > start and block.text[end - 1].isspace():
        end -= 1
    span = block.source_span(start, end) if start < end else Span(block.span.start, block.span.start)
    return Block(
        kind or block.kind,
        span,
        block.text[start:end],
        block.offsets[start:end],
        cells=tuple(Span(cell.start - start, cell.end - start) for cell in cells),
        marks=tuple((mark, place - start) for mark, place in block.marks if start < place <= end),
    )


class _Cutter:
    """Cuts what follows the list in one block; ``programme`` whether it is in a programme of work."""

    def __init__(self, block: Block, titles: Mapping[str, str], language: str, *, programme: bool) -> None:
        self.block = block
        self.language = language
        self.programme = programme
        self.titled = _titled([*titles.values(), *_openings(titles.values(), _MANY_WORDS)])
        # A programme shortens titles.
        self.shortened = _titled(_openings(titles.values(), _FIRST_WORDS))

    def lines(self, start: int) -> Iterator[Block]:
        """The lines of the block from *start* on."""
        text = self.block.text
        parts = [start, *(place for place in self._parts(start) if place > start), len(text)]
        for begin, end in pairwise(dict.fromkeys(parts)):
            title = _part(self.language).match(text, begin)
            if title:
                self.programme = _programme(self.language).match(text, begin, end) is not None
            yield from self._within(begin, end, title.end() if title else begin)

    def _parts(self, start: int) -> list[int]:
        """Where a word opens a part: behind a sentence, and before a capital, a bracket or a figure."""
        text, found = self.block.text, []
        for match in _part(self.language).finditer(text, start):
            following = text[match.end() :].lstrip(" :：.—–-")[:1]
            ended = not text[start : match.start()].strip(" .;") or _ENDED.search(text[: match.start()])
            if ended and (not following or not following.islower()):
                found.append(match.start())
        return found

    def _within(self, begin: int, end: int, opened: int) -> Iterator[Block]:
        """The lines of one part: its opening words, repeated titles with their numbers, and the text between."""
        text = self.block.text
        cuts = {begin, opened, end}
        rows: dict[int, tuple[int, int]] = {}
        titled = self.shortened if self.programme else self.titled
        for match in titled.finditer(text, opened, end):
            label = self._label_before(match.start(), opened)
            if label is not None:
                whole = self.titled.match(text, match.start(), end)
                cuts |= {label, whole.end() if whole else label}
                rows[label] = match.span()
        if self.programme:
            cuts.update(self._times(opened, end, rows))
        for first, last in pairwise(sorted(cuts)):
            stripped = text[first:last].strip(" .;:,。；：،؛–—-")
            if stripped:
                yield self._line(first, last, rows.get(first))

    def _line(self, first: int, last: int, row: tuple[int, int] | None) -> Block:
        if not self.programme:
            return cut_block(self.block, first, last)
        cells = [Span(first, row[0]), Span(row[0], last)] if row else [Span(first, last)]
        return cut_block(self.block, first, last, BlockKind.TABLE_ROW, _stripped(self.block.text, cells))

    def _label_before(self, title: int, least: int) -> int | None:
        """Where the label begins that stands right before a title, or None."""
        text = self.block.text
        read = bare_label_at if self.programme else label_at
        for start in range(max(least, title - _LONGEST_LABEL), title):
            if start > 0 and (text[start - 1].isalnum() or text[start].isspace()):
                continue
            label = read(text, self.language, start, end=len(text))
            listed = self.programme and text[start].isalnum()
            if label is not None and label.end == title:
                return start
            if listed and number_list(text, self.language, start, title):  # "5 and 6"
                return start
        return None

    def _times(self, begin: int, end: int, rows: Mapping[int, tuple[int, int]]) -> Iterator[int]:
        """Where days and hours begin and end, outside titles."""
        stretch = self.block.text[begin:end]
        taken = list(rows.values())
        printed = [(time.start, time.end) for time in find_times(stretch, self.language)]
        printed += [(date.start, date.end) for date in find_dates(stretch, self.language, year=_ANY_YEAR)]
        for first, last in ((begin + start, begin + stop) for start, stop in printed):
            if not any(a <= first < b for a, b in taken):
                yield from (first, last)


def _stripped(text: str, cells: Iterable[Span]) -> Iterator[Span]:
    for cell in cells:
        start, end = cell.start, cell.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        yield Span(start, end)


def _openings(titles: Iterable[str], most: int) -> Iterator[str]:
    return (" ".join(title.split()[:most]).rstrip(" .;:,") for title in titles)


def _titled(titles: Iterable[str]) -> re.Pattern[str]:
    long = sorted({title for title in titles if _length(title) >= _SHORTEST_TITLE}, key=len, reverse=True)
    spelled = "|".join(r"\s".join(_spelled(word) for word in title.split()) for title in long)
    return re.compile(spelled or r"(?!)", re.IGNORECASE)


def _length(title: str) -> int:
    """How many letters a title has; a Chinese character says as much as three."""
    return sum(3 if "\u3400" <= sign <= "\u9fff" else 1 for sign in title)


def _spelled(word: str) -> str:
    return re.sub("[’‘']", "[’‘']", re.escape(word))


@cache
def _part(language: str) -> re.Pattern[str]:
    return _opening(language, _PARTS)


@cache
def _programme(language: str) -> re.Pattern[str]:
    how = writing(language)
    programme = one_of(words(language, "agenda", "programme_title"))
    return re.compile(rf".{{0,60}}?{how.left}(?i:{programme}){how.right}")


def _opening(language: str, tables: tuple[str, ...]) -> re.Pattern[str]:
    how = writing(language)
    titles = one_of(
        word[0].upper() + word[1:] for table in tables for word in words(language, "agenda", table)
    )
    return re.compile(rf"{how.left}(?:[IVX]{{1,4}}\.\s{{1,4}})?{titles}{how.right}")
