"""Documents that are a programme or a list of documents and print no agenda."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind, DocumentTree
from treatygraph.parse import parse
from treatygraph.parse.layout import symbols_in
from treatygraph.read import read_text

PROGRAMME = """Conference on Reeds
Marshby, 4 and 5 November 2031

Working programme

                 Committee I           Committee II
Tuesday, 4 November
09h00–12h00      10, 11                20 and 21
14h00–17h00      12                    Tea
"""
DOCUMENTS = """Conference on Reeds

List of documents

Symbol	Agenda item	Title
REED/9/1	2	Provisional agenda
REED/9/INF/2	5, 6	Lofts of 2031

Item 7
REED/9/3 Scythes

Items 8 and 9
REED/9/4          Report of the Chair
REED/9/4/Add.1    Lofts of the north
"""


def read(text: str) -> DocumentTree:
    return parse(read_text(text, name="list.txt", language="en"))


def documents(tree: DocumentTree) -> list[tuple[str, str]]:
    printed = [(e.item, tree.source.text[e.span.start : e.span.end]) for e in tree.documentation]
    return [(item, words[start:end]) for item, words in printed for start, end in symbols_in(words)]


def test_a_programme_gives_a_slot_for_each_organ_that_heads_a_column() -> None:
    slots = [(s.date, s.start, s.room, [item for item, _ in s.items]) for s in read(PROGRAMME).slots]
    assert slots == [
        ("2031-11-04", "09:00", "Committee I", ["10", "11"]),
        ("2031-11-04", "09:00", "Committee II", ["20", "21"]),
        ("2031-11-04", "14:00", "Committee I", ["12"]),
    ]


def test_titles_below_hours_are_items_by_their_numbers() -> None:
    titled = "Monday, 3 November 2031\n14h00–17h00      Plenary\n                 1. Election\n                 2. Adoption of the agenda\n"
    slots = read(PROGRAMME.replace("Tuesday, 4 November\n", f"{titled}\nTuesday, 4 November\n")).slots
    assert (slots[0].date, slots[0].start, [item for item, _ in slots[0].items]) == (
        "2031-11-03",
        "14:00",
        ["1", "2"],
    )


def test_an_item_named_behind_a_title_outweighs_the_number_before_it() -> None:
    titled = (
        "Tuesday, 4 November\n09h00–12h00      Plenary\n                 1. Status of the reeds [item 4]\n"
    )
    (slot,) = read(PROGRAMME[: PROGRAMME.index("                 Committee I")] + titled).slots
    assert [item for item, _ in slot.items] == ["4"]


def test_hours_in_a_text_that_is_no_programme_give_no_slots() -> None:
    assert read(PROGRAMME.replace("Working programme", "Tea and biscuits")).slots == ()


def test_a_programme_whose_items_have_titles_is_no_agenda_and_no_report() -> None:
    text = "工作安排\n\n灯塔委员会\n\n2031年3月4日至5日，灯港\n\n3月4日（星期二）\n上午10:00–12:00　项目1　会议开幕\n　项目2　通过议程\n3月5日（星期三）\n上午10:00–12:00　项目3和4　通过报告\n"
    tree = parse(read_text(text, name="list.txt", language="zh"))
    assert tree.kind is DocumentKind.OTHER
    assert [(s.date, [item for item, _ in s.items]) for s in tree.slots] == [
        ("2031-03-04", ["1", "2"]),
        ("2031-03-05", ["3", "4"]),
    ]


def test_a_programme_on_one_line_gives_its_slots() -> None:
    text = (
        "Conference on Reeds, fifth meeting of its Standing Committee, Marshby, 3 to 7 November 2031 Working programme of the Committee "
        "Monday, 3 November 09h30-12h00 Item 1. Opening Item 2. Agenda 14h00-17h00 Items 3 to 5 "
        "Tuesday, 4 November 09h30-12h00 Items 6, 7.1 and 7.2 14h00-17h00 Item 8"
    )
    assert [(s.date, s.start, [item for item, _ in s.items]) for s in read(text).slots] == [
        ("2031-11-03", "09:30", ["1", "2"]),
        ("2031-11-03", "14:00", ["3", "4", "5"]),
        ("2031-11-04", "09:30", ["6", "7.1", "7.2"]),
        ("2031-11-04", "14:00", ["8"]),
    ]


def test_a_list_of_documents_gives_those_of_each_item() -> None:
    assert documents(read(DOCUMENTS)) == [
        ("2", "REED/9/1"),
        ("5", "REED/9/INF/2"),
        ("6", "REED/9/INF/2"),
        ("7", "REED/9/3"),
        ("8", "REED/9/4"),
        ("9", "REED/9/4"),
        ("8", "REED/9/4/Add.1"),
        ("9", "REED/9/4/Add.1"),
    ]
    assert read(DOCUMENTS.replace("List of documents", "Tea and biscuits")).documentation == ()


def test_an_empty_cell_of_items_goes_on_the_one_above() -> None:
    merged = DOCUMENTS[: DOCUMENTS.index("REED/9/INF/2")] + "REED/9/1/Add.1\t\tAnnotations\n"
    assert documents(read(merged)) == [("2", "REED/9/1"), ("2", "REED/9/1/Add.1")]


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        ("en", "Order of the day\n\nMonday, 3 November\n10:00–13:00      Item 1: Opening\n                 Item 2: Officers: (a) Chair; (b) Clerk\n"),
        ("fr", "Calendrier des travaux\n\nLundi 3 novembre\n10 h 00 – 13 h 00      Point 1 Ouverture\n                 Point 2 Bureau : a) Présidence ; b) Greffe\n"),
        ("zh", "工作安排\n\n11月3日（星期一）\n上午10:00–下午1:00　项目1：会议开幕\n　项目2：组织事项：(a) 选举主席；(b) 选举书记\n"),
    ],
)  # fmt: skip
def test_letters_below_an_item_of_a_programme_are_its_items(language: str, rows: str) -> None:
    head = {
        "en": "Marshby, 3 and 4 November 2031",
        "fr": "Roselière, 3 et 4 novembre 2031",
        "zh": "2031年11月3日至4日，灯港",
    }
    tree = parse(read_text(f"{head[language]}\n\n{rows}", name="list.txt", language=language))
    assert [[item for item, _ in slot.items] for slot in tree.slots] == [["1", "2", "2 (a)", "2 (b)"]]


def test_what_a_programme_takes_up_is_neither_its_kind_nor_an_organ_of_its_head() -> None:
    text = (
        "灯塔理事会\n\n第二七届会议\n\n2031年11月26-28日，盐港\n\n暂定时间表\n\n11月26日，星期三\n\n上午（10:00-13:00）\n\n"
        "议题9\t章程委员会报告\n议题4\t大会\n\n11月28日，星期五\n\n下午（15:00-17:00）\n\n议题5\t通过报告\n"
    )
    tree = parse(read_text(text, name="list.txt", language="zh"))
    assert tree.kind is DocumentKind.OTHER
    assert [name for name, _ in tree.front.organs] == ["灯塔理事会"]
    assert [(s.date, s.start, [item for item, _ in s.items]) for s in tree.slots] == [
        ("2031-11-26", "10:00", ["9", "4"]),
        ("2031-11-28", "15:00", ["5"]),
    ]


def test_items_stand_in_rows_beside_their_hours() -> None:
    text = (
        "Conference on Reeds\nMarshby, 4 - 5 May 2031\n\nTimetable\n\nSunday 4 May\n\n09:00 - 09:30   Registration\n09:30 - 12:30   1. Opening\n"
        "                2. Officers\n14:00 - 17:30   3. Reeds\n                   3.1 Birds\n\nMonday 5 May\n\n09:00 - 12:30   4. Other matters\n"
    )
    assert [(s.date, s.start, [item for item, _ in s.items]) for s in read(text).slots] == [
        ("2031-05-04", "09:30", ["1", "2"]),
        ("2031-05-04", "14:00", ["3", "3.1"]),
        ("2031-05-05", "09:00", ["4"]),
    ]
