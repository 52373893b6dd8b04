"""Words → acts: "General Assembly resolutions 55/25 and 55/255", "decision 1/CP.21", "resolution 60/1, paragraph 3"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from treatygraph.cite.grammar.units import ALIKE, ANNEXED, RANK, unit_list, units_of
from treatygraph.cite.lexicon import Lexeme
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import ActMention, ActNumber, Unit
from treatygraph.cite.names import BODY, INSTRUMENT, NameHit
from treatygraph.model.numbering import roman

_ROMAN: Final = "[IVXLCDM]{1,8}"
_LONGEST_RANGE: Final = 100
_DASH: Final = "[-\u2013]"
_END: Final = r"(?![^\W\u3400-\u9fff]|[’'/-]|\.\w)"
_CAPITAL: Final = "[A-ZАВСЕНКМОРТХ]"
_SUFFIX: Final = rf"(?:\s?(?P<suffix>{_CAPITAL}){_END})?"
_LAST_SUFFIX: Final = rf"(?:\s?(?P<last_suffix>{_CAPITAL}){_END})?"
_SESSION: Final = r"(?P<session>\d{1,3})"
# How numbers of acts are printed, the narrowest first, each with the styles (see ActSeries) that it can be read in.
_LETTERS_FIRST: Final = (
    (
        ("codesession(number)",),
        rf"(?P<code>[A-Z]{{2,6}}(?:/[A-Z]{{2,6}}?)?){_SESSION}\((?P<number>\d{{1,3}})\)",
    ),
    (("codesession.number",), rf"(?P<code>[A-Z]{{2,6}}){_SESSION}\.(?P<number>\d{{1,3}})(?!\d)"),
    (("codesession-number",), rf"(?P<code>[A-Z]){_SESSION}-(?P<number>\d{{1,3}})(?![\d/])"),
    (
        ("code session.number",),
        rf"(?P<code>[A-Z](?:[a-z]{{2,6}}|[A-Z]{{2,6}})\.)\s?{_SESSION}\.(?P<number>\d{{1,3}})(?:\s?\((?i:Rev\.\s?CoP)\d{{1,3}}\))?(?!\d)",
    ),
    (("code.number(session)",), r"(?P<code>[A-Z]{1,6})\.(?P<number>\d{1,4})\s?\((?P<session>\d{1,4})\)"),
    (
        ("code-session/number",),
        r"(?!E?S-)(?P<code>[A-ZА-Я]{2,6})-(?P<session>\d{1,3}|[IVXL]{1,6})/(?P<number>\d{1,3})(?!\d)"
        + _SUFFIX,
    ),
    (("session/number",), r"(?P<session>(?:E?S-|OS/)\d{1,3})/(?P<number>\d{1,4})(?!\d)" + _SUFFIX),
    (("session/number-roman",), rf"(?P<session>{_ROMAN})/(?P<number>\d{{1,4}})(?!\d)" + _SUFFIX),
)
_FIGURES_FIRST: Final = (
    (
        ("number/code.session",),
        rf"(?P<number>\d{{1,3}})/(?P<code>{_CAPITAL}{{2,5}})\.?{_SESSION}(?![\d(])",
    ),
    (
        ("year/number", "session/number"),
        r"(?P<year>(?:19[4-9]|20\d)\d)/(?P<number>\d{1,4})(?![\d/])" + _SUFFIX,
    ),
    (("session/number",), rf"{_SESSION}/(?P<number>\d{{1,4}})(?![\d/])" + _SUFFIX),
    (("number (year)",), r"(?P<number>\d{1,4})\s?\((?P<year>(?:19|20)\d\d)\)"),
    (
        ("number (session)",),
        r"(?P<number>\d{1,5})(?:\s?(?P<suffix>[A-Z]))?\s?"
        rf"\((?P<session>(?:E?S-)?{_ROMAN})\)" + _LAST_SUFFIX,
    ),
    (
        ("session.number",),
        rf"{_SESSION}\.(?P<number>\d{{1,4}})(?!\d)(?:\s?\(Rev\.\s?CoP\d{{1,3}}\))?",
    ),
    (("number",), r"(?P<number>\d{1,5})(?![\d/.,]\d)"),
)
_NUMBERS: Final = {
    begins: tuple((styles, re.compile(pattern)) for styles, pattern in table)
    for begins, table in (("letter", _LETTERS_FIRST), ("figure", _FIGURES_FIRST))
}


def act_number(line: Line, index: int) -> tuple[ActNumber, int] | None:
    """The number of an act at a word, and the index after it."""
    if not 0 <= index < len(line):
        return None
    start = line.start(index)
    special = line.lex(index, "session_letters")
    if special:
        return _lettered(line, index, *special)
    if line.order.old_session:
        spelled = _spelled(line, start)
        if spelled:
            return spelled
    first = line.text[start]
    if not (first.isdigit() or first.isupper()):
        return None
    for styles, pattern in _NUMBERS["figure" if first.isdigit() else "letter"]:
        match = pattern.match(line.text, start)
        if match is None:
            continue
        parts = {
            name: line.order.codes.get(value, value.translate(ALIKE))
            for name, value in match.groupdict().items()
            if value
        }
        if parts.get("code", "").endswith("."):
            parts["code"] = parts["code"].capitalize()  # "RESOLUTION CONF. 12.3"
        if "last_suffix" in parts:
            parts["suffix"] = parts.pop("last_suffix")
        if styles == ("number",) and (index in line.dates or len(parts["number"]) > 4):
            return None
        return ActNumber(styles, parts, match.start(), match.end(), match.group()), line.words.index_at(
            match.end()
        )
    return None


def _spelled(line: Line, start: int) -> tuple[ActNumber, int] | None:
    """A number with the name of a letter after it, or an old session after a letter: "217 ألف (د-3)", "46/36 لام"."""
    order = line.order
    letter = "|".join(sorted(order.suffixes, key=lambda name: (-len(name), name)))
    old = re.compile(
        rf"(?P<number>\d{{1,5}})\s?(?P<suffix>{letter})?\s?\({order.old_session}-(?P<session>\d{{1,2}})\)"
    )
    codes = "|".join(sorted(order.codes, key=lambda name: (-len(name), name))) or r"(?!)"
    coded = re.compile(rf"(?P<number>\d{{1,3}})/(?P<code>{codes})\s?{_DASH}\s?(?P<session>\d{{1,3}})(?!\d)")
    before = re.compile(rf"(?P<code>{codes})\s?{_DASH}\s?(?P<session>\d{{1,3}})/(?P<number>\d{{1,3}})(?!\d)")
    new = re.compile(rf"(?P<session>\d{{1,3}})/(?P<number>\d{{1,4}})\s(?P<suffix>{letter})(?!\w)")
    yearly = re.compile(rf"(?P<year>(?:19|20)\d\d)/(?P<number>\d{{1,4}})\s(?P<suffix>{letter})(?!\w)")
    for style, pattern in (
        ("number (session)", old),
        ("number/code.session", coded),
        ("code-session/number", before),
        ("session/number", new),
        ("year/number", yearly),
    ):
        match = pattern.match(line.text, start)
        if match:
            parts = {name: value for name, value in match.groupdict().items() if value}
            if "suffix" in parts:
                parts["suffix"] = order.suffixes[parts["suffix"]]
            if "code" in parts:
                parts["code"] = order.codes[parts["code"]]
            if style == "number (session)":
                parts["session"] = roman(int(parts["session"]))
            number = ActNumber((style,), parts, match.start(), match.end(), match.group())
            return number, line.words.index_at(match.end())
    return None


def _lettered(line: Line, index: int, letters: Lexeme, after: int) -> tuple[ActNumber, int] | None:
    """The number of an act of a special session whose letters are not Latin."""
    match = re.compile(rf"{_DASH}(?P<session>\d{{1,3}})/(?P<number>\d{{1,4}})(?!\d)").match(
        line.text, line.end(after)
    )
    if match is None:
        return None
    parts = {"session": f"{letters.sense}-{match['session']}", "number": match["number"]}
    number = ActNumber(
        ("session/number",), parts, line.start(index), match.end(), line.text[line.start(index) : match.end()]
    )
    return number, line.words.index_at(match.end())


def act_mention(line: Line, index: int) -> tuple[ActMention, int] | None:
    """The acts whose word ("resolution") stands at a word; None where no number follows."""
    found = line.lex(index, "act")
    if found is None:
        return None
    lexeme, position = found
    between, position = _owner_between(line, position, listed=lexeme.plural)
    numbers, end = _numbers(line, position, lexeme)
    if not numbers:
        return None
    after, after_end = (between, -1) if between >= 0 else _owner_after(line, end)
    units, end = _tail(line, end)
    if after == -1:
        after, after_end = _owner_after(line, end)
    if after_end > end and not units:  # "décision XIII/5 de la Conférence des Parties, par. 19"
        units, tail_end = _tail(line, after_end)
        end = tail_end if units else end
    before, first, possessive = _owner_before(line, index)
    if after >= 0 and not line.order.body_before:
        before, first = -1, index
    possessive = possessive or lexeme.own
    if possessive and line.order.body_before:
        after = -1  # "the launch, by its resolution 70/1, of the Mechanism"
    mention = ActMention(
        line.start(first), line.end(end), lexeme.sense, numbers, possessive, before, after, units
    )
    return mention, max(end, after_end if after >= 0 else end)


def more_numbers(line: Line, index: int, kind: str) -> tuple[ActMention, int] | None:
    """Further numbers of a list that long words have interrupted: "…, 49/14 of 31 March 2022 on minorities"."""
    if not (line.words.norm(index - 1) in (",", ";") or _and_before(line, index)):
        return None
    found = act_number(line, index)
    if found is None or "number" in found[0].styles or "session.number" in found[0].styles:
        return None
    numbers, end = more_letters(line, *found)
    after, _ = _owner_after(line, end)
    units, end = _tail(line, end)
    start, last = numbers[0].start, line.end(end) if units else numbers[-1].end
    return ActMention(start, last, kind, tuple(numbers), after=after, units=units, continues=True), end


def _and_before(line: Line, index: int) -> bool:
    return any(
        (found := line.lex(index - back, "and")) and found[1] == index for back in (1, 2, 3) if index >= back
    )


def _numbers(line: Line, index: int, lexeme: Lexeme) -> tuple[tuple[ActNumber, ...], int]:
    mark = line.lex(index, "number_mark")
    position = mark[1] if mark and not mark[0].sense else index
    found = act_number(line, position) or (_first_of_range(line, position) if lexeme.plural else None)
    if found is None or (line.words.glued(position) and "number" in found[0].styles):
        # a number alone, glued to the word, is a footnote mark
        return (), index
    numbers, end = more_letters(line, *found)
    while lexeme.plural:
        ranged = through_range(line, numbers[-1], end)
        if ranged:
            more, end = ranged
            numbers.extend(more)
            continue
        following = _next_number(line, end)
        if following is None:
            break
        more, end = more_letters(line, *following)
        numbers.extend(more)
    return tuple(numbers), end


def _first_of_range(line: Line, index: int) -> tuple[ActNumber, int] | None:
    """The first number of a range that a word opens: "المقررات من 9/م أ-19 إلى 15/م أ-19"."""
    opened = line.lex(index, "of")
    found = act_number(line, opened[1]) if opened else None
    return found if found and line.lex(found[1], "range") and through_range(line, *found) else None


def more_letters(line: Line, number: ActNumber, end: int) -> tuple[list[ActNumber], int]:
    """A number with its further letters, a number each, and the index after them: "36/87 A and B", "75/254 A to C"."""
    numbers = [number]
    while "suffix" in numbers[-1].parts:
        through = line.lex(end, "range")
        position = end + 1 if line.words.norm(end) == "," else end
        joined = through or line.lex(position, "and")
        position = joined[1] if joined else position
        letter = line.order.suffixes.get(line.words.raw(position), line.words.raw(position))
        if position == end or len(letter) != 1 or not numbers[-1].parts["suffix"] < letter <= "Z":
            break
        start, last = line.start(position), line.end(position + 1)
        first = ord(numbers[-1].parts["suffix"]) + 1 if through else ord(letter)
        numbers += [
            ActNumber(number.styles, {**number.parts, "suffix": chr(code)}, start, last, letter)
            for code in range(first, ord(letter) + 1)
        ]
        end = position + 1
    return numbers, end


def through_range(
    line: Line, first: ActNumber, index: int, *, opening: str = ""
) -> tuple[list[ActNumber], int] | None:
    """The numbers up to the last of a range in one session: "decisions 18.90 to 18.93", "resolutions 1/1-1/12".

    *opening*: a sign that may stand before the last one ("第9/CP.19号至第15/CP.19号决定").
    """
    through = line.lex(index, "range")
    position = through[1] if through else index
    position += bool(opening) and line.words.norm(position) == opening
    found = act_number(line, position) if through else None
    if found is None:
        return None
    last, end = found
    beside = {name: value for name, value in first.parts.items() if name != "number"}
    same = beside == {name: value for name, value in last.parts.items() if name != "number"}
    if not same or not beside or "suffix" in beside or first.styles != last.styles:
        return None
    inner = range(int(first.parts["number"]) + 1, int(last.parts["number"]))[:_LONGEST_RANGE]
    between = [replace(last, parts={**last.parts, "number": str(number)}) for number in inner]
    return [*between, last], end


def _next_number(line: Line, index: int) -> tuple[ActNumber, int] | None:
    position = index + 1 if line.words.norm(index) == "," else index
    joined = line.lex(position, "and")
    position = joined[1] if joined else position
    if position == index:
        return None
    found = act_number(line, position)
    return None if found is None or position in line.dates else found


def _owner_between(line: Line, index: int, *, listed: bool) -> tuple[int, int]:
    """The body between the word and its number ("resoluciones de la Asamblea General 68/186"): its start, the index."""
    link = line.lex(index, "of")
    position = link[1] if link else index
    if link is None and line.order.body_before:
        return -1, index
    the = line.lex(position, "the")
    hit = line.hit_at(the[1] if the else position)
    if hit is None or hit.domain != BODY:
        return -1, index
    last = hit.last + 1 if listed and line.words.norm(hit.last) == "," else hit.last
    found = act_number(line, last)
    return (hit.start, last) if found and "number" not in found[0].styles else (-1, index)


def _owner_after(line: Line, index: int) -> tuple[int, int]:
    """The name after a number and perhaps a date ("of May 2020 of the Conference"): its start, the index after."""
    position = _dated(line, index)
    if line.words.norm(position) == ",":
        position += 1
    adopted = line.lex(position, "adopted_by")
    link = adopted[1] if adopted else line.of(position)
    if link is None:
        return -1, index
    the = line.lex(link, "the")
    hit = line.hit_at(the[1] if the else link)
    if hit is None or hit.domain not in (BODY, INSTRUMENT):
        return -1, index
    return hit.start, hit.last


def _dated(line: Line, index: int) -> int:
    """The index after a date, with the words or the comma before it (", de 18 de diciembre de 1991")."""
    position = index + 1 if line.words.norm(index) == "," else index
    for start in (position, index):
        link = line.lex(start, "of")
        for first in (link[1] if link else start, start):
            if first in line.dates:
                return line.dates[first]
    return index


def _owner_before(line: Line, index: int) -> tuple[int, int, bool]:
    """The body before the word: the start of its name, the first word of the mention, whether "its" stands there."""
    hit = _adjacent(line, index)
    if hit:
        # "اعتمد المؤتمر المقرر 4/2": elsewhere a body right before an act is the subject, no part of its name
        return hit.start, hit.first if hit.last == index and line.order.body_before else index, False
    possessive = line.lex(index - 1, "possessive") if index else None
    return -1, index, bool(possessive and possessive[1] == index)


def _adjacent(line: Line, index: int) -> NameHit | None:
    hit = line.hit_before(index)
    if hit and hit.domain in (BODY, INSTRUMENT) and not (hit.bare and not line.words.capital(hit.first)):
        return hit
    the = line.lex(index - 1, "the")
    if the and the[1] == index and not line.order.body_before:  # "por la Conferencia de la resolución 9/8"
        index -= 1
    if line.lex(index - 1, "of"):
        # "the adoption by the Assembly of resolution 69/314"
        hit = line.hit_before(index - 1)
        return hit if hit and hit.domain == BODY else None
    return None


def _tail(line: Line, index: int) -> tuple[tuple[Unit, ...], int]:
    """Units after the number: "annex" alone names no step; "annex, paragraph 3" and "paragraph 7" do."""
    position, end = index, index
    prefix: tuple[str, ...] = ()
    while line.words.norm(position) == ",":
        found = line.lex(position + 1, "unit")
        if found is None:
            break
        unit, after = found
        listed = unit_list(line, after, unit)
        if listed is None:
            if unit.sense not in ANNEXED:
                break
            prefix, position = (unit.sense,), after
            end = after
            continue
        items, after = listed
        if (
            line.of(after) is not None
        ):  # "resolution 60/1, paragraph 3 of resolution 60/2": a reference of its own
            break
        units = units_of(line, items, unit.sense)
        if unit.sense in ANNEXED or (RANK[unit.sense] < RANK["para"] and len(units) == 1):
            prefix, position, end = (*prefix, *units[0].path), after, after
            if unit.sense not in ANNEXED and not _goes_on(line, after):
                return (Unit(prefix, units[0].start, units[0].end),), end
            continue
        return tuple(Unit((*prefix, *unit.path), unit.start, unit.end) for unit in units), after
    return (), end


def _goes_on(line: Line, index: int) -> bool:
    return line.words.norm(index) == "," and line.lex(index + 1, "unit") is not None
