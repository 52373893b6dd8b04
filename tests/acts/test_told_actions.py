"""What the annotations of an agenda tell that bodies did, and what is no action."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind

WG6 = "[sixth meeting|meeting/rivers-cop-wg/6]"
COP2 = "[second session|session/rivers-cop/2]"
D24 = "[decision 2/4|act/rivers-cop/decision/2/4]"
R955 = "[resolution 95/5|document/A/RES/95/5]"

TOLD = [
    (
        f"In its {D24}, the Conference of the Parties (COP) requested the Secretariat to draw maps.",
        ["request | rivers-cop | un-secretariat | act/rivers-cop/decision/2/4 | -"],
    ),
    (
        f"In {D24}, the {COP2} adopted a plan and requested the Secretariat to print it.",
        [
            "adopt | rivers-cop | - | act/rivers-cop/decision/2/4 | -",
            "request | rivers-cop | un-secretariat | act/rivers-cop/decision/2/4 | -",
        ],
    ),
    (
        f"At its {WG6}, held in October 2030, the Working Group recommended that the Secretariat should map all dams.",
        ["recommend | rivers-cop/wg | un-secretariat | meeting/rivers-cop-wg/6 | 2030-10"],
    ),
    (
        f"The Working Group, at its {WG6} in October 2030, recommended that, in order to save fish, the Secretariat should map dams.",
        ["recommend | rivers-cop/wg | un-secretariat | meeting/rivers-cop-wg/6 | 2030-10"],
    ),
    (
        f"In its {D24}, the Conference requested the Secretariat to publish a list and invited States parties to send comments.",
        [
            "request | rivers-cop | un-secretariat | act/rivers-cop/decision/2/4 | -",
            "invite | rivers-cop | states-parties | act/rivers-cop/decision/2/4 | -",
        ],
    ),
    (
        f"At its {COP2}, held in Accra from 3 to 7 May 2027, the Conference adopted {D24} on dams.",
        ["adopt | rivers-cop | - | session/rivers-cop/2 | -"],
    ),
    (
        f"At its {COP2}, the Conference, in its {D24}, decided that the Working Group should meet each year.",
        ["decide | rivers-cop | rivers-cop/wg | act/rivers-cop/decision/2/4 | -"],
    ),
    (
        f"By its {R955} of 3 March 2030, the General Assembly endorsed the report and further urged all Member States to ratify it.",
        [
            "endorse | unga | - | document/A/RES/95/5 | 2030-03-03",
            "urge | unga | member-states | document/A/RES/95/5 | 2030-03-03",
        ],
    ),
    (
        f"The Rivers Convention, adopted by the General Assembly in its {R955} of 3 March 2030, protects eels.",
        ["adopt | unga | - | document/A/RES/95/5 | 2030-03-03"],
    ),
    (
        f"In the Lagos Declaration, adopted by the [Third United Nations Congress on Rivers|session/crime-congress/3] and endorsed by the "
        f"General Assembly in its {R955} of 3 March 2030, States parties were encouraged to mend their weirs, while "
        "Member States that had not yet ratified the Convention were urged to do so.",
        [
            "adopt | crime-congress | - | session/crime-congress/3 | -",
            "endorse | unga | - | document/A/RES/95/5 | 2030-03-03",
            "encourage | crime-congress | states-parties | document/A/RES/95/5 | 2030-03-03",
            "urge | crime-congress | member-states | document/A/RES/95/5 | 2030-03-03",
        ],
    ),
    (
        f"In its {R955} of 3 March 2030, in which the General Assembly adopted the Rivers Convention, the General Assembly "
        "expressed its resolve to save the sturgeon.",
        [
            "adopt | unga | - | document/A/RES/95/5 | 2030-03-03",
            "express | unga | - | document/A/RES/95/5 | 2030-03-03",
        ],
    ),
    (
        "At its [9th meeting|meeting/rivers-cop-bureau/9], held on 2 April 2031, the Bureau confirmed the provisional agenda, which "
        "had been approved by tacit consensus on 1 March 2031.",
        [
            "confirm | rivers-cop/bureau | - | meeting/rivers-cop-bureau/9 | 2031-04-02",
            "approve | - | - | - | 2031-03-01",
        ],
    ),
    (
        f"In its {D24}, the Conference requested the Secretariat to publish a list. It also invited all States parties to comment.",
        [
            "request | rivers-cop | un-secretariat | act/rivers-cop/decision/2/4 | -",
            "invite | rivers-cop | states-parties | act/rivers-cop/decision/2/4 | -",
        ],
    ),
    (
        f"At its {WG6}, the Working Group discussed dams.\nMoreover, the Working Group recommended that States parties should map them.",
        ["recommend | rivers-cop/wg | states-parties | meeting/rivers-cop-wg/6 | -"],
    ),
    (
        f"At its {COP2}, having considered the report, the Conference:\n(a) Took note of the plan and requested the Secretariat to print it;\n"
        "(b) Also decided that the Working Group should meet each year.",
        [
            "take note of | rivers-cop | - | session/rivers-cop/2 | -",
            "request | rivers-cop | un-secretariat | session/rivers-cop/2 | -",
            "decide | rivers-cop | rivers-cop/wg | session/rivers-cop/2 | -",
        ],
    ),
    (
        f"The Secretariat was requested by the Conference, in its {D24}, to prepare a study.",
        ["request | rivers-cop | un-secretariat | act/rivers-cop/decision/2/4 | -"],
    ),
    (
        f"In its {D24}, the Conference called upon States parties and UNODC to share maps.",
        ["call upon | rivers-cop | states-parties; unodc | act/rivers-cop/decision/2/4 | -"],
    ),
    (
        f"In {D24}, the Conference decided to establish an open-ended working group to study dams.",
        ["decide | rivers-cop | rivers-cop/wg | act/rivers-cop/decision/2/4 | -"],
    ),
    (
        f"The Conference took note with appreciation of the report at its {COP2}.",
        ["take note of | rivers-cop | - | session/rivers-cop/2 | -"],
    ),
    (
        f"Background: In its {D24}, the Conference requested the Secretariat to draw maps.",
        ["request | rivers-cop | un-secretariat | act/rivers-cop/decision/2/4 | -"],
    ),
    (
        f"At its {COP2}, the Conference requested the Secretariat to draw maps ({D24}, para. 3).",
        ["request | rivers-cop | un-secretariat | act/rivers-cop/decision/2/4 | -"],
    ),
    (
        f"At its [third session|session/rivers-cop/3], the Conference requested the Secretariat to mend its maps ({D24}).",
        ["request | rivers-cop | un-secretariat | session/rivers-cop/3 | -"],
    ),
]

NOT_TOLD = {
    "items that tell of others": f"At its {COP2}, tributes were paid to the Conference:\n(a) Songs were sung;\n(b) Dams were shown.",
    "a treaty speaks": "[Article 19|treaty/rivers/art/19] of the Rivers Convention encouraged States parties to mend weirs.",
    "a provision speaks, in the present": "[Article 19|treaty/rivers/art/19] encourages States parties to mend weirs. The same provision authorizes dams.",
    "the secretariat acts": f"At the {WG6}, the Secretariat recommended a hotel. The Secretariat has continued its work and launched a site.",
    "an office acts": "UNODC endorsed a manual and has also launched a portal.",
    "a plan": "The Working Group will adopt a report on its meeting. The draft will be endorsed by the Conference.",
    "a wish": "At its [seventh meeting|meeting/rivers-cop-wg/7], the Working Group may wish to recommend that States parties should map dams.",
    "a possibility": "The Working Group could have requested the Secretariat to publish maps.",
    "a denial": f"At its {WG6}, the Working Group did not recommend that States parties should act, and the report was not adopted by the Conference.",
    "a perfect that is denied": "The Conference has never adopted rules, and had not yet requested the Secretariat to draft any.",
    "a condition": "If the Conference adopted the rules, they would bind all. Unless approved by the Bureau, nothing binds.",
    "a quotation": f"The paper is entitled “Dams: how the Conference requested the Secretariat to report in its {D24}”.",
    "brackets": f"Maps are due (the Conference requested the Secretariat to draw them in its {D24}).",
    "a general present": "States parties are also encouraged to consider an agreement.",
    "considered and recalled": f"At its {COP2}, the Conference considered the matter and recalled its earlier debate.",
    "an adjective": f"At its {WG6}, the Working Group met. The list has names of authorities, accepted languages and approved forms.",
    "a group acts": "States parties endorsed the idea and Member States have requested a map.",
    "a participle without who": "The rules, adopted in 2030, bind all.",
    "an office as the agent": "A background paper approved by the Secretariat will be before the Working Group.",
    "a purpose": "The Working Group met to be asked and to have adopted what it could.",
}


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[expected[0] for _, expected in TOLD])
def test_actions_are_told_with_who_whom_by_what_and_when(tell, text, expected):
    assert tell(text).lines() == expected


@pytest.mark.parametrize("text", NOT_TOLD.values(), ids=NOT_TOLD.keys())
def test_what_is_no_action_of_a_body_is_left_out(tell, text):
    assert tell(text).lines() == []


def test_two_that_clauses_of_one_verb_are_one_action(tell):
    found = tell(
        f"At its {WG6}, the Working Group recommended that States parties should map dams, and that States parties should "
        "also mend weirs."
    )
    assert len(found.found.actions) == 1


def test_each_span_slices_to_its_words(tell):
    reading = tell(TOLD[7][0])
    for action in reading.found.actions:
        assert reading.text[action.verb_span.start : action.verb_span.end] in {
            "adopted",
            "endorsed",
            "encouraged",
            "urged",
        }
        assert action.sentence.contains(action.span)
        assert action.span.contains(action.verb_span)


def test_what_a_report_tells_of_a_sitting_was_done_at_the_session(tell):
    reading = tell(
        "At its [1st meeting|meeting/rivers-cop-wg/1], on 27 May 2030, the Working Group requested the Secretariat to map dams.",
        kind=DocumentKind.REPORT,
    )
    assert "meeting/rivers-cop-wg/1" not in " ".join(reading.lines())
    assert [h.key for h in reading.found.happenings if h.key == "meeting/rivers-cop-wg/1"] == []


def test_each_paragraph_of_a_report_tells_of_the_session_at_hand_again(tell):
    reading = tell(
        "At its [fifth meeting|meeting/rivers-cop-wg/5], the Working Group on Dams decided to map dams. It agreed to go on.\n"
        "The Working Group on Dams took note of the map.",
        kind=DocumentKind.REPORT,
    )
    assert [(a.verb, a.source) for a in reading.found.actions] == [
        ("decide", "meeting/rivers-cop-wg/5"),
        ("agree", "meeting/rivers-cop-wg/5"),
        ("take note of", "meeting/rivers-cop-wg/7"),
    ]


def test_the_recommendations_that_a_body_adopts_are_its_actions(tell):
    reading = tell(
        "The Working Group on Dams adopted the following recommendations:\n"
        "(a) States parties should, where fit, mark their dams;\n"
        "Recommendation 2. In line with article 5, all Member States are encouraged to share maps.\n"
        "(c) The Secretariat should draw maps.\n"
        "A speaker said that States should rest.\n"
        "The Working Group on Dams took note of the map.\n"
        "States should sleep.",
        kind=DocumentKind.REPORT,
    )
    assert [(a.verb, a.addressees, a.source) for a in reading.found.actions] == [
        ("adopt", (), "meeting/rivers-cop-wg/7"),
        ("recommend", ("group/states-parties",), "meeting/rivers-cop-wg/7"),
        ("encourage", ("group/member-states",), "meeting/rivers-cop-wg/7"),
        ("recommend", ("body/un-secretariat",), "meeting/rivers-cop-wg/7"),
        ("take note of", (), "meeting/rivers-cop-wg/7"),
    ]


def test_the_session_of_who_is_asked_is_when_they_act_and_carries_nothing(tell):
    reading = tell(
        "The Working Group on Dams recommended that the Conference, at its [tenth session|session/rivers-cop/10], map dams.",
        kind=DocumentKind.REPORT,
    )
    assert [a.source for a in reading.found.actions] == ["meeting/rivers-cop-wg/7"]
