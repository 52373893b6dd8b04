"""A graph of an invented conference, of any size, made by the same code that states real documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from treatygraph.graph.evidence import Statements, boolean, date, integer, label
from treatygraph.graph.iris import digest, iri
from treatygraph.graph.terms import ELI, OA, TG
from treatygraph.model.text import Span
from treatygraph.validate import Shapes, load_shapes

TREATY = "treaty/lighthouse-convention"


@pytest.fixture(scope="session")
def shapes(repo: Path) -> Shapes:
    """The shapes that the project ships."""
    return load_shapes(repo / "ontology" / "shapes")


def concept(name: str) -> NamedNode:
    return iri(f"concept/{name}")


def _treaty(statements: Statements, articles: int) -> None:
    node = statements.node(TREATY, TG.Treaty, "Lighthouse Convention")
    statements.add(node, TG.structureHeld, boolean(True))
    for number in range(1, articles + 1):
        article = statements.node(f"{TREATY}/art/{number}", TG.Provision, f"Article {number}")
        statements.add(article, ELI.is_part_of, node)
        statements.add(node, ELI.has_part, article)
        statements.add(article, ELI.type_subdivision, concept("subdivision/article"))
        statements.add(article, ELI.number, Literal(str(number)))
        statements.add(article, ELI.id_local, Literal(f"art_{number}"))


def _meeting(statements: Statements, number: int, articles: int) -> None:
    body = statements.node(
        "body/lighthouse-cop", TG.Body, "Conference of the Parties to the Lighthouse Convention"
    )
    source = statements.source(f"source/{digest('https://example.org/')}", "https://example.org/", "made up")
    key = f"meeting/lighthouse-cop/{number}"
    meeting = statements.node(key, TG.Meeting, f"Meeting {number}")
    statements.add(meeting, TG.ordinal, integer(number))
    statements.edge(meeting, TG.heldBy, body, sources=[source])
    statements.edge(meeting, TG.dateText, Literal("2001-02-03/2001-02-04"), sources=[source])
    statements.edge(meeting, TG.earliest, date("2001-02-03"), sources=[source])
    statements.edge(meeting, TG.latest, date("2001-02-04"), sources=[source])
    symbol = f"LIGHT/COP/{number}"
    document = statements.node(f"document/{symbol}", TG.Document, symbol)
    statements.add(document, TG.symbol, Literal(symbol))
    statements.add(document, TG.documentKind, concept("document-kind/agenda"))
    text = "article 1 of the Convention " * 40
    expression = statements.node(f"document/{symbol}/eng@2001-01-01", TG.Expression, f"{symbol} (eng)")
    statements.add(expression, ELI.realizes, document)
    statements.add(document, ELI.is_realized_by, expression)
    language = "http://publications.europa.eu/resource/authority/language/ENG"
    statements.add(expression, ELI.language, NamedNode(language))
    statements.add(expression, TG.textLength, integer(len(text)))
    statements.add(expression, TG.textHash, Literal("0" * 64))
    for place in range(1, 11):
        item = statements.node(f"{key}/item/{place}", TG.AgendaItem, f"Item {place}: Lamps")
        statements.add(item, TG.number, Literal(str(place)))
        statements.add(item, TG.order, integer(place))
        statements.add(item, TG.partOf, meeting)
        span = Span(place * 20, place * 20 + 9)
        words = statements.passage(expression, text, span, "agenda.item", f"title of item {place}")
        statements.edge(item, TG.title, label("Lamps"), supports=[words])
        target = iri(f"{TREATY}/art/{1 + (place * number) % articles}")
        cited = f"citation/{digest(expression, span.start, span.end, 'article 1', target)}"
        citation = statements.node(cited, TG.Citation, "article 1")
        where = statements.selector(cited, "target", expression, text, span)
        statements.add(citation, OA.hasTarget, where)
        statements.add(citation, OA.hasBody, target)
        statements.add(citation, TG.citationKind, concept("citation-kind/provision"))
        statements.add(citation, TG.rule, Literal("made-up"))
        statements.edge(document, TG.cites, target, supports=[citation])
        statements.edge(item, TG.concernsProvision, target, supports=[citation], where="title")


@pytest.fixture(scope="session")
def conference() -> Callable[[int], set[Triple]]:
    """A graph of that many meetings, about 800 triples each."""

    def build(meetings: int) -> set[Triple]:
        statements = Statements("graph/made-up")
        _treaty(statements, articles=30)
        for number in range(1, meetings + 1):
            _meeting(statements, number, articles=30)
        return {quad.triple for quad in statements.quads()}

    return build
