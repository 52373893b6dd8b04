"""One treaty in five languages: each print gives the same provisions, titles and places in its parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.model.tree import DocumentKind, TreatyText
from treatygraph.parse import parse
from treatygraph.read import read_file

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "treaties"
LANGUAGES = ("ar", "es", "fr", "ru", "zh")
PATHS = [
    "art/1",
    "art/1/a",
    "art/1/b",
    "art/2",
    "art/2/para/1",
    "art/2/para/2",
    "art/2/para/2/a",
    "art/2/para/2/b",
    "art/3",
    "art/4",
]
TITLES = {
    "ar": ["تعاريف", "الصيانة", "المساعدة المتبادلة", "بدء النفاذ"],
    "es": ["Definiciones", "Cuidado", "Asistencia mutua", "Entrada en vigor"],
    "fr": ["Définitions", "Entretien", "Assistance mutuelle", "Entrée en vigueur"],
    "ru": ["Определения", "Уход", "Взаимная помощь", "Вступление в силу"],
    "zh": ["定义", "维护", "互助", "生效"],
}


def treaty(language: str) -> TreatyText:
    tree = parse(read_file(FIXTURES / f"keepers-{language}.txt"))
    assert tree.source.language == language
    assert tree.kind is DocumentKind.TREATY
    (found,) = tree.treaties
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_print_gives_the_same_provisions(language: str) -> None:
    found = ["/".join(unit.path) for unit in treaty(language).provisions]
    assert [path for path in found if path.startswith("art/")] == PATHS


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_stand_below_their_headings(language: str) -> None:
    found = [unit.title for unit in treaty(language).provisions if unit.kind == "article"]
    assert found == TITLES[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_and_chapters_are_told_by_their_words_and_numbers(language: str) -> None:
    divisions = [unit.path for unit in treaty(language).provisions if unit.kind in ("part", "chapter")]
    assert divisions[0] == (("part", "1") if language == "fr" else ("chapter", "1"))
    assert len(divisions) == (2 if language == "fr" else 1)
