"""`docs/endpoint.md` is true: its commands and programs run, its tables say what the code says."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from treatygraph.store import workers
from treatygraph.store.access import SCOPES, TokenFile
from treatygraph.store.guard import MAX_CHARACTERS, MAX_DEPTH
from treatygraph.store.places import token_path
from treatygraph.web.compression import SMALLEST
from treatygraph.web.negotiate import GRAPHS, TABLES
from treatygraph.web.settings import Settings

REPO = Path(__file__).resolve().parents[2]
PAGE = (REPO / "docs" / "endpoint.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PLACE = "http://127.0.0.1:8000"
SERVER = """
import sys
from treatygraph.web.server import serve
serve(sys.argv[1], port=int(sys.argv[2]), workers=2, writes=True)
"""


def blocks(language: str) -> list[str]:
    return [match.group(2) for match in FENCE.finditer(PAGE) if match.group(1) == language]


def commands() -> list[tuple[str, str]]:
    """The commands of the page in order, each with what it prints."""
    found: list[tuple[str, str]] = []
    for block in blocks("console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], ""))
            else:
                found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


@dataclass(frozen=True)
class Reader:
    """A reader of the page: a server of the shipped graph that may be written, a token, a folder to work in."""

    url: str
    token: str
    folder: Path


@pytest.fixture(scope="module")
def reader(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("endpoint")
    store = folder / "store"
    shutil.copytree(built_store, store)
    token = TokenFile(token_path(store)).add("reader", SCOPES, now=datetime.now(UTC), expires=None)
    [notes] = blocks("turtle")
    (folder / "notes.ttl").write_text(notes)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(store), str(port)], stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        yield Reader(f"http://127.0.0.1:{port}", token, folder)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server does not answer")


def test_commands_print_what_the_page_says(reader: Reader) -> None:
    """One after the other, as a reader types them."""
    assert len(commands()) == 14
    for command, printed in commands():
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command.replace(PLACE, reader.url)],
            cwd=reader.folder,
            env={**os.environ, "TOKEN": reader.token},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout.replace("\r\n", "\n").strip() == printed.strip(), command


@pytest.mark.parametrize("program", blocks("py"))
def test_program_in_python_runs(program: str, reader: Reader) -> None:
    exec(compile(program.replace(PLACE, reader.url), "endpoint.md", "exec"), {})


def test_program_in_javascript_runs(reader: Reader) -> None:
    [program] = blocks("js")
    words = [
        str(REPO / "scripts" / "with-node.sh"),
        "node",
        "--input-type=module",
        "-e",
        program.replace(PLACE, reader.url),
    ]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_query_of_the_example_in_r_gives_rows(reader: Reader) -> None:
    """There is no R here; what it sends is sent."""
    [program] = blocks("r")
    found = re.search(r'query <- "(.*?)"', program, re.DOTALL)
    assert found
    address = f"{reader.url}/sparql?format=csv&query={urllib.request.quote(found[1])}"  # type: ignore[attr-defined]
    with urllib.request.urlopen(address) as answer:
        assert answer.read().startswith(b"meeting,earliest\r\nhttps://w3id.org/treatygraph/id/meeting/")


def test_every_form_is_in_the_table() -> None:
    for form, kind in [
        *((each, "SELECT, ASK") for each in TABLES),
        *((each, "CONSTRUCT, DESCRIBE") for each in GRAPHS),
    ]:
        also = ", ".join(f"`{each}`" for each in form.accepts)
        assert re.sub(" +", " ", f"| {kind} | `{form.name}` | `{form.media_type}` | {also} |") in PAGE
    assert SMALLEST == 1024


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("time of a query | {} seconds", workers.PoolSettings().timeout),
        ("length of a query | {} characters", MAX_CHARACTERS),
        ("stand open at once | {} |", MAX_DEPTH),
        ("body of a query or an update | {} MB", Settings().body_bytes >> 20),
        ("body of a graph that is written | {} MB", Settings().graph_bytes >> 20),
        ("size of an answer | {} MB", workers.PoolSettings().result_bytes >> 20),
        ("wait for a process | {} |", workers.PoolSettings().queue),
    ],
)
def test_every_bound_is_the_one_that_holds(words: str, value: Any) -> None:
    assert words.format(f"{int(value):,}") in PAGE
