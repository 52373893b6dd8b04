"""PDF files: what stands where on the page tells lines, paragraphs, columns, rows, notes and running heads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatygraph.model.text import BlockKind, SourceText
from treatygraph.read import read_bytes, read_file
from treatygraph.read.hyphens import Joints
from treatygraph.read.pdf_page import read_page
from treatygraph.read.pdf_worker import in_reading_order

MakePdf = Callable[..., bytes]

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE

# Lines that fill a column some 400 points wide at 10 points.
FULL = "The Forum of the Lakes, having met in the third week of the month as its rules ask,"
MORE = "heard the reports of all its members on the levels of the lakes under their care and"
LAST = "thanked them."
SIDE = "levels of lakes are told each year"


def read(data: bytes) -> SourceText:
    source = read_bytes(data, name="meeting.pdf")
    for block in source.blocks:
        for letter, place in zip(block.text, block.offsets, strict=True):
            assert source.text[place] == letter or (letter == " " and source.text[place].isspace())
    return source


def blocks(data: bytes) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read(data).blocks]


def down(
    *lines: str, left: float = 70, top: float = 700, step: float = 12, size: float = 10
) -> list[tuple[float, float, str, float]]:
    return [(left, top - step * place, line, size) for place, line in enumerate(lines)]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart(make_pdf: MakePdf) -> None:
    page = [*down(FULL, MORE, LAST), *down(FULL, LAST, top=658)]
    assert blocks(make_pdf([page])) == [(PARAGRAPH, f"{FULL} {MORE} {LAST}"), (PARAGRAPH, f"{FULL} {LAST}")]


def test_an_indent_begins_a_paragraph_where_no_space_does(make_pdf: MakePdf) -> None:
    page = [
        *down(FULL, left=90),
        *down(MORE, FULL, top=688),
        *down(FULL, left=90, top=664),
        *down(LAST, top=652),
    ]
    assert [text for _, text in blocks(make_pdf([page]))] == [f"{FULL} {MORE} {FULL}", f"{FULL} {LAST}"]


def test_a_paragraph_goes_on_over_the_page_and_its_notes_follow_it(make_pdf: MakePdf) -> None:
    mark = (437, 703, "1", 6)  # set high, after the first line
    first = [*down(FULL), mark, *down(MORE, top=688), (70, 60, "1", 5), (80, 57, "See the annex.", 8)]
    source = read(make_pdf([first, down(LAST, "Next one.", step=30)]))
    assert [(b.kind, b.text) for b in source.blocks] == [
        (PARAGRAPH, f"{FULL} {MORE} {LAST}"),
        (NOTE, "See the annex."),
        (PARAGRAPH, "Next one."),
    ]
    assert source.blocks[0].marks == (("1", len(FULL)),)
    assert source.blocks[1].marker == "1"


def test_running_heads_feet_and_page_numbers_are_left_out(make_pdf: MakePdf) -> None:
    pages = [
        [(70, 800, "Forum of the Lakes", 9), (500, 800, f"Page {number}", 9), *down(FULL, LAST), (290, 30, f"- {number} -", 9),
         (70, 30, "25-01234 (E)", 9)]
        for number in (1, 2, 3)
    ]  # fmt: skip
    assert blocks(make_pdf(pages)) == [(PARAGRAPH, f"{FULL} {LAST}")] * 3


def test_the_symbol_of_a_running_head_is_kept_once_where_nothing_else_prints_it(make_pdf: MakePdf) -> None:
    head = (70, 800, "MFCC/2030/1", 9)
    pages = [[head, *down(FULL, LAST), (290, 30, f"- {number} -", 9)] for number in (1, 2, 3)]
    text = (PARAGRAPH, f"{FULL} {LAST}")
    assert blocks(make_pdf(pages)) == [(PARAGRAPH, "MFCC/2030/1"), text, text, text]
    told = [[head, *down(f"{SIDE} in MFCC/2030/1"), *page[1:]] for page in pages[:1]]
    assert blocks(make_pdf([*told, *pages[1:]]))[0] != (PARAGRAPH, "MFCC/2030/1")


def test_a_masthead_on_the_first_page_is_kept(make_pdf: MakePdf) -> None:
    first = [(70, 800, "Forum of the Lakes", 14), (400, 800, "MFCC/2030/1", 10), *down(FULL, LAST)]
    found = blocks(make_pdf([first, down(FULL, LAST)]))
    assert found[0] == (ROW, "Forum of the Lakes MFCC/2030/1")


@pytest.mark.parametrize(("lower", "step"), [(0, 12), (5, 12), (2, 13)])
def test_two_columns_are_read_one_after_the_other(make_pdf: MakePdf, lower: float, step: float) -> None:
    """Whether their lines stand on one foot, the right ones lower, or further apart."""
    lefts = [f"Left {place}: {SIDE}" for place in range(8)]
    rights = [f"right {place}: {SIDE}" for place in range(8)]
    page = [(70, 760, "A title that runs across the whole width of the page, over both columns", 10)]
    page += [*down(*lefts, left=70), *down(*rights, left=320, top=700 - lower, step=step)]
    texts = [text for _, text in blocks(make_pdf([page]))]
    assert texts[0].startswith("A title")
    assert " ".join(texts[1:]) == " ".join([*lefts, *rights])


def test_labels_beside_paragraphs_are_no_column(make_pdf: MakePdf) -> None:
    """A few lines of a margin, lower than those beside them, do not part the page."""
    page = []
    for place in range(3):
        top = 700 - 80 * place
        page += [(70, top - 5, f"Left {place}: {SIDE}", 10), *down(*[SIDE] * 5, left=320, top=top)]
    texts = [text for _, text in blocks(make_pdf([page]))]
    assert [text.count("Left") for text in texts].count(1) == 3
    assert not any(text.startswith("Left 0") and "Left 1" in text for text in texts)


def test_columns_of_figures_are_rows(make_pdf: MakePdf) -> None:
    page = down(FULL, MORE, LAST)
    for place in range(4):
        page += [
            (70, 600 - 14 * place, f"Lake {place}", 10),
            (300, 600 - 14 * place, f"{place}.5", 10),
            (400, 600 - 14 * place, "m", 10),
        ]
    source = read(make_pdf([page]))
    rows = [block for block in source.blocks if block.kind is ROW]
    assert [row.text for row in rows] == [f"Lake {place} {place}.5 m" for place in range(4)]
    assert [rows[1].text[cell.start : cell.end] for cell in rows[1].cells] == ["Lake 1", "1.5", "m"]


def test_a_cell_on_two_lines_is_one(make_pdf: MakePdf) -> None:
    page = [
        *down(FULL, MORE, LAST),
        (70, 600, "3 May", 10),
        (150, 600, "Opening of the meeting and", 10),
        (400, 600, "Item 1", 10),
    ]
    page += [(150, 588, "election of officers", 10)]
    assert blocks(make_pdf([page]))[1] == (
        ROW,
        "3 May Opening of the meeting and election of officers Item 1",
    )


def test_a_figure_opens_a_note_where_one_stands_raised_behind_a_word(make_pdf: MakePdf) -> None:
    page = [*down(FULL), (437, 703, "1", 6), *down(MORE, LAST, top=688), (70, 57, "1 See the annex.", 8)]
    assert [(b.kind, b.text) for b in read(make_pdf([page])).blocks][1:] == [(NOTE, "See the annex.")]
    unmarked = [*down(FULL, MORE, LAST), (70, 57, "1 See the annex.", 8)]
    assert [b.kind for b in read(make_pdf([unmarked])).blocks] == [PARAGRAPH, PARAGRAPH]


def timetable(top: float) -> list[tuple[float, float, str, float]]:
    """Two rows of three cells, the first cell of each on two lines, 18 points between rows and 12 between lines."""
    page = []
    for place, day in enumerate(("3 May", "4 May")):
        height = top - 30 * place
        page += [
            (70, height, "Wednesday,", 10),
            (150, height, "10 a.m.", 10),
            (230, height, f"Item {place + 1}", 10),
        ]
        page += [(70, height - 12, day, 10)]
    return page


def test_lines_that_stand_near_are_one_row(make_pdf: MakePdf) -> None:
    rows = [text for kind, text in blocks(make_pdf([timetable(700)])) if kind is ROW]
    assert rows == ["Wednesday, 3 May 10 a.m. Item 1", "Wednesday, 4 May 10 a.m. Item 2"]


def test_a_label_in_a_cell_of_its_own_begins_a_row(make_pdf: MakePdf) -> None:
    printed = [
        ("2.", "", "Agenda", "W/1"),
        ("3.", "", "Weirs", ""),
        ("", "3.1", "Sluices", "W/3"),
        ("4.", "", "Closure", ""),
    ]
    page = [
        (70 + 60 * column, 700 - 18 * row, words, 10)
        for row, cells in enumerate(printed)
        for column, words in enumerate(cells)
        if words
    ]
    assert [text for _, text in blocks(make_pdf([page]))] == [
        "2. Agenda W/1",
        "3. Weirs",
        "3.1 Sluices W/3",
        "4. Closure",
    ]


def test_a_row_may_leave_columns_empty_that_the_row_above_fills(make_pdf: MakePdf) -> None:
    printed = [
        ("3 May", "10 a.m.", "1 (a)", "Opening"),
        ("", "", "1 (b)", "Officers"),
        ("", "3 p.m.–", "2", "Care of the"),
        ("", "6 p.m.", "", "Northern weirs"),
        ("4 May", "10 a.m.", "3", "Closing"),
    ]
    page = [
        (70 + 80 * column, 700 - 12 * row, words, 10)
        for row, cells in enumerate(printed)
        for column, words in enumerate(cells)
        if words
    ]
    rows = [text for kind, text in blocks(make_pdf([page])) if kind is ROW]
    assert rows == [
        "3 May 10 a.m. 1 (a) Opening",
        "1 (b) Officers",
        "3 p.m.– 6 p.m. 2 Care of the Northern weirs",
        "4 May 10 a.m. 3 Closing",
    ]


def test_a_table_goes_on_over_the_page(make_pdf: MakePdf) -> None:
    second = [
        (230, 700, "Item 3 on another", 10),
        (230, 688, "day", 10),
        (150, 700, "3 p.m.", 10),
        *down(FULL, LAST, top=640),
    ]
    source = read(make_pdf([timetable(700), second]))
    last = [block for block in source.blocks if block.kind is ROW][-1]
    assert [last.text[cell.start : cell.end] for cell in last.cells] == [
        "",
        "3 p.m.",
        "Item 3 on another day",
    ]
    assert source.blocks[-1].text == f"{FULL} {LAST}"


def test_a_justified_line_of_few_words_is_no_row(make_pdf: MakePdf) -> None:
    page = [
        *down(FULL),
        (70, 688, "heard", 10),
        (180, 688, "all", 10),
        (281, 688, "reports", 10),
        *down(LAST, top=676),
    ]
    assert blocks(make_pdf([page])) == [(PARAGRAPH, f"{FULL} heard all reports {LAST}")]


def test_labels_apart_from_their_text_begin_items(make_pdf: MakePdf) -> None:
    page = [
        (70, 700, "12.1", 10),
        *down(FULL, LAST, left=100),
        (70, 670, "(a)", 10),
        *down(FULL, LAST, left=100, top=670),
    ]
    assert blocks(make_pdf([page])) == [(ITEM, f"12.1 {FULL} {LAST}"), (ITEM, f"(a) {FULL} {LAST}")]


def test_bold_and_large_lines_are_headings(make_pdf: MakePdf) -> None:
    page = [(70, 760, "Report", 16, "bold"), (70, 730, "Levels of lakes", 10, "bold"), *down(FULL, LAST)]
    source = read(make_pdf([page]))
    assert [(b.kind, b.level) for b in source.blocks] == [(HEADING, 1), (HEADING, 6), (PARAGRAPH, 0)]


def test_words_that_a_line_breaks_are_joined_as_the_document_prints_them_elsewhere(make_pdf: MakePdf) -> None:
    page = down(
        "The parties to the Pact, mindful of trans-boundary lakes and of cooperation in all of the matters",
        "that the Pact names, agree to further trans-",
        top=700,
    )
    page[1] = (
        70,
        688,
        "that the Pact names, agree in their meetings of this year and of next year to further trans-",
        10,
    )
    page += down(
        "boundary work and, as far as their means allow them to do so in each of the coming years, coope-",
        top=676,
    )
    page += down("ration in it.", top=664)
    (text,) = [text for _, text in blocks(make_pdf([page]))]
    assert "further trans-boundary work" in text
    assert text.endswith("cooperation in it.")


def test_a_pdf_is_known_by_its_content(make_pdf: MakePdf) -> None:
    source = read_bytes(make_pdf([down(FULL)]), name="meeting.txt")
    assert (source.format, source.text) == ("pdf", FULL + "\n")


def test_reading_twice_gives_the_same(make_pdf: MakePdf) -> None:
    data = make_pdf([down(FULL, MORE, LAST)] * 3)
    assert read(data) == read(data)


def test_pdf_and_word_file_of_one_document_have_the_same_prose(shared: Path) -> None:
    printed = read_file(shared / "corpus/samples/A_80_6_SECT.36.pdf")
    source = read_file(shared / "corpus/samples/A_80_6_SECT.36.docx")

    def prose(text: SourceText) -> list[str]:
        items = [b.text for b in text.blocks if b.kind in (ITEM, PARAGRAPH) and len(b.text) > 150]
        return [each.replace("\u2011", "-").replace("( ", "(").replace("sect. 1", "sect.1") for each in items]

    assert prose(printed) == prose(source) != []


# What files made by hand cannot show: other scripts, and print whose fonts draw letters in one piece.


def test_right_to_left_print_is_read_from_the_right() -> None:
    rows = [
        ["الدورة", 500, 540, 700, 10, 0, 0],
        ["١", 100, 110, 700, 10, 0, 0],
        ["الثانية", 440, 495, 700, 10, 0, 0],
    ]
    (line,) = read_page(1, 595, 842, rows).lines
    assert line.text == "الدورة الثانية\t١"


def test_letters_drawn_in_one_piece_are_the_letters_they_stand_for() -> None:
    (line,) = read_page(1, 595, 842, [["of\ufb01ce \ufefb", 70, 120, 700, 10, 0, 0]]).lines
    assert line.text == "office لا"


def test_joints_of_lines() -> None:
    joints = Joints(
        ["the cooperation of all", "self-made rules", "a coope-", "self-", "A/CONF.222/"] + ["line"] * 200
    )
    assert joints.join("a coope-", "ration of") == (True, False)
    assert joints.join("self-", "made") == (False, False)
    assert joints.join("non-", "State") == (False, False)
    assert joints.join("soft\u00ad", "ware") == (True, False)
    assert joints.join("A/CONF.222/", "17") == (False, False)
    assert joints.join("大会", "决定") == (False, False)
    assert joints.join("the", "Forum") == (False, True)


def drawn(visible: str, *, from_left: bool) -> list[tuple[str, float, float, float, float, bool]]:
    """The characters of a line as they stand on the page, each ten points wide, given from the left or from the right."""
    placed = [
        (letter, 10.0 * place, 10.0 * place + 10, 700.0, 10.0, False) for place, letter in enumerate(visible)
    ]
    return placed if from_left else placed[::-1]


def test_words_drawn_from_the_left_are_read_from_the_right() -> None:
    line = drawn(".)LAMP/3/2( ريرقت -2", from_left=True)
    assert "".join(each[0] for each in in_reading_order(line)) == "2- تقرير (LAMP/3/2)."
    numbers = drawn("2031 ربمتبس 10-8", from_left=True)
    assert "".join(each[0] for each in in_reading_order(numbers)) == "8-10 سبتمبر 2031"


def test_words_that_stand_in_order_are_left_as_they_are() -> None:
    line = drawn("ريرقت 2", from_left=False)
    assert in_reading_order(line) == line
    assert in_reading_order(drawn("a report", from_left=True)) == drawn("a report", from_left=True)
