"""Words → units and acts where what they are part of comes first: "《公约》第十八条第七款", "大会第60/1号决议"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from treatygraph.cite.grammar.acts import act_number, more_letters, through_range
from treatygraph.cite.grammar.units import ANNEXED, RANK, Item, between, join, label_at, path_of
from treatygraph.cite.lexicon import Lexeme
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import ActMention, ActNumber, Link, LinkKind, Unit, UnitMention
from treatygraph.cite.names import BODY, NameHit
from treatygraph.model.numbering import roman_value
from treatygraph.parse.label_letters import CIRCLED
from treatygraph.parse.ordinals import han_value

_OPEN: Final = "第"
_CLOSE: Final = "号"
_OF: Final = "的"
_FIGURES: Final = re.compile(r"\d{1,4}")
_LONGEST_NUMERAL: Final = 7
_FARTHEST_OWNER: Final = 160
_FARTHEST_ANNEX: Final = 40
_CLAUSE_ENDS: Final = (",", ";", ":", "\u3002")
_LONGEST_RANGE: Final = 200
_QUOTES: Final = {"”": "“", "》": "《", "’": "‘", ")": "(", "]": "["}
_LONGEST_WORD: Final = 8
_LONGEST_TITLE: Final = 90
_LETTER: Final = re.compile("[A-Z]")
_LETTERS: Final = 26
_BARE: Final = {"session.number", "number"}


def acts(line: Line, index: int) -> tuple[ActMention, int] | None:
    """ "第68/186号、第69/196号和2018年12月13日第73/130号决议": numbers, then the word for what they number."""
    if index < line.no_acts_before:
        return None
    numbers: list[ActNumber] = []
    position = index
    while True:
        read = _numbered(line, position, numbers)
        if read is None:
            break
        more, end = read
        numbers.extend(more)
        ranged = through_range(line, numbers[-1], end, opening=_OPEN)
        if ranged:
            numbers.extend(ranged[0])
            end = ranged[1] + (line.words.norm(ranged[1]) == _CLOSE)
        noun = line.lex(end, "act") or _noun_past_title(line, end)
        if noun:
            return _act(line, index, tuple(numbers), noun)
        position = _after_separator(line, end)
        if position == end:
            break
        position = _past_title(line, line.dates.get(position, position))
    if numbers:  # what fails from here fails from each of its numbers, so that a long list is read once
        line.no_acts_before = position
    return None


def _numbered(line: Line, index: int, numbers: list[ActNumber]) -> tuple[list[ActNumber], int] | None:
    """A number of a list with its further letters and the signs around it, and the index after them."""
    opened = line.words.norm(index) == _OPEN
    found = act_number(line, index + opened)
    if found is None or _BARE & set(found[0].styles):
        return None
    more, end = more_letters(line, *found)
    closed = line.words.norm(end) == _CLOSE
    return (more, end + closed) if opened or closed or numbers else None


def _noun_past_title(line: Line, index: int) -> tuple[Lexeme, int] | None:
    """The word for acts after what they are about: "第71/19号和第73/11号关于合作的决议"."""
    closed = _title_end(line, index)
    return line.lex(closed, "act") if closed else None


def _past_title(line: Line, index: int) -> int:
    """The index after what a number of a list is about, and its date: "关于跨领域问题的2016年6月17日第70/286号"."""
    closed = _title_end(line, index)
    if closed is None:
        return index
    position = line.dates.get(closed, closed)
    return position if line.words.norm(position) == _OPEN else index


def _title_end(line: Line, index: int) -> int | None:
    """The index after the "的" that ends what an act is about, where an act or its number follows."""
    found = line.lex(index, "adopted_by")
    if found is None or found[0].sense != "far":
        return None
    position, quoted = found[1], 0
    while position < min(len(line), index + _LONGEST_TITLE):
        norm = line.words.norm(position)
        quoted += (norm in _QUOTES.values()) - (norm in _QUOTES)
        if norm in _CLAUSE_ENDS and quoted <= 0:
            return None
        after = position + 1
        if norm == _OF and quoted <= 0 and (line.lex(after, "act") or _number_at(line, after)):
            return after
        position = after
    return None


def _number_at(line: Line, index: int) -> bool:
    position = line.dates.get(index, index)
    opened = line.words.norm(position) == _OPEN
    found = act_number(line, position + opened)
    return found is not None and (opened or not _BARE & set(found[0].styles))


def _after_separator(line: Line, index: int) -> int:
    position = index + 1 if line.words.norm(index) == "," else index
    joined = line.lex(position, "and")
    return joined[1] if joined else position


def _act(
    line: Line, index: int, numbers: tuple[ActNumber, ...], noun: tuple[Lexeme, int]
) -> tuple[ActMention, int]:
    hit, possessive = _owner(line, index)
    joined = hit is None and not possessive and _ending(line, _opening_of(line, index), "and") is not None
    units, end = _tail(line, noun[1])
    mention = ActMention(
        line.start(index),
        line.end(end),
        noun[0].sense,
        numbers,
        possessive,
        before=hit.start if hit else -1,
        units=units,
        continues=joined,
    )
    return mention, end


def _tail(line: Line, index: int) -> tuple[tuple[Unit, ...], int]:
    """Units after the word: "决议第7段", "决议，C节，第3段", "决议附件，第3段"; an annex alone is no step."""
    prefix: tuple[str, ...] = ()
    position = index + 1 if line.words.norm(index) == "," else index
    annex = line.lex(position, "unit")
    if annex and annex[0].sense in ANNEXED:
        value = _numeral(line, annex[1])
        prefix = (annex[0].sense, value[0]) if value else (annex[0].sense,)
        index = value[1] if value else annex[1]
        position = index + 1 if line.words.norm(index) == "," else index
    found = _chain(line, position)
    if found is None:
        return (), index
    units, end, _, _ = found
    return tuple(replace(unit, path=(*prefix, *unit.path)) for unit in units), end


def _owner(line: Line, index: int) -> tuple[NameHit | None, bool]:
    """Whose act it is: the body, or "其", before the date, the title and the subject that may stand in between."""
    opening = _opening_of(line, index)
    hit = line.hit_before(opening)
    if opening < index and hit and hit.domain == BODY:
        return hit, False
    if opening < index and _ending(line, opening, "possessive"):
        return None, True
    position, crossed = index, False
    while position > max(0, index - _FARTHEST_OWNER):
        hit = line.hit_before(position)
        if hit and hit.domain == BODY and _leads_to(line, position, index, crossed):
            return hit, False
        norm = line.words.norm(position - 1)
        if norm in ("\u3002", ";") or _ending(line, position, "act"):
            break
        if _ending(line, position, "possessive") and _leads_to(line, position, index, crossed):
            return None, True
        crossed = crossed or norm == ","
        position = _before_quote(line, position - 1) if norm in _QUOTES else position - 1
    return None, False


def _opening_of(line: Line, index: int) -> int:
    """The index at which the date of an act and what it is about begin: "2022年3月4日关于紧急状况的"第49/1号决议."""
    position = line.dates_ending.get(index, index)
    if line.words.norm(position - 1) == _OF:
        for back in range(position - 2, max(0, position - _LONGEST_TITLE), -1):
            if line.words.norm(back) in (";", "\u3002"):
                break
            if _title_end(line, back) == position:
                position = back
                break
    return line.dates_ending.get(position, position)


def _leads_to(line: Line, position: int, index: int, crossed: bool) -> bool:
    """Whether the words after a body say that the act at *index* is its own."""
    if position == index or line.dates.get(position) == index:
        return True
    if line.words.norm(position) == _OF:
        return position + 1 == index or line.dates.get(position + 1) == index
    link = line.lex(position, "adopted_by")
    if link and index in (link[1], line.dates.get(link[1])):
        return False  # "秘书长关于第75/324号决议执行情况的报告"
    return position in line.dates or (link is not None and (not crossed or link[0].sense == "far"))


def _before_quote(line: Line, index: int) -> int:
    """The word that opens the quotation which ends at *index*."""
    opening, depth = _QUOTES[line.words.norm(index)], 0
    for position in range(index, max(-1, index - _FARTHEST_OWNER), -1):
        norm = line.words.norm(position)
        depth += norm == line.words.norm(index)
        depth -= norm == opening
        if depth == 0:
            return position
    return index


def _ending(line: Line, index: int, role: str) -> tuple[Lexeme, int] | None:
    """The lexeme of a role that ends right before a word, and where it begins."""
    for back in range(1, min(_LONGEST_WORD, index) + 1):
        found = line.lex(index - back, role)
        if found and found[1] == index:
            return found[0], index - back
    return None


def units(line: Line, index: int) -> tuple[UnitMention, int] | None:
    """ "第十八条第七款", "第2(b)条", "第5、第6和第8条", with what they are part of before them."""
    found = _chain(line, index)
    if found is None:
        return None
    chain, end, lowest, top = found
    if line.lex(end, "not_a_unit") and top in ANNEXED:
        return None
    annex = None if top in ANNEXED else _annex_before(line, index)
    link = _link(line, annex[1]) if annex else Link()
    if annex and link.kind is not LinkKind.NONE:
        top = annex[0].sense
        chain = [replace(unit, path=(top, *unit.path)) for unit in chain]
    else:
        link = _link(line, index)
    return UnitMention(line.start(index), line.end(end), tuple(chain), lowest, top, link), end


def _annex_before(line: Line, index: int) -> tuple[Lexeme, int] | None:
    """The annex that the units are in, right before them or before what they are about, and where its word begins.

    "其附件第3段", "该决议附件中关于议定标准的第1至10段"
    """
    attributive = line.words.norm(index - 1) == _OF
    position = index - attributive
    while position > max(0, index - _FARTHEST_ANNEX) and line.words.norm(position - 1) not in _CLAUSE_ENDS:
        found = _ending(line, position, "unit")
        if found:
            return found if found[0].sense in ANNEXED else None
        if not attributive:
            return None
        position -= 1
    return None


def _link(line: Line, index: int) -> Link:
    position = index - 1 if line.words.norm(index - 1) == _OF else index
    closed = position - 1 if line.words.norm(position - 1) == "》" else position
    hit = line.hit_before(closed)
    if hit and hit.domain != BODY:
        return Link(LinkKind.NAME, at=hit.start)
    for role in ("act", "unit"):
        noun = _ending(line, position, role)
        pointed = _ending(line, noun[1], "deictic") if noun else None
        if noun and pointed:
            determiner = pointed[0].sense
            if role == "unit":
                return Link(LinkKind.UNIT, step=noun[0].sense, determiner=determiner)
            kind = LinkKind.ACT if determiner == "that" else LinkKind.SELF
            return Link(kind, step=noun[0].sense, determiner=determiner)
    if _ending(line, position, "place"):
        return Link(LinkKind.SELF)
    if _ending(line, closed, "thereof") or _ending(line, position, "possessive"):
        return Link(LinkKind.THEREOF)
    paper = _ending(line, closed, "paper")
    if paper or closed != position:
        return Link(
            LinkKind.UNKNOWN, text=line.text[line.start(max(0, closed - _LONGEST_WORD)) : line.end(closed)]
        )
    return Link()


def _chain(line: Line, index: int) -> tuple[list[Unit], int, str, str] | None:
    """Levels of units from the highest down: their paths, the index after them, the lowest and the highest step."""
    first = _level(line, index)
    if first is None:
        return None
    items, unit, end = first
    top = lowest = unit.sense
    chain = _as_units(line, items, top, end)
    while True:
        position = end + 1 if line.words.norm(end) == "," else end
        following = _level(line, position, below=True)
        if following is None:
            return chain, end, lowest, top
        labelled = not any(item.value for item in following[0])  # "第一项(子)款"
        if RANK[following[1].sense] <= RANK[lowest] and not labelled:
            return chain, end, lowest, top
        items, unit, end = following
        if unit.letters == lowest:
            items = [_by_letter(item) for item in items]
        parent = chain[-1]
        lower = _as_units(line, items, unit.sense, end)
        joined = [Unit(join(parent.path, each.path), parent.start, each.end) for each in lower]
        chain, lowest = [*chain[:-1], *joined], unit.sense


def _by_letter(item: Item) -> Item:
    """A number that stands where other languages print a letter: "第三款第二项" is paragraph 3 (b)."""
    number = int(item.value) if item.value.isdigit() else 0
    return replace(item, value=chr(ord("a") + number - 1)) if 0 < number <= _LETTERS else item


def _as_units(line: Line, items: list[Item], step: str, end: int) -> list[Unit]:
    return [Unit(path_of(step, item), line.start(item.first), line.end(end)) for item in items]


def _level(line: Line, index: int, *, below: bool = False) -> tuple[list[Item], Lexeme, int] | None:
    """Numbers with their unit after them: "第13至15条", "第十三条至第十五条", "(b)款"."""
    annexed = line.lex(index, "unit")
    if annexed and annexed[0].sense in ANNEXED:
        value = _numeral(line, annexed[1])
        return ([Item(value[0], (), index, value[1])], annexed[0], value[1]) if value else None
    lettered = line.lex(index + 1, "unit") if _LETTER.fullmatch(line.words.raw(index)) else None
    if lettered and lettered[0].sense == "section":  # "C节"
        return [Item(line.words.raw(index), (), index, index + 1)], *lettered
    opens_label = line.words.norm(index) == "(" or line.words.raw(index) in CIRCLED
    if line.words.norm(index) != _OPEN and not (below and opens_label):
        return None
    items: list[Item] = []
    position, ranged, unit = index, False, None
    while len(items) < _LONGEST_RANGE:
        item = _item(line, position)
        if item is None:
            return None
        if items and items[-1].labels and not item.value:  # "第3(a)至(f)段"
            item = replace(item, value=items[-1].value)
        if ranged:
            items.extend(between(items[-1], item))
        items.append(item)
        end = item.last
        found = line.lex(end, "unit")
        if found and (unit is None or found[0].sense == unit.sense):
            unit, end = found
        through = line.lex(end, "range")
        position = through[1] if through else _after_separator(line, end)
        ranged = through is not None
        if found and not (
            position > end and line.words.norm(position) == _OPEN and _same(line, position, unit)
        ):
            return (items, found[0], found[1]) if unit else None
        if position == end:
            return None
    return None


def _same(line: Line, index: int, unit: Lexeme | None) -> bool:
    """Whether the list goes on at a word with a number of the same unit."""
    item = _item(line, index)
    found = line.lex(item.last, "unit") if item else None
    return found is not None and unit is not None and found[0].sense == unit.sense


def _item(line: Line, index: int) -> Item | None:
    position = index + 1 if line.words.norm(index) == _OPEN else index
    value = _numeral(line, position) or _in_brackets(line, position)
    end = value[1] if value else position
    if value and _LETTER.fullmatch(line.words.raw(end)) and line.lex(end + 1, "unit"):  # "第二A条"
        value, end = (value[0] + line.words.raw(end), end + 1), end + 1
    labels: list[str] = []
    while line.words.norm(end) == "(" and line.words.norm(end + 2) == ")":
        label = label_at(line, end + 1)
        if label is None:
            break
        labels.append(label)
        end += 3
    if value is None and not labels:
        return None
    return Item(value[0] if value else "", tuple(labels), index, end)


def _in_brackets(line: Line, index: int) -> tuple[str, int] | None:
    """A Chinese numeral between brackets or in a sign of its own: "第(二)项", "㈡项"."""
    raw = line.words.raw(index)
    if raw and raw in CIRCLED:
        return str(CIRCLED.index(raw) + 1), index + 1
    if line.words.norm(index) != "(" or line.words.norm(index + 2) != ")":
        return None
    value = han_value(line.words.raw(index + 1))
    return (str(value), index + 3) if value is not None else None


def _numeral(line: Line, index: int) -> tuple[str, int] | None:
    """A number in figures, Roman figures or characters, and the index after it."""
    raw = line.words.raw(index)
    if _FIGURES.fullmatch(raw) and line.words.norm(index + 1) != "/":
        return raw, index + 1
    if raw.isascii() and raw.isupper() and roman_value(raw):
        return str(roman_value(raw)), index + 1
    for length in range(_LONGEST_NUMERAL, 0, -1):
        value = han_value("".join(line.words.raw(i) for i in range(index, min(index + length, len(line)))))
        if value is not None and index + length <= len(line):
            return str(value), index + length
    return None
