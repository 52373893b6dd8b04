"""A masked string → the reporting verbs printed in it, with their tense; adverbs may stand between their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from treatygraph.acts.lexicon import grammar, group
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.verbs import Form, Tense, Verb, listed_forms
from treatygraph.parse.writing import writing

_ELLIPSIS: Final = "…"
_BETWEEN: Final = "[^.;。；]{1,160}?"
"""What "…" in a form stands for: the words of one sentence."""
_SIGNS: Final = {"’": "[’']", "-": "[-\u2010\u2011]"}


@dataclass(frozen=True, slots=True)
class VerbMention:
    """A verb in a string: ``start``, ``end`` of its printed words ("takes note with thanks of" ends at "note")."""

    start: int
    end: int
    verb: Verb


def _spelled(words: str) -> str:
    pattern = one_of([words])
    for sign, any_of in _SIGNS.items():
        pattern = pattern.replace(re.escape(sign), any_of)
    return pattern


def _expression(form: Form, language: str) -> str:
    """A form with adverbs allowed between its words ("calls once again upon") and before what must follow it."""
    how = writing(language)
    adverb = group(language, "adverb")
    gap = rf"\s+(?:{adverb}\s+)?" if how.spaced else ""
    parts = form.printed.split(_ELLIPSIS)
    printed = _BETWEEN.join(gap.join(_spelled(word) for word in part.split()) for part in parts)
    edge = r"(?![\w-])" if how.spaced and form.printed[-1].isalnum() else ""
    if not how.spaced:
        mark = grammar(language, "adverb-mark")
        edge = f"(?!{mark.pattern})"
    if not form.behind:
        return printed + edge
    end = r"(?!\w)" if how.spaced and form.behind[-1].isalnum() else ""
    return rf"{printed}{edge}(?=(?:[\s,،，]*{adverb})*[\s,،，]*{_spelled(form.behind)}{end})"


@cache
def verb_pattern(language: str, tense: Tense) -> re.Pattern[str]:
    """A pattern for each form of a tense, the longest first."""
    left = r"(?<![\w-])" if writing(language).spaced else ""
    if writing(language).proclitics:
        left = writing(language).left
    forms = "|".join(_expression(form, language) for form in listed_forms(language, tense))
    return re.compile(rf"{left}(?:{forms or '(?!)'})", re.IGNORECASE)


@cache
def _by_letter(language: str, tense: Tense) -> Mapping[str, tuple[tuple[re.Pattern[str], Verb], ...]]:
    found: dict[str, list[tuple[re.Pattern[str], Verb]]] = {}
    for form in listed_forms(language, tense):
        expression = re.compile(_expression(form, language), re.IGNORECASE)
        found.setdefault(form.printed[0].casefold(), []).append((expression, form.verb))
    return MappingProxyType({letter: tuple(entries) for letter, entries in found.items()})


def verb_at(text: str, start: int, language: str, *tenses: Tense) -> Verb | None:
    """The verb whose form stands at *start*, the longest of the first tense that has one; None for any other word."""
    letter = text[start : start + 1].casefold()
    for tense in tenses:
        for expression, verb in _by_letter(language, tense).get(letter, ()):
            if expression.match(text, start):
                return verb
    return None


def find_verbs(text: str, language: str, tense: Tense) -> Iterable[VerbMention]:
    """The verbs of that tense in *text*, in order."""
    for match in verb_pattern(language, tense).finditer(text):
        verb = verb_at(text, match.start(), language, tense)
        if verb is not None:
            yield VerbMention(match.start(), match.end(), verb)
