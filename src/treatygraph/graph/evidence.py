"""Statements of one named graph, each evidenced edge with its edge node (design, evidence).

``Statements`` collects the quads of one graph while a document or a registry file is turned into RDF, and gives them
back sorted and without repetition. It is the only place that knows how a node, an edge node, a selector and a
source are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import THINGS, digest, edge_key, fragment, iri, key_of
from treatygraph.graph.terms import EVIDENCED, OA, PROV, RDF, RDFS, SUPERPROPERTIES, TG, XSD, types_of
from treatygraph.model.dates import PartialDate
from treatygraph.model.text import Span

CONTEXT_LENGTH: Final = 32
"""The most characters of a source text that stand before and after a quote."""

Term = NamedNode | Literal


def integer(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer)


def boolean(value: bool) -> Literal:
    """An ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def date(value: str) -> Literal:
    """An ``xsd:date`` from ``YYYY-MM-DD``."""
    return Literal(value, datatype=XSD.date)


def calendar(value: PartialDate) -> Literal:
    """An ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``, as exact as the date."""
    if value.month is None:
        return Literal(str(value), datatype=XSD.gYear)
    return Literal(str(value), datatype=XSD.gYearMonth if value.day is None else XSD.date)


def time(value: str) -> Literal:
    """An ``xsd:time`` from ``HH:MM``."""
    return Literal(f"{value}:00", datatype=XSD.time)


def label(text: str, language: str = "en") -> Literal:
    """A string in a language."""
    return Literal(text, language=language)


def local_name(node: NamedNode) -> str:
    """The last part of a term's IRI, for labels: ``concernsProvision``."""
    return node.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


class Statements:
    """The statements of one named graph, collected in any order and given back sorted."""

    def __init__(self, graph_key: str) -> None:
        self.graph: Final = iri(graph_key)
        self._quads: set[Quad] = set()

    def add(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        """States a triple that needs no evidence of its own (a label, a type, structure)."""
        if predicate in EVIDENCED:
            raise ValueError(f"{predicate} needs evidence: state it with edge()")
        self._quads.add(Quad(subject, predicate, value, self.graph))

    def node(self, key: str, cls: NamedNode, name: str, *, language: str = "en") -> NamedNode:
        """Describes a thing: its class with all superclasses, its key and its label; the IRI."""
        node = iri(key)
        self.types(node, cls)
        self.add(node, TG.key, Literal(key))
        self.add(node, RDFS.label, label(name or key, language))
        return node

    def types(self, node: NamedNode, cls: NamedNode) -> None:
        """States the class of a thing with all superclasses, so that a query needs no reasoning."""
        for each in types_of(cls):
            self._quads.add(Quad(node, RDF.type, each, self.graph))

    def edge(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        value: Term,
        *,
        supports: Iterable[NamedNode] = (),
        sources: Iterable[NamedNode] = (),
        where: str | None = None,
        listed_as: str | None = None,
        disputed: bool = False,
    ) -> NamedNode:
        """States an evidenced triple with its edge node; the IRI of the edge node.

        *supports* are the citations, passages or actions that say so, *sources* the registry sources. The same is
        stated of every superproperty. Stating an edge again adds evidence to it.
        """
        supports, sources = tuple(supports), tuple(sources)
        if not supports and not sources:
            raise ValueError(f"no evidence, no edge: {subject} {predicate} {value}")
        for parent in SUPERPROPERTIES.get(predicate, ()):
            self.edge(subject, parent, value, supports=supports, sources=sources, disputed=disputed)
        self._quads.add(Quad(subject, predicate, value, self.graph))
        target = value.value.removeprefix(THINGS) if isinstance(value, NamedNode) else value.value
        name = f"{key_of(subject)} {local_name(predicate)} {target}"
        edge = self.node(edge_key(subject, predicate, value), TG.Edge, name)
        self.add(edge, RDF.subject, subject)
        self.add(edge, RDF.predicate, predicate)
        self.add(edge, RDF.object, value)
        for support in supports:
            self.add(support, TG.supports, edge)
        for source in sources:
            self.add(edge, PROV.hadPrimarySource, source)
        if where is not None:
            self.add(edge, TG.where, Literal(where))
        if listed_as is not None:
            self.add(edge, TG.listedAs, Literal(listed_as))
        if disputed:
            self.add(edge, TG.disputed, boolean(True))
        return edge

    def source(self, key: str, address: str, seen: str) -> NamedNode:
        """Describes a source of registry facts: where it stands and how it was seen."""
        node = self.node(key, TG.Source, address)
        self.add(node, TG.address, Literal(address))
        self.add(node, TG.seen, Literal(seen))
        return node

    def selector(
        self, key: str, name: str, expression: NamedNode, text: str, position: Span, quote: Span | None = None
    ) -> NamedNode:
        """Describes the stretch of an expression that *key* points to, as ``{key}#{name}``; its IRI.

        *position* is the whole stretch, *quote* the part that is quoted (the same unless given); offsets are code
        points of *text* (Web Annotation Data Model §4.2.4 and §4.2.5).
        """
        quote = quote or position
        target, at, words = fragment(key, name), fragment(key, "position"), fragment(key, "quote")
        for node, cls in (
            (target, OA.SpecificResource),
            (at, OA.TextPositionSelector),
            (words, OA.TextQuoteSelector),
        ):
            self.types(node, cls)
        self.add(target, OA.hasSource, expression)
        self.add(target, OA.hasSelector, at)
        self.add(target, OA.hasSelector, words)
        self.add(at, OA.start, integer(position.start))
        self.add(at, OA.end, integer(position.end))
        self.add(words, OA.exact, Literal(text[quote.start : quote.end]))
        self.add(words, OA.prefix, Literal(text[max(0, quote.start - CONTEXT_LENGTH) : quote.start]))
        self.add(words, OA.suffix, Literal(text[quote.end : quote.end + CONTEXT_LENGTH]))
        return target

    def passage(
        self, expression: NamedNode, text: str, span: Span, rule: str, name: str, *, quote: Span | None = None
    ) -> NamedNode:
        """Describes a stretch of text that says a fact without citing anything: a date, a place, a slot; its IRI.

        *quote* is the part whose words are kept, where the whole stretch is long.
        """
        words = quote or span
        exact = text[words.start : words.end]
        key = f"passage/{digest(expression, span.start, span.end, exact, rule)}"
        node = self.node(key, TG.Passage, name)
        self.add(node, OA.hasTarget, self.selector(key, "target", expression, text, span, quote))
        self.add(node, TG.rule, Literal(rule))
        return node

    def quads(self) -> tuple[Quad, ...]:
        """All statements, sorted by their N-Quads form."""
        return tuple(sorted(self._quads, key=str))
