"""HTML pages: what a browser prints of the document, without what belongs to the site."""

from __future__ import annotations

import pytest

from treatygraph.model.errors import ReadError
from treatygraph.model.text import BlockKind, SourceText
from treatygraph.read import read_bytes

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE


def read(body: str, head: str = "") -> SourceText:
    return read_bytes(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="page.html"
    )


def blocks(body: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read(body).blocks]


def test_paragraphs_headings_and_entities() -> None:
    assert blocks("<h2>Lake &amp; river</h2><div>Geneva,&nbsp;3&#160;May<p>Second\n  line") == [
        (HEADING, "Lake & river"),
        (PARAGRAPH, "Geneva, 3 May"),
        (PARAGRAPH, "Second line"),
    ]
    assert [block.level for block in read("<h2>x</h2>").blocks] == [2]


def test_lists_have_the_labels_that_a_browser_prints() -> None:
    body = (
        "<ol start=4><li>Opening<ol type=a><li>Officers<li>Agenda</ol><li value=9>Other<li>Last</ol>"
        "<ol style='list-style-type: upper-roman'><li>Part</ol><ol><li>(b) Has its own</ol><ul><li>Point</ul>"
    )
    source = read(body)
    assert source.text.split("\n\n") == [
        "4. Opening", "a. Officers", "b. Agenda", "9. Other", "10. Last", "I. Part", "(b) Has its own", "• Point\n",
    ]  # fmt: skip
    assert [block.level for block in source.blocks][:4] == [0, 1, 1, 0]
    assert source.blocks[-1].text == "Point"


def test_cells_that_span_columns_and_rows_leave_them_empty() -> None:
    body = "<table><tr><th>Day<th colspan=2>Morning<th>Noon<tr><td rowspan=2>3 May<td>1<td>2<td>3<tr><td>4<td>5<td>6</table>"
    rows = [[b.text[c.start : c.end] for c in b.cells] for b in read(body).blocks]
    assert rows == [["Day", "Morning", "", "Noon"], ["3 May", "1", "2", "3"], ["", "4", "5", "6"]]
    below = read("<table><tr><td rowspan=2>Item 2<td>W/1<tr><td>W/2</table>").blocks[1]
    assert [below.text[cell.start : cell.end] for cell in below.cells] == ["", "W/2"]
    assert len(read(f"<table><tr>{'<td colspan=999>x' * 60}</table>").blocks[0].cells) < 120


def test_tables_of_data_are_rows_and_tables_of_layout_are_paragraphs() -> None:
    assert blocks("<table><caption>Dates</caption><tr><th>Day<th>Item<tr><td>3 May<td><p>1</p><p>2</p></table>") == [
        (PARAGRAPH, "Dates"), (ROW, "Day Item"), (ROW, "3 May 1 2"),
    ]  # fmt: skip
    nested = "<table><tr><td>left<table><tr><td>a<td>b</table>right<td>far</table>"
    assert [kind for kind, _ in blocks(nested)] == [PARAGRAPH, ROW, PARAGRAPH, PARAGRAPH]
    assert [text for _, text in blocks(nested)] == ["left", "a b", "right", "far"]


def test_notes_are_told_by_name_and_their_way_back_is_left_out() -> None:
    source = read(
        '<p>the Charter <sup><a href="#fn2">2</a></sup>, 5 km<sup>2</sup></p>'
        '<ol><li id="fn2"><p>See X. <a class="footnote-backref" href="#r">↩</a></p></li></ol>'
        '<div id="ftn3"><p><a href="#r">[3]</a> Ibid.</p></div>'
    )
    first, second, third = source.blocks
    assert (first.text, first.marks) == ("the Charter, 5 km²", (("2", 11),))
    assert [(b.kind, b.marker, b.text) for b in (second, third)] == [
        (NOTE, "2", "See X."),
        (NOTE, "3", "Ibid."),
    ]


def test_site_scripts_forms_and_hidden_parts_are_left_out() -> None:
    body = (
        "<nav>Menu</nav><script>document.write('<p>no</p>')</script><style>p{}</style><div hidden>h</div>"
        "<div aria-hidden=true>x</div><button>b</button><p>Text.</p><!-- comment --><template><p>t</p></template>"
    )
    assert blocks(body) == [(PARAGRAPH, "Text.")]
    assert blocks("<p>site</p><main><p>document</p></main><footer>site</footer>") == [(PARAGRAPH, "document")]
    assert blocks('<div>site</div><div role="main"><div>a</div><div>b</div></div>c') == [
        (PARAGRAPH, "a"),
        (PARAGRAPH, "b"),
    ]


def test_bold_lines_are_headings_and_line_breaks_part_titles() -> None:
    assert blocks(
        "<p><b>Annex I</b></p><p><strong>A sentence.</strong></p><p>9th meeting<br>3 May 2030</p>"
    ) == [
        (HEADING, "Annex I"),
        (PARAGRAPH, "A sentence."),
        (PARAGRAPH, "9th meeting"),
        (PARAGRAPH, "3 May 2030"),
    ]


def test_text_set_as_printed_is_read_as_plain_text() -> None:
    body = "<pre>\n1. The Forum decided, after a long debate on the levels of\n   all lakes, to meet again.\n\n2. It also agreed.\n</pre>"
    assert blocks(body) == [
        (ITEM, "1. The Forum decided, after a long debate on the levels of all lakes, to meet again."),
        (ITEM, "2. It also agreed."),
    ]


def test_links_into_the_web_are_kept_and_others_are_not() -> None:
    source = read(
        '<p>See <a href="https://example.org/1">MF/1</a>, <a href="#x">there</a>, <a href="javascript:x">x</a></p>'
    )
    assert [(source.text[k.span.start : k.span.end], k.address) for k in source.links] == [
        ("MF/1", "https://example.org/1")
    ]


def test_title_and_language_of_the_page_are_metadata() -> None:
    data = b"<html lang='fr-CH'><head><title> Ordre du\njour </title></head><body><p>Lac</p>"
    source = read_bytes(data, name="page.htm")
    assert source.metadata == {"title": "Ordre du jour", "language": "fr"}
    assert source.language == "fr"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset=windows-1251><p>Форум".encode("cp1251"), "Форум\n"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>l’été'.encode(
                "cp1252"
            ),
            "l’été\n",
        ),
        ("<p>été".encode("cp1252"), "été\n"),
        ("<p>النص".encode("utf-16"), "النص\n"),
        (b"\xef\xbb\xbf<p>\xc3\xa9", "é\n"),
        (b"", ""),
        (b"<p>a\x00b", "ab\n"),
    ],
)
def test_encodings_are_those_that_the_page_says_or_a_browser_falls_back_to(data: bytes, text: str) -> None:
    assert read_bytes(data, name="page.html").text.replace("\ufffd", "") == text


@pytest.mark.parametrize("encoding", ["x-klingon", "punycode", "zip", "unicode_escape"])
def test_an_encoding_of_no_page_is_refused(encoding: str) -> None:
    with pytest.raises(ReadError, match=rf"page\.html is not {encoding.upper()}"):
        read_bytes(f"<meta charset={encoding}><p>a".encode(), name="page.html")


def test_html_in_a_text_file_stays_the_text_that_it_is() -> None:
    data = b"<!DOCTYPE html><p>a</p>"
    assert read_bytes(data, name="page.txt").text == data.decode()
    assert read_bytes(data, name="page").text == "a\n"
    assert (
        read_bytes(b"<?xml version='1.0'?><html><body><p>a</p></body></html>", name="page.xml").format
        == "html"
    )
