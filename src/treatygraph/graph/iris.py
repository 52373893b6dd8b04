"""Keys and IRIs: the only place that makes an IRI or takes one apart.

IRI = base + key, character for character (how a key is written: ``model/keys.py``).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.model.errors import KeyFormatError
from treatygraph.model.keys import encode_key

TERMS: Final = "https://w3id.org/treatygraph/ns#"
"""The namespace of terms (``tg:``)."""

THINGS: Final = "https://w3id.org/treatygraph/id/"
"""The base of the IRIs of things."""

UNIT_SEPARATOR: Final = "\u001f"


_KEPT_CHARACTERS: Final = 300
"""Keys of documents and passages have fewer; whoever asks a server for longer ones must not fill its memory."""


def iri(key: str) -> NamedNode:
    """The IRI of the thing with that key; raises ``KeyFormatError`` for a string that is not a key."""
    return _kept(key) if len(key) <= _KEPT_CHARACTERS else _made(key)


@lru_cache(maxsize=8192)
def _kept(key: str) -> NamedNode:
    return _made(key)


def _made(key: str) -> NamedNode:
    if not key or encode_key(key) != key:
        raise KeyFormatError(f"{key!r} is not a key", remedy="Pass it through encode_key first.")
    return NamedNode(THINGS + key)


def key_of(node: NamedNode | str) -> str:
    """The key of the thing that *node* names; raises ``KeyFormatError`` for an IRI outside the space of things."""
    value = node if isinstance(node, str) else node.value
    if not value.startswith(THINGS) or value == THINGS:
        raise KeyFormatError(
            f"{value!r} is not an IRI of a thing", remedy=f"IRIs of things begin with {THINGS}."
        )
    return value[len(THINGS) :]


def is_thing(node: object) -> bool:
    """Whether *node* is the IRI of a thing of ours."""
    return isinstance(node, NamedNode) and node.value.startswith(THINGS) and node.value != THINGS


def fragment(key: str, name: str) -> NamedNode:
    """The IRI of a part of a thing, such as the selector ``{citation}#quote``."""
    return NamedNode(f"{THINGS}{key}#{name}")


Part = NamedNode | Literal | str | int | None


def _part(part: Part) -> str:
    if part is None:
        return ""
    if isinstance(part, NamedNode):
        return part.value
    if isinstance(part, Literal):
        mark = f"@{part.language}" if part.language else part.datatype.value
        return f"{part.value}{UNIT_SEPARATOR}{mark}"
    return str(part)


def digest(*parts: Part) -> str:
    """The first 32 hexadecimal digits of SHA-256 over the parts joined by U+001F (design, keys and IRIs).

    A thing is given as ``NamedNode`` (its full IRI), a literal as ``Literal`` (lexical form, U+001F, language or
    datatype), a number in decimal; an absent part is empty.
    """
    return hashlib.sha256(UNIT_SEPARATOR.join(map(_part, parts)).encode()).hexdigest()[:32]


def edge_key(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> str:
    """The key of the edge node of a triple: ``edge/{h}``."""
    return f"edge/{digest(subject, predicate, value)}"


def expression_key(text_key: str, language: str, issued: str | None, text_sha256: str) -> str:
    """The key of an expression: ``{text}/{lang}@{date}`` or ``…@undated-{8 hex of the text}``."""
    return f"{text_key}/{language}@{issued or f'undated-{text_sha256[:8]}'}"


def happening_key(counts: str, stem: str, ordinal: str) -> str:
    """The key of a session or meeting: ``meeting/ctoc-cop-wg3/7``; *ordinal* may be a start date."""
    return f"{counts}/{stem}/{ordinal}"


def item_key(happening: str, path: tuple[str, ...]) -> str:
    """The key of an agenda item: ``meeting/ctoc-cop-wg3/7/item/5/b``."""
    return "/".join((happening, "item", *map(encode_key, path)))


def slot_key(happening: str, date: str, start: str, room: str | None = None) -> str:
    """The key of a time slot: ``meeting/ctoc-cop-wg3/7/slot/2016-10-20T1000``."""
    suffix = f"-{encode_key(room)}" if room else ""
    return f"{happening}/slot/{date}T{start.replace(':', '')}{suffix}"


def graph_key(expression: str) -> str:
    """The key of the named graph of an expression."""
    return f"graph/{expression}"
