"""Scoring of what acts ask: half of the words shared, and equal values."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from treatygraph.evaluate import Gold
from treatygraph.evaluate.details import score_details

TEXT = "Requests the keeper to submit a chart of the estuary by 2031. Invites towns to rest.\n"
CHART = {"start": 30, "end": 52}
YEAR = {"start": 53, "end": 60, "date": "2031", "happening": None}


def gold(*acts: dict[str, Any]) -> Gold:
    return Gold("g", Path("g.txt"), TEXT, "en", None, None, {"acts": acts}, act_details=True)


def act(start: int, **details: Any) -> dict[str, Any]:
    return {"start": start, "verb": "request", **details}


def scored(want: Gold, *acts: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {
        each.name: (each.right, each.extra, each.gold)
        for each in score_details(want, {"acts": acts})
        if each.gold or each.reported
    }


@pytest.mark.parametrize(
    ("found", "right"),
    [({"start": 30, "end": 52}, 1), ({"start": 32, "end": 50}, 1), ({"start": 30, "end": 37}, 0)],
)
def test_a_deliverable_is_right_when_half_of_the_words_are_shared(found, right):
    want = gold(act(0, deliverables=[CHART]))
    assert scored(want, act(0, deliverables=[found])) == {"deliverables": (right, 1 - right, 1)}


def test_a_deadline_needs_its_date():
    want = gold(act(0, deadlines=[YEAR]))
    assert scored(want, act(0, deadlines=[YEAR])) == {"deadlines": (1, 0, 1)}
    assert scored(want, act(0, deadlines=[YEAR | {"date": None}])) == {"deadlines": (0, 1, 1)}


def test_what_sub_paragraphs_share_counts_once():
    want = gold(act(0, deadlines=[YEAR]))
    assert scored(want, act(0, deadlines=[YEAR]), act(5, deadlines=[YEAR])) == {"deadlines": (1, 0, 1)}


def test_what_an_optional_act_asks_is_neutral():
    assert scored(gold(act(0, optional=True)), act(0, deliverables=[CHART])) == {}


def test_gold_that_was_not_read_for_it_is_not_scored():
    want = replace(gold(act(0)), act_details=False)
    assert score_details(want, {"acts": [act(0, deliverables=[CHART])]}) == ()
