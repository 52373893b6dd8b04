"""No client can keep the others waiting: deadlines, lines, rates, sizes, and clients that go away or dawdle."""

from __future__ import annotations

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import pytest
from runaway_queries import runaway_queries

DEADLINE = 2.0
SLACK = 15.0
RUNAWAYS = runaway_queries()
# The first five are never left out; of the others each tenth (`make soak` takes all).
SAMPLE = [name for place, name in enumerate(RUNAWAYS) if place < 5 or place % 10 == 0]
ENDLESS = RUNAWAYS["nine blocks of ten, counted"]


def counted(client: Any, name: str) -> float:
    return sum(
        float(line.split()[-1]) for line in client.get("/metrics").text.splitlines() if line.startswith(name)
    )


def wait_until(true: Any) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def test_table_has_five_known_and_fifty_more() -> None:
    assert len(RUNAWAYS) == 55
    assert len(set(RUNAWAYS.values())) == 55


def test_runaway_queries_end_at_their_deadline_and_nobody_else_waits(serve_with: Any) -> None:
    client, _ = serve_with("--workers", "4", "--timeout", str(DEADLINE))
    done = []

    def run_away(name: str) -> tuple[str, int, str, float]:
        start = time.monotonic()
        reply = client.ask(RUNAWAYS[name])
        return name, reply.status, reply.kind, time.monotonic() - start

    with ThreadPoolExecutor(4) as threads:
        ended = [threads.submit(run_away, name) for name in SAMPLE]
        while not all(each.done() for each in ended):
            done.append(client.ask(f"ASK {{ <a:s> <a:p> {len(done)} }}").status)
    for each in ended:
        name, status, kind, seconds = each.result()
        assert (status, kind) == (503, "application/problem+json"), name
        assert seconds < DEADLINE + SLACK, name
    assert set(done) == {200}
    assert counted(client, 'treatygraph_queries_ended_total{reason="deadline"}') == len(SAMPLE)


def test_client_may_shorten_its_deadline_and_not_lengthen_it(serve_with: Any) -> None:
    client, _ = serve_with("--workers", "1", "--timeout", "2")
    assert "ended after 0.5 seconds" in client.ask(ENDLESS, timeout="0.5").json["detail"]
    assert "ended after 2 seconds" in client.ask(ENDLESS, timeout="600").json["detail"]


def test_query_of_a_client_that_goes_away_is_ended(serve_with: Any) -> None:
    client, _ = serve_with("--workers", "1", "--long", "0", "--timeout", "60")
    with socket.create_connection(("127.0.0.1", client.port)) as connection:
        connection.sendall(f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
                           f"Content-Length: {len(ENDLESS)}\r\n\r\n{ENDLESS}".encode())  # fmt: skip
        wait_until(lambda: counted(client, 'treatygraph_query_processes{state="quick"}') == 1)
    wait_until(lambda: counted(client, 'treatygraph_queries_ended_total{reason="gone"}') == 1)
    assert client.ask("ASK {}").status == 200


def test_more_queries_than_may_wait_are_refused_at_once(serve_with: Any) -> None:
    client, _ = serve_with("--workers", "1", "--long", "0", "--queue", "1", "--timeout", "3")
    with ThreadPoolExecutor(6) as threads:
        replies = list(threads.map(lambda n: client.ask(f"{ENDLESS} #{n}"), range(6)))
    assert {reply.status for reply in replies} == {503}
    refused = [reply for reply in replies if "wait for a process" in reply.json["detail"]]
    assert len(refused) >= 4
    assert all(int(reply.headers["retry-after"]) > 0 for reply in refused)
    assert client.ask("ASK {}").status == 200


def test_rate_of_one_client_is_bounded(serve_with: Any) -> None:
    client, _ = serve_with("--rate", "2")
    replies = [client.ask("ASK {}") for _ in range(12)]
    refused = [reply for reply in replies if reply.status == 429]
    assert len(refused) >= 3
    assert {reply.status for reply in replies} == {200, 429}
    assert all(reply.kind == "application/problem+json" for reply in refused)
    assert all(int(reply.headers["retry-after"]) >= 1 for reply in refused)
    assert {client.get(path).status for path in ("/health", "/ready", "/metrics")} == {200}
    assert counted(client, "treatygraph_rate_limited_total") == len(refused)
    wait_until(lambda: client.ask("ASK {}").status == 200)


def test_largest_answer_is_bounded(serve_with: Any) -> None:
    client, _ = serve_with("--result", "1")
    ten = "1 2 3 4 5 6 7 8 9 10"
    reply = client.ask(f"SELECT * {{ {' '.join(f'VALUES ?{name} {{ {ten} }}' for name in 'abcde')} }}")
    assert reply.status == 400
    assert "more than 1 MB" in reply.json["detail"]


def test_long_answer_comes_whole(client: Any) -> None:
    ten = "1 2 3 4 5 6 7 8 9 10"
    query = f"SELECT * {{ {' '.join(f'VALUES ?{name} {{ {ten} }}' for name in 'abcde')} }}"
    for _ in range(2):
        reply = client.ask(query, format="tsv")
        assert reply.status == 200
        assert int(reply.headers["content-length"]) == len(reply.body) > 1 << 20
        assert reply.body.count(b"\n") == 100_001


def test_dawdling_clients_keep_nobody_waiting(client: Any) -> None:
    dawdlers = [socket.create_connection(("127.0.0.1", client.port)) for _ in range(200)]
    try:
        for number, each in enumerate(dawdlers):
            each.sendall(
                b"GET /sparql?query=" if number % 2
                else b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: 100\r\n\r\nSELECT"
            )  # fmt: skip
        for number in range(10):
            assert client.ask(f"ASK {{ <a:s> <a:q> {number} }}").status == 200
            assert client.get("/health").status == 200
    finally:
        for each in dawdlers:
            each.close()


def test_thousand_connections_are_answered(client: Any) -> None:
    connections = [socket.create_connection(("127.0.0.1", client.port), 30) for _ in range(1000)]
    try:
        for each in connections:
            each.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\n\r\n")
        assert all(each.recv(4096).startswith(b"HTTP/1.1 200") for each in connections)
    finally:
        for each in connections:
            each.close()


def test_text_that_takes_long_to_read_keeps_nobody_waiting(client: Any) -> None:
    hostile = ("SELECT * { " + "\\<" * 200_000).encode()
    with ThreadPoolExecutor(2) as threads:
        sent = [
            threads.submit(client.send, "POST", "/sparql", hostile, Content_Type="application/sparql-query")
            for _ in range(2)
        ]
        answered = 0
        while not all(each.done() for each in sent):
            answered += client.get("/ready").status == 200
    assert {each.result().status for each in sent} <= {400, 503}
    assert answered > 2


def test_service_says_whether_it_is_ready(started_server: Any, place: Any, tmp_path: Any) -> None:
    client, _, _ = started_server(place)
    assert client.get("/ready").json == {"status": "ready", "generation": 1}
    assert client.send("HEAD", "/ready").body == b""
    moved = tmp_path / "away"
    (place / "CURRENT").rename(moved)
    try:
        reply = client.get("/ready")
        assert (reply.status, reply.json) == (503, {"status": "no store"})
    finally:
        moved.rename(place / "CURRENT")


def test_metrics_are_those_of_prometheus(client: Any) -> None:
    parser = pytest.importorskip("prometheus_client.parser")
    client.ask("ASK {}")
    families = {
        each.name: each for each in parser.text_string_to_metric_families(client.get("/metrics").text)
    }
    assert {"treatygraph_requests", "treatygraph_request_seconds", "treatygraph_cache", "treatygraph_generation",
            "treatygraph_query_processes", "treatygraph_queries_ended", "treatygraph_queries_waiting"} <= set(families)  # fmt: skip
    routes = {sample.labels["route"] for sample in families["treatygraph_requests"].samples if sample.labels}
    client.get("/doc/" + "no/such/thing")
    client.get("/no-such-route")
    assert "/sparql" in routes
    assert len(routes) < 30


def test_log_has_a_line_for_each_request_and_no_secret(serve_with: Any) -> None:
    client, log = serve_with("--access-log", "--workers", "1")
    secret = "c0ffee-secret"
    query = f"ASK {{ <a:s> <a:p> '{secret}' }}"
    for name in ("first-request", "strange\tname"):
        reply = client.send(
            "GET", f"/sparql?query={quote(query)}", Authorization=f"Bearer {secret}", X_Request_Id=name
        )
        assert (reply.headers["x-request-id"] == name) == (name == "first-request")
    client.ask("SELECT * { VALUES ?x { 1 2 3 } }")
    client.send("POST", "/sparql", b"update=x", Authorization=f"Bearer {secret}", Content_Type="text/plain")
    wait_until(lambda: log.read_text().count('"/sparql"') == 4)
    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    asked = [line for line in lines if "query" in line]
    assert [line["cache"] for line in asked] == ["miss", "hit", "miss"]
    assert [line.get("rows") for line in asked] == [None, None, 3]
    assert asked[0]["request"] == "first-request"
    assert len({line["request"] for line in lines}) == len(lines)
    assert asked[0]["query"] == asked[1]["query"] != ""
    assert all(line["status"] == 200 and line["ms"] >= 0 and line["bytes"] > 0 for line in asked)
    assert secret not in text
    failed = client.ask(ENDLESS, timeout="0.2")
    assert failed.status == 503
    wait_until(lambda: '"status": 503' in log.read_text())
    told = json.loads(log.read_text().splitlines()[-1])
    assert told["request"] == failed.headers["x-request-id"]
    assert len(told["query"]) == 12
