"""Words → units with what they are part of: "paragraph 7 of article 18 of the Convention", "article 4 thereof"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from treatygraph.cite.grammar.acts import act_mention, act_number
from treatygraph.cite.grammar.units import (
    ANNEXED,
    RANK,
    Item,
    join,
    list_goes_on,
    past_title,
    path_of,
    unit_list,
    units_of,
)
from treatygraph.cite.lexicon import Lexeme
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import BackReference, Link, LinkKind, Unit, UnitMention
from treatygraph.cite.names import BODY, INSTRUMENT

_WORDS_OF_UNKNOWN: Final = 8
_SHORTEST_ACRONYM: Final = 3
_CLOSES_LIST: Final = (";", ".", ":", "")
_NUMERAL: Final = re.compile("[IVXLCDM]+")


def unit_mention(line: Line, index: int) -> tuple[UnitMention, int] | None:
    """The units whose word ("article") stands at a word; None where no number follows."""
    found = line.lex(index, "unit")
    if found is None:
        return None
    unit, position = found
    longer = line.lex(index - 1, "compound") if index else None
    if longer and longer[1] > index:  # a "round table" is no table of a treaty
        return None
    listed = unit_list(line, position, unit)
    if listed is None:
        return _owner_first(line, index, unit, position)
    items, end = listed
    if line.lex(end, "not_a_unit") and unit.sense in ANNEXED:
        return None
    units = units_of(line, items, unit.sense)
    units, end, lowest = _downward(line, units, end, unit)
    while unit.plural and lowest != unit.sense:
        more = list_goes_on(line, end, unit)
        if more is None:
            break
        beside, end, down = _downward(line, units_of(line, more[0], unit.sense), more[1], unit)
        units += beside
        if down == unit.sense:
            break
    units, end, upper = _upward(line, units, end, unit)
    top, last = upper.sense, end
    link, end = (Link(LinkKind.THEREOF), end) if upper.own else _link(line, end, top)
    if link.kind is LinkKind.NONE:
        link = _owner_before(line, index)
    shared = line.lex(index - 1, "common") if index else None
    link = replace(link, common=link.common or bool(shared and shared[0].sense))
    if link.kind not in (LinkKind.NONE, LinkKind.NAME, LinkKind.UNKNOWN):
        last = end
    bracketed = line.words.norm(index - 1) in ("(", "[")
    mention = UnitMention(
        line.start(index), line.end(last), tuple(units), lowest, top, link, bracketed, unit.text.endswith(".")
    )
    return mention, end


def further_articles(line: Line, index: int, end: int) -> tuple[UnitMention, int] | None:
    """Numbers of articles that a list goes on with behind what the first are of, up to what they are of themselves.

    "articles 33 and 62 of the Convention, 24 and 30 of the Statute, and 31 of its Rules": *index* is the word of the
    units, *end* where they were read up to.
    """
    found = line.lex(index, "unit")
    if found is None or not found[0].plural or found[0].sense != "art":
        return None
    for position in range(end, min(end + _WORDS_OF_UNKNOWN, len(line))):
        if line.words.norm(position) in _CLOSES_LIST or (position > end and line.lex(position, "unit")):
            return None
        after = position + 1 if line.words.norm(position) == "," else position
        joined = line.lex(after, "and")
        after = joined[1] if joined else after
        if after == position or after in line.dates:
            continue
        listed = unit_list(line, after, found[0])
        if listed is None or not _is_of_instrument(line, listed[1]):
            continue
        units = tuple(units_of(line, listed[0], "art"))
        link, last = _link(line, listed[1], "art")
        start, stop = line.start(listed[0][0].first), line.end(listed[1])
        return UnitMention(start, stop, units, "art", "art", link), max(last, listed[1])
    return None


def _is_of_instrument(line: Line, index: int) -> bool:
    """Whether "of the Convention", "of its Rules" stands at a word."""
    link = line.of(index)
    if link is None:
        return False
    the = line.lex(link, "the") or line.lex(link, "possessive")
    position = the[1] if the else link
    hit = line.hit_at(position)
    named = hit is not None and hit.domain == INSTRUMENT
    return named or any(line.lex(position, role) for role in ("instrument_noun", "paper"))


def _owner_first(line: Line, index: int, unit: Lexeme, position: int) -> tuple[UnitMention, int] | None:
    """Numbers behind what they are part of: "Articles of the Covenant: 6, 7 and 14 (3)"."""
    link = line.of(position) if unit.plural else None
    if link is None:
        return None
    the = line.lex(link, "the")
    hit = line.hit_at(the[1] if the else link)
    if hit is None or hit.domain != INSTRUMENT or line.words.norm(hit.last) != ":":
        return None
    listed = unit_list(line, hit.last + 1, unit)
    if listed is None:
        return None
    units = tuple(units_of(line, listed[0], unit.sense))
    owner = Link(LinkKind.NAME, at=hit.start)
    start, end = line.start(index), line.end(listed[1])
    return UnitMention(start, end, units, unit.sense, unit.sense, owner), listed[1]


def _owner_before(line: Line, index: int) -> Link:
    """The instrument that a unit belongs to by what stands before it: "the Rotterdam Convention’s Annex III"."""
    hit = line.hit_before(index) if line.owning(index) else None
    return Link(LinkKind.NAME, at=hit.start) if hit and hit.domain == INSTRUMENT else Link()


def _downward(line: Line, units: list[Unit], end: int, unit: Lexeme) -> tuple[list[Unit], int, str]:
    """Goes on to a lower unit: "article 18" and then ", paragraph 7"."""
    lowest = unit.sense
    while True:
        bracketed = line.words.norm(end) == "(" and line.lex(end + 1, "unit") is not None  # "3 (par. 1)"
        after = end if bracketed else past_title(line, end)
        position = after + 1 if bracketed or line.words.norm(after) == "," else after
        found = line.lex(position, "unit")
        if found is None or RANK[found[0].sense] <= RANK[lowest]:
            return units, end, lowest
        listed = unit_list(line, found[1], found[0], inside=unit.plural)
        if listed is None or (bracketed and line.words.norm(listed[1]) != ")"):
            return units, end, lowest
        lower = units_of(line, listed[0], found[0].sense)
        parent = units[-1]
        joined = [Unit(join(parent.path, each.path), parent.start, each.end) for each in lower]
        units, end, lowest = [*units[:-1], *joined], listed[1] + bracketed, found[0].sense


def _upward(line: Line, units: list[Unit], end: int, unit: Lexeme) -> tuple[list[Unit], int, Lexeme]:
    """Goes up to what the units are part of: "paragraph 7" and then "of article 18"."""
    while not unit.own:
        found = _upper(line, end, unit.sense)
        if found is None:
            break
        items, unit, end = found
        paths = [path_of(unit.sense, item) for item in items] if items else [(unit.sense,)]
        units = [Unit(join(path, each.path), each.start, each.end) for path in paths for each in units]
    return units, end, unit


def _upper(line: Line, index: int, sense: str) -> tuple[list[Item], Lexeme, int] | None:
    index = past_title(line, index)
    position = index + 1 if line.words.norm(index) == "," else index
    link = line.of(position)
    if link is None:
        return None
    the = line.lex(link, "the") or line.lex(link, "possessive")
    position = the[1] if the else link
    found = line.lex(position, "unit")
    if found is None or RANK[found[0].sense] >= RANK[sense]:
        return None
    unit, after = found
    listed = unit_list(line, after, unit)
    if listed:
        return listed[0], unit, listed[1]
    return ([], unit, after) if unit.sense in ANNEXED else None


def _link(line: Line, index: int, top: str) -> tuple[Link, int]:
    """What the units are part of, and the index after the words that say so."""
    link, end = _link_at(line, past_title(line, index), top)
    return link, index if link.kind is LinkKind.NONE else end


def _link_at(line: Line, index: int, top: str) -> tuple[Link, int]:
    thereof = line.lex(index, "thereof")
    if thereof:
        return Link(LinkKind.THEREOF), thereof[1]
    shared = line.lex(index + 1 if line.words.norm(index) == "," else index, "common")
    if shared and not shared[0].sense:
        link, end = _owner(line, shared[1], index)
        others, end = _others(line, end) if link.kind is LinkKind.NAME else ((), end)
        return replace(link, common=True, others=others), end
    acronym = _acronym(line, index)
    if acronym:
        return acronym
    place = line.lex(index, "place")
    if place:
        return Link(LinkKind.SELF), place[1]
    position = index + 1 if line.words.norm(index) == "," else index
    joint = line.of(position)
    to = line.lex(index, "to") if joint is None and top in ANNEXED else None
    joint = to[1] if to else joint
    if joint is None:
        of_it = top in ANNEXED and line.order.construct and _construct(line, index)
        return of_it or (Link(), index)
    joined = line.lex(joint, "and")
    if joined and line.lex(joined[1], "unit"):  # "article 76 of and annex II to the Convention"
        return Link(), index
    return _owner(line, joint, index)


def _construct(line: Line, index: int) -> tuple[Link, int] | None:
    """What an annex is of, right behind it: "مرفق القرار 71/146", "مرفق الاتفاقية"."""
    hit = line.hit_at(index)
    named = (Link(LinkKind.NAME, at=hit.start), hit.last) if hit and hit.domain == INSTRUMENT else None
    return named or _act(line, index)


def _others(line: Line, index: int) -> tuple[tuple[int, ...], int]:
    """The names that a list goes on with after its first: "… Covenant and the … Covenant"."""
    found: list[int] = []
    while True:
        position = index + 1 if line.words.norm(index) == "," else index
        joined = line.lex(position, "and")
        position = joined[1] if joined else position
        the = line.lex(position, "the")
        hit = line.hit_at(the[1] if the else position)
        if position == index or hit is None or hit.domain != INSTRUMENT:
            return tuple(found), index
        found.append(hit.start)
        index = hit.last


def _acronym(line: Line, index: int) -> tuple[Link, int] | None:
    """An instrument's acronym right behind its units: "art. 12 CEDAW", of one that no name says: "art. 8 ECHR"."""
    raw = line.words.raw(index)
    if len(raw) < _SHORTEST_ACRONYM or not raw.isupper() or not raw.isalpha() or raw.lower() == raw.upper():
        return None
    if line.words.raw(index + 1).isupper() and line.words.raw(index + 1).isalpha():
        return None  # a line in capitals
    hit = line.hit_at(index)
    if hit is None:
        unknown = not any(
            line.lex(index, role) for role in ("unit", "act", "and")
        ) and not _NUMERAL.fullmatch(raw)
        return (Link(LinkKind.UNKNOWN, text=raw), index) if unknown else None
    return (Link(LinkKind.NAME, at=hit.start), hit.last) if hit.domain == INSTRUMENT else None


def _owner(line: Line, index: int, before: int) -> tuple[Link, int]:
    """Reads "the Convention", "this article", "its resolution 60/1", "the same Declaration" after "of"."""
    the = line.lex(index, "the")
    joined_the = any(
        (of := line.lex(index - back, "of")) and of[1] == index and of[0].sense == "the" for back in (1, 2)
    )
    position = the[1] if the else index
    pointed = line.lex(position, "deictic")
    possessive = None if pointed else line.lex(position, "possessive")
    if pointed:
        position = pointed[1]
    elif possessive:
        position = possessive[1]
    determiner = pointed[0].sense if pointed else ""
    act = _act(line, position)
    if act:
        return act
    noun = line.lex(position, "act")
    definite = the is not None or joined_the or line.order.construct
    if noun and not pointed and not possessive and definite and not noun[0].plural:
        return Link(LinkKind.ACT, step=noun[0].sense, determiner="that"), noun[
            1
        ]  # "paragraph 3 of the resolution"
    if noun and pointed:
        return Link(
            LinkKind.ACT if determiner == "that" else LinkKind.SELF, step=noun[0].sense, determiner=determiner
        ), noun[1]
    unit = line.lex(position, "unit")
    if unit and pointed:
        return Link(LinkKind.UNIT, step=unit[0].sense, determiner=determiner), unit[1]
    hit = line.hit_at(position)
    if hit and hit.domain != BODY:
        return Link(LinkKind.NAME, at=hit.start, determiner=determiner), hit.last
    if hit and hit.domain == BODY:
        return _act(line, hit.last, position) or (
            Link(LinkKind.UNKNOWN, text=line.text[hit.start : hit.end]),
            before,
        )
    end = min(len(line), position + _WORDS_OF_UNKNOWN)
    text = line.text[line.start(position) : line.end(end)] if position < len(line) else ""
    return Link(LinkKind.UNKNOWN, text=text, determiner="their" if possessive else determiner), before


def _act(line: Line, index: int, first: int | None = None) -> tuple[Link, int] | None:
    hit = line.hit_at(index)
    if first is None and hit and hit.domain == BODY and line.lex(hit.last, "act"):
        index = hit.last
    found = act_mention(line, index)
    return (Link(LinkKind.ACT, act=found[0]), found[1]) if found else None


def back_reference(line: Line, index: int) -> tuple[BackReference, int] | None:
    """ "that decision", "the same provision", "this article", with no number after them."""
    the = line.lex(index, "the")
    pointed = line.lex(the[1] if the else index, "deictic")
    if pointed is None:
        return None
    lexeme, position = pointed
    another = line.lex(position, "deictic")  # "that same decision"
    if another:
        position = another[1]
    for role in ("act", "reference_noun", "unit"):
        noun = line.lex(position, role)
        if noun and not noun[0].plural and not lexeme.plural and not noun[0].text.endswith("."):
            if act_number(line, noun[1]) if role == "act" else unit_list(line, noun[1], noun[0]):
                return None  # "recalling that article 15 provides": the article has a number of its own
            return (
                BackReference(
                    line.start(index), line.end(noun[1]), noun[0].sense, lexeme.sense, role == "act"
                ),
                noun[1],
            )
    return None
