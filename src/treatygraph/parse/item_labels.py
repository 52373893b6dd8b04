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

from treatygraph.model.numbering import letter_value, number_of, roman, roman_value
from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.label_letters import HAN, in_figures, latin_steps, letters, words_of_division
from treatygraph.parse.lexicon import fold, one_of, words
from treatygraph.parse.ordinals import find_ordinals, han_value, written_ordinal
from treatygraph.parse.writing import writing


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

    ``steps`` are ("5", "b") for "5 (b)", ("1.2",) for "1.2", ("a",) for "(a)"; ``step_spans`` their places;
    ``other`` is what a last step in another script may stand for too (see ``label_letters``).
    """

    start: int
    end: int
    style: Style
    steps: tuple[str, ...]
    step_spans: tuple[tuple[int, int], ...]
    other: str | None = None

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


_LETTER: Final = rf"(?:[a-z]{{1,4}}|{letters()})"
_IN_BRACKETS: Final = rf"[(（]\s?(?:{_LETTER}|\d{{1,2}}|[A-Z]|[{HAN}]{{1,3}})\s?[)）]"
_SUBS: Final = rf"(?P<subs>(?:\s?{_IN_BRACKETS}|\s?(?:[a-z]|{letters()})[)）]){{0,3}})"
_LATIN: Final = r"(?:\s?(?:bis|ter|quater)\b)?"
_COUNTED: Final = rf"\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}{_LATIN}"
_NUMBER: Final = rf"(?P<number>{_COUNTED}|[IVXLC]{{1,7}})"
_STOP: Final = r"\s{0,2}[.:)：．、]?(?:\s{0,2}[-–—](?=\s))?\s{0,4}"
_DASH: Final = r"(?:\s{0,2}(?P<dash>[-–—])(?=\s|[\u0600-\u06ff]))?"
# A title in Arabic or Chinese may stand right behind its number.
_BEHIND: Final = r"(?:\s{1,4}|$|(?=[\u0600-\u06ff\u4e00-\u9fff《“]))"
_FIGURE: Final = re.compile(
    rf"(?P<number>{_COUNTED})(?P<stop>[.)．、）]?){_SUBS}(?P<after>[.:)：．、]?){_DASH}{_BEHIND}"
)
_MARKS: Final = ("stop", "after", "subs")
_BARE_HEADING: Final = re.compile(r"(?P<number>[0-9]{1,2})\s{1,4}(?=[A-ZÀ-ÞА-Я“«])")
_ROMAN: Final = re.compile(rf"(?P<number>[IVXL]{{1,7}})[.)]{_SUBS}(?:\s{{1,4}}|$)")
_UPPER: Final = re.compile(r"(?P<number>[A-ZА-Я])[.)](?:\s{1,4}|$)")
_WORDED: Final = re.compile(
    rf"(?:(?P<word>{one_of(words_of_division())})\s?[-–—:.]|(?P<han>[{HAN}]{{1,3}})[、．.])\s{{0,4}}"
)
_PAREN: Final = re.compile(rf"(?P<subs>(?:{_IN_BRACKETS}\s?){{1,3}})\s{{0,4}}")
_OPEN_SUB: Final = re.compile(
    rf"(?P<number>{_LETTER})(?:[)）]|\.(?=\s|$)|\s?[-–—](?=\s[\u0600-\u06ff]))\s{{0,4}}"
)
# "5.a" is how some print "5 (a)".
_LETTERED: Final = re.compile(r"(?P<number>\d{1,2})\.(?P<letter>[a-z])[.)]?\s{1,4}(?=[A-ZÀ-ÞА-Я«“])")
# ".1" below an item counts what stands below it.
_BELOW: Final = re.compile(r"(?P<number>\.\d{1,2})\s{1,4}(?=[^\W\d_])")
_STEP: Final = re.compile(rf"[A-Za-z]{{1,4}}|\d{{1,2}}|[{HAN}]{{1,3}}|{letters()}")
LABEL_START: Final = rf"(?=[(（\dA-Za-z{HAN}]|{letters()}|{one_of(words_of_division())})"
"""A pattern for a place at which a label may begin."""


@cache
def item_word(language: str) -> str:
    """A pattern of the words before an item's number."""
    return one_of(words(language, "agenda", "item_word"))


@cache
def _named(language: str) -> re.Pattern[str]:
    how = writing(language)
    behind = r"(?![\w/])" if how.spaced else r"(?![A-Za-z0-9/])"
    # "Item 3 of the agenda – Lamps"; without a mark behind it, it names an item of another document.
    listed = words(language, "agenda", "of_agenda")
    of_agenda = rf"(?:{how.gap}(?i:{one_of(listed)})(?=\s{{0,2}}[:：.–—-]))?" if listed else ""
    return re.compile(rf"(?i:{item_word(language)}){how.gap}{_NUMBER}{behind}{_SUBS}{of_agenda}{_STOP}")


def label_at(text: str, language: str, start: int = 0, *, end: int | None = None) -> ItemLabel | None:
    """The label that opens ``text[start:end]``, or None. Raises ``VocabularyError`` for an unknown language."""
    end = len(text) if end is None else end
    named = _named(language).match(text, start, end)
    if named:
        return _label(named, Style.ITEM, text)
    counted = _counted_in_words(text, language, start, end)
    if counted:
        return counted
    lettered = _LETTERED.match(text, start, end)
    if lettered:
        steps, spans = (
            (lettered["number"], lettered["letter"]),
            (lettered.span("number"), lettered.span("letter")),
        )
        return ItemLabel(start, lettered.end(), Style.FIGURE, steps, spans)
    figure = _FIGURE.match(text, start, end)
    if figure and (any(figure[part] for part in _MARKS) or _dotted(figure) or _dashed(figure, language)):
        return _label(figure, Style.FIGURE, text)
    worded = _WORDED.match(text, start, end)
    if worded:
        return _division(worded)
    roman = _ROMAN.match(text, start, end)
    if roman and roman_value(roman.group("number")):
        return _label(roman, Style.ROMAN, text)
    upper = _UPPER.match(text, start, end)
    if upper:
        return _label(upper, Style.UPPER, text)
    below = _BELOW.match(text, start, end)
    if below:
        return ItemLabel(start, below.end(), Style.SUB, (below["number"],), (below.span("number"),))
    sub = _PAREN.match(text, start, end) or _OPEN_SUB.match(text, start, end)
    if sub and _plausible(sub.group()):
        return _label(sub, Style.SUB, text)
    return None


@cache
def _in_words(language: str) -> re.Pattern[str] | None:
    ordinal = written_ordinal(language)
    if not ordinal:
        return None
    how = writing(language)
    return re.compile(
        rf"(?i:{item_word(language)}){how.gap}(?P<number>{ordinal})(?!\w)\s{{0,2}}(?:[.:–—-]|$)\s{{0,4}}"
    )


def _counted_in_words(text: str, language: str, start: int, end: int) -> ItemLabel | None:
    """The label of an item whose number is an ordinal behind the word ("البند الأول:")."""
    pattern = _in_words(language)
    match = pattern.match(text, start, end) if pattern else None
    ordinal = next(iter(find_ordinals(match["number"], language)), None) if match else None
    if match is None or ordinal is None:
        return None
    return ItemLabel(match.start(), match.end(), Style.ITEM, (str(ordinal.value),), (match.span("number"),))


def bare_label_at(text: str, language: str, start: int = 0, *, end: int | None = None) -> ItemLabel | None:
    """As ``label_at``, but a figure or numeral needs no full stop after it: for cells of tables."""
    end = len(text) if end is None else end
    found = label_at(text, language, start, end=end)
    if found:
        return found
    bare = re.compile(rf"{_NUMBER}(?![\w/.]){_SUBS}[.．、]?(?:\s{{1,4}}|$)").match(text, start, end)
    if bare is None:
        return None
    return _label(bare, Style.FIGURE if bare.group("number")[0].isdigit() else Style.ROMAN, text)


def label_of(block: Block, language: str) -> ItemLabel | None:
    """The label that opens a block; in a heading or a list a figure before a capital needs no stop ("1 Opening")."""
    found = label_at(block.text, language)
    bulleted = block.kind is BlockKind.LIST_ITEM and block.offsets[:1] != (block.span.start,)
    if found or bulleted or block.kind not in (BlockKind.HEADING, BlockKind.LIST_ITEM):
        return found
    bare = _BARE_HEADING.match(block.text)
    return _label(bare, Style.FIGURE, block.text) if bare else None


def _spaced(number: str) -> str:
    """ "3bis" as "3 bis"."""
    return re.sub(r"(?<=\d)\s?(?=[a-z])", " ", number)


def _dashed(match: re.Match[str], language: str) -> bool:
    """Whether a dash stands between number and title where a stop does elsewhere ("1 - افتتاح الدورة")."""
    return bool(match["dash"]) and not writing(language).capitals


def _division(match: re.Match[str]) -> ItemLabel:
    """The label of a part that is numbered in words, with the number that stands for it elsewhere."""
    if match["han"]:
        step = str(han_value(match["han"]) or 0)
        return ItemLabel(match.start(), match.end(), Style.ROMAN, (step,), (match.span("han"),))
    style, value = words_of_division()[fold(match["word"])]
    step = roman(value) if style == "roman" else chr(ord("A") + value - 1)
    kind = Style.ROMAN if style == "roman" else Style.UPPER
    return ItemLabel(match.start(), match.end(), kind, (step,), (match.span("word"),))


def _dotted(match: re.Match[str]) -> bool:
    return "." in match.group("number")


def _plausible(printed: str) -> bool:
    """Whether each step could be in a list of letters or numerals ("(see)" and "(art)" could not)."""
    return all(
        step.isdigit() or letter_value(step) is not None or roman_value(step) is not None
        for token in _STEP.findall(printed)
        for step in latin_steps(token)[:1]
    )


def _label(match: re.Match[str], style: Style, text: str) -> ItemLabel | None:
    groups = match.groupdict()
    printed: list[tuple[str, tuple[int, int]]] = []
    if groups.get("number"):
        printed.append((match.group("number"), match.span("number")))
    if groups.get("subs"):
        if not _plausible(match.group("subs")):
            return None
        found = _STEP.finditer(text, match.start("subs"), match.end("subs"))
        printed.extend((step.group(), step.span()) for step in found)
    steps = tuple(_spaced(_latin(token)) for token, _ in printed)
    other = latin_steps(printed[-1][0])[1:2] if printed else ()
    return ItemLabel(
        match.start(), match.end(), style, steps, tuple(span for _, span in printed), next(iter(other), None)
    )


def _latin(token: str) -> str:
    """A step in Latin letters and figures; a number with dots stays whole ("١.٢" → "1.2")."""
    if token[:1].isdigit():
        return in_figures(token)
    if all(sign in HAN for sign in token):
        return roman(han_value(token) or 0).lower()
    return next(iter(latin_steps(token)), token)
