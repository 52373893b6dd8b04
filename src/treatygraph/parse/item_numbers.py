"""A plain string → the agenda items that it names by number: "1 (a) and (b)", "items 3 to 5", "2, 4 (continued)"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.model.numbering import letter_value, number_of, roman_value
from treatygraph.parse.item_labels import item_word
from treatygraph.parse.label_letters import in_figures, latin_steps, letters
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.writing import writing

# "items 3 to 5" names three; a range of more than this is a misprint or no range of items.
_LONGEST_RANGE: Final = 60
# The numbers that a heading names stand in its first characters.
_LONGEST_NAMING: Final = 60
_STOPPED: Final = re.compile(r"[.:;：；]")
_PARAGRAPH_NUMBER: Final = re.compile(r"\d{1,3}\.\s{1,4}")


@dataclass(frozen=True, slots=True)
class ItemMention:
    """The number of an item, printed at ``string[start:end]`` (a range: where its end is printed)."""

    number: str
    start: int
    end: int


@cache
def _tokens(language: str) -> re.Pattern[str]:
    how = writing(language)
    behind = r"(?![\w/])" if how.spaced else r"(?![A-Za-z0-9/])"
    continued = one_of(words(language, "agenda", "continued"))
    both = one_of(words(language, "agenda", "list_and"))
    to = one_of(words(language, "agenda", "list_to"))
    return re.compile(
        rf"(?P<word>(?i:{item_word(language)}){how.right})"
        rf"|(?P<top>\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}(?:\s?(?:bis|ter|quater)\b)?{behind}|[IVXL]{{1,7}}(?!\w))"
        rf"|[(（]\s?(?P<sub>[a-z]{{1,4}}|\d{{1,2}}|{letters()})\s?[)）]"
        rf"|(?<![(（\w])(?P<half>[a-z]|{letters()})\s?[)）]"
        rf"|(?P<skip>[\[(（]\s?(?i:{continued})\s?[\])）])"
        rf"|(?P<to>[-\u2010-\u2015]|(?i:{to}){how.right})"
        rf"|(?P<and>[,;.:،؛，；、。]|(?i:{both})(?!\w|$)|(?i:{both})(?=\d))|(?P<space>\s{{1,20}})"
    )


def number_list(text: str, language: str, start: int = 0, end: int | None = None) -> tuple[ItemMention, ...]:
    """The items that ``text[start:end]`` lists when it is nothing but numbers of items; else none."""
    found, stop = _read(text, language, start, len(text) if end is None else end)
    return found if stop == (len(text) if end is None else end) else ()


def named_items(text: str, language: str, start: int = 0, end: int | None = None) -> tuple[ItemMention, ...]:
    """The items named anywhere in ``text[start:end]`` by the word "item" and their numbers."""
    mentions: list[ItemMention] = []
    position, stop = start, len(text) if end is None else end
    how = writing(language)
    pattern = re.compile(rf"{how.left}{item_word(language)}{how.gap}(?=[\dIVXL])", re.IGNORECASE)
    while match := pattern.search(text, position, stop):
        found, position = _read(text, language, match.end(), stop)
        mentions.extend(found)
        position = max(position, match.end())
    return tuple(mentions)


def joined_items(text: str, language: str) -> tuple[str, ...]:
    """The numbers of the items that a heading opens with ("Items 3 and 4: …"), those behind a stop left out."""
    found = named_items(text, language, 0, min(len(text), _LONGEST_NAMING))
    numbers: list[str] = []
    for place, mention in enumerate(found):
        if place and _STOPPED.search(text, found[place - 1].end, max(mention.start, found[place - 1].end)):
            break
        numbers.append(mention.number)
    return tuple(numbers)


def _read(text: str, language: str, start: int, end: int) -> tuple[tuple[ItemMention, ...], int]:
    """The longest list of numbers from *start* on, and where it ends (connecting words at its end not counted)."""
    mentions: list[ItemMention] = []
    top: str | None = None
    ranging, position, stop = False, start, start
    while position < end:
        token = _tokens(language).match(text, position, end)
        if token is None:
            break
        position = token.end()
        if token.group("top"):
            if mentions and _runs_on(text, stop, token.start()):
                break
            top = re.sub(r"(?<=\d)\s?(?=[a-z])", " ", in_figures(token.group("top")))
            if roman_value(top) is None and not top[0].isdigit():
                break
            _take(mentions, (top,), token.span("top"), ranging)
            ranging = False
        elif (token.group("sub") or token.group("half")) and top is not None:
            _take_sub(mentions, top, token, ranging)
            ranging = False
        elif token.group("sub") or token.group("half"):
            break
        elif token.group("to"):
            ranging = bool(mentions)
        stop = position if not (token.group("to") or token.group("and")) or position == end else stop
    return tuple(mentions), stop


def leading_numbers(text: str, language: str, start: int, end: int) -> tuple[ItemMention, ...]:
    """The items that ``text[start:end]`` lists before a title, two at least ("5 (a), (b) Review of the lights")."""
    found, stop = _read(text, language, start, end)
    rest = text[stop:end].lstrip(" .:、．")
    return found if len(found) > 1 and writing(language).large(rest) else ()


def _runs_on(text: str, stop: int, start: int) -> bool:
    """Whether a number stands right after another without a comma or "and": then it is none of the list."""
    return not text[stop:start].strip() and text[max(0, stop - 1) : start].strip() == "" and stop < start


def _take(mentions: list[ItemMention], steps: tuple[str, ...], span: tuple[int, int], ranging: bool) -> None:
    if ranging and mentions:
        mentions.extend(_between(mentions[-1].number, steps, span))
    mentions.append(ItemMention(number_of(steps), *span))


def _take_sub(mentions: list[ItemMention], top: str, token: re.Match[str], ranging: bool) -> None:
    printed = token.group("sub") or token.group("half")
    step, span = next(iter(latin_steps(printed)), printed), token.span()
    last = mentions[-1] if mentions else None
    if last and not token.string[last.end : token.start()].strip():
        steps = f"{last.number} ({step})"
        mentions[-1] = ItemMention(steps, last.start, span[1])
    else:
        _take(mentions, (top, step), span, ranging)


def _between(first: str, steps: tuple[str, ...], span: tuple[int, int]) -> list[ItemMention]:
    """The items between the ends of a range: 4 in "3-5", (b) in "(a)-(c)"."""
    if len(steps) == 1 and first.isdigit() and steps[0].isdigit():
        numbers = [str(value) for value in range(int(first) + 1, int(steps[0]))]
    elif len(steps) == 2 and first.startswith(f"{steps[0]} (") and len(first) == len(steps[0]) + 4:
        low, high = letter_value(first[-2]), letter_value(steps[1])
        letters = range(low + 1, high) if low and high and high <= 26 else range(0)
        numbers = [number_of((steps[0], chr(ord("a") + value - 1))) for value in letters]
    else:
        return []
    return [ItemMention(number, *span) for number in numbers[:_LONGEST_RANGE]]


@cache
def _about(language: str) -> re.Pattern[str]:
    about, item = (one_of(words(language, "agenda", table)) for table in ("about_item", "item_word"))
    return re.compile(rf"{about}\s(?:the\s)?(?={item}\s)", re.IGNORECASE)


def item_named_first(text: str, language: str, known: Mapping[str, str]) -> str | None:
    """The item that a paragraph opens by naming ("For its consideration of agenda item 5, …"), if it is known."""
    number = _PARAGRAPH_NUMBER.match(text)
    match = _about(language).match(text, number.end() if number else 0)
    if match is None:
        return None
    mentions = named_items(text, language, match.end(), min(len(text), match.end() + 40))
    return next((mention.number for mention in mentions if mention.number in known), None)
