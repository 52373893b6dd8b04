"""Each word of the treaty lists finds itself in its own example and stays away from its counter-example."""

from __future__ import annotations

from typing import Any

import pytest

from treatygraph.parse.lexicon import entries, fold, languages, tables
from treatygraph.parse.treaty_headings import MarkKind, mark, names_instrument, opens_preamble
from treatygraph.parse.treaty_pieces import Piece, pieces
from treatygraph.read import read_text

HEADINGS = {
    "article": MarkKind.ARTICLE,
    "division": MarkKind.DIVISION,
    "annex": MarkKind.ANNEX,
    "preamble": MarkKind.PREAMBLE,
    "formula": MarkKind.FORMULA,
    "closing": MarkKind.CLOSING,
}
ROWS = [
    pytest.param(language, table, entry, id=f"{language}-{table}-{entry['text']}")
    for language in languages()
    for table in tables(language, "treaty")
    for entry in entries(language, "treaty", table)
]


def pieces_read(text: str, language: str) -> tuple[Piece, ...]:
    return pieces(read_text(text, name="text.txt", language=language))


def finds(language: str, table: str, entry: dict[str, Any], text: str) -> bool:
    """Whether the shape that the table stands for is found in *text*, by this entry's word."""
    words = entry["text"].split("{n}")
    if not all(fold(word.strip()) in fold(text) for word in words):
        return False
    if table == "definite":
        return not names_instrument(text, language)
    if table == "reference":
        return not pieces_read(text, language) or mark(pieces_read(text, language)[0], language) is None
    if table == "instrument":
        return names_instrument(text, language)
    if table == "author":
        return opens_preamble(text, language)
    (piece,) = pieces_read(text, language)
    found = mark(piece, language)
    return (
        found is not None
        and found.kind is HEADINGS[table]
        and found.subkind in ("article", entry.get("kind", ""))
    )


@pytest.mark.parametrize(("language", "table", "entry"), ROWS)
def test_a_word_finds_itself_in_its_example_alone(language: str, table: str, entry: dict[str, Any]) -> None:
    if table == "definite":  # the word stands before the noun of another instrument, not in a title
        assert names_instrument(entry["example"], language)
        assert finds(language, table, entry, entry["counter_example"])
        return
    assert finds(language, table, entry, entry["example"])
    if "counter_example" in entry:
        assert not finds(language, table, entry, entry["counter_example"])


@pytest.mark.parametrize("language", languages())
def test_lists_are_sorted_and_have_no_duplicates(language: str) -> None:
    for table in tables(language, "treaty"):
        texts = [entry["text"] for entry in entries(language, "treaty", table)]
        assert texts == sorted(set(texts)), table
