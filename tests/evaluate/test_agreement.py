"""Translations beside the original: same targets in the same order, and the cause where they are not."""

from treatygraph.evaluate.agreement import Cause, Cited, agree, summed


def cited(target: str | None, kind: str = "act", reason: str | None = None, start: int = 0) -> Cited:
    return Cited(kind, target, reason, start, "words")


HARBOUR, BEACON, PIER = (cited(f"document/{name}") for name in ("H/RES/1", "H/RES/2", "H/RES/3"))


def test_the_same_targets_in_the_same_order_agree_whole() -> None:
    found = agree([HARBOUR, BEACON], [HARBOUR, BEACON])
    assert (found.targets, found.found, found.in_order, found.disagreements) == (2, 2, 2, ())


def test_a_target_elsewhere_is_found_and_moved() -> None:
    found = agree([HARBOUR, BEACON, PIER], [PIER, HARBOUR, BEACON])
    assert (found.found, found.in_order) == (3, 2)
    assert [each.cause for each in found.disagreements] == [Cause.MOVED]


def test_what_stands_in_its_place_says_why_a_target_is_not_found() -> None:
    refused = cited(None, reason="unknown-body")
    assert agree([HARBOUR, BEACON], [HARBOUR, refused]).disagreements[0].reason == "unknown-body"
    other = agree([HARBOUR, BEACON, PIER], [HARBOUR, cited("document/H/RES/9"), PIER]).disagreements
    assert [(each.cause, each.original) for each in other] == [(Cause.OTHER_TARGET, BEACON)]
    assert agree([HARBOUR, BEACON], [HARBOUR]).disagreements[0].cause is Cause.MISSING


def test_a_citation_of_another_kind_stands_in_no_place() -> None:
    found = agree([HARBOUR], [cited("session/harbours/3", kind="happening")])
    assert found.disagreements[0].cause is Cause.MISSING
    assert [each.target for each in found.surplus] == ["session/harbours/3"]


def test_what_the_original_leaves_unresolved_is_not_asked_of_the_translation() -> None:
    assert agree([cited(None, reason="ambiguous")], []).targets == 0


def test_the_score_of_a_language_counts_causes_by_kind() -> None:
    score = summed("fr", [agree([HARBOUR, BEACON], [HARBOUR]), agree([PIER], [PIER])])
    assert (score.texts, score.targets, score.found, score.share) == (2, 3, 2, 2 / 3)
    assert score.causes == {("act", "missing"): 1}
