"""Every command works over a remote engine as it does on disk: the address of the store is all that changes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from treatygraph.evaluate.questions import ask, load_questions
from treatygraph.model.errors import StoreError
from treatygraph.store import open_reader

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
import engines

Command = Callable[..., "subprocess.CompletedProcess[str]"]
REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=["oxigraph"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The name of an engine and the address of one that runs."""
    with getattr(engines, request.param)(tmp_path_factory.mktemp(request.param)) as address:
        yield request.param, address


@pytest.fixture(scope="module")
def command(
    engine: tuple[str, str],
    treatygraph_command: list[str],
    small_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Command:
    """Runs the command line over a store at the engine, into which the registry and the first agenda were built."""
    folder = tmp_path_factory.mktemp("remote")
    environment = {**os.environ, "TREATYGRAPH_STORE": engine[1], "TREATYGRAPH_TEXTS": str(folder / "texts")}

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*treatygraph_command, *map(str, words)],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    built = run("build", "--data", small_data, "--json")
    assert built.returncode == 0, built.stderr
    return run


def test_graph_is_the_same_as_on_disk(
    command: Command, built_store: Path, small_data: Path, treatygraph_command: list[str]
) -> None:
    remote = command("export")
    disk = subprocess.run(
        [*treatygraph_command, "--store", str(built_store), "export"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert remote.stdout == disk.stdout
    assert json.loads(command("build", "--data", small_data, "--json").stdout)["changed"] is False


def test_graph_is_asked_and_judged_there(
    command: Command, built_store: Path, treatygraph_command: list[str]
) -> None:
    asked = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    disk = subprocess.run(
        [*treatygraph_command, "--store", str(built_store), "query", asked],
        capture_output=True,
        text=True,
        check=True,
    )
    assert command("query", asked).stdout == disk.stdout
    judged = command("validate", "--json")
    assert (judged.returncode, json.loads(judged.stdout)["conforms"]) == (0, True)


def test_questions_give_their_rows_there(
    command: Command, engine: tuple[str, str], built_store: Path
) -> None:
    assert failing(engine[1]) == failing(built_store)


def failing(location: str | Path) -> set[str]:
    """The competency questions that a store does not answer with their rows."""
    failed = set()
    with open_reader(location) as store:
        for question in load_questions(REPO / "data" / "questions"):
            try:
                holds = ask(question, store).holds(exact=False)
            except StoreError:
                holds = False
            if not holds:
                failed.add(question.name)
    return failed


def test_document_is_ingested_and_read_on_pages_there(
    command: Command, engine: tuple[str, str], treatygraph_command: list[str], tmp_path: Path
) -> None:
    example = REPO / "docs" / "examples" / "meridian-forum-agenda.md"
    added = command("ingest", example, "--symbol", "MFCC/2025/1", "--json")
    assert json.loads(added.stdout)[0]["items"] == 6, added.stderr
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = tmp_path / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*treatygraph_command, "serve", "--port", str(port)],
            env={**os.environ, "TREATYGRAPH_STORE": engine[1], "TREATYGRAPH_TEXTS": str(tmp_path)},
            cwd=tmp_path, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 300
        while not engines._answers(f"{address}/health"):
            assert server.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        for page, words in {
            "/": "Transnational Organized Crime",
            "/doc/document/MFCC/2025/1": "MFCC/2025/1",
            "/doc/treaty/untoc/art/16": "Extradition",
            "/search?q=art+18": "18",
            "/views/articles-agenda": "<svg",
            "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D&format=json": "true",
        }.items():
            assert words in page_of(f"{address}{page}", deadline), page
        assert b"dba:dba" not in log.read_bytes()
    finally:
        server.terminate()
        server.wait(20)


def page_of(address: str, deadline: float) -> str:
    """A page; a server that says "again in a few seconds" is asked again until the deadline."""
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*;q=0.1"})
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return str(reply.read().decode())
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() > deadline:
                raise
            time.sleep(1)


def test_what_needs_a_disk_says_so(command: Command, tmp_path: Path) -> None:
    refused = command("backup", tmp_path / "copy")
    assert refused.returncode == 2 and "This needs a store on disk" in refused.stderr


def test_engine_that_does_not_answer_is_told(treatygraph_command: list[str], tmp_path: Path) -> None:
    result = subprocess.run(
        [*treatygraph_command, "--store", "http://user:secret@127.0.0.1:9/sparql", "validate"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert "cannot be reached" in result.stderr and "secret" not in result.stderr
