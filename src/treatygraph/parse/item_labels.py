"""The printed number of an agenda item at a place in a string: "5 (b)", "Item 3.", "IV.", "1.2", "(a)", "a)".

A label says how it is printed (``style``) and its steps; whether it opens an item is decided by the sequence in
which it stands (``agenda_list``), never by the label alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.numbering import letter_value, number_of, roman_value


class Style(Enum):
    """How a label is printed. All but ``SUB`` can number the items of an agenda."""

    ITEM = "Item 3"
    FIGURE = "3."
    ROMAN = "III."
    UPPER = "C."
    SUB = "(a)"


@dataclass(frozen=True, slots=True)
class ItemLabel:
    """A label at ``string[start:end]``; ``end`` is where the title begins.

    ``steps`` are ("5", "b") for "5 (b)", ("1.2",) for "1.2", ("a",) for "(a)"; ``step_spans`` their places.
    """

    start: int
    end: int
    style: Style
    steps: tuple[str, ...]
    step_spans: tuple[tuple[int, int], ...]

    @property
    def number(self) -> str:
        """The number as agenda items print it."""
        return number_of(self.steps)

    @property
    def value(self) -> int:
        """The value of the first step: 5 for "5 (b)", 1 for "1.2", 4 for "IV"."""
        first = re.split(r"[. ]", self.steps[0])[0]
        if first.isdigit():
            return int(first)
        value = letter_value(first) if self.style is Style.UPPER else roman_value(first)
        return value or letter_value(first) or 0


_SUBS: Final = r"(?P<subs>(?:\s?\(\s?(?:[a-z]{1,4}|[0-9]{1,2}|[A-Z])\s?\)|\s?[a-z]\)){0,3})"
_LATIN: Final = r"(?:\s?(?:bis|ter|quater)\b)?"
_NUMBER: Final = rf"(?P<number>[0-9]{{1,3}}(?:\.[0-9]{{1,2}}){{0,3}}{_LATIN}|[IVXLC]{{1,7}})"
_STOP: Final = r"\s{0,2}[.:)]?(?:\s{0,2}[-–—](?=\s))?\s{0,4}"
_FIGURE: Final = re.compile(
    rf"(?P<number>[0-9]{{1,3}}(?:\.[0-9]{{1,2}}){{0,3}}{_LATIN})(?P<stop>[.)]?){_SUBS}(?P<after>[.:)]?)"
    r"(?:\s{0,2}[-–—](?=\s))?(?:\s{1,4}|$)"
)
_BARE_HEADING: Final = re.compile(r"(?P<number>[0-9]{1,2})\s{1,4}(?=[A-Z“])")
_ROMAN: Final = re.compile(rf"(?P<number>[IVXL]{{1,7}})[.)]{_SUBS}(?:\s{{1,4}}|$)")
_UPPER: Final = re.compile(r"(?P<number>[A-Z])[.)](?:\s{1,4}|$)")
_PAREN: Final = re.compile(r"(?P<subs>(?:\(\s?(?:[a-z]{1,4}|[0-9]{1,2}|[A-Z])\s?\)\s?){1,3})\s{0,4}")
_OPEN_SUB: Final = re.compile(r"(?P<number>[a-z]{1,4})(?:\)|\.(?=\s))\s{0,4}")
_STEP: Final = re.compile(r"[A-Za-z]{1,4}|[0-9]{1,2}")


@cache
def item_word(language: str) -> str:
    """A pattern of the words before an item's number."""
    return one_of(words(language, "agenda", "item_word"))


@cache
def _named(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{item_word(language)})\s{{1,3}}{_NUMBER}(?![\w/]){_SUBS}{_STOP}")


def label_at(text: str, language: str, start: int = 0, *, end: int | None = None) -> ItemLabel | None:
    """The label that opens ``text[start:end]``, or None. Raises ``VocabularyError`` for an unknown language."""
    end = len(text) if end is None else end
    named = _named(language).match(text, start, end)
    if named:
        return _label(named, Style.ITEM, text)
    figure = _FIGURE.match(text, start, end)
    if figure and (figure.group("stop") or figure.group("after") or figure.group("subs") or _dotted(figure)):
        return _label(figure, Style.FIGURE, text)
    roman = _ROMAN.match(text, start, end)
    if roman and roman_value(roman.group("number")):
        return _label(roman, Style.ROMAN, text)
    upper = _UPPER.match(text, start, end)
    if upper:
        return _label(upper, Style.UPPER, text)
    sub = _PAREN.match(text, start, end) or _OPEN_SUB.match(text, start, end)
    if sub and _plausible(sub.group()):
        return _label(sub, Style.SUB, text)
    return None


def bare_label_at(text: str, language: str, start: int = 0, *, end: int | None = None) -> ItemLabel | None:
    """As ``label_at``, but a figure or numeral needs no full stop after it: for cells of tables."""
    end = len(text) if end is None else end
    found = label_at(text, language, start, end=end)
    if found:
        return found
    bare = re.compile(rf"{_NUMBER}(?![\w/.]){_SUBS}\.?(?:\s{{1,4}}|$)").match(text, start, end)
    if bare is None:
        return None
    return _label(bare, Style.FIGURE if bare.group("number")[0].isdigit() else Style.ROMAN, text)


def label_of(block: Block, language: str) -> ItemLabel | None:
    """The label that opens a block; in a heading a figure before a capital needs no stop ("1 Opening")."""
    found = label_at(block.text, language)
    if found or block.kind is not BlockKind.HEADING:
        return found
    bare = _BARE_HEADING.match(block.text)
    return _label(bare, Style.FIGURE, block.text) if bare else None


def _spaced(number: str) -> str:
    """ "3bis" as "3 bis"."""
    return re.sub(r"(?<=\d)\s?(?=[a-z])", " ", number)


def _dotted(match: re.Match[str]) -> bool:
    return "." in match.group("number")


def _plausible(printed: str) -> bool:
    """Whether each step could be in a list of letters or numerals ("(see)" and "(art)" could not)."""
    return all(
        step.isdigit() or letter_value(step) is not None or roman_value(step) is not None
        for step in _STEP.findall(printed)
    )


def _label(match: re.Match[str], style: Style, text: str) -> ItemLabel | None:
    groups = match.groupdict()
    steps: list[str] = []
    spans: list[tuple[int, int]] = []
    if groups.get("number"):
        steps.append(_spaced(match.group("number")))
        spans.append(match.span("number"))
    if groups.get("subs"):
        if not _plausible(match.group("subs")):
            return None
        for step in _STEP.finditer(text, match.start("subs"), match.end("subs")):
            steps.append(step.group())
            spans.append(step.span())
    return ItemLabel(match.start(), match.end(), style, tuple(steps), tuple(spans))
