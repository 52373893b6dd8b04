"""Lists of mandates in programme budgets: numbers of acts, each with the heading that says whose they are."""

from __future__ import annotations

import pytest

from treatygraph.model.tree import DocumentKind, DocumentTree, ParagraphKind
from treatygraph.parse import parse
from treatygraph.parse.lexicon import entries, languages
from treatygraph.parse.mandate_list import mandate_rows
from treatygraph.read import read_text

FASCICLE = """A/99/6 (Sect. 40)

General Assembly

Distr.: General
10 April 2031

# Proposed programme budget for 2031

## Section 40

## Lighthouses

40.1 The list below gives all mandates entrusted to the programme of lighthouses.

## Legislative mandates

#### General Assembly resolutions

| | |
|---|---|
| 48/112; 52/92 | Tending of the lights |
| S-20/4 | Wreckers and their lamps |

#### Economic and Social Council resolutions and decisions

| | |
|---|---|
| 1985/11 | Fog signals |
| Decision 2011/259 | Report on fog signals |

#### Commission on Tides resolutions and decisions

| | |
|---|---|
| 7/1 | Tables of tides |

## Deliverables

| | |
|---|---|
| 12/3 | Seminars on wicks |
"""


def read(text: str, name: str = "text.md") -> DocumentTree:
    return parse(read_text(text, name=name, language="en"))


def rows(tree: DocumentTree) -> list[tuple[str, str]]:
    return [
        (row.heading, tree.source.blocks[row.block].text[row.span.start : row.span.end])
        for row in tree.mandate_rows
    ]


def test_fascicle_is_a_kind_of_its_own_and_says_why() -> None:
    tree = read(FASCICLE)
    assert tree.kind is DocumentKind.BUDGET
    assert "Proposed programme budget" in tree.kind_reason


def test_each_number_has_the_heading_above_it() -> None:
    assert rows(read(FASCICLE)) == [
        ("General Assembly resolutions", "48/112"),
        ("General Assembly resolutions", "52/92"),
        ("General Assembly resolutions", "S-20/4"),
        ("Economic and Social Council resolutions", "1985/11"),
        ("Economic and Social Council", "Decision 2011/259"),
    ]


def test_where_a_heading_names_two_kinds_and_no_row_says_which_nothing_is_listed() -> None:
    assert not any("Tides" in heading for heading, _ in rows(read(FASCICLE)))


def test_numbers_outside_the_lists_of_mandates_are_no_mandates() -> None:
    assert "12/3" not in [number for _, number in rows(read(FASCICLE))]


def test_lines_are_read_where_the_table_was_lost() -> None:
    text = (
        "Proposed programme budget for 2031\n\nLegislative mandates\n\nGeneral Assembly resolutions\n\n"
        "48/112 Tending of the lights\n\nS-20/4 Wreckers and their lamps\n"
    )
    found = [number for _, number in rows(read(text, "text.txt"))]
    assert found == ["48/112", "S-20/4"]


def test_rows_of_a_table_are_no_titles_of_resolutions() -> None:
    kinds = {p.kind for p in read(FASCICLE).paragraphs}
    assert ParagraphKind.OPERATIVE not in kinds
    assert ParagraphKind.PREAMBULAR not in kinds


def test_what_a_document_is_outweighs_the_budget_that_it_is_about() -> None:
    text = "Proposed programme budget for 2031\n\nReport of the Committee on Lights\n\n1. The Committee met in May.\n"
    assert read(text, "text.txt").kind is DocumentKind.REPORT


@pytest.mark.parametrize("language", languages())
def test_each_word_for_a_unit_opens_its_example(language: str) -> None:
    title = entries(language, "mandates", "list_title")[0]["example"]
    for entry in entries(language, "mandates", "unit"):
        source = read_text(f"{title}\n\nXyz\n\n{entry['example']}\n", name="a.txt", language=language)
        (row,) = mandate_rows(source.blocks, language)
        assert (row.heading, row.span.end) == ("Xyz", len(entry["example"])), entry
