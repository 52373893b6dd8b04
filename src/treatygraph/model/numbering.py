"""Printed numbers of items and paragraphs → values: Roman numerals, letters, "5 (b)", "XIII/5"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_ROMAN: Final = re.compile(
    r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE
)
_ROMAN_DIGITS: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral in either case ("XIII" → 13, "iv" → 4); None for what is not one."""
    if len(set(text.casefold()) - set(_ROMAN_DIGITS)) or not _ROMAN.fullmatch(text):
        return None
    digits = [_ROMAN_DIGITS[letter] for letter in text.casefold()]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))


def letter_value(text: str) -> int | None:
    """The place of a letter label in its list: "a" → 1, "z" → 26, "aa" → 27; None for anything else."""
    label = text.casefold()
    if not label.isascii() or not label.isalpha() or len(label) > 3 or len(set(label)) != 1:
        return None
    return ord(label[0]) - ord("a") + 1 + 26 * (len(label) - 1)


def number_path(text: str) -> tuple[str, ...]:
    """The steps of a printed number: "5 (b)" → ("5", "b"), "18 (3) (i)" → ("18", "3", "i").

    A number with dots stays whole in its steps: "5.1" → ("5.1",).
    """
    return tuple(part.rstrip(".") for part in re.split(r"[\s/()]+", text.strip()) if part)


def number_of(path: Iterable[str]) -> str:
    """A path as agenda items print it: ("5", "b", "i") → "5 (b) (i)"."""
    first, *rest = path
    return " ".join([first, *(f"({step})" for step in rest)])


def follows(label: str, before: str | None) -> bool:
    """Whether *label* may stand right after *before* in one list; with None, whether it may open one.

    Figures, letters and Roman numerals are understood; a label is read as whatever continues its list, so
    that "i" after "h" is a letter and "i" at the start a numeral.
    """
    if before is None:
        return any(value == 1 for value in _values(label))
    return any(
        kind == other and value == previous + 1
        for kind, value in _kinds(label)
        for other, previous in _kinds(before)
    )


def _values(label: str) -> tuple[int, ...]:
    return tuple(value for _, value in _kinds(label))


def _kinds(label: str) -> tuple[tuple[str, int], ...]:
    if label.isdigit():
        return (("figure", int(label)),)
    case = "upper" if label.isupper() else "lower"
    kinds = []
    roman, letter = roman_value(label), letter_value(label)
    if letter is not None:
        kinds.append((f"{case} letter", letter))
    if roman is not None:
        kinds.append((f"{case} roman", roman))
    return tuple(kinds)


def roman(number: int) -> str:
    """A number from 1 to 399 in Roman figures.

    >>> roman(21)
    'XXI'
    """
    signs = (
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    )
    written = ""
    for sign, value in signs:
        count, number = divmod(number, value)
        written += sign * count
    return written
