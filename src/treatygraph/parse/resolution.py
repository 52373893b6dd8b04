"""``SourceText`` → its paragraphs as a resolution, decision or statement prints them, one a block.

The kinds follow from the order in which such a text is written: masthead, title with its number, the line of the
organ that speaks, paragraphs that begin with a participle, paragraphs that begin with a verb, the line of the
meeting, annexes. A page may hold several resolutions, and may begin in the middle of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from treatygraph.model.text import BlockKind, SourceText, Span
from treatygraph.model.tree import DocumentKind, Paragraph, ParagraphKind
from treatygraph.parse.counting import Counting
from treatygraph.parse.furniture import Role, footnote_mark, furniture
from treatygraph.parse.kind_lines import kind_of_line
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.layout import is_prose
from treatygraph.parse.lexicon import languages
from treatygraph.parse.list_heads import heads_of_lists, with_figures_alone
from treatygraph.parse.openings import in_capitals, leads_on, may_recite, opening, says_hereby
from treatygraph.parse.ordinals import find_ordinals
from treatygraph.parse.resolution_lines import (
    HEADING_LENGTH,
    begins_with_number,
    heads_annex,
    is_day,
    is_lone_number,
    is_own_day,
    names_author,
    names_itself,
    names_meeting,
    speaks_in_plural,
    tells_adoption,
    tells_meeting,
    tells_occasion,
)
from treatygraph.parse.treaty_headings import Mark, MarkKind, mark
from treatygraph.parse.treaty_pieces import Piece
from treatygraph.parse.writing import writing

TITLE_REACH: Final = 4
"""The line of who speaks stands at most this many lines below the number of a resolution."""
# A numbered sentence that begins the body is longer than a numbered line of a masthead, and the second is not far.
_SHORTEST_COUNTED: Final = 60
_SHORTEST_SPACELESS: Final = 16
_COUNT_WITHIN: Final = 8
_LONGEST_ROW: Final = 40
"""So many paragraphs of a preamble may close before one pauses."""
_SPEAKER_ENDS: Final = ",:，："
_CLAUSE_ENDS: Final = (";", "；", "؛")
_ENACTED: Final = (DocumentKind.RESOLUTION, DocumentKind.DECISION)
_DOTTED: Final = re.compile(r"[*_\s]{0,4}\d{1,2}(?:\.\d{1,2}){0,2}\.(?P<last>\d{1,2})\.?\s")
_MARKS: Final = 4  # of markup before a word
_DIVISION_LABEL: Final = re.compile(r"[#*_\s]{0,8}(?:[IVXLC]{1,6}|[A-Z])\.?(?:\s{1,4}\S.*)?")
_DIVISION_STYLES: Final = ("capital roman.", "capital letter.")


class _State(Enum):
    FRONT = auto()
    TITLE = auto()
    PREAMBLE = auto()
    OPERATIVE = auto()
    CLOSED = auto()
    ANNEX = auto()


def parse_paragraphs(source: SourceText) -> tuple[Paragraph, ...]:
    """The paragraphs of *source*, one a block, in reading order.

    ``number`` has its parents ("1 (a)") and is None where none is printed; a span ends where the block's last line
    does. A text that is no resolution comes out as front matter; one in a language that is not held as other.
    """
    if source.language not in languages():
        return tuple(_unread(source))
    return tuple(_Reader(source).paragraphs())


def _unread(source: SourceText) -> Iterator[Paragraph]:
    """The blocks of a text whose words are not held: footnotes as the reader found them, and other."""
    for block in source.blocks:
        if block.text.strip():
            note = block.kind is BlockKind.FOOTNOTE
            kind = ParagraphKind.FOOTNOTE if note else ParagraphKind.OTHER
            yield Paragraph(block.marker if note else None, kind, block.span)


class _Reader:
    """Goes through the blocks once; ``state`` is the part of the text that it is in."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.language = source.language
        self.state = _State.FRONT
        self.roles = furniture(source.blocks, source.language)
        kept = [index for index in range(len(source.blocks)) if index not in self.roles]
        self.place = {index: place for place, index in enumerate(kept)}
        pieces = [Piece(source.blocks[index], leading_labels(source.blocks[index].text)) for index in kept]
        self.heads = heads_of_lists(pieces, source.language)
        self.pieces = with_figures_alone(pieces, self.heads, source.language)
        self.under_head = (
            False  # whether a head in small letters stands above, whose words open what is below it
        )
        self.counting = Counting(self.pieces)
        self.marks: dict[int, Mark | None] = {}
        self.plural = False  # whether several speak, whose verbs are in the plural
        self.speaker: int | None = None  # where that line stands below recitals that are numbered
        self.spoken = False  # whether the line of who speaks stands above the preamble at hand
        self.low = False  # whether the paragraphs below that line begin with small letters

    def paragraphs(self) -> Iterator[Paragraph]:
        for index, block in enumerate(self.source.blocks):
            role = self.roles.get(index)
            if role is Role.FOOTNOTE:
                kind, number = ParagraphKind.FOOTNOTE, footnote_mark(block, self.language) or None
            elif role is not None:
                kind, number = ParagraphKind.OTHER, None
            else:
                kind, number = self._read(self.place[index])
            if role is not Role.EMPTY:
                yield Paragraph(
                    number, kind, Span(block.span.start, _line_end(self.source.text, block.span.end))
                )

    # One piece

    def _read(self, at: int) -> tuple[ParagraphKind, str | None]:
        kind = self._border(at)
        if kind is not None:
            return kind, None
        match self.state:
            case _State.FRONT:
                kind = self._front(at)
            case _State.TITLE:
                kind = self._below_title(at)
            case _State.PREAMBLE:
                kind = self._preamble(at)
            case _State.OPERATIVE:
                kind = self._operative(at)
            case _State.ANNEX:
                kind = self._annex(at)
            case _State.CLOSED:
                kind = ParagraphKind.OTHER
        if kind is ParagraphKind.HEADING:
            self.counting.fresh = True
        numbered = kind in (ParagraphKind.OPERATIVE, ParagraphKind.ANNEX)
        counted = kind is ParagraphKind.PREAMBULAR and (self.under_head or self._has_figure(self.pieces[at]))
        return kind, self.counting.number(at) if numbered or counted else None

    def _border(self, at: int) -> ParagraphKind | None:
        """The kind of a line that begins or ends a part, and the change of state; None for any other line."""
        piece = self.pieces[at]
        if self._is_title(piece) or self._is_number_above_title(at) or self._is_title_of_statement(at):
            self._enter(_State.TITLE)
            return ParagraphKind.HEADING
        found = self._mark(at)
        annex = found is not None and found.kind is MarkKind.ANNEX
        if (annex or heads_annex(piece.text, self.language)) and self.state is not _State.FRONT:
            self._enter(_State.ANNEX)
            return ParagraphKind.HEADING
        if self._may_speak() and self._is_author(at):
            self._enter(_State.PREAMBLE)
            self.spoken = True
            self.plural = speaks_in_plural(piece.text, self.language)
            self.low = self._goes_on_low(at)
            return ParagraphKind.OTHER
        if self.state in (_State.FRONT, _State.TITLE) and tells_occasion(piece.text, self.language):
            self._enter(_State.PREAMBLE)
            return ParagraphKind.OTHER
        if self._closes(piece):
            self._enter(_State.CLOSED)
            return ParagraphKind.OTHER
        if piece.text.strip().isdigit() and self.state is not _State.FRONT:
            return ParagraphKind.OTHER  # a page number
        return self._head_of_list(at)

    def _head_of_list(self, at: int) -> ParagraphKind | None:
        """The kind of a line that is the head of a list; the paragraphs below it are of that kind too."""
        kind = self.heads.get(at)
        if kind is None or self.state in (_State.ANNEX, _State.CLOSED):
            return None
        self._enter(_State.PREAMBLE if kind is ParagraphKind.PREAMBULAR else _State.OPERATIVE)
        self.under_head = self.counting.fresh = True
        return kind

    def _goes_on_low(self, at: int) -> bool:
        """Whether the line below who speaks begins a preamble with a small letter: "noting the tide,"."""
        below = next(iter(self.pieces[at + 1 : at + 2]), None)
        low = below is not None and below.begins_low and below.pauses
        return low and below is not None and opening(_large(below.text), self.language) is not None

    def _may_speak(self) -> bool:
        """Whether the line of who speaks may stand here: not in an annex, and once above a preamble."""
        return self.state is not _State.ANNEX and not (self.state is _State.PREAMBLE and self.spoken)

    def _enter(self, state: _State) -> None:
        self.state = state
        self.spoken = self.under_head = False
        self.counting.reset()

    def _mark(self, at: int) -> Mark | None:
        if at not in self.marks:
            self.marks[at] = mark(self.pieces[at], self.language)
        return self.marks[at]

    # Parts

    def _front(self, at: int) -> ParagraphKind:
        """Masthead; but a page may begin in the middle of a preamble or of the operative part."""
        piece = self.pieces[at]
        if self._enacts_alone(at):
            self.state = _State.OPERATIVE
            return ParagraphKind.OTHER
        opened = self._opening(piece)
        closed = piece.text.rstrip().endswith(_CLAUSE_ENDS) and opened is ParagraphKind.PREAMBULAR
        clause = piece.pauses or closed or (piece.ended and in_capitals(piece.text))
        if clause and (opened is ParagraphKind.PREAMBULAR or (at == 0 and piece.begins_low)):
            self.state = _State.PREAMBLE
            return ParagraphKind.PREAMBULAR
        if piece.ended and (opened is ParagraphKind.OPERATIVE or self._begins_count(at)):
            self.state = _State.OPERATIVE
            return ParagraphKind.OPERATIVE
        return ParagraphKind.FRONT_MATTER

    def _begins_count(self, at: int) -> bool:
        """Whether a numbered sentence is the first of several: observations of a committee open with no verb."""
        text = self.pieces[at].text
        if not self._counts(at, 1) or not (is_prose(text, self.language) or text.rstrip().endswith("。")):
            return False
        below = range(at + 1, min(at + 1 + _COUNT_WITHIN, len(self.pieces)))
        return any(self._counts(other, 2) for other in below)

    def _counts(self, at: int, value: int) -> bool:
        piece = self.pieces[at]
        marked = piece.labels and any(
            reading.style == "figure." and reading.value == value for reading in piece.labels[0].readings
        )
        least = _SHORTEST_COUNTED if writing(self.language).spaced else _SHORTEST_SPACELESS
        return bool(marked) and len(piece.text) >= least and piece.ended

    def _below_title(self, at: int) -> ParagraphKind:
        """Between the number of a resolution and its first line: more of the title, or how it was adopted."""
        piece = self.pieces[at]
        if self._opening(piece) is not None and piece.ended:
            self.state = _State.PREAMBLE
            return self._preamble(at)
        if is_own_day(piece.text, self.language):
            return ParagraphKind.OTHER
        if tells_adoption(piece.text, self.language) or is_day(piece.text, self.language):
            return ParagraphKind.FRONT_MATTER
        return ParagraphKind.HEADING

    def _preamble(self, at: int) -> ParagraphKind:
        piece = self.pieces[at]
        if self._leads_on(at) or says_hereby(piece.text, self.language):
            self.state = _State.OPERATIVE
            return ParagraphKind.OTHER
        if self.speaker is None and not self.spoken and not writing(self.language).capitals:
            self.speaker = self._awaits_speaker(at)
        if self.speaker is not None and at <= self.speaker:
            self.spoken = at == self.speaker
            return ParagraphKind.OTHER if self.spoken else ParagraphKind.PREAMBULAR
        numbered = self._has_figure(piece) and not (self.under_head or self._is_counted_recital(piece))
        operative = self._opening(piece) is ParagraphKind.OPERATIVE and not self._preamble_goes_on(at)
        if numbered or operative:
            self.state = _State.OPERATIVE
            return ParagraphKind.OPERATIVE
        found = self._mark(at)
        if found is not None and found.kind is MarkKind.ARTICLE:
            self.state = _State.OPERATIVE  # the preamble of an instrument ends with its first article
        return ParagraphKind.HEADING if self._is_heading(at) else ParagraphKind.PREAMBULAR

    def _has_figure(self, piece: Piece) -> bool:
        return bool(piece.labels) and any("figure" in reading.style for reading in piece.labels[0].readings)

    def _is_counted_recital(self, piece: Piece) -> bool:
        """Whether a numbered paragraph is preambular: some bodies count on from it ("2. NOTING …;", "2. Noting …,")."""
        marked = piece.pauses or in_capitals(piece.text[piece.labels[-1].end :])
        return marked and self._opening(piece) is ParagraphKind.PREAMBULAR

    def _awaits_speaker(self, at: int) -> int | None:
        """Where the line of who speaks stands below recitals that are numbered as what it decides goes on to be.

        "1. 忆及…；", "2. 注意到…；", "缔约方大会", "3. 敦促…；": where a language opens both with the same words.
        """
        for place in range(at, min(at + _LONGEST_ROW, len(self.pieces) - 1)):
            piece = self.pieces[place]
            if not self._has_figure(piece):
                speaks = names_author(f"{piece.bare.rstrip(_SPEAKER_ENDS)}，", self.language)
                goes_on = self._has_figure(self.pieces[place + 1]) and not self._opens(place + 1)
                return place if place > at and not piece.ended and speaks and goes_on else None
            if not may_recite(piece.text[piece.labels[-1].end :].lstrip(), self.language):
                return None
        return None

    def _preamble_goes_on(self, at: int) -> bool:
        """Whether the next paragraph is a preambular one: then the mark at the end of this one is a misprint.

        Of a row of paragraphs that can open a preamble only the last may pause: "忆及…；", "注意到…；", "铭记…，".
        """
        row = self.pieces[at : at + 1 + _LONGEST_ROW]
        for before, following in pairwise(row):
            if says_hereby(following.text, self.language):
                return self._recites(before)
            if following.pauses:
                return self._opening(following) is ParagraphKind.PREAMBULAR
            if not (self._recites(before) and self._recites(following)):
                return False
        return False

    def _leads_on(self, at: int) -> bool:
        """Whether the line ends with the verb of the numbered paragraphs below it: "THE BOARD RECOMMENDS THAT:"."""
        piece = self.pieces[at]
        if piece.labels or self._leading(piece) is None:
            return False
        below = self.pieces[at + 1 : at + 2]
        return bool(below) and (self._has_figure(below[0]) or _DOTTED.match(below[0].text) is not None)

    def _leading(self, piece: Piece) -> tuple[int, int] | None:
        """Where the verb stands with which a line leads on, be it that of one or of several ("ACUERDAN:")."""
        found = leads_on(piece.text, self.language, plural=self.plural)
        return found or leads_on(piece.text, self.language, plural=True)

    def _enacts_alone(self, at: int) -> bool:
        """Whether the line ends with such a verb, with the first of its paragraphs right below, and is nothing else.

        Below a line that says what the text is, its speaker may stand before the verb: "Решение", "Совет … решил:".
        """
        if not self._leads_on(at) or not self._opens(at + 1):
            return False
        begins = self._leading(self.pieces[at])
        above = (kind_of_line(piece.text, self.language) for piece in self.pieces[:at])
        return (begins is not None and begins[0] <= _MARKS) or any(kind in _ENACTED for kind in above)

    def _opens(self, at: int) -> bool:
        piece = self.pieces[at]
        dotted = _DOTTED.match(piece.text)  # "2.1." is the first of what was decided on item 2
        if dotted is not None:
            return dotted["last"] == "1"
        return bool(piece.labels) and any(reading.opens for reading in piece.labels[0].readings)

    def _recites(self, piece: Piece) -> bool:
        return not piece.labels and may_recite(piece.text.lstrip(), self.language)

    def _operative(self, at: int) -> ParagraphKind:
        """A paragraph of the operative part; a section of it may begin with a preamble of its own."""
        piece = self.pieces[at]
        if self._leads_on(at):
            return ParagraphKind.OTHER
        begins = self.counting.fresh and piece.pauses and not piece.labels
        if begins and self._opening(piece) is ParagraphKind.PREAMBULAR:
            self._enter(_State.PREAMBLE)
            return ParagraphKind.PREAMBULAR
        return ParagraphKind.HEADING if self._is_heading(at) else ParagraphKind.OPERATIVE

    def _annex(self, at: int) -> ParagraphKind:
        return ParagraphKind.HEADING if self._is_heading(at) else ParagraphKind.ANNEX

    # Lines

    def _opening(self, piece: Piece, *, plural: bool = False) -> ParagraphKind | None:
        start = piece.labels[-1].end if piece.labels else 0
        text = piece.text[start:].lstrip()
        return opening(_large(text) if self.low else text, self.language, plural=plural or self.plural)

    def _is_title(self, piece: Piece) -> bool:
        if len(piece.text) > 2 * HEADING_LENGTH or piece.block.kind is BlockKind.TABLE_ROW:
            return False
        if names_itself(piece.text, self.language):
            return True
        return begins_with_number(piece.text) and (not piece.ended or piece.text.endswith((";", "；", "؛")))

    def _is_title_of_statement(self, at: int) -> bool:
        """Whether a statement of a President that has no number of its own below prints its title here."""
        piece = self.pieces[at]
        named = kind_of_line(piece.text, self.language) is DocumentKind.STATEMENT
        below = self.pieces[at + 1 : at + 1 + TITLE_REACH]
        numbered = any(self._is_title(other) for other in below)
        return named and not piece.ended and self.state is _State.FRONT and not numbered

    def _is_number_above_title(self, at: int) -> bool:
        """Whether the line is a number alone, with its title and the line of who speaks right below."""
        if not is_lone_number(self.pieces[at].text):
            return False
        below = self.pieces[at + 1 : at + 1 + TITLE_REACH]
        return bool(below) and not below[0].ended and any(self._is_author_line(piece) for piece in below[1:])

    def _is_author_line(self, piece: Piece) -> bool:
        return piece.pauses and names_author(piece.text, self.language)

    def _is_author(self, at: int) -> bool:
        """Whether the line names who speaks: "The General Assembly,", before a paragraph that opens as one does."""
        piece = self.pieces[at]
        plural = speaks_in_plural(piece.text, self.language)
        named = plural or names_author(piece.text, self.language)
        if piece.labels or not named or self._opening(piece) is not None:
            return False
        following = next(iter(self.pieces[at + 1 : at + 2]), None)
        opened = following is not None and self._opening(following, plural=plural) is not None
        below = (
            self.state is _State.PREAMBLE and piece.bare.isupper()
        )  # the speaker stands below the preamble
        return opened or below or (piece.pauses and self.state in (_State.TITLE, _State.CLOSED))

    def _closes(self, piece: Piece) -> bool:
        """Whether the line tells the meeting or the day of adoption, or how it was adopted, in brackets.

        Below an annex only an ordinal tells it from a line of the annex ("12th plenary meeting").
        """
        if piece.labels:
            return False
        if self.state is _State.ANNEX:
            return names_meeting(piece.text, self.language) and bool(find_ordinals(piece.text, self.language))
        return self.state in (_State.PREAMBLE, _State.OPERATIVE) and tells_meeting(piece.text, self.language)

    def _is_heading(self, at: int) -> bool:
        piece = self.pieces[at]
        text = piece.bare
        found = self._mark(at)
        if found is not None and found.kind in (MarkKind.ARTICLE, MarkKind.DIVISION, MarkKind.PREAMBLE):
            return found.body is None
        if piece.ended or len(text) > HEADING_LENGTH or piece.begins_low:
            return False
        if piece.labels:
            division = any(reading.style in _DIVISION_STYLES for reading in piece.labels[0].readings)
            return division or _DIVISION_LABEL.fullmatch(text) is not None
        return self._opening(piece) is None and text[:1].isalnum()


def _large(text: str) -> str:
    """A line with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _line_end(text: str, end: int) -> int:
    """The end of the line that *end* stands in, when only spaces are left of it."""
    stop = end
    while stop < len(text) and text[stop] in " \t":
        stop += 1
    return stop if text[stop : stop + 1] in ("", "\n", "\r") else end
