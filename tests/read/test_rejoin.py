"""Paragraphs that a page break cut in two are joined and the repair recorded; entries of lists are not."""

import pytest

from treatygraph.read import read_text

PROSE = "The harbour was surveyed in spring. A plan of the moles and the lights covered by the Harbour"


def paragraphs(text: str, name: str = "a.md") -> list[str]:
    return [block.text for block in read_text(text, name=name, language="en").blocks if block.text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Paper by the secretariat entitled “Buoys of the northern channel adopted by the Assembly of",
            "Harbour Masters: an inventory” (B/1/2)",
        ),
        (
            "The Committee may wish to review the lamps of the northern coast and to consider",
            "ways of keeping them lit in fog.",
        ),
        (PROSE, "Convention and the 1988 Protocol has been drawn up (see B/1/3)."),
    ],
)
def test_broken_paragraph_is_one_again(first: str, second: str) -> None:
    source = read_text(f"{first}\n\n{second}\n", name="a.md", language="en")
    (block,) = source.blocks
    assert block.text == f"{first} {second}"
    (repair,) = source.repairs
    assert source.text[repair.span.start : repair.span.end] == "\n\n"
    assert "page break" in repair.reason
    end = block.text.index(second)
    assert block.source_span(end, end + len(second)).start == source.text.index(second)


def test_note_and_rule_between_the_halves_do_not_part_them() -> None:
    text = f"{PROSE}\n\n---\n\n<sup>1</sup> A note.\n\nConvention has been drawn up by the pilots.\n"
    assert paragraphs(text) == [f"{PROSE} Convention has been drawn up by the pilots.", "A note."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Note by the Secretariat on the budget of the northern and southern harbours",
            "Report of the Chair on dredging",
        ),
        (
            "Report of the Secretary-General on the lamps of the northern coast (B/1/2)",
            "Report of the Chair (B/1/3)",
        ),
        (
            "The meeting was opened by the Chair. The Committee then turned to other matters.",
            "It adopted its report.",
        ),
        ("The harbour was surveyed in spring. The Committee may wish to:", "consider the report"),
        (PROSE, "2. Lights of the southern channel are dimmed every night."),
        (PROSE, "List of participants"),
        ("lamps, lenses, wicks and oil for the northern coast, in so far as they are", "buoys"),
    ],
)
def test_two_paragraphs_stay_two(first: str, second: str) -> None:
    assert paragraphs(f"{first}\n\n{second}\n") == [first, second]


def test_rows_of_a_plain_text_are_never_joined() -> None:
    assert (
        len(
            paragraphs(
                "of regulations on lamps and lenses that are kept by harbours\n\nand by towns\n", "a.txt"
            )
        )
        == 2
    )
