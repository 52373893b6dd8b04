"""The small picture of how many things there are in each year."""

from __future__ import annotations

from itertools import pairwise

from treatygraph.web.views_years import years_picture


def test_years_without_anything_keep_their_room() -> None:
    picture = years_picture([2001, 2003, 2003], lambda year: f"?year={year}", 2003)
    assert picture is not None
    first, second = picture.bars
    assert (first.year, second.year, second.count) == (2001, 2003, 2)
    assert second.x - first.x > 2 * first.width
    assert second.height == 2 * first.height
    assert (first.chosen, second.chosen, second.href) == (False, True, "?year=2003")


def test_eighty_years_stay_within_the_picture_and_their_numbers_apart() -> None:
    picture = years_picture(range(1945, 2026), str, None)
    assert picture is not None
    assert len(picture.bars) == 81
    assert all(bar.x >= 0 and bar.x + bar.width <= picture.width for bar in picture.bars)
    assert min(b - a for a, b in pairwise(x for _, x in picture.ticks)) > 40


def test_one_thing_among_thousands_is_seen() -> None:
    picture = years_picture([2001] + 6000 * [2002], str, None)
    assert picture is not None
    assert picture.bars[0].height >= 2


def test_one_year_is_no_picture() -> None:
    assert years_picture([2001, 2001], str, None) is None
