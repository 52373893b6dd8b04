"""Building the shipped graph: the same quads each time, nothing to do the second time, nobody's graph lost."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from treatygraph.graph.canonical import graph_hash, to_nquads
from treatygraph.graph.iris import iri
from treatygraph.model.errors import RegistryError, ValidationFailedError
from treatygraph.pipeline.build import build
from treatygraph.pipeline.ingest import ingest
from treatygraph.pipeline.shipped import (
    Sources,
    by_graph,
    document_graphs,
    parse_rdf,
    registry_graphs,
    unpacked,
    verdict_path,
    write_document,
)
from treatygraph.pipeline.verdict import Verdict
from treatygraph.store import EmbeddedStore, open_writer

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def built(store: EmbeddedStore, sources: Sources, version: str = "1") -> bool:
    return build(store, sources, version=version, now=NOON).changed


def statements(store: EmbeddedStore) -> bytes:
    return to_nquads(
        quad for graph in store.graphs() if graph != iri("graph/build") for quad in store.quads(graph)
    )


def test_two_builds_give_the_same_bytes(tmp_path: Path, sources: Sources) -> None:
    with open_writer(tmp_path / "one") as one, open_writer(tmp_path / "two") as two:
        built(one, sources, "1")
        built(two, sources, "2")
        assert statements(one) == statements(two)


@pytest.mark.parametrize(("seed", "locale"), [("1", "C"), ("2", "C.UTF-8")])
def test_neither_hash_seed_nor_locale_changes_the_bytes(
    seed: str, locale: str, tmp_path: Path, sources: Sources, meridian: Path
) -> None:
    script = (
        "import hashlib, sys; from pathlib import Path\n"
        "from treatygraph.graph.canonical import to_nquads\n"
        "from treatygraph.graph.statements import document_quads\n"
        "from treatygraph.pipeline.extract import extract_file\n"
        "from treatygraph.pipeline.shipped import Sources, registry_graphs\n"
        "from treatygraph.registry.load import load_registry\n"
        "data, agenda, ontology = map(Path, sys.argv[1:])\n"
        "graphs = registry_graphs(Sources(ontology, data))\n"
        "registry = load_registry(data / 'registry')\n"
        "quads = [q for g in graphs.values() for q in g] + list(document_quads(extract_file(agenda, registry), registry))\n"
        "print(hashlib.sha256(to_nquads(quads)).hexdigest())\n"
    )
    command = [sys.executable, "-c", script, str(sources.data), str(meridian), str(sources.ontology)]

    def run(env: dict[str, str]) -> str:
        return subprocess.run(
            command, env=os.environ | env, check=True, capture_output=True, text=True
        ).stdout

    assert run({"PYTHONHASHSEED": seed, "LC_ALL": locale}) == run(
        {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    )


def test_a_second_build_has_nothing_to_do(store: EmbeddedStore, sources: Sources) -> None:
    assert built(store, sources)
    generation = store.generation()
    assert not built(store, sources)
    assert store.generation() == generation


def test_another_version_of_the_program_builds_again(store: EmbeddedStore, sources: Sources) -> None:
    assert built(store, sources, "1")
    assert built(store, sources, "2")


@pytest.fixture
def copied(tmp_path: Path, sources: Sources) -> Sources:
    shutil.copytree(sources.ontology, tmp_path / "copy" / "ontology")
    shutil.copytree(sources.data, tmp_path / "copy" / "data")
    return Sources(tmp_path / "copy" / "ontology", tmp_path / "copy" / "data")


@pytest.fixture
def judged(copied: Sources) -> Sources:
    """A copy whose document carries a verdict of just this registry and these shapes."""
    path = copied.documents()[0]
    ((graph, quads),) = by_graph(parse_rdf(unpacked(path), path), path).items()
    marks = copied.registry_fingerprint(), copied.shapes_fingerprint()
    path.unlink()
    name = path.name.partition(".")[0]
    write_document(path.parent, name, to_nquads(quads), Verdict(graph.value, graph_hash(quads), *marks, True))
    return copied


def test_documents_whose_verdicts_hold_are_not_judged_again(store: EmbeddedStore, judged: Sources) -> None:
    documents = document_graphs(judged)
    assert documents.unjudged == ()
    assert documents.hashes == {graph: graph_hash(quads) for graph, quads in documents.graphs.items()}
    assert not build(store, judged, version="1", now=NOON).validated


def test_a_verdict_of_another_graph_does_not_hold(judged: Sources) -> None:
    path = judged.documents()[0]
    path.write_bytes(gzip.compress(unpacked(path).replace(b"Vienna", b"Vienne")))
    assert document_graphs(judged).unjudged == (path,)


def test_a_changed_shape_makes_every_verdict_void(copied: Sources) -> None:
    shape = next(iter(sorted(copied.shapes.glob("*.ttl"))))
    shape.write_text(shape.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert set(document_graphs(copied)[1]) == set(copied.documents())


def test_a_changed_document_makes_its_verdict_void_and_is_judged(
    store: EmbeddedStore, copied: Sources
) -> None:
    path = copied.documents()[0]
    lines = unpacked(path).splitlines(keepends=True)
    without = [line for line in lines if b"oa#hasBody" not in line]
    assert len(without) < len(lines)
    changed = b"".join(without)
    path.write_bytes(gzip.compress(changed) if path.suffix == ".gz" else changed)
    with pytest.raises(ValidationFailedError, match="citation"):
        built(store, copied)
    assert store.graphs() == ()


def test_a_verdict_that_cannot_be_read_counts_as_none(judged: Sources) -> None:
    path = judged.documents()[0]
    verdict_path(path).write_text("{", encoding="utf-8")
    assert document_graphs(judged).unjudged == (path,)


def test_a_graph_that_is_no_longer_shipped_is_dropped(store: EmbeddedStore, copied: Sources) -> None:
    built(store, copied)
    shipped = set(document_graphs(copied)[0])
    for path in copied.documents():
        path.unlink()
    built(store, copied)
    assert shipped and not shipped & set(store.graphs())


def test_what_a_user_added_survives_a_build(store: EmbeddedStore, sources: Sources, meridian: Path) -> None:
    (added,) = ingest([meridian], store, sources)
    built(store, sources)
    assert added.graph in {graph.value for graph in store.graphs()}
    assert built(store, sources, "2")
    assert added.graph in {graph.value for graph in store.graphs()}


def test_graph_build_is_not_part_of_answers_by_default(store: EmbeddedStore, sources: Sources) -> None:
    built(store, sources)
    assert list(store.quads(iri("graph/build")))
    assert store.query("ASK { ?build a <https://w3id.org/treatygraph/ns#Build> }") is False


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("broken.ttl", "<x> <y> .", "broken.ttl"),
        ("broken.toml", "[[body]\n", "broken.toml"),
    ],
)
def test_a_broken_file_in_the_registry_is_named_with_its_line(
    store: EmbeddedStore, copied: Sources, name: str, content: str, says: str
) -> None:
    (copied.registry / name).write_text(content, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        built(store, copied)
    assert says in str(caught.value) and "line 1" in str(caught.value)
    assert store.graphs() == ()


def test_registry_graphs_are_named_after_their_files(sources: Sources) -> None:
    graphs = {graph.value for graph in registry_graphs(sources)}
    for name in ("bodies", "concepts", "provisions/untoc"):
        assert iri(f"graph/registry/{name}").value in graphs


def test_an_empty_data_folder_is_refused_with_a_remedy(
    store: EmbeddedStore, sources: Sources, tmp_path: Path
) -> None:
    with pytest.raises(RegistryError, match="no registry"):
        built(store, replace(sources, data=tmp_path))
