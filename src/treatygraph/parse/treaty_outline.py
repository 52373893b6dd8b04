"""The pieces of one article or annex → its paragraphs and lettered units, with their paths.

A list is known by its sequence alone (plain text prints no indents): a label is read as whatever continues a
list that is open, or opens one; a label that does neither is text. Where two readings are possible, the labels
that follow decide, then the colon that announces a list. A missing or misprinted number is supplied only where
the sequence proves it, and each such repair is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from treatygraph.model.text import Repair, Span
from treatygraph.parse.labels import SUFFIXES, Label, Reading
from treatygraph.parse.treaty_pieces import Piece

_PARAGRAPH: Final = ("figure.", "(figure)", "figure)")
"""The styles of numbered paragraphs; directly below an article they take the step ``para``."""
_ONE: Final = ("l", "I")
"""Letters that print and scans put for the figure 1."""
LOOK_AHEAD: Final = 80
"""Labels looked at to decide an ambiguous one; the longest list of the corpus has 26."""
LARGEST_GAP: Final = 3
"""A list whose print leaves out numbers (repealed paragraphs) may jump this far."""
_TENS: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class Unit:
    """A unit under construction: ``end`` moves while text is added."""

    path: tuple[str, ...]
    kind: str
    number: str
    start: int
    end: int
    title: str | None = None


@dataclass(slots=True)
class _Level:
    reading: Reading
    unit: Unit


@dataclass(slots=True)
class Outline:
    """What was found below one article or annex: units in order of print, repairs, and the end of the text."""

    units: list[Unit]
    repairs: list[Repair]
    end: int


def outline(body: Sequence[tuple[Piece, tuple[Label, ...]]], base: tuple[str, ...], end: int) -> Outline:
    """The units that *body* (pieces with the labels that stand before their words) prints below the path *base*."""
    outliner = Outliner(body, base, end)
    for index in range(len(body)):
        outliner.add(index)
    return Outline(outliner.units, outliner.repairs, outliner.end)


@dataclass(slots=True)
class Outliner:
    """Builds the outline piece by piece.

    ``lenient`` lets a numbered list begin with any number, as on a page that begins in the middle of a text.
    """

    body: Sequence[tuple[Piece, tuple[Label, ...]]]
    base: tuple[str, ...]
    end: int
    lenient: bool = False
    units: list[Unit] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    _stack: list[_Level] = field(default_factory=list)
    _current: int = -1  # the level that text was last added to; -1 is the article itself
    _loose: list[Piece] = field(
        default_factory=list
    )  # pieces without a label since the last one with a label
    _announced: bool = False  # whether the last piece with a label ends with a colon
    _taken: set[tuple[str, ...]] = field(default_factory=set)

    def reset(self) -> None:
        """Forgets the lists that are open: what follows may count from one again."""
        self._stack.clear()
        self._taken.clear()
        self._loose.clear()
        self._current, self._announced = -1, False

    def add(self, index: int) -> Unit | None:
        """Adds the piece at *index*; the innermost unit that it opens, or None when it is text of an open one."""
        piece, labels = self.body[index]
        placed = False
        for place, label in enumerate(labels):
            following = self._following(index, place)
            if not self._place(label, piece, following, inner=place > 0):
                break
            placed = True
        if placed:
            self._loose.clear()
            self._announced = piece.announces
            return self._stack[-1].unit
        self._continue(index)
        self._loose.append(piece)
        return None

    def _following(self, index: int, place: int) -> list[Label]:
        found = list(self.body[index][1][place + 1 :])
        for _, labels in self.body[index + 1 : index + 1 + LOOK_AHEAD]:
            found.extend(labels)
        return found[:LOOK_AHEAD]

    # Labels

    def _place(self, label: Label, piece: Piece, following: list[Label], *, inner: bool) -> bool:
        candidates = self._candidates(label)
        if not inner and self._is_misprinted_one(label, following):
            reading = Reading("figure.", 1)
            self._repair(piece, label, "1.", "the figure 1 is printed as a letter; paragraph 2 follows")
            return self._open(0, reading, "1", piece, label.start)
        if not candidates and not inner:
            candidates = self._gaps(label, piece, following)
        if not candidates:
            return False
        level, reading = candidates[0] if len(candidates) == 1 else self._choose(candidates, label, following)
        return self._open(level, reading, reading.token or label.token, piece, label.start)

    def _candidates(self, label: Label) -> list[tuple[int, Reading]]:
        """The (level, reading) pairs by which *label* continues an open list or opens one, deepest first."""
        found = []
        below = self._current + 1
        open_styles = {level.reading.style for level in self._stack[:below]}
        for reading in label.readings:
            if self.lenient and not self._stack and reading.style in _PARAGRAPH and not reading.opens:
                found.append((0, reading))
            nested = reading.style in _PARAGRAPH and (self._announced or below == 0)
            if reading.opens and (reading.style not in open_styles or (nested and self._nests(below))):
                found.append((below, reading))
        for level in range(len(self._stack) - 1, -1, -1):
            found.extend((level, r) for r in label.readings if r.follows(self._stack[level].reading))
        return [
            (level, reading)
            for level, reading in found
            if self._path(level, reading.token or label.token) not in self._taken
        ]

    def _nests(self, below: int) -> bool:
        """Whether a numbered list may open inside another: only below a lettered unit."""
        return below > 0 and self._stack[below - 1].reading.style not in _PARAGRAPH

    def _choose(
        self, candidates: list[tuple[int, Reading]], label: Label, following: list[Label]
    ) -> tuple[int, Reading]:
        """The candidate whose next number comes next; failing that, the one that the colon before it asks for."""
        shallow = min(candidates, key=lambda candidate: candidate[0])
        outer = self._stack[: shallow[0]]
        for other in following:
            if other.token == label.token:
                return shallow
            if any(r.follows(level.reading) for level in outer for r in other.readings):
                break
            fits = [
                candidate for candidate in candidates if any(r.follows(candidate[1]) for r in other.readings)
            ]
            if len(fits) == 1:
                return fits[0]
        opening = [candidate for candidate in candidates if candidate[0] == self._current + 1]
        if opening and (self._announced or (self._loose and self._loose[-1].announces)):
            return opening[0]
        continuing = [candidate for candidate in candidates if candidate not in opening]
        return (continuing or candidates)[0]

    def _open(self, level: int, reading: Reading, token: str, piece: Piece, at: int) -> bool:
        path = self._path(level, token)
        if path in self._taken:
            return False
        kind = "paragraph" if level == 0 and reading.style in _PARAGRAPH else "subparagraph"
        unit = Unit(path, kind, token, piece.block.offsets[at], piece.end)
        self._taken.add(path)
        self.units.append(unit)
        del self._stack[level:]
        self._stack.append(_Level(reading, unit))
        self._current = level
        self._extend(level, piece.end)
        return True

    def _path(self, level: int, token: str) -> tuple[str, ...]:
        if level:
            return (*self._stack[level - 1].unit.path, token)
        return (*self.base, "para", token) if token[:1].isdigit() else (*self.base, token)

    # Text without a label

    def _continue(self, index: int) -> None:
        """Adds a piece without a label to the unit that it continues."""
        piece = self.body[index][0]
        level = self._current
        if level >= 0 and not self._same_unit(index):
            level -= 1
        self._current = level
        self._extend(level, piece.end)

    def _same_unit(self, index: int) -> bool:
        """Whether the piece belongs to the unit before it, not to the text that follows that unit's list.

        It does after a cut line, after other text without a label, in a numbered paragraph, and when the list
        goes on after it.
        """
        piece, before = self.body[index][0], self.body[index - 1][0]
        level = self._stack[self._current]
        if self._loose or before.announces or not before.ended or (piece.after_break and piece.begins_low):
            return True
        if level.reading.style in _PARAGRAPH and self._current == 0:
            return True
        return any(reading.follows(level.reading) for reading in self._next_readings(index))

    def _next_readings(self, index: int) -> tuple[Reading, ...]:
        for _, labels in self.body[index + 1 : index + 1 + LOOK_AHEAD]:
            if labels:
                return labels[0].readings
        return ()

    def _extend(self, level: int, end: int) -> None:
        self.end = max(self.end, end)
        for opened in self._stack[: level + 1]:
            opened.unit.end = max(opened.unit.end, end)

    # Repairs

    def _is_misprinted_one(self, label: Label, following: list[Label]) -> bool:
        """Whether "l." or "I." opens the article's paragraphs: nothing is open and "2." is the next of its kind."""
        if self._stack or label.token not in _ONE or not label.printed.endswith("."):
            return False
        figures = (r for other in following for r in other.readings if r.style == "figure.")
        return next(figures, None) == Reading("figure.", 2)

    def _gaps(self, label: Label, piece: Piece, following: list[Label]) -> list[tuple[int, Reading]]:
        """The place of a label whose predecessor is not printed; supplies it where one piece stands in its place."""
        for reading in label.readings:
            for level in range(len(self._stack) - 1, -1, -1):
                before = self._stack[level].reading
                missing = Reading(reading.style, reading.value - 1)
                if missing.follows(before) and not reading.suffix and self._one_unnumbered():
                    return [(level, reading)] if self._supply(level, missing, label) else []
                jump = reading.value - before.value
                if reading.style == before.style and 1 < jump <= LARGEST_GAP and not self._loose:
                    return [(level, reading)]
            if reading == Reading(reading.style, 2) and (listed := self._announced_items()):
                return self._supply_first(reading, label, listed)
        return []

    def _one_unnumbered(self) -> bool:
        return len(self._loose) == 1 and not self._loose[0].labels

    def _announced_items(self) -> list[Piece]:
        """The pieces without a label that stand where a list begins: behind the colon, or in an empty article."""
        if any(piece.labels for piece in self._loose):
            return []  # a printed number that found no place is not a missing one
        announcing = [index for index, piece in enumerate(self._loose) if piece.announces]
        if announcing:
            return self._loose[announcing[-1] + 1 :]
        return self._loose if self._announced or not self._stack else []

    def _supply_first(self, reading: Reading, label: Label, listed: list[Piece]) -> list[tuple[int, Reading]]:
        if len(listed) != 1:
            return []
        announced = self._announced and len(self._loose) == 1 and bool(self._stack)
        level = len(self._stack) if announced else self._current + 1
        first = Reading(reading.style, 1)
        return [(level, reading)] if self._supply(level, first, label, piece=listed[0]) else []

    def _supply(self, level: int, reading: Reading, label: Label, piece: Piece | None = None) -> bool:
        piece = piece or self._loose[0]
        token = token_of(reading)
        if token is None:
            return False
        printed = label.printed.replace(label.token, token)
        self.repairs.append(
            Repair(
                Span(piece.start, piece.start),
                "",
                printed,
                f"the number {printed} is not printed; {label.printed} follows the one text that stands in its place",
            )
        )
        return self._open(level, reading, token, piece, 0)

    def _repair(self, piece: Piece, label: Label, after: str, reason: str) -> None:
        span = piece.block.source_span(label.start, label.end)
        self.repairs.append(Repair(span, label.printed, after, reason))


def token_of(reading: Reading) -> str | None:
    """The token that prints *reading* (without punctuation): figure 2 → "2", letter 3 → "c", roman 4 → "iv"."""
    if reading.suffix or reading.value < 1:
        return f"{reading.value}{SUFFIXES[reading.suffix]}" if "figure" in reading.style else None
    capital = "capital" in reading.style
    if "figure" in reading.style:
        return str(reading.value)
    if "roman" in reading.style:
        token, rest = "", reading.value
        for figure, digits in _TENS:
            token, rest = token + digits * (rest // figure), rest % figure
    elif reading.value <= 26:
        token = chr(ord("a") + reading.value - 1) * (2 if "double" in reading.style else 1)
    else:
        return None
    return token.upper() if capital else token
