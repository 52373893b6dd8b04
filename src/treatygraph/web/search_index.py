"""Names in the graph → what the search box looks in, made once a generation."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.cite.lexicon import languages, load_lexicon
from treatygraph.cite.tokens import Trie
from treatygraph.graph.iris import is_thing, key_of
from treatygraph.graph.terms import RDFS, SKOS, TG
from treatygraph.store.search import default_rules
from treatygraph.web.asking import Asker, Row
from treatygraph.web.pages.links import best
from treatygraph.web.search_words import fold, squeeze, words

KINDS: Final = (
    "Treaty", "Body", "Provision", "Session", "Meeting", "Happening", "AgendaItem", "Document", "Action", "Mandate",
    "Tool", "Group", "Publication",
)  # fmt: skip
"""The classes of what can be found, in the order in which people look for them."""

_LONGEST_TEXT: Final = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that can be found. ``weight``: how many statements with evidence point to it."""

    key: str
    kind: str
    """The name of its class, the narrowest of ``KINDS``."""
    label: str
    language: str | None
    titles: tuple[str, ...]
    aliases: tuple[str, ...]
    symbols: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Index:
    """All that can be found, by key, by name, by symbol, by word, and provisions by their numbers."""

    entries: dict[str, Entry]
    by_key: dict[str, str]
    """Folded key → key."""
    by_name: dict[str, tuple[str, ...]]
    """The words of a label, title or alias, joined by spaces → keys."""
    by_symbol: dict[str, tuple[str, ...]]
    by_word: dict[str, frozenset[str]] = field(repr=False)
    vocabulary: tuple[str, ...] = field(repr=False)
    provisions: dict[tuple[str, ...], tuple[str, ...]] = field(repr=False)
    """The numbers of a provision below its first step (``("art", "16", "5", "a")``) → keys."""
    names: Trie = field(repr=False)
    """Names of treaties and bodies → their keys."""
    linked: Counter[str] = field(repr=False)
    """Key → the weight of a thing and all parts of it."""

    def with_words(self, wanted: Sequence[str]) -> set[str]:
        """The keys of what has all words; the last may be the beginning of one, unless it is a number."""
        if not wanted:
            return set()
        found = self._beginning(wanted[-1])
        for word in wanted[:-1]:
            found &= self.by_word.get(word, frozenset())
        return found

    def _beginning(self, start: str) -> set[str]:
        if start.isdecimal():
            return set(self.by_word.get(start, ()))
        place = bisect_left(self.vocabulary, start)
        found: set[str] = set()
        while place < len(self.vocabulary) and self.vocabulary[place].startswith(start):
            found |= self.by_word[self.vocabulary[place]]
            place += 1
        return found


def make_index(asker: Asker) -> Index:
    """The index of the current generation."""
    counted = {
        row["thing"].value: int(row["count"].value) for row in asker.rows("search_weights") if "thing" in row
    }
    grouped: dict[NamedNode, list[Row]] = defaultdict(list)
    for row in asker.rows_of((default_rules() / "names.rq").read_text(encoding="utf-8")):
        if isinstance(thing := row["thing"], NamedNode) and is_thing(thing):
            grouped[thing].append(row)
    made = (_entry(thing, rows, counted.get(thing.value, 0)) for thing, rows in grouped.items())
    return index_of(sorted(made, key=lambda entry: entry.key))


def index_of(entries: Iterable[Entry]) -> Index:
    """The index of some entries."""
    held = {entry.key: entry for entry in entries}
    by_name: dict[str, set[str]] = defaultdict(set)
    by_symbol: dict[str, set[str]] = defaultdict(set)
    by_word: dict[str, set[str]] = defaultdict(set)
    provisions: dict[tuple[str, ...], list[str]] = defaultdict(list)
    names, linked = Trie(), Counter[str]()
    for key, entry in held.items():
        for name in (entry.label, *entry.titles, *entry.aliases, *entry.symbols):
            by_name[" ".join(words(name))].add(key)
        for symbol in (*entry.symbols, key.partition("/")[2] if key.startswith("document/") else ""):
            by_symbol[squeeze(symbol)].add(key)
        for word in _all_words(entry):
            by_word[word].add(key)
        if entry.kind in ("Treaty", "Body"):
            for name in (entry.label, *entry.titles, *entry.aliases):
                names.add(fold(name), key, without=",")
        if entry.kind == "Provision" and (owner := owner_of(key, held)):
            provisions[loose(key[len(owner) + 1 :].split("/"))].append(key)
        for whole in _wholes(key):
            linked[whole] += entry.weight
    by_symbol.pop("", None)
    return Index(
        held,
        {fold(key): key for key in held},
        {name: tuple(sorted(keys)) for name, keys in by_name.items()},
        {symbol: tuple(sorted(keys)) for symbol, keys in by_symbol.items()},
        {word: frozenset(keys) for word, keys in by_word.items()},
        tuple(sorted(by_word)),
        {path: tuple(keys) for path, keys in provisions.items()},
        names,
        linked,
    )


def owner_of(key: str, entries: dict[str, Entry]) -> str | None:
    """The treaty or text of which a provision is a part: the nearest thing above that is no provision itself."""
    return next(
        (
            whole
            for whole in reversed(_wholes(key)[:-1])
            if (e := entries.get(whole)) and e.kind != "Provision"
        ),
        None,
    )


def loose(path: Sequence[str]) -> tuple[str, ...]:
    """A path of a key with the first word for a step only: people leave the others out.

    >>> loose(["art", "16", "para", "5", "a"])
    ('art', '16', '5', 'a')
    """
    return (path[0], *(part for part in path[1:] if part not in STEPS))


def _steps() -> frozenset[str]:
    return frozenset(
        lexeme.sense for language in languages() for lexeme in load_lexicon(language).of_role("unit")
    )


STEPS: Final = _steps()
"""The words for steps in the keys of provisions: "art", "para", …"""


def _wholes(key: str) -> list[str]:
    parts = key.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _all_words(entry: Entry) -> set[str]:
    texts = (entry.label, *entry.titles, *entry.aliases, *entry.symbols, _readable(entry.key))
    return {word for text in texts for word in words(text[:_LONGEST_TEXT])}


def _readable(key: str) -> str:
    """The key where it says something: a name by a hash has none."""
    return "" if key.startswith(("mandate/", "action/")) else key


def _entry(thing: NamedNode, rows: list[Row], weight: int) -> Entry:
    def texts(property_: NamedNode) -> list[Literal]:
        found = {row["text"] for row in rows if row["property"] == property_}
        return sorted((each for each in found if isinstance(each, Literal)), key=lambda each: each.value)

    kinds = {row["kind"].value[len(TG.NAMESPACE) :] for row in rows}
    narrow = kinds - {"Happening"} or kinds
    name = best(texts(RDFS.label))
    return Entry(
        key=key_of(thing),
        kind=min(narrow, key=KINDS.index),
        label=name.value if name else key_of(thing),
        language=name.language if name else None,
        titles=tuple(dict.fromkeys(each.value for each in texts(TG.title))),
        aliases=tuple(dict.fromkeys(each.value for each in texts(SKOS.altLabel))),
        symbols=tuple(each.value for each in (*texts(TG.symbol), *texts(TG.symbolSeries))),
        weight=weight,
    )
