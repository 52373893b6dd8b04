"""Whatever is asked, an answer comes within deadline and slack, and the server lives on."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any
from urllib.parse import quote

import pytest

TIMEOUT = 2
SLACK = 15
DIRECT = "application/sparql-query"

QUERIES = {
    "syntax error": ("SELECT * WHERE { ?s ?p", 400),
    "SERVICE": ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
    "SERVICE in a sub-query": ("ASK { { SELECT * { SERVICE ?x { ?s ?p ?o } } } }", 400),
    "LOAD": ("LOAD <http://127.0.0.1:9/>", 400),
    "4,000 nested braces": ("SELECT * " + "{" * 4000 + "?s ?p ?o" + "}" * 4000, 400),
    "4,000 nested brackets": ("ASK { ?s ?p " + "[ ?p " * 4000 + "1" + " ]" * 4000 + " }", 400),
    "4,000 open braces": ("SELECT * " + "{" * 4000, 400),
    "a long path": ("ASK { ?s " + "/".join(["<a:p>"] * 4000) + " ?o }", 503),
    "many optionals": ("SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * 4000 + "}", 503),
    "many unions": ("SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 4000) + "}", None),
    "many negations": ("ASK { FILTER(" + "!" * 50_000 + "1) }", None),
    "many binds": ("ASK { " + "".join(f"BIND(1 AS ?v{i}) " for i in range(4000)) + "}", None),
    "cartesian product, counted": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }",
        503,
    ),
    "cartesian product, ordered": (
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY DESC(?c)",
        503,
    ),
    "cartesian product, streamed": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", None),
    "regular expression": ("ASK { FILTER(REGEX('" + "a" * 30 + "b', '(a+)+$')) }", 200),
    "a null character": ("ASK { ?s ?p '\x00' }", None),
    "a lone surrogate": ("ASK { ?s ?p '\\uD800' }", 400),
    "an IRI that is none": ("ASK { <http://[> ?p ?o }", 400),
    "a text of right-to-left marks": ("\u202eASK {}", 400),
}


@pytest.mark.parametrize("name", QUERIES)
def test_bad_query_gets_its_status_and_the_server_lives_on(client: Any, name: str) -> None:
    query, status = QUERIES[name]
    start = time.monotonic()
    reply = client.send("POST", "/sparql", query.encode(), Content_Type=DIRECT)
    assert time.monotonic() - start < TIMEOUT + SLACK
    if status is None:
        assert reply.status in (200, 400, 500, 503)
    else:
        assert reply.status == status, reply.text
    if reply.status >= 400:
        assert reply.json["detail"].endswith(".")
        assert "Traceback" not in reply.text
    health = client.get("/health")
    assert (health.status, health.json["status"]) == (200, "ok")
    assert client.ask("ASK {}").json["boolean"] is True


def test_health_answers_while_all_query_processes_are_at_work(client: Any) -> None:
    query = QUERIES["cartesian product, counted"][0]
    held = [threading.Thread(target=client.ask, args=(query,)) for _ in range(2)]
    for thread in held:
        thread.start()
    time.sleep(0.5)
    start = time.monotonic()
    assert client.get("/health").status == 200
    assert time.monotonic() - start < 10
    assert client.ask("ASK {}").status in (200, 503)
    for thread in held:
        thread.join()
    assert client.ask("ASK {}").status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/doc/" + "a" * 5000,
        "/doc/../../etc/passwd",
        "/doc/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static/../../pyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/id/%00",
        "/id/%FF%FE",
        "/doc/" + quote('"><script>alert(1)</script>'),
        "/doc/%ED%A0%80",
        "/find?key=" + quote("<script>"),
        "/find?key=" + quote("https://example.org/elsewhere"),
        "/nothing",
    ],
)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_strange_address_is_not_found(client: Any, target: str, accept: str) -> None:
    reply = client.get(target, accept)
    assert reply.status in (400, 404), reply.text
    assert reply.kind != "text/html" or "<script>alert" not in reply.text
    assert "Traceback" not in reply.text and "root:" not in reply.text


def test_broken_requests_do_not_end_the_server(client: Any) -> None:
    for data in (
        b"\x00" * 4096,
        b"GET /sparql\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nx",
    ):
        with socket.create_connection(("127.0.0.1", client.port), timeout=5) as connection:
            connection.sendall(data)
    assert client.get("/health").status == 200
