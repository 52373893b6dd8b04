"""Triples of pyoxigraph → a graph of rdflib, term by term (half the time of writing and parsing N-Triples)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


def to_rdflib(triples: Iterable[Triple]) -> Graph:
    """A plain graph with the same triples; literals keep their lexical forms."""
    graph = Graph()
    add, terms = graph.store.add, dict[object, Node]()

    def term(node: object) -> Node:
        found = terms.get(node)
        if found is None:
            found = terms[node] = _term(node)
        return found

    for triple in triples:
        add((term(triple.subject), term(triple.predicate), term(triple.object)), graph)
    return graph


def _term(node: object) -> Node:
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
