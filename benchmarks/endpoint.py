"""Print how fast queries are answered beside other servers: `.venv/bin/python benchmarks/endpoint.py`.

Builds a graph of the field (`--quads`, a million by default), starts the servers over it and prints answers a second,
median and 99th percentile for each query and for three mixes (all different, drawn by Zipf's law, the same few), and
what ours is beside each peer. Only the ratios of one run can be compared between machines. `make bench-setup` brings
rdflib-endpoint, `scripts/virtuoso.sh` Virtuoso; `--peers` names who runs, `--rows` which lines.

With ten million quads (`--quads 10000000 --connections 8 --peers oxigraph`) the rate of the load, the seconds until the
first answer and the memory are what to read.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from endpoint_parts.graph import documents_for, lines
from endpoint_parts.load import Load, request, run
from endpoint_parts.peers import Peer, ours, oxigraph, rdflib_endpoint, virtuoso
from endpoint_parts.queries import TEMPLATES, Template
from pyoxigraph import RdfFormat

from treatygraph.store import EmbeddedStore

RDFLIB_QUADS = 100_000
_ZIPF_TEXTS = 2000
_RDFLIB_CONNECTIONS = 8
_MIXED = 5.0
"""The costliest query of a mix takes a thousand times as long as the cheapest; so a mix needs time."""

Requests = Callable[[str], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the tables: what is asked, over how many connections, and for how many times the common seconds."""

    name: str
    connections: int
    requests: Requests
    longer: float = 1.0


def main() -> None:
    """Measure every server and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="for each line of a table; mixes take five times that"
    )
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 64])
    others = ["oxigraph", "virtuoso", "rdflib"]
    parser.add_argument("--peers", nargs="*", default=others, choices=others)
    parser.add_argument(
        "--rows", nargs="+", default=[""], help="lines whose names begin so, such as mix, trivial"
    )
    parser.add_argument("--store", type=Path, help="where the stores are kept between runs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        kept = arguments.store or folder
        store = kept / "store"
        kept.mkdir(parents=True, exist_ok=True)
        build(store, arguments.quads)
        documents = documents_for(arguments.quads)
        rows = [*_mixes(documents, arguments.connections), *_single(documents, arguments.connections)]
        rows = [row for row in rows if row.name.startswith(tuple(arguments.rows))]
        with contextlib.ExitStack() as running:
            peers = [running.enter_context(ours(store, folder / "ours.log"))]
            if "oxigraph" in arguments.peers:
                peers.append(running.enter_context(oxigraph(store, folder / "oxigraph.log")))
            if "virtuoso" in arguments.peers:
                quads = lines(arguments.quads)
                peers.append(
                    running.enter_context(virtuoso(kept / "virtuoso", quads, folder / "virtuoso.log"))
                )
            loads = _measure(peers, rows, arguments.seconds, TEMPLATES, documents)
        for other in peers[1:]:
            _print(rows, loads[peers[0].name], other.name, loads[other.name])
        if "rdflib" in arguments.peers:
            _beside_rdflib(folder, arguments.seconds, arguments.quads)


def build(store: Path, quads: int) -> None:
    """Makes the store, unless it is there, and prints the rate."""
    if (store / "CURRENT").exists():
        return
    source = store.with_suffix(".nq")
    with source.open("w", encoding="utf-8") as out:
        written = sum(out.write(text) and text.count("\n") for text in lines(quads))
    start = time.perf_counter()
    # A plain dataset, whose default graph comes with the file: the merge of the named graphs, as ours has it.
    with EmbeddedStore(store, merged=False) as opened, source.open("rb") as stream:
        opened.load([(source.name, stream, RdfFormat.N_QUADS)])
    seconds = time.perf_counter() - start
    size = sum(path.stat().st_size for path in (store / "writer").iterdir())
    print(
        f"loaded {written // 2:,} quads, and as many triples of the default graph, in {seconds:.0f} s "
        f"({written / 2 / seconds:,.0f} quads a second), {size >> 20} MB on disk"
    )
    source.unlink()


def _mixes(documents: int, connections: list[int]) -> Iterator[Row]:
    for number in connections:
        yield Row("mix: all different", number, lambda path: _different(path, TEMPLATES, documents), _MIXED)
        yield Row("mix: Zipf", number, lambda path: _zipf(path, documents), _MIXED)
        yield Row("mix: the same few", number, lambda path: _same(path, TEMPLATES, documents))


def _single(documents: int, connections: list[int]) -> Iterator[Row]:
    for template in TEMPLATES:
        for number in connections:
            kind = "trivial" if template.trivial else "engine"
            yield Row(
                f"{kind}: {template.name}",
                number,
                lambda path, chosen=template: _different(path, (chosen,), documents),  # type: ignore[misc]
            )


_numbers = count(1)


def _different(path: str, templates: tuple[Template, ...], documents: int) -> Iterator[bytes]:
    """Texts that were never asked before, template after template."""
    while True:
        for template in templates:
            # A step that has no common divisor with the number of documents goes through all of them.
            yield request(path, template.query(next(_numbers) * 7919, documents), template.accept)


def _same(path: str, templates: tuple[Template, ...], documents: int) -> Iterator[bytes]:
    held = [request(path, template.query(5, documents), template.accept) for template in templates]
    while True:
        yield from held


def _zipf(path: str, documents: int, templates: tuple[Template, ...] = TEMPLATES) -> Iterator[bytes]:
    """Two thousand texts, the n-th asked for 1/n as often as the first."""
    chance = random.Random(3)
    texts = [
        request(path, template.query(number, documents), template.accept)
        for number in range(_ZIPF_TEXTS // len(templates) + 1)
        for template in templates
    ]
    chance.shuffle(texts)
    weights = [1 / rank for rank in range(1, len(texts) + 1)]
    while True:
        yield from chance.choices(texts, weights, k=5000)


def _measure(
    peers: list[Peer], rows: list[Row], seconds: float, templates: tuple[Template, ...], documents: int
) -> dict[str, list[Load]]:
    """The servers take turns line by line, so that what else the machine does falls on all of them."""
    loads: dict[str, list[Load]] = {peer.name: [] for peer in peers}
    for peer in peers:
        # What the same few are is known to all when they are measured.
        run(peer.port, _same(peer.path, templates, documents), 1, seconds)
        print(f"{peer.name}: first answer {peer.seconds:.1f} s after its start")
    before = {peer.name: peer.memory() >> 20 for peer in peers}
    for row in rows:
        for peer in peers:
            load = run(peer.port, row.requests(peer.path), row.connections, seconds * row.longer)
            loads[peer.name].append(load)
            bad = {status: number for status, number in load.statuses.items() if status != 200}
            if bad:
                print(f"{peer.name}, {row.name}, {row.connections} connections: statuses {bad}")
    for peer in peers:
        print(f"{peer.name}: memory {before[peer.name]} → {peer.memory() >> 20} MB")
    return loads


def _print(rows: list[Row], mine: list[Load], other: str, theirs: list[Load]) -> None:
    head = f"{'':<34}{'con.':>5}{'ours/s':>10}{'p50':>8}{'p99':>8}"
    print(f"\n{head}{other + '/s':>12}{'p50':>8}{'p99':>8}{'rate ×':>9}{'p99 ×':>8}")
    for row, our, their in zip(rows, mine, theirs, strict=True):
        values = (our.rate, our.percentile(0.5), our.percentile(0.99))
        others = (their.rate, their.percentile(0.5), their.percentile(0.99))
        ratio = our.rate / their.rate if their.rate else float("inf")
        slower = values[2] / others[2] if others[2] else 0.0
        print(
            f"{row.name:<34}{row.connections:>5}{values[0]:>10,.0f}{values[1]:>8.2f}{values[2]:>8.2f}"
            f"{others[0]:>12,.0f}{others[1]:>8.2f}{others[2]:>8.2f}{ratio:>9.2f}{slower:>8.2f}"
        )


def _beside_rdflib(folder: Path, seconds: float, quads: int) -> None:
    """rdflib holds its graph in Python objects, so both answer over a small graph; the ratio grows with the graph."""
    quads = min(quads, RDFLIB_QUADS)
    store, triples = folder / "small", folder / "small.nt"
    build(store, quads)
    with triples.open("wb") as out, EmbeddedStore(store, merged=False) as opened:
        for triple in opened.merged():
            out.write(f"{triple} .\n".encode())
    documents = documents_for(quads)
    # No CONSTRUCT over GRAPH: that peer is given one graph. Its answers take seconds, so the time is long.
    templates = tuple(each for each in TEMPLATES if each.name != "one graph")
    rows = [
        Row(
            "mix: all different",
            _RDFLIB_CONNECTIONS,
            lambda path: _different(path, templates, documents),
            2.0,
        ),
        Row("mix: Zipf", _RDFLIB_CONNECTIONS, lambda path: _zipf(path, documents, templates), 2.0),
    ]
    with contextlib.ExitStack() as running:
        peers = [running.enter_context(ours(store, folder / "ours-small.log"))]
        try:
            peers.append(running.enter_context(rdflib_endpoint(triples, folder / "rdflib.log")))
        except FileNotFoundError as error:
            print(error)
            return
        loads = _measure(peers, rows, 5 * seconds, templates, documents)
    print(f"\nover {quads:,} quads:", end="")
    _print(rows, loads[peers[0].name], "rdflib", loads[peers[1].name])


if __name__ == "__main__":
    main()
