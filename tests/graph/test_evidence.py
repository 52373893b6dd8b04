"""Statements: no evidence, no edge; superclasses and superproperties are stated; offsets point into the text."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.canonical import graph_hash, to_nquads
from treatygraph.graph.evidence import Statements
from treatygraph.graph.iris import edge_key, fragment, iri
from treatygraph.graph.terms import OA, PROV, RDF, TG
from treatygraph.model.errors import RdfSyntaxError
from treatygraph.model.text import Span


def objects(statements: Statements, subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in statements.quads() if q.subject == subject and q.predicate == predicate}


def test_an_edge_without_evidence_is_refused() -> None:
    with pytest.raises(ValueError, match="no evidence"):
        Statements("graph/x").edge(iri("document/A/1"), TG.cites, iri("document/A/2"))


def test_an_evidenced_property_cannot_be_stated_without_its_edge() -> None:
    with pytest.raises(ValueError, match="needs evidence"):
        Statements("graph/x").add(iri("document/A/1"), TG.cites, iri("document/A/2"))


def test_an_edge_node_repeats_the_triple_and_is_pointed_to_by_its_support() -> None:
    statements = Statements("graph/x")
    citing, cited, mark = iri("document/A/1"), iri("document/A/2"), iri("citation/1")
    edge = statements.edge(citing, TG.cites, cited, supports=(mark,))
    assert edge == iri(edge_key(citing, TG.cites, cited))
    assert objects(statements, edge, RDF.object) == {cited}
    assert objects(statements, mark, TG.supports) == {edge}
    assert Quad(citing, TG.cites, cited, iri("graph/x")) in statements.quads()


def test_a_subproperty_is_stated_with_its_superproperty_and_both_have_edges() -> None:
    statements = Statements("graph/x")
    action, text = iri("action/1"), iri("treaty/lakes")
    statements.edge(action, TG.adopts, text, supports=(action,))
    assert objects(statements, action, TG.object) == {text}
    assert objects(statements, action, TG.supports) == {
        iri(edge_key(action, TG.adopts, text)),
        iri(edge_key(action, TG.object, text)),
    }


def test_a_fact_of_the_registry_points_to_its_source_and_a_disputed_one_says_so() -> None:
    statements = Statements("graph/registry/x")
    source = statements.source("source/1", "https://example.org/page", "stored web page")
    edge = statements.edge(
        iri("session/lakes-cop/1"), TG.place, Literal("Oslo"), sources=(source,), disputed=True
    )
    assert objects(statements, edge, PROV.hadPrimarySource) == {source}
    assert {str(value) for value in objects(statements, edge, TG.disputed)} == {
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    }


def test_a_quote_keeps_at_most_32_characters_on_each_side() -> None:
    text = "x" * 50 + "article 4" + "y" * 50
    statements = Statements("graph/x")
    statements.selector("citation/1", "target", iri("document/A/1/eng@2020-01-01"), text, Span(50, 59))
    words = fragment("citation/1", "quote")
    assert objects(statements, words, OA.exact) == {Literal("article 4")}
    assert objects(statements, words, OA.prefix) == {Literal("x" * 32)}
    assert objects(statements, words, OA.suffix) == {Literal("y" * 32)}


def test_a_node_carries_the_types_of_all_its_superclasses() -> None:
    statements = Statements("graph/x")
    node = statements.node("session/lakes-cop/1", TG.Session, "1st session")
    assert {TG.Session, TG.Happening} <= objects(statements, node, RDF.type)


def test_the_bytes_of_a_graph_do_not_depend_on_the_order_of_its_quads() -> None:
    statements = Statements("graph/x")
    statements.node("session/lakes-cop/1", TG.Session, "1st session")
    quads = statements.quads()
    assert to_nquads(quads) == to_nquads(reversed(quads))
    assert graph_hash(quads) == graph_hash([*quads, quads[0]])


def test_a_blank_node_has_no_bytes() -> None:
    from pyoxigraph import BlankNode

    with pytest.raises(RdfSyntaxError):
        to_nquads([Quad(BlankNode(), RDF.type, TG.Session, iri("graph/x"))])
