"""Terms and triples of pyoxigraph ↔ rdflib, one by one (half the time of writing and parsing N-Triples)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


@contextmanager
def ill_typed_literals_are_left_to_the_shapes() -> Iterator[None]:
    """Keeps rdflib from logging a traceback for each literal that is not of its datatype: the report says so."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def to_rdflib(triples: Iterable[Triple], graph: Graph | None = None) -> Graph:
    """A plain graph with the same triples (*graph* filled, when it is given); literals keep their lexical forms."""
    graph = Graph() if graph is None else graph
    add, terms = graph.store.add, dict[object, Node]()

    def term(node: object) -> Node:
        found = terms.get(node)
        if found is None:
            found = terms[node] = to_term(node)
        return found

    with ill_typed_literals_are_left_to_the_shapes():
        for triple in triples:
            add((term(triple.subject), term(triple.predicate), term(triple.object)), graph)
    return graph


def to_term(node: object) -> Identifier:
    """A term of pyoxigraph as a term of rdflib; raises ``TypeError`` for what is no term of RDF 1.1."""
    if isinstance(node, NamedNode):
        return URIRef(node.value)
    if isinstance(node, BlankNode):
        return BNode(node.value)
    if not isinstance(node, OxLiteral):
        raise TypeError(f"not a term of RDF 1.1: {node!r}")
    if node.language:
        return Literal(node.value, lang=node.language)
    if node.datatype.value == _STRING:
        return Literal(node.value)
    return Literal(node.value, datatype=URIRef(node.datatype.value), normalize=False)


def to_oxigraph(graph: Graph) -> Iterator[Triple]:
    """The triples of a graph of rdflib; literals keep their lexical forms."""
    for subject, predicate, value in graph:
        yield Triple(to_oxigraph_term(subject), to_oxigraph_term(predicate), to_oxigraph_term(value))  # type: ignore[arg-type]


def to_oxigraph_term(term: Node) -> NamedNode | BlankNode | OxLiteral:
    """A term of rdflib as a term of pyoxigraph; raises ``TypeError`` for what is no term of RDF 1.1."""
    if isinstance(term, URIRef):
        return NamedNode(term)
    if isinstance(term, BNode):
        return BlankNode(term)
    if not isinstance(term, Literal):
        raise TypeError(f"not a term of RDF 1.1: {term!r}")
    if term.language:
        return OxLiteral(str(term), language=term.language)
    return OxLiteral(str(term), datatype=NamedNode(term.datatype) if term.datatype else None)
