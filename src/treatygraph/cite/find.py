"""The text of a block → the references in it, in order of print; it knows no names but those of its matcher."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from treatygraph.cite.grammar import head_last
from treatygraph.cite.grammar.acts import act_mention, more_numbers
from treatygraph.cite.grammar.happenings import (
    happening_mention,
    noun_first,
    numbered_acronym,
    numbered_inside,
)
from treatygraph.cite.grammar.publications import publication_mention
from treatygraph.cite.grammar.references import back_reference, further_articles, unit_mention
from treatygraph.cite.grammar.units import unit_list
from treatygraph.cite.lexicon import Lexeme, Lexicon
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import (
    ActMention,
    BackReference,
    LinkKind,
    Mention,
    RejectedMention,
    SymbolMention,
    UnitMention,
)
from treatygraph.cite.names import Matcher

Read = tuple[Mention, int] | None
_KEPT: Final = 64
_ACT_NUMBER: Final = re.compile(r"[A-Z]{1,4}/\d{1,3}")
_OPENING_ROLES: Final = ("agenda", "unit", "act", "publication", "deictic", "the", "happening")


@dataclass(frozen=True, slots=True)
class Found:
    """The references of one block, and the line that they were read from."""

    line: Line
    mentions: tuple[Mention, ...]


def find_mentions(text: str, lexicon: Lexicon, matcher: Matcher) -> Found:
    """The references in *text*, in order, without overlaps; time is linear in its length."""
    line = Line(text, lexicon, matcher)
    openings = _openings(line)
    mentions: list[Mention] = []
    symbols = {line.words.index_at(symbol.start): symbol for symbol in line.symbols}
    listing: tuple[int, str] | None = None  # the sentence of a plural act word, whose list may go on
    index, at = 0, 0
    while index < len(line):
        if listing is None or listing[0] != line.sentence_of(line.start(index)):
            listing = None
            at = bisect_left(openings, index, at)
            if at == len(openings):
                break
            index = openings[at]
        if index in symbols and _numbers_act(line, index, symbols[index].normal):
            index += 1  # "decision IS/2": an act numbered by a session without a number
            continue
        if index in symbols and not (line.order.head_last and head_last.acts(line, index)):
            symbol = symbols[index]
            mentions.append(SymbolMention(symbol.start, symbol.end, symbol.normal))
            index = _past_places(line, max(index + 1, line.words.index_at(symbol.end)))
            continue
        read = _read(line, index)
        if read is None and listing:
            read = more_numbers(line, index, listing[1]) if line.words.raw(index)[:1].isalnum() else None
        if read is None:
            index += 1
            continue
        mention, end = read
        mentions.append(mention)
        while isinstance(mention, UnitMention) and (more := further_articles(line, index, end)):
            mentions.append(more[0])
            end = more[1]
        noun = line.lex(index, "act")
        if noun and noun[0].plural:
            listing = (line.sentence_of(line.start(index)), noun[0].sense)
        index = max(end, index + 1)
    return Found(line, tuple(_share_links(line, _share_owners(mentions))))


def _numbers_act(line: Line, index: int, symbol: str) -> bool:
    """Whether what looks like a symbol is the number of the act whose word stands before it."""
    before = line.lex(index - 1, "act") if index else None
    return before is not None and before[1] == index and _ACT_NUMBER.fullmatch(symbol) is not None


@lru_cache(maxsize=_KEPT)
def find_in_block(text: str, lexicon: Lexicon, matcher: Matcher) -> Found:
    """As ``find_mentions``; the last texts are kept, for a document's head is read twice, for its identity first."""
    return find_mentions(text, lexicon, matcher)


def _openings(line: Line) -> Sequence[int]:
    """The words at which a reference can begin, in order."""
    if line.order.head_last:  # where its first word may be any number
        return range(len(line))
    found = {*line.ordinals, *(hit.first for hit in line.hits)}
    found.update(line.words.index_at(symbol.start) for symbol in line.symbols)
    for role in _OPENING_ROLES:
        found.update(line.words.places.get(role, ()))
    return sorted(found)


def _share_owners(mentions: list[Mention]) -> list[Mention]:
    """Gives all numbers of an interrupted list the body that only its end names.

    "les résolutions 43/1, du 19 juin 2020, et 51/32, du 7 octobre 2022, du Conseil"
    """
    for position in range(len(mentions) - 2, -1, -1):
        one, other = mentions[position], mentions[position + 1]
        if not (isinstance(one, ActMention) and isinstance(other, ActMention) and other.continues):
            continue
        if (
            other.after >= 0
            and one.kind == other.kind
            and one.before < 0
            and one.after < 0
            and not one.possessive
        ):
            mentions[position] = replace(one, after=other.after)
    return mentions


def _share_links(line: Line, mentions: list[Mention]) -> list[Mention]:
    """Gives "article 3" the Convention of "article 3 and article 5 of the Convention".

    "article 3, paragraph 1, and paragraph 4, of the Convention" are paragraphs of one article.
    """
    for position in range(len(mentions) - 2, -1, -1):
        one, other = mentions[position], mentions[position + 1]
        if not (isinstance(one, UnitMention) and isinstance(other, UnitMention)):
            continue
        if one.link.kind is LinkKind.NONE and other.link.kind is LinkKind.NAME:
            between = range(line.words.index_at(one.end), line.words.index_at(other.start))
            shared = one.top == other.top or any(line.lex(i, "of") for i in between)
            words = (
                "," if line.words.norm(i) == "," else line.lex(i, "and") or line.lex(i, "of") for i in between
            )
            joined = bool(between) and all(words)
            if joined and one.top == "art" and one.step == other.top == "para":
                article = one.units[-1].path[:2]
                units = tuple(replace(unit, path=(*article, *unit.path)) for unit in other.units)
                mentions[position + 1] = replace(other, units=units, top="art")
            if joined and (shared or mentions[position + 1] is not other):
                mentions[position] = replace(one, link=other.link)
    return mentions


def _read(line: Line, index: int) -> Read:
    """The reference that begins at a word, of whatever kind."""
    if index in line.in_symbol:
        return head_last.acts(line, index) if line.order.head_last else None
    if line.lex(index, "agenda"):
        return _agenda_item(line, index)
    if line.order.head_last:
        return _head_last(line, index)
    if line.lex(index, "unit"):
        return unit_mention(line, index)
    if line.lex(index, "act"):
        return act_mention(line, index)
    if line.lex(index, "publication"):
        return _past(line, publication_mention(line, index))
    if line.lex(index, "deictic") or line.lex(index, "the"):
        return _pointed(line, index)
    if index in line.ordinals:
        return happening_mention(line, index)
    if line.order.ordinal_after and line.lex(index, "happening"):
        return noun_first(line, index)
    hit = line.hit_at(index)
    if hit and line.order.construct:
        return numbered_inside(line, hit)
    return numbered_acronym(line, hit) if hit and hit.acronym else None


def _head_last(line: Line, index: int) -> Read:
    """The reference that begins at a word in a language that puts the noun of a reference last."""
    if line.lex(index, "publication"):
        return publication_mention(line, index)
    if line.lex(index, "deictic"):
        return _pointed(line, index)
    return head_last.acts(line, index) or head_last.units(line, index) or _ordinal(line, index)


def _ordinal(line: Line, index: int) -> Read:
    return happening_mention(line, index) if index in line.ordinals else None


def _pointed(line: Line, index: int) -> Read:
    found = back_reference(line, index)
    if found is None:
        return None
    mention, end = found
    return _self(mention, end)


def _self(mention: BackReference, end: int) -> Read:
    if mention.act and mention.determiner == "this":
        return RejectedMention(mention.start, mention.end, "reject/self", "the text speaks of itself"), end
    return mention, end


def _agenda_item(line: Line, index: int) -> Read:
    found = line.lex(index, "agenda")
    if found is None:
        return None
    listed = unit_list(line, found[1], Lexeme("unit", "", "para", found[0].plural))
    if listed is None:
        return None
    span = line.start(index), line.end(listed[1])
    return RejectedMention(*span, "reject/agenda-item", "an item of an agenda"), listed[1]


def _past(line: Line, read: Read) -> Read:
    if read is None:
        return None
    return read[0], _past_places(line, read[1])


def _past_places(line: Line, index: int) -> int:
    """The index after places inside a document ("), chap. I, sect. D"), which no key has."""
    position = index
    while position < len(line) and line.words.norm(position) in (",", ")", "("):
        following = position + 1
        if line.words.norm(following) == ",":
            following += 1
        found = line.lex(following, "unit")
        if found is None:
            break
        listed = unit_list(line, found[1], found[0])
        position = index = listed[1] if listed else found[1]
        while line.words.norm(index) == "." and line.words.glued(index + 1) and line.words.glued(index):
            index += 2  # "sect. I.A"
        position = index
    return index
