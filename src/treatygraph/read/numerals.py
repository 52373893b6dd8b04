"""Numbers → the figures that lists print them in: 1, a, IV, ب, 三."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS: Final = 20
# The letters of lists by the form that asks for them; after the last they are doubled.
_LETTERS: Final = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
_HAN_DIGITS: Final = "〇一二三四五六七八九"
_HAN_COUNTING: Final = (
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
)
# Figures of other scripts and in circles by their first sign, and how many there are.
_SIGNS: Final = {"decimalEnclosedCircle": ("①", 20), "decimalEnclosedParen": ("⑴", 20)}
_FIGURES: Final = {"hindiNumbers": "०", "decimalFullWidth": "０", "thaiNumbers": "๐"}


def figure(number: int, form: str) -> str:
    """*number* in a form of ISO/IEC 29500-1 §17.18.59; one that has no such form is printed in Arabic figures.

    After z come aa, bb, cc, as Word and the documents of the United Nations have it.
    """
    letters = _LETTERS.get(form)
    if letters and number > 0:
        times, place = divmod(number - 1, len(letters))
        return letters[place] * min(times + 1, _MOST_LETTERS)
    if form in _HAN_COUNTING and 0 < number < 100:
        return _han(number)
    if form in _SIGNS and 0 < number <= _SIGNS[form][1]:
        return chr(ord(_SIGNS[form][0]) + number - 1)
    if form in _FIGURES:
        return "".join(chr(ord(_FIGURES[form]) + int(digit)) for digit in str(number))
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for size, numeral in _ROMAN:
            text += numeral * (number // size)
            number %= size
        return text if form == "lowerRoman" else text.upper()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _han(number: int) -> str:
    """*number* below 100 in Chinese numerals, as they are spoken: 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_HAN_DIGITS[tens]}十"
    return ten + (_HAN_DIGITS[ones] if ones else "")
