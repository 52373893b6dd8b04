"""Labels printed before a unit of a text ("1.", "(a)", "(i)", "a.", "(aa)") → their possible readings.

A label alone is often ambiguous: "(i)" is the letter after (h) or the numeral one. So a label carries all its
readings, and the outline (``treaty_outline``) chooses the one that continues a sequence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from treatygraph.model.numbering import letter_value, roman, roman_value
from treatygraph.parse.label_letters import CIRCLED, HAN, latin_steps, letters, words_of_division
from treatygraph.parse.lexicon import fold, one_of

SUFFIXES: Final = ("", "bis", "ter", "quater", "quinquies", "sexies")
"""Latin words that number what was put in later ("1 bis"), in order; the same in every language of treaties."""

_SUFFIX: Final = r"(?:\s?(?P<suffix>bis|ter|quater|quinquies|sexies))?"
# A word with a capital letter may stand right behind a figure, any word behind a letter in brackets ("6.On", "a)to").
_WORD: Final = r"(?=[A-ZÀ-ÖØ-ÞА-ЯЁ](?:[a-zß-öø-ÿа-яё]|\s[a-zß-öø-ÿа-яё]))"
_GLUED: Final = rf"(?<=\d[.)]){_WORD}|(?<=(?<!\w)[a-zа-я]\))(?=[^\W\d_]{{2}}|[AEIOY]\s)"
_BEHIND: Final = rf"(?:(?=\s|[“\"(（《「]|[\u0600-\u06ff\u4e00-\u9fff]|$)|{_GLUED})"
_LABEL: Final = re.compile(
    rf"(?P<open>[(（])?(?:(?P<token>\d{{1,3}}|[A-Za-z]{{1,7}}|{letters()}(?:\s{letters()})?){_SUFFIX}|(?P<han>[{HAN}]{{1,3}}))"
    rf"\s?(?:(?P<close>[.．)）、])|(?P<dash>[-–—])(?=\s?[\u0600-\u06ff])){_BEHIND}"
    rf"|(?P<circled>[{CIRCLED}])"
    r"|(?P<bare>\d{1,3})(?=\s(?:[A-Z]{4,}\s)?[A-Z]{3,}S\s(?![A-Z]{2}))"
    rf"|(?P<word>{one_of(words_of_division())})\s?[-–—:.](?=\s)"
)
_FIGURE_ALONE: Final = re.compile(r"\s{0,8}(?P<figure>\d{1,2})(?=\s{1,8}\S)")
MAX_CHAIN: Final = 3
"""At most this many labels stand before one text ("2. (a) (i)")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a label: its style ("(letter)", "(roman)", "figure." …) and its place in the list.

    ``suffix`` is the place of bis, ter … after the same value (0 for none); ``token`` the step that it makes in a path.
    """

    style: str
    value: int
    suffix: int = 0
    token: str = field(default="", compare=False)

    def follows(self, before: Reading) -> bool:
        """Whether this reading may stand right after *before* in one list."""
        if self.style != before.style:
            return False
        if self.suffix:
            return self.value == before.value and self.suffix == before.suffix + 1
        return self.value == before.value + 1

    @property
    def opens(self) -> bool:
        """Whether a list may begin with this reading."""
        return self.value == 1 and not self.suffix


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: ``start`` and ``end`` in the clean text of its block, ``token`` its first step in Latin."""

    start: int
    end: int
    printed: str
    token: str
    readings: tuple[Reading, ...]


def _readings(token: str, style: str, suffix: int) -> tuple[Reading, ...]:
    return tuple(reading for step in latin_steps(token) for reading in _meanings(step, style, suffix))


def _meanings(token: str, style: str, suffix: int) -> tuple[Reading, ...]:
    step = token + SUFFIXES[suffix]
    if token.isdigit():
        return (Reading(style.format("figure"), int(token), suffix, step),)
    if not (token.islower() or token.isupper()):
        return ()
    case = "" if token.islower() else "capital "
    found = []
    letter, roman = letter_value(token), roman_value(token)
    if letter is not None:
        found.append(Reading(style.format(f"{case}letter"), letter, suffix, step))
        if len(token) == 2:
            # "(aa)" under "(i)" begins a list of double letters; after "(z)" it is the 27th letter.
            found.append(Reading(style.format(f"{case}double letter"), letter - 26, suffix, step))
    if roman is not None:
        found.append(Reading(style.format(f"{case}roman"), roman, suffix, step))
    return tuple(found)


def label_at(text: str, position: int) -> Label | None:
    """The label that begins at *position* of *text*, or None."""
    match = _LABEL.match(text, position)
    if match is None:
        return None
    if match["bare"]:
        # "1 ADOPTS the amendments": a verb in capitals behind a number tells it from a quantity.
        readings = _readings(match["bare"], "{}.", 0)
    elif match["han"] or match["circled"]:
        readings = _of_han(match)
    else:
        readings = _of_word(match) or _of_token(match)
    if not readings:
        return None
    return Label(match.start(), match.end(), match.group(), readings[0].token, readings)


def _of_token(match: re.Match[str]) -> tuple[Reading, ...]:
    opened, closed = match["open"] or "", match["close"] or "."
    closed = {"）": ")", "．": ".", "、": "."}.get(closed, closed)
    if opened and closed != ")":
        return ()
    suffix = match["suffix"] or ""
    return _readings(match["token"], f"{'(' if opened else ''}{{}}{closed}", SUFFIXES.index(suffix))


def _of_han(match: re.Match[str]) -> tuple[Reading, ...]:
    """A Chinese numeral: "一、" numbers a paragraph or a part, "（一）" and "㈠" a unit of a list as "(i)" does."""
    bracketed = bool(match["circled"]) or (bool(match["open"]) and match["close"] in (")", "）"))
    steps = latin_steps(match["circled"] or match["han"])
    if not steps or (not bracketed and (match["open"] or match["close"] not in ("、", ".", "．"))):
        return ()
    value = int(steps[0])
    if bracketed:
        return _meanings(roman(value).lower(), "({})", 0)
    return (Reading("figure.", value, 0, str(value)), *_numeral("roman", value))


def _of_word(match: re.Match[str]) -> tuple[Reading, ...]:
    return _numeral(*words_of_division()[fold(match["word"])]) if match["word"] else ()


def _numeral(style: str, value: int) -> tuple[Reading, ...]:
    """What numbers a part of a text as "I." or "A." does elsewhere."""
    token = roman(value) if style == "roman" else chr(ord("A") + value - 1)
    name = "capital roman." if style == "roman" else "capital letter."
    return (Reading(name, value, 0, token),)


def figure_alone(text: str) -> Label | None:
    """The figure without a mark that begins a line ("2 to ring the bells"): a label only where a list is announced."""
    match = _FIGURE_ALONE.match(text)
    if match is None:
        return None
    readings = _readings(match["figure"], "{}.", 0)
    return Label(match.start("figure"), match.end(), match["figure"], match["figure"], readings)


def leading_labels(text: str) -> tuple[Label, ...]:
    """The labels before the words of a block, outermost first: "2. (a) The …" → "2." and "(a)"."""
    labels: list[Label] = []
    position = len(text) - len(text.lstrip())
    while len(labels) < MAX_CHAIN:
        label = label_at(text, position)
        if label is None or (labels and not label.printed.startswith(("(", "（"))):
            break
        labels.append(label)
        position = label.end
        while position < len(text) and text[position].isspace():
            position += 1
    return tuple(labels)
