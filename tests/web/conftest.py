"""A real server over a small graph of an invented body, and requests over real HTTP."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from treatygraph.store import EmbeddedStore

TIMEOUT = 2
WELLS = Path(__file__).with_name("wells.trig")

SERVER = """
import sys
from treatygraph.web.server import serve
serve(sys.argv[1], port=int(sys.argv[2]), timeout=float(sys.argv[3]), workers=2)
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers (names in lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests to the server, one connection each, and follows no redirect."""

    port: int

    def send(self, method: str, target: str, body: bytes | str | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, target, body, sent)
            reply = connection.getresponse()
            return Reply(
                reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
            )
        finally:
            connection.close()

    def get(self, target: str, accept: str = "*/*", **headers: str) -> Reply:
        return self.send("GET", target, Accept=accept, **headers)

    def ask(self, query: str, accept: str = "*/*", **parameters: str) -> Reply:
        return self.get(f"/sparql?{urlencode({'query': query, **parameters})}", accept)


def fill(store: EmbeddedStore) -> None:
    """Puts the small graph into a store."""
    graphs: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in parse(path=WELLS, format=RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        graphs[quad.graph_name].append(quad)
    store.replace_graphs(graphs, drop_others=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's store is; it is not open for writing."""
    place = tmp_path_factory.mktemp("web") / "store"
    with EmbeddedStore(place) as store:
        fill(store)
    return place


def start(place: Path) -> tuple[Client, subprocess.Popen[str]]:
    """A server as ``treatygraph serve`` starts it, with two query processes and a deadline of TIMEOUT seconds."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(place), str(port), str(TIMEOUT)], stdout=subprocess.PIPE, text=True
    )
    client = Client(port)
    wait_for(client, process)
    return client, process


@pytest.fixture(scope="session")
def client(place: Path) -> Iterator[Client]:
    """The server over the small graph, which all tests of a session share."""
    client, process = start(place)
    yield client
    process.terminate()
    assert process.wait(20) == 0


Started = tuple[Client, subprocess.Popen[str], Path]


@pytest.fixture
def started_server() -> Iterator[Callable[[Path], Started]]:
    """Starts a server over a store, for this test alone."""
    running = []

    def begin(place: Path) -> Started:
        client, process = start(place)
        running.append(process)
        return client, process, place

    yield begin
    for process in running:
        process.terminate()
        process.wait(20)


@pytest.fixture
def serve_with(place: Path, tmp_path: Path) -> Iterator[Callable[..., tuple[Client, Path]]]:
    """Starts `treatygraph serve` with options over the small graph, for this test alone; its client and its log."""
    running = []

    def begin(*options: str) -> tuple[Client, Path]:
        client, log = Client(free_port()), tmp_path / "server.log"
        command = [
            Path(sys.executable).with_name("treatygraph"),
            "serve",
            "--store",
            place,
            "--port",
            client.port,
        ]
        with log.open("wb") as out:
            process = subprocess.Popen([*map(str, command), *options], stdout=out, stderr=out, text=True)
        running.append(process)
        wait_for(client, process)
        return client, log

    yield begin
    for process in running:
        process.terminate()
        process.wait(20)


def wait_for(client: Client, process: subprocess.Popen[str]) -> None:
    """Returns when the server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            if client.get("/health").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server does not answer")
