"""Lines → which of them a sign labels that says little alone: "a. Chair", "b. Depositary"; "1 Opening", "2 Officers".

A wrapped line may begin with "v. Denmark", "г. Женева" or a number. The sign labels a line where it opens a list that
goes on, or goes on one that is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from treatygraph.read.classify import Classified, LineKind
from treatygraph.read.labels import FIGURE_ALONE, LETTER_STOP
from treatygraph.read.numerals import figure

_NUMERALS: Final = tuple(figure(number, "lowerRoman") for number in range(1, 21))
_SEQUENCES: Final = (tuple("abcdefghijklmnopqrstuvwxyz"), _NUMERALS, tuple("абвгдежзиклмнопрст"))
# Between two lines of a list stand at most so many others, which go on its entries or tell of them.
_WIDEST: Final = 40


# Lines whose numbers have no mark are a list when so many follow each other, none of them a sentence.
_LEAST_NUMBERED: Final = 4
_LONGEST_NUMBERED: Final = 160
# Such a list goes on behind the foot of a page, which has at most so many lines.
_FOOT_OF_PAGE: Final = 8
# ".1", ".2" below a number count what stands below its item.
_BELOW: Final = re.compile(r"\.(?P<number>\d{1,2})\s{1,4}(?=[^\W\d_])")


def mark_lists(text: str, rows: list[Classified]) -> None:
    """Makes items of the lines of running text that such a list labels."""
    found = [(at, _step(text, row)) for at, row in enumerate(rows) if row.kind is LineKind.TEXT]
    lettered = _in_lists([(at, step) for at, step in found if step])
    for at in sorted({*lettered, *_numbered(text, rows)}):
        rows[at] = Classified(rows[at].line, LineKind.ITEM, rows[at].content)


def _step(text: str, row: Classified) -> str | None:
    match = LETTER_STOP.match(text, row.content.start, row.content.end)
    return match["step"] if match else None


def _in_lists(lettered: Sequence[tuple[int, str]]) -> Iterator[int]:
    """The places of steps that count on from the first of their sequence, of two at least."""
    for sequence in _SEQUENCES:
        following = dict(pairwise(sequence))
        run: list[int] = []
        expected = ""
        for at, step in lettered:
            if run and step == expected and at - run[-1] <= _WIDEST:
                run.append(at)
                yield from run[-2:]
                expected = following.get(step, "")
            elif step == sequence[0]:
                run, expected = [at], following[step]


@dataclass(slots=True)
class _Run:
    """Lines that count on without a mark, while they are read: the last number, the last below it, lines since then."""

    places: list[int] = field(default_factory=list)
    value: int = 0
    below: int = 0
    since: int = 0
    open: bool = False  # whether the line before is an entry or goes on one

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(self.places) if self.value >= _LEAST_NUMBERED else ()


def _numbered(text: str, rows: list[Classified]) -> Iterator[int]:
    """The places of lines that count 1, 2, 3 … without a mark, with nothing between them but what goes on their
    titles, lists of ".1", ".2" below them, and the foot of a page.
    """
    run = _Run()
    for at, row in enumerate(rows):
        if row.line.blank:
            run.open = False
            continue
        number, below = _number(text, row), _number_below(text, row)
        if number and (number == run.value + 1 or (number == run.value and not run.since)):
            run.places.append(at)
            run.value, run.below, run.since, run.open = number, 0, 0, True
        elif run.value and below == run.below + 1 and not run.since:
            run.places.append(at)
            run.below, run.open = below, True
        elif row.kind is LineKind.ITEM or (run.open and not number):
            continue
        else:
            run.since += 1
            if number != 1 and run.value >= _LEAST_NUMBERED and run.since <= _FOOT_OF_PAGE:
                continue
            yield from run.counts
            run = _Run([at], 1, open=True) if number == 1 else _Run()
    yield from run.counts


def _number_below(text: str, row: Classified) -> int:
    match = _BELOW.match(text, row.content.start, row.content.end) if row.kind is LineKind.TEXT else None
    return int(match["number"]) if match else 0


def _number(text: str, row: Classified) -> int:
    """The first figure of a short line that no full stop ends; 0 for any other line."""
    match = FIGURE_ALONE.match(text, row.content.start, row.content.end)
    length = row.content.end - row.content.start
    title = length <= _LONGEST_NUMBERED and text[row.content.end - 1] not in ".;"
    return int(match["number"]) if match and title and row.kind is LineKind.TEXT else 0
