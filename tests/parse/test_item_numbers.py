"""Numbers of items as agendas and programmes print them, and hours of the day."""

import pytest

from treatygraph.parse.item_labels import label_at
from treatygraph.parse.item_numbers import named_items, number_list
from treatygraph.parse.lexicon import entries, gaps, languages
from treatygraph.parse.times import find_times


@pytest.mark.parametrize(
    ("printed", "steps", "title"),
    [
        ("5. Other matters", ("5",), "Other matters"),
        ("5 (b) Wicks", ("5", "b"), "Wicks"),
        ("1. (a) Opening", ("1", "a"), "Opening"),
        ("Item 3. Lamps", ("3",), "Lamps"),
        ("Agenda item 3 (a): Lamps", ("3", "a"), "Lamps"),
        ("Item IV — Lamps", ("IV",), "Lamps"),
        ("IV. Lamps", ("IV",), "Lamps"),
        ("4.2 Lamps", ("4.2",), "Lamps"),
        ("(a) Lamps", ("a",), "Lamps"),
        ("b) Lamps", ("b",), "Lamps"),
        ("(a) (i) Lamps", ("a", "i"), "Lamps"),
    ],
)
def test_label_is_read_with_its_steps(printed: str, steps: tuple[str, ...], title: str) -> None:
    label = label_at(printed, "en")
    assert label is not None
    assert label.steps == steps
    assert printed[label.end :] == title
    assert [printed[start:end] for start, end in label.step_spans] == list(steps)


@pytest.mark.parametrize(
    "printed", ["10 years of work", "2016 was a year", "(see below)", "items", "Lamps", "3-6 p.m."]
)
def test_words_and_years_are_no_labels(printed: str) -> None:
    assert label_at(printed, "en") is None


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("1 (a)", ["1 (a)"]),
        ("1 (a) and (b)", ["1 (a)", "1 (b)"]),
        ("2, 3 and 5 (a)–(c)", ["2", "3", "5 (a)", "5 (b)", "5 (c)"]),
        ("3-5", ["3", "4", "5"]),
        ("3 (continued)", ["3"]),
        ("Items 3 and 4", ["3", "4"]),
        ("IV", ["IV"]),
        ("5. Other matters", []),
        ("10 a.m.", []),
    ],
)
def test_cell_of_numbers_lists_items(printed: str, numbers: list[str]) -> None:
    assert [mention.number for mention in number_list(printed, "en")] == numbers


def test_items_are_named_in_a_sentence() -> None:
    found = named_items(
        "Joint discussion of items 3 to 5 and of agenda item 7 (a); item 2016/1 is none.", "en"
    )
    assert [mention.number for mention in found] == ["3", "4", "5", "7 (a)"]


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("3-6 p.m.", "15:00", "18:00"),
        ("10 a.m.-1 p.m.", "10:00", "13:00"),
        ("10 a.m. to 1 p.m.", "10:00", "13:00"),
        ("9.30 a.m. to noon", "09:30", "12:00"),
        ("10-1 p.m.", "10:00", "13:00"),
        ("15.00–18.00", "15:00", "18:00"),
        ("1500-1800 hours", "15:00", "18:00"),
        ("3:00 p.m. – 6:00 p.m.", "15:00", "18:00"),
    ],
)
def test_hours_are_read(printed: str, first: str, last: str) -> None:
    (found,) = find_times(f"Thursday, {printed}", "en")
    assert (found.first, found.last) == (first, last)


def test_hours_in_figures_of_other_scripts_are_read() -> None:
    (found,) = find_times("١٠/٠٠-١٣/٠٠", "ar")
    assert (found.first, found.last) == ("10:00", "13:00")


def test_a_morning_may_end_at_twelve() -> None:
    (found,) = find_times("上午10:00–12:00", "zh")
    assert (found.first, found.last) == ("10:00", "12:00")


@pytest.mark.parametrize(
    "printed", ["3-6", "19-21 October", "paragraphs 10 to 13", "6 p.m.-3 p.m.", "2015-2016"]
)
def test_numbers_that_are_no_hours_are_left_alone(printed: str) -> None:
    assert find_times(printed, "en") == ()


@pytest.mark.parametrize(
    "language", [code for code in languages() if "of_agenda" not in gaps(code, "agenda")]
)
def test_the_words_for_the_agenda_behind_a_number_are_no_part_of_the_title(language: str) -> None:
    for entry in entries(language, "agenda", "of_agenda"):
        label = label_at(entry["example"], language)
        assert label is not None
        assert label.number == "3"
        assert entry["text"] not in entry["example"][label.end :]
        bare = label_at(entry["example"].split(entry["text"])[0] + entry["text"], language)
        assert bare is not None
        assert bare.end < len(entry["text"])
