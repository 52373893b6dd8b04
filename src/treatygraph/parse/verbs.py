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
from typing import Any, Final

from treatygraph.parse.lexicon import LANG, entries, gaps

BEHIND: Final = " > "
"""What parts a form from the words that must stand behind it."""


class Tense(StrEnum):
    """How a verb is printed: as operative paragraphs print it, as it is told, or as an infinitive.

    ``PLURAL`` is how several who speak of themselves print it ("We call upon", "Приветствуем"), ``SPOKEN`` is the
    present by which a body speaks in its own report, where some forms stand for another verb.
    """

    PRESENT = "third"
    SPOKEN = "spoken"
    PAST = "past"
    PLURAL = "plural"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb of the list. ``asks``: the complements that name an addressee (to, that, for, its)."""

    lemma: str
    concept: str
    asks: frozenset[str]
    told: bool
    coordinates: bool


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form of a verb. ``behind``: what must stand behind it, and is no part of it ("demande > aux")."""

    printed: str
    behind: str
    verb: Verb


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
def listed_forms(language: str, tense: Tense) -> tuple[Form, ...]:
    """The forms of a tense, the longest first; an English infinitive is the lemma, and so is a plural."""
    rows = zip(entries(language, "verbs", "verb"), verbs(language), strict=True)
    if tense is Tense.PLURAL and tense in gaps(language, "verbs"):
        tense = Tense.PRESENT
    found = [_form(form, verb) for entry, verb in rows for form in _printed(entry, tense)]
    if tense is Tense.SPOKEN:
        whole = {form.printed for form in found if not form.behind}
        taken = {(form.printed, form.behind) for form in found}
        found += [
            form
            for form in listed_forms(language, Tense.PRESENT)
            if form.printed not in whole and (form.printed, form.behind) not in taken
        ]
    return tuple(
        sorted(found, key=lambda form: (-len(form.printed) - len(form.behind), form.printed, form.behind))
    )


def _form(listed: str, verb: Verb) -> Form:
    printed, _, behind = listed.partition(BEHIND)
    return Form(printed, behind, verb)


def _printed(entry: Mapping[str, Any], tense: Tense) -> list[str]:
    match tense:
        case Tense.BASE:
            found = entry.get("base", [entry["lemma"]])
        case Tense.PAST:
            found = [*entry["past"], *entry.get("participle", ())]
        case Tense.PLURAL:
            found = entry.get("plural", [entry["lemma"]])
        case Tense.SPOKEN:
            found = entry.get("spoken", [])
        case _:
            found = entry["third"]
    return list(found)


@cache
def forms(language: str, tense: Tense) -> Mapping[str, Verb]:
    """Each printed form of a tense with its verb; of several by what stands behind them, the one without wins."""
    return MappingProxyType({form.printed: form.verb for form in listed_forms(language, tense)})


@cache
def opening_words(language: str) -> tuple[str, ...]:
    """The first word of each form that opens an operative paragraph, in lower case, sorted."""
    return tuple(sorted({form.split()[0] for form in forms(language, Tense.PRESENT)}))
