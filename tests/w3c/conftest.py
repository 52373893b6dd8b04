"""A server over a plain dataset that may be written, and the suites of the W3C where somebody has them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from suite_runner.endpoint import Endpoint
from suite_runner.manifests import Files
from suite_runner.running import Gaps, read_gaps

from treatygraph.store import EmbeddedStore
from treatygraph.store.access import SCOPES, TokenFile
from treatygraph.store.places import token_path

SERVER = """
import sys
from treatygraph.web.server import serve
serve(sys.argv[1], port=int(sys.argv[2]), timeout=20, workers=1, writes=True)
"""
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def w3c(shared: Path) -> Files:
    """The suites of SPARQL 1.0 and 1.1; they are third-party data that this repository does not carry."""
    return Files.archive(shared / "w3c" / "rdf-tests-sparql.tar.xz", "rdf-tests/sparql/")


@pytest.fixture(scope="session")
def ours() -> Files:
    """Our own cases."""
    return Files.folder(HERE / "ours")


@pytest.fixture(scope="session")
def gaps() -> Gaps:
    """The cases that are known to fail."""
    return read_gaps(HERE / "gaps.toml")


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The real server, with writes, over a plain dataset that all tests of a run share and fill by writing."""
    # In memory where the machine has such a folder: a commit is synced, and there are hundreds.
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(dir=memory) if os.access(memory, os.W_OK) else tmp_path_factory.mktemp("w3c")
    place = Path(folder) / "store"
    EmbeddedStore(place, merged=False).close()
    token = TokenFile(token_path(place)).add("suites", SCOPES, now=datetime.now(UTC), expires=None)
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(place), str(port)], stdout=subprocess.DEVNULL
    )
    try:
        with closing(Endpoint(f"http://127.0.0.1:{port}", token)) as served:
            _wait_for(served, process)
            yield served
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_for(endpoint: Endpoint, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            if endpoint.send("GET", "/health").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server does not answer")
