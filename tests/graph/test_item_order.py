"""The order of agenda items comes from their numbers, so that two documents of one meeting agree."""

import pytest

from treatygraph.graph.labels import item_order


@pytest.mark.parametrize(
    ("number", "order"),
    [
        ("1", 10_000),
        ("5", 50_000),
        ("5 (b)", 50_200),
        ("5 (b) (ii)", 50_202),
        ("IV", 40_000),
        ("5.1", 50_100),
    ],
)
def test_a_number_gives_its_place(number: str, order: int) -> None:
    assert item_order(number, 99) == order


def test_numbers_sort_as_on_an_agenda() -> None:
    printed = ["1", "1 (a)", "1 (b)", "2", "2 (a) (i)", "2 (a) (ii)", "2 (i)", "9", "10"]
    assert sorted(printed, key=lambda number: item_order(number, 0)) == printed


def test_a_number_that_is_not_understood_stands_where_it_is_printed() -> None:
    assert item_order("A-bis", 7) == 7
