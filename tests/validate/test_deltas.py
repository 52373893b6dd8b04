"""A rule asked of what a difference can have made fail finds what it finds when it is asked of the whole."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Callable, Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Triple, Variable
from pyoxigraph import Store as Engine
from rdflib import SH

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import TG
from treatygraph.model.store import Difference
from treatygraph.validate import Shapes, with_vocabulary
from treatygraph.validate.deltas import parts

Conference = Callable[[int], set[Triple]]
CHANGES = 15


@pytest.fixture(scope="module")
def rules(shapes: Shapes) -> tuple[str, ...]:
    """The rules that the project ships, with their prefixes."""
    graph = shapes.graph
    declared = [
        f"PREFIX {graph.value(each, SH.prefix)}: <{graph.value(each, SH.namespace)}>"
        for each in graph.objects(None, SH.declare)
    ]
    head = "\n".join(sorted(set(declared)))
    return tuple(f"{head}\n{text}" for text in sorted(map(str, graph.objects(None, SH.select))))


@pytest.fixture(scope="module")
def triples(conference: Conference) -> list[Triple]:
    return sorted(conference(1), key=str)


@pytest.fixture
def engine(triples: list[Triple], shapes: Shapes) -> Engine:
    made = with_vocabulary(Engine(), shapes)
    made.extend(Quad(each.subject, each.predicate, each.object) for each in triples)
    return made


def rows(engine: Engine, query: str, value: NamedNode | None = None) -> set[tuple[str, ...]]:
    found = engine.query(query, substitutions={Variable("value"): value} if value else None)
    assert isinstance(found, QuerySolutions)
    return {tuple(map(str, row)) for row in found}


def changes(triples: list[Triple]) -> Iterator[Difference]:
    """One statement of each property taken out, and statements at random taken out and put together anew."""
    for predicate in sorted({each.predicate for each in triples}, key=str):
        yield Difference(gone=frozenset([next(each for each in triples if each.predicate == predicate)]))
    chance, held = random.Random(1), set(triples)
    for _ in range(CHANGES):
        gone = chance.sample(triples, chance.randint(0, 5))
        come = {
            Triple(one.subject, two.predicate, chance.choice((two, three)).object)
            for one, two, three in (chance.sample(triples, 3) for _ in range(chance.randint(1, 5)))
        }
        yield Difference(frozenset(gone), frozenset(come - held))


def test_rules_find_the_same_of_a_difference_as_of_the_whole(
    engine: Engine, triples: list[Triple], rules: tuple[str, ...]
) -> None:
    asked = failing = 0
    for difference in changes(triples):
        gone, come = (
            [Quad(each.subject, each.predicate, each.object) for each in side]
            for side in (difference.gone, difference.come)
        )
        for quad in gone:
            engine.remove(quad)
        engine.extend(come)
        for rule in rules:
            some = parts(rule, difference)
            if some is None:
                continue
            whole = rows(engine, rule)
            assert set().union(*(rows(engine, each.sparql, each.value) for each in some)) == whole, (
                rule,
                difference,
            )
            asked, failing = asked + 1, failing + len(whole)
        for quad in come:
            engine.remove(quad)
        engine.extend(gone)
    assert asked > 300
    assert failing > 10


def test_rule_that_a_difference_cannot_touch_is_asked_of_nothing(rules: tuple[str, ...]) -> None:
    said = Difference(come=frozenset({Triple(iri("tool/a"), TG.symbol, Literal("A"))}))
    for rule in rules:
        some = parts(rule, said)
        assert some is not None
        assert list(some) == []


def test_few_things_are_asked_about_one_by_one_and_many_in_one_query() -> None:
    """A clause of VALUES is joined after the engine has gone through all that the rule could be about."""
    rule, key = "SELECT ?value { ?value <a:key> ?key }", NamedNode("a:key")
    for count in (1, 501):
        things = [iri(f"tool/{n}") for n in range(count)]
        come = frozenset(Triple(each, key, Literal("a")) for each in things)
        some = list(parts(rule, Difference(come=come)) or ())
        assert {each.value for each in some} == (set(things) if count == 1 else {None})


def test_reading_a_rule_holds_on_to_nothing_that_its_caller_has() -> None:
    """The caller has an engine, whose lock must be free when it has let it go."""

    class Held:
        pass

    def read() -> weakref.ref[Held]:
        held = Held()
        assert parts("SELECT ?value { ?value <a:only-here> ?o FILTER(?o > 1) }", Difference()) is not None
        return weakref.ref(held)

    gc.disable()
    try:
        assert read()() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(?value) AS ?n) { ?value <a:p> ?o }",
        "SELECT ?value { ?value <a:p>+ <a:o> }",
        "SELECT ?value { ?value <a:p> ?o } LIMIT 1",
        "SELECT ?value { { SELECT ?value { ?value <a:p> ?o } } }",
    ],
)
def test_rule_whose_rows_do_not_stand_alone_is_asked_of_the_whole(query: str) -> None:
    said = Difference(come=frozenset({Triple(iri("tool/a"), iri("a"), Literal("A"))}))
    assert parts(query, said) is None


def test_large_difference_has_the_rule_asked_of_the_whole() -> None:
    many = frozenset(Triple(iri(f"tool/{n}"), TG.key, Literal(str(n))) for n in range(20_001))
    query = f"SELECT ?value {{ ?value {TG.key} ?key }}"
    assert parts(query, Difference(come=many)) is None
    assert parts(query, Difference(come=frozenset(list(many)[:10]))) is not None
