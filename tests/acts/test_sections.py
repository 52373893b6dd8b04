"""Pages with more than one resolution, and decisions bound into a report."""

from __future__ import annotations

from dataclasses import replace

from treatygraph.model.tree import DocumentKind

PAGE = """o|1. Thanks the host of the last session.
x|90/7. Dams
x|The General Assembly,
o|1. Requests the Secretary-General to map dams.
x|12th plenary meeting
x|3 May 2035
x|90/8. Weirs
x|The Conference of the Parties to the Convention on Rivers,
o|1. Requests UNODC to map weirs.
x|4 May 2035"""

REPORT = """x|[Decision 3/1|act/rivers-cop/decision/3/1]
o|1. Requests the Secretariat to map dams.
x|Draft decision
o|1. Requests the Secretariat to weep."""


def test_each_resolution_of_a_page_has_its_own_source_actor_and_date(read_page):
    assert read_page(PAGE, DocumentKind.RESOLUTION, "document/sha256-0") == [
        ("thank", "body/unga", None, None),
        ("request", "body/unga", "document/A/RES/90/7", "2035-05-03"),
        ("request", "body/rivers-cop", "document/A/RES/90/8", "2035-05-04"),
    ]


def test_a_line_of_an_organ_without_a_key_leaves_open_who_acts(read_page):
    page = "p|The Lace Committee,\no|1. Requests UNODC to map dams.\nx|The General Assembly,\no|1. Thanks the host."
    assert [row[:2] for row in read_page(page, DocumentKind.DECISION, "document/sha256-0")] == [
        ("request", None),
        ("thank", "body/unga"),
    ]


def test_a_line_of_who_speaks_may_end_with_another_comma(read_page):
    page = "p|The Rivers Conference，\no|1. Thanks the host.\nx|The General Assembly，\no|1. Thanks the host."
    assert [row[:2] for row in read_page(page, DocumentKind.DECISION, "document/sha256-0")][-1] == (
        "thank",
        "body/unga",
    )


def test_an_organization_in_the_masthead_does_not_act(read_page):
    page = "f|The General Assembly\no|1. Requests UNODC to map dams."
    assert [row[:2] for row in read_page(page, DocumentKind.DECISION, "document/sha256-0")] == [
        ("request", "body/rivers-cop")
    ]


def test_a_text_that_an_act_recommends_to_another_body_is_no_action(read_page):
    page = "o|4. Recommends that the Assembly adopt a resolution along these lines:\np|The General Assembly,\no|1. Requests UNODC to weep."
    assert [row[:2] for row in read_page(page, DocumentKind.DECISION, "document/sha256-0")] == [
        ("recommend", "body/rivers-cop")
    ]


def test_an_adopted_decision_inside_a_report_is_read_as_one(read_page):
    assert read_page(REPORT, DocumentKind.REPORT, "document/sha256-0") == [
        ("request", "body/rivers-cop", "act/rivers-cop/decision/3/1", None)
    ]


def test_a_text_that_a_report_prints_below_the_name_of_its_body_is_read_as_adopted(read_page):
    own = "x|The Conference of the Parties to the Convention on Rivers,\no|1. Thanks the host."
    for_others = "x|The General Assembly,\no|1. Requests UNODC to weep."
    page = f"x|Agreed conclusions 5 (X)\n{own}\n{for_others}\nx|Draft decision\n{own}"
    assert read_page(page, DocumentKind.REPORT, "document/RIV/COP/9") == [
        ("thank", "body/rivers-cop", "document/RIV/COP/9", None)
    ]


def test_the_code_of_a_decision_names_the_body_where_no_head_does(read_page):
    page = "x|RIV-XII/3: Dams\nx|The Parties,\no|Requests the Secretariat to map dams."
    assert read_page(page, DocumentKind.DECISION, "document/sha256-0", body=None) == [
        ("request", "body/rivers-cop", "act/rivers-cop/decision/12/3", None)
    ]


def test_what_a_report_tells_below_the_number_of_a_decision_is_that_decision(read_page):
    page = (
        "x|[Decision 3/1|act/rivers-cop/decision/3/1]\nx|Dams\np|At its 5th meeting, the Conference decided to map dams.\n"
        "x|II. Weirs\np|The Conference decided to mend weirs."
    )
    assert [entry[2] for entry in read_page(page, DocumentKind.REPORT, "document/RIV/COP/9")] == [
        "act/rivers-cop/decision/3/1",
        "document/RIV/COP/9",
    ]


def test_a_bare_number_is_that_of_a_decision_where_a_body_has_no_resolutions(registry, read_page):
    rivers = registry.bodies["body/rivers-cop"]
    decides = replace(rivers, acts=rivers.acts[:1])
    known = replace(registry, bodies={**registry.bodies, rivers.key: decides})
    page = "x|3/4. Dams\nx|The Conference of the Parties to the Convention on Rivers,\no|1. Requests the Secretariat to map dams."
    sources = [
        read_page(page, DocumentKind.REPORT, "document/RIV/COP/9", registry=each)[0][2]
        for each in (known, registry)
    ]
    assert sources == ["act/rivers-cop/decision/3/4", "act/rivers-cop/resolution/3/4"]


def test_several_who_speak_act_in_the_plural_until_a_body_speaks(read_page):
    page = (
        "p|The Parties:\no|1. Request the Secretariat to map dams, and urge UNODC to print the map.\n"
        "p|The Conference of the Parties,\no|2. Request the Secretariat to weep.\no|3. Thanks the host."
    )
    found = read_page(page, DocumentKind.DECISION, "document/RIV/COP/9")
    assert [entry[0] for entry in found] == ["request", "urge", "thank"]


def test_several_who_speak_of_themselves_act_and_their_governments_are_asked(read_page):
    page = (
        "p|We, the Ministers of the five islands, meeting at dusk,\no|1. Commit ourselves to mending weirs;\n"
        "o|2. We also request UNODC to map dams, and invite donors to pay;\n"
        "o|Recommend to their Governments the following measure:"
    )
    found = read_page(page, DocumentKind.DECISION, "document/RIV/COP/9", body=None)
    assert [entry[:2] for entry in found] == [
        ("commit", None),
        ("request", None),
        ("invite", None),
        ("recommend", None),
    ]
