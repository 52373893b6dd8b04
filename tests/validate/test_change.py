"""What changed is judged as full validation judges the whole, at a cost that grows with the change."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import ELI, OA, RDF, RDFS, TG
from treatygraph.model.store import Difference
from treatygraph.validate import Report, Shapes, affected, validate_change, validate_triples, with_vocabulary

Conference = Callable[[int], set[Triple]]

BODY, ITEM, DOCUMENT = (
    iri("body/lighthouse-cop"),
    iri("meeting/lighthouse-cop/1/item/3"),
    iri("document/LIGHT/COP/1"),
)
NOWHERE = iri("body/nowhere")


def judged(whole: set[Triple], difference: Difference, shapes: Shapes) -> Report:
    engine = with_vocabulary(Engine(), shapes)
    engine.extend(Quad(each.subject, each.predicate, each.object) for each in whole)
    return validate_change(engine, affected(engine, difference), shapes)


def without(triples: set[Triple], predicate: NamedNode) -> set[Triple]:
    """One triple of a property, to be taken out."""
    return {min((each for each in triples if each.predicate == predicate), key=str)}


@cache
def predicates(conference: Conference) -> tuple[NamedNode, ...]:
    return tuple(sorted({each.predicate for each in conference(1)}, key=str))


def test_taking_any_kind_of_statement_out_has_the_verdict_of_full_validation(
    conference: Conference, shapes: Shapes
) -> None:
    triples, refused = conference(1), 0
    for predicate in predicates(conference):
        gone = without(triples, predicate)
        partly = judged(triples - gone, Difference(gone=frozenset(gone)), shapes)
        assert partly.results == validate_triples(triples - gone, shapes).results, predicate
        refused += not partly.conforms
    assert refused > 15


@pytest.mark.parametrize(
    "come",
    [
        Triple(BODY, TG.key, Literal("body/other")),
        Triple(BODY, RDFS.label, Literal("")),
        Triple(NOWHERE, TG.key, Literal("body/nowhere")),
        Triple(DOCUMENT, TG.cites, BODY),
        Triple(ITEM, TG.number, Literal("33")),
        Triple(ITEM, TG.partOf, BODY),
        Triple(ITEM, TG.concernsProvision, NOWHERE),
        Triple(iri("treaty/lighthouse-convention/art/99"), RDF.type, TG.Provision),
        Triple(NOWHERE, ELI.has_part, iri("treaty/lighthouse-convention/art/9")),
        Triple(iri("meeting/lighthouse-cop/1"), TG.earliest, Literal("2031")),
        Triple(NOWHERE, OA.hasSource, DOCUMENT),
    ],
    ids=str,
)
def test_putting_a_statement_in_has_the_verdict_of_full_validation(
    come: Triple, conference: Conference, shapes: Shapes
) -> None:
    whole = conference(1) | {come}
    partly = judged(whole, Difference(come=frozenset({come})), shapes)
    assert partly.results == validate_triples(whole, shapes).results


def test_rules_may_be_asked_of_the_changed_things_alone(conference: Conference, shapes: Shapes) -> None:
    slips = {Triple(each, TG.key, Literal("body/other")) for each in (BODY, ITEM)}
    engine = with_vocabulary(Engine(), shapes)
    engine.extend(Quad(each.subject, each.predicate, each.object) for each in conference(1) | slips)
    found = validate_change(engine, {BODY}, shapes, whole=False).results
    assert {each.focus_node for each in found} == {BODY.value}
    assert {each.shape_label for each in found} >= {"the key is the IRI without the base"}


def test_the_cost_grows_with_the_change_and_not_with_the_graph(
    conference: Conference, shapes: Shapes
) -> None:
    change = Difference(come=frozenset({Triple(ITEM, TG.number, Literal("33"))}))
    small, large = (judged(conference(meetings) | change.come, change, shapes) for meetings in (1, 8))
    assert small.triples == large.triples
