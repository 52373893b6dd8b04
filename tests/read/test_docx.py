"""Word files: the numbers that Word prints, headings by style, rows, notes, links, revisions, the first page's head."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatygraph.model.text import BlockKind, SourceText
from treatygraph.read import read_bytes

MakeDocx = Callable[..., bytes]

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE


def par(text: str, properties: str = "", run: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "(%2)")}'
    f"{level(2, 'lowerRoman', '(%3)')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "upperRoman", "%1.")}{level(1, "decimal", "%1.%2")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "o")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)


def read(data: bytes) -> SourceText:
    source = read_bytes(data, name="meeting.docx")
    for block in source.blocks:
        for letter, place in zip(block.text, block.offsets, strict=True):
            assert source.text[place] == letter or (letter == " " and source.text[place].isspace())
    return source


def blocks(data: bytes) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read(data).blocks]


def test_numbers_are_counted_and_printed_as_word_prints_them(make_docx: MakeDocx) -> None:
    body = "".join(
        (numbered("Opening"), numbered("Matters"), numbered("Officers", 1), numbered("Agenda", 1), numbered("Rules", 2),
         numbered("Closing"), numbered("First", 1), numbered("Part", 0, 2), numbered("Deep", 1, 2), numbered("Anew", 0, 3),
         numbered("Point", 0, 4))
    )  # fmt: skip
    source = read(make_docx(body, parts={"numbering": NUMBERING}))
    assert [block.text for block in source.blocks] == [
        "1. Opening", "2. Matters", "(a) Officers", "(b) Agenda", "(i) Rules", "3. Closing", "(a) First", "I. Part",
        "I.1 Deep", "5. Anew", "Point",
    ]  # fmt: skip
    assert {block.kind for block in source.blocks} == {ITEM}
    assert [block.level for block in source.blocks[:5]] == [0, 0, 1, 1, 2]
    assert source.text.endswith("5. Anew\n\n• Point\n")


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("arabicAbjad", "أ ب ج"),
        ("arabicAlpha", "أ ب ت"),
        ("russianLower", "а б в"),
        ("chineseCountingThousand", "一 二 三"),
        ("decimalEnclosedCircle", "① ② ③"),
        ("hindiNumbers", "१ २ ३"),
        ("aFormToCome", "1 2 3"),
    ],
)
def test_lists_of_other_scripts_have_their_letters(make_docx: MakeDocx, form: str, printed: str) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, form, "(%1)")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    source = read(make_docx(3 * numbered("Opening"), parts={"numbering": numbering}))
    assert [block.text for block in source.blocks] == [f"({sign}) Opening" for sign in printed.split()]


def test_numbers_that_come_with_a_style_are_printed_too(make_docx: MakeDocx) -> None:
    styles = (
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    lists = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "Item %1.")}'
        f'{level(1, "lowerLetter", "(%2)", """<w:pStyle w:val="Own"/>""")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = par("Opening", '<w:pStyle w:val="Base"/>') + par("Officers", '<w:pStyle w:val="Own"/>')
    body += par("Unnumbered", '<w:pStyle w:val="Own"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body += par("Ends", '<w:pStyle w:val="Loop"/>')
    found = blocks(make_docx(body, parts={"styles": styles, "numbering": lists}))
    assert [text for _, text in found] == ["Item 1. Opening", "(a) Officers", "Unnumbered", "Ends"]


def test_headings_are_told_by_outline_by_name_and_by_emphasis(make_docx: MakeDocx) -> None:
    styles = (
        '<w:style w:styleId="A"><w:name w:val="Own style"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:name w:val="heading 3"/></w:style><w:style w:styleId="C"><w:name w:val="Body"/></w:style>'
    )
    body = par("By outline", '<w:pStyle w:val="A"/>') + par("By name", '<w:pStyle w:val="B"/>')
    body += (
        par("All bold", run="<w:b/>")
        + par("A bold sentence ends.", run="<w:b/>")
        + par("Plain", '<w:pStyle w:val="C"/>')
    )
    body += par("Not bold after all", run='<w:b w:val="0"/>')
    source = read(make_docx(body, parts={"styles": styles}))
    assert [(block.kind, block.level) for block in source.blocks] == [
        (HEADING, 2), (HEADING, 3), (HEADING, 6), (PARAGRAPH, 0), (PARAGRAPH, 0), (PARAGRAPH, 0),
    ]  # fmt: skip


def test_a_cell_that_spans_columns_leaves_them_empty(make_docx: MakeDocx) -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + par("Morning") + "</w:tc>"
    head = f"<w:tr><w:tc>{par('Day')}</w:tc>{wide}<w:tc>{par('Noon')}</w:tc></w:tr>"
    (row,) = read(make_docx(f"<w:tbl>{head}</w:tbl>")).blocks
    assert [row.text[cell.start : cell.end] for cell in row.cells] == ["Day", "Morning", "", "Noon"]


def test_rows_of_a_table_have_cells_and_a_lone_cell_holds_paragraphs(make_docx: MakeDocx) -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    body = "<w:tbl>" + row(par("3 May"), par("Item 1") + par("Item 2"), par("")) + "</w:tbl>"
    body += "<w:tbl>" + row(par("First paragraph.") + par("Second paragraph.")) + "</w:tbl>"
    deleted = row(par("gone"), par("too")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    source = read(make_docx(body + f"<w:tbl>{deleted}</w:tbl>"))
    assert [block.kind for block in source.blocks] == [ROW, PARAGRAPH, PARAGRAPH]
    first = source.blocks[0]
    assert [first.text[cell.start : cell.end] for cell in first.cells] == ["3 May", "Item 1 Item 2", ""]
    assert source.text.startswith("3 May\tItem 1 Item 2\t\n\n")


def test_notes_follow_their_paragraph_and_their_marks_are_no_words(make_docx: MakeDocx) -> None:
    body = (
        '<w:p><w:r><w:t>under the Charter</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t>, and</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="9" w:customMarkFollows="1"/><w:t>**</w:t></w:r></w:p>'
    ) + par("Next.")
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{par("___")}</w:footnote>'
        '<w:footnote w:id="9"><w:p><w:r><w:t xml:space="preserve">** Reissued.</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> See the annex.</w:t></w:r></w:p></w:footnote>'
    )
    source = read(make_docx(body, parts={"footnotes": notes}))
    assert [(block.kind, block.text, block.marker) for block in source.blocks] == [
        (PARAGRAPH, "under the Charter, and", None),
        (NOTE, "See the annex.", "1"),
        (NOTE, "Reissued.", "**"),
        (PARAGRAPH, "Next.", None),
    ]
    assert source.blocks[0].marks == (("1", 17), ("**", 22))
    assert source.text == "under the Charter[1], and**\n\n[1] See the annex.\n\n** Reissued.\n\nNext.\n"


def test_links_of_both_kinds_keep_words_and_address(make_docx: MakeDocx) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/b" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>B/2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="h1"><w:r><w:t>A/1</w:t></w:r></w:hyperlink>'
        f'<w:r><w:t xml:space="preserve"> and </w:t></w:r>{field}<w:r><w:t>.</w:t></w:r></w:p>'
    )
    source = read(make_docx(body, links={"h1": ("hyperlink", "https://example.org/a")}))
    assert source.text == "See A/1 and B/2.\n"
    found = [(source.text[link.span.start : link.span.end], link.address) for link in source.links]
    assert found == [("A/1", "https://example.org/a"), ("B/2", "https://example.org/b")]


def test_what_was_deleted_is_left_out_and_what_was_inserted_is_read(make_docx: MakeDocx) -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>\u00a0text</w:t><w:noBreakHyphen/><w:t>x</w:t></w:r></w:p>"
    )
    assert blocks(make_docx(body)) == [(PARAGRAPH, "new text\u2011x")]


def test_tabs_make_rows_labels_keep_theirs_and_line_breaks_part_titles(make_docx: MakeDocx) -> None:
    def tabbed(*parts: str) -> str:
        return "<w:p><w:r>" + "<w:tab/>".join(f"<w:t>{part}</w:t>" for part in parts) + "</w:r></w:p>"

    body = tabbed("", "12.1", "The Forum met.") + tabbed("10 a.m.", "Item 1", "Opening")
    body += "<w:p><w:r><w:t>12th meeting</w:t><w:br/><w:t>3 May 2030</w:t></w:r></w:p>"
    assert blocks(make_docx(body)) == [
        (ITEM, "12.1 The Forum met."),
        (ROW, "10 a.m. Item 1 Opening"),
        (PARAGRAPH, "12th meeting"),
        (PARAGRAPH, "3 May 2030"),
    ]


def test_raised_figures_are_marks_and_not_glued_to_a_number(make_docx: MakeDocx) -> None:
    high = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>'
    source = read(
        make_docx(f"<w:p><w:r><w:t>resolution 7/1</w:t></w:r>{high}<w:r><w:t>, and</w:t></w:r></w:p>")
    )
    assert source.blocks[0].text == "resolution 7/1, and"
    assert source.blocks[0].marks == (("3", 14),)


def test_the_head_of_the_first_page_opens_the_text(make_docx: MakeDocx) -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="h1"/><w:headerReference w:type="default" r:id="h2"/><w:titlePg/></w:sectPr>'
    data = make_docx(
        par("The Forum,") + section,
        parts={"hdr": par("MFCC/2030/1")},
        links={"h1": ("header", "hdr.xml"), "h2": ("header", "none.xml")},
    )
    assert [text for _, text in blocks(data)] == ["MFCC/2030/1", "The Forum,"]


def test_text_boxes_are_read_once_after_their_paragraph(make_docx: MakeDocx) -> None:
    box = f"<w:txbxContent>{par('In the box.')}</w:txbxContent>"
    body = f"<w:p><w:r><w:t>Outside.</w:t><w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:AlternateContent></w:r></w:p>"
    assert [text for _, text in blocks(make_docx(body))] == ["Outside.", "In the box."]


def test_a_word_file_is_known_by_its_content(make_docx: MakeDocx) -> None:
    for name in ("meeting.docx", "meeting", "meeting.txt"):
        source = read_bytes(make_docx(par("The Forum,")), name=name)
        assert (source.format, source.text) == ("docx", "The Forum,\n")
