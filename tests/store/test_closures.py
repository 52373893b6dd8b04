"""Prepared closures: the same edges as the engine's own paths, kept by difference, in a graph of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import CLOSURES, ELI, ORG, TG
from treatygraph.model.errors import QueryError, WriteRefusedError
from treatygraph.model.store import Solutions
from treatygraph.store import EmbeddedStore
from treatygraph.store import closures as closing
from treatygraph.store.changes import GraphWrite
from treatygraph.store.closures import CLOSURE_GRAPH, require_no_closure

Edge = tuple[str, NamedNode, str]


def graph_of(name: str, edges: set[Edge]) -> dict[NamedNode, list[Quad]]:
    graph = iri(f"graph/{name}")
    return {graph: [Quad(iri(s), predicate, iri(o), graph) for s, predicate, o in edges]}


def prepared(store: EmbeddedStore) -> dict[NamedNode, set[tuple[str, str]]]:
    return {closure: pairs(store, f"GRAPH <{CLOSURE_GRAPH.value}> {{ ?a <{closure.value}> ?b }}") for closure in CLOSURES}  # fmt: skip


def paths(store: EmbeddedStore) -> dict[NamedNode, set[tuple[str, str]]]:
    """The same by the engine's own paths."""
    found = {}
    for closure, bases in CLOSURES.items():
        step = "|".join(f"<{base.value}>" for base in bases)
        found[closure] = pairs(store, f"?a ({step})+ ?b")
    return found


def pairs(store: EmbeddedStore, pattern: str) -> set[tuple[str, str]]:
    answer = store.query(f"SELECT DISTINCT ?a ?b WHERE {{ {pattern} }}")
    assert isinstance(answer, Solutions)
    return {(a.value, b.value) for a, b in answer.rows if a is not None and b is not None}


def chain(*names: str, predicate: NamedNode = TG.buildsOn) -> set[Edge]:
    return {(a, predicate, b) for a, b in pairwise(names)}


def test_a_chain_a_tree_and_a_circle_have_the_edges_of_their_paths(store: EmbeddedStore) -> None:
    edges = chain("action/a", "action/b", "action/c") | chain("action/x", "action/y", "action/x")
    edges |= {
        ("treaty/t/art/1/para/1", ELI.is_part_of, "treaty/t/art/1"),
        ("treaty/t/art/1", ELI.is_part_of, "treaty/t"),
    }
    store.replace_graphs(graph_of("a", edges))
    held = prepared(store)
    assert held == paths(store)
    assert (iri("action/a").value, iri("action/c").value) in held[TG.buildsOnTransitive]
    assert (iri("action/x").value, iri("action/x").value) in held[TG.buildsOnTransitive]
    assert (iri("treaty/t/art/1/para/1").value, iri("treaty/t").value) in held[TG.isPartOfTransitive]


def test_a_closure_of_several_properties_takes_steps_of_any(store: EmbeddedStore) -> None:
    store.replace_graphs(
        graph_of("a", {("meeting/m/item/1", TG.follows, "action/a"), ("action/a", TG.buildsOn, "action/b")})
    )
    assert (iri("meeting/m/item/1").value, iri("action/b").value) in prepared(store)[TG.followsTransitive]
    assert prepared(store) == paths(store)


def test_after_any_changes_the_closures_are_those_of_the_paths(store: EmbeddedStore) -> None:
    chance = random.Random(7)
    names = [f"action/{number}" for number in range(12)]
    steps = sorted({base for bases in CLOSURES.values() for base in bases}, key=str)
    for round_ in range(40):
        edges = {
            (chance.choice(names), chance.choice(steps), chance.choice(names))
            for _ in range(chance.randint(0, 8))
        }
        store.replace_graphs(graph_of(f"g{chance.randrange(4)}", edges))
        assert prepared(store) == paths(store), f"round {round_}"


def test_a_new_end_of_a_long_chain_costs_one_edge_a_node(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else is looked at: following a path step by step is forbidden meanwhile."""
    names = [f"action/{number}" for number in range(30)]
    store.replace_graphs(graph_of("a", chain(*names)))
    monkeypatch.setattr(closing._Closure, "_next", None)
    store.replace_graphs(graph_of("first", chain("action/before", names[0])))
    store.replace_graphs(graph_of("last", chain(names[-1], "action/after")))
    held = prepared(store)[TG.buildsOnTransitive]
    assert held == paths(store)[TG.buildsOnTransitive]
    assert len(held) == 32 * 31 // 2


def test_graphs_that_are_not_asserted_give_no_closure(store: EmbeddedStore) -> None:
    store.replace_graphs(graph_of("suggestions", chain("action/a", "action/b")))
    assert not any(prepared(store).values())


def test_the_graph_is_named_by_nobody_who_does_not_ask_for_it(store: EmbeddedStore) -> None:
    store.replace_graphs(graph_of("a", chain("action/a", "action/b", "action/c")))
    assert CLOSURE_GRAPH not in store.graphs()
    assert {quad.graph_name for quad in store.quads()} == {iri("graph/a")}
    assert pairs(store, f"?a <{TG.buildsOnTransitive.value}> ?b") == set()
    assert len({*store.merged()}) == 2
    said = store.query(
        f"SELECT ?n WHERE {{ GRAPH <{CLOSURE_GRAPH.value}> {{ <{CLOSURE_GRAPH.value}> ?p ?n }} }}"
    )
    assert isinstance(said, Solutions) and "Inferred" in str(said.rows[0][0])


def test_an_update_brings_the_closures_along_and_leaves_nothing_of_others_there(store: EmbeddedStore) -> None:
    store.replace_graphs(graph_of("a", chain("action/a", "action/b", "action/c")))
    step = TG.buildsOn.value
    store.update(
        f"DELETE DATA {{ GRAPH <{iri('graph/a').value}> {{ <{iri('action/a').value}> <{step}> <{iri('action/b').value}> }} }} ;"
        f"INSERT DATA {{ GRAPH <{CLOSURE_GRAPH.value}> {{ <a:a> <{TG.buildsOnTransitive.value}> <a:b> }} }}"
    )
    assert prepared(store) == paths(store)
    assert len(prepared(store)[TG.buildsOnTransitive]) == 1
    store.update(f"DROP GRAPH <{CLOSURE_GRAPH.value}>")
    assert prepared(store) == paths(store)


def test_nobody_writes_the_graph(store: EmbeddedStore) -> None:
    with pytest.raises(WriteRefusedError, match="inferred"):
        store.apply(GraphWrite(CLOSURE_GRAPH.value, "put", b""))
    store.replace_graphs(
        {CLOSURE_GRAPH: [Quad(iri("action/a"), TG.buildsOnTransitive, iri("action/b"), CLOSURE_GRAPH)]}
    )
    assert not any(prepared(store).values())


def test_others_that_are_dropped_take_their_closures_with_them(store: EmbeddedStore) -> None:
    store.replace_graphs(graph_of("a", chain("action/a", "action/b", "action/c")))
    store.replace_graphs(
        graph_of("b", chain("body/a", "body/b", predicate=ORG.subOrganizationOf)), drop_others=True
    )
    assert prepared(store) == paths(store)
    assert len(prepared(store)[TG.subOrganizationOfTransitive]) == 1


@pytest.fixture
def other_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A note as closures have it that were made by other rules."""
    note = Quad(CLOSURE_GRAPH, closing.NOTE.predicate, iri("tool/other-rules"), CLOSURE_GRAPH)
    monkeypatch.setattr(closing, "NOTE", note)
    yield
    monkeypatch.undo()


def test_closures_of_other_rules_are_made_anew_with_the_next_commit(
    place: Path, other_rules: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmbeddedStore(place) as store:
        monkeypatch.setattr(closing, "CLOSURES", {})
        store.replace_graphs(graph_of("a", chain("action/a", "action/b", "action/c")))
        assert not any(prepared(store).values())
        monkeypatch.undo()
        store.replace_graphs(graph_of("b", {("tool/x", TG.cites, "tool/y")}))
        assert prepared(store) == paths(store) and len(prepared(store)[TG.buildsOnTransitive]) == 3


def test_a_plain_dataset_has_no_closures(place: Path) -> None:
    with EmbeddedStore(place, merged=False) as store:
        store.replace_graphs(graph_of("a", chain("action/a", "action/b", "action/c")))
        assert not any(prepared(store).values())


def test_where_there_are_none_a_query_that_names_one_is_refused_with_the_path() -> None:
    require_no_closure("SELECT * { ?a tg:buildsOn+ ?b . ?a rdfs:label 'buildsOnTransitive' }")
    with pytest.raises(QueryError) as raised:
        require_no_closure("SELECT * {\n ?a tg:buildsOnTransitive ?b }")
    assert raised.value.where is not None and (raised.value.where.line, raised.value.where.column) == (2, 5)
    assert f"<{TG.buildsOn.value}>+" in raised.value.remedy
