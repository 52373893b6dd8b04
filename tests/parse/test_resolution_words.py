"""Each opening word of resolutions finds itself in its own example and stays away from its counter-example."""

from __future__ import annotations

from typing import Any

import pytest

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.furniture import footnote_mark
from treatygraph.parse.lexicon import entries, languages, load
from treatygraph.parse.openings import opening
from treatygraph.parse.resolution import parse_paragraphs
from treatygraph.read import read_text

ROWS = [
    pytest.param(language, table, entry, id=f"{language}-{table}-{entry['text']}")
    for language in languages()
    for table in load(language, "resolution")
    for entry in entries(language, "resolution", table)
]
KINDS = {"preambular": (ParagraphKind.PREAMBULAR,), "operative": (ParagraphKind.OPERATIVE,)}
EITHER = (ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE)
FRAMES = {
    "meeting": ("40/3.\tLights\n\nThe Council of Pilots,\n\nDecides to sleep.\n\n{}\n", ParagraphKind.OTHER),
    "adopted": (
        "Resolution 12 (2002)\n\n{}\n\nThe Council of Pilots,\n\nDecides to sleep.\n",
        ParagraphKind.FRONT_MATTER,
    ),
    "self_name": ("{}\n\nThe Council of Pilots,\n\nDecides to sleep.\n", ParagraphKind.HEADING),
}
"""For words that count only in their place: a text that the line is put into, and the kind that it must get there."""


def finds(language: str, table: str, text: str) -> bool:
    if table == "footnote":
        block = read_text(text, name="text.txt", language=language).blocks[0]
        return footnote_mark(block, language) is not None
    if table in FRAMES:
        frame, kind = FRAMES[table]
        source = read_text(frame.format(text), name="text.txt", language=language)
        return any(
            p.kind is kind and source.text[p.span.start : p.span.end] == text
            for p in parse_paragraphs(source)
        )
    return opening(text, language) in KINDS.get(table, EITHER)


@pytest.mark.parametrize(("language", "table", "entry"), ROWS)
def test_a_word_finds_itself_in_its_example_alone(language: str, table: str, entry: dict[str, Any]) -> None:
    assert entry["text"] in entry["example"]
    assert finds(language, table, entry["example"])
    if "counter_example" in entry:
        assert not finds(language, table, entry["counter_example"])


@pytest.mark.parametrize("language", languages())
def test_lists_are_sorted_and_have_no_duplicates(language: str) -> None:
    for table in load(language, "resolution"):
        texts = [entry["text"] for entry in entries(language, "resolution", table)]
        assert texts == sorted(set(texts)), table
