"""The labels that open a list item in print: "1.", "(a)", "iv)", "Item 3.", bullets; by layout alone."""

from __future__ import annotations

import re
from typing import Final

BULLET: Final = re.compile(r"(?:[-*+•▪◦‣·]|[–—](?=\s))[ \t]+")
LABEL: Final = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)](?!\d)|\d{1,3}(?:\.\d{1,2}){1,3}(?=\s[A-Z])|\d{1,2}\.[a-z](?=\s[A-ZÀ-ÞА-Я])"
    r"|[(（]\s?(?:[a-z]{1,5}|[A-Z]|[IVXL]{2,5}|\d{1,3}|[\u0621-\u064a]{1,2}|[一二三四五六七八九十]{1,3}|[а-яё])\s?[)）]|[a-zа-я]{1,4}\)|[A-ZА-Я][.)]|[IVXL]{1,7}[.)])"
    r"(?=[\s*_(]|$)"
    # A number in Arabic has a dash behind it.
    r"|\d{1,3}\s?[-–—](?=\s*(?:[\u0621-\u064a]|$))"
)
LETTER_STOP: Final = re.compile(r"(?P<step>[a-zа-я]|[ivx]{2,4})\.(?=\s{1,4}[A-ZÀ-ÞА-Я“«][^.])")
"""A small letter or numeral with a full stop before a capital: a label only where it goes on a list ("a.", "b.")."""
TABBED: Final = re.compile(
    r"(?:\d{1,3}/\d{1,3}\.?|\d{1,3}(?:\.\d{1,3}){0,3}\.?|[IVXL]{1,7}\.?|[A-Za-z]\.?|\([A-Za-z\d]{1,5}\))[ ]?\t"
)

FIGURE_ALONE: Final = re.compile(r"(?P<number>\d{1,2})(?:\.\d{1,2}){0,3}\s{1,4}(?=[A-ZÀ-ÞА-Я“«])")
"""A number without a mark before a capital: a label only where it counts on from line to line ("1 Opening")."""


def has_label(text: str) -> bool:
    """Whether a line opens with a printed label."""
    return bool(LABEL.match(text) or TABBED.match(text))
