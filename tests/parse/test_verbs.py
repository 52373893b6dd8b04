"""The reporting verbs of each language: one entry a lemma, and forms that open operative paragraphs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.lexicon import entries
from treatygraph.parse.openings import opening
from treatygraph.parse.verbs import opening_words, verb_languages, verbs


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


def test_the_english_verbs_are_those_of_the_ontology(repo: Path) -> None:
    turtle = (repo / "ontology" / "concepts.ttl").read_text(encoding="utf-8")
    concepts = set(re.findall(r"^<concept/verb/([a-z-]+)> a skos:Concept", turtle, re.MULTILINE))
    assert {verb.concept for verb in verbs("en")} == concepts


@pytest.mark.parametrize("language", verb_languages())
def test_every_language_names_verbs_of_the_english_list(language: str) -> None:
    assert {verb.lemma for verb in verbs(language)} <= {verb.lemma for verb in verbs("en")}


@pytest.mark.parametrize("word", opening_words("en"))
def test_a_verb_in_the_third_person_opens_an_operative_paragraph(word: str) -> None:
    assert opening(f"{word.capitalize()} the keepers of the northern light;", "en") is ParagraphKind.OPERATIVE
