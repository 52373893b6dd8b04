"""Labels printed before a unit of a text ("1.", "(a)", "(i)", "a.", "(aa)") → their possible readings.

A label alone is often ambiguous: "(i)" is the letter after (h) or the numeral one. So a label carries all its
readings, and the outline (``treaty_outline``) chooses the one that continues a sequence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from treatygraph.parse.numbering import letter_value, roman_value

SUFFIXES: Final = ("", "bis", "ter", "quater", "quinquies", "sexies")
"""Latin words that number what was put in later ("1 bis"), in order; the same in every language of treaties."""

_SUFFIX: Final = r"(?:\s?(?P<suffix>bis|ter|quater|quinquies|sexies))?"
_LABEL: Final = re.compile(
    rf"(?P<open>\()?(?P<token>\d{{1,3}}|[A-Za-z]{{1,7}}){_SUFFIX}\s?(?P<close>[.)])(?=\s|[“\"(]|$)"
)
MAX_CHAIN: Final = 3
"""At most this many labels stand before one text ("2. (a) (i)")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a label: its style ("(letter)", "(roman)", "figure." …) and its place in the list.

    ``suffix`` is the place of bis, ter … after the same value (0 for none).
    """

    style: str
    value: int
    suffix: int = 0

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
    """A printed label: ``start`` and ``end`` in the clean text of its block, ``token`` without punctuation."""

    start: int
    end: int
    printed: str
    token: str
    readings: tuple[Reading, ...]


def _readings(token: str, style: str, suffix: int) -> tuple[Reading, ...]:
    if token.isdigit():
        return (Reading(style.format("figure"), int(token), suffix),)
    if not (token.islower() or token.isupper()):
        return ()
    case = "" if token.islower() else "capital "
    found = []
    letter, roman = letter_value(token), roman_value(token)
    if letter is not None:
        found.append(Reading(style.format(f"{case}letter"), letter, suffix))
        if len(token) == 2:
            # "(aa)" under "(i)" begins a list of double letters; after "(z)" it is the 27th letter.
            found.append(Reading(style.format(f"{case}double letter"), letter - 26, suffix))
    if roman is not None:
        found.append(Reading(style.format(f"{case}roman"), roman, suffix))
    return tuple(found)


def label_at(text: str, position: int) -> Label | None:
    """The label that begins at *position* of *text*, or None."""
    match = _LABEL.match(text, position)
    if match is None:
        return None
    opened, closed = match["open"] or "", match["close"]
    if opened and closed == ".":
        return None
    suffix = match["suffix"] or ""
    readings = _readings(match["token"], f"{opened}{{}}{closed}", SUFFIXES.index(suffix))
    if not readings:
        return None
    return Label(match.start(), match.end(), match.group(), match["token"] + suffix, readings)


def leading_labels(text: str) -> tuple[Label, ...]:
    """The labels before the words of a block, outermost first: "2. (a) The …" → "2." and "(a)"."""
    labels: list[Label] = []
    position = len(text) - len(text.lstrip())
    while len(labels) < MAX_CHAIN:
        label = label_at(text, position)
        if label is None or (labels and not label.printed.startswith("(")):
            break
        labels.append(label)
        position = label.end
        while position < len(text) and text[position].isspace():
            position += 1
    return tuple(labels)
