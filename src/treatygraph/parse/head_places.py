"""A line of a head → where and when the body meets, and when the document was issued."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from treatygraph.model.tree import DateRange
from treatygraph.parse.dates import DateMention, find_dates
from treatygraph.parse.head_names import counts, names_session, set_happening
from treatygraph.parse.head_pieces import Found, Piece, head_dates
from treatygraph.parse.layout import is_prose
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.times import find_times
from treatygraph.parse.writing import COMMAS, writing

_LONGEST_TELLING: Final = 500
_LONGEST_PLACE: Final = 70
_TOWN_AND_COUNTRY: Final = 2
_PLACE_PART: Final = re.compile(r"[^\W\d_][\w\u064b-\u0652\s.’'()（）–-]{1,50}")
_FIGURE: Final = re.compile(r"\d")
_PARTED: Final = re.compile(rf"[{COMMAS}]|\s[–—-]\s")
_ASIDE: Final = re.compile(r"\s?\([^()]{1,20}\)?$")
_EDGES: Final = f" ;:–—-(（{COMMAS}"


def dates_of(text: str, language: str) -> list[DateMention]:
    """The dates in a line of a head that have more than a year."""
    return [mention for mention in head_dates(text, language) if not mention.bare_year]


@cache
def _held(language: str) -> re.Pattern[str]:
    held = one_of(words(language, "frontmatter", "held_in"))
    how = writing(language)
    article = one_of(words(language, "frontmatter", "article"))
    on = one_of(words(language, "frontmatter", "held_on"))
    return re.compile(
        rf"{how.left}{held}{how.gap}(?:{article}\s)?(?P<place>[^\W\d_][^\d;:.]{{1,{_LONGEST_PLACE}}}?),?"
        rf"(?:\s{on})?\s{{0,2}}$"
    )


@cache
def _told_held(language: str) -> re.Pattern[str]:
    held = one_of(words(language, "frontmatter", "held_in"))
    on = one_of(words(language, "frontmatter", "held_on"))
    return re.compile(rf"{writing(language).left}{held}\s.{{1,160}}\s{on}\s{{0,2}}$", re.DOTALL)


@cache
def _held_after(language: str) -> re.Pattern[str]:
    """Where the place stands behind the days ("5月3日至7日在日内瓦举行")."""
    return re.compile(
        rf"{one_of(words(language, 'frontmatter', 'then_in'))}(?P<place>[^\W\d_]{{2,12}}?)"
        rf"{one_of(words(language, 'frontmatter', 'then_held'))}"
    )


def take_held(piece: Piece, found: Found, language: str) -> None:
    """Place and days told in a line of the head: "… on its eighth session, held in Accra from 16 to 20 December"."""
    if found.dates is not None or len(piece.text) > _LONGEST_TELLING:
        return
    for mention in find_dates(piece.text, language):
        match = _place_by(piece.text, mention, language) if mention.first.day else None
        told = mention.first != mention.last and _told_held(language).search(piece.text[: mention.start])
        if match is None and not told:
            continue
        found.dates = piece.dates(mention)
        if match and found.place is None and _is_place(match["place"], match["place"].split(", "), language):
            found.place = (match["place"], piece.span(*match.span("place")))
        return


def _place_by(text: str, mention: DateMention, language: str) -> re.Match[str] | None:
    return _held(language).search(text[: mention.start]) or _held_after(language).match(text, mention.end)


@cache
def _opens_dates(language: str) -> re.Pattern[str]:
    """The word at the end of a line's words that opens its dates ("Accra, from 3 to 5 May")."""
    on = one_of(words(language, "frontmatter", "held_on"))
    return re.compile(rf"(?:^|(?<=[\s{COMMAS}])){on}$", re.IGNORECASE)


def take_dates(piece: Piece, mentions: list[DateMention], found: Found, language: str) -> bool:
    """A date alone is that of issue, a range alone that of the meeting; beside the meeting's dates stands its place."""
    first, text = mentions[0], piece.text
    before = _town(text[: first.start].strip(_EDGES), language)
    opens = _opens_dates(language).search(before)
    before = before[: opens.start()].rstrip(_EDGES) if opens else before
    if before.casefold() in (word.casefold() for word in words(language, "dates", "weekday")):
        before = ""
    after = text[mentions[-1].end :].strip(f" .)*）{COMMAS}")
    hours = find_times(after, language)
    if hours and not after[: hours[0].start].strip(_EDGES):
        after = _ASIDE.sub("", after[hours[-1].end :]).strip(_EDGES)  # "12 April 2031, 13:00–16:00 (CET)"
    if after and not before and not writing(language).spaced and not after.isascii():
        return _take_place(piece, after, mentions, found, language)
    if after and not before and _parts_place(text[mentions[-1].end :]) and first.first != mentions[-1].last:
        return _take_place(piece, after, mentions, found, language)
    if after and not (before and len(after) < 30 and after.startswith("(")):
        return False
    if not before:
        whole = DateRange(first.first, mentions[-1].last, piece.span(first.start, mentions[-1].end))
        beside = found.place is not None and piece.block.span.contains(
            found.place[1]
        )  # "г. Маяк        3 мая 2027 года"
        if first.first == mentions[-1].last and found.issued is None and not hours and not beside:
            found.issued = whole
        else:
            found.dates = found.dates or whole
        return True
    return _take_place(piece, before, mentions, found, language)


def _parts_place(behind: str) -> bool:
    """Whether a comma parts the days from the place behind them ("21–25 September 2031, Accra")."""
    return behind.lstrip(" .").startswith(tuple(COMMAS))


def take_town(piece: Piece, found: Found, language: str) -> bool:
    """A piece that is the name of a town and says so: where the body meets."""
    name = _town(piece.text.strip(_EDGES), language)
    start = piece.text.find(name)
    if name == piece.text.strip(_EDGES) or not _is_place(name, [name], language):
        return False
    found.place = found.place or (name, piece.span(start, start + len(name)))
    return True


def _town(text: str, language: str) -> str:
    """The name of a town without the word before it ("г. Маяк")."""
    word = next(
        (each for each in words(language, "frontmatter", "town") if text.startswith(f"{each} ")), None
    )
    return text if word is None else text.removeprefix(word).strip()


def _take_place(
    piece: Piece, words_beside: str, mentions: list[DateMention], found: Found, language: str
) -> bool:
    parts = [part.strip() for part in _PARTED.split(words_beside)]
    organ = word_pattern(language, "frontmatter", "organ")
    while len(parts) > 1 and organ.search(parts[0]) and not names_session(parts[0], language):
        parts.pop(0)  # "Assembly of Lights — Monaco, 2–3 May 2031"
    while len(parts) > 1 and parts[0][:1].islower():
        parts.pop(0)  # "of the autumn session, Monaco, 2–3 May 2031", below the word "Agenda"
    while len(parts) > 1 and not counts(parts[0], language) and any(counts(p, language) for p in parts[1:]):
        parts.pop(0)
    while parts and names_session(parts[0], language):
        set_happening(piece, parts.pop(0), found)
    place = ", ".join(parts)
    if place and not _is_place(place, parts, language):
        return False
    dated = DateRange(mentions[0].first, mentions[-1].last, piece.span(mentions[0].start, mentions[-1].end))
    # "Strasbourg, 3 March 2031" above "Accra, 1-4 December 2031" is where and when the document was written.
    written = found.dates is not None and found.dates.start == found.dates.end and dated.start != dated.end
    if written:
        found.issued, found.dates, found.place = found.issued or found.dates, None, None
    found.dates = found.dates or dated
    if place and found.place is None:
        start = piece.text.index(parts[0])
        end = piece.text.index(parts[-1], start) + len(parts[-1])
        found.place = (piece.text[start:end], piece.span(start, end))
    return True


def _is_place(place: str, parts: list[str], language: str) -> bool:
    return (
        len(place) <= _LONGEST_PLACE
        and not _FIGURE.search(place)  # "Session commences at 9.30 a.m."
        and not is_prose(place, language)
        and all(writing(language).large(part) and _PLACE_PART.fullmatch(part) for part in parts)
        and not word_pattern(language, "frontmatter", "organ").search(place)
    )


def take_place_beside(piece: Piece, found: Found, language: str) -> None:
    """The place on a line of its own above or below the days of the meeting: a town and its country."""
    if found.place or found.dates is None or found.dates.start == found.dates.end:
        return
    text = piece.text.strip(_EDGES)
    parts = [part.strip() for part in _PARTED.split(text)]
    joined = set(text.split()) & set(
        words(language, "agenda", "list_and")
    )  # "Lights, Horns and Boats" is a title
    if len(parts) != _TOWN_AND_COUNTRY or joined or counts(text, language):
        return
    if _is_place(text, parts, language):
        start = piece.text.index(text)
        found.place = (text, piece.span(start, start + len(text)))


def take_title_dates(piece: Piece, found: Found, language: str) -> None:
    """Place and days in the line of the title ("Agenda of the third meeting, Starfell, 1-2 December 2023")."""
    mentions = dates_of(piece.text, language)
    if mentions:
        take_dates(piece, mentions, found, language)
