"""The sessions and meetings that a text dates, each once, and what it says of documents about them."""

from __future__ import annotations

import pytest

from treatygraph.pipeline.extract import extract
from treatygraph.read import read_text
from treatygraph.registry.load import load_registry

WG = "meeting/rivers-cop-wg"


def rows(reading):
    return [
        (
            happening.key,
            happening.place[0] if happening.place else None,
            str(happening.dated.start) if happening.dated else None,
            str(happening.dated.end) if happening.dated else None,
        )
        for happening in reading.found.happenings
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"At its [first meeting|{WG}/1], held in Accra from 3 to 7 May 2027, the Working Group met.",
            (f"{WG}/1", "Accra", "2027-05-03", "2027-05-07"),
        ),
        (
            f"At its [first meeting|{WG}/1], held on 3 May 2027, it met.",
            (f"{WG}/1", None, "2027-05-03", "2027-05-03"),
        ),
        (f"At its [first meeting|{WG}/1], in 2027, it met.", (f"{WG}/1", None, "2027", "2027")),
        (
            "It was told to the Conference at its [fourth session|session/rivers-cop/4] in May 2031.",
            ("session/rivers-cop/4", None, "2031-05", "2031-05"),
        ),
        (
            "That was at the [third session|session/rivers-cop/3] of the Conference of the Parties, which was held in New York "
            "from 28 November to 2 December 2029.",
            ("session/rivers-cop/3", "New York", "2029-11-28", "2029-12-02"),
        ),
        (
            f"The [eighth meeting|{WG}/8] of the Working Group on Dams is to be held in Bonn, Germany, on 4 and 5 May 2033.",
            (f"{WG}/8", "Bonn, Germany", "2033-05-04", "2033-05-05"),
        ),
    ],
)
def test_a_numbered_happening_is_dated_by_the_words_behind_it(tell, text, expected):
    assert rows(tell(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        f"The report of its [sixth meeting|{WG}/6] was long. It was sent on 3 May 2027.",
        f"At its [sixth meeting|{WG}/6] the Group recalled the flood of 3 May 2027.",
        f"The [first|{WG}/1] and [second meetings|{WG}/2], held in Accra in May 2027 and Bonn in June 2028, respectively, were short.",
        "The Secretariat works in Vienna since 3 May 2027.",
    ],
)
def test_a_date_of_something_else_dates_no_happening(tell, text):
    assert rows(tell(text)) == []


def test_each_happening_comes_once_with_its_most_exact_date(tell):
    text = (
        f"At its [sixth meeting|{WG}/6], in 2030, the Working Group met.\n"
        f"At its [sixth meeting|{WG}/6], held in October 2030, the Working Group ate."
    )
    assert rows(tell(text)) == [(f"{WG}/6", None, "2030-10", "2030-10")]


def test_a_meeting_held_during_a_session_says_so(tell):
    reading = tell(
        f"The group convened its [first meeting|{WG}/1] during the [third session|session/rivers-cop/3] of the Conference."
    )
    (happening,) = reading.found.happenings
    assert (happening.key, happening.during, happening.dated) == (f"{WG}/1", "session/rivers-cop/3", None)
    assert happening.held_by == ("body/rivers-cop/wg",)


EXPERTS = (
    "In an effort to guide the use of [article 9|treaty/rivers/art/9], the Secretariat hosted an informal expert panel meeting in Lima "
    "from 2 to 4 June 2028. The report of that meeting was brought to the attention of the Conference at its "
    "[fourth session|session/rivers-cop/4] in 2031 (see [RIV/COP/CRP.5|document/RIV/COP/CRP.5]).\n"
    "At its [sixth meeting|meeting/rivers-cop-wg/6], held in October 2030, the Working Group recommended that the Secretariat should finish "
    "the draft report of the informal expert panel on fish ladders."
)
PANEL = "meeting/rivers-cop-experts/2028-06-02"


def test_a_gathering_without_a_number_is_its_groups_by_the_words_of_its_name(tell):
    reading = tell(EXPERTS)
    panel = next(h for h in reading.found.happenings if h.key == PANEL)
    assert panel.held_by == ("body/rivers-cop/experts",)
    assert panel.place is not None and panel.place[0] == "Lima"
    assert [related.key for related in panel.regarding] == ["treaty/rivers/art/9"]


def test_a_gathering_of_no_known_group_has_no_key(tell):
    assert rows(tell("The Secretariat hosted a regional workshop in Lima on 2 June 2028.")) == [
        (None, "Lima", "2028-06-02", "2028-06-02")
    ]


def test_links_of_a_report_name_its_meeting_its_session_and_its_topic(tell):
    links = {(link.relation, link.target) for link in tell(EXPERTS).found.links}
    assert {link.document for link in tell(EXPERTS).found.links} == {"document/RIV/COP/CRP.5"}
    assert links == {
        ("reportOf", PANEL),
        ("submittedTo", "session/rivers-cop/4"),
        ("regarding", "treaty/rivers/art/9"),
    }


def test_a_report_told_in_words_is_the_document_whose_symbol_stands_before(tell):
    (action,) = tell(EXPERTS).found.actions
    assert [(related.key, related.relation) for related in action.objects] == [
        ("document/RIV/COP/CRP.5", "object")
    ]


def test_an_action_regards_the_provisions_of_earlier_sentences_on_its_topic(tell):
    reading = tell(EXPERTS)
    (action,) = reading.found.actions
    (related,) = action.regarding
    assert related.key == "treaty/rivers/art/9"
    assert reading.text[related.span.start : related.span.end] == "article 9"


def test_another_topic_of_the_same_item_is_not_regarded(tell):
    reading = tell(
        "[Article 9|treaty/rivers/art/9] deals with fish ladders and eels.\n"
        f"At its [sixth meeting|{WG}/6], the Working Group recommended that the Secretariat should translate web pages."
    )
    assert reading.found.actions[0].regarding == ()


@pytest.mark.parametrize(
    ("title", "dated"),
    [
        ("Report of the Meeting of Keepers", True),
        ("Working programme\n\nTuesday, 4 November\n10:00–13:00      Items 1 and 2\n", True),
        ("Poem of the lamps", False),
    ],
)
def test_the_session_of_a_body_without_a_key_is_dated_by_the_head(title, dated, repo):
    text = f"Meeting of Keepers\n\nFourth session\n\nMarshby, 3–5 November 2031\n\n{title}\n"
    found = extract(
        read_text(text, name="head.txt", language="en"), load_registry(repo / "data" / "registry")
    ).happenings
    rows = [(each.key, each.place[0], str(each.dated.start), str(each.dated.end)) for each in found]
    assert rows == ([(None, "Marshby", "2031-11-03", "2031-11-05")] if dated else [])
