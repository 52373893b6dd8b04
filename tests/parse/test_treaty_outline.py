"""The law of the outline: a tree of units that is printed is read back with the same paths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatygraph.parse.labels import Reading, leading_labels
from treatygraph.parse.treaty import parse_treaties
from treatygraph.parse.treaty_outline import token_of
from treatygraph.read import read_text

STYLES = ("figure.", "(letter)", "(roman)", "letter.")
"""What treaties print at each depth: 1. (a) (i) a."""


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> list[object]:
    """Lists of lists: the number of children at each depth; a list of one item alone is not printed by treaties."""
    size = draw(st.sampled_from([0, 2, 3, 12] if depth < 2 else [0, 0, 2]))
    if depth == len(STYLES):
        return []
    return [draw(trees(depth + 1)) for _ in range(size)]


def printed(tree: list[object], depth: int, path: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    lines = []
    for place, below in enumerate(tree, start=1):
        style = STYLES[depth]
        token = token_of(Reading(style, place)) or ""
        label = style.replace("figure", token).replace("letter", token).replace("roman", token)
        here = (*path, *(("para",) if depth == 0 else ()), token)
        assert isinstance(below, list)
        lines.append((f"{label}\tText{':' if below else ';'}", here))
        lines.extend(printed(below, depth + 1, here))
    return lines


@settings(max_examples=60, deadline=None)
@given(trees())
def test_what_is_printed_is_read_back(tree: list[object]) -> None:
    lines = printed(tree, 0, ("art", "1"))
    body = "\n\n".join(text for text, _ in lines) or "Text."
    text = f"Treaty of the Tides\n\nArticle 1\n\n{body}\n\nArticle 2\n\nText.\n\nArticle 3\n\nText.\n"
    (treaty,) = parse_treaties(read_text(text, name="tides.txt", language="en"))
    found = [unit.path for unit in treaty.provisions if unit.path[:2] == ("art", "1") and len(unit.path) > 2]
    assert found == [path for _, path in lines]
    assert treaty.repairs == ()


@given(st.sampled_from(["(roman)", "(letter)", "figure.", "(capital letter)"]), st.integers(1, 26))
def test_a_token_is_read_as_the_reading_that_printed_it(style: str, value: int) -> None:
    reading = Reading(style, value)
    token = token_of(reading)
    name = style.strip("().")
    (label,) = leading_labels(style.replace(name, str(token)) + " Text")
    assert reading in label.readings
    assert label.token == token


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("6.The keeper", ["6"]),
        ("6.A keeper", ["6"]),
        ("a)to ring", ["a"]),
        ("(b)Ring", ["b"]),
        ("6.5 metres", []),
        ("J.Keeper", []),
        ("3.txt", []),
    ],
)
def test_a_label_may_stand_right_before_its_words(text: str, tokens: list[str]) -> None:
    assert [label.token for label in leading_labels(text)] == tokens


def test_labels_before_a_text_are_read_from_the_outside_in() -> None:
    assert [label.token for label in leading_labels("2. (a) (i) The keeper")] == ["2", "a", "i"]
    assert [label.token for label in leading_labels("1 bis. The keeper")] == ["1bis"]
    assert leading_labels("The keeper (a) waits") == ()
    assert leading_labels("(Done) at noon") == ()
    assert leading_labels("3.5 shillings") == ()
