"""Words → units with what they are part of: "paragraph 7 of article 18 of the Convention", "article 4 thereof"."""

from __future__ import annotations

from typing import Final

from treatygraph.cite.grammar.acts import act_mention, act_number
from treatygraph.cite.grammar.units import ANNEXED, RANK, Item, path_of, unit_list, units_of
from treatygraph.cite.lexicon import Lexeme
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import BackReference, Link, LinkKind, Path, Unit, UnitMention
from treatygraph.cite.names import BODY

_WORDS_OF_UNKNOWN: Final = 8


def unit_mention(line: Line, index: int) -> tuple[UnitMention, int] | None:
    """The units whose word ("article") stands at a word; None where no number follows."""
    found = line.lex(index, "unit")
    if found is None:
        return None
    unit, position = found
    listed = unit_list(line, position, unit)
    if listed is None:
        return None
    items, end = listed
    if line.lex(end, "not_a_unit") and unit.sense in ANNEXED:
        return None
    units = units_of(line, items, unit.sense)
    units, end, lowest = _downward(line, units, end, unit)
    units, end, top = _upward(line, units, end, unit.sense)
    last = end
    link, end = _link(line, end, top)
    if link.kind not in (LinkKind.NONE, LinkKind.NAME, LinkKind.UNKNOWN):
        last = end
    bracketed = line.words.norm(index - 1) in ("(", "[")
    mention = UnitMention(
        line.start(index), line.end(last), tuple(units), lowest, top, link, bracketed, unit.text.endswith(".")
    )
    return mention, end


def _downward(line: Line, units: list[Unit], end: int, unit: Lexeme) -> tuple[list[Unit], int, str]:
    """Goes on to a lower unit: "article 18" and then ", paragraph 7"."""
    lowest = unit.sense
    while True:
        position = end + 1 if line.words.norm(end) == "," else end
        found = line.lex(position, "unit")
        if found is None or RANK[found[0].sense] <= RANK[lowest]:
            return units, end, lowest
        listed = unit_list(line, found[1], found[0])
        if listed is None:
            return units, end, lowest
        lower = units_of(line, listed[0], found[0].sense)
        parent = units[-1]
        joined = [Unit(_join(parent.path, each.path), parent.start, each.end) for each in lower]
        units, end, lowest = [*units[:-1], *joined], listed[1], found[0].sense


def _join(parent: Path, child: Path) -> Path:
    """A path below another; parts, chapters and sections above an article say nothing that its number does not."""
    if child[0] == "art" and parent[0] in ("part", "chapter", "section"):
        return child
    return (*parent, *child)


def _upward(line: Line, units: list[Unit], end: int, sense: str) -> tuple[list[Unit], int, str]:
    """Goes up to what the units are part of: "paragraph 7" and then "of article 18"."""
    top = sense
    while True:
        found = _upper(line, end, top)
        if found is None:
            return units, end, top
        items, upper, after = found
        paths = [path_of(upper, item) for item in items] if items else [(upper,)]
        units = [Unit(_join(path, each.path), each.start, each.end) for path in paths for each in units]
        end, top = after, upper


def _upper(line: Line, index: int, sense: str) -> tuple[list[Item], str, int] | None:
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
        return listed[0], unit.sense, listed[1]
    return ([], unit.sense, after) if unit.sense in ANNEXED else None


def _link(line: Line, index: int, top: str) -> tuple[Link, int]:
    """What the units are part of, and the index after the words that say so."""
    thereof = line.lex(index, "thereof")
    if thereof:
        return Link(LinkKind.THEREOF), thereof[1]
    place = line.lex(index, "place")
    if place:
        return Link(LinkKind.SELF), place[1]
    position = index + 1 if line.words.norm(index) == "," else index
    joint = line.of(position)
    to = line.lex(position, "to") if joint is None and top in ANNEXED else None
    joint = to[1] if to else joint
    if joint is None:
        return Link(), index
    joined = line.lex(joint, "and")
    if joined and line.lex(joined[1], "unit"):  # "article 76 of and annex II to the Convention"
        return Link(), index
    return _owner(line, joint, index)


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
