"""``treatygraph query`` looks for words, with the prefixes that it declares itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import RDF, RDFS, TG
from treatygraph.store import EmbeddedStore

QUERY = 'SELECT ?thing ?x { SERVICE tg:search { ?thing tg:matches "quays" ; tg:snippet ?x } }'


def test_words_are_looked_for_on_the_command_line(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    place, graph = tmp_path / "store", iri("graph/quays")
    facts: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, TG.Document), (RDFS.label, Literal("On quays and piers", language="en")),
    ]  # fmt: skip
    with EmbeddedStore(place) as store:
        store.replace_graphs(
            {graph: [Quad(iri("document/Q/1"), each, value, graph) for each, value in facts]}
        )
    found = run("query", QUERY, "--format", "json", store=place)
    assert found.returncode == 0, found.stderr
    (row,) = json.loads(found.stdout)["results"]["bindings"]
    assert row["thing"]["value"] == iri("document/Q/1").value
    assert row["x"] == {"type": "literal", "value": "On quays and piers", "xml:lang": "en"}
    wrong = run("query", QUERY.replace("tg:matches", "tg:has"), store=place)
    assert wrong.returncode != 0 and "line 1, column 47" in wrong.stderr
