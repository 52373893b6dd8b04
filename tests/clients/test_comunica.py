"""Comunica asks the endpoint, finds out by itself what it is, and joins two endpoints in one query."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]
NAMES = "PREFIX : <http://example.org/> SELECT ?name { ?x a :Harbour ; :name ?name FILTER(LANG(?name) = 'en') } ORDER BY ?name"
BOTH = """PREFIX : <http://example.org/>
SELECT ?name ?water { ?x :name ?name ; :water ?water FILTER(LANG(?name) = 'en') } ORDER BY ?name"""


def comunica(modules: Path, query: str, *sources: str) -> list[dict[str, str]]:
    """The rows of a query over sources, as Comunica's own command gives them."""
    program = modules / "@comunica" / "query-sparql" / "bin" / "query.js"
    done = subprocess.run(
        [
            REPO / "scripts" / "with-node.sh",
            "node",
            program,
            *sources,
            "-q",
            query,
            "-t",
            "application/sparql-results+json",
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def test_comunica_asks_the_endpoint(modules: Path, harbours: Any) -> None:
    assert comunica(modules, NAMES, f"sparql@{harbours.sparql}") == [{"name": "North"}, {"name": "South"}]


def test_comunica_sees_by_the_description_that_it_is_an_endpoint(modules: Path, harbours: Any) -> None:
    assert comunica(modules, NAMES, harbours.sparql) == [{"name": "North"}, {"name": "South"}]


def test_comunica_joins_two_endpoints(modules: Path, harbours: Any, waters: Any) -> None:
    assert comunica(modules, BOTH, f"sparql@{harbours.sparql}", f"sparql@{waters.sparql}") == [
        {"name": "North", "water": "salt"},
        {"name": "West", "water": "brackish"},
    ]


def test_comunica_reads_a_graph_of_the_graph_store(modules: Path, harbours: Any) -> None:
    address = f"{harbours.graphs}?graph=http://example.org/tides"
    assert comunica(modules, "SELECT ?tide { ?x ?p ?tide }", address) == [{"tide": "high"}]
