"""Dates in plain strings: every printed shape, and what is not a date."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.model.dates import PartialDate
from treatygraph.model.errors import VocabularyError
from treatygraph.parse.dates import find_dates, find_day_months
from treatygraph.parse.lexicon import entries, languages

RANGES = [
    ("19-21 October 2016", "2016-10-19", "2016-10-21"),
    ("10 to 21 October 2005", "2005-10-10", "2005-10-21"),
    ("2 to 4 September 2008", "2008-09-02", "2008-09-04"),
    ("28 June to 8 July 2004", "2004-06-28", "2004-07-08"),
    ("30 November-11 December 2015", "2015-11-30", "2015-12-11"),
    ("28 December 2020 to 3 January 2021", "2020-12-28", "2021-01-03"),
    ("28 December to 3 January 2021", "2020-12-28", "2021-01-03"),
    ("19 (from 3:00 p.m.) to 21 October 2016 (until 1:00 p.m.)", "2016-10-19", "2016-10-21"),
    ("4 and 5 May 2022", "2022-05-04", "2022-05-05"),
    ("4, 5 and 6 May 2022", "2022-05-04", "2022-05-06"),
    ("19–21\u00a0October 2016", "2016-10-19", "2016-10-21"),
    ("19 — 21 October\n2016", "2016-10-19", "2016-10-21"),
    ("Monday, 10 October, to Friday, 14 October 2016", "2016-10-10", "2016-10-14"),
    ("May 30 to June 2, 2016", "2016-05-30", "2016-06-02"),
    ("May/June 2015", "2015-05", "2015-06"),
]
SINGLE = [
    ("12 February 2016", "2016-02-12"),
    ("Wednesday, 19 October 2016", "2016-10-19"),
    ("May 5, 2016", "2016-05-05"),
    ("5th of May 2016", "2016-05-05"),
    ("October 2015", "2015-10"),
    ("31 MAY 2016", "2016-05-31"),
    ("2016-10-19", "2016-10-19"),
    ("19/10/2016", "2016-10-19"),
    ("19.10.2016", "2016-10-19"),
]
NOT_DATES = [
    "decision 2/2 and resolution 55/25",
    "the Working Group may 2016 times",
    "31 February 2015",
    "article 19, October being the month",
    "E.05.V.2 and CTOC/COP/WG.3/2016/2",
    "paragraphs 1 to 5 and 19",
    "19 October",
    "05/06/2016",
    "19/10/2016/2",
]


@pytest.mark.parametrize(("printed", "first", "last"), RANGES)
def test_range_is_one_mention_with_first_and_last_day(printed: str, first: str, last: str) -> None:
    text = f"held in Vienna from {printed}, and later"
    (mention,) = find_dates(text, "en")
    assert (str(mention.first), str(mention.last)) == (first, last)
    assert mention.text == printed == text[mention.start : mention.end]


@pytest.mark.parametrize(("printed", "date"), SINGLE)
def test_single_date_is_its_own_first_and_last(printed: str, date: str) -> None:
    (mention,) = find_dates(f"It met on {printed}.", "en")
    assert mention.first == mention.last == PartialDate.parse(date)
    assert mention.text == printed


@pytest.mark.parametrize("text", NOT_DATES)
def test_numbers_and_words_that_only_look_like_dates_are_left_alone(text: str) -> None:
    assert find_dates(text, "en") == ()


def test_days_that_do_not_follow_each_other_are_a_mention_each() -> None:
    mentions = find_dates("resolutions of 17 and 19 December 2015", "en")
    assert [(m.text, str(m.first)) for m in mentions] == [
        ("17", "2015-12-17"),
        ("19 December 2015", "2015-12-19"),
    ]


def test_year_alone_needs_a_word_before_it_and_is_marked() -> None:
    mentions = find_dates("At its meeting, in 2015, it had 2016 files; the Convention of 1988", "en")
    assert [(m.text, m.bare_year) for m in mentions] == [("2015", True), ("1988", True)]


def test_day_and_month_take_the_year_they_are_given() -> None:
    (mention,) = find_day_months("Wednesday, 19 October", "en", year=2016)
    assert str(mention.first) == "2016-10-19"
    assert mention.year_given
    assert find_day_months("19 October 2016", "en", year=2017) == ()


def test_language_without_words_is_refused_with_the_remedy() -> None:
    with pytest.raises(VocabularyError, match="Held languages: ar, en"):
        find_dates("19 Octobris 2016", "la")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("table", ["month", "weekday", "to", "and", "year_after", "shape"])
def test_every_entry_finds_itself_in_its_example(language: str, table: str) -> None:
    listed = entries(language, "dates", table)
    names = [entry.get("text") or entry["id"] for entry in listed]
    assert len(set(names)) == len(names)
    for entry in listed:
        found = find_dates(entry["example"], language, year=2016)
        assert found, entry
        if "text" in entry:
            assert entry["text"] in entry["example"]
        if "counter_example" in entry:
            assert not [
                m for m in find_dates(entry["counter_example"], language, year=2016) if not m.bare_year
            ]


@given(st.text(alphabet="0123456789 -–,./()MayJuneOctobertoand\n", max_size=80))
def test_mentions_are_in_order_apart_and_print_their_own_text(text: str) -> None:
    mentions = find_dates(text, "en", year=2016)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.first.earliest <= mention.last.latest
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "language"), [("فيينا، 5 و6 أيار/مايو 2022", "ar"), ("2022年5月5日和6日，日内瓦", "zh")]
)
def test_days_joined_by_a_word_are_one_mention(text: str, language: str) -> None:
    (mention,) = find_dates(text, language)
    assert (str(mention.first), str(mention.last)) == ("2022-05-05", "2022-05-06")


def test_figures_of_other_scripts_are_read_and_printed_as_they_stand() -> None:
    (mention,) = find_dates("فيينا، ٧-٨ تموز/يوليه ٢٠٣١", "ar")
    assert (str(mention.first), str(mention.last)) == ("2031-07-07", "2031-07-08")
    assert mention.text == "٧-٨ تموز/يوليه ٢٠٣١"


def test_a_month_needs_no_word_before_it_in_spanish() -> None:
    assert [str(each.first) for each in find_dates("12 marzo 2031", "es")] == ["2031-03-12"]


@pytest.mark.parametrize(
    ("printed", "language", "first", "last"),
    [
        ("2031 年 12 月 3 日至 14 日", "zh", "2031-12-03", "2031-12-14"),
        ("23 OCTUBRE – 3 NOVIEMBRE 2031", "es", "2031-10-23", "2031-11-03"),
        ("13 - 17 مارس/آذار 2031", "ar", "2031-03-13", "2031-03-17"),
    ],
)
def test_ranges_are_read_with_blanks_without_small_words_and_by_either_name_of_a_month(
    printed: str, language: str, first: str, last: str
) -> None:
    (mention,) = find_dates(printed, language)
    assert (str(mention.first), str(mention.last)) == (first, last)
