"""A small harbour's graph, served with writes, and the clients of the npm registry where the tests find them."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from treatygraph.store import EmbeddedStore
from treatygraph.store.access import SCOPES, TokenFile
from treatygraph.store.places import token_path

HERE = Path(__file__).parent
SERVER = """
import sys
from treatygraph.web.server import serve
serve(sys.argv[1], port=int(sys.argv[2]), workers=2, writes=True)
"""
NORTH = """
PREFIX : <http://example.org/>
INSERT DATA {
  :north a :Harbour ; :name "North"@en, "Nord"@fr ; :depth 12 .
  :south a :Harbour ; :name "South"@en ; :depth 9 .
  :west a :Estuary ; :name "West"@en ; :joins :north .
  GRAPH :tides { :north :tide "high" }
}"""
TIDES = 'PREFIX : <http://example.org/> INSERT DATA { :north :water "salt" . :west :water "brackish" }'


@dataclass(frozen=True)
class Served:
    """A server: its address without a slash at the end, and a token that may write."""

    url: str
    token: str

    @property
    def sparql(self) -> str:
        """The address of its endpoint."""
        return f"{self.url}/sparql"

    @property
    def graphs(self) -> str:
        """The address of its graph store."""
        return f"{self.url}/graphs"


@pytest.fixture(scope="session")
def serve_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """Starts the real server, with writes, over a plain dataset that an update fills; all end with the run."""
    with contextlib.ExitStack() as running:

        def start(update: str) -> Served:
            place = tmp_path_factory.mktemp("clients") / "store"
            with EmbeddedStore(place, merged=False) as store:
                store.update(update)
            token = TokenFile(token_path(place)).add("client", SCOPES, now=datetime.now(UTC), expires=None)
            return running.enter_context(_running(place, token))

        yield start


@pytest.fixture(scope="session")
def harbours(serve_graph: Callable[[str], Served]) -> Served:
    """A server over a few harbours; tests that write put things back."""
    return serve_graph(NORTH)


@pytest.fixture(scope="session")
def waters(serve_graph: Callable[[str], Served]) -> Served:
    """Another server, which knows the waters of the same harbours."""
    return serve_graph(TIDES)


@pytest.fixture(scope="session")
def modules() -> Path:
    """The clients of the npm registry; `make test` installs them."""
    found = HERE / "node_modules"
    assert found.is_dir(), (
        "the clients are not installed; run `make test`, or `scripts/with-node.sh npm --prefix tests/clients ci`"
    )
    return found


@contextlib.contextmanager
def _running(place: Path, token: str) -> Iterator[Served]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(place), str(port)], stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", process)
        yield Served(f"http://127.0.0.1:{port}", token)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server does not answer")
