"""``/sparql`` by the SPARQL 1.1 Protocol: each row is a request and what must come back."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"

PROV = "https://w3id.org/treatygraph/id/treaty/springs/art/2"
SELECT = f"SELECT ?label {{ <{PROV}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
ASK = f"ASK {{ <{PROV}> ?p ?o }}"
CONSTRUCT = f"CONSTRUCT {{ <{PROV}> ?p ?o }} WHERE {{ <{PROV}> ?p ?o }}"
BUILD = "https://w3id.org/treatygraph/id/graph/build"
REGISTRY = "https://w3id.org/treatygraph/id/graph/registry/wells"


@dataclass(frozen=True)
class Row:
    """A request, and the status, media type and words of the answer."""

    name: str
    method: str = "GET"
    query: dict[str, str] | str = field(default_factory=dict)
    body: bytes | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    kind: str | None = None
    words: str = ""
    path: str = "/sparql"

    @property
    def target(self) -> str:
        sent = self.query if isinstance(self.query, str) else urlencode(self.query)
        return f"{self.path}?{sent}" if sent else self.path


def form(**values: str) -> str:
    return urlencode(values)


ROWS = [
    # SPARQL 1.1 Protocol 2.1.1 to 2.1.3: the three ways to send a query
    Row("query via GET", query={"query": ASK}, kind=JSON, words="true"),
    Row("query via HEAD", "HEAD", {"query": ASK}, kind=JSON),
    Row(
        "query via POST, URL-encoded", "POST", body=form(query=ASK), headers={"Content-Type": FORM}, kind=JSON
    ),
    Row(
        "query via POST, direct", "POST", body=ASK, headers={"Content-Type": DIRECT}, kind=JSON, words="true"
    ),
    Row(
        "direct with a charset",
        "POST",
        body=ASK,
        headers={"Content-Type": DIRECT + "; charset=UTF-8"},
        kind=JSON,
    ),
    Row("text beyond ASCII", query={"query": "ASK { FILTER('Œ源' = '\\u0152\\u6E90') }"}, words="true"),
    Row(
        "text beyond ASCII, direct",
        "POST",
        body="ASK { FILTER('Œ源' = '\\u0152\\u6E90') }".encode(),
        headers={"Content-Type": DIRECT},
        words="true",
    ),
    Row("every form of query: DESCRIBE", query={"query": f"DESCRIBE <{PROV}>"}, kind="text/turtle"),
    # 2.1.4: the dataset
    Row("default-graph-uri", query={"query": ASK, "default-graph-uri": BUILD}, words="false"),
    Row(
        "default-graph-uri via POST, URL-encoded",
        "POST",
        body=urlencode([("query", ASK), ("default-graph-uri", BUILD), ("default-graph-uri", REGISTRY)]),
        headers={"Content-Type": FORM},
        words="true",
    ),
    Row(
        "default-graph-uri via POST, direct",
        "POST",
        {"default-graph-uri": BUILD},
        body=ASK,
        headers={"Content-Type": DIRECT},
        words="false",
    ),
    Row(
        "named-graph-uri",
        query={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": BUILD},
        headers={"Accept": "text/csv"},
        words=f"g\r\n{BUILD}\r\n",
    ),
    Row(
        "named graphs alone leave the default graph empty",
        query={"query": ASK, "named-graph-uri": BUILD},
        words="false",
    ),
    Row(
        "the protocol's dataset wins over FROM",
        query={"query": f"ASK FROM <{REGISTRY}> {{ <{PROV}> ?p ?o }}", "default-graph-uri": BUILD},
        words="false",
    ),
    Row(
        "a graph that is not here is empty",
        query={"query": ASK, "default-graph-uri": "http://127.0.0.1:9/x"},
        words="false",
    ),
    Row(
        "a dataset that is no IRI",
        query={"query": ASK, "default-graph-uri": "no iri"},
        status=400,
        words="absolute IRI",
    ),
    # 2.1.6 and HTTP: what is refused
    Row("no query: the description of the service", kind="text/turtle", words="SPARQL11Query"),
    Row(
        "no query via POST",
        "POST",
        body="",
        headers={"Content-Type": FORM},
        status=400,
        words="There is no query",
    ),
    Row("empty query", query={"query": ""}, status=400, words="There is no query"),
    Row(
        "two queries",
        query=urlencode([("query", ASK), ("query", ASK)]),
        status=400,
        words="more than one query",
    ),
    Row("syntax error", query={"query": "SELECT * {\n ?s ?p }"}, status=400, words="line 2, column"),
    Row("unknown prefix", query={"query": "ASK { ?s nope:x ?o }"}, status=400, words="line 1, column"),
    Row(
        "an update as the query",
        query={"query": "INSERT DATA { <a:a> <a:b> 1 }"},
        status=400,
        words="begins an update",
    ),
    Row(
        "an update",
        "POST",
        body=form(update="CLEAR ALL"),
        headers={"Content-Type": FORM},
        status=403,
        words="read-only",
    ),
    Row(
        "an update, direct",
        "POST",
        body="CLEAR ALL",
        headers={"Content-Type": "application/sparql-update"},
        status=403,
        words="read-only",
    ),
    Row("an update via GET", query={"update": "CLEAR ALL"}, status=400, words="sent by POST"),
    Row(
        "a query and an update",
        "POST",
        {"query": ASK},
        form(update="CLEAR ALL"),
        {"Content-Type": FORM},
        status=400,
        words="one of them",
    ),
    Row(
        "two updates",
        "POST",
        body=form(update="CLEAR ALL") + "&" + form(update="CLEAR ALL"),
        headers={"Content-Type": FORM},
        status=400,
        words="more than one update",
    ),
    Row(
        "a query form and a query in the address",
        "POST",
        {"query": ASK},
        form(query=ASK),
        {"Content-Type": FORM},
        status=400,
        words="more than one query",
    ),
    Row(
        "the dataset of an update with a query",
        query={"query": ASK, "using-graph-uri": BUILD},
        status=400,
        words="belongs to an update",
    ),
    Row(
        "the dataset of a query with an update",
        "POST",
        {"default-graph-uri": BUILD},
        "CLEAR ALL",
        {"Content-Type": "application/sparql-update"},
        status=400,
        words="belongs to a query",
    ),
    # 2.1.4 once more: a dataset in the address of a form is kept, never lost
    Row(
        "default-graph-uri in the address of a form",
        "POST",
        {"default-graph-uri": BUILD},
        form(query=ASK),
        {"Content-Type": FORM},
        words="false",
    ),
    # SPARQL 1.1 Query 4.1.1.2: the base that the service defines
    Row(
        "a relative IRI is one of ours",
        query={"query": "SELECT (<treaty/springs> AS ?x) {}", "format": "csv"},
        words="https://w3id.org/treatygraph/id/treaty/springs",
    ),
    Row(
        "a relative IRI is one of ours on the page too",
        query={"query": "SELECT (STR(<treaty/springs>) AS ?x) {}"},
        headers={"Accept": PAGE},
        kind="text/html",
        words="https://w3id.org/treatygraph/id/treaty/springs",
    ),
    # Our own parameter
    Row("a deadline of the client's own", query={"query": ASK, "timeout": "1.5"}, words="true"),
    Row("a deadline beyond the server's", query={"query": ASK, "timeout": "30000"}, words="true"),
    Row("no deadline, as some clients say", query={"query": ASK, "timeout": "0"}, words="true"),
    Row("a deadline that is none", query={"query": ASK, "timeout": "soon"}, status=400, words="seconds"),
    Row("a deadline in the past", query={"query": ASK, "timeout": "-1"}, status=400, words="seconds"),
    Row("a slash at the end", query={"query": ASK}, path="/sparql/", words="true"),
    Row(
        "wrong media type", "POST", body=ASK, headers={"Content-Type": "text/plain"}, status=415, words=DIRECT
    ),
    Row("no media type", "POST", body=ASK, status=415, words="this one has none"),
    Row(
        "not UTF-8 by its charset",
        "POST",
        body=ASK.encode("utf-16"),
        headers={"Content-Type": DIRECT + "; charset=UTF-16"},
        status=415,
        words="UTF-8",
    ),
    Row(
        "not UTF-8, direct",
        "POST",
        body=b"ASK { ?s ?p '\xff' }",
        headers={"Content-Type": DIRECT},
        status=400,
        words="not UTF-8",
    ),
    Row("not UTF-8 via GET", query="query=ASK%7B%3Fs%20%3Fp%20'%FF'%7D", status=400, words="UTF-8"),
    Row("PUT", "PUT", body=ASK, headers={"Content-Type": DIRECT}, status=405),
    Row("DELETE", "DELETE", status=405),
    Row("too long a body", "POST", body=b"#" * (3 << 20), headers={"Content-Type": DIRECT}, status=413),
    Row(
        "too long a query",
        "POST",
        body=b"#" * 600_000,
        headers={"Content-Type": DIRECT},
        status=400,
        words="500,000",
    ),
    # Content negotiation
    Row("XML", query={"query": SELECT}, headers={"Accept": XML}, kind=XML),
    Row("CSV", query={"query": SELECT}, headers={"Accept": "text/csv"}, kind="text/csv"),
    Row(
        "TSV",
        query={"query": SELECT},
        headers={"Accept": "text/tab-separated-values"},
        kind="text/tab-separated-values",
    ),
    Row("JSON by its short name", query={"query": SELECT}, headers={"Accept": "application/json"}, kind=JSON),
    Row(
        "the best quality wins",
        query={"query": SELECT},
        headers={"Accept": f"{JSON};q=0.5, text/csv;q=0.9"},
        kind="text/csv",
    ),
    Row("quality 0 is a no", query={"query": SELECT}, headers={"Accept": f"{JSON};q=0, */*;q=0.1"}, kind=XML),
    Row("a range", query={"query": SELECT}, headers={"Accept": "text/*"}, kind="text/csv"),
    Row(
        "nothing that we have",
        query={"query": SELECT},
        headers={"Accept": "image/png"},
        status=406,
        words="text/csv",
    ),
    Row(
        "a graph is not CSV",
        query={"query": CONSTRUCT},
        headers={"Accept": "text/csv"},
        status=406,
        words="text/turtle",
    ),
    Row("Turtle", query={"query": CONSTRUCT}, kind="text/turtle"),
    Row(
        "N-Triples",
        query={"query": CONSTRUCT},
        headers={"Accept": "application/n-triples"},
        kind="application/n-triples",
    ),
    Row(
        "RDF/XML",
        query={"query": CONSTRUCT},
        headers={"Accept": "application/rdf+xml"},
        kind="application/rdf+xml",
    ),
    Row(
        "JSON-LD",
        query={"query": CONSTRUCT},
        headers={"Accept": "application/ld+json"},
        kind="application/ld+json",
    ),
    Row(
        "format wins over Accept",
        query={"query": SELECT, "format": "csv"},
        headers={"Accept": JSON},
        kind="text/csv",
    ),
    Row("unknown format", query={"query": SELECT, "format": "png"}, status=406),
    Row(
        "a browser gets a page of the rows",
        query={"query": SELECT},
        headers={"Accept": PAGE},
        kind="text/html",
        words="Springs Convention, article 2",
    ),
    Row(
        "a browser gets a page of a graph",
        query={"query": CONSTRUCT},
        headers={"Accept": PAGE},
        kind="text/html",
        words="&lt;" + PROV,
    ),
    Row(
        "a browser gets a page of an error",
        query={"query": "ASK {"},
        headers={"Accept": PAGE},
        status=400,
        kind="text/html",
        words="line 1, column",
    ),
    Row(
        "a browser that asks nothing is led to the form",
        headers={"Accept": PAGE},
        status=303,
        kind="text/html",
        words="/query",
    ),
    Row(
        "the description of the service",
        headers={"Accept": "text/turtle"},
        kind="text/turtle",
        words="SPARQL11Query",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_request_is_answered_as_the_protocol_says(client: Any, row: Row) -> None:
    headers = {name.replace("-", "_"): value for name, value in row.headers.items()}
    reply = client.send(row.method, row.target, row.body, **headers)
    assert reply.status == row.status, reply.text
    kind = row.kind or ("application/problem+json" if row.status >= 400 else None)
    if kind and row.method != "HEAD":
        assert reply.kind == kind
    assert row.words in reply.text
    assert reply.headers["access-control-allow-origin"] == "*"
    if row.method == "HEAD":
        assert reply.body == b""


def test_rows_are_named_once() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS) == 69


READERS: dict[str, Callable[[bytes], Any]] = {
    "json": lambda body: json.loads(body)["results"]["bindings"][0]["label"]["value"],
    "xml": lambda body: ElementTree.fromstring(body).findtext(".//{*}literal"),
    "csv": lambda body: list(csv.reader(body.decode().splitlines()))[1][0],
    "tsv": lambda body: body.decode().splitlines()[1].partition('"@')[0].lstrip('"'),
}


@pytest.mark.parametrize(("name", "read"), READERS.items())
def test_table_says_the_same_in_every_form(client: Any, name: str, read: Callable[[bytes], Any]) -> None:
    assert read(client.ask(SELECT, format=name).body) == "Springs Convention, article 2"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("rdfxml", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_graph_says_the_same_in_every_form(client: Any, name: str, form: RdfFormat) -> None:
    wanted = {
        quad.triple for quad in parse(client.ask(CONSTRUCT, format="nt").body, format=RdfFormat.N_TRIPLES)
    }
    assert len(wanted) > 5
    assert {quad.triple for quad in parse(client.ask(CONSTRUCT, format=name).body, format=form)} == wanted


def test_problem_names_what_where_and_remedy(client: Any) -> None:
    reply = client.ask("SELECT * {\n  SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }\n}")
    assert reply.status == 400
    problem = reply.json
    assert (problem["status"], problem["line"], problem["column"]) == (400, 2, 3)
    assert problem["error"] == "QueryError"
    assert "SERVICE is refused" in problem["detail"]
    assert problem["remedy"].endswith(".")


def test_options_says_what_other_origins_may_do(client: Any) -> None:
    reply = client.send(
        "OPTIONS", "/sparql", Origin="https://example.org", Access_Control_Request_Method="POST"
    )
    assert reply.status in (200, 204)
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "Content-Type" in reply.headers["access-control-allow-headers"]
    assert reply.headers["access-control-allow-origin"] == "*"


def test_page_of_a_result_has_no_script_and_escapes_what_it_shows(client: Any) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?x) ('javascript:alert(1)' AS ?y) {}"
    reply = client.get(f"/sparql?query={quote(query)}", PAGE)
    assert "<script>alert" not in reply.text
    assert 'href="javascript:' not in reply.text
    assert "&lt;script&gt;alert(1)" in reply.text


def test_answer_that_a_client_has_is_not_sent_again(client: Any) -> None:
    first = client.ask(SELECT)
    target = f"/sparql?{urlencode({'query': SELECT})}"
    again = client.get(target, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = client.get(target, "text/csv", If_None_Match=first.headers["etag"])
    assert other.status == 200


@pytest.mark.parametrize("accept", ["gzip", "gzip, deflate, br", "*", "br;q=1, gzip;q=0.2"])
def test_long_answer_is_packed_for_who_can_unpack(client: Any, accept: str) -> None:
    target = f"/sparql?{urlencode({'query': CONSTRUCT, 'format': 'nt'})}"
    plain = client.get(target)
    packed = client.get(target, Accept_Encoding=accept)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)
    assert "accept-encoding" in plain.headers["vary"].lower()
    assert packed.headers["etag"] != plain.headers["etag"]
    again = client.get(target, Accept_Encoding=accept, If_None_Match=packed.headers["etag"])
    assert (again.status, again.headers["etag"]) == (304, packed.headers["etag"])


@pytest.mark.parametrize("accept", ["", "identity", "gzip;q=0", "br", "*;q=0", "gzip;q=zero"])
def test_answer_is_not_packed_for_who_cannot(client: Any, accept: str) -> None:
    target = f"/sparql?{urlencode({'query': CONSTRUCT, 'format': 'nt'})}"
    assert "content-encoding" not in client.get(target, Accept_Encoding=accept).headers


def test_short_answer_is_not_packed(client: Any) -> None:
    reply = client.get(f"/sparql?{urlencode({'query': ASK})}", Accept_Encoding="gzip")
    assert "content-encoding" not in reply.headers


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_answer_that_is_new_each_time_is_not_to_be_kept(client: Any, call: str) -> None:
    reply = client.ask(f"SELECT ({call} AS ?x) {{}}")
    assert reply.headers["cache-control"] == "no-store"
    assert "etag" not in reply.headers


def test_name_that_looks_like_a_function_can_be_kept(client: Any) -> None:
    assert "etag" in client.ask('SELECT ?now ("rand()" AS ?x) { # uuid()\n }').headers


def test_deadline_of_the_client_ends_its_query_sooner(client: Any) -> None:
    endless = " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(10)))} }}" for i in range(9))
    reply = client.ask(f"SELECT (COUNT(*) AS ?n) {{ {endless} }}", timeout="0.4")
    assert (reply.status, reply.kind) == (503, "application/problem+json")
    assert "0.4 seconds" in reply.json["detail"], "the deadline of the server is 2 seconds"
