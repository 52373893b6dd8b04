"""Agendas of invented bodies with as many links to articles as a test asks for, through the same IRIs as real ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import edge_key, fragment, iri
from treatygraph.graph.terms import ELI, OA, RDF, RDFS, TG, XSD

ARTICLES = 40
MEETINGS = 5
ITEMS = 8
PLACES = ("title", "annotation", "annotation", "programme", "documentation")

Graphs = dict[NamedNode, list[Quad]]


def many_agendas(links: int) -> Graphs:
    """Graphs with that many links between articles and items; every tenth goes through a listed document."""
    graph = iri("graph/many-agendas")
    graphs: Graphs = defaultdict(list)
    for subject, predicate, value in [*_treaty(), *_meetings(), *_links(links)]:
        graphs[graph].append(Quad(subject, predicate, value, graph))
    return graphs


Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def article(number: int) -> NamedNode:
    """The article of that number, from 1."""
    return iri(f"treaty/springs/art/{number}")


def item(place: int) -> NamedNode:
    """The item at that place among all items of all meetings, from 0."""
    return iri(f"meeting/well-council/{place // ITEMS + 1}/item/{place % ITEMS + 1}")


def _treaty() -> Iterator[Triple]:
    treaty = iri("treaty/springs")
    yield treaty, RDF.type, TG.Treaty
    yield treaty, RDFS.label, Literal("Springs Convention", language="en")
    for number in range(1, ARTICLES + 1):
        node = article(number)
        yield node, RDF.type, TG.Provision
        yield node, RDFS.label, Literal(f"Article {number}, Springs Convention", language="en")
        yield (
            node,
            TG.title,
            Literal(f"Care of springs of the {number}th kind and of their banks", language="en"),
        )
        yield node, ELI.type_subdivision, iri("concept/subdivision/article")
        yield node, ELI.is_part_of, treaty


def _meetings() -> Iterator[Triple]:
    body = iri("body/well-council")
    yield body, RDF.type, TG.Body
    yield body, RDFS.label, Literal("Well Council", language="en")
    for number in range(1, MEETINGS + 1):
        meeting = iri(f"meeting/well-council/{number}")
        yield meeting, RDF.type, TG.Happening
        yield meeting, RDFS.label, Literal(f"{number}. meeting, Well Council", language="en")
        yield meeting, TG.heldBy, body
        yield meeting, TG.earliest, Literal(f"{2030 + number}-05-02", datatype=XSD.date)
        yield meeting, TG.latest, Literal(f"{2030 + number}-05-04", datatype=XSD.date)
    for place in range(MEETINGS * ITEMS):
        node = item(place)
        number, meeting = place % ITEMS + 1, iri(f"meeting/well-council/{place // ITEMS + 1}")
        yield node, RDF.type, TG.AgendaItem
        yield (
            node,
            RDFS.label,
            Literal(f"Item {number}: Review of wells, springs and the measures for both", language="en"),
        )
        yield node, TG.number, Literal(str(number))
        yield node, TG.order, Literal(str(number), datatype=XSD.integer)
        yield node, TG.partOf, meeting


def _links(count: int) -> Iterator[Triple]:
    for number in range(count):
        # Steps without a common divisor with the counts: all pairs differ, and both columns are filled evenly.
        target, source = (
            article(number * 7 % ARTICLES + 1),
            item((number * 3 + number // ARTICLES) % (MEETINGS * ITEMS)),
        )
        place = PLACES[number % len(PLACES)]
        if number % 10 == 9:
            document = iri(f"document/WELL/{number}")
            yield document, RDF.type, TG.Document
            yield document, RDFS.label, Literal(f"WELL/{number}", language="en")
            yield source, TG.documentation, document
            yield from _edge(number, document, TG.cites, target, "documentation", 1)
        else:
            yield from _edge(number, source, TG.concernsProvision, target, place, 1 + number % 4)


def _edge(
    number: int, subject: NamedNode, predicate: NamedNode, value: NamedNode, place: str, mentions: int
) -> Iterator[Triple]:
    edge = iri(edge_key(subject, predicate, value))
    yield subject, predicate, value
    yield edge, RDF.subject, subject
    yield edge, RDF.predicate, predicate
    yield edge, RDF.object, value
    if predicate == TG.concernsProvision:
        yield edge, TG.where, Literal(place)
    expression = iri("document/WELL/2031/1/eng@2031-05-02")
    for mention in range(mentions):
        key = f"citation/{number:016x}{mention:016x}"
        target, quote, position = (fragment(key, name) for name in ("target", "quote", "position"))
        yield iri(key), RDF.type, TG.Citation
        yield iri(key), TG.supports, edge
        yield iri(key), TG.where, Literal(place)
        yield iri(key), TG.rule, Literal("provision/named")
        yield iri(key), OA.hasTarget, target
        yield target, OA.hasSource, expression
        yield target, OA.hasSelector, quote
        yield target, OA.hasSelector, position
        yield quote, OA.exact, Literal("an article of the Springs Convention")
        yield quote, OA.prefix, Literal("to review the measures under ")
        yield quote, OA.suffix, Literal(", and to report")
        yield position, OA.start, Literal(str(number * 100 + mention), datatype=XSD.integer)
