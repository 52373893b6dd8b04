"""A masked string → the reporting verbs printed in it, with their tense; adverbs may stand between their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from treatygraph.acts.lexicon import group, load


class Tense(StrEnum):
    """How a verb is printed: as operative paragraphs print it, as it is told, or as an infinitive."""

    PRESENT = "third"
    PAST = "past"
    BASE = "lemma"


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb of the list. ``asks``: the complements that name an addressee (to, that, for, its)."""

    lemma: str
    concept: str
    asks: frozenset[str]
    told: bool
    coordinates: bool


@dataclass(frozen=True, slots=True)
class VerbMention:
    """A verb in a string: ``start``, ``end`` of its printed words ("takes note with thanks of" ends at "note")."""

    start: int
    end: int
    verb: Verb


@cache
def verbs(language: str) -> tuple[Verb, ...]:
    """The verbs of a language, in the order of the list."""
    return tuple(
        Verb(
            entry["lemma"],
            entry["concept"],
            frozenset(entry.get("asks", ())),
            entry.get("told", True),
            entry.get("coordinates", True),
        )
        for entry in load(language, "verbs")["verb"]
    )


@cache
def _forms(language: str, tense: Tense) -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for entry, verb in zip(load(language, "verbs")["verb"], verbs(language), strict=True):
        if tense is Tense.BASE:
            printed = [entry["lemma"]]
        elif tense is Tense.PAST:
            printed = [*entry["past"], *entry.get("participle", ())]
        else:
            printed = entry["third"]
        for form in printed:
            forms[form] = verb
    return forms


def _one_form(form: str, gap: str) -> str:
    """A form with an adverb allowed between its words: "calls once again upon"."""
    return rf"\s{gap}".join(re.escape(word) for word in form.split())


@cache
def verb_pattern(language: str, tense: Tense) -> re.Pattern[str]:
    """A pattern for each form of a tense, the longest first."""
    gap = rf"(?:{group(language, 'adverb')}\s)?"
    forms = sorted(_forms(language, tense), key=lambda form: (-len(form), form))
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(_one_form(form, gap) for form in forms)})(?![\w-])", re.IGNORECASE
    )


@cache
def _adverbs(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s{group(language, 'adverb')}(?=\s)", re.IGNORECASE)


def verb_of(printed: str, language: str, tense: Tense) -> Verb | None:
    """The verb that *printed* is a form of, adverbs inside it left out; None for any other word."""
    forms = _forms(language, tense)
    bare = " ".join(printed.casefold().split())
    return forms.get(bare) or forms.get(_adverbs(language).sub("", bare))


def find_verbs(text: str, language: str, tense: Tense) -> Iterable[VerbMention]:
    """The verbs of that tense in *text*, in order."""
    for match in verb_pattern(language, tense).finditer(text):
        verb = verb_of(match.group(), language, tense)
        if verb is not None:
            yield VerbMention(match.start(), match.end(), verb)
