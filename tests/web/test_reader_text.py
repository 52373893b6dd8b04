"""Marks in a text: whatever they overlap, no character is lost and what opens closes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from treatygraph.web.reader_text import Block, Span, blocks_of, lay_out


def span(start: int, end: int, name: str, kind: str = "provision") -> Span:
    return Span(start, end, name, f"citation/{name}", kind)


def drawn(block: Block) -> str:
    """A block with brackets for its marks: ``(name …)``, ``[name …`` where one goes on, the link after a bar."""
    text = ""
    for piece in block.pieces:
        text += "".join(("(" if each.first else "[") + each.span.name + " " for each in piece.opens)
        text += piece.text + (f"|{piece.link.name}" if piece.link else "") + ")" * piece.closes
    return text


def test_mark_stands_around_its_words() -> None:
    (block,) = lay_out("see article 13 there", [span(4, 14, "a")])
    assert drawn(block) == "see (a article 13|a) there"


def test_narrower_mark_stands_inside_the_wider() -> None:
    (block,) = lay_out("see article 13 there", [span(4, 14, "a"), span(0, 20, "b")])
    assert drawn(block) == "(b see |b(a article 13|a) there|b)"


def test_mark_that_overlaps_another_is_taken_up_again() -> None:
    (block,) = lay_out("one two three", [span(0, 7, "a"), span(4, 13, "b")])
    assert drawn(block) == "(a one |a(b two|a))[b  three|b)"


def test_mark_goes_on_in_the_next_block_with_one_anchor() -> None:
    first, second = lay_out("one two\n\nthree", [span(4, 12, "a", "clause")])
    assert (drawn(first), drawn(second)) == ("one (a two)", "[a thr)ee")
    assert [each.name for each in first.clauses] == ["a"] and not second.clauses


def test_marks_on_the_same_words_both_have_their_anchor() -> None:
    (block,) = lay_out("Conventions", [span(0, 11, "a"), span(0, 11, "b")])
    assert drawn(block) == "(a (b Conventions|a))"


def test_passage_is_no_link() -> None:
    (block,) = lay_out("on 2 May", [span(3, 8, "a", "passage")])
    assert drawn(block) == "on (a 2 May)"


def test_heading_and_table_are_told_from_text() -> None:
    text = "## Agenda\n\n| a | b |\n|---|---|\n\n#5 is no heading"
    assert [block.kind for block in lay_out(text, [])] == ["heading", "table", "text"]


def test_span_outside_the_text_is_left_out() -> None:
    (block,) = lay_out("short", [span(2, 99, "a"), span(3, 3, "b")])
    assert drawn(block) == "short"


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["provision", "passage", "clause"]))
)


@given(st.text("ab \n", max_size=60), SPANS)
def test_nothing_is_lost_and_everything_closes(text: str, given_spans: list[tuple[int, int, str]]) -> None:
    spans = [span(start, end, str(number), kind) for number, (start, end, kind) in enumerate(given_spans)]
    laid = lay_out(text, spans)
    for block, (start, end) in zip(laid, blocks_of(text), strict=True):
        assert "".join(piece.text for piece in block.pieces) == text[start:end]
        depth = 0
        for piece in block.pieces:
            depth += len(piece.opens) - piece.closes
            assert depth >= 0
        assert depth == 0
    anchors = [
        each.span.name for block in laid for piece in block.pieces for each in piece.opens if each.first
    ]
    assert len(anchors) == len(set(anchors))
    visible = {
        each.name
        for each in spans
        if each.start < each.end <= len(text)
        and any(max(start, each.start) < min(end, each.end) for start, end in blocks_of(text))
    }
    assert set(anchors) == visible


@given(st.text("ab \n\r\t|#", max_size=80))
def test_between_blocks_is_white_space_alone(text: str) -> None:
    at = 0
    for start, end in blocks_of(text):
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
