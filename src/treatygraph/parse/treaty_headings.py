"""Pieces → headings of a treaty: articles, divisions that hold them, annexes, and the formulas around them.

Here only the shape of a line is judged; whether a heading stands in its sequence is judged in ``treaty``.
"Article 31 shall …" and "Article 8, paragraph 2, of …" have not the shape of a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from treatygraph.parse.labels import SUFFIXES, label_at
from treatygraph.parse.lexicon import entries, one_of, words
from treatygraph.parse.numbering import letter_value, roman_value
from treatygraph.parse.treaty_pieces import Piece

TITLE_LENGTH: Final = 300
"""Longer lines are no titles: the longest title of an instrument in the corpus has 214 characters."""
_NUMBER: Final = (
    r"(?P<number>\d{1,3}|[IVXLC]{1,8})(?P<suffix>\s?(?:bis|ter|quater|quinquies|sexies)\b|[A-Z]\b)?"
)
_LIST_NUMBER: Final = r"(?P<number>\d{1,3}|[IVXLC]{1,8}|[A-Z])\b"
_BARE: Final = re.compile(r"\s{0,4}(?P<number>[IVXL]{1,6})\.\s{1,4}(?P<rest>\S.{1,200})")
_SEPARATOR: Final = re.compile(r"[\s*_]{0,4}[.:–—\-]{1,2}[\s*_]{0,4}")
_GLUED_MARK: Final = re.compile(r"(?<=[^\W\d_])\d{1,3}$")


class MarkKind(StrEnum):
    """What a heading or formula is."""

    ARTICLE = "article"
    DIVISION = "division"
    ANNEX = "annex"
    PREAMBLE = "preamble"
    FORMULA = "formula"
    CLOSING = "closing"
    INLINE = "inline"
    """A division with its text on the same line ("Section 5. The society may …"): a unit inside an article."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that has the shape of a heading or a formula.

    ``subkind`` is the concept of ``subdivision`` ("" for a division that prints only its number); ``number`` as
    printed, ``step`` as in a path ("XI" → "11", "3 bis" → "3bis"), ``value`` in figures with the place of bis,
    ter … or A, B … behind it; ``title`` on the same line; ``body`` is where text of the unit begins on it.
    """

    kind: MarkKind
    subkind: str = ""
    number: str = ""
    step: str = ""
    value: tuple[int, int] = (0, 0)
    title: str | None = None
    body: int | None = None


@dataclass(frozen=True, slots=True)
class _Grammar:
    article: re.Pattern[str]
    division: re.Pattern[str]
    annex: re.Pattern[str]
    preamble: re.Pattern[str]
    formula: re.Pattern[str]
    closing: re.Pattern[str]
    author: re.Pattern[str]
    instrument: re.Pattern[str]
    kinds: dict[str, str]


def _heading(name: str, table: str, number: str) -> re.Pattern[str]:
    word = one_of(words(name, "treaty", table))
    return re.compile(rf"[#*_\s]{{0,8}}(?P<word>(?i:{word}))(?:\s{{1,3}}{number})?[*_]{{0,3}}")


@cache
def grammar(language: str) -> _Grammar:
    """The patterns of a language, made from ``lang/<code>/treaty.toml``."""
    pair = {
        entry["text"].casefold(): entry["kind"]
        for table in ("division", "annex")
        for entry in entries(language, "treaty", table)
    }
    nouns = words(language, "treaty", "instrument")
    definite = words(language, "treaty", "author")
    # "of the Charter" names another instrument; "Charter of …" is a title.
    apart = "".join(
        rf"(?<!\b{form}\s)" for word in definite for form in sorted({word, word.lower(), word.upper()})
    )
    return _Grammar(
        _heading(language, "article", _NUMBER),
        _heading(language, "division", _NUMBER),
        _heading(language, "annex", _LIST_NUMBER),
        re.compile(rf"[#*_\s]{{0,8}}(?i:{one_of(words(language, 'treaty', 'preamble'))})[*_\s.:]{{0,4}}"),
        re.compile(rf"\b(?i:{one_of(words(language, 'treaty', 'formula'))})\s?[:.]?[*_\s]{{0,4}}$"),
        re.compile(rf"[#*_\s]{{0,8}}(?i:{one_of(words(language, 'treaty', 'closing'))})\b"),
        re.compile(rf"[#*_\s]{{0,8}}{one_of(definite)}\s[A-Z][^.;:]{{2,160}},[*_\s]{{0,4}}"),
        re.compile(rf"{apart}\b{one_of([*nouns, *map(str.upper, nouns)])}\b"),
        pair,
    )


def _value(number: str, suffix: str) -> tuple[int, int]:
    """The place of a number in its sequence; a lone letter other than I, V, X is a letter ("Annex C")."""
    if number.isdigit():
        figure = int(number)
    elif len(number) == 1 and number not in "IVX":
        figure = letter_value(number) or 0
    else:
        figure = roman_value(number) or 0
    if not suffix:
        return figure, 0
    return figure, SUFFIXES.index(suffix) if suffix in SUFFIXES else letter_value(suffix) or 0


def _step(number: str, suffix: str) -> str:
    letter = len(number) == 1 and number.isalpha() and number not in "IVX"
    return number if letter else f"{_value(number, '')[0]}{suffix}"


def clean_title(text: str) -> str:
    """A title without mark-up, footnote marks glued to its last word, and double spaces."""
    return _GLUED_MARK.sub("", " ".join(text.strip("#*_ \t").split()))


def _ended(text: str) -> bool:
    return text.rstrip('"”’»)*_ \t')[-1:] in tuple(".;:,")


def _rest(text: str, position: int) -> tuple[str | None, int | None] | None:
    """What stands behind a heading's number: its title, or the start of its text; None when it is no heading."""
    separator = _SEPARATOR.match(text, position)
    start = separator.end() if separator else position
    while start < len(text) and text[start].isspace():
        start += 1
    rest = text[start:].rstrip("*_ \t")
    if not rest:
        return None, None
    if label_at(text, start) is not None and (separator or text[position : position + 1].isspace()):
        return None, start
    opener = (
        rest[0] in '"“‘«'
        or rest[0].isupper()
        or (rest[0] == "(" and rest.endswith(")") and rest[1:2].isupper())
    )
    if not opener or not (separator or text[position : position + 1].isspace()):
        return None
    if not _ended(rest):
        return (clean_title(rest.strip("()")), None) if len(rest) <= TITLE_LENGTH else None
    return (None, start) if separator else None


def _numbered(kind: MarkKind, match: re.Match[str], text: str, subkind: str) -> Mark | None:
    rest = _rest(text, match.end())
    number = match["number"]
    if rest is None or (number is None and rest != (None, None)):
        return None
    if number is None:
        return Mark(kind, subkind)
    suffix = (match.groupdict().get("suffix") or "").strip()
    printed = number + (f" {suffix}" if suffix in SUFFIXES[1:] else suffix)
    return Mark(kind, subkind, printed, _step(number, suffix), _value(number, suffix), *rest)


def mark(piece: Piece, language: str) -> Mark | None:
    """The heading or formula that *piece* has the shape of, or None."""
    words_of, text = grammar(language), piece.text
    if match := words_of.article.match(text):
        return _numbered(MarkKind.ARTICLE, match, text, "article") if match["number"] else None
    for kind, pattern in ((MarkKind.DIVISION, words_of.division), (MarkKind.ANNEX, words_of.annex)):
        if match := pattern.match(text):
            found = _numbered(kind, match, text, words_of.kinds[" ".join(match["word"].casefold().split())])
            if found is None or (kind is MarkKind.DIVISION and not found.number):
                return None
            if found.body is not None:
                return Mark(MarkKind.INLINE) if kind is MarkKind.DIVISION else None
            return found
    if words_of.preamble.fullmatch(text):
        return Mark(MarkKind.PREAMBLE)
    if words_of.closing.match(text):
        return Mark(MarkKind.CLOSING)
    if words_of.formula.search(text[-120:]):
        return Mark(MarkKind.FORMULA)
    return _bare_division(text)


def _bare_division(text: str) -> Mark | None:
    match = _BARE.fullmatch(text)
    if match is None or _ended(match["rest"]) or not match["rest"][0].isupper():
        return None
    value = roman_value(match["number"]) or 0
    return Mark(MarkKind.DIVISION, "", match["number"], str(value), (value, 0), clean_title(match["rest"]))


def opens_preamble(text: str, language: str) -> bool:
    """Whether *text* is the line of who speaks: "The States Parties to the present Covenant,"."""
    return grammar(language).author.fullmatch(text) is not None


def speaks(text: str, language: str) -> bool:
    """Whether *text* begins as the line of who speaks does ("The …"), which a line of a title does not."""
    return text.startswith(tuple(f"{word} " for word in words(language, "treaty", "author")))


def names_instrument(text: str, language: str) -> bool:
    """Whether *text* holds a noun by which an instrument calls itself, written as in a title."""
    return grammar(language).instrument.search(text) is not None
