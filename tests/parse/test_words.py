"""Every entry of the word lists finds itself in its own example, and keeps away from its counter-example."""

from __future__ import annotations

import re

import pytest

from treatygraph.parse.kind_lines import kind_of_line
from treatygraph.parse.lexicon import entries, languages, load, word_pattern
from treatygraph.parse.times import find_times

LISTS = ("agenda", "frontmatter", "times", "kinds")
TABLES = [(lang, name, table) for lang in languages() for name in LISTS for table in load(lang, name)]


@pytest.mark.parametrize(("language", "name", "table"), TABLES)
def test_entry_finds_itself_in_its_example(language: str, name: str, table: str) -> None:
    for entry in entries(language, name, table):
        if name == "kinds":
            assert kind_of_line(entry["example"], language) == entry["text"]
        else:
            pattern = re.compile(rf"(?<!\w){re.escape(entry['text'])}", re.IGNORECASE)
            assert pattern.search(entry["example"]), entry


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
@pytest.mark.parametrize("table", ["half", "named", "to", "hours"])
def test_words_of_hours_are_read(language: str, table: str) -> None:
    for entry in entries(language, "times", table):
        assert find_times(entry["example"], language), entry
