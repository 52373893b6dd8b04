"""Rows of the UN80 registry: prefix, tab, text, one line a row; what is no such list is refused."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from treatygraph.model.errors import ReadError
from treatygraph.model.text import BlockKind, SourceText
from treatygraph.read import read_bytes


def row(text: str | None, prefix: str | None = None, **more: Any) -> dict[str, Any]:
    return {"text": text, "prefix": prefix, "type": "paragraph", "links": []} | more


def read(*rows: dict[str, Any]) -> SourceText:
    return read_bytes(json.dumps(rows).encode(), name="act.json")


def test_a_row_is_a_line_with_its_prefix_before_a_tab() -> None:
    source = read(row("The Forum,"), row("Decides to meet;", "1."), row("Closing.", ""), row(None))
    assert source.text == "The Forum,\n1.\tDecides to meet;\nClosing.\n\n"
    assert source.format == "un80"
    assert [(b.kind, b.text) for b in source.blocks] == [
        (BlockKind.PARAGRAPH, "The Forum,"),
        (BlockKind.LIST_ITEM, "1. Decides to meet;"),
        (BlockKind.PARAGRAPH, "Closing."),
    ]


def test_short_rows_are_never_taken_for_wrapped_lines() -> None:
    rows = [
        row(f"Row number {number} of a list of rows that all are about as long as one line is")
        for number in range(9)
    ]
    assert len(read(*rows).blocks) == 9


def test_lines_of_one_row_are_one_paragraph_when_it_ends_as_a_clause() -> None:
    source = read(row("Encourages the Forum \nto meet;"), row("Promotion of lakes,\nof rivers and ponds"))
    assert [b.text for b in source.blocks] == [
        "Encourages the Forum to meet;",
        "Promotion of lakes,",
        "of rivers and ponds",
    ]


def test_headings_are_layout_and_other_labels_are_not_taken_over() -> None:
    source = read(
        row("Lake levels", type="heading", heading_level=9), row("Requests a report.", type="heading"),
        row("Notes", type="backmatter", paragraph_type="operative"),
    )  # fmt: skip
    assert [(b.kind, b.level) for b in source.blocks] == [
        (BlockKind.HEADING, 6),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_links_point_to_their_words() -> None:
    source = read(
        row(
            "its resolution 4/2,",
            "2.",
            links=[["4/2", "https://example.org/4/2"], ["none", "https://x"], "bad"],
        )
    )
    (link,) = source.links
    assert source.text[link.span.start : link.span.end] == "4/2"


def test_halves_of_surrogate_pairs_and_control_characters_are_left_out() -> None:
    assert read_bytes(b'[{"text": "a\\ud800b\\u0000c"}]', name="x.json").text == "abc\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'[{"text": "a"', "not well-formed JSON"),
        (b"[" * 100_000, "not well-formed JSON"),
        (b'{"text": "a"}', "not a list of rows"),
        (b'["a"]', "not a list of rows"),
        (b'[{"text": 5}]', "row 1 of"),
        (b'[{"text": "a", "prefix": []}]', "row 1 of"),
    ],
)
def test_other_json_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read_bytes(data, name="x.json")
    assert "x.json" in str(caught.value) and caught.value.remedy


def test_rows_give_the_text_that_gold_points_into(shared: Path) -> None:
    """Every gold file made from rows: the text is the same, character for character."""
    checked = 0
    golds = {}
    for path in sorted((shared / "gold/resolutions").glob("*.json")):
        member = json.loads(path.read_bytes())["source"]["member"]
        if member.endswith(".json"):
            golds[member] = path.with_suffix("").with_name(path.stem + ".txt").read_bytes().decode()
    with tarfile.open(shared / "corpus/un80-paragraphs.tar.xz") as archive:
        for entry in archive:
            if entry.name in golds:
                stream = archive.extractfile(entry)
                assert stream is not None
                assert read_bytes(stream.read(), name=entry.name).text == golds[entry.name]
                checked += 1
    assert checked == len(golds) > 0
