"""The language of a text and the format of a file, told from what stands in them."""

import tomllib
from pathlib import Path

import pytest

import treatygraph.read.language as language_module
from treatygraph.read.detect import detect_format
from treatygraph.read.language import detect_language

WORDS = tomllib.loads(
    (Path(language_module.__file__).parent / "lang" / "words.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", sorted(WORDS))
def test_each_language_knows_its_own_example(code: str) -> None:
    assert detect_language(WORDS[code]["example"]) == code


@pytest.mark.parametrize("text", ["", "1234 / 5", "xyzzy plugh"])
def test_text_without_evidence_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


def test_old_record_in_two_columns_is_read_as_english() -> None:
    both = "At the meeting of the Council, the Chair of the Board / A la séance du Conseil, le Président de la Commission"
    assert detect_language(both) == "en"


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.md", "plain words", "markdown"),
        ("a.txt", "plain words", "text"),
        ("a.txt", "# One\n\ntext\n\n## Two\n", "markdown"),
        ("a.txt", "| a | b |\n|---|---|\n", "markdown"),
        ("a", "# One\n", "markdown"),
        ("a", "One\n", "text"),
    ],
)
def test_content_decides_beside_the_name(name: str, text: str, form: str) -> None:
    assert detect_format(text, name) == form
