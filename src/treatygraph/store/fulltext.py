"""Texts of things → an SQLite FTS5 file, and words → the things whose texts have them, with score and snippet.

Imports nothing of ours: a query process loads this file by its path, and the process that makes an index runs it as
a script (``fulltext.py GENERATION RULES INDEX``). What is looked in is said by the folder of rules: ``index.toml``
names fields, each with a query that gives ``?thing`` and ``?text`` and the weight of a hit in it.

A word is a run of letters and digits without case, accents, width and Arabic articles; each Chinese or Japanese
character is a word of its own. The tables hold the texts as they are, the index holds folded words only.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import threading
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

FORMAT: Final = 1
"""The version of the file's layout."""

LONGEST_TEXT: Final = 20_000
"""Characters of a text that are looked in."""

SNIPPET_WORDS: Final = 24
"""About how many words a snippet has."""

# Han, kana and the marks that lengthen them: scripts without spaces between words.
_ALONE: Final = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FOLDED_WORD: Final = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
# A word as it is written may carry marks (accents, vowel signs) and the Arabic stroke that stretches it.
_MARKS: Final = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670"
_WRITTEN_WORD: Final = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}](?:[^\W_{_ALONE}]|[{_MARKS}])*")
_TERM: Final = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<run>[^\s"]+)')
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_SHORTEST_STEM: Final = 3
_OR: Final = "OR"
_WRITE_ROWS: Final = 10_000


def fold(text: str) -> str:
    """The comparison form of a text: no case, no accents, no width (Unicode NFKD without marks), nothing stretched.

    >>> fold("Convenção")
    'convencao'
    """
    if text.isascii():
        return text.lower()
    # Small letters of some capitals are a letter and a mark, so that marks go last.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(each for each in plain if not unicodedata.combining(each) and each != "\u0640")


def folded_words(text: str) -> list[str]:
    """The words of a text in comparison form, in order; each Chinese character alone.

    >>> folded_words("Convenção de 1961; 引渡")
    ['convencao', 'de', '1961', '引', '渡']
    """
    return _FOLDED_WORD.findall(fold(text))


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row; with *begins* the last may be the beginning of one."""

    words: tuple[str, ...]
    begins: bool = False


Wanted = tuple[tuple[Term, ...], ...]
"""What is looked for: alternatives, each with terms that must all be there."""


def wanted(text: str) -> Wanted:
    """What a text asks for: words, ``"words in a row"``, ``begin*``, alternatives divided by ``OR``.

    What stands without a space between it is a row too: ``CTOC/COP`` is "ctoc cop". Empty without any word.
    """
    alternatives: list[list[Term]] = [[]]
    for match in _TERM.finditer(text):
        if match["run"] == _OR:
            alternatives.append([])
            continue
        words = tuple(folded_words(match["phrase"] or match["run"] or ""))
        if words:
            alternatives[-1].append(Term(words, (match["run"] or "").endswith("*")))
    return tuple(tuple(terms) for terms in alternatives if terms)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the index: its name, what a hit in it weighs, and the texts of things in it."""

    name: str
    weight: float
    texts: Iterable[tuple[str, str, str | None]]
    """Thing (an IRI), text, language."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: the better it fits, the higher the score."""

    thing: str
    score: float
    snippet: str
    language: str | None


# -- making an index


def make(path: Path, fields: Sequence[Field], *, articles: Sequence[str] = ()) -> None:
    """Writes the index to *path*, whole or not at all; *articles* are taken off the words of Arabic texts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.new")
    part.unlink(missing_ok=True)
    try:
        _write(part, fields, _longest_first(articles))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, fields: Sequence[Field], articles: tuple[str, ...]) -> None:
    columns = ", ".join(f"field{number}" for number in range(len(fields)))
    held = sqlite3.connect(path, isolation_level=None)
    try:
        held.executescript(
            f"""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
            CREATE TABLE fields (number INTEGER PRIMARY KEY, name TEXT, weight REAL);
            CREATE TABLE articles (article TEXT);
            CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT);
            CREATE TABLE texts (thing INTEGER, field INTEGER, text TEXT, language TEXT);
            CREATE VIRTUAL TABLE words USING fts5({columns}, content='', columnsize=1, tokenize='ascii');
            BEGIN;
            """
        )
        held.executemany(
            "INSERT INTO fields VALUES (?, ?, ?)",
            [(number, field.name, field.weight) for number, field in enumerate(fields)],
        )
        held.executemany("INSERT INTO articles VALUES (?)", [(each,) for each in articles])
        numbers: dict[str, int] = {}
        for number, field in enumerate(fields):
            held.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", _text_rows(number, field, numbers))
        held.executemany("INSERT INTO things VALUES (?, ?)", ((id_, iri) for iri, id_ in numbers.items()))
        held.execute("CREATE INDEX texts_of ON texts (thing, field)")
        marks = ", ".join("?" * (len(fields) + 1))
        rows = held.execute("SELECT thing, field, text FROM texts ORDER BY thing, field, text")
        held.cursor().executemany(
            f"INSERT INTO words (rowid, {columns}) VALUES ({marks})", _word_rows(rows, len(fields), articles)
        )
        held.execute("INSERT INTO words (words) VALUES ('optimize')")
        held.execute("COMMIT")
    finally:
        held.close()


def _text_rows(
    number: int, field: Field, numbers: dict[str, int]
) -> Iterator[tuple[int, int, str, str | None]]:
    for thing, text, language in field.texts:
        yield numbers.setdefault(thing, len(numbers) + 1), number, text[:LONGEST_TEXT], language


def _word_rows(
    rows: Iterable[tuple[int, int, str]], width: int, articles: tuple[str, ...]
) -> Iterator[tuple[int | str, ...]]:
    """A row a thing: its number, and for each field the words of all its texts, those of two texts kept apart."""
    last, columns = 0, [""] * width
    for thing, field, text in rows:
        if thing != last and last:
            yield last, *columns
            columns = [""] * width
        last = thing
        words = " ".join(_bare(word, articles) for word in folded_words(text))
        # A word that nobody can look for: a row of words must not run from one text into the next.
        columns[field] += f"{words} \u2029 "
    if last:
        yield last, *columns


def _longest_first(articles: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(each) for each in articles}, key=lambda each: (-len(each), each)))


def _bare(word: str, articles: Sequence[str]) -> str:
    """An Arabic word without its article, where enough of a word stays."""
    if articles and _ARABIC.match(word):
        for article in articles:
            if word.startswith(article) and len(word) - len(article) >= _SHORTEST_STEM:
                return word[len(article) :]
    return word


# -- looking into one


class Index:
    """An index that was made, opened for reading."""

    def __init__(self, path: str | Path) -> None:
        # One thread after another works in a query process, and several at once in other processes.
        self._lock = threading.Lock()
        self._held = sqlite3.connect(
            f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._weights = [row[0] for row in self._held.execute("SELECT weight FROM fields ORDER BY number")]

    @cached_property
    def _articles(self) -> tuple[str, ...]:
        return _longest_first(row[0] for row in self._held.execute("SELECT article FROM articles"))

    def find(self, text: str, limit: int, *, with_snippets: bool = True) -> list[Hit]:
        """At most *limit* things whose texts have the words of *text* (see ``wanted``), the best first.

        The words of one thing may stand in several of its texts; words in a row stand in one.
        """
        with self._lock:
            asked = self._without_articles(wanted(text))
            return self._found(asked, limit, with_snippets) if asked else []

    def _found(self, asked: Wanted, limit: int, with_snippets: bool) -> list[Hit]:
        weights = "".join(f", {weight}" for weight in self._weights)
        rows = self._held.execute(
            f"""SELECT id, iri, score FROM
                  (SELECT rowid AS found, bm25(words{weights}) AS score FROM words WHERE words MATCH ?)
                JOIN things ON id = found ORDER BY score, iri LIMIT ?""",
            (_expression(asked), limit),
        )
        return [
            Hit(iri, -score, *(self._snippet(thing, asked) if with_snippets else ("", None)))
            for thing, iri, score in rows
        ]

    def close(self) -> None:
        """Gives the file back."""
        self._held.close()

    def _without_articles(self, asked: Wanted) -> Wanted:
        return tuple(
            tuple(Term(tuple(_bare(w, self._articles) for w in term.words), term.begins) for term in terms)
            for terms in asked
        )

    def _snippet(self, thing: int, asked: Wanted) -> tuple[str, str | None]:
        """The text of a thing with most of the terms, cut around the first of them, and its language."""
        terms = [term for alternative in asked for term in alternative]
        rows = self._held.execute(
            "SELECT text, language FROM texts WHERE thing = ? ORDER BY field, text", (thing,)
        ).fetchall()
        placed = [(places(text, terms, self._articles), text, language) for text, language in rows]
        spans, text, language = max(placed, key=lambda each: len({term for _, _, term in each[0]}))
        return cut(text, min(((start, end) for start, end, _ in spans), default=(0, 0))), language


def _expression(asked: Wanted) -> str:
    """The FTS5 expression; only folded words stand in it, which have neither quotes nor signs."""
    return " OR ".join(
        "(" + " AND ".join(f'"{" ".join(t.words)}"{" *" if t.begins else ""}' for t in terms) + ")"
        for terms in asked
    )


def written_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text where they stand: start, end, comparison form."""
    for match in _WRITTEN_WORD.finditer(text):
        for word in folded_words(match.group()):
            yield match.start(), match.end(), word


def places(text: str, terms: Sequence[Term], articles: Sequence[str] = ()) -> list[tuple[int, int, Term]]:
    """Where terms stand in a text: start, end, which."""
    held = [(start, end, _bare(word, articles)) for start, end, word in written_words(text)]
    found = []
    for term in terms:
        size = len(term.words)
        for at in range(len(held) - size + 1):
            row = tuple(word for _, _, word in held[at : at + size])
            if row == term.words or (
                term.begins and row[:-1] == term.words[:-1] and row[-1].startswith(term.words[-1])
            ):
                found.append((held[at][0], held[at + size - 1][1], term))
    return found


def cut(text: str, span: tuple[int, int], most: int = SNIPPET_WORDS) -> str:
    """About *most* words of a text around a span, with … where something is left out; white space made single."""
    held = [(match.start(), match.end()) for match in re.finditer(rf"[{_ALONE}]|[^\s{_ALONE}]+", text)]
    if len(held) <= most:
        return " ".join(text.split())
    first = max((at for at, (start, _) in enumerate(held) if start <= span[0]), default=0)
    begin = max(0, min(first - most // 3, len(held) - most))
    end = begin + most
    inner = " ".join(text[held[begin][0] : held[end - 1][1]].split())
    return f"{'… ' if begin else ''}{inner}{' …' if end < len(held) else ''}"


# -- filling a query


def filled(file: str, pieces: Sequence[str], blocks: Sequence[Mapping[str, Any]]) -> str:
    """The query with what its search blocks find in the index *file* as VALUES between its pieces.

    The terms are written by the engine's own classes, so that no text gets out of its quotation marks. Raises
    ``RuntimeError`` where the index cannot be read.
    """
    try:
        index = _opened(file)
        parts = [_values(index, block) for block in blocks]
    except sqlite3.Error as error:
        raise RuntimeError(f"{file}: {error}") from error
    return "".join(part for pair in zip(pieces, [*parts, ""], strict=True) for part in pair)


def _values(index: Index, block: Mapping[str, Any]) -> str:
    rows = []
    for hit in index.find(block["words"], block["limit"], with_snippets=block["snippet"]):
        row = [str(NamedNode(hit.thing))]
        if block["score"]:
            row.append(f"{hit.score:.9f}")
        if block["snippet"]:
            row.append(str(Literal(hit.snippet, language=hit.language)))
        rows.append(f"({' '.join(row)})")
    # One line, so that the lines after it keep their numbers.
    return f" VALUES ({' '.join(block['variables'])}) {{ {' '.join(rows)} }} "


@lru_cache(maxsize=2)
def _opened(file: str) -> Index:
    return Index(file)


# -- the script


def fields_of(ask: Callable[[str], Any], rules: Path) -> tuple[list[Field], list[str]]:
    """The fields that a folder of rules names, their texts by *ask* (query → solutions), the articles to take off."""
    values = tomllib.loads((rules / "index.toml").read_text(encoding="utf-8"))
    fields = [
        Field(each["name"], float(each["weight"]), _texts(ask, rules / each["query"]))
        for each in values["field"]
    ]
    return fields, list(values.get("articles", ()))


def _texts(ask: Callable[[str], Any], query: Path) -> Iterator[tuple[str, str, str | None]]:
    found = ask(query.read_text(encoding="utf-8"))
    assert isinstance(found, QuerySolutions), "the query of a field is a SELECT"
    for row in found:
        thing, text = row["thing"], row["text"]
        if isinstance(thing, NamedNode) and isinstance(text, Literal):
            yield thing.value, text.value, text.language


def main(generation: str, rules: str, path: str) -> None:
    """Makes the index of a generation's folder by a folder of rules."""
    os.nice(5)
    fields, articles = fields_of(Store.read_only(generation).query, Path(rules))
    make(Path(path), fields, articles=articles)


if __name__ == "__main__":
    main(*sys.argv[1:4])
