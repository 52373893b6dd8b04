"""Lines → which of them a small letter with a full stop labels ("a. Chair", "b. Depositary").

The letter alone says little: a wrapped line may begin with "v. Denmark" or "г. Женева". It labels a line where it
opens a list that goes on, or goes on one that is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from treatygraph.read.classify import Classified, LineKind
from treatygraph.read.labels import LETTER_STOP
from treatygraph.read.numerals import figure

_NUMERALS: Final = tuple(figure(number, "lowerRoman") for number in range(1, 21))
_SEQUENCES: Final = (tuple("abcdefghijklmnopqrstuvwxyz"), _NUMERALS, tuple("абвгдежзиклмнопрст"))
# Between two lines of a list stand at most so many others, which go on its entries or tell of them.
_WIDEST: Final = 40


def mark_lettered(text: str, rows: list[Classified]) -> None:
    """Makes items of the lines of running text that such a list labels."""
    found = [(at, _step(text, row)) for at, row in enumerate(rows) if row.kind is LineKind.TEXT]
    for at in sorted(set(_in_lists([(at, step) for at, step in found if step]))):
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
