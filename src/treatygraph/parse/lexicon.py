"""The words of a language for reading structure: ``lang/<code>/<list>.toml`` → plain values.

A language is a folder; which there are is found on disk. There is no fallback to another language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from treatygraph.model.errors import VocabularyError, Where

LANG: Final = Path(__file__).parent / "lang"


def languages() -> tuple[str, ...]:
    """The codes of the languages whose structure is read, sorted; dates and ordinals are held for more of them."""
    return tuple(sorted(folder.name for folder in LANG.iterdir() if (folder / "agenda.toml").is_file()))


def read_list(path: Path) -> dict[str, Any]:
    """The tables of a file of words; raises ``VocabularyError`` with the file for one that is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(
            f"the word list cannot be read: {error}",
            where=Where(file=str(path)),
            remedy="Mend the TOML file.",
        ) from error


@cache
def load(language: str, name: str) -> dict[str, Any]:
    """The list *name* of a language; raises ``VocabularyError`` for a language or list that is not held."""
    path = LANG / language / f"{name}.toml"
    if not path.is_file():
        raise VocabularyError(
            f"no word list {name!r} for the language {language!r}",
            remedy=f"Held languages: {', '.join(languages())}; a language is a folder in parse/lang.",
        )
    return read_list(path)


def entries(language: str, name: str, table: str) -> tuple[dict[str, Any], ...]:
    """The entries of one table of a list, in the order of the file."""
    return tuple(load(language, name).get(table, ()))


def words(language: str, name: str, table: str) -> tuple[str, ...]:
    """The ``text`` of each entry of a table."""
    return tuple(entry["text"] for entry in entries(language, name, table))


def one_of(alternatives: Iterable[str]) -> str:
    """A regular expression for one of the words, longest first, any white space where a word has a space."""
    ordered = sorted(set(alternatives), key=lambda word: (-len(word), word))
    if not ordered:
        return "(?!)"
    return "(?:" + "|".join(re.escape(word).replace("\\ ", r"\s{1,3}") for word in ordered) + ")"


@cache
def word_pattern(language: str, name: str, table: str) -> re.Pattern[str]:
    """A pattern that finds each word of a table as a whole word, case ignored."""
    return re.compile(rf"(?<!\w){one_of(words(language, name, table))}(?!\w)", re.IGNORECASE)
