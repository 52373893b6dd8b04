"""The reporting verbs of each language: one entry a lemma, and forms that open operative paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.lexicon import entries, gaps
from treatygraph.parse.openings import opening
from treatygraph.parse.verbs import Tense, listed_forms, opening_words, verb_languages, verbs


@pytest.mark.parametrize("language", verb_languages())
def test_the_verbs_are_sorted_and_stand_once(language: str) -> None:
    lemmas = [verb.lemma for verb in verbs(language)]
    assert lemmas == sorted(set(lemmas))
    assert all(verb.concept == verb.lemma.replace(" ", "-") for verb in verbs(language))


@pytest.mark.parametrize("language", verb_languages())
def test_a_form_belongs_to_one_verb(language: str) -> None:
    for key in ("third", "past"):
        printed = [form for entry in entries(language, "verbs", "verb") for form in entry[key]]
        assert sorted(printed) == sorted({" ".join(form.casefold().split()) for form in printed})


@pytest.mark.parametrize("language", verb_languages())
def test_every_verb_has_the_form_of_several_who_speak_of_themselves(language: str) -> None:
    if language == "en" or gaps(language, "verbs"):
        assert listed_forms(language, Tense.PLURAL)
    else:
        plurals = [entry["plural"] for entry in entries(language, "verbs", "verb")]
        printed = [form for forms in plurals for form in forms]
        assert all(plurals) and len(printed) == len(set(printed))


def test_the_english_verbs_are_those_of_the_ontology(repo: Path) -> None:
    turtle = (repo / "ontology" / "concepts.ttl").read_text(encoding="utf-8")
    concepts = set(re.findall(r"^<concept/verb/([a-z-]+)> a skos:Concept", turtle, re.MULTILINE))
    assert {verb.concept for verb in verbs("en")} == concepts


@pytest.mark.parametrize("language", verb_languages())
def test_every_language_names_verbs_of_the_english_list(language: str) -> None:
    assert {verb.lemma for verb in verbs(language)} <= {verb.lemma for verb in verbs("en")}


def test_a_verb_in_the_third_person_opens_an_operative_paragraph() -> None:
    lines = [f"{word.capitalize()} the keepers of the northern light;" for word in opening_words("en")]
    assert [line for line in lines if opening(line, "en") is not ParagraphKind.OPERATIVE] == []


@pytest.mark.parametrize("language", verb_languages())
def test_forms_that_differ_only_by_what_stands_behind_are_tried_from_the_longest(language: str) -> None:
    listed = listed_forms(language, Tense.PRESENT)
    lengths = [len(form.printed) + len(form.behind) for form in listed]
    assert lengths == sorted(lengths, reverse=True)


def test_what_must_stand_behind_a_form_is_no_part_of_it() -> None:
    (form,) = [
        each
        for each in listed_forms("fr", Tense.PRESENT)
        if each.behind == "aux" and each.verb.lemma == "call upon"
    ]
    assert form.printed == "demande"


@pytest.mark.parametrize("language", verb_languages())
def test_a_verb_is_printed_in_its_example(language: str) -> None:
    printed = defaultdict(list)
    for tense in (Tense.PRESENT, Tense.PAST):
        for form in listed_forms(language, tense):
            printed[form.verb.lemma].append(form.printed.split()[0].split("…")[0])
    for entry in entries(language, "verbs", "verb"):
        firsts = printed[entry["lemma"]]
        words = "|".join(rf"(?<!\w){re.escape(word)}" if language != "zh" else word for word in firsts)
        assert re.search(words, entry["example"].lower()), entry
