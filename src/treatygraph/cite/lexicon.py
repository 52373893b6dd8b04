"""The words of a language for finding references: ``lang/<code>/*.toml`` → lexemes by their words.

Each table of a file is a *role* that the grammar knows; each entry is a word or phrase of that role, with an
example that it must be found in, and where useful a counter-example. A language is a folder; there is no
fallback to another one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from treatygraph.cite.tokens import Trie, Words
from treatygraph.model.errors import VocabularyError, Where

LANG: Final = Path(__file__).parent / "lang"
ROLES: Final = frozenset(
    {
        "act",
        "adopted_by",
        "agenda",
        "and",
        "body_noun",
        "complement",
        "defined_as",
        "deictic",
        "happening",
        "instrument_noun",
        "modifier",
        "not_a_unit",
        "number_mark",
        "of",
        "official_records",
        "opening",
        "paper",
        "place",
        "possessive",
        "prefix",
        "publication",
        "range",
        "reference_noun",
        "respectively",
        "small",
        "stop",
        "the",
        "thereof",
        "to",
        "unit",
    }
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word or phrase with the role it plays in a reference and what it stands for (``sense``)."""

    role: str
    text: str
    sense: str = ""
    plural: bool = False
    example: str = ""
    counter_example: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lexemes of a language."""

    language: str
    lexemes: tuple[Lexeme, ...]
    trie: Trie = field(repr=False)

    def at(self, words: Words, index: int, role: str) -> tuple[Lexeme, int] | None:
        """The longest lexeme of *role* that starts at a word, and the index after it."""
        found = None
        for end, values in self.trie.matches(words, index):
            for lexeme in values:
                if lexeme.role == role:
                    found = (lexeme, end)
        return found

    def all_at(self, words: Words, index: int) -> dict[str, tuple[Lexeme, int]]:
        """The longest lexeme of each role that starts at a word."""
        found: dict[str, tuple[Lexeme, int]] = {}
        for end, values in self.trie.matches(words, index):
            for lexeme in values:
                found[lexeme.role] = (lexeme, end)
        return found

    def of_role(self, role: str) -> Iterator[Lexeme]:
        """The lexemes of a role, in the order of the files."""
        return (lexeme for lexeme in self.lexemes if lexeme.role == role)


def languages() -> tuple[str, ...]:
    """The codes of the languages whose words are held, sorted."""
    return tuple(sorted(folder.name for folder in LANG.iterdir() if any(folder.glob("*.toml"))))


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexemes of a language; raises ``VocabularyError`` for one that is not held or not well formed."""
    folder = LANG / language
    if language not in languages():
        raise VocabularyError(
            f"no words for finding references in the language {language!r}",
            remedy=f"Held languages: {', '.join(languages())}; a language is a folder in cite/lang.",
        )
    lexemes = tuple(lexeme for path in sorted(folder.glob("*.toml")) for lexeme in _read(path))
    trie = Trie()
    for lexeme in lexemes:
        trie.add(lexeme.text, lexeme)
    return Lexicon(language, lexemes, trie)


def _read(path: Path) -> Iterator[Lexeme]:
    where = Where(file=f"{path.parent.name}/{path.name}")
    try:
        tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"the word list cannot be read: {error}", where=where) from error
    for role, entries in tables.items():
        if role not in ROLES:
            raise VocabularyError(f"{role!r} is not a role of words in references", where=where)
        for entry in entries:
            try:
                yield Lexeme(role=role, **entry)
            except TypeError as error:
                raise VocabularyError(
                    f"an entry of {role!r} is not well formed: {error}", where=where
                ) from error
