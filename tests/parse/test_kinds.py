"""The kind of a document by the lines of its head; the texts are our own."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind
from treatygraph.parse import parse
from treatygraph.read import read_text

BODY = "The Harbour Council,\n\nRecalling its duty,\n\n1. Requests the pilots to report;\n\n2. Decides to meet.\n"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Agenda item 1\n\nPresident's statement PRST 3/1. Lights of the channel", DocumentKind.STATEMENT),
        ("Agenda item 4\n\nResolution adopted by the Harbour Council on 3 May 2021", DocumentKind.RESOLUTION),
        ("Agenda item 9\n\nDECISION ADOPTED BY THE HARBOUR COUNCIL\n\n15/4. Framework of lights", DocumentKind.DECISION),
        ("HC-4/13: Further care of the lights", DocumentKind.DECISION),
        ("XIII/5. Ecosystems of the estuary", DocumentKind.DECISION),
        ("Resolution XIII.7", DocumentKind.RESOLUTION),
        ("Statement by the presidency of the Harbour Council", DocumentKind.STATEMENT),
        ("HC/PRST/2031/6\n\nLights of the estuary", DocumentKind.STATEMENT),
        ("HC/COP/DEC/17/11\n\n17/11. Lights of the estuary", DocumentKind.DECISION),
        ("HC/EA.5/RES.14\n\nLights of the estuary", DocumentKind.RESOLUTION),
        ("Harbour Council\n\nFinal report", DocumentKind.REPORT),
        ("Harbour Council\n\nConcluding observations: Islet", DocumentKind.REPORT),
        ("HaC19 Doc. 4\n\nHarbour Council\n\nDraft decision 4", DocumentKind.OTHER),
    ],
)  # fmt: skip
def test_line_of_the_head_names_the_kind(head: str, kind: DocumentKind) -> None:
    tree = parse(read_text(f"{head}\n\n{BODY}", name="text.txt", language="en"))
    assert tree.kind is kind
    assert "in the head" in tree.kind_reason


def test_title_of_an_agenda_item_names_no_kind() -> None:
    tree = parse(
        read_text(f"Agenda item 4\n\nReport of the pilots\n\n{BODY}", name="text.txt", language="en")
    )
    assert tree.kind is DocumentKind.RESOLUTION


def test_statement_names_its_meeting_and_day_in_its_first_line() -> None:
    text = (
        "Statement by the President of the Harbour Council\n\nAt the 12th meeting of the Council, held on 3 May 2027, the "
        "President made the following statement:\n\n“The Council stresses its duty.\n"
    )
    front = parse(read_text(text, name="text.txt", language="en")).front
    assert front.happening is not None
    assert front.dates is not None
    assert (front.happening[0], str(front.dates.start)) == ("12th meeting", "2027-05-03")


def test_act_with_an_agenda_in_its_name_is_an_act_of_no_conference_in_its_name() -> None:
    text = (
        "Resolution adopted by the Harbour Council on 3 May 2021\n\n69/31. Harbour Action Agenda of the Third Conference on "
        f"Lights\n\n{BODY}\n9th plenary meeting\n3 May 2021\n\nAnnex\n\nHarbour Action Agenda of the Third Conference\n\n"
        "I. Opening\n\n1. We, the pilots, gather.\n\nII. Adoption of the agenda\n\n2. We agree.\n"
    )
    tree = parse(read_text(text, name="text.txt", language="en"))
    assert tree.kind is DocumentKind.RESOLUTION
    assert tree.front.happening is None or "Third" not in tree.front.happening[0]


def test_minutes_that_print_their_agenda_are_no_agenda() -> None:
    text = (
        "# Minutes of the third meeting of the Harbour Committee\n\n## Agenda\n\n1. Opening\n2. Adoption of the agenda\n3. Lights\n\n"
        "## 1. Opening\n\nThe Chair opened the meeting.\n\n## 3. Lights\n\nThe Committee adopted the plan.\n"
    )
    tree = parse(read_text(text, name="text.md", language="en"))
    assert tree.kind is DocumentKind.REPORT
    assert [item.title for item in tree.items] == ["Opening", "Adoption of the agenda", "Lights"]
    assert parse(read_text(text.split("\n\n", 1)[1], name="text.md")).kind is DocumentKind.ANNOTATED_AGENDA


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("Saltport, Islet\n\n3–7 May 2031", "Saltport, Islet"),
        ("3–7 May 2031\n\nSaltport, Islet", "Saltport, Islet"),
        ("3–7 May 2031, Saltport", "Saltport"),
        ("Lights, Horns and Boats\n\n3–7 May 2031", None),
        ("Harbour Council, Islet\n\n3–7 May 2031", None),
    ],
)
def test_place_stands_beside_the_days_of_the_meeting(lines: str, place: str | None) -> None:
    front = parse(read_text(f"Report of the Board\n\n{lines}\n\n{BODY}", name="a.txt", language="en")).front
    assert front.dates is not None
    assert (front.place[0] if front.place else None) == place


@pytest.mark.parametrize("symbol", ["FOG 31/1", "FOG 31/1/Add.2", "FOG/GB55/1, Rev. 2"])
def test_symbol_that_is_numbered_by_session_or_has_its_version_apart_stands_alone(symbol: str) -> None:
    front = parse(read_text(f"Fog Board\n\n{symbol}\n\n{BODY}", name="a.txt", language="en")).front
    assert front.symbol == symbol


@pytest.mark.parametrize("line", ["PRST 31/1", "ITEM 31/1", "DECISION 31/1"])
def test_number_of_an_act_or_an_item_is_no_symbol(line: str) -> None:
    front = parse(read_text(f"Fog Board\n\n{line}\n\n{BODY}", name="a.txt", language="en")).front
    assert front.symbol is None
