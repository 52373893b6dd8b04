"""Hostile files end in a clear refusal, or are read, within bounded time and memory."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatygraph.model.errors import ReadError
from treatygraph.read import Limits, read_bytes

MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]
MakeZip = Callable[[Mapping[str, str | bytes]], bytes]
SECONDS = 20


def refusal(data: bytes, name: str, limits: Limits | None = None) -> str:
    """The sentence that the file is refused with; it names the file and a remedy, and comes soon."""
    start = time.process_time()
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name=name, limits=limits or Limits())
    assert time.process_time() - start < SECONDS
    assert name in str(caught.value) and caught.value.remedy
    return caught.value.what


# Archives


def test_a_part_that_would_grow_beyond_measure_is_not_unpacked(
    make_zip: MakeZip, make_docx: MakeDocx
) -> None:
    bomb = make_zip({"[Content_Types].xml": b" " * 60_000_000})
    assert "would grow to 60.0 MB from 0.0" in refusal(bomb, "bomb.docx")
    styles = make_docx("", parts={"styles": "<w:style/>" + " " * 30_000_000})
    assert "word/styles.xml in bomb.docx would grow" in refusal(styles, "bomb.docx")


def test_an_archive_that_lies_about_its_sizes_is_refused(make_docx: MakeDocx) -> None:
    data = make_docx("<w:p/>" * 1_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lie = data.replace(struct.pack("<L", size), struct.pack("<L", 1000))
    refusal(lie, "lie.docx")


def test_all_parts_together_are_bounded(make_docx: MakeDocx) -> None:
    assert "would grow" in refusal(make_docx("<w:p/>" * 500), "large.docx", Limits(max_expanded_bytes=2_000))


def test_an_archive_of_very_many_files_is_refused(make_zip: MakeZip) -> None:
    assert "lists 10,001 files" in refusal(
        make_zip({str(number): b"" for number in range(10_001)}), "many.docx"
    )


def test_archives_that_are_no_word_document_are_refused(make_zip: MakeZip) -> None:
    assert "is a zip archive, not a Word document" in refusal(make_zip({"a.txt": b"a"}), "a.docx")
    assert "an OpenDocument file" in refusal(make_zip({"META-INF/manifest.xml": b""}), "a.odt")
    sheet = {"[Content_Types].xml": "spreadsheetml"}
    assert "is an Office file, but not a Word document" in refusal(make_zip(sheet), "a.xlsx")


def test_damaged_and_locked_archives_are_refused(make_docx: MakeDocx, make_zip: MakeZip) -> None:
    data = make_docx("<w:p/>")
    assert "cannot be opened" in refusal(data[: len(data) // 2], "cut.docx")
    broken = bytearray(data)
    broken[len("PK") + 60] ^= 0xFF
    refusal(bytes(broken), "broken.docx")
    locked = bytearray(make_zip({"[Content_Types].xml": b"x"}))
    for place in (locked.find(b"PK\x03\x04") + 6, locked.find(b"PK\x01\x02") + 8):
        locked[place] |= 1
    assert "is locked by a password" in refusal(bytes(locked), "locked.docx")
    encrypted = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    assert "locked by a password" in refusal(encrypted, "locked.docx")


@pytest.mark.parametrize("name", ["macro.docm", "macro.docx"])
def test_documents_with_macros_are_refused_whatever_their_name(make_zip: MakeZip, name: str) -> None:
    by_type = {"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}
    by_part = {"[Content_Types].xml": "wordprocessingml", "word/vbaProject.bin": b"\x00"}
    for parts in (by_type, by_part):
        assert "carries macros" in refusal(make_zip(parts), name)


# XML

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % l9 SYSTEM "http://127.0.0.1:1/x">%l9;]>',
    ],
)
def test_entities_are_refused_before_any_is_expanded(
    make_docx: MakeDocx, make_zip: MakeZip, doctype: str
) -> None:
    akn = f"<?xml version='1.0'?>{doctype}<akomaNtoso><p>&l9;</p></akomaNtoso>".encode()
    assert "declares entities" in refusal(akn, "laughs.xml")
    with zipfile.ZipFile(io.BytesIO(make_docx("<w:p/>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = f"{doctype}<document>&l9;</document>".encode()
    assert "declares entities" in refusal(make_zip(parts), "laughs.docx")


def test_deep_xml_is_refused_and_wide_xml_is_read(make_docx: MakeDocx) -> None:
    deep = b"<akomaNtoso>" + b"<p>" * 100_000 + b"</p>" * 100_000 + b"</akomaNtoso>"
    assert "nested more than 250 elements deep" in refusal(deep, "deep.xml")
    assert "nested more than" in refusal(make_docx("<w:ins>" * 5_000 + "</w:ins>" * 5_000), "deep.docx")
    wide = b"<akomaNtoso>" + b"<p>a</p>" * 50_000 + b"</akomaNtoso>"
    assert len(read_bytes(wide, name="wide.xml").blocks) == 50_000


def test_xml_that_is_cut_or_in_a_strange_encoding_is_refused() -> None:
    assert "not well-formed XML" in refusal(b"<akomaNtoso><p>a", "cut.xml")
    assert "XML" in refusal(b"<?xml version='1.0' encoding='shift_jis'?><akomaNtoso/>", "odd.xml")
    assert "XML" in refusal(b"<?xml version='1.0' encoding='none-such'?><akomaNtoso/>", "odd.xml")


# HTML


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<b>",
        "<a href=x>",
        "<table><tr><td>",
        "<ul><li>",
        "<p><i>",
        "<sup>",
        "<!--",
        "<",
        "&",
        "<font a='",
        "<pre>",
        "</p>",
    ],
)
def test_endless_or_deep_markup_is_read_in_little_time(piece: str) -> None:
    start = time.process_time()
    read_bytes(("<html><body>text " + piece * 100_000).encode(), name="page.html")
    assert time.process_time() - start < SECONDS


# PDF


def test_cut_and_broken_pdfs_are_refused_or_mended(make_pdf: MakePdf) -> None:
    data = make_pdf([[(70.0, 700.0, "The Forum met.")]])
    assert "is a PDF file that cannot be read" in refusal(data[:200], "cut.pdf")
    assert "cannot be read" in refusal(b"%PDF-1.7\n" + bytes(range(256)) * 50, "noise.pdf")
    assert (
        read_bytes(data[: data.rindex(b"startxref")], name="short.pdf").text == "The Forum met.\n"
    )  # only its table of contents is lost


def test_a_locked_pdf_is_refused(make_pdf: MakePdf) -> None:
    key = f"<{'00' * 32}>"
    lock = f"<</Filter/Standard/V 1/R 2/P -4/O {key}/U {key}>>"
    data = make_pdf([[(70.0, 700.0, "Secret.")]], extra={"Encrypt": lock, "ID": "[<00><00>]"})
    assert "is locked by a password" in refusal(data, "locked.pdf")


def test_a_pdf_without_text_asks_for_recognition(make_pdf: MakePdf) -> None:
    assert "without text: its 2 pages are pictures" in refusal(make_pdf([[], []]), "scan.pdf")


def test_a_pdf_of_too_many_pages_is_refused(make_pdf: MakePdf) -> None:
    data = make_pdf([[(70.0, 700.0, "a")]] * 11)
    assert "has 11 pages; the limit is 10" in refusal(data, "long.pdf", Limits(max_pages=10))


def test_a_pdf_that_takes_too_long_or_too_much_memory_is_ended(make_pdf: MakePdf) -> None:
    slow = make_pdf([[(70.0, 700.0, "The Forum met. " * 400)] * 200] * 25)
    assert "took more than 1 seconds" in refusal(slow, "slow.pdf", Limits(max_seconds=1))
    assert "more memory than is allowed" in refusal(slow, "large.pdf", Limits(max_memory=60_000_000))


def test_a_page_of_very_many_stretches_is_read_in_little_time(make_pdf: MakePdf) -> None:
    grid = [(20.0 + 60 * (place % 9), 820 - 0.05 * place, f"w{place}", 6.0) for place in range(12_000)]
    line = [(20 + place / 40, 400.0, "w", 4.0) for place in range(12_000)]
    for page in (grid, line):
        start = time.process_time()
        read_bytes(make_pdf([page]), name="dense.pdf")
        assert time.process_time() - start < SECONDS


# All formats


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.xml", "a.html", "a.json"])
def test_a_file_beyond_its_size_is_refused(make_docx: MakeDocx, make_pdf: MakePdf, name: str) -> None:
    data = {"a.docx": make_docx(""), "a.pdf": make_pdf([[]]), "a.xml": b"<akomaNtoso/>"}.get(
        name, b"<html>" + b"[]" * 50
    )
    assert "the limit is 0.0 MB" in refusal(data, name, Limits(max_bytes=10, max_file_bytes=10))


def test_the_text_of_a_file_is_bounded_too(make_docx: MakeDocx) -> None:
    data = make_docx(f"<w:p><w:r><w:t>{'word ' * 500}</w:t></w:r></w:p>")
    assert "holds more than 1,000 characters" in refusal(
        data, "long.docx", Limits(max_bytes=1_000, max_file_bytes=100_000)
    )


# Bytes that went astray

PIECES = {
    "page.html": b"<html><body><h1>A<sup>*</sup></h1><ol type=a><li>x</ol><table><tr><td>a<td>b</table><pre>\n1. a\tb\n</pre>",
    "act.xml": b"<akomaNtoso><p>a<authorialNote marker='1'><p>b</p></authorialNote></p><table><tr><td>c</td></tr></table></akomaNtoso>",
    "act.json": b'[{"text": "The Forum,", "prefix": null}, {"text": "Decides;", "prefix": "1.", "links": [["a", "b"]]}]',
    "act.txt": b"# Heading\n\n1. Item[^1] **b**\n\n| a | b |\n|---|---|\n\n[^1]: note\n",
}


@given(
    st.sampled_from(sorted(PIECES)),
    st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=6)), max_size=5),
)
def test_any_change_of_bytes_is_read_or_refused(name: str, changes: list[tuple[int, bytes]]) -> None:
    data = PIECES[name]
    for place, piece in changes:
        data = data[:place] + piece + data[place + len(piece) // 2 :]
    try:
        source = read_bytes(data, name=name)
    except ReadError as error:
        assert str(error)
        return
    assert source.text.encode()
    for block in source.blocks:
        assert block.span.end <= len(source.text) and all(place < len(source.text) for place in block.offsets)


@given(place=st.integers(0, 3_000), piece=st.binary(min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_change_of_a_word_file_is_read_or_refused(make_docx: MakeDocx, place: int, piece: bytes) -> None:
    whole = make_docx("<w:p><w:r><w:t>The Forum met.</w:t></w:r></w:p>", parts={"styles": "<w:style/>"})
    start = place % len(whole)
    try:
        read_bytes(whole[:start] + piece + whole[start + len(piece) :], name="a.docx")
    except ReadError as error:
        assert "a.docx" in str(error)
