"""Agendas of invented bodies in many layouts: each gives its items, slots and documents by the one grammar."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from treatygraph.model.tree import DocumentTree, Place
from treatygraph.parse import parse
from treatygraph.parse.label_letters import latin_steps
from treatygraph.parse.layout import symbols_in
from treatygraph.read import read_bytes, read_file

AGENDAS = Path(__file__).resolve().parents[1] / "fixtures" / "agendas"
NAMES = sorted(path.stem for path in AGENDAS.glob("*.json"))


def load(name: str) -> tuple[DocumentTree, dict[str, Any]]:
    (file,) = (path for path in AGENDAS.glob(f"{name}.*") if path.suffix in (".md", ".txt"))
    return parse(read_file(file)), json.loads((AGENDAS / f"{name}.json").read_text(encoding="utf-8"))


def symbols(tree: DocumentTree) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in tree.documentation:
        words = tree.source.text[entry.span.start : entry.span.end]
        found.setdefault(entry.item, []).extend(words[start:end] for start, end in symbols_in(words))
    return {item: list(dict.fromkeys(listed)) for item, listed in found.items()}


def test_every_layout_has_its_expectations() -> None:
    texts = sorted(path.stem for path in AGENDAS.iterdir() if path.suffix in (".md", ".txt"))
    assert texts == NAMES
    assert len(NAMES) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_items_have_their_numbers_parents_and_titles(name: str) -> None:
    tree, expected = load(name)
    assert [[item.number, item.parent, item.title] for item in tree.items] == expected["items"]
    assert tree.kind.value == expected["kind"]
    assert tree.kind_reason


@pytest.mark.parametrize("name", NAMES)
def test_programme_gives_slots_with_the_numbers_printed_in_them(name: str) -> None:
    tree, expected = load(name)
    slots = [[slot.date, slot.start, slot.end, [number for number, _ in slot.items]] for slot in tree.slots]
    assert slots == expected["schedule"]


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_listed_under_their_items(name: str) -> None:
    tree, expected = load(name)
    assert symbols(tree) == expected["documentation"]
    for symbol, words in expected.get("listed_as", {}).items():
        text = tree.source.text
        (entry,) = (e for e in tree.documentation if symbol in text[e.span.start : e.span.end])
        assert entry.listed_as == words


@pytest.mark.parametrize("name", NAMES)
def test_words_stand_under_the_item_they_are_about(name: str) -> None:
    tree, expected = load(name)
    for words, number in expected.get("under", {}).items():
        placement = tree.place_of(tree.source.text.index(words))
        assert placement is not None
        assert placement.item == number


@pytest.mark.parametrize("name", NAMES)
def test_head_gives_place_dates_and_masthead(name: str) -> None:
    tree, expected = load(name)
    front = tree.front
    found = {
        "symbol": front.symbol,
        "distribution": front.distribution,
        "issued": str(front.issued.start) if front.issued else None,
        "original": front.original_language,
        "place": front.place[0] if front.place else None,
        "start": str(front.dates.start) if front.dates else None,
        "end": str(front.dates.end) if front.dates else None,
        "happening": front.happening[0] if front.happening else None,
    }
    assert {key: found[key] for key in expected["front"]} == expected["front"]


@pytest.mark.parametrize("name", NAMES)
def test_every_span_of_an_item_prints_its_title(name: str) -> None:
    tree, _ = load(name)
    for item in tree.items:
        printed = tree.source.text[item.span.start : item.span.end]
        first, last = item.title.split()[0].strip(".,;:"), item.title.split()[-1].strip(".,;:()")
        assert first in printed
        assert last in printed
        assert item.spans[0] == item.span


@pytest.mark.parametrize("name", NAMES)
def test_slot_items_point_to_their_printed_numbers(name: str) -> None:
    tree, _ = load(name)
    for slot in tree.slots:
        for number, span in slot.items:
            printed = tree.source.text[span.start : span.end]
            last = re.findall(r"\w+", printed)[-1]
            assert number.replace("(", " ").replace(")", " ").split()[-1] in latin_steps(last)


PLAIN = """Board of Keepers

Third session

Annotated provisional agenda

I. FIRST PART

ITEM 1. OPENING OF THE SESSION

1. The session will be opened at noon.

ITEM 2. LAMPS

2. The Board will have before it:

(a) A note on oil (LAMP/3/2);

(b) A note on wicks (LAMP/3/3).

ITEM 3. OTHER MATTERS

Annex

List of lamps

1. The tall lamp stands in the north.
"""


def test_paragraphs_of_an_annotated_agenda_are_headings_or_other_with_their_numbers() -> None:
    tree = parse(read_bytes(PLAIN.encode(), name="agenda.txt"))
    rows = [(p.kind.value, p.number) for p in tree.paragraphs]
    assert rows[-10:] == [
        ("heading", "1"),
        ("other", "1"),
        ("heading", "2"),
        ("other", "2"),
        ("other", "2 (a)"),
        ("other", "2 (b)"),
        ("heading", "3"),
        ("heading", None),
        ("annex", None),
        ("annex", "1"),
    ]


INTRODUCED = """Committee of Keepers

Third session, Marshby, 3–5 November 2031

Annotated provisional agenda

Session commences at 9.30 a.m. on Monday, 3 November 2031

1. In its decision 2/4, the Conference of Keepers requested the Committee to look at the lamps.

ITEM 1. OPENING OF THE SESSION

2. The session will be opened at noon.

ITEM 2. HARMONIZED INTERPRETATION OF THE
2010 CHARTER OF LAMPS

ITEM 3. OTHER MATTERS
"""


def test_numbered_sentences_before_the_first_item_introduce_the_agenda() -> None:
    tree = parse(read_bytes(INTRODUCED.encode(), name="agenda.txt"))
    placement = tree.place_of(tree.source.text.index("In its decision"))
    assert placement is not None
    assert (placement.place, placement.item) == (Place.BODY, None)
    assert tree.front.place is not None
    assert tree.front.place[0] == "Marshby"


def test_a_title_that_ends_with_a_small_word_goes_on() -> None:
    text = INTRODUCED.replace("HARMONIZED INTERPRETATION OF THE", "Harmonized interpretation of the")
    tree = parse(read_bytes(text.replace("CHARTER OF LAMPS", "Charter of Lamps").encode(), name="agenda.txt"))
    assert [item.title for item in tree.items][1] == "Harmonized interpretation of the 2010 Charter of Lamps"
