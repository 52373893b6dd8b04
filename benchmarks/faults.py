"""Kills the writer, query processes and the server at random moments under load, and says whether anything was lost.

Each commit replaces two graphs by the same number. A client that reads must see that one number in both graphs and in
the default graph (no mixed state), and never one older than the last that was acknowledged before it asked (no lost
commit). Then the disk takes no more, and then the files of the current generation are spoilt: each is told with a
status of its own, nothing is lost, and a backup restored while the server runs makes all well again. Exit status 1
when any of that failed, or when the store is not whole at the end.

    .venv/bin/python benchmarks/faults.py --kills 500
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from treatygraph.store import EmbeddedStore
from treatygraph.store.verify import verify

TREATYGRAPH = Path(sys.executable).with_name("treatygraph")
MOMENT = 0.4
"""Seconds after a commit, at most, until the next kill: some commits long, so that it falls into any part of one."""

PAUSE = 0.02
LAST = 0.7
FILE_BYTES = 512 << 10
"""How large a file may get on the disk that takes no more."""

PATIENCE = 60.0
"""Seconds that the next commit after a kill may take on a busy machine."""

WEIGHTS = {"writer": 10, "query": 4, "server": 2}
FACT = "<http://f/s> <http://f/p> {0}"
UPDATE = f"""CLEAR SILENT GRAPH <http://f/a> ; CLEAR SILENT GRAPH <http://f/b> ;
INSERT DATA {{{{ GRAPH <http://f/a> {{{{ {FACT} }}}} GRAPH <http://f/b> {{{{ {FACT} }}}} }}}}"""
QUERY = """SELECT ?where ?n { { GRAPH ?where { <http://f/s> <http://f/p> ?n } }
UNION { <http://f/s> <http://f/p> ?n BIND("merge" AS ?where) } }"""


@dataclass
class Seen:
    """What happened."""

    acknowledged: int = 0
    sent: int = 0
    commits: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    reads: int = 0
    failed_reads: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Server:
    """``treatygraph serve --writes`` over one store, started again after it was killed."""

    def __init__(self, store: Path, secret: str) -> None:
        self.store = store
        self.secret = secret
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, file_bytes: int = resource.RLIM_INFINITY) -> None:
        """Starts it; no file that it or its processes write gets larger than *file_bytes*, as on a full disk."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        self._process = subprocess.Popen(
            [TREATYGRAPH, "--store", self.store, "serve", "--port", str(port), "--writes", "--workers", "2"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes)),
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                self.send("GET", "/health", port=port)
                self.port = port
                return
            time.sleep(0.05)
        raise SystemExit("the server does not start")

    def send(self, method: str, target: str, body: str | None = None, *, port: int = 0) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        headers = {"Accept": "application/sparql-results+json"}
        if body is not None:
            headers |= {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {self.secret}"}
        try:
            connection.request(method, target, body, headers)
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def processes(self) -> dict[str, list[int]]:
        """The processes that are there now, by what they do."""
        assert self._process is not None
        found: dict[str, list[int]] = {"writer": [], "query": [], "server": [self._process.pid]}
        waiting = [self._process.pid]
        while waiting:
            for child in _children(waiting.pop()):
                waiting.append(child)
                words = _words(child)
                # The one that forks writers off and the one that it has forked off have the same words.
                kind = "writer" if "treatygraph.store.writer" in words else None
                kind = kind or (
                    "query" if any(word.endswith("store/worker.py") for word in words) else "server"
                )
                found[kind].append(child)
        return found

    def stop(self) -> None:
        """Kills the server and all that it has started."""
        for numbers in self.processes().values():
            for number in numbers:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
        assert self._process is not None
        self._process.wait()


def _children(number: int) -> list[int]:
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{number}/task").iterdir():
            with suppress(OSError):
                found += map(int, (task / "children").read_text().split())
    return found


def _words(number: int) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{number}/cmdline").read_bytes().decode().split("\0")
    return []


def write(server: Server, seen: Seen, done: threading.Event) -> None:
    while not done.is_set():
        seen.sent += 1
        number = seen.sent
        try:
            status, _ = server.send("POST", "/sparql", UPDATE.format(number))
        except (OSError, http.client.HTTPException) as error:
            seen.refused[type(error).__name__] += 1
            time.sleep(0.02)
            continue
        if status < 300:
            seen.acknowledged = number
            seen.commits += 1
        else:
            seen.refused[str(status)] += 1


def read(server: Server, seen: Seen, done: threading.Event) -> None:
    number = 0
    # Pauses, so that what was killed has a processor to come back on.
    while not done.wait(PAUSE):
        number += 1
        before = seen.acknowledged
        # A comment makes each text another, so that no kept answer is given.
        target = ask(f"{QUERY} # {number} {quote(threading.current_thread().name)}")
        try:
            status, body = server.send("GET", target)
        except (OSError, http.client.HTTPException):
            seen.failed_reads += 1
            time.sleep(0.02)
            continue
        if status != 200:
            seen.failed_reads += 1
            continue
        seen.reads += 1
        judge(body, before, seen)


def judge(body: bytes, before: int, seen: Seen) -> None:
    rows = json.loads(body)["results"]["bindings"]
    values = sorted((row["where"]["value"], int(row["n"]["value"])) for row in rows)
    numbers = {number for _, number in values}
    if not values and before == 0:
        return
    if [where for where, _ in values] != ["http://f/a", "http://f/b", "merge"] or len(numbers) != 1:
        seen.wrong.append(f"mixed state: {values}")
    elif min(numbers) < before:
        seen.wrong.append(f"lost commit: {min(numbers)} read, {before} acknowledged")


def kill(server: Server, seen: Seen, kills: int, chance: random.Random) -> None:
    while seen.kills.total() < kills:
        wait_for_commit(seen)
        time.sleep(chance.uniform(0.0, MOMENT))
        kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        running = server.processes()[kind]
        if not running:
            continue
        if kind == "server":
            server.stop()
            server.start()
        else:
            with suppress(ProcessLookupError):
                os.kill(victim(running, chance), signal.SIGKILL)
        seen.kills[kind] += 1


def victim(running: list[int], chance: random.Random) -> int:
    """One of some processes; mostly the last, which is the writer itself and not the one that has forked it off."""
    return running[-1] if chance.random() < LAST else chance.choice(running)


def wait_for_commit(seen: Seen) -> None:
    """Returns when something was committed since it was called, so that kills meet a writer at work."""
    before, deadline = seen.commits, time.monotonic() + PATIENCE
    while seen.commits == before:
        if time.monotonic() > deadline:
            raise SystemExit(f"nothing was committed for {PATIENCE:g} seconds: {dict(seen.refused)}")
        time.sleep(0.005)


def fill_disk(server: Server, seen: Seen) -> None:
    """A disk that takes no more: a large change and a long answer are refused, and small ones go on."""
    server.start(file_bytes=FILE_BYTES)
    try:
        many = " ".join(f"<http://f/{number}> <http://f/p> '{'x' * 100}' ." for number in range(3_500))
        expect(seen, server, "a change for which there is no room", 503, "POST", "/sparql",
               f"INSERT DATA {{ GRAPH <http://f/big> {{ {many} }} }}")  # fmt: skip
        ten = " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 10 }}" for n in range(5))
        expect(seen, server, "an answer for which there is no room", 503, "GET", ask(f"SELECT * {{ {ten} }}"))
        seen.sent += 1
        expect(seen, server, "a small change", 204, "POST", "/sparql", UPDATE.format(seen.sent))
        seen.acknowledged = seen.sent
        judge(server.send("GET", ask(QUERY))[1], seen.acknowledged, seen)
    finally:
        server.stop()
    seen.wrong += verify(server.store).damages


def spoil_files(server: Server, seen: Seen, folder: Path) -> None:
    """Files of the current generation with other bytes: told, and mended by a backup while the server runs."""
    backup = folder / "backup"
    command([TREATYGRAPH, "--store", server.store, "backup", backup])
    number = (server.store / "CURRENT").read_text().strip()
    tables = list((server.store / "generations" / number).glob("*.sst"))
    for table in tables:
        table.write_bytes(bytes(255 - byte for byte in table.read_bytes()))
    if not tables or not verify(server.store).damages:
        seen.wrong.append("files were spoilt, and verify does not tell")
    server.start()
    try:
        expect(seen, server, "a question to spoilt files", 503, "GET", ask(QUERY))
        expect(seen, server, "a change of spoilt files", 503, "POST", "/sparql", UPDATE.format(0))
        command([TREATYGRAPH, "--store", server.store, "restore", backup])
        judge(server.send("GET", ask(QUERY))[1], seen.acknowledged, seen)
        seen.sent += 1
        expect(seen, server, "a change after the restore", 204, "POST", "/sparql", UPDATE.format(seen.sent))
    finally:
        server.stop()
    seen.wrong += verify(server.store).damages


def ask(query: str) -> str:
    """The address of a query."""
    return f"/sparql?{urlencode({'query': query})}"


def expect(
    seen: Seen, server: Server, what: str, status: int, method: str, target: str, body: str | None = None
) -> None:
    """Notes it when a request gets another status, or a failure without a problem document."""
    found, answer = server.send(method, target, body)
    if found != status:
        seen.wrong.append(f"{what} got {found}, not {status}: {answer[:200]!r}")
    elif found >= 400 and json.loads(answer)["status"] != found:
        seen.wrong.append(f"{what} got no problem document: {answer[:200]!r}")


def command(words: list[object]) -> None:
    subprocess.run(list(map(str, words)), capture_output=True, check=True)


def run(kills: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        EmbeddedStore(store).close()
        made = subprocess.run(
            [TREATYGRAPH, "--store", store, "token", "add", "faults", "--scope", "update"],
            capture_output=True,
            text=True,
            check=True,
        )
        server = Server(store, made.stdout.strip())
        server.start()
        seen, done = Seen(), threading.Event()
        busy = [threading.Thread(target=each, args=(server, seen, done)) for each in (write, read, read)]
        begun = time.monotonic()
        try:
            for thread in busy:
                thread.start()
            kill(server, seen, kills, random.Random(seed))
        finally:
            done.set()
            for thread in busy:
                thread.join()
            server.stop()
        # What is on disk when all is over must not be older than what was acknowledged, either.
        took = time.monotonic() - begun
        server.start()
        judge(server.send("GET", ask(QUERY))[1], seen.acknowledged, seen)
        server.stop()
        seen.wrong += verify(store).damages
        fill_disk(server, seen)
        spoil_files(server, seen, Path(folder))
    print(f"{kills} kills ({dict(seen.kills)}), seed {seed}, in {took:.0f} s")
    print(f"{seen.commits} commits acknowledged, {seen.refused.total()} not: {dict(seen.refused)}")
    print(f"{seen.reads} reads, {seen.failed_reads} without an answer")
    print("then a full disk and spoilt files, and a restore while serving")
    print(f"mixed states or lost commits: {len(seen.wrong)}")
    for line in seen.wrong[:20]:
        print(f"  {line}")
    return 1 if seen.wrong or not seen.commits or not seen.reads else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.exit(run(asked.kills, asked.seed))
