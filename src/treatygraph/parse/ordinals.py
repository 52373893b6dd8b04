"""A plain string → the ordinals printed in it: "sixth", "sixty-first", "one hundred and first", "16th"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from treatygraph.parse.lexicon import entries, fold, forms, one_of, words


@dataclass(frozen=True, slots=True)
class OrdinalMention:
    """An ordinal printed in a string: ``text`` is ``string[start:end]``, ``value`` its number."""

    start: int
    end: int
    value: int
    text: str


_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMBER = rf"[{''.join((*_HAN_DIGITS, *_HAN_TENS))}]{{1,9}}"
"""A pattern for a number written in Chinese characters."""


@cache
def _numbers(language: str, table: str) -> dict[str, int]:
    return {form: entry["number"] for entry in entries(language, "ordinals", table) for form in forms(entry)}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """The ordinals of a language.

    Its words come as tens and unit ("sixty-first"), or as unit and tens joined by a word (``joint``: "الثانية
    والستون"); or a sign stands before a number in figures or characters (``prefix``: "第").
    """
    prefix, joint = (words(language, "ordinals", table) for table in ("prefix", "joint"))
    if prefix:
        counter = one_of(words(language, "ordinals", "counter"))
        return re.compile(
            rf"{one_of(prefix)}(?:(?P<figure>[0-9]{{1,4}})|(?P<han>{HAN_NUMBER}))(?![0-9/.]|\s?[A-Z]?\()(?:{counter})?"
        )
    ordinal, tens, hundreds, ending = (
        one_of(form for entry in entries(language, "ordinals", table) for form in forms(entry))
        for table in ("ordinal", "tens", "hundreds", "figure_ending")
    )
    if joint:
        return re.compile(
            rf"(?:(?<![\w/.-])|(?<=\W[{''.join(words(language, 'ordinals', 'particle'))}]))"
            rf"(?:(?P<ordinal>{ordinal})(?:\s{one_of(joint)}(?P<tens>{tens}))?|(?P<round>{tens}))(?:\s(?P<hundreds>{hundreds}))?(?!\w)"
        )
    joint_of_figures = one_of(words(language, "ordinals", "figure_joint"))
    dash = r"(?:[-\u2010-\u2014]\s?|\s)"
    return re.compile(
        rf"(?<![\w/.-])(?:(?P<figure>[0-9]{{1,4}})(?:{joint_of_figures})?(?:<sup>)?{ending}(?:</sup>)?"
        rf"|(?:(?P<hundreds>{hundreds})\s)?(?:(?P<tens>{tens}){dash})?(?P<ordinal>{ordinal}))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _shared_sign(language: str) -> re.Pattern[str] | None:
    """What goes on after an ordinal whose sign it shares ("第七十六和七十七届"); None where no sign makes ordinals."""
    if not words(language, "ordinals", "prefix"):
        return None
    joint, counter = (one_of(words(language, "ordinals", table)) for table in ("joint", "counter"))
    return re.compile(rf"(?<!{counter}){joint}(?P<han>{HAN_NUMBER})(?={joint}|{counter}){counter}?")


def written_ordinal(language: str) -> str:
    """A pattern without groups for an ordinal in words, to stand in a larger one; empty where a sign makes ordinals."""
    if words(language, "ordinals", "prefix"):
        return ""
    listed = [form for entry in entries(language, "ordinals", "ordinal") for form in forms(entry)]
    tens = [form for entry in entries(language, "ordinals", "tens") for form in forms(entry)]
    joint = words(language, "ordinals", "joint")
    if joint:
        return rf"{one_of(listed)}(?:\s{one_of(joint)}{one_of(tens)})?|{one_of(tens)}"
    return rf"(?:{one_of(tens)}[-\s])?{one_of(listed)}"


def han_value(text: str) -> int | None:
    """The number that Chinese characters say ("七十七" → 77, "二〇一五" → 2015), or None.

    >>> han_value("一百零一")
    101
    """
    if not re.fullmatch(HAN_NUMBER, text):
        return None
    if not any(sign in _HAN_TENS for sign in text):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in _HAN_TENS:
            total += (digit or 1) * _HAN_TENS[sign]
            digit = 0
        else:
            digit = _HAN_DIGITS[sign]
    return total + digit


def find_ordinals(
    text: str, language: str, starts: Iterable[int] | None = None
) -> tuple[OrdinalMention, ...]:
    """The ordinals in *text*, in order; raises ``VocabularyError`` for a language without word lists.

    *starts* are the only offsets at which one can begin, in order, where the caller knows them.
    """
    pattern, shared = _pattern(language), _shared_sign(language)
    matches = pattern.finditer(text) if starts is None else _matches_at(pattern, text, starts)
    found = []
    for first in matches:
        match: re.Match[str] | None = first
        while match:
            start = match.start("han") if match is not first else match.start()
            found.append(
                OrdinalMention(start, match.end(), _value(match, language), text[start : match.end()])
            )
            match = shared.match(text, match.end()) if shared else None
    return tuple(found)


def _matches_at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


@cache
def ordinal_words(language: str) -> tuple[str, ...]:
    """The words, or signs, with which an ordinal of a language can begin when it begins with no figure."""
    tables = ("prefix",) if words(language, "ordinals", "prefix") else ("ordinal", "tens", "hundreds")
    return tuple(
        sorted(
            {
                form
                for table in tables
                for entry in entries(language, "ordinals", table)
                for form in forms(entry)
            }
        )
    )


def ordinal_value(text: str, language: str) -> int | None:
    """The number that *text* names as a whole ("sixty-first" → 61, "16th" → 16), or None."""
    match = _pattern(language).fullmatch(text.strip())
    return None if match is None else _value(match, language)


def _value(match: re.Match[str], language: str) -> int:
    parts = match.groupdict()
    if parts.get("figure"):
        return int(parts["figure"])
    if parts.get("han"):
        return han_value(parts["han"]) or 0
    total = 0
    for group, table in (
        ("hundreds", "hundreds"),
        ("tens", "tens"),
        ("round", "tens"),
        ("ordinal", "ordinal"),
    ):
        printed = parts.get(group)
        if printed:
            total += _numbers(language, table)[fold(printed)]
    return total
