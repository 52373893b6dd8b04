"""Registry names → a matcher: the names of a language by their words, and what a name found in a text may be.

The matcher is data for the finder: it says only that such words may mean such keys. What they mean in a document
is decided in ``scope``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from treatygraph.cite.lexicon import LexedWords, Lexeme, Lexicon
from treatygraph.cite.tokens import Trie
from treatygraph.registry.values import EVERYWHERE, Alias, Registry

INSTRUMENT: Final = "instrument"
BODY: Final = "body"
TOOL: Final = "tool"
TEXT: Final = "text"
LONGEST_NOUN: Final = 12
NAMES_KEPT: Final = 4096
"""Names and words as they are printed, of which so many are kept: documents repeat the same few."""
_SHORTEST_NAME: Final = 4  # words of a name whose prefix may be left out
_LONG_NAME: Final = 4  # words
_UNACCENTED: Final = str.maketrans(
    "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜÁÍÓÚàâäçéèêëîïôöùûüáíóú", "AAACEEEEIIOOUUUAIOUaaaceeeeiioouuuaiou"
)


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name of one thing, as the registry gives it. ``words`` are its words as printed, without commas.

    ``shared``: other things have the name too ("Geneva Conventions").
    """

    domain: str
    key: str
    alias: Alias
    words: tuple[str, ...]
    acronym: bool
    shared: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """All names of a language by their words, the noun of each thing's full name ("Convention"), and all its words."""

    trie: Trie = field(repr=False)
    nouns: Mapping[str, str]
    by_noun: Mapping[str, tuple[str, ...]]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class NameHit:
    """A proper name, or a noun that stands for one: words ``first`` to ``last``, offsets ``start`` to ``end``.

    ``entries`` are the names it may be; empty for a name that the registry lacks. ``noun`` is its noun, folded
    ("convention", "working group"). ``bare`` is a noun alone, whose meaning depends on the text around it.
    ``nested`` stands inside a longer name, ``within`` inside one of its own domain. ``acronym``: printed as an acronym.
    ``to`` is the start of the instrument's name in "Conference of the Parties to the Convention", -1 elsewhere.
    """

    domain: str
    first: int
    last: int
    start: int
    end: int
    noun: str
    entries: tuple[NameEntry, ...] = ()
    bare: bool = False
    nested: bool = False
    within: bool = False
    acronym: bool = False
    to: int = -1


def build_matcher(registry: Registry, language: str, lexicon: Lexicon) -> Matcher:
    """The matcher of a registry for one language."""
    trie, skip = Trie(lexicon.script), lexicon.order.skip
    nouns: dict[str, str] = {}
    by_noun: dict[str, list[str]] = {}
    told: dict[str, frozenset[str]] = {}
    for domain, key, name, aliases in _named(registry):
        if language != "en":
            # What is said in documents of one body alone is no name.
            name = next(
                (each.text for each in aliases if each.language == language and each.scope == EVERYWHERE), ""
            )
        noun = noun_in(name, lexicon, domain)
        nouns[key] = noun
        told[key] = frozenset(lexicon.tokenise(name).norms)
        if noun:
            by_noun.setdefault(noun, []).append(key)
        for alias in dict.fromkeys((Alias(name, language), *aliases)):
            if alias.language == language and alias.text:
                words = tuple(_words(alias.text, lexicon))
                entry = NameEntry(domain, key, alias, words, _is_acronym(words))
                trie.add(alias.text, entry, without=skip)
                bare = alias.text.translate(_UNACCENTED)
                if lexicon.order.bare_capitals and bare != alias.text and len(words) >= _LONG_NAME:
                    # "CONVENTION … DES ESPECES": capitals that typists left without their accents
                    trie.add(
                        bare,
                        NameEntry(domain, key, alias, tuple(_words(bare, lexicon)), False),
                        without=skip,
                    )
                for shorter in _shortened(alias.text, lexicon, domain):
                    trie.add(
                        shorter,
                        NameEntry(domain, key, alias, tuple(_words(shorter, lexicon)), False),
                        without=skip,
                    )
    for each in registry.together:
        if each.language == language:
            words = tuple(_words(each.name, lexicon))
            for key in each.members:
                entry = NameEntry(INSTRUMENT, key, Alias(each.name, language), words, False, shared=True)
                trie.add(each.name, entry, without=skip)
    return Matcher(trie, nouns, {noun: tuple(sorted(keys)) for noun, keys in by_noun.items()}, told)


def _named(registry: Registry) -> Iterator[tuple[str, str, str, tuple[Alias, ...]]]:
    for domain, things in (
        (INSTRUMENT, registry.instruments),
        (BODY, registry.bodies),
        (TOOL, registry.tools),
        (TEXT, registry.texts),
    ):
        for key in sorted(things):
            yield domain, key, things[key].name, things[key].aliases


def _shortened(text: str, lexicon: Lexicon, domain: str) -> Iterator[str]:
    """A name as texts shorten it: without its first word, or without whose it is ("Convention des Nations Unies …")."""
    if domain == INSTRUMENT and (shorter := _without_prefix(text, lexicon)):
        yield shorter
    for owner in lexicon.order.left_out:
        if domain in (INSTRUMENT, BODY) and f" {owner} " in text:
            bare = text.replace(f" {owner} ", " ", 1)
            if len(lexicon.tokenise(bare)) >= _SHORTEST_NAME:
                yield bare


def _without_prefix(text: str, lexicon: Lexicon) -> str | None:
    """A full name without a first word that texts leave out ("International" Convention on …), or None."""
    words = lexicon.tokenise(text)
    found = words.at(0, "prefix")
    if found is None or len(words) - found[1] < _SHORTEST_NAME:
        return None
    return text[words.starts[found[1]] :]


def _words(text: str, lexicon: Lexicon) -> Iterator[str]:
    words = lexicon.tokenise(text)
    return (words.raw(i) for i in range(len(words)) if words.norm(i) not in lexicon.order.skip)


def _is_acronym(words: tuple[str, ...]) -> bool:
    return len(words) <= 2 and any(
        sum(c.isupper() for c in word) > 1 and not all(part.istitle() for part in word.split("-"))
        for word in words
    )


@lru_cache(maxsize=NAMES_KEPT)
def noun_in(name: str, lexicon: Lexicon, domain: str) -> str:
    """The first noun of the domain in a full name: "protocol" of "Optional Protocol to the Convention …"."""
    role = f"{domain}_noun"
    words = lexicon.tokenise(name)
    for index in sorted(range(len(words)), reverse=lexicon.order.head_last):
        found = words.at(index, role)
        if found is None or not (words.capital(index) or lexicon.order.lower_names):
            continue
        if not lexicon.order.head_last or found[1] == len(words):
            return lexicon.noun(
                _longest_ending(words, lexicon, role, _head_noun(words, lexicon, role, found))
            )
    return ""


def _head_noun(
    words: LexedWords, lexicon: Lexicon, role: str, found: tuple[Lexeme, int]
) -> tuple[Lexeme, int]:
    """The last of nouns that stand in one row of capitals: "Committee" of "Harbour Council Advisory Committee"."""
    if lexicon.order.head_last or lexicon.order.lower_names:
        return found
    index = found[1]
    while index < len(words) and words.capital(index):
        further = words.at(index, role)
        found, index = (further, further[1]) if further else (found, index + 1)
    return found


def _longest_ending(words: LexedWords, lexicon: Lexicon, role: str, found: tuple[Lexeme, int]) -> Lexeme:
    """The longest noun that ends where *found* does: of a name that ends with its noun."""
    longest = found[0]
    if lexicon.order.head_last:
        for index in range(found[1] - 1, max(-1, found[1] - LONGEST_NOUN), -1):
            other = words.at(index, role)
            if other and other[1] == found[1] and len(other[0].text) > len(longest.text):
                longest = other[0]
    return longest
