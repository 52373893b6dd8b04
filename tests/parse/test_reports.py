"""Reports of invented bodies: where their body begins, and the agenda that they tell."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind, DocumentTree, ParagraphKind
from treatygraph.parse import parse
from treatygraph.read import read_bytes

REPORT = """WEIR/COP/2031/17

Distr.: General

# Report of the Conference of the Parties on its eighth session, held in Port Reed from 16 to 20 May 2031

## I. Introduction

1. In its resolution 7/1, the Conference decided to meet each year.

## II. Adoption of the agenda

2. At its 1st meeting, the Conference adopted {agenda}

1. Organizational matters:

(a) Opening of the session;

(b) Election of officers.

2. Weirs and sluices.

3. Adoption of the report.

## III. Weirs and sluices

3. For its consideration of agenda item 2, the Conference had before it a note by the Secretariat (WEIR/COP/2031/3).
"""


def read(agenda: str) -> DocumentTree:
    return parse(read_bytes(REPORT.format(agenda=agenda).encode(), name="report.md"))


@pytest.mark.parametrize(
    "agenda", ["the following agenda for its session:", "by consensus its agenda as follows:"]
)
def test_agenda_that_a_report_tells_gives_the_items(agenda: str) -> None:
    tree = read(agenda)
    assert tree.kind is DocumentKind.REPORT
    assert [item.number for item in tree.items] == ["1", "1 (a)", "1 (b)", "2", "3"]
    assert tree.items[3].title == "Weirs and sluices"
    assert [entry.item for entry in tree.documentation] == ["2"]


def test_numbered_list_of_a_report_is_no_agenda_unless_told_to_be() -> None:
    assert read("its rules:").items == ()


def test_body_of_a_report_is_no_front_matter() -> None:
    tree = read("its rules:")
    text = tree.source.text
    kinds = {text[p.span.start : p.span.end].split("\n")[0][:18]: (p.number, p.kind) for p in tree.paragraphs}
    assert kinds["WEIR/COP/2031/17"] == (None, ParagraphKind.FRONT_MATTER)
    assert kinds["## I. Introduction"] == (None, ParagraphKind.HEADING)
    assert kinds["1. In its resoluti"] == ("1", ParagraphKind.OTHER)


def test_title_of_a_report_tells_place_and_days() -> None:
    front = read("its rules:").front
    assert front.place
    assert front.dates
    assert (front.place[0], str(front.dates.start), str(front.dates.end)) == (
        "Port Reed",
        "2031-05-16",
        "2031-05-20",
    )


def test_what_stands_under_the_heading_of_an_item_is_about_it() -> None:
    tree = read("the following agenda for its session:")
    text = tree.source.text

    def item(words: str) -> str | None:
        placement = tree.place_of(text.index(words))
        assert placement is not None
        return placement.item

    assert item("For its consideration") == "2"
    assert item("In its resolution 7/1") is None


PARTS = """Committee on Horns

Report of the Committee on Horns on its third session

I. Introduction

1. The Committee met in Saltmouth and adopted the following agenda:

1. Opening of the session.
2. Fog signals of the coast.
3. Other matters.

II. Fog signals of the coast

2. The Committee counted the horns.

3. The Committee was told of two lost bells.

III. Recommendations

4. The Committee recommended a second count.
"""


def test_a_part_that_repeats_a_title_is_about_the_item_until_the_next_part() -> None:
    tree = parse(read_bytes(PARTS.encode(), name="report.txt"))
    assert tree.kind is DocumentKind.REPORT
    text = tree.source.text
    placed = {
        words: placement.item
        for words in ("met in Saltmouth", "counted the horns", "two lost bells", "a second count")
        if (placement := tree.place_of(text.index(words)))
    }
    assert placed == {
        "met in Saltmouth": None,
        "counted the horns": "2",
        "two lost bells": "2",
        "a second count": None,
    }


def test_the_part_of_a_report_that_prints_a_decision_is_a_decision() -> None:
    text = (
        "Conference of the Parties\n\nReport of the Conference of the Parties on its fifth session\n\nAddendum\n\n"
        "{}\n\nThe keeping of weirs\n\nThe Conference of the Parties,\n\nRecalling all,\n\n1. Decides to keep weirs;"
    )
    lines = ("Decision 1/CP.5", "Decisions that were taken")
    kinds = [parse(read_bytes(text.format(line).encode(), name="part.md")).kind for line in lines]
    assert kinds == [DocumentKind.DECISION, DocumentKind.REPORT]


def test_a_report_that_prints_a_decision_and_tells_what_was_done_is_a_report() -> None:
    text = (
        "Report of the Conference of the Parties on its fifth session\n\nDecision 1/CP.5\n\nThe keeping of weirs\n\n"
        "The Conference of the Parties,\n\nRecalling all,\n\n1. Decides to keep weirs;\n\nDecision 2/CP.5\n\nTides\n\n"
        "20. At its 2nd meeting, the Conference of the Parties elected a keeper and adopted its agenda.\n\n"
        "21. At the same meeting, the Conference of the Parties took note of the report of the keeper.\n"
    )
    tree = parse(read_bytes(text.encode(), name="whole.md"))
    assert tree.kind is DocumentKind.REPORT
    assert [(p.kind.value, p.number) for p in tree.paragraphs][-2:] == [("other", "20"), ("other", "21")]


@pytest.mark.parametrize(
    ("head", "symbol"),
    [
        (
            "WEIR/COP5/2019/SEC/536/Conf.FinRep.Rev1\n30 August 2019",
            "WEIR/COP5/2019/SEC/536/Conf.FinRep.Rev1",
        ),
        ("W-23/DEC.5", "W-23/DEC.5"),
        ("WC(62)/RES/10", "WC(62)/RES/10"),
        ("WC-14/1", None),
        ("W/57/12 Prov.", "W/57/12"),
        ("W/GB-3/12 Rev.1", "W/GB-3/12 Rev.1"),
        ("W/RES/77/291 B", "W/RES/77/291 B"),
        ("W/77/291 B", None),
        ("United Nations W/77/291", "W/77/291"),
        ("Weirs of the world W/77/291", None),
    ],
)
def test_symbol_may_count_sessions_in_brackets_or_behind_a_dash_and_have_its_day_beside_it(
    head: str, symbol: str | None
) -> None:
    text = f"{head}\n\nFifth Conference of the Parties\n\nFinal report\n\n1. The Conference met.\n"
    assert parse(read_bytes(text.encode(), name="head.txt")).front.symbol == symbol


def test_title_of_a_report_with_its_days_in_brackets_names_the_session_and_no_place() -> None:
    text = (
        "WEIR/COP/9\n\nCouncil of Pilots\n\nReport on the sixty-second session (7 December 2018 and 14–22 March 2019)\n\n"
        "1. The Council met.\n"
    )
    front = parse(read_bytes(text.encode(), name="head.md")).front
    assert front.happening is not None and front.happening[0].endswith("the sixty-second session")
    assert front.place is None and front.dates is not None


TELLING = """Council of Pilots

Report on the meeting of the Working Group on Horns held in Saltmouth from 28 to 31 May 2019

I. Introduction

1. In its decision 2/6, the Council of Pilots established a group on horns.

II. Fog signals (Agenda item 2)

A. Recommendations to be endorsed by the Council

2. The Working Group adopted the following recommendations:

(a) Keepers should ring bells;

(b) Pilots should answer.

B. Adoption of the agenda

3. At its 1st meeting, on 28 May 2019, the Working Group adopted the following agenda:

1. Opening of the meeting.

2. Fog signals.

1. Conclusions

4. Calls for bells were heard.

Draft decision

The Council of Pilots,

Recalling the fog,

1. Requests the keepers to ring.

Other business

5. The Group met in the tower.

Annex I

Speakers

1. A keeper spoke.
"""


def test_paragraphs_of_a_report_are_headings_or_other_save_those_of_an_act_that_it_reprints() -> None:
    source = read_bytes(TELLING.encode(), name="report.txt")
    rows = [(p.kind.value, p.number) for p in parse(source).paragraphs]
    assert rows == [
        *[("front-matter", None)] * 2,
        ("heading", None),
        ("other", "1"),
        *[("heading", None)] * 2,
        ("other", "2"),
        ("other", "2 (a)"),
        ("other", "2 (b)"),
        ("heading", None),
        ("other", "3"),
        ("other", "1"),
        ("other", "2"),
        ("heading", None),
        ("other", "4"),
        ("heading", None),
        ("other", None),
        ("preambular", None),
        ("operative", "1"),
        ("heading", None),
        ("other", "5"),
        *[("heading", None)] * 2,
        ("annex", "1"),
    ]


def test_title_of_a_report_names_the_organ_and_a_heading_the_item_in_brackets() -> None:
    tree = parse(read_bytes(TELLING.encode(), name="report.txt"))
    assert [name for name, _ in tree.front.organs] == ["Council of Pilots", "Working Group on Horns"]
    recommended = tree.place_of(tree.source.text.index("adopted the following recommendations"))
    assert recommended is not None
    assert recommended.item == "2"


def test_meeting_below_the_text_of_an_act_is_not_the_session_of_the_document() -> None:
    text = (
        "Decision 3/4\n\nLights\n\nThe Council of Pilots,\n\nNoting the fog,\n\n1. Decides to ring.\n\n"
        "26th plenary meeting\n\n15 December 2018\n"
    )
    front = parse(read_bytes(text.encode(), name="decision.txt")).front
    assert front.happening is None
    assert front.issued is not None
    assert str(front.issued.start) == "2018-12-15"


ANNEXED = """WEIR/COP/2031/17

Report of the Conference of the Parties on its eighth session

1. The session was opened by the Chair of the bureau in the old town hall of Port Reed.

Annex I

{title}

The Conference of the Parties

1. Adopts the map;

2. Requests the Secretariat to print the map named in paragraph 1 above.
"""


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("8/3. Care of weirs", ParagraphKind.OPERATIVE),
        ("WR-8/3: Care of weirs", ParagraphKind.OPERATIVE),
        ("Draft decision on weirs", ParagraphKind.ANNEX),
    ],
)
def test_an_act_in_an_annex_of_a_report_keeps_its_paragraphs_and_a_draft_is_annex(
    title: str, kind: ParagraphKind
) -> None:
    text = ANNEXED.format(title=title)
    tree = parse(read_bytes(text.encode(), name="report.txt"))
    found = {
        p.number: p.kind
        for p in tree.paragraphs
        if p.span.start > text.index("The Conference of the Parties\n")
    }
    assert tree.kind is DocumentKind.REPORT
    assert found == {"1": kind, "2": kind}


def headings(tree: DocumentTree) -> list[str]:
    """The headings of a text as they are printed."""
    return [
        tree.source.text[p.span.start : p.span.end]
        for p in tree.paragraphs
        if p.kind is ParagraphKind.HEADING
    ]


def test_the_symbol_at_the_head_of_a_page_is_no_heading() -> None:
    text = (
        "WEIR/MOP/4/18\n\nREPORT OF THE MEETING OF KEEPERS\n\nI. OPENING\n\n1. The meeting was opened by the Chair at ten in the old mill.\n\n"
        "WEIR/MOP/4/18\n\nII. WEIRS\n\n2. The keepers considered the state of the weirs at some length.\n"
    )
    tree = parse(read_bytes(text.encode(), name="report.txt"))
    assert headings(tree)[-2:] == ["I. OPENING", "II. WEIRS"]


def test_numbered_sentences_below_an_agenda_do_not_go_on_its_list() -> None:
    text = (
        "# 灯塔会议报告\n\n2. 会议通过了以下议程：\n\n1. 会议开幕。\n\n2. 灯塔的现状。\n\n3. 通过报告。\n\n## 三、灯塔的现状\n\n"
        "3. 会议审议了秘书处的说明。\n\n4. 会议决定设立一个特设工作组。\n\n5. 会议再次开会。\n"
    )
    tree = parse(read_bytes(text.encode(), name="report.md"))
    assert [item.number for item in tree.items] == ["1", "2", "3"]


def test_a_title_and_a_sentence_with_one_number_begin_the_body() -> None:
    text = (
        "INFORME DE LA TERCERA REUNIÓN DEL COMITÉ DE FAROS\n\nPuerto Sal, 3 a 7 de marzo de 2031\n\n1.  Apertura\n\n"
        "1.  La tercera reunión del Comité se celebró en Puerto Sal.\n\n2.  Agenda\n\n2.  El Comité adoptó la agenda.\n"
    )
    tree = parse(read_bytes(text.encode(), name="informe.txt"))
    assert [" ".join(each.split()) for each in headings(tree)] == ["1. Apertura", "2. Agenda"]


def test_numbered_sentences_that_tell_are_no_resolution() -> None:
    told = (
        "1. The Forum was held in the old tower and was attended by the keepers of all five islands.\n\n"
        "2. Leaders endorsed the plan for the northern lamps and thanked the host for her hospitality.\n\n"
        "3. Leaders noted that the oil was late and requested the office to buy more before winter.\n"
    )
    act = (
        "The Lamp Forum,\n\nRecalling its duty,\n\n1. Requests the pilots to report;\n\n2. Decides to meet.\n"
    )
    kinds = [
        parse(read_bytes(f"LAMP FORUM\n\nCOMMUNIQUÉ\n\n{body}".encode(), name="a.txt")).kind
        for body in (told, act)
    ]
    assert kinds == [DocumentKind.REPORT, DocumentKind.RESOLUTION]


def test_short_sentences_and_verbs_that_come_first_tell_too() -> None:
    told = {
        "ar": "قمة المنارات\n\nالبيان الختامي\n\n1- عُقدت القمة في البرج القديم بحضور جميع الحراس من الجزر الخمس.\n\n"
        "2- وقرر القادة إنشاء صندوق للمنارات الشمالية في أقرب وقت ممكن.\n\n3- واعتمد الوزراء خطة العمل للمنارات الشمالية في السنوات المقبلة.\n",
        "zh": "灯塔峰会\n\n联合公报\n\n1. 会议于5月3日至4日在老塔举行，各岛守塔人出席了会议。\n\n"
        "2. 部长们决定设立北方灯塔基金并修好灯塔。\n\n3. 部长们核准了北方灯塔行动计划和预算。\n",
    }
    for text in told.values():
        assert parse(read_bytes(text.encode(), name="a.txt")).kind is DocumentKind.REPORT


def test_headings_that_name_items_tell_the_agenda_of_a_report() -> None:
    parts = "".join(
        f"## Agenda item {number} – {title}\n\n{number}. The Board {told} ({paper}).\n\n"
        for number, title, told, paper in (
            (1, "Opening of the meeting", "met at noon", "LMP/4/1"),
            (2, "Lamps", "took note of the report", "LMP/4/2"),
            (3, "Other matters", "heard the keepers", "LMP/4/3"),
        )
    )
    text = f"LMP/4/9\n\n# Report of the fourth meeting of the Board\n\nSaltport, 3-5 May 2031\n\n{parts}"
    tree = parse(read_bytes(text.encode(), name="report.md"))
    assert tree.kind is DocumentKind.REPORT
    assert [(item.number, item.title) for item in tree.items] == [
        ("1", "Opening of the meeting"),
        ("2", "Lamps"),
        ("3", "Other matters"),
    ]
    assert tree.documentation == ()
    placement = tree.place_of(text.index("took note"))
    assert placement is not None
    assert placement.item == "2"
