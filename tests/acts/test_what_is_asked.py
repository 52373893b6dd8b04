"""What an act asks: what is to be made, by when, at which session, how often, and on what the act builds."""

from __future__ import annotations

import pytest

S91 = "[ninety-first session|session/unga/91]"
S93 = "[ninety-third session|session/unga/93]"
R80 = "[resolution 80/1|document/A/RES/80/1]"
R81 = "[resolution 81/2|document/A/RES/81/2]"
D24 = "[decision 2/4|act/rivers-cop/decision/2/4]"


def made(reading) -> list[str]:
    return [each.text for action in reading.found.actions for each in action.deliverables]


def due(reading) -> list[tuple[str, str | None]]:
    found = [each for action in reading.found.actions for each in action.deadlines]
    return [(each.text, str(each.date) if each.date else each.key) for each in found]


def at(reading) -> list[tuple[str, str | None]]:
    return [(each.text, each.key) for action in reading.found.actions for each in action.occasions]


def often(reading) -> list[tuple[str, str | None]]:
    found = [action.recurrence for action in reading.found.actions]
    return [(each.text, each.interval) for each in found if each]


def on(reading) -> list[str]:
    return [each.key for action in reading.found.actions for each in action.builds_on]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("to submit a report on the state of dams", ["a report on the state of dams"]),
        ("to prepare, in consultation with States, a model law on dams", ["a model law on dams"]),
        ("to draft and publish guidelines for keepers", ["guidelines for keepers"]),
        ("to meet and to submit a list of dams", ["a list of dams"]),
        ("to report to the General Assembly on dams", ["report to the General Assembly on dams"]),
        ("to submit to the General Assembly, in due time, a study of fish", ["a study of fish"]),
        ("to develop an annual questionnaire for consideration by Parties", ["an annual questionnaire"]),
        ("to provide support to States", []),
        ("to help States to develop tools", []),
        ("not to submit a report", []),
        ("to develop their economies", []),
        ("to consider the report that the Board is to submit", []),
        ("to note “to submit a report” in the log", []),
    ],
)
def test_a_deliverable_is_the_noun_phrase_behind_a_verb_of_producing(order, asked, expected):
    assert made(order(f"1. Requests the Secretary-General {asked};")) == expected


def test_a_deliverable_goes_on_behind_the_session_at_which_it_is_due(order):
    reading = order(f"1. Requests the Secretary-General to submit a report to it at its {S91} on dams;")
    assert made(reading) == ["a report to it at its ninety-first session on dams"]
    span = reading.found.actions[0].deliverables[0].span
    assert reading.text[span.start : span.end] == made(reading)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Requests that a report on dams be prepared by the Office;", ["a report on dams"]),
        ("Requests the preparation of a handbook on dams;", ["a handbook on dams"]),
        ("Calls for the early publication of an atlas and a guide;", ["an atlas and a guide"]),
        ("Requests the Secretary-General:\n(a) To submit a report;\n(b) To rest;", ["a report"]),
        ("Decides that the Secretariat shall prepare a study on dams;", ["a study on dams"]),
        ("Welcomes the decision of the Secretariat to prepare a study on dams;", []),
        ("Decides not to prepare a study on dams;", []),
    ],
)
def test_passive_nominal_and_inherited_forms(order, text, expected):
    assert made(order(f"1. {text}")) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("by 2095", [("by 2095", "2095")]),
        ("by the end of 2095", [("by the end of 2095", "2095")]),
        ("no later than 1 March 2095", [("no later than 1 March 2095", "2095-03-01")]),
        ("by March 2095", [("by March 2095", "2095-03")]),
        ("by mid-2095", [("by mid-2095", None)]),
        ("within six months", [("within six months", None)]),
        (f"before its {S91}", [("before its ninety-first session", "session/unga/91")]),
        ("in the 2095 edition", []),
        ("as endorsed by the 2095 World Rivers Forum", []),
        ("in line with the 2095 Agenda", []),
        (f"as told in the report of its {S91}", []),
    ],
)
def test_a_deadline_is_a_day_a_year_or_a_session_by_which_it_is_due(order, words, expected):
    assert due(order(f"1. Urges Member States to map all dams {words};")) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"at its {S91}", [("at its ninety-first session", "session/unga/91")]),
        (
            f"at its {S91} and {S93}",
            [("at its ninety-first session", "session/unga/91"), ("ninety-third session", "session/unga/93")],
        ),
        ("at its next session", [("at its next session", "session/unga/91")]),
        ("at the next session of the Conference of the Parties", None),
        ("at a future session", [("at a future session", None)]),
        ("in the light of [its eightieth session|session/unga/80]", []),
        ("at its [eightieth session|session/unga/80]", []),
    ],
)
def test_an_occasion_is_a_session_at_which_it_is_due_with_a_key_or_its_words(order, words, expected):
    """The act is of the ninetieth session: "next" is the one after, and nothing is due at an earlier one."""
    found = at(order(f"1. Requests the Secretary-General to speak {words};"))
    assert found == (expected if expected is not None else [("at the next session", None)])


def test_the_next_session_of_a_body_that_is_asked_is_not_known(order):
    reading = order("1. Requests the Bureau of the Rivers Conference to speak at its next meeting;")
    assert at(reading) == [("at its next meeting", None)]


def test_next_is_counted_from_the_session_whose_decision_is_told(tell):
    reading = tell(f"In {D24}, the Conference requested the Secretariat to report at its next session.")
    assert at(reading) == [("at its next session", "session/rivers-cop/3")]


def test_what_is_welcomed_is_not_due(order):
    reading = order(f"1. Welcomes the report submitted at its {S91} and the aim to end floods by 2095;")
    assert (at(reading), due(reading), made(reading)) == ([], [], [])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("annually", [("annually", "P1Y")]),
        ("every two years", [("every two years", "P2Y")]),
        ("at each of its regular sessions", [("at each of its regular sessions", None)]),
        ("in its annual calendar", []),
    ],
)
def test_a_recurrence_has_its_words_and_where_exact_its_interval(order, words, expected):
    assert often(order(f"1. Requests the Secretary-General to speak {words};")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Reaffirms its {R80};", ["document/A/RES/80/1"]),
        (
            f"Requests UNODC, building on {R80} and {R81}, to act;",
            ["document/A/RES/80/1", "document/A/RES/81/2"],
        ),
        (f"Decides, pursuant to General Assembly {R80}, to act;", ["document/A/RES/80/1"]),
        (f"Requests UNODC to follow up on {R80};", ["document/A/RES/80/1"]),
        (f"Requests UNODC to implement {R80};", []),
        (f"Welcomes the work done pursuant to {R80};", []),
    ],
)
def test_what_an_act_builds_on(order, text, expected):
    assert on(order(f"1. {text}")) == expected


def test_a_told_act_builds_on_what_stands_before_its_subject(tell):
    reading = tell(
        f"Building on {R80}, the Conference, in its {D24}, requested the Secretariat to publish a guide."
    )
    assert (on(reading), made(reading)) == (["document/A/RES/80/1"], ["a guide"])


def test_a_sub_paragraph_takes_from_its_chapeau_when_it_is_due(order):
    reading = order(
        f"1. Requests the Secretary-General, at its {S91}:\n(a) To submit a report;\n(b) To speak by 2095;"
    )
    assert at(reading) == [("at its ninety-first session", "session/unga/91")]
    assert due(reading) == [("by 2095", "2095")]
