"""How a paragraph of a resolution begins: with a participle (preambular), or a verb in the third person (operative).

The words are data (``lang/<code>/resolution.toml``, ``verbs.toml``); the rule is that of the United Nations
Editorial Manual.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.verbs import opening_words

ADVERBS: Final = 3
"""At most this many adverbs stand before the opening word ("Once again strongly urges")."""
_MARKUP: Final = r"[*_\s“\"«‘]{0,4}"


@dataclass(frozen=True, slots=True)
class _Openings:
    preambular: re.Pattern[str]
    operative: re.Pattern[str]
    reported: re.Pattern[str]


@cache
def _openings(language: str) -> _Openings:
    adverbs = words(language, "resolution", "adverb")
    lowered = [*adverbs, *(word.lower() for word in adverbs)]
    before = rf"{_MARKUP}(?:{one_of(lowered)}(?:,?\s{{1,3}}(?:again\s{{1,3}})?)){{0,{ADVERBS}}}"
    participle = words(language, "resolution", "preambular")
    verb = opening_words(language)
    reported = (
        rf"{_MARKUP}The\s[A-Z][\w’' -]{{2,80}}?\s(?:{one_of(map(str.lower, adverbs))}\s)?{one_of(verb)}\b"
    )
    return _Openings(
        re.compile(rf"{before}{_MARKUP}{one_of([*participle, *map(str.lower, participle)])}\b"),
        re.compile(rf"{before}{_MARKUP}{one_of([*verb, *map(str.capitalize, verb)])}\b"),
        re.compile(reported),
    )


def opening(text: str, language: str) -> ParagraphKind | None:
    """Whether *text* begins as a preambular or an operative paragraph; None when it begins as neither.

    >>> opening("Recalling its resolution on the tending of lights,", "en").value
    'preambular'
    >>> opening("Also requests the harbour master to count the wrecks;", "en").value
    'operative'
    """
    found = _openings(language)
    if not text.lstrip('*_ “"«‘')[:1].isupper():
        return None
    if found.operative.match(text) or found.reported.match(text):
        return ParagraphKind.OPERATIVE
    if found.preambular.match(text):
        return ParagraphKind.PREAMBULAR
    return None
