"""A plain string → the ordinals printed in it: "sixth", "sixty-first", "one hundred and first", "16th"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from treatygraph.parse.lexicon import entries, one_of, words


@dataclass(frozen=True, slots=True)
class OrdinalMention:
    """An ordinal printed in a string: ``text`` is ``string[start:end]``, ``value`` its number."""

    start: int
    end: int
    value: int
    text: str


def _numbers(language: str, table: str) -> dict[str, int]:
    return {entry["text"]: entry["number"] for entry in entries(language, "ordinals", table)}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    ordinal, tens, hundreds = (
        one_of(words(language, "ordinals", table)) for table in ("ordinal", "tens", "hundreds")
    )
    ending = one_of(words(language, "ordinals", "figure_ending"))
    dash = r"(?:[-\u2010-\u2014]\s?|\s)"
    return re.compile(
        rf"(?<![\w/.-])(?:(?P<figure>[0-9]{{1,4}})\s?(?:<sup>)?{ending}(?:</sup>)?"
        rf"|(?:(?P<hundreds>{hundreds})\s)?(?:(?P<tens>{tens}){dash})?(?P<ordinal>{ordinal}))(?!\w)",
        re.IGNORECASE,
    )


def find_ordinals(text: str, language: str) -> tuple[OrdinalMention, ...]:
    """The ordinals in *text*, in order; raises ``VocabularyError`` for a language without word lists."""
    return tuple(
        OrdinalMention(match.start(), match.end(), _value(match, language), match.group())
        for match in _pattern(language).finditer(text)
    )


def ordinal_value(text: str, language: str) -> int | None:
    """The number that *text* names as a whole ("sixty-first" → 61, "16th" → 16), or None."""
    match = _pattern(language).fullmatch(text.strip())
    return None if match is None else _value(match, language)


def _value(match: re.Match[str], language: str) -> int:
    if match.group("figure"):
        return int(match.group("figure"))
    total = 0
    for table in ("hundreds", "tens", "ordinal"):
        printed = match.group(table)
        if printed:
            total += _numbers(language, table)[re.sub(r"\s+", " ", printed.casefold())]
    return total
