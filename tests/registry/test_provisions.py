"""The registry's files of provisions: what is loaded, and what a bad file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.model.errors import RegistryError
from treatygraph.model.text import Span
from treatygraph.registry.provisions import load_provisions

GOOD = """\
instrument = "treaty/bells"
title = "Convention on Bells"
provisions = [
  ["art/1", "article", "1", "Use", 10, 40],
  ["art/1/para/1", "paragraph", "1", "", 20, 40],
]

[source]
document = "document/CP/RES/40/3"
address = "our own words"
seen = "test"
text_sha256 = "00"

[[repair]]
start = 20
end = 22
before = "l."
after = "1."
reason = "a letter for a figure"
"""


def folder(tmp_path: Path, text: str, name: str = "bells.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_file_becomes_a_table(tmp_path: Path) -> None:
    table = load_provisions(folder(tmp_path, GOOD))["treaty/bells"]
    assert list(table.provisions) == [("art", "1"), ("art", "1", "para", "1")]
    assert table.provisions["art", "1"].title == "Use"
    assert table.provisions["art", "1", "para", "1"].title is None
    assert table.spans["art", "1", "para", "1"] == Span(20, 40)
    assert [(r.span, r.before, r.after) for r in table.repairs] == [(Span(20, 22), "l.", "1.")]
    assert (table.document, table.seen, table.text_sha256) == ("document/CP/RES/40/3", "test", "00")


def test_no_folder_gives_no_tables(tmp_path: Path) -> None:
    assert load_provisions(tmp_path / "absent") == {}


def test_the_tables_cannot_be_changed(tmp_path: Path) -> None:
    tables = load_provisions(folder(tmp_path, GOOD))
    with pytest.raises(TypeError):
        tables["treaty/horns"] = tables["treaty/bells"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ('"Use", 10, 40],', '"Use", 10, 40', "not TOML", 5),
        ('"art/1/para/1"', '"art/1"', "stands twice", 4),
        ('"paragraph", "1", "", 20', '"verse", "1", "", 20', "is none of", 5),
        ('"", 20, 40]', '"", 40, 40]', "ends behind its start", 5),
        ('"", 20, 40]', '"", 40]', "a row is", 5),
        ('"art/1/para/1"', '"art//1"', "is no path", 5),
        ('seen = "test"', "", "'seen' is missing", None),
        ('instrument = "treaty/bells"', "", "'instrument' is missing", None),
        ("[[repair]]", "[[mending]]", "no table 'mending'", 14),
    ],
)
def test_a_bad_file_names_the_file_the_line_and_the_remedy(
    tmp_path: Path, old: str, new: str, what: str, line: int | None
) -> None:
    assert old in GOOD
    with pytest.raises(RegistryError) as caught:
        load_provisions(folder(tmp_path, GOOD.replace(old, new)))
    assert what in caught.value.what
    assert caught.value.remedy
    assert caught.value.where is not None
    assert caught.value.where.file == "bells.toml"
    assert line is None or caught.value.where.line == line


def test_two_files_for_one_instrument_are_refused(tmp_path: Path) -> None:
    folder(tmp_path, GOOD)
    with pytest.raises(RegistryError, match="two files"):
        load_provisions(folder(tmp_path, GOOD, "chimes.toml"))


def test_every_held_provision_stands_below_one_that_is_held(repo: Path) -> None:
    """A path without its last step (and the word before a number) is a provision too, up to the instrument."""
    for table in load_provisions(repo / "data/registry/provisions").values():
        for path in table.provisions:
            parent = path[:-1]
            while parent and parent not in table.provisions:
                parent = parent[:-1]
            assert len(path) - len(parent) <= 2, (table.instrument, path)
            assert not parent or table.spans[parent].start <= table.spans[path].start
