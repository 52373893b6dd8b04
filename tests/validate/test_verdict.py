"""What a verdict says: of a graph of the project's own making, and of the same graph with something amiss."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import Graph, URIRef

from treatygraph.graph.evidence import date
from treatygraph.graph.iris import iri
from treatygraph.graph.terms import OA, RDFS, TG, XSD
from treatygraph.validate import Report, Severity, Shapes, validate_triples
from treatygraph.validate.convert import to_rdflib

Conference = Callable[[int], set[Triple]]

SECONDS = 60
"""A bound that only a quadratic rule would pass: the graph of the next test takes 4 seconds of one idle core."""


def only(report: Report) -> str:
    """The message of the one result."""
    assert len(report.results) == 1, [result.message for result in report.results]
    return report.results[0].message


def test_stated_graph_conforms(conference: Conference, shapes: Shapes) -> None:
    report = validate_triples(conference(2), shapes)
    assert report.conforms
    assert report.results == ()


def test_lists_of_concepts_conform(shapes: Shapes) -> None:
    assert validate_triples(shapes.vocabulary, shapes).results == ()


def test_thirty_thousand_triples_take_seconds(conference: Conference, shapes: Shapes) -> None:
    triples = conference(40)
    assert len(triples) > 30_000
    start = time.process_time()
    assert validate_triples(triples, shapes).conforms
    assert time.process_time() - start < SECONDS


def test_citation_without_its_body_names_the_edges(conference: Conference, shapes: Shapes) -> None:
    triples = conference(1)
    body = min((each for each in triples if each.predicate == OA.hasBody), key=str)
    report = validate_triples(triples - {body}, shapes)
    assert not report.conforms
    assert {result.focus_node for result in report.results} == {body.subject.value}
    messages = [result.message for result in report.results]
    key = body.object.value.rsplit("/id/", 1)[1]
    assert any(
        f"LIGHT/COP/1 (document/LIGHT/COP/1) — tg:cites → Article {key.rsplit('/')[-1]} ({key})" in m
        for m in messages
    )
    assert any("tg:concernsProvision" in message for message in messages)


def test_edge_without_support_is_named_by_what_it_joins(conference: Conference, shapes: Shapes) -> None:
    triples = conference(1)
    edges = {t.subject for t in triples if t.predicate == RDFS.label and "heldBy" in t.object.value}
    bare = {t for t in triples if not (t.subject in edges and t.predicate.value.endswith("hadPrimarySource"))}
    result = validate_triples(bare, shapes).results[0]
    cop = "Conference of the Parties to the Lighthouse Convention (body/lighthouse-cop)"
    assert result.label == f"Meeting 1 (meeting/lighthouse-cop/1) — tg:heldBy → {cop}"
    assert "nothing that supports it" in result.message
    assert result.remedy


def test_fact_without_edge_node_is_refused(conference: Conference, shapes: Shapes) -> None:
    meeting, session = iri("meeting/lighthouse-cop/1"), iri("body/lighthouse-cop")
    report = validate_triples(conference(1) | {Triple(meeting, TG.convenedBy, session)}, shapes)
    assert only(report).startswith(
        "The edge Meeting 1 (meeting/lighthouse-cop/1) — tg:convenedBy → Conference of"
    )
    assert report.results[0].path == TG.convenedBy.value
    assert report.results[0].focus_node == meeting.value


def test_literals_that_differ_in_language_or_datatype_are_different_facts(
    conference: Conference, shapes: Shapes
) -> None:
    item = iri("meeting/lighthouse-cop/1/item/1")
    for title in (Literal("Lamps"), Literal("Lamps", language="fr")):
        report = validate_triples(conference(1) | {Triple(item, TG.title, title)}, shapes)
        assert "tg:title → 'Lamps'" in only(report)


def test_warnings_do_not_fail_a_graph(conference: Conference, shapes: Shapes) -> None:
    meeting, third = iri("meeting/lighthouse-cop/1"), iri("meeting/lighthouse-cop/1/item/3")
    whole = Triple(meeting, TG.fullAgenda, Literal("true", datatype=XSD.boolean))
    gap = {each for each in conference(1) if not (each.subject == third and each.predicate == TG.number)}
    gap.add(Triple(third, TG.number, Literal("11")))
    report = validate_triples(gap | {whole}, shapes)
    assert report.conforms
    assert {result.severity for result in report.results} == {Severity.WARNING}
    assert report.warnings == 1
    assert "has no item 3" in only(report)


def test_disputed_dates_may_contradict_each_other(conference: Conference, shapes: Shapes) -> None:
    """Two sources, two years: each value has its edge node, marked as disputed."""
    from treatygraph.graph.evidence import Statements

    statements = Statements("graph/other")
    meeting, source = (
        iri("meeting/lighthouse-cop/1"),
        next(each.object for each in conference(1) if each.predicate.value.endswith("hadPrimarySource")),
    )
    for day, predicate in (("2002-02-03", TG.earliest), ("2002-02-04", TG.latest)):
        statements.edge(meeting, predicate, date(day), sources=[source], disputed=True)
    for day, predicate in (("2001-02-03", TG.earliest), ("2001-02-04", TG.latest)):
        statements.edge(meeting, predicate, date(day), sources=[source], disputed=True)
    more = {quad.triple for quad in statements.quads()}
    assert validate_triples(conference(1) | more, shapes).results == ()
    unmarked = {each for each in more if each.predicate != TG.disputed}
    assert {each.path for each in validate_triples(conference(1) | unmarked, shapes).results} == {
        TG.latest.value
    }


def test_graph_of_rdflib_gets_the_same_verdict_and_stays_as_it_is(
    conference: Conference, shapes: Shapes
) -> None:
    triples = conference(1) | {Triple(iri("body/lighthouse-cop"), TG.key, Literal("body/other"))}
    graph = to_rdflib(triples)
    before = set(graph)
    assert validate_triples(graph, shapes) == validate_triples(triples, shapes)
    assert set(graph) == before


def test_order_of_triples_does_not_change_the_report(conference: Conference, shapes: Shapes) -> None:
    labels = [each for each in conference(1) if each.predicate == RDFS.label]
    amiss = sorted(conference(1) - set(labels[:20]), key=str)
    assert validate_triples(amiss, shapes) == validate_triples(reversed(amiss), shapes)


def test_another_engine_may_stand_behind(conference: Conference, shapes: Shapes) -> None:
    class Silent:
        def validate(self, data: Graph, shapes: Graph) -> Graph:
            return Graph()

    amiss = conference(1) | {Triple(iri("body/lighthouse-cop"), TG.key, Literal("body/other"))}
    assert validate_triples(amiss, shapes, engine=Silent()).conforms


def test_shapes_without_vocabulary_miss_the_concepts(conference: Conference, shapes: Shapes) -> None:
    report = validate_triples(conference(1), replace(shapes, vocabulary=Graph()))
    assert {result.path for result in report.results} >= {TG.documentKind.value, TG.citationKind.value}


def test_terms_keep_their_form_on_the_way_to_rdflib() -> None:
    subject, predicate = NamedNode("https://example.org/lamp"), NamedNode("https://example.org/says")
    values = [
        Literal("01", datatype=XSD.integer),
        Literal("Lampe", language="de"),
        Literal("2001-02-03", datatype=XSD.date),
        Literal("<b>\n"),
        NamedNode("https://example.org/a(b)"),
    ]
    graph = to_rdflib(Triple(subject, predicate, value) for value in values)
    back = {value.n3() for value in graph.objects(URIRef(subject.value), None)}
    assert back == {
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"Lampe"@de',
        '"2001-02-03"^^<http://www.w3.org/2001/XMLSchema#date>',
        '"""<b>\n"""',
        "<https://example.org/a(b)>",
    }


def test_a_value_that_is_not_of_its_datatype_is_told_by_the_report_alone(
    conference: Conference, shapes: Shapes, caplog: pytest.LogCaptureFixture
) -> None:
    """rdflib would log a traceback for it."""
    slip = Triple(iri("meeting/lighthouse-cop/1/item/1"), TG.order, Literal("first", datatype=XSD.integer))
    assert (
        "an order that is not a whole number"
        in validate_triples(conference(1) | {slip}, shapes).results[0].message
    )
    assert caplog.records == []
