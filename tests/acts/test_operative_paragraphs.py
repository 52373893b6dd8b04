"""What operative paragraphs ask and decide: opening and joined verbs, addressees, chapeaux, several resolutions."""

from __future__ import annotations

import pytest

R901 = "document/A/RES/90/1"

CASES = {
    "1. Requests the Secretary-General to submit a report;": ["request | unga | un-secretary-general"],
    "iv. Requests UNODC to print it; and": ["request | unga | unodc"],
    "2. Also calls once again upon all Member States to ratify the Convention;": [
        "call upon | unga | member-states"
    ],
    "3. Takes note with appreciation of the report, and requests UNODC to print it;": [
        "take note of | unga | -",
        "request | unga | unodc",
    ],
    "4. Welcomes the report, encourages Member States to read it, and in this regard invites UNODC to mail it;": [
        "welcome | unga | -",
        "encourage | unga | member-states",
        "invite | unga | unodc",
    ],
    "5. Decides that all Member States shall, for one year, report on dams;": [
        "decide | unga | member-states"
    ],
    "5. URGES Member States to mend weirs, and INVITES donors to pay; the court urges rest": [
        "urge | unga | member-states",
        "invite | unga | donors",
    ],
    "5. TAKES NOTE of the work of the Weir Commission and COMMENDS Member States, and DIRECTS UNODC to rest;": [
        "take note of | unga | -",
        "commend | unga | -",
        "direct | unga | unodc",
    ],
    "5. Tasks UNODC to print it;": ["task | unga | unodc"],
    "6. Decides to include in the agenda an item on dams;": ["decide | unga | -"],
    "7. Recommends that Member States, as appropriate, adopt plans;": ["recommend | unga | member-states"],
    "7. Recommends to all Governments the following measure for approval;": [
        "recommend | unga | governments"
    ],
    "8. Recommends that all measures be taken in good faith;": ["recommend | unga | -"],
    "9. Calls upon Member States to accede to the Convention, and for States parties to carry it out;": [
        "call upon | unga | member-states; states-parties"
    ],
    "10. Invites States and other interested parties to pay;": [
        "invite | unga | states; “other interested parties”"
    ],
    "11. Urges States parties to those conventions and protocols to apply them;": [
        "urge | unga | states-parties"
    ],
    "12. Urges States that have dams to mend them;": ["urge | unga | states"],
    "13. Calls upon the Government of Ruritania to open the weir;": [
        "call upon | unga | “the Government of Ruritania”"
    ],
    "14. Requests that the Special Envoy of the Secretary-General coordinate the aid;": [
        "request | unga | -"
    ],
    "15. Encourages the participation of all in the debate;": ["encourage | unga | -"],
    "16. Encourages efforts by Member States to mend weirs;": ["encourage | unga | -"],
    "17. Calls for greater care of rivers;": ["call for | unga | -"],
    "18. Reiterates its invitation to Member States to share maps;": ["reiterate | unga | member-states"],
    "19. Emphasizes the need for all Member States to act;": ["emphasize | unga | -"],
    "20. Encourages Member States, in cooperation with UNODC and donors, to map dams;": [
        "encourage | unga | member-states"
    ],
    "21. Calls upon Member States, the Secretary-General and donors to act;": [
        "call upon | unga | member-states; un-secretary-general; donors"
    ],
    "22. Requests UNODC to draw maps, and encourages it to print them;": [
        "request | unga | unodc",
        "encourage | unga | unodc",
    ],
    "23. Urges and requests UNODC to draw maps;": ["urge | unga | unodc", "request | unga | unodc"],
    "24. Looks forward to the results, and decides to remain seized of the matter;": [
        "look forward to | unga | -",
        "decide | unga | -",
    ],
    "25. Resolves that the Secretary-General be requested to strike a medal;": [
        "resolve | unga | un-secretary-general"
    ],
    "26. Calls on all parties to armed conflict to spare the weirs;": [
        "call upon | unga | parties-to-conflict"
    ],
    "27. Requests the Secretary-General of the River Authority to report;": [
        "request | unga | “the Secretary-General of the River Authority”"
    ],
    "30. The General Assembly, recalling the floods of the spring, which took five bridges, decides to map dams;": [
        "decide | unga | -"
    ],
    "40. The General Assembly requests UNODC to map dams. It also invites Member States to help.": [
        "request | unga | unodc",
        "invite | unga | member-states",
    ],
    "41. Requests UNODC to map dams. It was not done before.": ["request | unga | unodc"],
    "28. Notes the requests and demands of the fishermen;": ["note | unga | -"],
    "29. Recalls its earlier text, in which it requested UNODC to map weirs;": ["recall | unga | -"],
    "“The General Assembly stresses that “rivers” matter, and calls upon all States to protect them.”": [
        "stress | unga | -",
        "call upon | unga | states",
    ],
    "31. The General Assembly instructs the Secretary-General to map dams.": [
        "instruct | unga | un-secretary-general"
    ],
    "32. Recalling its comment No. 7 (2010) on article 5.1 of the Convention, the General Assembly urges all Member States to ratify it.": [
        "urge | unga | member-states"
    ],
    "1. Welcomes the work; 2. Invites all Member States to use it; 3. Requests UNODC, within its mandate, to print it.": [
        "welcome | unga | -",
        "invite | unga | member-states",
        "request | unga | unodc",
    ],
    "35. and requests UNODC to map dams;": ["request | unga | unodc"],
    "36. and requested rivers were mapped;": [],
    "2 Requests UNODC to map dams;": ["request | unga | unodc"],
    "34 URGES all Member States to ratify it;": ["urge | unga | member-states"],
    "33. After reading its report, by the General Assembly requested, the Assembly of Dams met.": [],
    "The [Third Assembly of Dams|session/unga/3] decides to map dams.": ["decide | unga | -"],
    "The Secretary-General requests more money.": [],
    "The Secretary-General shall report within a year.": [],
    "30. Adopted at the 338th meeting by seven votes to one.": [],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_verbs_and_addressees(order, text, expected):
    assert order(text).lines() == [f"{line} | {R901} | -" for line in expected]


def test_sub_paragraphs_inherit_a_verb_that_breaks_off(order):
    lines = order(
        "1. Requests the Secretary-General, in good time:\n(a) To map the dams;\n(b) To print the maps.\n2. Thanks the host."
    ).lines()
    asked = f"request | unga | un-secretary-general | {R901} | -"
    assert lines == [asked, asked, f"thank | unga | - | {R901} | -"]


def test_sub_paragraphs_of_a_decision_may_say_whom_they_ask(order):
    lines = order(
        "The General Assembly decides:\n1. To request UNODC to map dams;\n2. To mend weirs."
    ).lines()
    assert [line.split(" | ")[:3] for line in lines] == [["decide", "unga", "unodc"], ["decide", "unga", "-"]]


def test_sub_paragraphs_inherit_a_clause_that_breaks_off_behind_its_subject(order):
    lines = order(
        "1. Recommends that all Member States:\n(a) Map dams;\n2. Recommends that the authorities of member States:\n(a) Map dams;"
    ).lines()
    assert [line.split(" | ")[2] for line in lines] == ["member-states", "“the authorities of member States”"]


def test_sub_paragraphs_of_a_complete_chapeau_are_no_actions(order):
    lines = order(
        "1. Urges Member States to protect rivers, including by:\n(a) Mapping dams;\n(b) Mending weirs."
    ).lines()
    assert lines == [f"urge | unga | member-states | {R901} | -"]


def test_sub_paragraphs_may_open_with_verbs_of_their_own(order):
    lines = order("1. The General Assembly:\n(a) Requests UNODC to map dams;\n(b) Thanks the host.").lines()
    assert lines == [f"request | unga | unodc | {R901} | -", f"thank | unga | - | {R901} | -"]


def test_what_a_state_should_do_is_recommended_to_it(order):
    lines = order(
        "1. Recalling its comment No. 7 on dams, the State party should mend its weirs. In particular, it should:\n"
        "(a) Map them;\n(b) Open them.\n2. The State party is requested to report within a year.\n"
        "3. It is said that the State party should rest."
    ).lines()
    assert [line.split(" | document")[0] for line in lines] == [
        *["recommend | unga | “the State party”"] * 3,
        "request | unga | “The State party”",
    ]


def test_what_the_state_is_asked_may_stand_behind_what_the_body_asks(order):
    lines = order("1. Requests UNODC to map dams. The State party is also requested to open weirs.").lines()
    assert [line.split(" | document")[0] for line in lines] == [
        "request | unga | unodc",
        "request | unga | “The State party”",
    ]


def test_a_pronoun_may_stand_before_the_verb_that_opens_a_paragraph(order):
    assert order("1. It requests UNODC to map dams.").lines() == [f"request | unga | unodc | {R901} | -"]


def test_a_verb_on_a_line_of_its_own_is_that_of_each_entry_below_it(order):
    lines = order(
        "instructs the Secretary-General\n1 to map dams;\n2 to print the maps,\nresolves\nto thank the host."
    )
    assert lines.lines() == [
        "instruct | unga | un-secretary-general | document/A/RES/90/1 | -",
        "instruct | unga | un-secretary-general | document/A/RES/90/1 | -",
        "resolve | unga | - | document/A/RES/90/1 | -",
    ]


def test_what_is_listed_below_an_entry_of_a_list_ends_that_list_not(order):
    lines = order(
        "The General Assembly DECIDES:\n1. To map dams.\n2. To keep open:\n(a) the weirs;\n(b) the locks.\n3. To rest."
    )
    assert [line.split(" | ")[0] for line in lines.lines()] == ["decide"] * 3


def test_a_line_below_a_verb_alone_may_say_who_is_to_do_what_is_listed_below_it(order):
    lines = order(
        "Instructs\nthe Secretary-General:\nto map dams;\nto print the maps,\n(Proposal 20.3, 4th sitting)"
    )
    assert [line.split(" | ")[:3] for line in lines.lines()] == [
        ["instruct", "unga", "un-secretary-general"],
        ["instruct", "unga", "un-secretary-general"],
    ]


def test_a_heading_that_is_a_verb_too_is_no_action_and_leads_on_to_none(order):
    lines = order("1. Requests rest.\nNotes\na See the maps of dams.").lines()
    assert [line.split(" | ")[0] for line in lines] == ["request"]


def test_a_line_in_capitals_that_ends_with_a_verb_leads_on(order):
    lines = order(
        "THE COMMISSION FOR DAMS (CD) RECOMMENDS THAT:\n1. All Member States mark them.\n2. UNODC draw maps."
    )
    assert lines.lines() == [
        f"recommend | unga | member-states | {R901} | -",
        f"recommend | unga | unodc | {R901} | -",
    ]


def test_what_no_number_marks_behind_the_entries_of_a_list_is_none_of_them(order):
    lines = order("1. Requests UNODC to:\n(a) Map the dams;\n(b) Draw maps.\nRiver Town, 3 May 2031").lines()
    assert len(lines) == 2


def test_what_no_word_marks_behind_the_articles_of_a_decision_is_none_of_them(order):
    lines = order(
        "DECIDES:\nArt. 1 - To map the dams.\nArt. 2 - To draw maps.\nXII Session, River Town"
    ).lines()
    assert len(lines) == 2


def test_governments_that_they_are_recommended_to_act_share_the_verb_of_their_chapeau(order):
    lines = order("1. Recommends to Governments that they:\n(a) adopt maps;\n(b) report each year.").lines()
    assert lines == [f"recommend | unga | governments | {R901} | -"] * 2


def test_what_an_act_rests_on_may_stand_between_its_verb_and_the_colon(order):
    lines = order(
        "ADOPTS, in accordance with Article 9, paragraph 1, of the Lamp Agreement, the following:\n"
        "1. Ships shall carry lamps.\n2. Ships shall count them."
    ).lines()
    assert [line.split(" | ")[0] for line in lines] == ["adopt", "adopt"]


def test_numbers_with_dots_count_the_entries_below_a_verb_alone(order):
    lines = order(
        "DECIDES:\n1.1. To map the dams.\n1.2. To draw maps.\n2. The plan\nDECIDES:\n2.1. To rest."
    ).lines()
    assert [line.split(" | ")[0] for line in lines] == ["decide"] * 3


def test_a_verb_alone_that_leads_on_to_nothing_is_no_action(order):
    assert order("DECIDES:").lines() == []


def test_what_is_subject_to_something_does_not_hide_that_a_chapeau_breaks_off(order):
    lines = order(
        "1. Requests UNODC, with help and subject to availability of means:\n(a) To map;\n(b) To draw."
    )
    assert [line.split(" | document")[0] for line in lines.lines()] == ["request | unga | unodc"] * 2


def test_an_open_chapeau_without_sub_paragraphs_is_one_action(order):
    assert order("1. Urges Member States to:").lines() == [f"urge | unga | member-states | {R901} | -"]


def test_preambular_paragraphs_are_no_actions(order):
    from treatygraph.model.tree import ParagraphKind

    assert order("Requests the Secretary-General to act,", kind=ParagraphKind.PREAMBULAR).lines() == []


def test_an_inherited_verb_keeps_its_place_in_the_chapeau(order):
    reading = order("1. Requests UNODC:\n(a) To map the dams.")
    (action,) = reading.found.actions
    assert reading.text[action.verb_span.start : action.verb_span.end] == "Requests"
    assert reading.text[action.span.start : action.span.end] == "To map the dams."
    assert action.rule == "acts/operative-inherited"


def test_the_session_at_which_it_is_due_is_the_occasion(order):
    (action,) = order(
        "1. Requests the Secretary-General to report at its [ninety-first session|session/unga/91] on "
        "[article 5|treaty/rivers/art/5] and the Dam Atlas."
    ).found.actions
    assert [each.key for each in action.occasions] == ["session/unga/91"]
    assert [related.key for related in action.regarding] == ["treaty/rivers/art/5", "tool/dam-atlas"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reaffirms its [resolution 80/1|document/A/RES/80/1];", [("document/A/RES/80/1", "object")]),
        (
            "Endorses [decision 4/1|act/rivers-cop/decision/4/1];",
            [("act/rivers-cop/decision/4/1", "endorses")],
        ),
        ("Decides to amend [resolution 80/1|document/A/RES/80/1];", [("document/A/RES/80/1", "amends")]),
        ("Stresses the need for [resolution 80/1|document/A/RES/80/1];", []),
        ("Requests the Secretary-General to publish [resolution 80/1|document/A/RES/80/1];", []),
    ],
)
def test_an_operative_paragraph_acts_on_the_text_behind_its_verb(order, text, expected):
    (action,) = order(text).found.actions
    assert [(thing.key, thing.relation) for thing in action.objects] == expected


def test_each_entry_below_that_has_its_own_addressee(order):
    reading = order(
        "1. Recommends that:\n(a) All Member States mark their dams;\n(b) The Secretary-General draw maps."
    )
    assert [action.addressees for action in reading.found.actions] == [
        ("group/member-states",),
        ("body/un-secretary-general",),
    ]
