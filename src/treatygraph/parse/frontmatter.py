"""The head of a document → what it prints: symbol, distribution, dates of issue, organs, session, place, title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import DateRange, FrontMatter
from treatygraph.parse.dates import find_dates
from treatygraph.parse.head_names import counts, organ_of, take_happening
from treatygraph.parse.head_pieces import Found, Piece, pieces_of
from treatygraph.parse.head_places import (
    dates_of,
    take_dates,
    take_held,
    take_place_beside,
    take_title_dates,
    take_town,
)
from treatygraph.parse.layout import Opening, Section, is_prose
from treatygraph.parse.lexicon import word_pattern
from treatygraph.parse.masthead import reissue, take_masthead, take_symbol
from treatygraph.parse.ordinals import find_ordinals
from treatygraph.parse.resolution_lines import tells_occasion
from treatygraph.parse.run_in import run_in_pieces

_LONGEST_LINE: Final = 240
_MOST_HEAD_LINES: Final = 25
# Words between an ordinal and what it counts ("6587th plenary meeting").
_MOST_BETWEEN: Final = 30
_ACT_HEADING: Final = re.compile(r"\d{1,3}/\d{1,3}(?:\.?\s+|\.(?=[\u4e00-\u9fff《]))(?P<title>\S.{3,400})")


def read_front(
    blocks: tuple[Block, ...],
    head: Iterable[int],
    openings: dict[int, Opening],
    language: str,
    *,
    run_in: tuple[int, int] | None = None,
    body: int | None = None,
) -> FrontMatter:
    """The front matter in the blocks of the *head*; notes of reissue are looked for in the whole document.

    *run_in* is a block whose text up to the offset given belongs to the head too. From *body* on (an offset in the
    source) only dates are taken.
    """
    found = Found()
    organs: list[tuple[str, Span]] = []
    before: Piece | None = None
    for index in head:
        opening = openings.get(index)
        if opening and opening.section in (Section.AGENDA, Section.ANNOTATIONS):
            block = blocks[index]
            found.title = found.title or (
                block.text.rstrip(" :：*,"),
                block.source_span(0, len(block.text)),
            )
            take_title_dates(Piece(block, 0, len(block.text)), found, language)
            continue
        if body is not None and blocks[index].span.start >= body:
            _take_closing_dates(blocks[index], found, language)
            continue
        for piece in pieces_of(blocks[index]):
            undated = found.dates is None
            organ = _take(piece, found, language)
            if before and undated != (found.dates is None):
                take_place_beside(before, found, language)
            elif before and found.dates and before.block.span.contains(found.dates.span):
                take_place_beside(piece, found, language)
            before = piece
            if organ and organ[0] not in {name for name, _ in organs}:
                organs.append(organ)
    _take_happening_of_title(blocks, found, language)
    if run_in:
        organs += _take_run_in(blocks[run_in[0]], run_in[1], found, language)
    note, reissued = reissue(blocks, language)
    return FrontMatter(
        symbol=found.symbol[0] if found.symbol else None,
        symbol_span=found.symbol[1] if found.symbol else None,
        distribution=found.distribution,
        issued=found.issued,
        reissued=reissued,
        reissue_note=note,
        original_language=found.original,
        organs=tuple(organs),
        happening=found.happening,
        place=found.place,
        dates=found.dates,
        title=found.title,
    )


def _take_closing_dates(block: Block, found: Found, language: str) -> None:
    """The days in a line behind the head: those of adoption below an act, or those that a report tells of."""
    for piece in pieces_of(block):
        take_held(piece, found, language)
        mentions = dates_of(piece.text, language)
        if mentions and len(piece.text) <= _LONGEST_LINE:
            take_dates(piece, mentions, found, language)


def _take_happening_of_title(blocks: tuple[Block, ...], found: Found, language: str) -> None:
    """The session that only the title names ("Provisional agenda for the sixth session of the Board").

    The title of an act names what the act is about, which may be a conference with a number.
    """
    if found.title is None or found.happening or not counts(found.title[0], language):
        return
    title, span = found.title
    start = find_ordinals(title, language)[0].start
    block = next(block for block in blocks if block.text and block.span.contains(span))
    if _ACT_HEADING.fullmatch(block.text):
        return
    place = block.text.index(title)
    found.happening = (title[start:], block.source_span(place + start, place + len(title)))


def _take_run_in(block: Block, end: int, found: Found, language: str) -> list[tuple[str, Span]]:
    """Takes what a paragraph prints before the list that runs on in it; returns the organs that it names."""
    organs: list[tuple[str, Span]] = []
    for start, stop in run_in_pieces(block.text, end, language):
        piece = Piece(block, start, stop)
        if word_pattern(language, "agenda", "agenda_title").match(piece.text):
            found.title = found.title or (piece.text, piece.span(0, stop - start))
            take_title_dates(piece, found, language)
            _take_happening_of_title((block,), found, language)
            continue
        organ = _take(piece, found, language)
        organs += [organ] if organ and organ[0] not in {name for name, _ in organs} else []
    return organs


def _take(piece: Piece, found: Found, language: str) -> tuple[str, Span] | None:
    """Takes from a piece what it prints; returns the organ that it names, if any."""
    text = piece.text
    if take_symbol(piece, found, language) or take_masthead(piece, found, language):
        return None
    take_held(piece, found, language)
    if len(text) > _LONGEST_LINE:
        return None
    heading = _ACT_HEADING.fullmatch(text)
    if heading:
        found.title = found.title or (heading.group("title"), piece.span(*heading.span("title")))
        return None
    mentions = dates_of(text, language)
    if mentions and take_dates(piece, mentions, found, language):
        return None
    if take_town(piece, found, language):
        return None
    if is_prose(text, language) or word_pattern(language, "frontmatter", "masthead").match(text):
        return None
    take_happening(piece, found, language)
    return organ_of(piece, language)


def with_occasion(front: FrontMatter, blocks: tuple[Block, ...], language: str) -> FrontMatter:
    """The front matter of a statement with the meeting and day that its first line tells, where the head has none.

    "At the 12th meeting of the Board, held on 3 May 2027, the President made the following statement:"
    """
    line = next((block for block in blocks[:_MOST_HEAD_LINES] if tells_occasion(block.text, language)), None)
    if line and front.happening and not line.span.contains(front.happening[1]):
        return front  # the session of the masthead, not the sitting
    for ordinal in find_ordinals(line.text, language) if line else ():
        assert line is not None
        counted = word_pattern(language, "frontmatter", "happening").search(
            line.text, ordinal.end, ordinal.end + _MOST_BETWEEN
        )
        dates = [date for date in find_dates(line.text, language) if date.first.day]
        if counted and dates:
            start, end, day = ordinal.start, counted.end(), dates[0]
            happening = (line.text[start:end], line.source_span(start, end))
            dated = DateRange(day.first, day.last, line.source_span(day.start, day.end))
            return replace(front, happening=happening, dates=dated)
    return front


def read_head(blocks: tuple[Block, ...], language: str, *, body: int | None = None) -> FrontMatter:
    """The front matter of a document that is no agenda: in its first lines, up to the first paragraph of text.

    *body* is the offset at which the text of an act or a report begins: lines behind it give dates alone.
    """
    head: list[int] = []
    for index, block in enumerate(blocks[:_MOST_HEAD_LINES]):
        if block.kind is BlockKind.PARAGRAPH and len(block.text) > _LONGEST_LINE:
            break
        head.append(index)
    return read_front(blocks, head, {}, language, body=body)
