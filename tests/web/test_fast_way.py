"""Queries that are answered in front of the framework get what the framework would have given them, header by header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask

from treatygraph.store import EmbeddedStore
from treatygraph.store.workers import PoolSettings
from treatygraph.web.app import create_app
from treatygraph.web.settings import Settings

SELECT = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 5 }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
OTHERS = ("date", "server", "connection", "x-request-id")

REQUESTS: dict[str, tuple[str, str, dict[str, str], str | None]] = {
    "a table": ("GET", f"/sparql?query={quote(SELECT)}", {}, None),
    "with a slash": ("GET", f"/sparql/?query={quote(SELECT)}", {}, None),
    "spaces as plus signs": ("GET", f"/sparql?{urlencode({'query': SELECT})}", {}, None),
    "a boolean": ("GET", "/sparql?query=ASK%20%7B%7D", {"Accept": "application/sparql-results+xml"}, None),
    "CSV by its parameter": ("GET", f"/sparql?query={quote(SELECT)}&format=csv", {}, None),
    "TSV by its header": (
        "GET",
        f"/sparql?query={quote(SELECT)}",
        {"Accept": "text/tab-separated-values"},
        None,
    ),
    "the better of two": (
        "GET",
        f"/sparql?query={quote(SELECT)}",
        {"Accept": "text/csv;q=0.5, application/json"},
        None,
    ),
    "a graph": ("GET", f"/sparql?query={quote(CONSTRUCT)}", {"Accept": "text/turtle"}, None),
    "a graph as JSON-LD": ("GET", f"/sparql?query={quote(CONSTRUCT)}&format=jsonld", {}, None),
    "packed": ("GET", f"/sparql?query={quote(SELECT)}", {"Accept-Encoding": "gzip, br"}, None),
    "too short to pack": ("GET", "/sparql?query=ASK%20%7B%7D", {"Accept-Encoding": "gzip"}, None),
    "packing refused": ("GET", f"/sparql?query={quote(SELECT)}", {"Accept-Encoding": "gzip;q=0"}, None),
    "other graphs": ("GET", f"/sparql?query={quote(SELECT)}&default-graph-uri=a%3Anone", {}, None),
    "a deadline": ("GET", f"/sparql?query={quote(SELECT)}&timeout=20", {}, None),
    "new each time": ("GET", f"/sparql?query={quote('SELECT (STRLEN(STR(NOW())) > 5 AS ?x) {}')}", {}, None),
    "a form": ("POST", "/sparql", {"Content-Type": FORM}, urlencode({"query": SELECT})),
    "a query as the body": ("POST", "/sparql", {"Content-Type": DIRECT, "Accept": "text/csv"}, SELECT),
    "a syntax error": ("GET", "/sparql?query=SELECT%20*%20%7B", {}, None),
    "an error of the guard": ("GET", f"/sparql?query={quote('ASK { SERVICE <a:b> {} }')}", {}, None),
    "an error for a reader": ("GET", "/sparql?query=SELECT%20*%20%7B&format=json", {"Accept": BROWSER}, None),
    "two queries": ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None),
    "no form that fits": ("GET", "/sparql?query=ASK%7B%7D", {"Accept": "image/png"}, None),
    "not UTF-8": ("GET", "/sparql?query=%FF", {}, None),
    "a wrong type": ("POST", "/sparql", {"Content-Type": "text/plain"}, "ASK {}"),
    "a body too long": ("POST", "/sparql", {"Content-Type": DIRECT}, "ASK {} #" + "x" * (3 << 20)),
    "a description": ("GET", "/sparql", {"Accept": "text/turtle"}, None),
    "a wish for no answer": ("DELETE", "/sparql", {}, None),
}


@pytest.fixture(scope="module")
def framework(place: Path) -> Iterator[Flask]:
    app = create_app(place, settings=Settings(PoolSettings(workers=1, timeout=30)))
    yield app
    app.extensions["treatygraph"].pool.close()


@pytest.mark.parametrize("name", REQUESTS)
def test_answer_is_the_one_of_the_framework(client: Any, framework: Flask, name: str) -> None:
    method, address, headers, body = REQUESTS[name]
    host = {"Host": f"127.0.0.1:{client.port}"}
    expected = framework.test_client().open(address, method=method, headers={**headers, **host}, data=body)
    for time in ("first", "again"):
        sent = {name.replace("-", "_"): value for name, value in headers.items()}
        reply = client.send(method, address, None if body is None else body.encode(), **sent)
        assert reply.status == expected.status_code, time
        assert _shown(reply.headers) == _shown({k.lower(): v for k, v in expected.headers.items()}), time
        assert reply.body == expected.data, time


def _shown(headers: dict[str, str]) -> dict[str, str]:
    """The headers, without those of the server; lists sorted."""
    return {
        name: ", ".join(sorted(value.split(", "))) if name in ("vary", "allow") else value
        for name, value in headers.items()
        if name not in OTHERS
    }


def test_answer_that_the_client_has_is_not_sent_again(client: Any, framework: Flask) -> None:
    address = f"/sparql?query={quote(SELECT)}"
    for coding in ("identity", "gzip"):
        tag = client.get(address, Accept_Encoding=coding).headers["etag"]
        reply = client.get(address, Accept_Encoding=coding, If_None_Match=f'"other", {tag}')
        expected = framework.test_client().get(
            address, headers={"Accept-Encoding": coding, "If-None-Match": f'"other", {tag}', "Accept": "*/*"}
        )
        assert (reply.status, reply.body) == (304, b"")
        assert expected.status_code == 304
        ours = _shown(reply.headers)
        theirs = _shown({name.lower(): value for name, value in expected.headers.items()})
        assert {name: ours.get(name) for name in theirs} == theirs


def test_kept_answer_is_gone_with_the_next_commit(started_server: Any, tmp_path: Path) -> None:
    EmbeddedStore(tmp_path / "store").close()
    client, _, place = started_server(tmp_path / "store")
    query = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
    with EmbeddedStore(place) as store:
        expected = "o\r\n"
        for number in range(5):
            for _ in range(3):
                reply = client.ask(query, format="csv")
                assert reply.text == expected
                assert reply.headers["etag"].startswith(f'"g{store.generation()}-')
            store.update(f"INSERT DATA {{ GRAPH <a:g> {{ <a:s> <a:p> '{number}' }} }}")
            expected += f"{number}\r\n"
            assert client.ask(query, format="csv").text == expected


def test_hits_and_misses_are_counted(client: Any) -> None:
    def counted(name: str) -> float:
        return sum(
            float(line.split()[-1])
            for line in client.get("/metrics").text.splitlines()
            if line.startswith(name)
        )

    hits, misses = (
        counted('treatygraph_cache_total{result="hit"}'),
        counted('treatygraph_cache_total{result="miss"}'),
    )
    for _ in range(3):
        assert client.ask("ASK { <a:hit> <a:or> <a:miss> }").status == 200
    assert counted('treatygraph_cache_total{result="hit"}') == hits + 2
    assert counted('treatygraph_cache_total{result="miss"}') == misses + 1
