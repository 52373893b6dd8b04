"""A document's identity and head → the titles of offices that nobody's are in it: "the Secretary-General" of whom?

Many organizations have a Secretary-General. In a document of a body with a key the title is that of the office that
its organization has. In one whose body has no key it stays open, unless the head or the symbol says that the
document is of the family of the best known one.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from treatygraph.cite.scope import OFFICER, own_chain
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Block
from treatygraph.model.tree import DocumentTree, Place
from treatygraph.parse.lexicon import word_pattern
from treatygraph.registry.values import EVERYWHERE, Body, Registry

_HEAD: Final = 12  # blocks in which a document says whose it is
PRINCIPAL: Final = "principal-organ"
"""The kind of the organs at the top of the family whose officers are known by their title alone."""


def open_titles(tree: DocumentTree, identity: DocumentIdentity, registry: Registry) -> frozenset[str]:
    """The titles that several officers have, where nothing says whose officer the document speaks of; else none."""
    if identity.body is not None or _of_the_family(tree, identity.symbol, registry):
        return frozenset()
    return _common_titles(_Held(registry), tree.source.language)


def _of_the_family(tree: DocumentTree, symbol: str | None, registry: Registry) -> bool:
    if symbol is not None and symbol.split("/")[0] in _family_series(_Held(registry)):
        return True
    named = word_pattern(tree.source.language, "frontmatter", "family")
    return any(named.search(block.text) for block in tree.source.blocks[:_HEAD] if _is_head(tree, block))


def _is_head(tree: DocumentTree, block: Block) -> bool:
    placement = tree.place_of(block.span.start)
    return placement is not None and placement.place is Place.FRONT_MATTER


class _Held:
    """A registry by its digest, so that what is made of it is made once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and (
            other.registry is self.registry
            or (bool(self.registry.digest) and other.registry.digest == self.registry.digest)
        )

    def __hash__(self) -> int:
        return hash(self.registry.digest)


@lru_cache(maxsize=8)
def _family_series(held: _Held) -> frozenset[str]:
    """What the symbols of the bodies below the principal organs begin with."""
    registry = held.registry
    return frozenset(
        body.symbol.split("/")[0]
        for body in registry.bodies.values()
        if body.symbol and registry.bodies[own_chain(body.key, registry)[-1]].kind == PRINCIPAL
    )


@lru_cache(maxsize=32)
def _common_titles(held: _Held, language: str) -> frozenset[str]:
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
