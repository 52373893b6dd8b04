"""Sends hostile queries to a server, kills query processes meanwhile, and says whether it answers and keeps its memory.

Other clients go away in the middle of what they send or get, or dribble what they send, one byte after the other. Exit
status 1 when a request got no answer, an answer of the wrong kind, or one too late; when a client with a small question
was not answered; when one that dribbles is not let go; or when the memory afterwards is more than a tenth above that
before.

    .venv/bin/python benchmarks/soak.py --queries 10000
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from endpoint_parts.graph import lines
from endpoint_parts.load import request, run
from endpoint_parts.peers import Peer, ours
from hostile import hostile_requests
from pyoxigraph import RdfFormat

from treatygraph.store import EmbeddedStore

QUADS = 5_000
WORKERS = 4
DEADLINE = 0.5
SLACK = 4.0
"""Seconds after the deadline within which an answer is there; more for a machine that has other work."""

LET_GO = 10.0
"""Seconds that the server gives a client for the head of its request."""

_DRIBBLING = 50
_AT_ONCE = 6
_STATUSES = frozenset({200, 400, 406, 413, 431, 414, 503})
_WARM = 300
_FILL_SECONDS = 6.0
_QUIET_SECONDS = 3.0
_REST_SECONDS = 60.0
_AGAIN_SECONDS = 0.5
_MOST_GROWTH = 1.10


@dataclass
class Outcome:
    """What came of it."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    asked: int = 0
    slowest: float = 0.0
    """Seconds of the slowest answer."""
    kills: int = 0
    vanished: int = 0
    let_go: int = 0
    before: int = 0
    after: int = 0


def main() -> None:
    """Soak a server and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument(
        "--slack", type=float, default=SLACK, help="seconds after the deadline that count as late"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        begun = time.monotonic()
        outcome = soak(Path(temporary), arguments.queries, arguments.slack)
    totals: Counter[int] = Counter()
    for (_, status), number in outcome.statuses.items():
        totals[status] += number
    print(f"{arguments.queries} hostile queries in {time.monotonic() - begun:.0f} s, warming up included")
    print(f"answers by status: {dict(sorted(totals.items()))}; slowest {outcome.slowest:.1f} s")
    print(f"small questions answered meanwhile: {outcome.asked}; query processes killed: {outcome.kills}")
    print(
        f"clients that went away: {outcome.vanished}; clients that dribbled and were let go: {outcome.let_go}"
    )
    print(f"memory: {outcome.before >> 20} MB before, {outcome.after >> 20} MB after")
    for each in outcome.wrong[:20]:
        print(f"wrong: {each}")
    sys.exit(bool(outcome.wrong))


def soak(folder: Path, queries: int, slack: float = SLACK) -> Outcome:
    """Sends so many hostile queries to a server over a small graph."""
    store = folder / "store"
    with EmbeddedStore(store, merged=False) as opened, (folder / "graph.nq").open("w+b") as source:
        source.write("".join(lines(QUADS)).encode())
        source.seek(0)
        opened.load([("graph.nq", source, RdfFormat.N_QUADS)])
    # A small cache is full before the first measurement, so that it does not count as growth.
    options = (
        "--timeout",
        str(DEADLINE),
        "--workers",
        str(WORKERS),
        "--cache",
        "4",
        "--memory",
        "1500",
        "--result",
        "20",
    )
    outcome = Outcome()
    with ours(store, folder / "server.log", *options) as peer:
        _send_all(peer, _WARM, 7, Outcome(), slack)
        _fill(peer)
        outcome.before = _memory(peer)
        done = threading.Event()
        others = [
            threading.Thread(target=_ask, args=(peer, outcome, done, slack)),
            threading.Thread(target=_kill, args=(peer, outcome, done)),
            threading.Thread(target=_vanish, args=(peer, outcome, done)),
            threading.Thread(target=_dribble, args=(peer, outcome, done, slack)),
        ]
        for each in others:
            each.start()
        _send_all(peer, queries, 1, outcome, slack)
        done.set()
        for each in others:
            each.join()
        outcome.after = _memory(peer)
    if outcome.after > _MOST_GROWTH * outcome.before:
        outcome.wrong.append(f"memory grew from {outcome.before >> 20} to {outcome.after >> 20} MB")
    return outcome


def _fill(peer: Peer) -> None:
    """Asks thousands of different small questions: what is kept of requests and answers is bounded, and full then."""
    texts = (f"SELECT * {{ ?s ?p ?o }} LIMIT 3 #{number}" for number in count())
    run(peer.port, (request(peer.path, text, "text/csv") for text in texts), _AT_ONCE, _FILL_SECONDS)


def _memory(peer: Peer) -> int:
    """Bytes held when it has come to rest, as if with all its query processes.

    One that is just being replaced holds none, and how many are is a matter of the moment.
    """
    deadline = time.monotonic() + _REST_SECONDS
    while time.monotonic() < deadline:
        time.sleep(_QUIET_SECONDS)
        if len(peer.forked_processes()) >= WORKERS:
            break
    workers = peer.forked_processes()
    held = peer.held_by(workers)
    return peer.memory() - held + WORKERS * held // max(1, len(workers))


def _send_all(peer: Peer, queries: int, seed: int, outcome: Outcome, slack: float) -> None:
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(
            lambda each: _send(peer, each[0], each[1], outcome, slack), hostile_requests(queries, seed)
        ):
            pass


def _send(peer: Peer, name: str, data: bytes, outcome: Outcome, slack: float) -> None:
    start = time.monotonic()
    try:
        status, head, body = exchange(peer.port, data)
    except (OSError, ValueError) as error:
        outcome.wrong.append(f"{name}: no answer ({error}) to {data[:120]!r}")
        return
    seconds = time.monotonic() - start
    outcome.statuses[name, status] += 1
    outcome.slowest = max(outcome.slowest, seconds)
    if status not in _STATUSES:
        outcome.wrong.append(f"{name}: status {status} for {data[:120]!r}: {body[:200]!r}")
    elif status >= 400 and body and b"application/problem+json" not in head:
        outcome.wrong.append(f"{name}: no problem document for {data[:120]!r}: {body[:200]!r}")
    elif seconds > DEADLINE + slack:
        outcome.wrong.append(f"{name}: {seconds:.1f} seconds for {data[:120]!r}")


def exchange(port: int, data: bytes, seconds: float = 60.0) -> tuple[int, bytes, bytes]:
    """Status, head and body of the answer to one request, whose connection ends with it."""
    with socket.create_connection(("127.0.0.1", port), seconds) as connection:
        with suppress(ConnectionError):
            connection.sendall(data)
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return int(head[9:12]), head.lower(), body


def _ask(peer: Peer, outcome: Outcome, done: threading.Event, slack: float) -> None:
    """A client with small questions; each must be answered, if after a pause (503)."""
    for number in count():
        if done.wait(0.05):
            return
        query = f"SELECT ?o {{ ?s <a:p{number}> ?o }}"
        data = request("/sparql", query, "text/csv").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        statuses, deadline = [exchange(peer.port, data)[0]], time.monotonic() + slack
        while statuses[-1] != 200 and time.monotonic() < deadline:
            time.sleep(_AGAIN_SECONDS)
            statuses.append(exchange(peer.port, data)[0])
        if statuses[-1] == 200:
            outcome.asked += 1
        else:
            outcome.wrong.append(f"a small question got {statuses}")


def _vanish(peer: Peer, outcome: Outcome, done: threading.Event) -> None:
    """Clients that go away: in the middle of a head, of a body, of a long answer, or while their query runs."""
    ten = " ".join(f"VALUES ?v{number} {{ 1 2 3 4 5 6 7 8 9 10 }}" for number in range(5))
    long = request("/sparql", f"SELECT * {{ {ten} }}", "text/csv")
    half_body = (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 1000\r\n\r\nSELECT"
    )
    ways = ((long[:40], False), (half_body, False), (long, True), (long, False))
    for number in count():
        if done.wait(0.2):
            return
        data, reads = ways[number % len(ways)]
        with suppress(OSError), socket.create_connection(("127.0.0.1", peer.port), 10) as connection:
            # Closed with bytes unread, or at once: the server gets a reset, not an orderly end.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(data)
            if reads:
                connection.recv(1000)
            outcome.vanished += 1


def _dribble(peer: Peer, outcome: Outcome, done: threading.Event, slack: float) -> None:
    """Clients that send a byte a second of a head that never ends; each is to be let go at its time."""
    open_ones: list[tuple[float, socket.socket]] = []
    try:
        while not done.wait(1.0):
            while len(open_ones) < _DRIBBLING:
                connection = socket.create_connection(("127.0.0.1", peer.port), 10)
                connection.sendall(b"GET /sparql?query=")
                connection.setblocking(False)
                open_ones.append((time.monotonic(), connection))
            staying = []
            for since, connection in open_ones:
                if _is_let_go(connection):
                    connection.close()
                    outcome.let_go += 1
                elif time.monotonic() - since > LET_GO + slack:
                    outcome.wrong.append(f"a client dribbles for {time.monotonic() - since:.0f} seconds")
                    connection.close()
                else:
                    staying.append((since, connection))
            open_ones = staying
    finally:
        for _, connection in open_ones:
            connection.close()


def _is_let_go(connection: socket.socket) -> bool:
    try:
        connection.send(b"a")
        return connection.recv(1000) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _kill(peer: Peer, outcome: Outcome, done: threading.Event) -> None:
    """Ends a query process every second."""
    chance = random.Random(5)
    while not done.wait(1.0):
        workers = peer.query_processes()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                outcome.kills += 1


if __name__ == "__main__":
    main()
