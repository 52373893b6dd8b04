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

from treatygraph.model.numbering import letter_value, roman_value
from treatygraph.parse.labels import SUFFIXES, label_at
from treatygraph.parse.lexicon import entries, fold, one_of, words
from treatygraph.parse.ordinals import HAN_NUMBER, han_value, ordinal_value, written_ordinal
from treatygraph.parse.resolution_lines import names_author
from treatygraph.parse.treaty_pieces import Piece
from treatygraph.parse.writing import COMMAS, writing

TITLE_LENGTH: Final = 300
"""Longer lines are no titles: the longest title of an instrument in the corpus has 214 characters."""
_FIGURE: Final = r"\d{1,3}|[IVXLC]{1,8}"
_SUFFIX: Final = r"(?P<suffix>\s?(?:bis|ter|quater|quinquies|sexies)\b|[A-Z]\b)?"
_BARE: Final = re.compile(r"\s{0,4}(?P<number>[IVXL]{1,6})\.\s{1,4}(?P<rest>\S.{1,200})")
_SEPARATOR: Final = re.compile(r"[\s*_]{0,4}[.:–—\-：．]{1,2}[\s*_]{0,4}")
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
    article: tuple[re.Pattern[str], ...]
    division: tuple[re.Pattern[str], ...]
    annex: tuple[re.Pattern[str], ...]
    preamble: re.Pattern[str]
    formula: re.Pattern[str]
    closing: re.Pattern[str]
    instrument: re.Pattern[str]
    continued: re.Pattern[str]
    kinds: dict[str, str]


def _headings(language: str, table: str, letters: str = "") -> tuple[re.Pattern[str], ...]:
    """The shapes of a heading: its words with the number behind them, and those that hold it (``{n}``)."""
    how = writing(language)
    counted = "|".join(filter(None, (written_ordinal(language), "" if how.spaced else HAN_NUMBER)))
    number = rf"(?P<number>{_FIGURE}{letters}{f'|(?i:{counted})' if counted else ''}){_SUFFIX}"
    listed = words(language, "treaty", table)
    plain = one_of(word for word in listed if "{n}" not in word)
    shapes = [rf"[#*_\s]{{0,8}}(?P<word>(?i:{plain}))(?:{how.gap}{number}{how.right})?[*_]{{0,3}}"]
    for word in (word for word in listed if "{n}" in word):
        before, behind = (f"(?i:{one_of([part.strip()])})" if part else "" for part in word.split("{n}"))
        gaps = [r"\s{1,3}" if " " in word and part else "" for part in (before, behind)]
        shapes.append(rf"[#*_\s]{{0,8}}{before}{gaps[0]}{number}{gaps[1]}{behind}{how.right}[*_]{{0,3}}")
    return tuple(re.compile(shape) for shape in shapes)


@cache
def grammar(language: str) -> _Grammar:
    """The patterns of a language, made from ``lang/<code>/treaty.toml``."""
    pair = {
        fold(entry["text"]): entry["kind"]
        for table in ("division", "annex")
        for entry in entries(language, "treaty", table)
    }
    nouns = words(language, "treaty", "instrument")
    how = writing(language)
    return _Grammar(
        _headings(language, "article"),
        _headings(language, "division"),
        _headings(language, "annex", r"|[A-Z]"),
        re.compile(rf"[#*_\s]{{0,8}}(?i:{one_of(words(language, 'treaty', 'preamble'))})[*_\s.:：]{{0,4}}"),
        re.compile(
            rf"{how.left}(?i:{one_of(words(language, 'treaty', 'formula'))})\s?[:.：。]?[*_\s]{{0,4}}$"
        ),
        re.compile(
            rf"[#*_\s]{{0,8}}{how.proclitic}(?i:{one_of(words(language, 'treaty', 'closing'))}){how.right}"
        ),
        re.compile(
            rf"{_apart(language)}{how.left if how.capitals else _WORD_LEFT[how.spaced]}"
            rf"{one_of([*nouns, *map(str.upper, nouns)])}{how.right}"
        ),
        re.compile(rf"{one_of(words(language, 'treaty', 'reference'))}{how.right}"),
        pair,
    )


# Where there are no capitals, a noun with a particle before it is a mention, not a title.
_WORD_LEFT: Final = {True: r"(?<!\w)", False: ""}


def _apart(language: str) -> str:
    """ "of the Charter" names another instrument; "Charter of …" is a title."""
    definite = (*words(language, "treaty", "author"), *words(language, "treaty", "definite"))
    how = writing(language)
    left, space = (r"\b", r"\s") if how.spaced else ("", "")
    return "".join(
        rf"(?<!{left}{word}{'' if word.endswith(('’', chr(39))) else space})"
        for word in sorted({form for word in definite for form in (word, word.lower(), word.upper())})
    )


def _value(number: str, suffix: str, language: str) -> tuple[int, int]:
    """The place of a number in its sequence; a lone letter other than I, V, X is a letter ("Annex C")."""
    if number.isdigit():
        figure = int(number)
    elif len(number) == 1 and number in "ABCDEFGHJKLMNOPQRSTUWYZ":
        figure = letter_value(number) or 0
    else:
        figure = roman_value(number) or han_value(number) or ordinal_value(number, language) or 0
    if not suffix:
        return figure, 0
    return figure, SUFFIXES.index(suffix) if suffix in SUFFIXES else letter_value(suffix) or 0


def _step(number: str, suffix: str, language: str) -> str:
    letter = len(number) == 1 and number.isascii() and number.isalpha() and number not in "IVX"
    return number if letter else f"{_value(number, '', language)[0]}{suffix}"


def clean_title(text: str) -> str:
    """A title without mark-up, footnote marks glued to its last word, and double spaces."""
    return _GLUED_MARK.sub("", " ".join(text.strip("#*_ \t").split()))


def _ended(text: str) -> bool:
    return text.rstrip('"”’»)』」*_ \t')[-1:] in tuple(_ENDS)


_ENDS: Final = ".;:,。；：，、؛،"


def _rest(text: str, position: int, language: str) -> tuple[str | None, int | None] | None:
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
        or _begins_title(rest, language)
        or (rest[0] == "(" and rest.endswith(")") and _begins_title(rest[1:], language))
    )
    if not opener or not (separator or text[position : position + 1].isspace()):
        return None
    if not _ended(rest):
        return (clean_title(rest.strip("()")), None) if len(rest) <= TITLE_LENGTH else None
    return (None, start) if separator else None


def _begins_title(text: str, language: str) -> bool:
    """Whether *text* begins as a title does; "المادة 5 من الاتفاقية" goes on as a reference does."""
    return writing(language).large(text) and not grammar(language).continued.match(text)


def _numbered(kind: MarkKind, match: re.Match[str], text: str, subkind: str, language: str) -> Mark | None:
    rest = _rest(text, match.end(), language)
    number = match["number"]
    if rest is None or (number is None and rest != (None, None)):
        return None
    if number is None:
        return Mark(kind, subkind)
    suffix = (match.groupdict().get("suffix") or "").strip()
    printed = number + (f" {suffix}" if suffix in SUFFIXES[1:] else suffix)
    return Mark(
        kind, subkind, printed, _step(number, suffix, language), _value(number, suffix, language), *rest
    )


def mark(piece: Piece, language: str) -> Mark | None:
    """The heading or formula that *piece* has the shape of, or None."""
    words_of, text = grammar(language), piece.text
    if match := _first(words_of.article, text):
        return _numbered(MarkKind.ARTICLE, match, text, "article", language) if match["number"] else None
    for kind, patterns in ((MarkKind.DIVISION, words_of.division), (MarkKind.ANNEX, words_of.annex)):
        if match := _first(patterns, text):
            found = _numbered(kind, match, text, _subkind(match, words_of), language)
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
    return _bare_division(text, language)


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    """The match of the pattern that reads most of the line's beginning."""
    found = [match for pattern in patterns if (match := pattern.match(text))]
    return max(found, key=lambda match: match.end(), default=None)


def _subkind(match: re.Match[str], words_of: _Grammar) -> str:
    """The concept of a heading: that of its word, wherever its number stands."""
    number = match["number"]
    printed = match.group().strip("#*_ ")
    if number is None:
        return words_of.kinds[fold(printed)]
    word = printed.replace(match["suffix"] or "", "").replace(number, "{n}", 1)
    plain = fold(word.replace("{n}", "").strip())
    return words_of.kinds.get(fold(word)) or words_of.kinds.get(plain) or words_of.kinds[fold(match["word"])]


def _bare_division(text: str, language: str) -> Mark | None:
    match = _BARE.fullmatch(text)
    if match is None or _ended(match["rest"]) or not writing(language).large(match["rest"]):
        return None
    value = roman_value(match["number"]) or 0
    return Mark(MarkKind.DIVISION, "", match["number"], str(value), (value, 0), clean_title(match["rest"]))


def opens_preamble(text: str, language: str) -> bool:
    """Whether *text* is the line of who speaks: "The States Parties to the present Covenant,"."""
    return names_author(text, language) and text.rstrip("*_ ").endswith(tuple(COMMAS))


def speaks(text: str, language: str) -> bool:
    """Whether *text* begins as the line of who speaks does ("The …"), which a line of a title does not."""
    articles = words(language, "treaty", "author")
    return text.startswith(tuple(f"{word} " if word[-1].isalpha() else word for word in articles))


def names_instrument(text: str, language: str) -> bool:
    """Whether *text* holds a noun by which an instrument calls itself, written as in a title."""
    return grammar(language).instrument.search(text) is not None
