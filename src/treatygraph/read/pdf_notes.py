"""Lines of a page → its text and its footnotes: smaller print at the foot of a column that begins with a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from treatygraph.read.pdf_page import PrintLine

# Notes are set at most this large beside the text, and their marks beside the notes.
_NOTE_SIZE: Final = 0.93
_MARK_SIZE: Final = 0.8
_MARK: Final = re.compile(r"\d{1,3}|\*{1,3}|[†‡]{1,3}|[⁰¹²³⁴-⁹]{1,3}")
_STAR_MARK: Final = re.compile(r"(\*{1,3}|[†‡]{1,3})\s")
_PLAIN_MARK: Final = re.compile(r"(\d{1,3})\s")
RULE: Final = re.compile(r"[_–—-]{5,}")
"""A rule that is printed in characters, as between text and notes."""


@dataclass(slots=True)
class Note:
    """A footnote: its mark as printed and its lines, the first of which begins with the mark."""

    marker: str
    lines: list[PrintLine] = field(default_factory=list)


def notes_apart(lines: Sequence[PrintLine], body: float) -> tuple[list[PrintLine], list[Note]]:
    """The lines of text and the notes of a page; *body* is the size of most print in the document."""
    text: list[PrintLine] = []
    notes: list[Note] = []
    called = {each.text.strip() for line in lines for cell in line.cells for each in cell[1:] if each.raised}
    for column in sorted({line.column for line in lines}):
        found = _notes([line for line in lines if line.column == column], body, called)
        notes += found
    of_notes = {id(line) for note in notes for line in note.lines}
    text = [line for line in lines if id(line) not in of_notes and not RULE.fullmatch(line.text.strip())]
    return text, notes


def _notes(lines: Sequence[PrintLine], body: float, called: Set[str]) -> list[Note]:
    """The notes at the foot of a column; *called* are the marks that stand raised behind words of the page."""
    first = len(lines)
    while first > 0 and _may_be_note(lines[first - 1], body):
        first -= 1
    notes: list[Note] = []
    ruled = any(RULE.fullmatch(line.text.strip()) for line in lines[max(0, first - 1) :])
    for line in lines[first:]:
        plain = _PLAIN_MARK.match(line.text)
        marker = note_mark(line, ruled or (plain is not None and plain.group(1) in called))
        if marker:
            notes.append(Note(marker))
        if notes and not RULE.fullmatch(line.text.strip()):
            notes[-1].lines.append(line)
    return notes


def _may_be_note(line: PrintLine, body: float) -> bool:
    """Whether a line is as small as notes are, and no row of a table."""
    if RULE.fullmatch(line.text.strip()):
        return True
    return line.size <= _NOTE_SIZE * body and (len(line.cells) == 1 or bool(note_mark(line, True)))


def note_mark(line: PrintLine, ruled: bool) -> str | None:
    """The mark that a line begins with: raised, in smaller print, stars, or (below a rule) plain figures."""
    first = line.cells[0][0]
    text = line.text.replace("\t", " ")
    mark = first.text.strip()
    rest = [stretch for cell in line.cells for stretch in cell][1:2]
    small = bool(rest) and first.size < _MARK_SIZE * rest[0].size
    if _MARK.fullmatch(mark) and (first.raised or small):
        return mark
    star = _STAR_MARK.match(text)
    if star and len(line.cells) <= 2:
        return star.group(1)
    plain = _PLAIN_MARK.match(text) if ruled and len(line.cells) <= 2 else None
    return plain.group(1) if plain else None
