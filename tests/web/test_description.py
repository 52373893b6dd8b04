"""What the service says of itself: the service description, the dataset in VoID and DCAT, the dump that it links to."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from treatygraph.store import EmbeddedStore
from treatygraph.store.closures import CLOSURE_GRAPH

FORMS = [
    ("text/turtle", RdfFormat.TURTLE),
    ("application/n-triples", RdfFormat.N_TRIPLES),
    ("application/rdf+xml", RdfFormat.RDF_XML),
    ("application/ld+json", RdfFormat.JSON_LD),
]
PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "formats": "http://www.w3.org/ns/formats/",
}


class Graph:
    """A graph that was fetched, and queries over it."""

    def __init__(self, body: bytes, form: RdfFormat = RdfFormat.TURTLE) -> None:
        self.store = Store()
        self.store.extend(parse(body, format=form))

    def values(self, pattern: str, dataset: str = "") -> set[str]:
        found = self.store.query(f"SELECT ?x {{ {pattern} }}", prefixes=PREFIXES)
        return {row["x"].value for row in found}  # type: ignore[union-attr]

    def number(self, pattern: str) -> int:
        [value] = self.values(pattern)
        return int(value)


@pytest.fixture(scope="module")
def service(client: Any) -> Graph:
    return Graph(client.get("/sparql", "text/turtle").body)


@pytest.fixture(scope="module")
def dataset(client: Any) -> Graph:
    return Graph(client.get("/.well-known/void", "text/turtle").body)


def held(place: Path) -> Store:
    """All that the server's store holds, read beside the server."""
    held = Store()
    with EmbeddedStore(place) as store:
        held.extend(store.quads())
        for triple in store.merged():
            held.update(f"INSERT DATA {{ {triple} }}")
    return held


def test_service_names_its_endpoint_languages_and_formats(client: Any, service: Graph) -> None:
    root = f"http://127.0.0.1:{client.port}"
    assert service.values("?s a sd:Service ; sd:endpoint ?x") == {f"{root}/sparql"}
    assert "http://www.w3.org/ns/sparql-service-description#SPARQL11Query" in service.values(
        "?s sd:supportedLanguage ?x"
    )
    formats = {value.rpartition("/")[2] for value in service.values("?s sd:resultFormat ?x")}
    assert formats == {
        "SPARQL_Results_JSON",
        "SPARQL_Results_XML",
        "SPARQL_Results_CSV",
        "SPARQL_Results_TSV",
        "Turtle",
        "N-Triples",
        "RDF_XML",
        "JSON-LD",
    }


def test_read_only_service_claims_no_update(service: Graph) -> None:
    assert not any("SPARQL11Update" in value for value in service.values("?s sd:supportedLanguage ?x"))


def test_default_graph_is_said_to_be_the_merge_of_the_asserted_graphs(place: Path, service: Graph) -> None:
    [comment] = service.values("?d sd:defaultGraph ?g . ?g rdfs:comment ?x")
    assert "RDF merge of the asserted named graphs" in comment
    assert "graph/build" in comment
    names = {quad.graph_name.value for quad in held(place) if isinstance(quad.graph_name, NamedNode)}
    build = "https://w3id.org/treatygraph/id/graph/build"
    assert build in names
    assert service.values("?d sd:defaultGraph ?g . ?g prov:wasDerivedFrom ?x") == names - {build}
    assert service.values("?d sd:namedGraph ?g . ?g sd:name ?x") == names | {CLOSURE_GRAPH.value}


def test_description_of_the_dataset_counts_its_graphs(place: Path, dataset: Graph) -> None:
    sizes = Counter(quad.graph_name.value for quad in held(place) if isinstance(quad.graph_name, NamedNode))
    for name, size in sizes.items():
        assert (
            dataset.number(f"?d sd:namedGraph [ sd:name <{name}> ; sd:graph ?g ] . ?g void:triples ?x")
            == size
        )
    expected = sum(1 for quad in held(place) if not isinstance(quad.graph_name, NamedNode))
    assert dataset.number("?d sd:defaultGraph ?g . ?g void:triples ?x") == expected > 0


def test_dataset_is_counted(place: Path, dataset: Graph) -> None:
    merged = [quad for quad in held(place) if not isinstance(quad.graph_name, NamedNode)]
    assert dataset.number("?d a dcat:Dataset ; void:triples ?x") == len(merged)
    assert dataset.number("?d a dcat:Dataset ; void:distinctSubjects ?x") == len({q.subject for q in merged})
    assert dataset.number("?d a dcat:Dataset ; void:distinctObjects ?x") == len({q.object for q in merged})
    properties = {q.predicate.value for q in merged}
    assert dataset.values("?d void:propertyPartition ?p . ?p void:property ?x") == properties
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert dataset.number(f"?p void:property <{label}> ; void:triples ?x") == sum(
        1 for q in merged if q.predicate.value == label
    )
    kind = "https://w3id.org/treatygraph/ns#Provision"
    assert dataset.number(f"?p void:class <{kind}> ; void:entities ?x") == len(
        {q.subject for q in merged if q.object == NamedNode(kind)}
    )


def test_dataset_leads_to_the_endpoint_and_to_a_dump(client: Any, place: Path, dataset: Graph) -> None:
    root = f"http://127.0.0.1:{client.port}"
    assert dataset.values("?d void:sparqlEndpoint ?x") == {f"{root}/sparql"}
    assert dataset.values("?s a dcat:DataService ; dcat:endpointURL ?x") == {f"{root}/sparql"}
    assert dataset.values("?d dcat:distribution ?p . ?p dcat:downloadURL ?x") == dataset.values(
        "?d void:dataDump ?x"
    )
    [address] = dataset.values("?d void:dataDump ?x")
    reply = client.get(address.removeprefix(root))
    assert (reply.status, reply.kind) == (200, "application/gzip")
    dumped = set(parse(gzip.decompress(reply.body), format=RdfFormat.N_QUADS))
    build = NamedNode("https://w3id.org/treatygraph/id/graph/build")
    named = {quad for quad in held(place) if isinstance(quad.graph_name, NamedNode)}
    assert dumped == {quad for quad in named if quad.graph_name != build} != set()


def test_part_of_a_dump_can_be_asked_for(client: Any) -> None:
    whole = client.get("/dumps/graph.nq.gz")
    part = client.get("/dumps/graph.nq.gz", Range="bytes=10-19")
    assert (part.status, part.body) == (206, whole.body[10:20])
    assert client.get("/dumps/graph.nq.gz", If_None_Match=whole.headers["etag"]).status == 304


@pytest.mark.parametrize("address", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize(("accept", "form"), FORMS)
def test_description_says_the_same_in_every_form(
    client: Any, address: str, accept: str, form: RdfFormat
) -> None:
    reply = client.get(address, accept)
    assert reply.kind == accept
    wanted = {quad.triple for quad in parse(client.get(address).body, format=RdfFormat.TURTLE)}
    assert {quad.triple for quad in parse(reply.body, format=form)} == wanted
    assert client.get(address, accept, If_None_Match=reply.headers["etag"]).status == 304


def test_descriptions_and_dump_follow_a_commit(
    started_server: Callable[[Path], tuple[Any, Any, Path]], tmp_path: Path
) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        store.update("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } }")
    client, _, place = started_server(tmp_path / "store")
    size = "?d a dcat:Dataset ; void:triples ?x"
    assert Graph(client.get("/.well-known/void").body).number(size) == 1
    assert gzip.decompress(client.get("/dumps/graph.nq.gz").body).count(b"\n") == 1
    with EmbeddedStore(place) as store:
        store.update("INSERT DATA { GRAPH <a:h> { <a:s> <a:p> 2, 3 } }")
    assert Graph(client.get("/.well-known/void").body).number(size) == 3
    assert gzip.decompress(client.get("/dumps/graph.nq.gz").body).count(b"\n") == 3


def test_plain_dataset_says_so_and_is_dumped_with_its_default_graph(
    started_server: Callable[[Path], tuple[Any, Any, Path]], tmp_path: Path
) -> None:
    with EmbeddedStore(tmp_path / "store", merged=False) as store:
        store.update('INSERT DATA { <a:s> <a:p> "one .\\n" GRAPH <a:g> { <a:s> <a:p> 2 } }')
    client, _, _ = started_server(tmp_path / "store")
    [comment] = Graph(client.get("/sparql").body).values("?d sd:defaultGraph ?g . ?g rdfs:comment ?x")
    assert "merge" not in comment
    dumped = parse(gzip.decompress(client.get("/dumps/graph.nq.gz").body), format=RdfFormat.N_QUADS)
    assert sorted((str(quad.graph_name), quad.object.value) for quad in dumped) == [  # type: ignore[union-attr]
        ("<a:g>", "2"),
        ("DEFAULT", Literal("one .\n").value),
    ]
