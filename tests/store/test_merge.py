"""The default graph equals the union of the asserted graphs, whatever was replaced before."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from treatygraph.graph.iris import iri
from treatygraph.store import EmbeddedStore
from treatygraph.store.merge import is_asserted, merged_triples, replace

GRAPHS = [iri(f"graph/{name}") for name in ("a", "b", "registry/c", "build", "suggestions/m")]
TRIPLES = [
    Triple(iri(f"tool/{s}"), iri("concept/says"), Literal(o))
    for s in ("well", "spring")
    for o in ("1", "2", "3", 255, 256)
]
contents = st.frozensets(st.sampled_from(TRIPLES))
replacements = st.dictionaries(st.sampled_from(GRAPHS), contents, max_size=3)
commits = st.lists(st.tuples(replacements, st.booleans()), min_size=1, max_size=4)


@settings(max_examples=30, deadline=None)
@given(commits)
def test_default_graph_is_the_union_after_any_replacements(
    steps: list[tuple[dict[NamedNode, frozenset[Triple]], bool]],
) -> None:
    expected: dict[NamedNode, frozenset[Triple]] = {}
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder) / "store") as store:
        for new, drop_others in steps:
            expected = new if drop_others else expected | new
            store.replace_graphs(
                {
                    graph: [Quad(t.subject, t.predicate, t.object, graph) for t in triples]
                    for graph, triples in new.items()
                },
                drop_others=drop_others,
            )
            held = {graph: triples for graph, triples in expected.items() if triples}
            assert store.graphs() == tuple(sorted(held, key=lambda graph: graph.value))
            asserted = [triples for graph, triples in held.items() if is_asserted(graph)]
            found = list(store.merged())
            assert set(found) == frozenset().union(*asserted)
            assert len(found) == len(set(found))


def test_default_graph_that_was_no_merge_is_derived_anew() -> None:
    graph, fact = GRAPHS[0], TRIPLES[0]
    stale, fresh = TRIPLES[1], TRIPLES[2]
    engine = Engine()
    engine.extend([Quad(fact.subject, fact.predicate, fact.object, graph), Quad(*stale)])
    difference = replace(
        engine, {graph: {Quad(fresh.subject, fresh.predicate, fresh.object, graph)}}, merged=True
    )
    assert set(merged_triples(engine)) == {fresh}
    assert (difference.gone, difference.come) == ({stale}, {fresh})


def test_number_is_not_taken_for_its_neighbour(tmp_path: Path) -> None:
    """255 and 256 differ in more than their last byte, and the engine on disk finds the one for the other."""
    graph = GRAPHS[0]
    with EmbeddedStore(tmp_path / "store") as store:
        for number in (254, 255, 256, 257, 511, 512, 767, 768, 65535, 65536):
            store.replace_graphs(
                {graph: [Quad(iri("tool/well"), iri("concept/says"), Literal(number), graph)]}
            )
            assert [triple.object for triple in store.merged()] == [Literal(number)]


def test_graphs_of_builds_and_suggestions_are_never_asserted() -> None:
    assert not is_asserted(iri("graph/build"))
    assert not is_asserted(iri("graph/suggestions/model"))
    assert is_asserted(iri("graph/registry/bodies"))
