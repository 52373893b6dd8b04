"""The treaty reader on the instruments of the corpus: counts and paths that a careful reader finds in their texts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from treatygraph.model.text import SourceText
from treatygraph.model.tree import TreatyText
from treatygraph.parse.treaty import parse_treaties
from treatygraph.read import read_file


@cache
def sample(shared: Path, name: str) -> tuple[SourceText, tuple[TreatyText, ...]]:
    source = read_file(shared / "corpus/samples" / name)
    return source, parse_treaties(source)


COUNTS = [
    ("A_RES_55_25.txt", 0, "United Nations Convention against Transnational", 41, 174, 130),
    ("A_RES_55_25.txt", 1, "Protocol to Prevent, Suppress and Punish", 20, 54, 23),
    ("A_RES_55_25.txt", 2, "Protocol against the Smuggling of Migrants", 25, 66, 41),
    ("A_RES_55_255.txt", 0, "Protocol against the Illicit Manufacturing", 21, 46, 33),
    ("A_RES_57_199.txt", 0, "Optional Protocol to the Convention against Torture", 37, 57, 41),
    ("A_RES_2200_XXI.txt", 0, "International Covenant on Economic", 31, 45, 28),
    ("A_RES_2200_XXI.txt", 1, "International Covenant on Civil", 53, 115, 46),
    ("A_RES_2200_XXI.txt", 2, "Optional Protocol to the International Covenant", 14, 20, 5),
    ("A_RES_79_243.txt", 0, "United Nations Convention against Cybercrime", 68, 264, 215),
]


@pytest.mark.parametrize(("name", "place", "title", "articles", "paragraphs", "lettered"), COUNTS)
def test_articles_numbered_paragraphs_and_lettered_units_are_all_found(
    shared: Path, name: str, place: int, title: str, articles: int, paragraphs: int, lettered: int
) -> None:
    treaty = sample(shared, name)[1][place]
    kinds = Counter(unit.kind for unit in treaty.provisions)
    assert treaty.title.startswith(title)
    assert (kinds["article"], kinds["paragraph"], kinds["subparagraph"]) == (articles, paragraphs, lettered)
    assert [unit.number for unit in treaty.provisions if unit.kind == "article"] == [
        str(number) for number in range(1, articles + 1)
    ]


LETTERS = re.compile(r"^(?:\d+\.\s+)?(?:\([a-z]{1,5}\)\s+)+|^[a-k]\.\t", re.MULTILINE)


@pytest.mark.parametrize(("name", "place"), sorted({row[:2] for row in COUNTS}))
def test_no_letter_is_lost_or_invented(shared: Path, name: str, place: int) -> None:
    """Each letter at the beginning of a row is a unit; the one more of the Firearms Protocol is a recorded repair."""
    source, treaties = sample(shared, name)
    treaty = treaties[place]
    text = source.text[treaty.span.start : treaty.span.end]
    rows = sum(len(re.findall(r"\([a-z]{1,5}\)|[a-k]\.", match.group())) for match in LETTERS.finditer(text))
    supplied = sum(1 for repair in treaty.repairs if not repair.before)
    assert sum(unit.kind == "subparagraph" for unit in treaty.provisions) == rows + supplied


@pytest.mark.parametrize(
    ("path", "beginning"),
    [
        ("art/2/a", "(a)\t“Organized criminal group”"),
        ("art/2/i", "(i)\t“Controlled delivery”"),
        ("art/5/para/1/a/ii", "(ii)\tConduct by a person"),
        ("art/5/para/1/a/ii/b", "b.\tOther activities"),
        ("art/5/para/1/b", "(b)\tOrganizing, directing"),
        ("art/6/para/1/a", "(a) (i) The conversion"),
        ("art/6/para/1/a/i", "(i) The conversion"),
        ("art/6/para/1/a/ii", "(ii)\tThe concealment"),
        ("art/6/para/1/b/i", "(i)\tThe acquisition"),
        ("art/16/para/17", "17.\tStates Parties shall seek"),
        ("art/18/para/3/h", "(h)\tFacilitating the voluntary appearance"),
        ("art/18/para/3/i", "(i)\tAny other type of assistance"),
        ("art/29/para/1/i", "(i)\tMethods used in the protection"),
        ("art/31/para/2/d/iv", "(iv)\tThe exchange of information"),
        ("art/35/para/1", "l.\tStates Parties shall endeavour"),
    ],
)
def test_units_of_the_convention_have_their_true_paths(shared: Path, path: str, beginning: str) -> None:
    source, treaties = sample(shared, "A_RES_55_25.txt")
    (unit,) = [unit for unit in treaties[0].provisions if unit.path == tuple(path.split("/"))]
    assert source.text.startswith(beginning, unit.span.start)


def test_the_misprints_of_the_source_are_recorded(shared: Path) -> None:
    repairs = [
        (repair.before, repair.after, source.text[repair.span.start :][: len(repair.before) + 1])
        for name in ("A_RES_55_25.txt", "A_RES_55_255.txt")
        for source, treaties in [sample(shared, name)]
        for treaty in treaties
        for repair in treaty.repairs
    ]
    assert repairs == [*[("l.", "1.", "l.\t")] * 3, ("", "(i)", "F"), ("l.", "1.", "l.\t")]


def test_the_flush_text_of_article_3_belongs_to_paragraph_1(shared: Path) -> None:
    source, treaties = sample(shared, "A_RES_55_25.txt")
    spans = {unit.path: unit.span for unit in treaties[0].provisions}
    paragraph, letter = spans["art", "3", "para", "1"], spans["art", "3", "para", "1", "b"]
    assert source.text[: paragraph.end].endswith("involves an organized criminal group.")
    assert source.text[: letter.end].endswith("of this Convention;")


def test_the_chapters_of_the_protocols_are_found(shared: Path) -> None:
    _, (_, trafficking, migrants) = sample(shared, "A_RES_55_25.txt")
    for protocol, second in (
        (trafficking, "Protection of victims of trafficking in persons"),
        (migrants, "Smuggling of migrants by sea"),
    ):
        titles = [unit.title for unit in protocol.provisions if unit.kind == "chapter"]
        assert titles == [
            "General provisions",
            second,
            "Prevention, cooperation and other measures",
            "Final provisions",
        ]


def test_resolutions_and_reports_that_name_articles_are_no_treaties(shared: Path) -> None:
    names = (
        "A_RES_77_248.txt",
        "ECE_TRANS_224.txt",
        "ECE_TRANS_254.txt",
        "S_RES_2719_2023.txt",
        "TD_442.txt",
    )
    assert [name for name in names if sample(shared, name)[1]] == []
