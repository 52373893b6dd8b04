"""How much faster a prepared closure is than the engine's own path, and what it costs each commit.

python benchmarks/closures.py [--quads 1000000] [--chain 20 200]

Builds a merged store of the domain graph of ``endpoint_parts``, once for each length of its chains of mandates. Prints,
for each query, the time by the path and by the look-up (the least of several, the answer written as JSON) and their
ratio; then what the commit of one document takes, and the part of it that the closures take.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from endpoint_parts import graph
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
)

from treatygraph.store import EmbeddedStore, closures, embedded
from treatygraph.store.layout import Layout

PROLOGUE = f"BASE <{graph.ID}> PREFIX tg: <{graph.TG}> PREFIX rdfs: <{graph.RDFS}> "
IN = "GRAPH <graph/inferred/closures>"
TRIES = 20


def queries(chain: int) -> dict[str, tuple[str, str]]:
    """Name → the query by the path and by the closure."""
    last, first = f"<mandate/{chain - 1:032x}>", f"<mandate/{0:032x}>"
    return {
        "all that a mandate builds on": (
            f"SELECT ?m {{ {last} tg:buildsOn+ ?m }}",
            f"SELECT ?m {{ {IN} {{ {last} tg:buildsOnTransitive ?m }} }}",
        ),
        "all that build on a mandate": (
            f"SELECT ?m {{ ?m tg:buildsOn+ {first} }}",
            f"SELECT ?m {{ {IN} {{ ?m tg:buildsOnTransitive {first} }} }}",
        ),
        "does one build on another": (
            f"ASK {{ {last} tg:buildsOn+ {first} }}",
            f"ASK {{ {IN} {{ {last} tg:buildsOnTransitive {first} }} }}",
        ),
        "how many pairs there are": (
            "SELECT (COUNT(*) AS ?n) { ?a tg:buildsOn+ ?b }",
            f"SELECT (COUNT(*) AS ?n) {{ {IN} {{ ?a tg:buildsOnTransitive ?b }} }}",
        ),
        "who builds on most": (
            "SELECT ?a (COUNT(?b) AS ?n) { ?a tg:buildsOn+ ?b } GROUP BY ?a ORDER BY DESC(?n) ?a LIMIT 10",
            f"SELECT ?a (COUNT(?b) AS ?n) {{ {IN} {{ ?a tg:buildsOnTransitive ?b }} }} GROUP BY ?a "
            "ORDER BY DESC(?n) ?a LIMIT 10",
        ),
        "articles along the lines": (
            "SELECT ?article (COUNT(*) AS ?n) { ?a tg:buildsOn+ ?b . ?b tg:regarding ?article } "
            "GROUP BY ?article ORDER BY ?article",
            f"SELECT ?article (COUNT(*) AS ?n) {{ {IN} {{ ?a tg:buildsOnTransitive ?b }} ?b tg:regarding ?article }} "
            "GROUP BY ?article ORDER BY ?article",
        ),
    }


def made(place: Path, quads: int, chain: int) -> dict[NamedNode, list[Quad]]:
    """Fills a store and gives back a few of its graphs."""
    graph.CHAIN = chain  # type: ignore[misc]
    graphs: dict[NamedNode, list[Quad]] = defaultdict(list)
    with tempfile.TemporaryFile() as file:
        for lines in graph.lines(quads):
            file.write(lines.encode())
        file.seek(0)
        for quad in parse(file, format=RdfFormat.N_QUADS):
            if not isinstance(quad.graph_name, DefaultGraph):
                graphs[cast(NamedNode, quad.graph_name)].append(quad)
    with EmbeddedStore(place) as store:
        began = time.perf_counter()
        store.replace_graphs(graphs)
        print(
            f"{sum(map(len, graphs.values())):,} quads in {len(graphs):,} graphs: {time.perf_counter() - began:.0f} s"
        )
    return {name: graphs[name] for name in list(graphs)[7 : 7 + TRIES]}


def least(ask: Callable[[], object], seconds: float = 1.0) -> float:
    """The least time of a call, tried until so many seconds have gone."""
    taken: list[float] = []
    while sum(taken) < seconds:
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return min(taken)


def answer(engine: Store, query: str) -> bytes:
    """The answer as JSON."""
    buffer = io.BytesIO()
    found = cast(QuerySolutions, engine.query(PROLOGUE + query))
    found.serialize(cast(IO[bytes], buffer), QueryResultsFormat.JSON)
    return buffer.getvalue()


def compare(place: Path, chain: int) -> None:
    """Prints the ratios."""
    engine = Store.read_only(str(Layout(place).generation(1)))
    empty = least(lambda: answer(engine, "ASK { <a> <b> <c> }"))
    print(f"a query that finds nothing: {1e6 * empty:.0f} µs, in every time below")
    print(f"{'chains of ' + str(chain):32} {'path':>12} {'closure':>12} {'ratio':>7}")
    for name, (by_path, by_closure) in queries(chain).items():
        assert sorted(answer(engine, by_path)) == sorted(answer(engine, by_closure)), name
        path, closure = (least(lambda text=text: answer(engine, text)) for text in (by_path, by_closure))  # type: ignore[misc]
        print(f"{name:32} {1e6 * path:9.0f} µs {1e6 * closure:9.0f} µs {path / closure:6.1f}×")


def commits(place: Path, graphs: dict[NamedNode, list[Quad]]) -> None:
    """Prints what commits of one document take, which loses its statements and gets them back."""
    spent: list[float] = []
    plain = closures.follow

    def timed(engine: Store, difference: object) -> None:
        began = time.perf_counter()
        plain(engine, difference)  # type: ignore[arg-type]
        spent.append(time.perf_counter() - began)

    embedded.follow = timed  # type: ignore[assignment]
    whole: list[float] = []
    with EmbeddedStore(place) as store:
        for name, quads in graphs.items():
            for held in ([], quads):
                began = time.perf_counter()
                store.replace_graphs({name: held})
                whole.append(time.perf_counter() - began)
    share = statistics.median(spent) / statistics.median(whole)
    print(
        f"commit of one document: median {1000 * statistics.median(whole):.1f} ms, of it closures "
        f"{1000 * statistics.median(spent):.2f} ms ({100 * share:.0f} %)"
    )


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--chain", type=int, nargs="+", default=[20, 200])
    asked = parser.parse_args()
    for chain in asked.chain:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "store"
            graphs = made(place, asked.quads, chain)
            compare(place, chain)
            commits(place, graphs)


if __name__ == "__main__":
    main()
