"""Agendas that lost their layout: list, annotations and programme in one paragraph are read as if on lines."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind, DocumentTree, Place
from treatygraph.parse import parse
from treatygraph.read import read_text

ENGLISH = """
WEIR/COP/3/1
Original: English
Working Group on Weirs
New York, 3 and 4 May 2027
Provisional agenda and annotations
1. Organizational matters:
(a) Opening of the meeting;
(b) Election of officers.
2. Sluices of the lower river.
Segment of the keepers
3. Other matters.
Reissued for technical reasons on 8 May 2026.
II. Annotations
1. Organizational matters
(a) Opening of the meeting
The meeting will be opened (if the tide allows) at noon.
2. Sluices of the lower river
In its decision 2/1, the Working Group asked keepers to count.
Documentation
Note on sluices (WEIR/COP/3/2)
3. Other matters
No documentation is foreseen.
Annex
Proposed organization of work
Monday, 3 May
10 a.m.–1 p.m.
1 (a) Opening of the meeting
1 (b) Election of officers
3–6 p.m.
2 Sluices of the lower river
Tuesday, 4 May
10 a.m.–noon
3 Other matters
"""
FRENCH = """
WEIR/COP/3/1
Groupe de travail sur les barrages
Genève, 3 et 4 mai 2027
Ordre du jour provisoire annoté
1. Questions d’organisation :
a) Ouverture de la réunion ;
b) Élection du Bureau.
2. Écluses du fleuve.
3. Questions diverses.
Annotations
1. Questions d'organisation
a) Ouverture de la réunion
La réunion sera ouverte à midi.
2. Écluses du fleuve
Le Groupe a prié les gardiens de compter.
Documentation
Note sur les écluses (WEIR/COP/3/2)
"""


def read(text: str, language: str) -> DocumentTree:
    return parse(read_text(" ".join(text.split()), name="agenda.txt", language=language))


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (FRENCH, "fr")])
def test_items_annotations_and_documents_are_read_from_one_paragraph(text: str, language: str) -> None:
    tree = read(text, language)
    assert tree.kind is DocumentKind.ANNOTATED_AGENDA
    assert [item.number for item in tree.items] == ["1", "1 (a)", "1 (b)", "2", "3"]
    assert [entry.item for entry in tree.documentation] == ["2"]
    annotated = [p.item for p in tree.placements if p.place is Place.ANNOTATION]
    assert annotated[:2] == ["1 (a)", "2"]


def test_titles_end_before_the_heading_of_a_group_and_a_note_of_reissue() -> None:
    assert [item.title for item in read(ENGLISH, "en").items[3:]] == [
        "Sluices of the lower river",
        "Other matters",
    ]


def test_programme_is_read_from_one_paragraph() -> None:
    slots = [
        (slot.date, slot.start, [number for number, _ in slot.items]) for slot in read(ENGLISH, "en").slots
    ]
    assert slots == [
        ("2027-05-03", "10:00", ["1 (a)", "1 (b)"]),
        ("2027-05-03", "15:00", ["2"]),
        ("2027-05-04", "10:00", ["3"]),
    ]


@pytest.mark.parametrize(
    ("text", "language", "place"), [(ENGLISH, "en", "New York"), (FRENCH, "fr", "Genève")]
)
def test_organ_place_and_days_are_told_apart(text: str, language: str, place: str) -> None:
    front = read(text, language).front
    assert front.place is not None
    assert front.place[0] == place
    assert front.dates is not None
    assert str(front.dates.end) == "2027-05-04"
    assert len(front.organs) == 1
    assert place.split()[0] not in front.organs[0][0]


def test_short_titles_of_chinese_signs_are_found_again_and_days_have_their_place() -> None:
    text = (
        "DENG/3/1 Distr.: General 10 March 2027 Chinese 第二十二届会议 2027年5月3日至4日，灯港 临时议程说明 临时议程 1. 组织事项。 2. 灯塔的维护。 3. 技术援助。 "
        "说明 1. 组织事项 会议将于上午10时开幕。 2. 灯塔的维护 委员会将收到一份说明（DENG/3/2）。 3. 技术援助 委员会将收到一份报告（DENG/3/4）。"
    )
    tree = read(text, "zh")
    assert tree.front.place is not None
    assert tree.front.dates is not None
    assert (tree.front.place[0], str(tree.front.dates.start)) == ("灯港", "2027-05-03")
    listed = [
        (entry.item, tree.source.text[entry.span.start : entry.span.end]) for entry in tree.documentation
    ]
    assert [(item, words[words.index("DENG") : words.index("）")]) for item, words in listed] == [
        ("2", "DENG/3/2"),
        ("3", "DENG/3/4"),
    ]


def test_a_session_stands_before_its_ordinal_in_arabic() -> None:
    text = "MANAR/9/1 مؤتمر الأطراف في اتفاقية المنارات الدورة التاسعة تونس، 3-5 نوفمبر 2031 جدول الأعمال المؤقت 1- افتتاح الدورة. 2- صيانة المنارات. 3- مسائل أخرى."
    front = read(text, "ar").front
    assert front.happening is not None
    assert front.place is not None
    assert (front.happening[0], front.place[0]) == ("الدورة التاسعة", "تونس")


def test_lines_point_into_the_text() -> None:
    tree = read(ENGLISH, "en")
    for block in tree.source.blocks:
        assert [tree.source.text[offset] for offset in block.offsets] == list(block.text)


PAGED = """Harbour Council                    HC/3/1

Third session
Fogtown, 3–4 May 2027

Annotated provisional agenda

1.  Opening of the session.
2.  Tending of the lights and of the horns of the northern coast:
    (a)  Lights;
    (b)  Horns.
3.  Other matters.

Annotations

1.  Opening of the session
The session will be opened by the Chair.

2.  Tending of the lights and of the horns of the northern coast
In its decision 2/4, the Council asked keepers to count the lamps of each

V.27-01234 (E)
HC/3/1

tower. The Council will have before it a note on lamps (HC/3/2).

HC/3/1 Annotated provisional agenda

3.  Other matters
No item was named.

Programme of work

Monday, 3 May 2027, 10 a.m.–1 p.m. Items 1 and 2 (a). Monday, 3 May 2027, 3–6 p.m. Item 2 (b). Tuesday, 4 May 2027, 10 a.m.–1 p.m. Item 2 (b). Tuesday, 4 May 2027, 3–6 p.m. Item 3.
"""


def test_the_symbol_at_the_head_of_a_page_is_no_document_of_an_item() -> None:
    tree = parse(read_text(PAGED, name="paged.txt", language="en"))
    assert [each.item for each in tree.documentation] == ["2"]


def test_a_title_that_runs_into_its_annotation_is_cut_off() -> None:
    tree = parse(read_text(PAGED, name="paged.txt", language="en"))
    told = tree.source.text.index("In its decision 2/4")
    assert tree.place_of(told).item == "2"
    assert any(block.text.startswith("In its decision 2/4") for block in tree.source.blocks)


def test_a_programme_on_one_line_gives_its_slots() -> None:
    tree = parse(read_text(PAGED, name="paged.txt", language="en"))
    assert [(slot.date, slot.start, [number for number, _ in slot.items]) for slot in tree.slots] == [
        ("2027-05-03", "10:00", ["1", "2 (a)"]),
        ("2027-05-03", "15:00", ["2 (b)"]),
        ("2027-05-04", "10:00", ["2 (b)"]),
        ("2027-05-04", "15:00", ["3"]),
    ]


def test_lines_inside_an_item_that_lost_their_letters_are_its_parts() -> None:
    text = "# Provisional agenda\n\n1. Organizational matters:\n   1. Opening\n   2. Officers\n2. Lamps\n3. Other matters\n"
    tree = parse(read_text(text, name="agenda.md", language="en"))
    assert [item.number for item in tree.items] == ["1", "1 (a)", "1 (b)", "2", "3"]


def test_a_masthead_on_one_line_may_print_the_day_of_issue_in_english() -> None:
    text = (
        "联合国 灯塔公约 LMP/COP/7/1 7 September 2031 CHINESE Original: ENGLISH 灯塔理事会 第七届会议 2031 年 12 月 3 日至 14 日，盐港 "
        "临时议程 1. 会议开幕。 2. 组织事项： (a) 通过议程； (b) 选举主席团。 3. 灯塔状况。 4. 其他事项。"
    )
    front = parse(read_text(text, name="agenda.txt", language="zh")).front
    assert front.issued is not None
    assert front.dates is not None
    assert (str(front.issued.start), str(front.dates.start), str(front.dates.end)) == (
        "2031-09-07",
        "2031-12-03",
        "2031-12-14",
    )
