"""Lines → which of them a sign labels that says little alone: "a. Chair", "b. Depositary"; "1 Opening", "2 Officers".

A wrapped line may begin with "v. Denmark", "г. Женева" or a number. The sign labels a line where it opens a list that
goes on, or goes on one that is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def _numbered(text: str, rows: list[Classified]) -> Iterator[int]:
    """The places of lines that count 1, 2, 3 … without a mark, with nothing between them but parts of them."""
    run: list[int] = []
    value = 0
    for at, row in enumerate(rows):
        if row.line.blank or row.kind is LineKind.ITEM:
            continue
        number = _number(text, row)
        if number and number in (value, value + 1):
            run.append(at)
            value = number
            continue
        if value >= _LEAST_NUMBERED:
            yield from run
        run, value = ([at], 1) if number == 1 else ([], 0)
    if value >= _LEAST_NUMBERED:
        yield from run


def _number(text: str, row: Classified) -> int:
    """The first figure of a short line that no full stop ends; 0 for any other line."""
    match = FIGURE_ALONE.match(text, row.content.start, row.content.end)
    length = row.content.end - row.content.start
    title = length <= _LONGEST_NUMBERED and text[row.content.end - 1] not in ".;"
    return int(match["number"]) if match and title and row.kind is LineKind.TEXT else 0
