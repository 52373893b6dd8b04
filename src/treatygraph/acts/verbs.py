"""A masked string → the reporting verbs printed in it, with their tense; adverbs may stand between their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from treatygraph.acts.lexicon import group
from treatygraph.parse.verbs import Tense, Verb, forms


@dataclass(frozen=True, slots=True)
class VerbMention:
    """A verb in a string: ``start``, ``end`` of its printed words ("takes note with thanks of" ends at "note")."""

    start: int
    end: int
    verb: Verb


def _one_form(form: str, gap: str) -> str:
    """A form with an adverb allowed between its words: "calls once again upon"."""
    return rf"\s{gap}".join(re.escape(word) for word in form.split())


@cache
def verb_pattern(language: str, tense: Tense) -> re.Pattern[str]:
    """A pattern for each form of a tense, the longest first."""
    gap = rf"(?:{group(language, 'adverb')}\s)?"
    printed = sorted(forms(language, tense), key=lambda form: (-len(form), form))
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(_one_form(form, gap) for form in printed)})(?![\w-])", re.IGNORECASE
    )


@cache
def _adverbs(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s{group(language, 'adverb')}(?=\s)", re.IGNORECASE)


def verb_of(printed: str, language: str, tense: Tense) -> Verb | None:
    """The verb that *printed* is a form of, adverbs inside it left out; None for any other word."""
    held = forms(language, tense)
    bare = " ".join(printed.casefold().split())
    return held.get(bare) or held.get(_adverbs(language).sub("", bare))


def find_verbs(text: str, language: str, tense: Tense) -> Iterable[VerbMention]:
    """The verbs of that tense in *text*, in order."""
    for match in verb_pattern(language, tense).finditer(text):
        verb = verb_of(match.group(), language, tense)
        if verb is not None:
            yield VerbMention(match.start(), match.end(), verb)
