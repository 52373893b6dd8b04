"""Scoring: right, wrong-target, extra, missed, neutral, as the annotation guidelines say."""

import json
from pathlib import Path
from typing import Any

import pytest

from treatygraph.evaluate import Gold, Score, load_gold, render, score, total
from treatygraph.evaluate.report import as_values
from treatygraph.evaluate.score import fold_title
from treatygraph.model.errors import GoldError

TEXT = "In article 4 the Forum recalls resolution 5/2.\n\nIt invited the secretariat to report.\n"

EMPTY: dict[str, Any] = {
    "citations": [],
    "acts": [],
    "agenda_items": [],
    "paragraphs": [],
    "happenings": [],
    "schedule": [],
    "provisions": [],
    "documentation": {},
}


def gold(span: tuple[int, int] | None = None, **sections: Any) -> Gold:
    return Gold("g", Path("g.txt"), TEXT, "en", None, span, sections)


def citation(
    start: int, end: int, target: str | None, kind: str = "provision", **more: Any
) -> dict[str, Any]:
    return {"start": start, "end": end, "text": TEXT[start:end], "kind": kind, "target": target, **more}


def scored(want: list[dict[str, Any]], found: list[dict[str, Any]]) -> Score:
    return score(gold(citations=want), EMPTY | {"citations": found})[0]


def counts(result: Score) -> tuple[int, int, int, int]:
    return result.right, result.wrong_target, result.extra, result.gold


def test_a_citation_is_right_when_spans_overlap_and_targets_are_equal() -> None:
    result = scored([citation(3, 12, "treaty/x/art/4")], [citation(11, 12, "treaty/x/art/4")])
    assert counts(result) == (1, 0, 0, 1)
    assert result.precision == result.recall == result.f1 == 1


def test_another_target_on_the_same_words_is_wrong_target() -> None:
    result = scored([citation(3, 12, "treaty/x/art/4")], [citation(3, 12, "treaty/y/art/4")])
    assert counts(result) == (0, 1, 0, 1)
    assert result.wrong_target_rate == 1


def test_a_citation_where_the_gold_has_none_is_extra() -> None:
    assert counts(scored([], [citation(31, 45, "document/A/RES/5/2", "act")])) == (0, 0, 1, 0)


def test_a_gold_target_of_null_asks_for_null() -> None:
    want = [citation(3, 12, None)]
    assert counts(scored(want, [citation(3, 12, None)])) == (1, 0, 0, 1)
    assert counts(scored(want, [citation(3, 12, "treaty/x/art/4")])) == (0, 1, 0, 1)


def test_a_refusal_is_a_miss_and_not_an_error() -> None:
    result = scored([citation(3, 12, "treaty/x/art/4")], [citation(3, 12, None)])
    assert counts(result) == (0, 0, 0, 1)
    assert result.precision == 1 and result.recall == 0


def test_several_targets_on_the_same_words_are_matched_one_by_one() -> None:
    both = [citation(3, 12, "treaty/x/art/4"), citation(3, 12, "treaty/x/art/5")]
    assert counts(scored(both, list(reversed(both)))) == (2, 0, 0, 2)
    assert counts(scored(both, [both[0], both[0]])) == (1, 1, 0, 2)


@pytest.mark.parametrize("kind", ["treaty", "body", "tool"])
def test_kinds_that_are_not_scored_are_neutral(kind: str) -> None:
    assert counts(scored([], [citation(13, 22, f"{kind}/x", kind)])) == (0, 0, 0, 0)


def test_what_is_optional_in_the_gold_is_neither_rewarded_nor_punished() -> None:
    want = [citation(31, 45, "document/A/RES/5/2", "act", optional=True)]
    assert counts(scored(want, [citation(31, 45, "document/A/RES/5/2", "act")])) == (0, 0, 0, 0)
    assert counts(scored(want, [citation(31, 45, "document/E/RES/5/2", "act")])) == (0, 0, 0, 0)
    assert counts(scored(want, [])) == (0, 0, 0, 0)


def test_a_happening_without_a_number_is_neutral() -> None:
    assert counts(scored([], [citation(13, 22, "meeting/x/2016-10-19", "happening")])) == (0, 0, 0, 0)


def test_only_what_starts_in_the_range_is_scored() -> None:
    want = gold(span=(0, 20), citations=[citation(3, 12, "a"), citation(31, 45, "b", "act")])
    result = score(want, EMPTY | {"citations": [citation(3, 12, "a"), citation(32, 45, "c", "act")]})[0]
    assert counts(result) == (1, 0, 0, 1)


def test_each_kind_has_its_own_row_below_the_whole() -> None:
    rows = score(
        gold(citations=[citation(3, 12, "a"), citation(31, 45, "b", "act")]),
        EMPTY | {"citations": [citation(3, 12, "a")]},
    )
    assert [(row.name, row.recall) for row in rows] == [("citations", 0.5), ("provision", 1.0), ("act", 0.0)]


def act(start: int, **more: Any) -> dict[str, Any]:
    row = {
        "start": start,
        "verb": "invite",
        "actor": "body/forum",
        "addressee": "body/x",
        "source": "meeting/forum/3",
    }
    return row | more


def test_an_act_is_right_in_the_same_paragraph_with_equal_parts() -> None:
    found = EMPTY | {"acts": [act(51)]}
    (result,) = score(gold(acts=[act(48)]), found)
    assert counts(result) == (1, 0, 0, 1)
    (other,) = score(gold(acts=[act(3)]), found)
    assert counts(other) == (0, 0, 1, 1)


def test_a_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    lines = "The Forum recalls resolution 5/2.\nThe Forum invites the secretariat to report.\n"
    wanted = Gold("g", Path("g.txt"), lines, "en", None, None, {"acts": [act(44)]})
    (same,) = score(wanted, EMPTY | {"acts": [act(34)]})
    assert counts(same) == (1, 0, 0, 1)
    (other,) = score(wanted, EMPTY | {"acts": [act(10)]})
    assert counts(other) == (0, 0, 1, 1)


def test_a_missed_citation_is_quoted_from_the_text() -> None:
    want = {"start": 31, "end": 45, "kind": "act", "target": "document/A/RES/5/2"}
    assert scored([want], []).missed == ("31 'resolution 5/2' → document/A/RES/5/2",)


def test_a_null_in_the_gold_of_an_act_is_not_compared() -> None:
    (result,) = score(gold(acts=[act(48, addressee=None)]), EMPTY | {"acts": [act(48)]})
    assert counts(result) == (1, 0, 0, 1)
    (wrong,) = score(gold(acts=[act(48)]), EMPTY | {"acts": [act(48, addressee=None)]})
    assert counts(wrong) == (0, 0, 1, 1)


def test_an_optional_act_may_be_reported() -> None:
    (result,) = score(gold(acts=[act(48, optional=True)]), EMPTY | {"acts": [act(48)]})
    assert counts(result) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("States parties’ efforts", "States parties' efforts."),
        ("Sharing of best  practices:", "sharing of best practices"),
        ("Fund №\u00a01", "Fund No 1"),
    ],
)
def test_titles_are_compared_folded(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other)


def test_items_paragraphs_slots_and_documentation() -> None:
    want = gold(
        agenda_items=[{"number": "1", "parent": None, "title": "Opening"}],
        paragraphs=[{"number": None, "kind": "operative", "start": 0, "end": 46}],
        schedule=[{"date": "2025-05-12", "start": "10:00", "end": "13:00", "items": ["1"]}],
        documentation={"1": ["document/A/1", "document/A/2"]},
        happenings=[{"id": None, "place": "Oslo", "start": "2025", "end": "2025"}],
        provisions=[{"key": "treaty/x/art/1", "start": 0, "end": 4}],
    )
    found = {
        "citations": [],
        "acts": [],
        "agenda_items": [{"number": "1", "parent": None, "title": "Opening;"}],
        "paragraphs": [{"number": "1", "kind": "operative", "start": 3, "end": 46}],
        "schedule": [{"date": "2025-05-12", "start": "10:00", "end": "13:00", "items": ["1", "2"]}],
        "documentation": {"1": ["document/A/1"], "2": ["document/A/3"]},
        "happenings": [{"id": "meeting/x/1", "place": "Oslo", "start": "2025", "end": "2025"}],
        "provisions": [{"key": "treaty/x/art/1", "start": 0, "end": 4}],
    }
    results = {row.name: counts(row) for row in score(want, found)}
    assert results == {
        "agenda_items": (1, 0, 0, 1),
        "paragraphs": (1, 0, 0, 1),
        "schedule": (0, 0, 1, 1),
        "documentation": (1, 0, 1, 2),
        "happenings": (1, 0, 0, 1),
        "provisions": (1, 0, 0, 1),
    }


def test_the_table_and_the_values_say_the_same() -> None:
    result = Score("citations", right=3, wrong_target=1, extra=0, gold=6)
    assert (
        "0.750" in render("a", [result])
        and "0.500" in render("a", [result])
        and "25.00" in render("a", [result])
    )
    assert as_values("a", [result])["scores"][0]["f1"] == 0.6
    assert counts(total([result, result], "all")) == (6, 2, 0, 12)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "not JSON"),
        ("[]", "none of the sections"),
        (json.dumps({"citations": [], "sha256": "0" * 64}), "SHA-256"),
    ],
)
def test_a_gold_file_that_cannot_be_used_is_refused_with_its_name(
    tmp_path: Path, content: str, says: str
) -> None:
    path = tmp_path / "g.json"
    path.write_text(content, encoding="utf-8")
    path.with_suffix(".txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(GoldError, match=says) as caught:
        load_gold(path)
    assert "g." in str(caught.value)


def test_a_gold_file_without_its_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    path.write_text(json.dumps({"citations": []}), encoding="utf-8")
    with pytest.raises(GoldError, match="--text"):
        load_gold(path)
