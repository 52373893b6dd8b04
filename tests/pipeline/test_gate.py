"""The gate: every evidenced edge has evidence, and an edge that loses it is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from treatygraph.graph.canonical import to_nquads
from treatygraph.graph.iris import edge_key, iri, key_of
from treatygraph.graph.terms import EVIDENCED, OA, PROV, RDF, TG
from treatygraph.model.errors import RdfSyntaxError, ReadError, ValidationFailedError
from treatygraph.pipeline.build import build
from treatygraph.pipeline.gate import judge, merge
from treatygraph.pipeline.ingest import ingest
from treatygraph.pipeline.load import load_files
from treatygraph.pipeline.shipped import Graphs, Sources, document_graphs, registry_graphs
from treatygraph.pipeline.verdict import Verdict
from treatygraph.store import EmbeddedStore
from treatygraph.validate import load_shapes, render_report

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped(sources: Sources) -> Graphs:
    return registry_graphs(sources) | document_graphs(sources)[0]


def test_the_shipped_graph_conforms_without_a_warning(shipped: Graphs, sources: Sources) -> None:
    report = judge(shipped, load_shapes(sources.shapes))
    assert report.conforms and not report.warnings, render_report(report)


def test_every_evidenced_edge_has_evidence(shipped: Graphs) -> None:
    triples = merge(shipped)
    supported = {t.object for t in triples if t.predicate == TG.supports}
    supported |= {t.subject for t in triples if t.predicate == PROV.hadPrimarySource}
    edges = [t for t in triples if t.predicate in EVIDENCED]
    bare = [t for t in edges if iri(edge_key(t.subject, t.predicate, t.object)) not in supported]
    assert len(edges) > 1000
    assert bare == []


def test_taking_the_body_of_a_citation_out_makes_validation_name_the_edge(
    shipped: Graphs, sources: Sources
) -> None:
    graph, quads = next((g, q) for g, q in shipped.items() if any(each.predicate == OA.hasBody for each in q))
    taken = next(quad for quad in quads if quad.predicate == OA.hasBody)
    without = shipped | {graph: tuple(quad for quad in quads if quad != taken)}
    report = judge(without, load_shapes(sources.shapes))
    assert not report.conforms
    edges = {quad.object for quad in quads if quad.subject == taken.subject and quad.predicate == TG.supports}
    ends = {
        quad.object.value
        for quad in quads
        if quad.subject in edges and quad.predicate in (RDF.subject, RDF.object)
    }
    assert len(ends) >= 2
    assert all(key_of(end) in render_report(report) for end in ends)


def test_a_verdict_reads_back_as_it_was_written(tmp_path: Path) -> None:
    verdict = Verdict("g", "1", "2", "3", True)
    verdict.write(tmp_path / "v.json")
    assert Verdict.read(tmp_path / "v.json") == verdict
    assert Verdict.read(tmp_path / "absent.json") is None


def test_loading_what_would_not_conform_stores_nothing(
    store: EmbeddedStore, sources: Sources, shipped: Graphs, tmp_path: Path
) -> None:
    build(store, sources, version="1", now=NOON)
    generation = store.generation()
    graph, quads = next((g, q) for g, q in shipped.items() if any(each.predicate == OA.hasBody for each in q))
    broken = tmp_path / "broken.nq"
    broken.write_bytes(to_nquads(quad for quad in quads if quad.predicate != OA.hasBody))
    with pytest.raises(ValidationFailedError):
        load_files([broken], store, sources)
    assert store.generation() == generation
    load_files([broken], store, sources, validate=False)
    assert not [quad for quad in store.quads(graph) if quad.predicate == OA.hasBody]


def test_loading_an_export_gives_it_back(
    store: EmbeddedStore, sources: Sources, shipped: Graphs, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.nq"
    whole.write_bytes(to_nquads(quad for quads in shipped.values() for quad in quads))
    load_files([whole], store, sources)
    assert to_nquads(quad for graph in store.graphs() for quad in store.quads(graph)) == whole.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("bad.nq", "<a> <b>", "line 1"),
        ("loose.nq", "<http://a> <http://b> <http://c> .\n", "no named graph"),
        ("file.xyz", "", "no suffix"),
        ("file.nq.gz", "not gzip", "cannot be read"),
    ],
)
def test_a_file_of_rdf_that_cannot_be_loaded_is_named(
    store: EmbeddedStore, sources: Sources, tmp_path: Path, name: str, content: str, says: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RdfSyntaxError, match=says) as caught:
        load_files([path], store, sources)
    assert name in str(caught.value)


def test_ingest_stores_all_files_or_none(
    store: EmbeddedStore, sources: Sources, meridian: Path, tmp_path: Path
) -> None:
    binary = tmp_path / "picture.md"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(ReadError, match="picture"):
        ingest([meridian, binary], store, sources)
    assert store.graphs() == ()


def test_ingest_keeps_the_text_in_the_store_and_nowhere_in_the_graph(
    store: EmbeddedStore, sources: Sources, meridian: Path
) -> None:
    text = meridian.read_text(encoding="utf-8")
    (added,) = ingest([meridian], store, sources)
    quads = tuple(store.quads(iri(added.graph.removeprefix(iri("x").value[:-1]))))
    (hash_,) = {quad.object.value for quad in quads if quad.predicate == TG.textHash}
    assert store.text(hash_) == text
    longest = max(
        len(quad.object.value) for quad in quads if quad.predicate in (OA.exact, OA.prefix, OA.suffix)
    )
    assert longest < 200


def test_a_symbol_names_one_document_only(store: EmbeddedStore, sources: Sources, meridian: Path) -> None:
    with pytest.raises(ReadError, match="one"):
        ingest([meridian, meridian], store, sources, symbol="MFCC/2025/1")
    (added,) = ingest([meridian], store, sources, symbol="MFCC/2025/1")
    assert added.document == "document/MFCC/2025/1"
