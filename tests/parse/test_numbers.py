"""Ordinals, Roman numerals, letters and the order of labels in a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.model.numbering import follows, letter_value, number_of, number_path, roman_value
from treatygraph.parse.lexicon import entries, languages
from treatygraph.parse.ordinals import find_ordinals, ordinal_value


@pytest.mark.parametrize(
    ("text", "value"),
    [("sixth", 6), ("Sixty-first", 61), ("16th", 16), ("101st", 101), ("twenty-second", 22),
     ("seventieth", 70), ("one hundred and first", 101), ("twenty second", 22),
     ("6", None), ("seconds", None)],
)  # fmt: skip
def test_ordinal_has_its_value(text: str, value: int | None) -> None:
    assert ordinal_value(text, "en") == value


def test_ordinals_are_found_with_their_words() -> None:
    found = find_ordinals("its 16th meeting during the twenty-eighth session, ten seconds long", "en")
    assert [(m.text, m.value) for m in found] == [("16th", 16), ("twenty-eighth", 28)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("table", ["ordinal", "tens", "hundreds", "figure_ending"])
def test_every_entry_finds_itself_in_its_example(language: str, table: str) -> None:
    for entry in entries(language, "ordinals", table):
        assert any(entry["text"] in mention.text for mention in find_ordinals(entry["example"], language)), (
            entry
        )
        if "counter_example" in entry:
            assert not find_ordinals(entry["counter_example"], language)


def test_ordinals_that_share_a_sign_are_each_found() -> None:
    for entry in entries("zh", "ordinals", "joint"):
        found = find_ordinals(entry["example"], "zh")
        assert len(found) == 2, entry
        assert found[1].text.endswith("届")
    assert [m.text for m in find_ordinals("第四届会议和五届会议", "zh")] == ["第四届"]
    assert [m.text for m in find_ordinals("第四和五个国家", "zh")] == ["第四"]


@pytest.mark.parametrize(
    ("text", "value"), [("XIII", 13), ("iv", 4), ("xlix", 49), ("IIII", None), ("abc", None), ("", None)]
)
def test_roman_numerals_have_their_value(text: str, value: int | None) -> None:
    assert roman_value(text) == value


@given(st.lists(st.sampled_from(["a", "b", "i", "ii", "iv", "1", "12"]), max_size=4))
def test_a_number_is_its_path_and_the_path_its_number(steps: list[str]) -> None:
    path = ("5", *steps)
    assert number_path(number_of(path)) == path


def test_letters_go_on_after_z() -> None:
    assert [letter_value(label) for label in ("a", "z", "aa", "bb", "ab")] == [1, 26, 27, 28, None]


@pytest.mark.parametrize(
    ("before", "label", "may"),
    [("h", "i", True), (None, "i", True), ("i", "ii", True), ("i", "j", True), ("3", "4", True),
     (None, "1", True), ("3", "5", False), (None, "c", False), ("III", "IV", True), ("B", "c", False)],
)  # fmt: skip
def test_a_label_continues_its_own_list(before: str | None, label: str, may: bool) -> None:
    assert follows(label, before) is may
