"""The reporting verbs of a language: ``lang/<code>/verbs.toml`` → lemmas and forms, and what opens a paragraph.

The list stands once: it tells the operative paragraphs of a resolution, and the actions that a text tells. The
lemma is the English one with its particle in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from treatygraph.parse.lexicon import LANG, entries


class Tense(StrEnum):
    """How a verb is printed: as operative paragraphs print it, as it is told, or as an infinitive."""

    PRESENT = "third"
    PAST = "past"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb of the list. ``asks``: the complements that name an addressee (to, that, for, its)."""

    lemma: str
    concept: str
    asks: frozenset[str]
    told: bool
    coordinates: bool


def verb_languages() -> tuple[str, ...]:
    """The codes of the languages whose reporting verbs are held, sorted."""
    return tuple(sorted(folder.name for folder in LANG.iterdir() if (folder / "verbs.toml").is_file()))


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
        for entry in entries(language, "verbs", "verb")
    )


@cache
def forms(language: str, tense: Tense) -> Mapping[str, Verb]:
    """Each printed form of a tense, in lower case, with its verb; a list without infinitives has the lemma as one."""
    found: dict[str, Verb] = {}
    for entry, verb in zip(entries(language, "verbs", "verb"), verbs(language), strict=True):
        for form in _printed(entry, tense):
            found[form] = verb
    return MappingProxyType(found)


def _printed(entry: Mapping[str, list[str]], tense: Tense) -> list[str]:
    match tense:
        case Tense.BASE:
            return entry.get("base", [str(entry["lemma"])])
        case Tense.PAST:
            return [*entry["past"], *entry.get("participle", ())]
        case _:
            return entry["third"]


@cache
def opening_words(language: str) -> tuple[str, ...]:
    """The first word of each form that opens an operative paragraph, in lower case, sorted."""
    return tuple(sorted({form.split()[0] for form in forms(language, Tense.PRESENT)}))
