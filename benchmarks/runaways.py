"""Print when queries that run away end, and what eight other clients notice: `.venv/bin/python benchmarks/runaways.py`.

The 55 queries of `tests/web/runaways.toml`, some at once, beside clients with small questions, whose 99th percentile is
measured without and with them. The Oxigraph server with the same time limit runs in the same way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "web"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from endpoint import build
from endpoint_parts.load import Load, request, run
from endpoint_parts.peers import Peer, ours, oxigraph
from runaway_queries import runaway_queries
from soak import exchange

CLIENTS = 8
GIVEN_UP = 15.0
"""Seconds after which a query counts as never ended."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--deadline", type=int, default=3)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--queries", type=int, default=55)
    arguments = parser.parse_args()
    queries = list(runaway_queries().values())[: arguments.queries]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build(folder / "store", arguments.quads)
        limit = str(arguments.deadline)
        with ours(folder / "store", folder / "ours.log", "--timeout", limit) as peer:
            _measure(peer, queries, arguments.deadline, arguments.at_once)
        # Without a limit where it does not last with one.
        for limits in (("--timeout-s", limit), ()):
            with oxigraph(folder / "store", folder / "oxigraph.log", *limits) as peer:
                if _measure(peer, queries, arguments.deadline, arguments.at_once):
                    break


def _measure(peer: Peer, queries: list[str], deadline: float, at_once: int) -> bool:
    """Prints the figures; whether the server lasted until the first of *queries*."""
    try:
        quiet = _small(peer, 5.0)
    except ConnectionError:
        # With a time limit the Oxigraph server starts a thread for each query, which sleeps until then: some thousand
        # small queries a second end it.
        print(f"{peer.name}: the server itself ended, before any of these queries")
        return False
    ended: list[tuple[int, float]] = []

    def send_all() -> None:
        with ThreadPoolExecutor(at_once) as threads:
            ended.extend(threads.map(lambda query: _run_away(peer, query), queries))

    sender = threading.Thread(target=send_all)
    sender.start()
    loads = []
    while sender.is_alive():
        try:
            loads.append(_small(peer, 2.0))
        except ConnectionError:
            # Some of these queries end the server that has no processes for them.
            print(f"{peer.name}: the server itself ended, after {sum(s > 0 for s, _ in ended)} answers")
            break
    sender.join()
    times = sorted(each for load in loads for each in load.times)
    beside = Load(1.0, tuple(times))
    statuses = Counter(status for status, _ in ended)
    late = sum(seconds > deadline + 0.5 for _, seconds in ended)
    print(f"{peer.name}: statuses {dict(statuses)} (0: no answer in {GIVEN_UP:g} s, or a broken one)")
    print(
        f"  later than the deadline and 0.5 s: {late} of {len(ended)}; latest {max(s for _, s in ended):.1f} s"
    )
    before, after = quiet.percentile(0.99), beside.percentile(0.99)
    print(f"  {CLIENTS} other clients, p99: {before:.1f} ms without, {after:.1f} ms with")
    print(f"  ratio: {after / max(0.001, before):.1f}")
    return True


_numbers = count()


def _small(peer: Peer, seconds: float) -> Load:
    texts = (f"SELECT ?o {{ ?s <a:p{number}> ?o }}" for number in _numbers)
    return run(peer.port, (request(peer.path, text, "text/csv") for text in texts), CLIENTS, seconds)


def _run_away(peer: Peer, query: str) -> tuple[int, float]:
    """The status, 0 for none or for a body that breaks off, and the seconds until it was there."""
    kind = "application/n-triples" if query.startswith(("CONSTRUCT", "DESCRIBE")) else "text/csv"
    data = request(peer.path, query, kind).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    start = time.monotonic()
    try:
        status, head, body = exchange(peer.port, data, GIVEN_UP)
    except (OSError, ValueError):
        return 0, time.monotonic() - start
    broken = b"chunked" in head and not body.endswith(b"0\r\n\r\n")
    return 0 if broken else status, time.monotonic() - start


if __name__ == "__main__":
    main()
