"""A document's head → whether it is of the family of the best known organization, of another one, or says neither.

Several organizations have a "General Assembly" and a "Secretary-General". The head tells whose a document is: by a
symbol, by the family's name, or by a line that is the name of another organization.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from treatygraph.cite.referents import own_chain
from treatygraph.model.text import Block
from treatygraph.model.tree import DocumentTree, Place
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.writing import writing
from treatygraph.registry.held import Held
from treatygraph.registry.values import Registry

_HEAD: Final = 12  # blocks in which a document says whose it is
PRINCIPAL: Final = "principal-organ"
"""The kind of the organs at the top of the family whose officers are known by their title alone."""
_LARGE_WORDS: Final = 2
_SMALL: Final = 2  # letters of a word like "of"
# "AG/RES. 3115 (LIX-O/29)": capital letters in two or more parts, and a number.
_CODED_LINE: Final = re.compile(r"(?P<series>[A-Z]{2,8})(?:/[A-Z]{2,8}){1,3}(?:\.\s?|\s)?\d[^a-z]{0,40}")


def of_the_family(tree: DocumentTree, symbol: str | None, registry: Registry) -> bool:
    """Whether the symbol or the head says that the document is of the family."""
    if symbol is not None and symbol.split("/")[0] in _series(Held(registry), family=True):
        return True
    return _names_the_family(tree)


def of_another_family(tree: DocumentTree, registry: Registry) -> bool:
    """Whether the head names another organization, or has a number of a series that no body of the registry has."""
    if _names_the_family(tree):
        return False
    known = _series(Held(registry), family=False)
    coded = (match for block in _head(tree) if (match := _CODED_LINE.fullmatch(block.text.strip(" *_"))))
    return any(match["series"] not in known for match in coded) or names_another(tree)


def names_another(tree: DocumentTree) -> bool:
    """Whether a line of the head is the name of an organization, and none is that of the family."""
    lines = (block.text for block in _head(tree))
    return not _names_the_family(tree) and any(
        names_organization(line, tree.source.language) for line in lines
    )


@lru_cache(maxsize=32)
def initials(held: Held, language: str) -> Mapping[str, frozenset[str]]:
    """The first letters of the names of bodies, each with whose they are ("UNGA", "COP"); of the family nobody's."""
    found: dict[str, set[str]] = {_letters(name): set() for name in words(language, "frontmatter", "family")}
    for body in held.registry.bodies.values():
        for name in (body.name, *(alias.text for alias in body.aliases if alias.language == language)):
            for letters in (_letters(name), _letters(name, small=True)):
                found.setdefault(letters, set()).add(body.key)
    return MappingProxyType({letters: frozenset(keys) for letters, keys in found.items()})


def _letters(name: str, *, small: bool = False) -> str:
    """The first letters of the words with a capital letter, and of those of two letters ("of") where *small*."""
    return "".join(
        word[0].upper() for word in name.split() if word[:1].isupper() or (small and len(word) == _SMALL)
    )


def _names_the_family(tree: DocumentTree) -> bool:
    named = word_pattern(tree.source.language, "frontmatter", "family")
    return any(named.search(block.text) for block in _head(tree))


def _head(tree: DocumentTree) -> Iterator[Block]:
    for block in tree.source.blocks[:_HEAD]:
        placement = tree.place_of(block.span.start)
        if placement is not None and placement.place is Place.FRONT_MATTER:
            yield block


def names_organization(line: str, language: str) -> bool:
    """Whether a line is the name of an organization and nothing else; "Organization of work" is none.

    >>> names_organization("ORGANIZATION OF ISLAND LAMPS (OIL)", "en")
    True
    """
    bare = line.strip(" #*_")
    if _organization(language).fullmatch(bare) is None:
        return False
    large = [word for word in bare.split() if word[:1].isupper()]
    return len(large) >= _LARGE_WORDS or not writing(language).capitals


@cache
def _organization(language: str) -> re.Pattern[str]:
    """The noun of an organization with a few words before it, as names are written, and behind it."""
    how = writing(language)
    noun = f"{how.left}{one_of(words(language, 'frontmatter', 'organization'))}{how.right}"
    word = r"[\w’'-]{1,24}" if how.spaced else r"\w{1,12}"
    before = rf"(?:(?![a-zа-я]){word}{how.gap}){{0,3}}"
    behind = rf"(?:{how.gap}{word}){{0,6}}" if how.spaced else ""  # there the noun stands last
    return re.compile(rf"{before}(?i:{noun}){behind}(?:\s?[(（][^()（）]{{2,12}}[)）])?")


@lru_cache(maxsize=16)
def _series(held: Held, *, family: bool) -> frozenset[str]:
    """What the symbols of the bodies begin with: of those below the principal organs, or of all."""
    registry = held.registry
    return frozenset(
        series.split("/")[0]
        for body in registry.bodies.values()
        for series in (body.symbol, *body.other_symbols)
        if series and (not family or registry.bodies[own_chain(body.key, registry)[-1]].kind == PRINCIPAL)
    )
