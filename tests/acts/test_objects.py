"""What an action acts on: texts, treaties, bodies, meetings and tools; by which method; for which session."""

from __future__ import annotations

import pytest

from treatygraph.acts import mandates_of
from treatygraph.acts.mandates import modality
from treatygraph.model.actions import Modality

WG6 = "[sixth meeting|meeting/rivers-cop-wg/6]"
COP2 = "[second session|session/rivers-cop/2]"
D24 = "[decision 2/4|act/rivers-cop/decision/2/4]"
B9 = "[9th meeting|meeting/rivers-cop-bureau/9]"
R955 = "[resolution 95/5|document/A/RES/95/5]"
WG7 = "[seventh meeting|meeting/rivers-cop-wg/7]"

CASES = [
    (
        f"At its {COP2}, the Conference adopted {D24} entitled “On the Rivers Convention”.",
        [("act/rivers-cop/decision/2/4", "adopts")],
    ),
    (
        f"In its {R955}, the General Assembly adopted the [Rivers Convention|treaty/rivers], the [Dams Protocol|treaty/dams], "
        "supplementing that Convention, and the [Eels Protocol|treaty/eels].",
        [("treaty/rivers", "adopts"), ("treaty/dams", "adopts"), ("treaty/eels", "adopts")],
    ),
    (
        f"In {D24}, the Conference decided to establish an open-ended working group to study dams.",
        [("body/rivers-cop/wg", "establishes")],
    ),
    (
        f"In {D24}, the Conference decided to renew the mandate of the Working Group on Dams.",
        [("body/rivers-cop/wg", "renews")],
    ),
    (
        f"At its {B9}, the Bureau approved 3 to 5 May 2031 as the dates of the {WG7} of the Working Group on Dams.",
        [("meeting/rivers-cop-wg/7", "object")],
    ),
    (
        f"At its {B9}, the Bureau confirmed the provisional agenda for the {WG7} of the Working Group on Dams.",
        [("document/RIV/WG/2031/1", "object")],
    ),
    (
        f"At its {B9}, the Bureau endorsed the proposal for a parallel meeting of the Working Group on Dams during the "
        "[eighth session|session/rivers-cop/8].",
        [("meeting/rivers-cop-wg/7", "endorses")],
    ),
    (
        f"At its {WG6}, the Working Group recommended that the Secretariat should split the Dam Atlas in two.",
        [("tool/dam-atlas", "object")],
    ),
    (
        f"The Lagos Declaration, endorsed by the General Assembly in its {R955}, is short.",
        [("document/lagos-declaration", "endorses")],
    ),
    (f"In {D24}, the Conference expressed its thanks to the host of the Rivers Convention.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_the_objects_of_an_action(tell, text, expected):
    (action,) = tell(text).found.actions
    assert [(related.key, related.relation) for related in action.objects] == expected


def test_what_hangs_on_an_object_shares_it(tell):
    first, second = tell(
        f"At its {B9}, the Bureau confirmed the provisional agenda for the {WG7}, which had been approved by tacit consensus on 1 March 2031."
    ).found.actions
    assert first.objects == second.objects
    assert (first.method, second.method) == (None, "tacit-consensus")


@pytest.mark.parametrize(
    ("words", "method"),
    [
        ("by consensus", "consensus"),
        ("without a vote", "consensus"),
        ("by a vote of 5 to 3", "vote"),
        ("by tacit consensus", "tacit-consensus"),
        ("with joy", None),
    ],
)
def test_how_it_was_done(tell, words, method):
    (action,) = tell(f"At its {COP2}, the Conference adopted the rules {words}.").found.actions
    assert action.method == method


def test_the_meeting_at_which_it_is_to_be_done_is_the_occasion(tell):
    (action,) = tell(
        f"In {D24}, the Conference decided to establish at its [third session|session/rivers-cop/3] a working group to study dams."
    ).found.actions
    assert [each.key for each in action.occasions] == ["session/rivers-cop/3"]
    assert action.addressee == "body/rivers-cop/wg"


def test_a_meeting_that_is_only_spoken_of_is_no_occasion(tell):
    (action,) = tell(
        f"At its {B9}, the Bureau approved the dates for the {WG7} of the Working Group on Dams."
    ).found.actions
    assert action.occasions == ()


def test_each_body_that_is_asked_gets_a_mandate(tell):
    (action,) = tell(
        f"In {D24}, the Conference requested States parties, UNODC and the Secretariat to act."
    ).found.actions
    assert [mandate.body for mandate in mandates_of(action)] == ["body/unodc", "body/un-secretariat"]
    assert action.modality is Modality.MANDATE


@pytest.mark.parametrize(
    ("keys", "words", "expected"),
    [
        (("group/states", "body/unodc"), None, Modality.MANDATE),
        (("group/states",), None, Modality.RECOMMENDATION),
        ((), "the Envoy", Modality.RECOMMENDATION),
        ((), None, Modality.DECISION),
    ],
)
def test_modality_looks_at_all_addressees(keys, words, expected):
    assert modality(keys, words) is expected
