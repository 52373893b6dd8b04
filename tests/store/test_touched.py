"""What an update can change is told before it runs: its statements, its graphs, or nothing can be told."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import NamedNode, Quad

from treatygraph.store import EmbeddedStore, applying
from treatygraph.store.closures import CLOSURE_GRAPH
from treatygraph.store.touched import touched

G = "http://a/g"
BASE = "http://a/"

NAMED = {
    "a graph by its IRI": ("INSERT { GRAPH <http://a/g> { ?s ?p 1 } } WHERE { ?s ?p ?o }", {G}),
    "a graph by its short name": ("PREFIX a: <http://a/> DELETE WHERE { GRAPH a:g { ?s ?p ?o } }", {G}),
    "a graph by a relative IRI": ("DELETE { GRAPH <g> { ?s ?p ?o } } WHERE { GRAPH ?any { ?s ?p ?o } }", {G}),
    "the graph of WITH": ("WITH <g> DELETE { ?s ?p 1 } INSERT { GRAPH <h> { ?s ?p 2 } } WHERE { ?s ?p 1 }", {G, "http://a/h"}),
    "a graph that is emptied": ("CLEAR SILENT GRAPH <g>", {G}),
    "both graphs of MOVE": ("MOVE <g> TO GRAPH <h>", {G, "http://a/h"}),
    "the graphs of all operations": ("DROP GRAPH <g> ; CREATE GRAPH <h> ; INSERT DATA { GRAPH <i> { <s> <p> 1 } }", {G, "http://a/h", "http://a/i"}),
    "the graph of a new blank node": ("INSERT DATA { GRAPH <g> { _:b <p> 1 } }", {G}),
    "no graph that is only read": ("INSERT { GRAPH <g> { ?s ?p 1 } } USING <h> WHERE { GRAPH <i> { ?s ?p ?o } }", {G}),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_graphs_that_an_update_names_are_told(name: str) -> None:
    update, graphs = NAMED[name]
    reach = touched(update, BASE)
    assert reach is not None
    assert {graph.value for graph in reach.graphs} == graphs
    assert not reach.quads


def test_statements_that_are_written_out_are_told() -> None:
    reach = touched(
        "INSERT DATA { GRAPH <g> { <s> <p> <o> } } ; DELETE DATA { GRAPH <g> { <s> <p> <x> } }", BASE
    )
    s, p, o, x = (NamedNode(BASE + name) for name in "spox")
    assert reach is not None
    assert reach.quads == {Quad(s, p, o, NamedNode(G)), Quad(s, p, x, NamedNode(G))}
    assert not reach.graphs


@pytest.mark.parametrize(
    "update",
    [
        "INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "CLEAR NAMED",
        "DROP ALL",
        "LOAD <http://a/x> INTO GRAPH <g>",
        f"INSERT DATA {{ GRAPH <{CLOSURE_GRAPH.value}> {{ <s> <p> <o> }} }}",
        f"DROP GRAPH <{CLOSURE_GRAPH.value}>",
        "CLEAR",
        "INSERT DATA { GRAPH <g> { <s> <p> } }",
    ],
)
def test_nothing_is_told_of_an_update_that_could_change_anything(update: str) -> None:
    assert touched(update, BASE) is None


def test_merge_follows_updates_as_it_would_be_derived_anew(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deriving it anew is forbidden meanwhile."""
    monkeypatch.delattr(applying, "rederive")
    chance = random.Random(3)
    graphs, terms = [f"<http://a/g{n}>" for n in range(3)], [f"<http://a/{name}>" for name in "xyz"]
    for _ in range(40):
        one, two = chance.choice(graphs), chance.choice(graphs)
        triple = " ".join(chance.choice(terms) for _ in range(3))
        store.update(
            chance.choice(
                [
                    f"INSERT DATA {{ GRAPH {one} {{ {triple} }} GRAPH {two} {{ {triple} }} }}",
                    f"DELETE DATA {{ GRAPH {one} {{ {triple} }} }}",
                    f"INSERT {{ GRAPH {one} {{ ?o ?p ?s }} }} WHERE {{ GRAPH {two} {{ ?s ?p ?o }} }}",
                    f"WITH {one} DELETE {{ ?s ?p {terms[0]} }} WHERE {{ ?s ?p ?o }}",
                    f"COPY SILENT {one} TO {two}",
                    f"CLEAR SILENT GRAPH {one}",
                ]
            )
        )
        assert set(store.merged()) == {quad.triple for quad in store.quads()}
