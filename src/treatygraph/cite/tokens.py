"""A string → its words: where each starts and ends, and its form for comparison.

How a language writes its words (``Script``) is data: letters elided before a word, particles written together with
it, endings of its cases, no spaces at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from treatygraph.parse.figures import FIGURES

# A word (with inner hyphens and apostrophes), a number with letters glued to it (16th, 12A), or one other character;
# a tab too, which divides the cells of a table: no name and no reference runs over it.
# The joints and the letters exclude each other, so that no text makes the pattern try a stretch twice.
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-'\u2019\u2010\u2011][^\W\d_]+)*|\d+[^\W\d_]*|\S|\t")
_APART_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+[^\W\d_]*|\S|\t")
_FOLDED: Final = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-"}
)

YEAR_FIGURES: Final = 4
"""The figures of a year."""
_APOSTROPHES: Final = ("'", "\u2019")
# Digits and punctuation of other scripts, each for one character of ours, so that offsets stay what they are.
_PLAIN: Final = FIGURES | str.maketrans(
    "\u2010\u2011\u060c\u061b\u061f\uff0c\u3001\uff1b\uff1a\uff08\uff09\uff0f\uff0e\uff3b\uff3d",
    "--,;?,,;:()/.[]",
)
# Translating takes a hundred times longer than seeing that there is nothing to translate.
_FOREIGN: Final = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_UNFOLDED: Final = re.compile(f"[{''.join(map(chr, _FOLDED))}]")
_MARKS: Final = "\u0610-\u061a\u0640\u064b-\u065f\u0670"
_UNMARKED: Final = re.compile(f"[{_MARKS}]+")
_HAMZA: Final = str.maketrans("\u0623\u0625\u0622\u0671", "\u0627" * 4)
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_TOKEN: Final = re.compile(
    rf"[{_HAN}]|[^\W\d_{_HAN}]+(?:[-'\u2019][^\W\d_{_HAN}]+)*|\d+[^\W\d_{_HAN}]*|\S|\t"
)
_MARKED_TOKEN: Final = re.compile(
    rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*|\d+[A-Za-z]*|[^\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\t"
)
FEMININE: Final = "\u0629"
"""The Arabic letter in which feminine nouns and adjectives end."""
_SHORTEST_STEM: Final = 3
_WITH_ARTICLE: Final = 4


def is_year(printed: str) -> bool:
    """Whether a word is a year of the last century or this one."""
    return printed.isdigit() and len(printed) == YEAR_FIGURES and printed.startswith(("19", "20"))


@dataclass(frozen=True, slots=True)
class Script:
    """How a language writes its words.

    ``elisions`` stand before a word with an apostrophe ("l’article" is two words). ``particles`` are written together
    with a word that has the ``article``, or is one of ``stems``. ``endings`` of cases are cut off the form for
    comparison. ``spaceless``: each character of the script is a word. ``possessive`` is cut off owners ("Council’s").
    ``apart``: what a hyphen joins are words of their own, as the same is printed with a dash ("государств-участников",
    "государств — участников").
    """

    elisions: tuple[str, ...] = ()
    particles: str = ""
    article: str = ""
    stems: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    spaceless: bool = False
    possessive: str = ""
    apart: bool = False

    def fold(self, word: str) -> str:
        """The comparison form of a word of this language."""
        norm = fold(word)
        if self.article:
            return _UNMARKED.sub("", norm).translate(_HAMZA)
        return _stem(norm, self.endings) if self.endings else norm


PLAIN_SCRIPT: Final = Script()


def plain(text: str) -> str:
    """The text with the digits and the punctuation of all scripts as ours, of the same length."""
    return text.translate(_PLAIN) if _FOREIGN.search(text) else text


@lru_cache(maxsize=50_000)
def _stem(norm: str, endings: tuple[str, ...]) -> str:
    """A word without the ending of its case, and without what is left of a soft stem."""
    if len(norm) <= _SHORTEST_STEM or not norm.isalpha():
        return norm
    norm = norm.replace("ё", "е")
    for ending in endings:
        if norm.endswith(ending) and len(norm) - len(ending) >= _SHORTEST_STEM:
            norm = norm[: -len(ending)]
            break
    while len(norm) > _SHORTEST_STEM and norm[-1] in "аеёийоуыэюяь":
        norm = norm[:-1]
    return norm


@dataclass(frozen=True, slots=True)
class Words:
    """The words of *text*: ``norms[i]`` is the comparison form of ``text[starts[i]:ends[i]]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    norms: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.norms)

    def raw(self, index: int) -> str:
        """The word as printed; empty outside the text."""
        if not 0 <= index < len(self.norms):
            return ""
        return self.text[self.starts[index] : self.ends[index]]

    def norm(self, index: int) -> str:
        """The comparison form of a word; empty outside the text."""
        return self.norms[index] if 0 <= index < len(self.norms) else ""

    def glued(self, index: int) -> bool:
        """Whether no space stands between the word and the one before it."""
        return 0 < index < len(self.norms) and self.ends[index - 1] == self.starts[index]

    def owner(self, index: int) -> int:
        """How many letters at the end of a word say that it owns what follows: "’s" of "Council’s"."""
        raw = self.raw(index)
        return len(raw) - len(self.norm(index)) if raw[-2:-1] in _APOSTROPHES and raw[-2:-1] else 0

    def index_at(self, offset: int) -> int:
        """The first word that starts at or after *offset*."""
        return bisect_left(self.starts, offset)

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital letter, or with a letter of a script that has no capitals."""
        first = self.raw(index)[:1]
        return first.isupper() or (first.isalpha() and first == first.swapcase())


def fold(word: str) -> str:
    """The comparison form of a word: case folded, one kind of hyphen, dash and apostrophe."""
    return word.casefold() if word.isascii() else word.casefold().translate(_FOLDED)


def tokenise(text: str, script: Script = PLAIN_SCRIPT) -> Words:
    """The words of *text*, in time linear in its length."""
    if script.particles:
        return _with_particles(text, script)
    pattern = _pattern(script)
    spans = [match.span() for match in pattern.finditer(text)]
    folded = text.translate(_FOLDED) if _UNFOLDED.search(text) else text
    lowered = folded.casefold()
    if len(lowered) == len(folded):  # no letter of it is two when it is folded
        norms = [lowered[start:end] for start, end in spans]
    else:
        norms = [folded[start:end].casefold() for start, end in spans]
    if script.endings:
        norms = [_stem(norm, script.endings) for norm in norms]
    if script.possessive and script.possessive in folded:
        norms = [norm.removesuffix(script.possessive) for norm in norms]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return Words(text, starts, ends, tuple(norms))


def _pattern(script: Script) -> re.Pattern[str]:
    if script.spaceless:
        return _HAN_TOKEN
    return _elided(script.elisions) if script.elisions else _APART_TOKEN if script.apart else _TOKEN


@lru_cache(maxsize=8)
def _elided(elisions: tuple[str, ...]) -> re.Pattern[str]:
    letters = "|".join(sorted(elisions, key=lambda each: (-len(each), each)))
    return re.compile(rf"(?i:{letters})['\u2019](?=\w|$)|{_TOKEN.pattern}")


def _with_particles(text: str, script: Script) -> Words:
    """Words of a script whose particles ("and", "in", "to") are written together with the word after them."""
    pieces: list[tuple[int, int, str]] = []
    for match in _MARKED_TOKEN.finditer(text):
        start, end = match.span()
        norm = script.fold(match.group())
        if not norm:  # marks without a letter
            continue
        while (rest := _after_particle(norm, script)) is not None:
            following = start + 1
            while _UNMARKED.match(text, following):
                following += 1
            if norm[1:] in script.stems:
                # "للجنة المخدرات" is the committee on drugs, "للجنة الخاصة" the special committee
                rest = (
                    rest
                    if text[end + 1 : end + 40].split(" ")[0].rstrip(",.;").endswith(FEMININE)
                    else norm[1:]
                )
            pieces.append((start, following, norm[0]))
            start, norm = following, rest
        pieces.append((start, end, norm))
    return Words(
        text,
        tuple(start for start, _, _ in pieces),
        tuple(end for _, end, _ in pieces),
        tuple(norm for _, _, norm in pieces),
    )


def _after_particle(norm: str, script: Script) -> str | None:
    """The word after the particle that *norm* begins with; None where it begins with none.

    >>> _after_particle("بالقرار", Script(particles="بلو", article="ال"))
    'القرار'
    """
    if norm in script.stems or len(norm) < _SHORTEST_STEM or norm[0] not in script.particles:
        return None
    rest = norm[1:]
    if rest.startswith(script.article) and len(rest) >= _WITH_ARTICLE:
        return rest
    if norm.startswith(script.article[1:] * 2) and len(norm) >= _WITH_ARTICLE:
        return script.article[0] + rest
    if rest in script.stems or _after_particle(rest, script) is not None:
        return rest
    return None


class Trie:
    """Phrases by their words; ``longest`` gives what is stored for the longest phrase that starts at a word."""

    __slots__ = ("_root", "_script")

    def __init__(self, script: Script = PLAIN_SCRIPT) -> None:
        self._root: dict[str, Any] = {}
        self._script = script

    def add(self, phrase: str, value: object, *, without: str = "") -> None:
        """Stores *value* under the words of *phrase*, leaving out words that stand in *without*."""
        node = self._root
        for norm in tokenise(plain(phrase), self._script).norms:
            if norm not in without:
                node = node.setdefault(norm, {})
        node.setdefault("", []).append(value)

    def starts(self, words: Words) -> list[int]:
        """The words with which a stored phrase may start."""
        root = self._root
        return [index for index, norm in enumerate(words.norms) if norm in root]

    def phrases(self, words: Words) -> list[tuple[int, int, list[Any]]]:
        """Every stored phrase in the text, as (first word, index after it, values), by their start, shortest first."""
        root, norms, found = self._root, words.norms, []
        count = len(norms)
        for first, norm in enumerate(norms):
            node = root.get(norm)
            index = first + 1
            while node is not None:
                if "" in node:
                    found.append((first, index, node[""]))
                if index == count:
                    break
                node = node.get(norms[index])
                index += 1
        return found

    def matches(
        self,
        words: Words,
        index: int,
        *,
        skip: str = "",
        over: frozenset[int] = frozenset(),
        without: frozenset[int] = frozenset(),
    ) -> Iterator[tuple[int, list[Any]]]:
        """Every stored phrase that starts at *index*, shortest first, as (index after it, values).

        Words that stand in *skip*, and those at the indices *over*, may come between the words of the text; those at
        the indices *without* are passed over.
        """
        node: dict[str, Any] | None = self._root
        position, norms = index, words.norms
        while position < len(norms) and node is not None:
            norm = norms[position]
            position += 1
            if position - 1 in without and position > index + 1:
                continue
            inner = node.get(norm)
            if inner is None:
                if (norm in skip or position - 1 in over) and position > index + 1:
                    continue
                return
            node = inner
            if "" in inner:
                yield position, inner[""]

    def longest(self, words: Words, index: int, *, skip: str = "") -> tuple[int, list[Any]] | None:
        """The longest stored phrase that starts at *index* as (index after it, values), or None."""
        found = None
        for found in self.matches(words, index, skip=skip):  # noqa: B007
            pass
        return found
