"""Placements: laws that hold for any text, and the corpus agenda measured against its gold."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatygraph.model.tree import DocumentKind, DocumentTree, Place
from treatygraph.parse import parse
from treatygraph.read import read_file, read_text

AGENDAS = Path(__file__).resolve().parents[1] / "fixtures" / "agendas"
LINES = st.sampled_from(
    [
        "# Provisional agenda",
        "## Annotations",
        "1. Opening of the session",
        "2. Other matters:",
        "   (a) Boats;",
        "   (b) Buoys.",
        "3. Adoption of the report<sup>1</sup>",
        "The Committee will have before it A/1/2 under item 2.",
        "Documentation",
        "Report on boats (A/1/2) (to be issued)",
        "<sup>1</sup> A note.",
        "---",
        "",
        "| Monday, 4 May 2020 | 3-6 p.m. | 2 (a) |",
        "10 a.m.-1 p.m.\t1\tOpening",
        "Item 3",
        "A paragraph that is broken by a page, and whose first half “opens a quotation",
        "which ends here” in the second half.",
        "## Programme of work",
        "# Annex",
    ]
)


def check_laws(tree: DocumentTree) -> None:
    for first, second in pairwise(tree.placements):
        assert first.span.end <= second.span.start
    for block in tree.source.blocks:
        for offset in (block.span.start, block.span.end - 1, *block.offsets[:1], *block.offsets[-1:]):
            assert tree.place_of(offset) is not None
    numbers = {item.number for item in tree.items}
    assert len(numbers) == len(tree.items)
    assert {p.item for p in tree.placements if p.item} <= numbers
    assert {entry.item for entry in tree.documentation} <= numbers
    for slot in tree.slots:
        assert slot.start < slot.end
        assert slot.items


@given(st.lists(LINES, max_size=30))
@settings(max_examples=150, deadline=None)
def test_placements_are_in_order_apart_and_cover_every_block(lines: list[str]) -> None:
    check_laws(parse(read_text("\n\n".join(lines), language="en")))
    check_laws(parse(read_text("\n".join(lines), language="en")))


@pytest.mark.parametrize(
    "path", sorted(p for p in AGENDAS.iterdir() if p.suffix != ".json"), ids=lambda p: p.name
)
def test_the_laws_hold_for_every_layout(path: Path) -> None:
    check_laws(parse(read_file(path)))


def test_footnote_belongs_to_the_item_where_its_mark_stands() -> None:
    tree = parse(
        read_text(
            "# Provisional agenda\n\n1. Opening\n2. Lamps\n3. Other matters\n\n## 2. Lamps\n\nThey burn oil.<sup>1</sup>\n\n"
            "## 3. Other matters\n\nNone are known.\n\n<sup>1</sup> Sales No. L.1.\n",
            language="en",
        )
    )
    placement = tree.place_of(tree.source.text.index("Sales"))
    assert placement is not None
    assert (placement.place, placement.item) == (Place.FOOTNOTE, "2")


def test_paragraph_that_names_its_item_belongs_to_it_under_another_heading() -> None:
    tree = parse(
        read_text(
            "# Agenda\n\n1. Opening\n2. Lamps:\n   (a) Oil;\n   (b) Wicks.\n\n## 2. Lamps\n\n### (a) Oil\n\nIt is dear.\n\n"
            "### (b) Wicks\n\nThey are short.\n\nFor its consideration of agenda item 2, the Group will have before "
            "it a paper (L/2/7).\n\n### Documentation\n\nPaper on lamps (L/2/7)\n",
            language="en",
        )
    )
    assert [(entry.item, entry.listed_as) for entry in tree.documentation] == [("2", None)]
    placement = tree.place_of(tree.source.text.index("For its"))
    assert placement is not None
    assert placement.item == "2"


def test_text_in_a_language_without_words_is_other_and_says_so() -> None:
    tree = parse(read_text("1. Zahajeni zasedani\n2. Ruzne\n", language="cs"))
    assert tree.kind is DocumentKind.OTHER
    assert "'cs'" in tree.kind_reason


def test_empty_text_has_an_empty_tree() -> None:
    tree = parse(read_text(""))
    assert (tree.items, tree.placements, tree.paragraphs) == ((), (), ())


def test_agenda_of_the_corpus_equals_its_gold(shared: Path) -> None:
    gold = json.loads((shared / "gold" / "ctoc-cop-wg3-2016-1.json").read_text(encoding="utf-8"))
    tree = parse(read_file(shared / "corpus" / "ctoc-cop-wg3-2016-1.md"))
    items = [{"number": i.number, "parent": i.parent, "title": i.title} for i in tree.items]
    assert items == gold["agenda_items"]
    schedule = [
        {"date": s.date, "start": s.start, "end": s.end, "items": [number for number, _ in s.items]}
        for s in tree.slots
    ]
    assert schedule == gold["schedule"]
    assert sorted({entry.item for entry in tree.documentation}) == sorted(gold["documentation"])
    assert [e.listed_as for e in tree.documentation] == [None, None, "to be recirculated", None]
    for citation in gold["citations"]:
        placement = tree.place_of(citation["start"])
        assert placement is not None
        assert placement.item == citation["agenda_item"], citation
    check_laws(tree)
    front, document = tree.front, gold["document"]
    assert tree.kind.value == document["kind"]
    assert front.distribution == document["distribution"]
    assert front.issued is not None and str(front.issued.start) == document["date"]
    assert front.reissued is not None and str(front.reissued.start) == document["reissued"]
    assert front.reissue_note == document["reissue_note"]
    assert front.place is not None and front.place[0] == document["place"]
