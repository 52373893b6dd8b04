"""Numbers → the figures that lists print them in: 1, a, IV."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS: Final = 20


def figure(number: int, form: str) -> str:
    """*number* in a form of ISO/IEC 29500-1 §17.18.59; one that has no such form is printed in Arabic figures.

    After z come aa, bb, cc, as Word and the documents of the United Nations have it.
    """
    if form in ("lowerLetter", "upperLetter") and number > 0:
        times, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) * min(times + 1, _MOST_LETTERS)
        return text if form == "lowerLetter" else text.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for size, letters in _ROMAN:
            text += letters * (number // size)
            number %= size
        return text if form == "lowerRoman" else text.upper()
    return f"{number:02}" if form == "decimalZero" else str(number)
