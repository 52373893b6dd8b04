"""A string and a registry → the names of bodies, groups, tools, texts and instruments that stand in it.

The longest name at a place counts; a name in a body's scope counts only in documents of that body. Words are
compared as the language writes them: without the endings of cases, with the particles set apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from treatygraph.cite.lexicon import load_lexicon
from treatygraph.cite.tokens import Trie, Words, plain, tokenise
from treatygraph.registry.held import Held
from treatygraph.registry.values import EVERYWHERE, Alias, Registry

_KEPT: Final = 32
_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s\b")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a string: ``kind`` is body, group, tool, text or treaty."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name that a trie holds; ``common`` is one of all documents, which a name of the body's own goes before."""

    printed: str
    kind: str
    key: str
    common: bool = True


class NameIndex:
    """The names that a document of *body* can use, by their words."""

    def __init__(self, registry: Registry, body: str | None, language: str) -> None:
        self._lexicon = load_lexicon(language)
        self._trie = Trie(self._lexicon.script)
        for kind, things in (
            ("body", registry.bodies),
            ("group", registry.groups),
            ("tool", registry.tools),
            ("text", registry.texts),
            ("treaty", registry.instruments),
        ):
            for key, thing in things.items():
                # The name of the registry is English.
                for alias in (Alias(thing.name, "en"), *thing.aliases):
                    if alias.language == language and registry.in_scope(alias, body):
                        self._trie.add(alias.text, _Entry(alias.text, kind, key, alias.scope == EVERYWHERE))

    def find(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Name, ...]:
        """The names in *text*, in order, without overlaps.

        No name ends inside one of the ranges *taken* (sorted) that begins behind it: "States parties to the
        Protocol" is not the name where "Protocol against …" is taken, but "States parties" is.
        """
        starts = [start for start, _ in taken]
        words = tokenise(plain(_POSSESSIVE.sub("  ", text)), self._lexicon.script)
        found: list[Name] = []
        position = 0
        for index in self._trie.starts(words):
            start = words.starts[index]
            if start < position:
                continue
            after = bisect_right(starts, start)
            barrier = taken[after] if after < len(taken) else (len(text), len(text))
            name = next(self._at(text, words, index, barrier), None)
            if name is not None:
                found.append(name)
                position = name.end
        return tuple(found)

    def _at(self, text: str, words: Words, index: int, barrier: tuple[int, int]) -> Iterator[Name]:
        """The names that begin with a word, the longest first."""
        start = words.starts[index]
        for after, entries in reversed(list(self._trie.matches(words, index))):
            end = words.ends[after - 1]
            if barrier[0] < end < barrier[1]:
                continue
            for entry in sorted(entries, key=_own_first):
                if entry.kind == "body" and self._lexicon.ends_longer_name(text, start, end):
                    continue
                if _capitals_agree(text[start:end], entry.printed, entry.kind):
                    yield Name(start, end, entry.kind, entry.key)


def _own_first(entry: _Entry) -> tuple[bool, str, str, str]:
    """The order of names of one length: "Secretary-General" in a text of a body that has one is that body's."""
    return (entry.common, entry.printed, entry.kind, entry.key)


def _capitals_agree(found: str, printed: str, kind: str) -> bool:
    """Whether a name is printed like a name: "the Conference" is one, "a conference" is not."""
    if printed == printed.lower() or (kind != "group" and not printed[0].isupper()):
        return True
    if kind == "group" and " " in printed:
        # "member States" and "Member States" are one; "all parties" are not "all Parties" to a treaty.
        return found.split()[-1][0].isupper() == printed.split()[-1][0].isupper()
    return found[0].isupper()


def name_index(registry: Registry, body: str | None, language: str) -> NameIndex:
    """The index of a registry for a body and a language, which costs more than a text: the last are kept."""
    return _kept(Held(registry), body, language)


@lru_cache(maxsize=_KEPT)
def _kept(held: Held, body: str | None, language: str) -> NameIndex:
    return NameIndex(held.registry, body, language)
