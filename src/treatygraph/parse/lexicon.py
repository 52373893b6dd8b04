"""The words of a language for reading structure: ``lang/<code>/<list>.toml`` → plain values.

A language is a folder; which there are is found on disk. There is no fallback to another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from treatygraph.model.errors import VocabularyError
from treatygraph.parse.word_files import LANG, read_list
from treatygraph.parse.writing import writing

__all__ = [
    "LANG",
    "entries",
    "fold",
    "forms",
    "gaps",
    "languages",
    "load",
    "one_of",
    "read_list",
    "tables",
    "word_pattern",
    "words",
]


def languages() -> tuple[str, ...]:
    """The codes of the languages whose structure is read, sorted."""
    return tuple(sorted(folder.name for folder in LANG.iterdir() if (folder / "agenda.toml").is_file()))


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


def tables(language: str, name: str) -> tuple[str, ...]:
    """The names of the tables of a list, in the order of the file."""
    return tuple(table for table, listed in load(language, name).items() if isinstance(listed, list))


def gaps(language: str, name: str) -> dict[str, str]:
    """The tables that a list of this language does without, each with the reason that its file gives."""
    return dict(load(language, name).get("gaps", {}))


def words(language: str, name: str, table: str) -> tuple[str, ...]:
    """The printed forms of a table: the ``text`` of each entry, with each of its ``endings`` where it has some."""
    return tuple(form for entry in entries(language, name, table) for form in forms(entry))


def forms(entry: dict[str, Any]) -> tuple[str, ...]:
    """The printed forms of an entry: its text, or its text with each of its endings ("conscient" + "", "e", "s")."""
    return tuple(entry["text"] + ending for ending in entry.get("endings", ("",)))


_MARKS: Final = "\u0640\u064b-\u0652"
"""The signs of vowels and the stroke that lengthens a word: Arabic prints them or leaves them out."""
_ARABIC: Final = re.compile("(?<=[\u0621-\u064a])")


def fold(printed: str) -> str:
    """A word as it is looked up: lower case, single spaces, no signs of vowels."""
    return re.sub(rf"[{_MARKS}]", "", re.sub(r"\s+", " ", printed.casefold()))


def one_of(alternatives: Iterable[str]) -> str:
    """A regular expression for one of the words, longest first.

    White space of any kind stands for a space, and a straight apostrophe for another; Arabic letters may carry signs
    of vowels.
    """
    ordered = sorted(set(alternatives), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(_spelled, ordered)) + ")" if ordered else "(?!)"


def _spelled(word: str) -> str:
    pattern = re.escape(word).replace("\\ ", r"\s{1,3}").replace("’", "[’']")
    return _ARABIC.sub(f"[{_MARKS}]{{0,3}}", pattern)


@cache
def word_pattern(language: str, name: str, table: str) -> re.Pattern[str]:
    """A pattern that finds each word of a table as a whole word, case ignored."""
    how = writing(language)
    return re.compile(f"{how.left}{one_of(words(language, name, table))}{how.right}", re.IGNORECASE)
