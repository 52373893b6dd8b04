"""A recorded run and what a later one gained, lost and re-targeted beside it."""

import json
from pathlib import Path

import pytest

from treatygraph.evaluate.record import Measured, changes, read_record, record_bytes
from treatygraph.evaluate.score import Judged, Verdict
from treatygraph.model.errors import GoldError


def judged(verdict: Verdict, start: int, target: str) -> Judged:
    return Judged(start, start + 5, verdict, target, "act", "words")


def run(*citations: Judged) -> list[Measured]:
    return [Measured("harbours", (), citations)]


def beside(tmp_path: Path, before: list[Measured], now: list[Measured]) -> list[tuple[str, int]]:
    path = tmp_path / "record.json"
    path.write_bytes(record_bytes(before))
    return [(each.what, each.start) for each in changes(read_record(path), now)]


def test_the_same_run_has_no_changes(tmp_path: Path) -> None:
    one = run(judged(Verdict.RIGHT, 3, "document/H/RES/1"), judged(Verdict.EXTRA, 9, "document/H/RES/2"))
    assert beside(tmp_path, one, one) == []


def test_what_was_missed_and_is_right_is_gained_and_the_reverse_is_lost(tmp_path: Path) -> None:
    missed, right = (
        run(judged(verdict, 3, "document/H/RES/1")) for verdict in (Verdict.MISSED, Verdict.RIGHT)
    )
    assert beside(tmp_path, missed, right) == [("gained", 3)]
    assert beside(tmp_path, right, missed) == [("lost", 3)]


def test_another_wrong_target_at_the_same_place_is_re_targeted(tmp_path: Path) -> None:
    one, other = (run(judged(Verdict.WRONG_TARGET, 3, f"document/H/RES/{n}")) for n in (1, 2))
    assert beside(tmp_path, one, other) == [("re-targeted", 3)]
    assert beside(tmp_path, one, run()) == [("no longer extra", 3)]
    assert beside(tmp_path, run(), one) == [("extra", 3)]


def test_a_record_holds_no_word_of_the_document(tmp_path: Path) -> None:
    written = record_bytes(run(judged(Verdict.RIGHT, 3, "document/H/RES/1")))
    assert b"words" not in written
    assert json.loads(written)["documents"][0]["citations"]["right"] == [[3, 8, "document/H/RES/1"]]


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text("[]")
    with pytest.raises(GoldError, match="recorded run"):
        read_record(path)
