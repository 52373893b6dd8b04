"""Fixtures that every layer may use: the checkout, the corpus where somebody has it, a real store and a real server."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
REPO = HERE.parent
START_SECONDS = 60
# They let it run as root and keep it from calling out.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# What takes longest is begun first, so that no worker is left alone with it at the end of the run.
LONGEST_FIRST = (
    "browser/test_site.py",
    "store/test_faults.py",
    "questions",
    "web/test_soak.py",
    "browser",
    "store",
    "web",
    "w3c",
    "cli",
    "pipeline",
    "clients",
    "docs",
    "packaging",
    "validate",
    "export",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorts files by how long they take; the tests of a file stay as they are."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(HERE).as_posix()
        found = (at for at, each in enumerate(LONGEST_FIRST) if path == each or path.startswith(f"{each}/"))
        return next(found, len(LONGEST_FIRST))

    items.sort(key=place)


@dataclass(frozen=True, slots=True)
class LiveServer:
    """A server that runs: its address without a slash at the end, the store it serves, its log."""

    url: str
    store: Path
    log: Path


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the checkout: where data/, ontology/ and web/ are."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source texts and gold, which this repository does not carry.

    It is `TREATYGRAPH_SHARED`, or `shared` beside the checkout. A test that asks for it is
    skipped where it is absent; nothing else in the suite may be.
    """
    folder = Path(os.environ.get("TREATYGRAPH_SHARED") or REPO.parent / "shared")
    if not (folder / "corpus").is_dir():
        pytest.skip(f"the corpus of source texts is not at {folder}; set TREATYGRAPH_SHARED to run this test")
    return folder


@pytest.fixture(scope="session")
def treatygraph_command() -> list[str]:
    """The words that start the command line, as a user would type them."""
    return [str(Path(sys.executable).with_name("treatygraph"))]


FIRST_AGENDA = "ctoc-cop-wg3-2016-1"


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like data/ with the registry, the questions and the first agenda: what most tests need."""
    folder = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(REPO / "data", folder, ignore=shutil.ignore_patterns("documents"))
    (folder / "documents").mkdir()
    for path in (REPO / "data" / "documents").glob(f"{FIRST_AGENDA}.*"):
        shutil.copy(path, folder / "documents")
    return folder


@pytest.fixture(scope="session")
def built_store(
    tmp_path_factory: pytest.TempPathFactory, treatygraph_command: list[str], small_data: Path
) -> Path:
    """A store of the registry and the first agenda; read it only: all tests of a run share it."""
    return _built_once(
        tmp_path_factory, "built-store", [*treatygraph_command, "build", "--data", str(small_data)]
    )


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory: pytest.TempPathFactory, treatygraph_command: list[str]) -> Path:
    """A store of all that is shipped, made by `treatygraph build`; for the few tests that are about all of it."""
    return _built_once(tmp_path_factory, "shipped-store", [*treatygraph_command, "build"])


def _built_once(factory: pytest.TempPathFactory, name: str, command: list[str]) -> Path:
    """The workers of one run share one temporary folder, so the first one builds and the others wait."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    store, done = folder / name, folder / f"{name}.done"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            subprocess.run(command, env={**os.environ, "TREATYGRAPH_STORE": str(store)}, cwd=REPO, check=True)
            done.touch()
    return store


@pytest.fixture(scope="session")
def serve_store(
    treatygraph_command: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], LiveServer]]:
    """Starts the real server, as `make serve` does, on a free port over a store; all end with the run."""
    with contextlib.ExitStack() as running:

        def start(store: Path) -> LiveServer:
            log = tmp_path_factory.mktemp("server") / "server.log"
            return running.enter_context(_running(treatygraph_command, store, log))

        yield start


@pytest.fixture(scope="session")
def live_server(built_store: Path, serve_store: Callable[[Path], LiveServer]) -> LiveServer:
    """The real server over `built_store`."""
    return serve_store(built_store)


@contextlib.contextmanager
def _running(command: list[str], store: Path, log: Path) -> Iterator[LiveServer]:
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "serve", "--host", "127.0.0.1", "--port", str(port)],
            env={**os.environ, "TREATYGRAPH_STORE": str(store)},
            cwd=log.parent,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        server = LiveServer(f"http://127.0.0.1:{port}", store, log)
        wait_until_healthy(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def reading_server(
    built_store: Path, treatygraph_command: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A server over a store of its own, to which a user's file was added while it ran: the example of the tutorial."""
    folder = tmp_path_factory.mktemp("reading")
    store = folder / "store"
    shutil.copytree(built_store, store)
    port = free_port()
    log = folder / "server.log"
    environment = {**os.environ, "TREATYGRAPH_STORE": str(store)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*treatygraph_command, "serve", "--host", "127.0.0.1", "--port", str(port)],
            env=environment,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        server = LiveServer(f"http://127.0.0.1:{port}", store, log)
        wait_until_healthy(server, process)
        example = REPO / "docs" / "examples" / "meridian-forum-agenda.md"
        subprocess.run(
            [*treatygraph_command, "ingest", str(example), "--symbol", "MFCC/2025/1"],
            env=environment,
            check=True,
        )
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port on 127.0.0.1 that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_healthy(server: LiveServer, process: subprocess.Popen[bytes]) -> None:
    """Returns once `/health` answers 200; fails with the server's log when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(
        f"the server did not answer at {server.url}/health:\n{server.log.read_text(errors='replace')}"
    )


@pytest.fixture(scope="session")
def browser(repo: Path) -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker, from `scripts/chromium.sh`, which installs it where there is none."""
    found = subprocess.run([repo / "scripts" / "chromium.sh"], check=True, capture_output=True, text=True)
    from playwright.sync_api import sync_playwright  # here, for it takes a while and few tests need it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.stdout.strip(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
