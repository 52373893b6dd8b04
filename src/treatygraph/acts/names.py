"""A string and a registry → the names of bodies, groups, tools, texts and instruments that stand in it.

The longest name at a place counts; a name in a body's scope counts only in documents of that body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.registry.values import Alias, Registry

_WORD: Final = re.compile(r"\w+")
# One character for one: typographic apostrophes, dashes and spaces read as plain ones.
_PLAIN: Final = str.maketrans(
    {"’": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u00a0": " "}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a string: ``kind`` is body, group, tool, text or treaty."""

    start: int
    end: int
    kind: str
    key: str


def fold(text: str) -> str:
    """*text* in lower case with plain apostrophes, dashes and spaces, character for character."""
    plain = text.translate(_PLAIN)
    lower = plain.lower()
    return (
        lower if len(lower) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    )


class NameIndex:
    """The names that a document of *body* can use, found by their first word."""

    def __init__(self, registry: Registry, body: str | None, language: str) -> None:
        self._by_first: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
        for kind, things in (
            ("body", registry.bodies),
            ("group", registry.groups),
            ("tool", registry.tools),
            ("text", registry.texts),
            ("treaty", registry.instruments),
        ):
            for key, thing in things.items():
                own = Alias(thing.name, language)
                for alias in (own, *thing.aliases):
                    if alias.language == language and registry.in_scope(alias, body):
                        self._add(alias.text, kind, key)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry))

    def _add(self, text: str, kind: str, key: str) -> None:
        folded = fold(text)
        first = _WORD.search(folded)
        if first is not None and first.start() == 0:
            self._by_first[first.group()].append((folded, text, kind, key))

    def find(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Name, ...]:
        """The names in *text*, in order, without overlaps.

        No name ends inside one of the ranges *taken* (sorted) that begins behind it: "States parties to the
        Protocol" is not the name where "Protocol against …" is taken, but "States parties" is.
        """
        starts = [start for start, _ in taken]
        folded = fold(text)
        found: list[Name] = []
        position = 0
        for word in _WORD.finditer(folded):
            if word.start() < position:
                continue
            index = bisect_right(starts, word.start())
            barrier = taken[index] if index < len(taken) else (len(text), len(text))
            name = self._at(text, folded, word, barrier)
            if name is not None:
                found.append(name)
                position = name.end
        return tuple(found)

    def _at(self, text: str, folded: str, word: re.Match[str], barrier: tuple[int, int]) -> Name | None:
        start = word.start()
        for alias, printed, kind, key in self._by_first.get(word.group(), ()):
            end = start + len(alias)
            if not folded.startswith(alias, start) or (end < len(folded) and _WORD.match(folded, end)):
                continue
            if barrier[0] < end < barrier[1]:
                continue
            if _capitals_agree(text[start:end], printed, kind):
                return Name(start, end, kind, key)
        return None


def _capitals_agree(found: str, printed: str, kind: str) -> bool:
    """Whether a name is printed like a name: "the Conference" is one, "a conference" is not."""
    if kind != "group" and not printed[0].isupper():
        return True
    if kind == "group" and printed.islower():
        return True
    if kind == "group" and " " in printed:
        # "member States" and "Member States" are one; "all parties" are not "all Parties" to a treaty.
        return found.split()[-1][0].isupper() == printed.split()[-1][0].isupper()
    return found[0].isupper()
