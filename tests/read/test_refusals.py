"""What cannot be read is refused in one sentence that says what, where and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.model.errors import ReadError
from treatygraph.read import Limits, read_bytes, read_file


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 ...", "is a PDF file"),
        (b"PK\x03\x04rest", "zip archive"),
        (b"\xd0\xcf\x11\xe0rest", "old Office file"),
        (b"{\\rtf1 text}", "RTF file"),
        (b"Agenda\n1. Ope\0ning", "NUL characters"),
        ("Ordre du jour\nS\u00e9ance".encode("latin-1"), "is not UTF-8: byte 15 is 0xe9"),
        (b"\xff\xfea\x00b", "is not UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_whatever_its_name(data: bytes, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name="agenda.md")
    assert says in str(caught.value)
    assert caught.value.remedy


def test_wrong_encoding_names_the_line() -> None:
    with pytest.raises(ReadError, match="line 2"):
        read_bytes(b"first\nsec\xe9nd", name="agenda.txt")


def test_fifty_megabytes_of_one_line_are_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(ReadError, match=r"50\.0 MB; the limit is 8\.0 MB"):
        read_file(file)


def test_a_line_too_long_is_refused_below_the_size_of_file_too() -> None:
    with pytest.raises(ReadError, match="a line of 1,001 characters; the limit is 1,000"):
        read_bytes(b"short\n" + b"x" * 1001, name="a.txt", limits=Limits(max_line=1000))


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.md cannot be read"):
        read_file(tmp_path / "none.md")
    with pytest.raises(ReadError, match="is a directory"):
        read_file(tmp_path)


def test_empty_file_is_an_empty_text() -> None:
    source = read_bytes(b"", name="empty.md")
    assert (source.text, source.blocks, source.language) == ("", (), "und")


def test_deeply_nested_list_is_read_without_recursion() -> None:
    data = "\n".join(" " * depth + "- x" for depth in range(1500))
    blocks = read_bytes(data.encode(), name="deep.md").blocks
    assert len(blocks) == 1500
    assert blocks[-1].level == 1499


@pytest.mark.parametrize(
    "piece", ["*a ", "[", "<a ", "_", "**a**", "a* ", "&", "\\", "|", "`", "> ", "<sup>", "<td>", "(", "“"]
)
def test_endless_markup_is_read_in_linear_time(piece: str) -> None:
    source = read_bytes((piece * 20_000).encode(), name="endless.md")
    assert source.text == piece * 20_000


def test_utf16_with_its_mark_is_decoded() -> None:
    assert read_bytes("Ägenda".encode("utf-16"), name="a.txt").text == "Ägenda"
