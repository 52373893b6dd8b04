"""Real engines for the tests of the remote store: each is started on a free port and ends with the run."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from treatygraph.store.endpoints import endpoints_of
from treatygraph.store.http import Connection
from treatygraph.store.remote import JSON, parse_answer

REPO = Path(__file__).resolve().parents[2]
START_SECONDS = 120

SETTINGS = REPO / "scripts" / "virtuoso.ini"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Oxigraph's own server over an empty folder; its address."""
    port = free_port()
    binary = Path(sys.executable).with_name("oxigraph")
    command = [str(binary), "serve", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """A new Virtuoso 7; its address, with the user who may write."""
    found = subprocess.run([REPO / "scripts" / "virtuoso.sh"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    port = free_port()
    settings = SETTINGS.read_text().format(
        sql=free_port(), http=port, buffers=10_000, dirty_buffers=6_000, threads=10, rows=20_000
    )
    (folder / "virtuoso.ini").write_text(settings)
    command = [found.stdout.strip(), "+configfile", "virtuoso.ini", "+foreground"]
    with _running(command, folder, f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D"):
        yield f"http://dba:dba@127.0.0.1:{port}/sparql"


@contextlib.contextmanager
def _running(command: list[str], folder: Path, probe: str) -> Iterator[None]:
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(probe):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{command[0]} does not answer:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(probe: str) -> bool:
    try:
        with urllib.request.urlopen(probe, timeout=10):
            return True
    except (urllib.error.URLError, OSError):
        return False


def emptied(address: str) -> str:
    """The address, after all graphs that a test could have made at the engine are gone."""
    engine = Connection(endpoints_of(address))
    reply = engine.query([("query", "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")], JSON, seconds=60)
    found = parse_answer(reply.body)
    assert not isinstance(found, bool)
    graphs = [row[0] for row in found.rows if "openlinksw" not in str(row[0])]
    drops = [f"DROP SILENT GRAPH {graph}" for graph in graphs]
    if "/sparql" not in address:
        drops.append("DROP SILENT DEFAULT")
    if drops:
        engine.update(" ;\n".join(drops), seconds=60)
    return address
