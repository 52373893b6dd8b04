"""`serve`: one address, commits seen by the next query, a graceful end, and clear words when it cannot start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from treatygraph.model.errors import AddressError, StoreMissingError
from treatygraph.store import EmbeddedStore
from treatygraph.web.server import serve

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def started(started_server: Any, tmp_path: Path) -> Any:
    """A server over an empty store of its own."""
    EmbeddedStore(tmp_path / "store").close()
    return started_server(tmp_path / "store")


def test_commit_while_serving_is_seen_by_the_next_query(started: Any) -> None:
    client, _, place = started
    assert client.ask("ASK { ?s ?p 'fresh' }").json["boolean"] is False
    assert client.get("/doc/tool/fresh").status == 404
    assert "The graph is empty" in client.get("/", PAGE).text
    with EmbeddedStore(place) as store:
        for number in range(6):
            base = "BASE <https://w3id.org/treatygraph/id/> INSERT DATA { GRAPH <graph/x> "
            store.update(f"{base} {{ <tool/fresh> <says> 'fresh', '{number}' }} }}")
            assert client.ask(f"ASK {{ ?s ?p 'fresh', '{number}' }}").json["boolean"] is True
        assert client.get("/doc/tool/fresh").status == 200
        assert client.get("/health").json["counts"]["triples"] == 7
        assert client.get("/health").json["generation"] == store.generation()


def test_readers_see_whole_commits_only(started: Any) -> None:
    client, _, place = started
    done = threading.Event()

    def write() -> None:
        with EmbeddedStore(place) as store:
            for number in range(15):
                store.update(
                    "DROP SILENT GRAPH <a:g> ; "
                    f"INSERT DATA {{ GRAPH <a:g> {{ <a:s> <a:p> {number}, {number + 1000} }} }}"
                )
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not done.is_set():
        reply = client.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", format="csv")
        if reply.status != 503:  # a machine that is full may end a query at its deadline
            seen.add(reply.text)
    writer.join()
    assert seen and seen <= {"n\r\n0\r\n", "n\r\n2\r\n"}


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_server_ends_gracefully_and_leaves_no_process(started: Any, sent: signal.Signals) -> None:
    client, process, _ = started
    client.ask("ASK {}")
    children = _descendants(process.pid)
    assert len(children) >= 3
    process.send_signal(sent)
    assert process.wait(15) == 0
    assert _all_end(children)
    assert process.stdout.read().count(f"http://127.0.0.1:{client.port}") == 1


def test_processes_that_hold_an_engine_keep_small_blocks_at_hand(serve_with: Any) -> None:
    client, _ = serve_with()
    client.ask("ASK {}")
    port = str(client.port).encode()
    served = [each for each in _descendants(os.getpid()) if port in _of(each, "cmdline").split(b"\0")]
    processes = {*served, *(child for each in served for child in _descendants(each))}
    environments = [found for each in processes if (found := _of(each, "environ"))]
    assert len(environments) >= 4
    assert all(b"glibc.malloc.tcache_count=" in each for each in environments)


def _of(process: int, what: str) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/{what}").read_bytes()
    return b""


def test_killed_server_leaves_no_process(started: Any) -> None:
    _, process, _ = started
    children = _descendants(process.pid)
    assert len(children) >= 3
    process.kill()
    process.wait()
    assert _all_end(children)


def _all_end(processes: list[int]) -> bool:
    deadline = time.monotonic() + 10
    while any(map(_runs, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(_runs, processes))


def test_address_that_is_taken_is_told(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path / "store").close()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(AddressError, match=rf"127\.0\.0\.1:{port}.*--port"):
            serve(tmp_path / "store", port=port)


def test_missing_store_is_told_before_the_server_starts(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="treatygraph build"):
        serve(tmp_path / "none", port=1)


def test_store_that_vanishes_is_told_by_health(started: Any) -> None:
    client, _, place = started
    (place / "CURRENT").unlink()
    health = client.get("/health")
    assert (health.status, health.json["status"]) == (503, "failing")
    reply = client.ask("ASK {}")
    assert reply.status == 503
    assert str(place) not in reply.text


def _descendants(process: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=,ppid=", "-e"], capture_output=True, text=True, check=True
    ).stdout.split()
    pairs = list(zip(map(int, found[::2]), map(int, found[1::2]), strict=True))
    result, front = [], [process]
    while front:
        front = [child for child, parent in pairs if parent in front]
        result += front
    return result


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
