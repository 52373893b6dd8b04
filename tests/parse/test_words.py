"""Every entry of the word lists finds itself in its own example, and keeps away from its counter-example."""

from __future__ import annotations

import re

import pytest

from treatygraph.parse.kind_lines import kind_of_line
from treatygraph.parse.lexicon import (
    LANG,
    entries,
    gaps,
    languages,
    one_of,
    read_list,
    tables,
    word_pattern,
    words,
)
from treatygraph.parse.times import find_times

LISTS = ("agenda", "frontmatter", "times", "kinds")
TABLES = [(lang, name, table) for lang in languages() for name in LISTS for table in tables(lang, name)]
WORDED = ("resolution", "treaty", *LISTS)
# Tables that one language alone needs, by the order of its words.
OF_ONE = {
    ("frontmatter", "then_in"): ["zh"],
    ("frontmatter", "then_held"): ["zh"],
    ("frontmatter", "town"): ["ru"],
    ("treaty", "definite"): ["ar", "es", "fr", "ru", "zh"],
    ("treaty", "reference"): ["ar", "zh"],
}


def test_the_six_languages_are_held() -> None:
    assert languages() == ("ar", "en", "es", "fr", "ru", "zh")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_files(language: str) -> None:
    files = {path.name for path in (LANG / "en").iterdir()}
    assert {path.name for path in (LANG / language).iterdir()} == files


@pytest.mark.parametrize("name", WORDED)
@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_tables_or_says_why_not(language: str, name: str) -> None:
    every = {table for code in languages() for table in tables(code, name)}
    own = {table for table in every if language in OF_ONE.get((name, table), languages())}
    missing = gaps(language, name)
    assert set(tables(language, name)) == own - set(missing)
    assert all(reason for reason in missing.values())
    assert not set(missing) & set(tables(language, name))


@pytest.mark.parametrize(("language", "name", "table"), TABLES)
def test_entry_finds_itself_in_its_example(language: str, name: str, table: str) -> None:
    for entry in entries(language, name, table):
        if name == "kinds":
            assert kind_of_line(entry["example"], language) == entry["text"]
        else:
            parts = entry["text"].split("{n}")
            assert all(re.search(one_of([part]), entry["example"], re.IGNORECASE) for part in parts), entry


@pytest.mark.parametrize(("language", "name", "table"), TABLES)
def test_list_has_no_doubles(language: str, name: str, table: str) -> None:
    key = "pattern" if name == "kinds" else "text"
    listed = [entry[key].casefold() for entry in entries(language, name, table)]
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("language", languages())
def test_kind_keeps_away_from_counter_examples(language: str) -> None:
    for entry in entries(language, "kinds", "kind"):
        if "counter_example" in entry:
            assert kind_of_line(entry["counter_example"], language) is None


@pytest.mark.parametrize("language", languages())
def test_prose_verbs_keep_away_from_titles(language: str) -> None:
    for entry in entries(language, "agenda", "prose"):
        assert word_pattern(language, "agenda", "prose").search(entry["example"])
        if "counter_example" in entry:
            assert not word_pattern(language, "agenda", "prose").search(entry["counter_example"])


@pytest.mark.parametrize("language", languages())
def test_no_standard_item_is_a_sentence(language: str) -> None:
    for entry in entries(language, "agenda", "standard_item"):
        assert not word_pattern(language, "agenda", "prose").search(entry["example"]), entry


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("table", ["half", "named", "to", "hours", "from", "separator", "minute"])
def test_words_of_hours_are_read(language: str, table: str) -> None:
    for entry in entries(language, "times", table):
        assert find_times(entry["example"], language), entry


def test_labels_of_lists_are_found_in_their_examples() -> None:
    listed = read_list(LANG / "lists.toml")
    for entry in listed["order"]:
        assert any(letter in entry["example"] for letter in entry["text"].split())
    for table in ("alike", "numeral", "capital", "joint", "place_opening"):
        texts = [entry["text"] for entry in listed[table]]
        assert len(set(texts)) == len(texts)
        assert all(entry["text"] in entry["example"] for entry in listed[table])


def test_words_with_endings_are_listed_in_each_form() -> None:
    assert {"Conscient", "Consciente", "Conscients", "Conscientes"} <= set(
        words("fr", "resolution", "preambular")
    )
