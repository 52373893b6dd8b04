"""A document's identity and head → the titles of offices that nobody's are in it: "the Secretary-General" of whom?

Many organizations have a Secretary-General. In a document of a body with a key the title is that of the office that
its organization has. In one whose body has no key it stays open, unless the head or the symbol says that the
document is of the family of the best known one. Where the head names another organization, or one with such a name
speaks below a number of a series that is not known, the short names of the organs of the best known one stay open as
well: "the General Assembly" is then one of its own.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from treatygraph.cite.families import PRINCIPAL, names_another, of_another_family, of_the_family
from treatygraph.cite.referents import OFFICER
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.tree import DocumentTree
from treatygraph.registry.held import Held
from treatygraph.registry.values import EVERYWHERE, Body, Registry

_OPENING: Final = 30  # blocks in which acts begin
_LONGEST_LINE: Final = 60


def open_titles(tree: DocumentTree, identity: DocumentIdentity, registry: Registry) -> frozenset[str]:
    """The titles that several have, where nothing says whose officer or organ the document speaks of; else none."""
    if identity.body is not None or of_the_family(tree, identity.symbol, registry):
        return frozenset()
    held, language = Held(registry), tree.source.language
    titles = _common_titles(held, language)
    organs = _principal_names(held, language)
    own = names_another(tree) or (of_another_family(tree, registry) and _speaks(tree, organs))
    return titles | organs if own else titles


def _speaks(tree: DocumentTree, names: frozenset[str]) -> bool:
    """Whether one with such a name opens the document's acts: "The General Assembly," on a line of its own."""
    lines = (block.text.strip(" *_").casefold() for block in tree.source.blocks[:_OPENING])
    ends = tuple(f"{name.casefold()}," for name in names)
    return any(line.endswith(ends) and len(line) <= _LONGEST_LINE for line in lines)


@lru_cache(maxsize=32)
def _common_titles(held: Held, language: str) -> frozenset[str]:
    """The short titles of officers whose title other officers have as well, in a language."""
    officers = [body for body in held.registry.bodies.values() if body.kind == OFFICER]
    held_by = Counter(
        title for body in officers for title in {each.casefold() for each in _names(body, "en")}
    )
    return frozenset(
        alias.text
        for body in officers
        if any(held_by[title.casefold()] > 1 for title in _names(body, "en"))
        for alias in body.aliases
        if alias.language == language and alias.scope == EVERYWHERE and _is_short(alias.text, body, language)
    )


def _names(body: Body, language: str) -> list[str]:
    aliases = [alias.text for alias in body.aliases if alias.language == language]
    return [body.name, *aliases] if language == "en" else aliases


def _is_short(title: str, body: Body, language: str) -> bool:
    """Whether a longer name of the officer holds the title: "Secretary-General of the United Nations"."""
    return any(title != name and title in name for name in _names(body, language))


@lru_cache(maxsize=32)
def _principal_names(held: Held, language: str) -> frozenset[str]:
    """The short names of the principal organs, by which other organizations call organs of theirs."""
    organs = [body for body in held.registry.bodies.values() if body.kind == PRINCIPAL]
    return frozenset(
        name for body in organs for name in _names(body, language) if _is_short(name, body, language)
    )
