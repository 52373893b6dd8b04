"""Each entry of each word list finds itself in its own example and stays away from its counter-example."""

from __future__ import annotations

import re
import tomllib

import pytest

from treatygraph.acts.lexicon import HERE, LANG, entries, grammar, languages, load, offices, words
from treatygraph.acts.sentences import sentences
from treatygraph.acts.verbs import find_verbs, verb_at
from treatygraph.model.errors import VocabularyError
from treatygraph.parse.lexicon import entries as parse_entries
from treatygraph.parse.verbs import Tense, listed_forms
from treatygraph.parse.writing import writing


def verb_entries(language):
    return parse_entries(language, "verbs", "verb")


@pytest.mark.parametrize("language", languages())
def test_a_verb_is_found_in_its_example_and_not_in_its_counter_example(language):
    tenses = (Tense.PRESENT, Tense.PAST)
    for entry in verb_entries(language):
        found, against = (
            [m.verb.lemma for tense in tenses for m in find_verbs(entry[key], language, tense)]
            for key in ("example", "counter_example")
        )
        assert entry["lemma"] in found, entry
        assert entry["lemma"] not in against, entry


@pytest.mark.parametrize("language", languages())
def test_every_form_of_a_verb_is_that_verb(language):
    for tense in (Tense.PRESENT, Tense.PAST):
        for form in listed_forms(language, tense):
            printed = f"{form.printed.replace('…', '潮汐')} {form.behind}"
            verb = verb_at(printed, 0, language, tense)
            assert verb is not None and verb.lemma == form.verb.lemma, printed


@pytest.mark.parametrize(
    ("language", "table"),
    [(language, table) for language in languages() for table in sorted(load(language, "words"))],
)
def test_a_word_is_found_in_its_example_and_not_in_its_counter_example(language, table):
    how = writing(language)
    for entry in entries(language, table):
        whole = re.compile(f"{how.left}{re.escape(entry['text'])}{how.right}")
        assert whole.search(entry["example"]), entry
        assert not whole.search(entry.get("counter_example", "")), entry


@pytest.mark.parametrize("language", languages())
def test_no_table_holds_a_word_twice(language):
    for table in load(language, "words"):
        assert len(words(language, table)) == len(set(words(language, table))), table


@pytest.mark.parametrize("language", languages())
def test_an_abbreviation_does_not_end_a_sentence(language):
    for entry in load(language, "abbreviations")["abbreviation"]:
        assert entry["text"].casefold() in entry["example"].casefold(), entry
        assert len(sentences(entry["example"], language)) == 1, entry


@pytest.mark.parametrize("language", languages())
def test_a_letter_behind_the_noun_of_a_part_ends_a_sentence(language):
    for entry in load(language, "abbreviations").get("lettered", ()):
        assert entry["text"] in entry["example"].casefold(), entry
        assert len(sentences(entry["example"], language)) == 2, entry


@pytest.mark.parametrize("language", languages())
def test_a_turn_of_phrase_is_found_in_its_example_and_not_in_its_counter_example(language):
    for entry in load(language, "grammar")["pattern"]:
        turn = grammar(language, entry["name"])
        found = turn.search(entry["example"])
        assert found is not None and (found.group() or entry.get("empty", False)), entry
        against = turn.search(entry["counter_example"]) if "counter_example" in entry else None
        assert against is None or not against.group(), entry


@pytest.mark.parametrize("language", languages())
def test_the_turns_of_phrase_are_sorted_and_each_is_used(language):
    names = [entry["name"] for entry in load(language, "grammar")["pattern"]]
    absent = [entry["name"] for entry in load(language, "grammar").get("absent", ())]
    assert names == sorted(set(names)) and absent == sorted(set(absent)) and not set(names) & set(absent)
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.py")))
    assert [name for name in (*names, *absent) if f'"{name}"' not in code] == []


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_turn_of_phrase_or_says_why_not(language):
    listed = load(language, "grammar")
    english = load("en", "grammar")
    names = {entry["name"] for entry in (*english["pattern"], *english["absent"])}
    assert {entry["name"] for entry in (*listed["pattern"], *listed.get("absent", ()))} == names
    assert all(entry["why"].endswith(".") for entry in listed.get("absent", ()))


def test_a_turn_of_phrase_that_is_not_held_is_named_in_the_error():
    with pytest.raises(VocabularyError, match="'no-such-turn'"):
        grammar("en", "no-such-turn")


def test_offices_are_bodies_in_order_with_an_example():
    listed = tomllib.loads((HERE / "offices.toml").read_text(encoding="utf-8"))["office"]
    assert [entry["key"] for entry in listed] == sorted(offices())
    assert all(entry["key"].startswith("body/") and entry["example"].endswith(".") for entry in listed)


@pytest.mark.parametrize("language", [folder.name for folder in LANG.iterdir() if folder.is_dir()])
def test_every_language_folder_has_the_same_files(language):
    assert {path.name for path in (LANG / language).iterdir()} == {
        path.name for path in (LANG / "en").iterdir()
    }


def test_a_language_without_lists_is_named_in_the_error():
    with pytest.raises(VocabularyError, match="'tlh'"):
        load("tlh", "words")
