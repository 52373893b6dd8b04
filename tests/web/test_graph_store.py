"""``/graphs`` and updates over the merged dataset: anybody reads, holders of a token write what conforms."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, cast
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import RdfFormat, parse

from treatygraph.store import EmbeddedStore
from treatygraph.store.access import TokenFile
from treatygraph.store.places import token_path

SERVER = """
import sys
from treatygraph.web.server import serve
serve(sys.argv[1], port=int(sys.argv[2]), workers=1, writes=True)
"""
ID = "https://w3id.org/treatygraph/id/"
BUILD = f"/graphs?graph={quote(ID + 'graph/build', safe='')}"
MINE = f"/graphs?graph={quote(ID + 'graph/mine', safe='')}"
TURTLE = "text/turtle"
TERMS = (
    "@prefix tg: <https://w3id.org/treatygraph/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
)
BUOY = f'{TERMS} <{ID}tool/buoy> a tg:Tool, <https://schema.org/CreativeWork> ; tg:key "tool/buoy" ; rdfs:label "Buoy"@en .'
CLAIM = f"{TERMS} <{ID}meeting/well-council/3/item/1> tg:concernsProvision <{ID}treaty/springs/art/2> ."


class Sends(Protocol):
    port: int

    def send(self, method: str, target: str, body: Any = None, **headers: str) -> Any: ...


@dataclass(frozen=True)
class Writable:
    """A server that may be written, and two tokens."""

    client: Sends
    all: str
    updates: str

    def send(self, method: str, target: str, body: str | None = None, *, token: str = "", **more: str) -> Any:
        sent = {"Content_Type": TURTLE, "Authorization": f"Bearer {token or self.all}"} | more
        return self.client.send(method, target, body, **sent)

    def update(self, text: str, **more: str) -> Any:
        return self.send("POST", "/sparql", text, Content_Type="application/sparql-update", **more)

    def ask(self, text: str) -> bool:
        return cast(bool, self.client.send("GET", f"/sparql?{urlencode({'query': text})}").json["boolean"])


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory, client: Any) -> Iterator[Writable]:
    from importlib import import_module

    helpers = import_module(type(client).__module__)
    place = tmp_path_factory.mktemp("writable") / "store"
    with EmbeddedStore(place) as store:
        helpers.fill(store)
    tokens = TokenFile(token_path(place))
    now = datetime.now(UTC)
    both = tokens.add("both", ("update", "graphs"), now=now, expires=None)
    updates = tokens.add("updates", ("update",), now=now, expires=None)
    port = helpers.free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(place), str(port)], stdout=subprocess.PIPE, text=True
    )
    sender = type(client)(port)
    try:
        helpers.wait_for(sender, process)
        yield Writable(sender, both, updates)
    finally:
        process.terminate()
        process.wait(20)


# -- reading


def test_graph_is_given_in_the_form_that_is_asked_for(client: Any) -> None:
    turtle = client.get(BUILD)
    assert (turtle.status, turtle.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    wanted = {quad.triple for quad in parse(turtle.body, format=RdfFormat.TURTLE)}
    assert wanted
    for accept, form in (
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
    ):
        assert {quad.triple for quad in parse(client.get(BUILD, accept).body, format=form)} == wanted
    assert client.get(BUILD, "text/csv").status == 406
    assert client.get(f"{BUILD}&format=nt").kind == "application/n-triples"


def test_default_graph_is_the_merge_without_what_is_not_asserted(client: Any) -> None:
    built = {quad.triple for quad in parse(client.get(BUILD).body, format=RdfFormat.TURTLE)}
    merged = {quad.triple for quad in parse(client.get("/graphs?default").body, format=RdfFormat.TURTLE)}
    assert merged
    assert not built & merged


def test_graph_that_the_client_has_is_not_sent_again(client: Any) -> None:
    first = client.get(BUILD)
    assert client.get(BUILD, If_None_Match=first.headers["etag"]).status == 304
    head = client.send("HEAD", BUILD)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        (MINE, 404, "no such graph"),
        ("/graphs", 400, "names no graph"),
        (f"{MINE}&default", 400, "more than one graph"),
        ("/graphs?graph=mine", 400, "absolute IRI"),
        ("/graphs/not/here", 404, "no such graph"),
    ],
)
def test_request_that_names_no_graph_is_told_so(client: Any, target: str, status: int, words: str) -> None:
    reply = client.get(target)
    assert (reply.status, reply.kind) == (status, "application/problem+json")
    assert words in reply.json["detail"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_server_without_writes_is_read_only(client: Any, method: str) -> None:
    reply = client.send(method, MINE, BUOY, Content_Type=TURTLE, Authorization="Bearer x")
    assert reply.status == 403
    assert "read-only" in reply.json["detail"]


# -- writing


def test_graph_is_made_replaced_added_to_and_dropped(writable: Writable) -> None:
    label = f"ASK {{ <{ID}tool/buoy> <http://www.w3.org/2000/01/rdf-schema#label> 'Buoy'@en }}"
    assert writable.send("PUT", MINE, BUOY).status == 201
    assert writable.ask(label), "it is in the merge"
    assert writable.send("PUT", MINE, BUOY.replace("Buoy", "Beacon")).status == 204
    assert not writable.ask(label)
    assert writable.send("POST", MINE, BUOY).status == 204
    assert writable.ask(label)
    assert writable.send("DELETE", MINE).status == 204
    assert not writable.ask(label)
    assert writable.send("DELETE", MINE).status == 404


def test_write_goes_through_only_where_nobody_has_written_since(writable: Writable) -> None:
    assert writable.send("PUT", MINE, BUOY, If_Match="*").status == 412
    assert writable.send("PUT", MINE, BUOY, If_None_Match="*").status == 201
    assert writable.send("PUT", MINE, BUOY, If_None_Match="*").status == 412
    seen = writable.client.send("GET", MINE).headers["etag"]
    assert writable.send("PUT", MINE, BUOY.replace("Buoy", "Beacon"), If_Match=seen).status == 204
    reply = writable.send("DELETE", MINE, If_Match=seen)
    assert (reply.status, reply.json["error"]) == (412, "PreconditionError")
    now = writable.client.send("GET", MINE).headers["etag"]
    assert writable.send("DELETE", MINE, If_Match=f'"other", {now}').status == 204


def test_graph_larger_than_the_operator_takes_is_refused_before_it_is_sent(writable: Writable) -> None:
    head = (
        f"PUT {MINE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {writable.all}\r\n"
        f"Content-Type: {TURTLE}\r\nContent-Length: {300 << 20}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", writable.client.port), 10) as connection:
        connection.sendall(head.encode())
        answer = connection.recv(1 << 16)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"300.0 MB, and 256 MB are the most" in answer


def test_graph_below_graphs_is_named_by_its_address(writable: Writable) -> None:
    address = f"http://127.0.0.1:{writable.client.port}/graphs/harbour/north"
    assert writable.send("PUT", "/graphs/harbour/north", BUOY).status == 201
    assert writable.ask(f"ASK {{ GRAPH <{address}> {{ ?s ?p ?o }} }}")
    assert writable.client.send("GET", f"/graphs?graph={quote(address, safe='')}").status == 200
    assert writable.send("DELETE", "/graphs/harbour/north").status == 204


def test_graph_that_does_not_conform_is_refused_with_the_report(writable: Writable) -> None:
    reply = writable.send("PUT", MINE, CLAIM)
    assert (reply.status, reply.kind) == (422, "application/problem+json")
    assert reply.json["report"]["conforms"] is False
    assert writable.client.send("GET", MINE).status == 404, "nothing was stored"


def test_graph_without_a_length_is_not_taken(writable: Writable) -> None:
    """Whether such a body came whole cannot be known."""
    parts = (part for part in (BUOY[:40].encode(), BUOY[40:].encode()))
    reply = writable.send("PUT", MINE, cast(str, parts), Transfer_Encoding="chunked")
    assert reply.status == 411
    assert writable.client.send("GET", MINE).status == 404


def test_client_that_still_sends_hears_why_it_is_refused(writable: Writable) -> None:
    """Its connection is closed once it has sent; closed before, it would be told of a broken pipe."""
    long = f"# {'x' * (4 << 20)}"
    assert writable.client.send("PUT", MINE, long, Content_Type=TURTLE).status == 401
    assert writable.send("PUT", "/doc/none", long).status == 405


def test_client_that_waits_to_be_told_to_send_is_refused_before_it_does(writable: Writable) -> None:
    head = (
        f"PUT {MINE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {TURTLE}\r\n"
        "Content-Length: 4000000\r\nExpect: 100-continue\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", writable.client.port), timeout=30) as waiting:
        waiting.sendall(head.encode())
        assert waiting.recv(20).startswith(b"HTTP/1.1 401 ")


def test_graph_that_came_half_is_not_stored(writable: Writable) -> None:
    line = f"<{ID}tool/buoy> <http://example.org/p> 1 .\n"
    head = (
        f"PUT {MINE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {writable.all}\r\n"
        f"Content-Type: {TURTLE}\r\nContent-Length: {2 * len(line)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", writable.client.port)) as broken:
        broken.sendall((head + line).encode())
        time.sleep(0.3)
    # Writes are made one after the other: once the next is made, this one was made before, or never.
    assert writable.update("CLEAR SILENT GRAPH <http://example.org/none>").status == 204
    assert writable.client.send("GET", MINE).status == 404


def test_update_that_came_half_is_not_made(writable: Writable) -> None:
    update = f"INSERT DATA {{ GRAPH <{ID}graph/mine> {{ <{ID}tool/buoy> <http://example.org/p> 1 }} }} ;"
    for name, body in (
        ("Content-Length: 2000", update),
        ("Transfer-Encoding: chunked", f"{len(update):x}\r\n{update}\r\n"),
    ):
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {writable.all}\r\n"
            f"Content-Type: application/sparql-update\r\n{name}\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", writable.client.port)) as broken:
            broken.sendall((head + body).encode())
            time.sleep(0.3)
    assert writable.update("CLEAR SILENT GRAPH <http://example.org/none>").status == 204
    assert writable.client.send("GET", MINE).status == 404


def test_large_graph_is_taken(writable: Writable) -> None:
    """Larger than a query may be; each line says the same, so that nothing is to be judged anew."""
    assert writable.send("PUT", MINE, f"{BUOY}\n" + "# nothing\n" * 300_000).status == 201
    assert writable.send("DELETE", MINE).status == 204


def test_update_that_does_not_conform_is_refused_with_the_report(writable: Writable) -> None:
    data = CLAIM.removeprefix(TERMS).replace(
        "tg:concernsProvision", "<https://w3id.org/treatygraph/ns#concernsProvision>"
    )
    reply = writable.update(f"INSERT DATA {{ GRAPH <{ID}graph/mine> {{ {data} }} }}")
    assert reply.status == 422
    assert reply.json["report"]["conforms"] is False


def test_default_graph_of_a_merged_dataset_cannot_be_written(writable: Writable) -> None:
    reply = writable.send("PUT", "/graphs?default", BUOY)
    assert reply.status == 403
    assert "derived" in reply.json["detail"]
    refused = writable.update(f"INSERT DATA {{ <{ID}tool/x> <http://example.org/p> 1 }}")
    assert (refused.status, refused.json["line"], refused.json["column"]) == (400, 1, 15)


def test_mistake_is_told_with_its_place(writable: Writable) -> None:
    reply = writable.update("INSERT DATA {\n  GRAPH <http://example.org/g> { ?s ?p }\n}")
    assert (reply.status, reply.json["error"]) == (400, "QueryError")
    assert reply.json["line"] == 2
    data = writable.send("PUT", MINE, "<http://example.org/s>\n  <http://example.org/p> .")
    assert (data.status, data.json["error"], data.json["line"]) == (400, "RdfSyntaxError", 2)
    assert writable.send("PUT", MINE, BUOY, Content_Type="image/png").status == 415


@pytest.mark.parametrize(
    ("token", "status", "challenge"),
    [
        ("Basic abc", 401, "Bearer"),
        ("Bearer tgw_unknown", 401, "invalid_token"),
        ("", 401, "Bearer"),
    ],
)
def test_write_without_a_valid_token_is_refused(
    writable: Writable, token: str, status: int, challenge: str
) -> None:
    for method, target, kind in (("PUT", MINE, TURTLE), ("POST", "/sparql", "application/sparql-update")):
        reply = writable.client.send(method, target, "CLEAR ALL", Content_Type=kind, Authorization=token)
        assert reply.status == status
        assert challenge in reply.headers["www-authenticate"]


def test_token_is_good_for_its_scope_alone(writable: Writable) -> None:
    assert writable.send("PUT", MINE, BUOY, token=writable.updates).status == 403
    done = writable.update("CLEAR SILENT GRAPH <http://example.org/none>", token=writable.updates)
    assert (done.status, done.body) == (204, b"")


def test_deadline_of_the_client_ends_its_update_sooner(writable: Writable) -> None:
    endless = " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(10)))} }}" for i in range(9))
    update = f"INSERT {{ GRAPH <{ID}graph/mine> {{ <{ID}tool/x> <http://example.org/p> ?v1 }} }} WHERE {{ {endless} }}"
    reply = writable.send("POST", "/sparql?timeout=0.5", update, Content_Type="application/sparql-update")
    assert (reply.status, reply.json["error"]) == (503, "QueryTimeoutError")
    assert "0.5 seconds" in reply.json["detail"]
    assert writable.client.send("GET", MINE).status == 404


def test_description_of_a_service_that_may_be_written_says_so(writable: Writable) -> None:
    words = writable.client.send("GET", "/sparql", Accept=TURTLE).text
    assert "SPARQL11Update" in words
    assert "inputFormat" in words


def test_page_of_another_origin_may_write_with_a_token(writable: Writable) -> None:
    reply = writable.client.send(
        "OPTIONS", MINE, Origin="https://example.org", Access_Control_Request_Method="PUT"
    )
    assert reply.status in (200, 204)
    assert "PUT" in reply.headers["access-control-allow-methods"]
    assert "Authorization" in reply.headers["access-control-allow-headers"]
