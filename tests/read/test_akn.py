"""Akoma Ntoso of the United Nations: one line a paragraph, numbers before it, notes after it, names and metadata kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.model.errors import ReadError
from treatygraph.model.text import BlockKind, SourceText
from treatygraph.read import read_bytes, read_file

META = """<meta><identification><FRBRWork><FRBRdate date="2030-05-03" name="adoption"/></FRBRWork>
  <FRBRExpression><FRBRdate date="2030-05-09" name="publication"/><FRBRlanguage language="fra"/></FRBRExpression>
  </identification><note>not text</note></meta>"""
COVER = """<coverPage><p><docNumber refersTo="#symbol">MF/RES/4/2</docNumber></p><p><img src="logo.jpg"/></p></coverPage>
  <preface><p><docNumber>4/2.</docNumber> <docTitle refersTo="#resolutionTitle">Lake\u00a0levels</docTitle></p></preface>"""


def akn(body: str, head: str = META + COVER) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        f"<!-- unofficial --><statement>{head}{body}</statement></akomaNtoso>"
    ).encode()


def read(body: str, head: str = "") -> SourceText:
    return read_bytes(akn(body, head), name="resolution.xml")


def test_metadata_are_kept_and_tell_the_language() -> None:
    source = read_bytes(akn(""), name="resolution.xml")
    assert source.metadata == {
        "symbol": "MF/RES/4/2", "title": "Lake levels", "adopted": "2030-05-03", "issued": "2030-05-09", "language": "fr",
    }  # fmt: skip
    assert (source.format, source.language) == ("akn", "fr")
    assert source.text == "MF/RES/4/2\n4/2. Lake levels\n"
    assert read_bytes(akn(""), name="resolution.xml", language="en").language == "en"


def test_a_number_stands_before_its_paragraph_and_the_name_is_kept() -> None:
    source = read(
        '<mainBody><paragraph eId="para_1"><num>1.</num><content eId="para_1__content"><p>\t<i>Decides</i> to meet:</p></content>'
        '<list eId="l"><point><num>(a)</num><content><p>In May;</p></content></point></list></paragraph></mainBody>'
    )
    assert source.text == "1. Decides to meet:\n(a) In May;\n"
    assert [(b.kind, b.level, b.source_id) for b in source.blocks] == [
        (BlockKind.LIST_ITEM, 0, "para_1__content"),
        (BlockKind.LIST_ITEM, 1, "l"),
    ]


def test_notes_follow_the_paragraph_and_marks_stand_as_the_source_has_them() -> None:
    source = read(
        '<preamble><container><p>Recalling the Charter<authorialNote marker="3" eId="n3"><p>\tSee <a href="https://example.org/x">X/1</a>.</p>'
        '</authorialNote> and the Pact <authorialNote marker="4"><p>Ibid.</p></authorialNote>,</p></container></preamble>'
    )
    assert source.text == "Recalling the Charter[3] and the Pact [4],\n[3] See X/1.\n[4] Ibid.\n"
    assert [(b.kind, b.text, b.marker, b.source_id) for b in source.blocks[1:]] == [
        (BlockKind.FOOTNOTE, "See X/1.", "3", "n3"),
        (BlockKind.FOOTNOTE, "Ibid.", "4", None),
    ]
    (link,) = source.links
    assert (source.text[link.span.start : link.span.end], link.address) == ("X/1", "https://example.org/x")


def test_headings_rows_and_line_breaks() -> None:
    source = read(
        "<mainBody><section><num>II</num><subheading>Funds</subheading></section><table><tr><th><p>Year</p></th><td><p>Sum</p>"
        "<p>net</p></td></tr></table></mainBody><conclusions><p>9th meeting<eol/>3 May 2030</p></conclusions>"
    )
    assert source.text == "II Funds\nYear\tSum net\n9th meeting\n3 May 2030\n"
    assert [b.kind for b in source.blocks] == [
        BlockKind.HEADING,
        BlockKind.TABLE_ROW,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]


def test_words_beside_blocks_and_numbers_without_words_are_not_lost() -> None:
    source = read(
        "<mainBody><content>before <p>inside</p> after</content><paragraph><num>7.</num></paragraph></mainBody>"
    )
    assert source.text.split() == ["before", "inside", "after", "7."]


def test_other_xml_and_broken_xml_are_refused_with_the_place() -> None:
    with pytest.raises(ReadError, match="root <book>"):
        read_bytes(b"<?xml version='1.0'?><book/>", name="book.xml")
    with pytest.raises(ReadError, match=r"no element found \(cut.xml, line 2, column"):
        read_bytes(b"<akomaNtoso>\n<p>", name="cut.xml")


def test_a_missing_end_tag_is_put_in_and_recorded() -> None:
    body = "<mainBody><content><p>First.</p></content><content><p>Second.</content><content><p>Third.</p></content></mainBody>"
    source = read(body)
    assert source.text == "First.\nSecond.\nThird.\n"
    assert [repair.reason for repair in source.repairs] == [
        "an end tag that is missing before line 1 of the file"
    ]


@pytest.mark.parametrize("language", ["A", "C", "E", "F", "R", "S"])
def test_the_text_is_the_one_that_gold_points_into(shared: Path, language: str) -> None:
    code = dict(zip("ACEFRS", ("ar", "zh", "en", "fr", "ru", "es"), strict=True))[language]
    source = read_file(shared / f"corpus/samples/A_RES_77_237-2229003{language}.xml")
    gold = (shared / f"gold/resolutions/a-res-77-237-{code}.txt").read_bytes().decode()
    assert source.text == gold
    assert source.language == code and source.metadata["symbol"] == "A/RES/77/237"
