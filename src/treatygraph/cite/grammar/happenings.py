"""Words → sessions and meetings: "its 16th meeting", "tenth session", "Thirteenth … Congress on …", "COP 24"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from treatygraph.cite.lexicon import Lexeme
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import HappeningMention
from treatygraph.cite.names import BODY, INSTRUMENT, NameHit
from treatygraph.model.numbering import roman_value

_COUNT: Final = re.compile(r"\d{1,3}")
_ROMAN_COUNT: Final = re.compile(r"V|X|(?=..)[IVXL]{2,6}")  # a single I is a pronoun or a list's number
_LONGEST_RANGE: Final = 60
_WORDS_OF_UNKNOWN: Final = 6


def happening_mention(line: Line, index: int) -> tuple[HappeningMention, int] | None:
    """The sessions or meetings whose first ordinal stands at a word; None where it counts something else."""
    ordinals, position = _ordinals(line, index)
    if not ordinals:
        return None
    letters, sitting, position = _modifiers(line, position)
    noun = line.lex(position, "happening")
    # "the Sixteenth Meeting of the States Parties" is all one name
    named = None if letters or sitting else _numbered_body(line, index, ordinals, position)
    if named or noun is None:
        return named
    after = noun[1]
    if line.order.ordinal_after:  # "session extraordinaire"
        more, seated, after = _modifiers(line, after)
        letters, sitting = letters or more, sitting or seated
    return _counted(line, index, noun[0], ordinals, letters, sitting, after)


def noun_first(line: Line, index: int) -> tuple[HappeningMention, int] | None:
    """ "períodos de sesiones octavo y noveno", "الدورة الثانية": what is counted, then modifiers and ordinals."""
    noun = line.lex(index, "happening")
    if noun is None:
        return None
    letters, sitting, position = _modifiers(line, noun[1])
    between = line.hit_at(position) if line.order.construct else None
    if between and between.domain == BODY:  # "دورة الجمعية العامة السابعة والسبعون"
        more, seated, position = _modifiers(
            line, between.last
        )  # "دورة الجمعية العامة الاستثنائية الثانية عشرة"
        letters, sitting = letters or more, sitting or seated
    ranged = line.lex(position, "of")
    if ranged and ranged[1] in line.ordinals:  # "دوراتها من الثالثة إلى السادسة"
        position = ranged[1]
    ordinals, end = _ordinals(line, position)
    if not ordinals:
        return None
    more, seated, end = _modifiers(line, end)
    mention, end = _counted(line, index, noun[0], ordinals, letters or more, sitting or seated, end)
    if between and between.domain == BODY:
        mention = replace(mention, body=between.start, unknown="", possessive=False)
    return mention, end


def _parted_name(line: Line, index: int) -> tuple[int, str]:
    """Of an ordinal inside the name of a conference of parties, where their treaty stands, and that name.

    "《条约》缔约国第三次会议" is a meeting of the 缔约国会议; (-1, "") for any other ordinal.
    """
    for noun, beginning in line.lexicon.parted:
        start = line.start(index) - len(beginning)
        if not line.text.startswith(beginning, max(start, 0)):
            continue
        first = line.words.index_at(start)
        first -= line.words.norm(first - 1) == "》"
        treaty = line.hit_before(first)
        if treaty is not None and treaty.domain == INSTRUMENT:
            return treaty.start, noun
    return -1, ""


def _follows_name(line: Line, index: int) -> bool:
    """Whether a word right before an ordinal may end the name of a body that is not known."""
    raw = line.words.raw(index - 1)
    return raw.isalpha() and not any(
        line.lex(index - 1, role) for role in ("to", "and", "range", "possessive")
    )


def numbered_inside(line: Line, hit: NameHit) -> tuple[HappeningMention, int] | None:
    """An ordinal inside the name of a body that counts: "مؤتمر الأمم المتحدة الرابع عشر لمنع الجريمة"."""
    inner = [index for index in range(hit.first + 1, hit.last) if index in line.ordinals]
    if hit.domain != BODY or not hit.entries or len(inner) != 1 or not _numbered_noun(line, hit):
        return None
    value, end = line.ordinals[inner[0]]
    number = (str(value), line.start(inner[0]), line.end(end))
    return HappeningMention(hit.start, hit.end, "", (number,), False, body=hit.start), hit.last


def _numbered_noun(line: Line, hit: NameHit) -> bool:
    """Whether bodies of that noun are numbered themselves ("the Thirteenth Congress")."""
    return hit.noun in line.lexicon.numbered


def _counted(
    line: Line,
    index: int,
    noun: Lexeme,
    ordinals: list[tuple[int, int, int]],
    letters: str,
    sitting: bool,
    end: int,
) -> tuple[HappeningMention, int]:
    """The mention that begins at a word and ends before *end*, with whose it is."""
    letters = f"{noun.letters}-" if noun.letters else letters
    ordinals = _between(ordinals) if len(ordinals) == 2 and _ranged(line, ordinals) else ordinals
    named = tuple((f"{letters}{value}", first, last) for value, first, last in ordinals)
    body, unknown = _owner_after(line, end)
    start, possessive = line.start(index), False
    owner = line.lex(index - 1, "possessive") if index else None
    if body < 0 and (noun.own or (owner and owner[1] == index)):
        possessive, unknown = True, unknown if line.order.lower_names and unknown[:1].islower() else ""
    elif body < 0:
        before = line.hit_before(index) if line.owning(index) else None
        before = line.hit_before(index) if line.order.head_last else before
        treaty, parted = _parted_name(line, index) if line.order.head_last and before is None else (-1, "")
        if treaty >= 0:
            return (
                HappeningMention(start, line.end(end), "", named, sitting, treaty=treaty, noun=parted),
                end,
            )
        if line.order.head_last and before is None and _follows_name(line, index):
            unknown = line.words.raw(index - 1)
        if before and before.domain == BODY:
            body = before.start
    figures = line.text[ordinals[0][1] : ordinals[0][2]].lstrip("第")[:1].isdigit()
    word, sits = noun.sense, noun.sits
    if line.order.head_last and line.text[: ordinals[-1][2]].endswith(
        "次"
    ):  # "届" counts sessions, "次" meetings
        word, sits = "meeting", figures  # Chinese counts sittings in figures, meetings of a body in words
    return (
        HappeningMention(
            start, line.end(end), word, named, sitting, possessive, body, unknown, figures, sits
        ),
        end,
    )


def numbered_acronym(line: Line, hit: NameHit) -> tuple[HappeningMention, int] | None:
    """ "COP 24", "CoP18", "SBI 48": the acronym of a body and the number of its session or meeting."""
    if hit.domain != BODY or not hit.acronym:
        return None
    position = hit.last + 1 if line.words.norm(hit.last) == "-" and line.words.glued(hit.last) else hit.last
    raw = line.words.raw(position)
    value = (
        raw if _COUNT.fullmatch(raw) else str(roman_value(raw) or "") if _ROMAN_COUNT.fullmatch(raw) else ""
    )
    if not value or position in line.dates or line.words.norm(position + 1) in ("/", "%"):
        return None
    number = (value, line.start(position), line.end(position + 1))
    return (
        HappeningMention(
            hit.start, line.end(position + 1), "", (number,), False, body=hit.start, figures=True
        ),
        position + 1,
    )


def _ordinals(line: Line, index: int) -> tuple[list[tuple[int, int, int]], int]:
    found: list[tuple[int, int, int]] = []
    position = index
    while position in line.ordinals:
        value, end = line.ordinals[position]
        found.append((value, line.start(position), line.end(end)))
        following = end + 1 if line.words.norm(end) == "," else end
        joined = line.lex(following, "and") or line.lex(following, "range")
        following = joined[1] if joined else following
        the = line.lex(following, "the") or (line.lex(following, "possessive") if joined else None)
        following = the[1] if the else following
        if following == end or following not in line.ordinals:
            return found, end
        position = following
    return found, position


def _ranged(line: Line, ordinals: list[tuple[int, int, int]]) -> bool:
    between = line.words.index_at(ordinals[0][2])
    return line.lex(between, "range") is not None and line.lex(between, "and") is None


def _between(ordinals: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    (first, start, _), (last, _, last_end) = ordinals
    inner = range(first + 1, last)[:_LONGEST_RANGE]
    return [ordinals[0], *((value, start, last_end) for value in inner), ordinals[1]]


def _modifiers(line: Line, index: int) -> tuple[str, bool, int]:
    """The words before the noun: letters of a special session, whether it is a sitting, the index after them."""
    letters, sitting, position = "", False, index
    for _ in range(4):
        found = line.lex(position, "modifier")
        if found is None:
            break
        sense = found[0].sense
        sitting = sitting or sense == "sitting"
        letters = f"{sense}-" if sense in ("S", "ES") else letters
        position = found[1]
    return letters, sitting, position


def _owner_after(line: Line, index: int) -> tuple[int, str]:
    """The body after "of": the start of its name, or the words of one that no name says."""
    link = line.of(index)
    if link is None:
        return -1, ""
    the = line.lex(link, "the")
    position = the[1] if the else link
    if link == index and (line.lex(position, "unit") or line.lex(position, "act")):
        return -1, ""  # a case says "of", but not of an item that follows
    hit = line.hit_at(position)
    if hit and hit.domain != BODY:
        return -1, line.text[hit.start : hit.end]
    hit = hit or _body_soon(line, position)
    if hit is None:
        end = min(len(line), position + _WORDS_OF_UNKNOWN)
        return -1, line.text[line.start(position) : line.end(end)] if position < end else ""
    return hit.start, ""


def _body_soon(line: Line, index: int) -> NameHit | None:
    """A body's name after small words that only describe it: "of the informal Working Group"."""
    for position in range(index, min(index + 4, len(line))):
        hit = line.hit_at(position)
        if hit:
            return hit if hit.domain == BODY else None
        if (
            not line.words.raw(position)[:1].islower()
            or line.lex(position, "of")
            or line.lex(position, "and")
        ):
            return None
    return None


def _numbered_body(
    line: Line, index: int, ordinals: list[tuple[int, int, int]], position: int
) -> tuple[HappeningMention, int] | None:
    """ "the Thirteenth United Nations Congress on …": an ordinal right before the name of a body that counts."""
    hit = line.hit_at(position)
    if hit is None or hit.domain != BODY or not _numbered_noun(line, hit):
        return None
    if line.order.head_last:  # "第八次和第九次缔约方会议"
        ordinals = _between(ordinals) if len(ordinals) == 2 and _ranged(line, ordinals) else ordinals
        named = tuple((str(value), start, end) for value, start, end in ordinals)
        return HappeningMention(ordinals[0][1], hit.end, "", named, False, body=hit.start), hit.last
    alone = (
        hit.bare and " " in hit.noun and line.words.capital(hit.first)
    )  # "the Ninth Conference of States Parties"
    if not (hit.entries or hit.to >= 0 or alone) or len(ordinals) != 1 or (hit.bare and not alone):
        return None
    value, start, end = ordinals[0]
    return (
        HappeningMention(start, hit.end, "", ((str(value), start, end),), False, body=hit.start),
        hit.last,
    )
