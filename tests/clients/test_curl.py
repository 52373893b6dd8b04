"""``curl`` asks, reads what it gets, and writes whole graphs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NAMES = "SELECT ?name { ?x <http://example.org/name> ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def curl() -> str:
    found = shutil.which("curl")
    assert found, "curl is not on this machine; install it (Debian: apt-get install curl)"
    return found


def run(curl: str, *words: str, status: int = 0) -> str:
    done = subprocess.run(
        [curl, "--silent", "--show-error", *words], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == status, done.stderr
    return done.stdout


def test_curl_asks_in_three_ways(curl: str, harbours: Any) -> None:
    rows = "name\nNord\nNorth\nSouth\nWest\n"
    asked = ("--data-urlencode", f"query={NAMES}")
    assert run(curl, "--get", *asked, "-H", "Accept: text/csv", harbours.sparql) == rows
    assert run(curl, *asked, "-H", "Accept: text/csv", harbours.sparql) == rows
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", NAMES)
    assert run(curl, *direct, f"{harbours.sparql}?format=csv") == rows


def test_curl_unpacks_what_was_packed(curl: str, harbours: Any) -> None:
    numbers = " ".join(f"'{number:0>40}'" for number in range(100))
    query = f"SELECT (CONCAT(?a, ?b) AS ?x) {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ 'x' 'y' }} }}"
    asked = ("--get", "--data-urlencode", f"query={query}", "--data-urlencode", "format=tsv", harbours.sparql)
    plain = run(curl, *asked)
    assert run(curl, "--compressed", *asked) == plain
    sizes = [
        run(curl, *more, "-o", "/dev/null", "-w", "%{size_download}", *asked)
        for more in ([], ["--compressed"])
    ]
    assert int(sizes[1]) < int(sizes[0]) / 3


def test_curl_keeps_what_has_not_changed(curl: str, harbours: Any, tmp_path: Path) -> None:
    tag = str(tmp_path / "tag")
    asked = (
        "--get",
        "--data-urlencode",
        f"query={NAMES}",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}",
        harbours.sparql,
    )
    assert run(curl, "--etag-save", tag, *asked) == "200"
    assert run(curl, "--etag-compare", tag, *asked) == "304"


def test_curl_fails_on_a_mistake_and_shows_its_place(curl: str, harbours: Any) -> None:
    said = run(
        curl,
        "--fail-with-body",
        "--get",
        "--data-urlencode",
        "query=SELECT ?x {\n ?x a }",
        harbours.sparql,
        status=22,
    )
    problem = json.loads(said)
    assert (problem["status"], problem["line"]) == (400, 2)


def test_curl_reads_headers_alone(curl: str, harbours: Any) -> None:
    head = run(curl, "--head", f"{harbours.sparql}?query=ASK%7B%7D").lower()
    assert "content-type: application/sparql-results+json" in head
    assert "access-control-allow-origin: *" in head


def test_curl_puts_gets_and_deletes_a_graph(curl: str, harbours: Any, tmp_path: Path) -> None:
    file = tmp_path / "east.ttl"
    file.write_text("<http://example.org/east> <http://example.org/depth> 7 .\n")
    address = f"{harbours.graphs}?graph=http://example.org/east"
    token = ("-H", f"Authorization: Bearer {harbours.token}", "-w", "%{http_code}")
    assert run(curl, *token, "-H", "Content-Type: text/turtle", "--upload-file", str(file), address) == "201"
    assert run(curl, "-H", "Accept: application/n-triples", address).startswith("<http://example.org/east>")
    form = ("--form", f"file=@{file};type=text/turtle")
    assert run(curl, *token, *form, address) == "204"
    assert run(curl, *token, "--request", "DELETE", address) == "204"
    assert run(curl, "-o", "/dev/null", "-w", "%{http_code}", address) == "404"
