"""The words by which a language tells of actions: ``lang/<code>/*.toml`` → plain values and patterns.

A language is a folder; which there are is found on disk. There is no fallback to another language.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from treatygraph.model.errors import VocabularyError, Where
from treatygraph.parse.lexicon import one_of, read_list
from treatygraph.parse.writing import writing

HERE: Final = Path(__file__).parent
LANG: Final = HERE / "lang"
# What stands for a character of a bracketed or quoted stretch, once it is masked.
MASK: Final = "\u2059"
NOWHERE: Final = re.compile("(?!)")
_SLOT: Final = re.compile(r"(?<!\?P)<([a-z_]+)>")


def languages() -> tuple[str, ...]:
    """The codes of the languages in which actions are read, sorted."""
    return tuple(sorted(folder.name for folder in LANG.iterdir() if (folder / "words.toml").is_file()))


@cache
def load(language: str, name: str) -> dict[str, Any]:
    """The list *name* of a language; raises ``VocabularyError`` for a language or list that is not held."""
    path = LANG / language / f"{name}.toml"
    if language not in languages() or not path.is_file():
        raise VocabularyError(
            f"no word list {name!r} of actions for the language {language!r}",
            remedy=f"Held languages: {', '.join(languages())}; a language is a folder of TOML files in acts/lang.",
        )
    return read_list(path)


def entries(language: str, table: str) -> tuple[dict[str, Any], ...]:
    """The entries of one table of the small words."""
    return tuple(load(language, "words").get(table, ()))


def words(language: str, table: str) -> tuple[str, ...]:
    """The ``text`` of each entry of a table of the small words."""
    return tuple(entry["text"] for entry in entries(language, table))


def group(language: str, *tables: str) -> str:
    """A regular expression for one whole word of the tables, the longest first."""
    how = writing(language)
    return f"{how.left}{one_of([word for table in tables for word in words(language, table)])}{how.right}"


@cache
def pattern(language: str, *tables: str) -> re.Pattern[str]:
    """A pattern that finds each word of the tables as a whole word, case ignored."""
    return re.compile(group(language, *tables), re.IGNORECASE)


@cache
def offices() -> frozenset[str]:
    """The keys of offices that carry out and do not act as a body."""
    return frozenset(entry["key"] for entry in read_list(HERE / "offices.toml")["office"])


@cache
def grammar(language: str, name: str) -> re.Pattern[str]:
    """The turn of phrase *name* of a language (``grammar.toml``); raises ``VocabularyError`` for one not held.

    One that a language lacks, with the reason, is found nowhere.
    """
    for entry in load(language, "grammar")["pattern"]:
        if entry["name"] == name:
            return re.compile(_SLOT.sub(lambda slot: _filled(language, slot.group(1)), entry["regex"]))
    if any(entry["name"] == name for entry in load(language, "grammar").get("absent", ())):
        return NOWHERE
    raise VocabularyError(
        f"no turn of phrase {name!r} for the language {language!r}",
        where=Where(file=f"acts/lang/{language}/grammar.toml"),
        remedy="Add it to grammar.toml.",
    )


def _filled(language: str, table: str) -> str:
    return f"{MASK}+" if table == "mask" else group(language, table)
