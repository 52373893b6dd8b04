"""Paragraphs of an act whose first words alone tell them from wrapped lines."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse import parse
from treatygraph.read import read_text

HEAD = "40/3. Lights\nThe Council of Pilots,\n"


def openings(text: str) -> list[tuple[str, str]]:
    """Kind and first word of each paragraph below the line of who speaks."""
    tree = parse(read_text(HEAD + text, name="text.txt", language="en"))
    found = [(p.kind, tree.source.text[p.span.start : p.span.end].split()) for p in tree.paragraphs]
    return [
        (kind.value, words[0])
        for kind, words in found
        if kind in (ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE)
    ]


OPERATIVE = (
    "1. Decides to ring the bells of the towers from the spring to the end of the fall, by the\n"
    "hour, at noon, and whenever a ship is heard that does not see the lamps of the channel\n"
    "for the fog.\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Recalling the tables of the tides that the keepers of the old tower have drawn for it,\n"
            "Noting the fog that hides the lamps of the channel from the ships of the five rivers;\n",
            [("preambular", "Recalling"), ("preambular", "Noting"), ("operative", "1.")],
        ),
        (
            "Recalling the tables of the tides that the keepers of the old tower have drawn and the\n"
            "Noting of the fog that hides the lamps of the channel from the ships of five rivers;\n",
            [("preambular", "Recalling"), ("operative", "1.")],
        ),
        (
            "recalling\nthat the tables of the tides were drawn long ago by the keepers of the old town tower,\n"
            "resolves\n",
            [
                ("preambular", "recalling"),
                ("preambular", "that"),
                ("operative", "resolves"),
                ("operative", "1."),
            ],
        ),
    ],
)
def test_a_full_line_is_followed_by_a_new_paragraph_where_its_words_open_one(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert openings(text + OPERATIVE) == expected


def test_the_parts_of_a_block_are_its_words_in_order() -> None:
    text = (
        f"{HEAD}Recalling the tables of the tides that the keepers of the old tower have drawn for it,\n"
        "Noting the fog that hides the lamps of the channel from the ships of the five rivers;\n"
    )
    source = parse(read_text(text + OPERATIVE, name="text.txt", language="en")).source
    for block in source.blocks:
        assert "".join(source.text[at] for at in block.offsets).split() == block.text.split()
