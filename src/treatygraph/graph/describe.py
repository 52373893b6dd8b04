"""Describing whatever a statement points to, so that no node is without type, key and label."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.evidence import Statements, integer
from treatygraph.graph.iris import iri
from treatygraph.graph.labels import class_of, label_of, parents, split_provision, units
from treatygraph.graph.terms import ELI, TG
from treatygraph.model.errors import KeyFormatError
from treatygraph.registry.values import Registry

_SYMBOL_HEAD: Final = "document/"


class Describer:
    """Describes each key once within one graph: class, label, and for a provision what it is part of."""

    def __init__(self, statements: Statements, registry: Registry) -> None:
        self._statements = statements
        self._registry = registry
        self._seen: set[str] = set()

    def __call__(self, key: str) -> NamedNode:
        """The IRI of the thing with that key, which is described in the graph from now on."""
        node = iri(key)
        if key not in self._seen:
            self._seen.add(key)
            self._describe(key, node)
        return node

    def known(self, key: str) -> NamedNode:
        """The IRI of a thing that the caller describes itself."""
        self._seen.add(key)
        return iri(key)

    def _describe(self, key: str, node: NamedNode) -> None:
        cls = class_of(key)
        self._statements.node(key, cls, label_of(key, self._registry))
        if cls == TG.Provision:
            self._part(key, node)
        elif cls == TG.Document and _is_symbol(key):
            self._statements.add(node, TG.symbol, Literal(key.removeprefix(_SYMBOL_HEAD)))
        elif cls in (TG.Session, TG.Meeting):
            self._ordinal(key, node)

    def _part(self, key: str, node: NamedNode) -> None:
        kind, number = units(split_provision(key)[1])[-1]
        above = self(parents(key)[0])
        self._statements.add(node, ELI.is_part_of, above)
        self._statements.add(above, ELI.has_part, node)
        self._statements.add(node, ELI.type_subdivision, concept("subdivision", kind))
        if number:
            self._statements.add(node, ELI.number, Literal(number))

    def _ordinal(self, key: str, node: NamedNode) -> None:
        ordinal = key.rsplit("/", 1)[-1]
        if ordinal.isdigit():
            self._statements.add(node, TG.ordinal, integer(int(ordinal)))

    def name(self, key: str) -> str:
        """The label that a thing has here."""
        return label_of(key, self._registry)


def _is_symbol(key: str) -> bool:
    """Whether a text is named by a symbol: series and numbers divided by strokes, not a hash or a name of ours."""
    return key.startswith(_SYMBOL_HEAD) and "/" in key.removeprefix(_SYMBOL_HEAD)


def concept(scheme: str, name: str) -> NamedNode:
    """The IRI of a concept: ``concept/verb/take-note-of`` of ("verb", "take note of")."""
    if not name:
        raise KeyFormatError(f"a concept of the list {scheme!r} needs a name")
    return iri(f"concept/{scheme}/{name.replace(' ', '-')}")
