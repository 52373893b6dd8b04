"""The head of a document → what it prints: symbol, distribution, dates of issue, organs, session, place, title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import DateRange, DocumentKind, FrontMatter
from treatygraph.parse.dates import DateMention, find_dates
from treatygraph.parse.kind_lines import kind_of_line
from treatygraph.parse.layout import Opening, Section, is_prose, symbols_in
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.ordinals import find_ordinals
from treatygraph.parse.run_in import run_in_pieces

_LONGEST_LINE: Final = 240
_LONGEST_TELLING: Final = 500
_LONGEST_PLACE: Final = 70
# "Resumed fifth session" names a session; in "Adopted by the Council at its third meeting" the meeting is told of.
_WORDS_BEFORE_ORDINAL: Final = 2
# A name may go on in small letters ("Expert Group on fog signals"), but not for long.
_SMALL_WORDS_AFTER: Final = 3
_MOST_HEAD_LINES: Final = 25
_ACT_HEADING: Final = re.compile(r"\d{1,3}/\d{1,3}\.?\s+(?P<title>\S.{3,400})")
# What may follow the document's symbol on its line: a note mark, "(annotated)", "(Part I)".
_REMARK: Final = re.compile(r"[\s*]{0,4}(?:\([A-Za-z][A-Za-z .-]{2,38}\))?[\s*]{0,4}")
# What may stand after a symbol and is part of it: the section of a budget ("A/80/6 (Sect. 36)").
_SECTION_OF: Final = re.compile(r"\s?\([A-Z][a-z]{2,7}\.?\s?[A-Za-z]{0,8}\.?\s?\d{1,3}[A-Z]?\)")
_PLACE_PART: Final = re.compile(r"[^\W\d_][\w\s.’'()–-]{1,50}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of the head, or one cell of it: ``block.text[start:end]``."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        """The span of the source behind ``self.text[start:end]``."""
        return self.block.source_span(self.start + start, self.start + end)


@dataclass(slots=True)
class _Found:
    symbol: tuple[str, Span] | None = None
    distribution: str | None = None
    original: str | None = None
    issued: DateRange | None = None
    dates: DateRange | None = None
    place: tuple[str, Span] | None = None
    happening: tuple[str, Span] | None = None
    title: tuple[str, Span] | None = None


def read_front(
    blocks: tuple[Block, ...],
    head: Iterable[int],
    openings: dict[int, Opening],
    language: str,
    *,
    run_in: tuple[int, int] | None = None,
) -> FrontMatter:
    """The front matter in the blocks of the *head*; notes of reissue are looked for in the whole document.

    *run_in* is a block whose text up to the offset given belongs to the head too.
    """
    found = _Found()
    organs: list[tuple[str, Span]] = []
    for index in head:
        opening = openings.get(index)
        if opening and opening.section in (Section.AGENDA, Section.ANNOTATIONS):
            block = blocks[index]
            found.title = found.title or (block.text.rstrip(" :*,"), block.source_span(0, len(block.text)))
            _take_title_dates(_Piece(block, 0, len(block.text)), found, language)
            continue
        for piece in _pieces(blocks[index]):
            organ = _take(piece, found, language)
            if organ and organ[0] not in {name for name, _ in organs}:
                organs.append(organ)
    _take_happening_of_title(blocks, found, language)
    if run_in:
        organs += _take_run_in(blocks[run_in[0]], run_in[1], found, language)
    note, reissued = _reissue(blocks, language)
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


def _pieces(block: Block) -> Iterator[_Piece]:
    if block.kind in (BlockKind.FOOTNOTE, BlockKind.RULE, BlockKind.PAGE):
        return
    cells = block.cells if block.kind is BlockKind.TABLE_ROW else (Span(0, len(block.text)),)
    for cell in cells:
        if cell.start < cell.end:
            yield _Piece(block, cell.start, cell.end)


def _take_happening_of_title(blocks: tuple[Block, ...], found: _Found, language: str) -> None:
    """The session that only the title names ("Provisional agenda for the sixth session of the Board")."""
    if found.title is None or found.happening or not _counts(found.title[0], language):
        return
    title, span = found.title
    start = find_ordinals(title, language)[0].start
    block = next(block for block in blocks if block.text and block.span.contains(span))
    place = block.text.index(title)
    found.happening = (title[start:], block.source_span(place + start, place + len(title)))


def _take_run_in(block: Block, end: int, found: _Found, language: str) -> list[tuple[str, Span]]:
    """Takes what a paragraph prints before the list that runs on in it; returns the organs that it names."""
    organs: list[tuple[str, Span]] = []
    for start, stop in run_in_pieces(block.text, end, language):
        piece = _Piece(block, start, stop)
        if word_pattern(language, "agenda", "agenda_title").match(piece.text):
            found.title = found.title or (piece.text, piece.span(0, stop - start))
            _take_title_dates(piece, found, language)
            _take_happening_of_title((block,), found, language)
            continue
        organ = _take(piece, found, language)
        organs += [organ] if organ and organ[0] not in {name for name, _ in organs} else []
    return organs


def _take_title_dates(piece: _Piece, found: _Found, language: str) -> None:
    """Place and days in the line of the title ("Agenda of the third meeting, Starfell, 1-2 December 2023")."""
    mentions = [mention for mention in find_dates(piece.text, language) if not mention.bare_year]
    if mentions:
        _take_dates(piece, mentions, found, language)


def _take(piece: _Piece, found: _Found, language: str) -> tuple[str, Span] | None:
    """Takes from a piece what it prints; returns the organ that it names, if any."""
    text = piece.text
    symbols = symbols_in(text)
    section = _SECTION_OF.match(text, symbols[0][1]) if symbols else None
    end = section.end() if section else symbols[0][1] if symbols else 0
    if symbols and symbols[0][0] == 0 and _REMARK.fullmatch(text, end):
        found.symbol = found.symbol or (text[:end], piece.span(0, end))
        return None
    if _take_masthead(piece, found, language):
        return None
    _take_held(piece, found, language)
    if len(text) > _LONGEST_LINE:
        return None
    heading = _ACT_HEADING.fullmatch(text)
    if heading:
        found.title = found.title or (heading.group("title"), piece.span(*heading.span("title")))
        return None
    mentions = [mention for mention in find_dates(text, language) if not mention.bare_year]
    if mentions and _take_dates(piece, mentions, found, language):
        return None
    if is_prose(text, language) or word_pattern(language, "frontmatter", "masthead").match(text):
        return None
    _take_happening(piece, found, language)
    return _organ(piece, found, language)


@cache
def _labelled(language: str, table: str) -> re.Pattern[str]:
    name = one_of(words(language, "frontmatter", table))
    return re.compile(
        rf"(?<!\w){name}\s?:\s?(?P<value>[^\W\d_]+(?:\s?(?:/|and|,)\s?[^\W\d_]+){{0,6}})", re.IGNORECASE
    )


def _take_masthead(piece: _Piece, found: _Found, language: str) -> bool:
    """Distribution, original language, and a date of issue printed in the same line."""
    distribution = _labelled(language, "distribution").search(piece.text)
    original = _labelled(language, "original").search(piece.text)
    if distribution:
        found.distribution = found.distribution or distribution.group("value")
    if original:
        found.original = found.original or original.group("value").strip()
    if distribution or original:
        for mention in find_dates(piece.text, language)[:1]:
            found.issued = found.issued or _range(piece, mention)
        for start, end in symbols_in(piece.text)[:1]:
            found.symbol = found.symbol or (piece.text[start:end], piece.span(start, end))
    return bool(distribution or original)


@cache
def _held(language: str) -> re.Pattern[str]:
    held = one_of(words(language, "frontmatter", "held_in"))
    return re.compile(
        rf"(?<!\w){held}\s(?:the\s)?(?P<place>[^\W\d_][^\d;:.]{{1,{_LONGEST_PLACE}}}?),?\s"
        rf"(?:{one_of(words(language, 'frontmatter', 'held_on'))})\s{{0,2}}$"
    )


@cache
def _told_held(language: str) -> re.Pattern[str]:
    held = one_of(words(language, "frontmatter", "held_in"))
    return re.compile(
        rf"(?<!\w){held}\s.{{1,160}}\s{one_of(words(language, 'frontmatter', 'held_on'))}\s{{0,2}}$",
        re.DOTALL,
    )


def _take_held(piece: _Piece, found: _Found, language: str) -> None:
    """Place and days told in a line of the head: "… on its eighth session, held in Accra from 16 to 20 December"."""
    if found.dates is not None or len(piece.text) > _LONGEST_TELLING:
        return
    for mention in find_dates(piece.text, language):
        before = piece.text[: mention.start]
        match = _held(language).search(before) if mention.first.day else None
        if match is None and not (mention.first != mention.last and _told_held(language).search(before)):
            continue
        found.dates = _range(piece, mention)
        if match and found.place is None and _is_place(match["place"], match["place"].split(", "), language):
            found.place = (match["place"], piece.span(*match.span("place")))
        return


def _range(piece: _Piece, mention: DateMention) -> DateRange:
    return DateRange(mention.first, mention.last, piece.span(mention.start, mention.end))


def _take_dates(piece: _Piece, mentions: list[DateMention], found: _Found, language: str) -> bool:
    """A date alone is that of issue, a range alone that of the meeting; before the meeting's dates stands its place."""
    first, text = mentions[0], piece.text
    before = text[: first.start].strip(" ,(;:–—-")
    if before.casefold() in words(language, "frontmatter", "held_on"):
        before = ""
    after = text[mentions[-1].end :].strip(" .,)*")
    if after and not (before and len(after) < 30 and after.startswith("(")):
        return False
    if not before:
        whole = DateRange(first.first, mentions[-1].last, piece.span(first.start, mentions[-1].end))
        if first.first == mentions[-1].last and found.issued is None:
            found.issued = whole
        else:
            found.dates = found.dates or whole
        return True
    return _take_place(piece, before, mentions, found, language)


def _take_place(
    piece: _Piece, before: str, mentions: list[DateMention], found: _Found, language: str
) -> bool:
    parts = [part.strip() for part in before.split(",")]
    while len(parts) > 1 and not _counts(parts[0], language) and any(_counts(p, language) for p in parts[1:]):
        parts.pop(0)
    while parts and _opens_with_session(parts[0], language):
        _set_happening(piece, parts.pop(0), found)
    place = ", ".join(parts)
    if place and not _is_place(place, parts, language):
        return False
    found.dates = found.dates or DateRange(
        mentions[0].first, mentions[-1].last, piece.span(mentions[0].start, mentions[-1].end)
    )
    if place and found.place is None:
        start = piece.text.index(parts[0])
        end = piece.text.index(parts[-1], start) + len(parts[-1])
        found.place = (piece.text[start:end], piece.span(start, end))
    return True


def _is_place(place: str, parts: list[str], language: str) -> bool:
    return (
        len(place) <= _LONGEST_PLACE
        and not is_prose(place, language)
        and all(part[0].isupper() and _PLACE_PART.fullmatch(part) for part in parts)
        and not word_pattern(language, "frontmatter", "organ").search(place)
    )


def _counts(text: str, language: str) -> bool:
    """Whether a line names a session or meeting by an ordinal ("Seventh meeting", "Resumed fifth session")."""
    return bool(find_ordinals(text, language)) and bool(
        word_pattern(language, "frontmatter", "happening").search(text)
    )


def _opens_with_session(text: str, language: str) -> bool:
    """Whether a line names a session at its beginning, and does not just tell of it."""
    if not _counts(text, language):
        return False
    return len(text[: find_ordinals(text, language)[0].start].split()) <= _WORDS_BEFORE_ORDINAL


def _set_happening(piece: _Piece, text: str, found: _Found) -> None:
    start = piece.text.index(text)
    found.happening = found.happening or (text, piece.span(start, start + len(text)))


def _take_happening(piece: _Piece, found: _Found, language: str) -> None:
    text = piece.text.strip(" *")
    if found.happening or not _counts(text, language):
        return
    if _opens_with_session(text, language) or kind_of_line(text, language) is DocumentKind.REPORT:
        _set_happening(piece, text, found)


def _organ(piece: _Piece, found: _Found, language: str) -> tuple[str, Span] | None:
    """The organ that a line names: the whole line, or what follows "of the" after a session's ordinal."""
    text = piece.text
    start = len(text) - len(_without_article(text, language))
    if kind_of_line(text, language):
        return None
    if _counts(text, language):
        of = _OF.search(text)
        if of is None:
            return None
        start = of.end()
    name = text[start:].rstrip(' *.,:“”"')
    if not _names_organ(name, language):
        return None
    return name, piece.span(start, start + len(name))


_OF: Final = re.compile(r"\sof\s(?:the\s)?(?=[A-Z])")


def _without_article(text: str, language: str) -> str:
    article = re.match(
        rf"{one_of(words(language, 'frontmatter', 'article'))}\s{{1,3}}(?=[A-Z])", text, re.IGNORECASE
    )
    return text[article.end() :] if article else text


def _names_organ(name: str, language: str) -> bool:
    """Whether a line is a proper name built on the noun of an organ: capitals up to that noun, no figure."""
    organ = word_pattern(language, "frontmatter", "organ").search(name)
    if organ is None or any(character.isdigit() for character in name):
        return False
    small = frozenset(words(language, "frontmatter", "small_word"))
    before = re.findall(r"[^\W\d_]+", name[: organ.end()])
    after = [word for word in re.findall(r"[^\W\d_]+", name[organ.end() :]) if word[0].islower()]
    return (
        name[organ.start()].isupper()
        and all(word in small or word[0].isupper() for word in before)
        and len([word for word in after if word not in small]) <= _SMALL_WORDS_AFTER
    )


@cache
def _reissued(language: str) -> re.Pattern[str]:
    word = one_of(words(language, "frontmatter", "reissued"))
    on = one_of(words(language, "frontmatter", "on"))
    return re.compile(
        rf"\W{{0,4}}(?P<note>{word}[^.(\d]{{0,80}}?)(?:\s{on})?\s?[(\[]?\s?(?=\d|[.(]|$)", re.IGNORECASE
    )


def _reissue(blocks: tuple[Block, ...], language: str) -> tuple[str | None, DateRange | None]:
    for block in blocks:
        if block.kind in (BlockKind.TABLE_ROW, BlockKind.RULE, BlockKind.PAGE):
            continue
        match = _reissued(language).match(block.text)
        if match is None:
            continue
        dates = [
            mention for mention in find_dates(block.text, language) if mention.start >= match.end("note")
        ]
        piece = _Piece(block, 0, len(block.text))
        return match.group("note").strip(), _range(piece, dates[0]) if dates else None
    return None, None


def read_head(blocks: tuple[Block, ...], language: str) -> FrontMatter:
    """The front matter of a document that is no agenda: in its first lines, up to the first paragraph of text."""
    head: list[int] = []
    for index, block in enumerate(blocks[:_MOST_HEAD_LINES]):
        if block.kind is BlockKind.PARAGRAPH and len(block.text) > _LONGEST_LINE:
            break
        head.append(index)
    return read_front(blocks, head, {}, language)
