"""Translations beside the original: same targets in the same order, and the cause where they are not."""

from treatygraph.evaluate.agreement import Cause, Cited, agree, numbers, summed
from treatygraph.evaluate.languages import consistency, render_languages
from treatygraph.evaluate.versions import Version


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


def test_what_a_translation_does_not_print_is_told_apart_from_what_is_not_found_in_it() -> None:
    paper = Cited("document", "document/h/77/388", None, 0, "H/77/388")
    act = Cited("act", "document/h/res/55/25", None, 0, "resolution 55/25, paragraph 3")
    misprinted = Cited("document", "document/h/77/383", None, 0, "H/77/383")
    causes = {
        printed: [each.cause for each in agree([paper, act], [misprinted], printed).disagreements]
        for printed in (numbers("55/25 and 383"), numbers("55/26") | {"h/77/388"}, None)
    }
    assert list(causes.values()) == [
        [Cause.NOT_PRINTED, Cause.MISSING],
        [Cause.OTHER_TARGET, Cause.NOT_PRINTED],
        [Cause.OTHER_TARGET, Cause.MISSING],
    ]


def test_disagreements_are_listed_below_their_cause() -> None:
    english, french = (
        Version(f"{code}.xml", "H/RES/1", code, tuple(found))
        for code, found in (("en", [HARBOUR, BEACON]), ("fr", [HARBOUR]))
    )
    listed = render_languages(consistency([english, french]), details=True).splitlines()
    cause = next(index for index, line in enumerate(listed) if line.split() == ["1", "act", "missing"])
    assert listed[cause + 1].split()[:1] == ["H/RES/1"]
    assert listed[cause + 1].endswith("→ document/H/RES/2 | nothing")


def test_what_the_original_leaves_unresolved_is_not_asked_of_the_translation() -> None:
    assert agree([cited(None, reason="ambiguous")], []).targets == 0


def test_a_share_leaves_out_what_the_translation_does_not_print() -> None:
    acts = [Cited("act", f"document/h/res/{number}", None, 0, number) for number in ("1/1", "1/2", "1/3")]
    score = summed("fr", [agree(acts, acts[:1], numbers("1/1 and 1/2"))])
    assert (score.share, score.share_of_printed) == (1 / 3, 1 / 2)


def test_the_score_of_a_language_counts_causes_by_kind() -> None:
    score = summed("fr", [agree([HARBOUR, BEACON], [HARBOUR]), agree([PIER], [PIER])])
    assert (score.texts, score.targets, score.found, score.share) == (2, 3, 2, 2 / 3)
    assert score.causes == {("act", "missing"): 1}
