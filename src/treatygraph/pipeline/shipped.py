"""What `data/` and `ontology/` hold: the registry, the lists of concepts, and the documents' stand-off graphs."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from treatygraph.graph.canonical import graph_hash
from treatygraph.graph.iris import THINGS, iri
from treatygraph.graph.statements_registry import registry_quads
from treatygraph.model.errors import RdfSyntaxError, Where
from treatygraph.pipeline.fingerprint import files_fingerprint, fingerprint
from treatygraph.pipeline.verdict import Verdict

CONCEPTS: Final = "graph/registry/concepts"
"""The key of the graph that holds the lists of concepts."""

Graphs = dict[NamedNode, tuple[Quad, ...]]


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders that a build reads: ``ontology/`` and ``data/`` of a checkout or of an installed package."""

    ontology: Path
    data: Path

    @property
    def registry(self) -> Path:
        """The folder of the registry's files."""
        return self.data / "registry"

    @property
    def shapes(self) -> Path:
        """The folder of the shapes."""
        return self.ontology / "shapes"

    def documents(self) -> tuple[Path, ...]:
        """The stand-off graphs of documents, sorted by name."""
        folder = self.data / "documents"
        return tuple(sorted((*folder.glob("*.nq"), *folder.glob("*.nq.gz")))) if folder.is_dir() else ()

    def registry_fingerprint(self) -> str:
        """The fingerprint of all that the registry's graphs are made from."""
        files = [path for path in self.registry.rglob("*") if path.suffix in (".toml", ".ttl")]
        concepts = (self.ontology / "concepts.ttl").read_bytes()
        return fingerprint(files_fingerprint(self.registry, files), concepts)

    def shapes_fingerprint(self) -> str:
        """The fingerprint of the shapes."""
        return files_fingerprint(self.shapes, self.shapes.glob("*.ttl"))


def registry_graphs(sources: Sources) -> Graphs:
    """The graphs of the registry and of the lists of concepts; made once for the same files."""
    return dict(_registry_graphs(sources, sources.registry_fingerprint()))


@lru_cache(2)
def _registry_graphs(sources: Sources, _: str) -> Graphs:
    graphs = {iri(key): tuple(quads) for key, quads in registry_quads(sources.registry).items()}
    graphs[iri(CONCEPTS)] = _concepts(sources.ontology / "concepts.ttl")
    return graphs


def _concepts(path: Path) -> tuple[Quad, ...]:
    graph = iri(CONCEPTS)
    triples = read_rdf(path)
    return tuple(sorted((Quad(q.subject, q.predicate, q.object, graph) for q in triples), key=str))


_FORMATS: Final[Mapping[str, RdfFormat]] = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def rdf_format(path: Path) -> RdfFormat:
    """The format of an RDF file by its suffix (``.gz`` left out); raises ``RdfSyntaxError`` for one not known."""
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    form = _FORMATS.get(suffix)
    if form is None:
        raise RdfSyntaxError(
            "A file of RDF has no suffix that is known",
            where=Where(str(path)),
            remedy=f"Name it {', '.join(_FORMATS)} (or the same with .gz).",
        )
    return form


def read_rdf(path: Path) -> tuple[Quad, ...]:
    """The quads of an RDF file, by its suffix (``.gz`` is unpacked).

    Raises ``RdfSyntaxError`` naming the file and the place for a file that is not well formed, of no known suffix, or
    not there.
    """
    rdf_format(path)
    return parse_rdf(unpacked(path), path)


def unpacked(path: Path) -> bytes:
    """The bytes of a file, unpacked where its name ends in ``.gz``; raises ``RdfSyntaxError`` naming the file."""
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError) as error:
        raise RdfSyntaxError(
            "A file of RDF cannot be read", where=Where(str(path)), remedy=f"{error}."
        ) from error


def parse_rdf(data: bytes, path: Path) -> tuple[Quad, ...]:
    """The quads in the bytes of the file *path*; raises ``RdfSyntaxError`` naming the file and the place."""
    try:
        return tuple(parse(data, format=rdf_format(path), base_iri=THINGS))
    except SyntaxError as error:
        where = Where(str(path), line=error.lineno, column=error.offset)
        raise RdfSyntaxError(
            f"The file is not well-formed RDF: {error.msg}",
            where=where,
            remedy="Mend the file at that place.",
        ) from error


def by_graph(quads: tuple[Quad, ...], path: Path) -> Graphs:
    """Quads by their named graph; raises ``RdfSyntaxError`` for a statement in no graph."""
    graphs: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph) or not isinstance(quad.graph_name, NamedNode):
            raise RdfSyntaxError(
                "A statement stands in no named graph",
                where=Where(str(path), thing=str(quad)),
                remedy="Use N-Quads or TriG and name a graph for each statement.",
            )
        graphs.setdefault(quad.graph_name, []).append(quad)
    return {graph: tuple(rows) for graph, rows in sorted(graphs.items(), key=lambda pair: pair[0].value)}


def verdict_path(document: Path) -> Path:
    """Where the verdict of a stand-off graph stands: beside it."""
    return document.parent / f"{document.name.removesuffix('.gz').removesuffix('.nq')}.verdict.json"


class Documents(NamedTuple):
    """The stand-off graphs, the files whose verdict does not hold, and the hash of each graph."""

    graphs: Graphs
    unjudged: tuple[Path, ...]
    hashes: dict[NamedNode, str]


def document_graphs(sources: Sources) -> Documents:
    """The stand-off graphs, and the files whose verdict does not hold for what stands here now.

    A verdict holds when graph, registry and shapes are the ones that it was given for, and it says that they conform.
    A file is written in canonical form, so the hash of its bytes is that of its graph, and is read at the speed of the
    disk; bytes that have another hash than the verdict's are of a graph that nobody judged.
    """
    graphs: Graphs = {}
    hashes: dict[NamedNode, str] = {}
    unjudged: list[Path] = []
    registry, shapes = sources.registry_fingerprint(), sources.shapes_fingerprint()
    for path in sources.documents():
        data = unpacked(path)
        mine = by_graph(parse_rdf(data, path), path)
        graphs |= mine
        verdict = Verdict.read(verdict_path(path))
        holds = (
            verdict is not None
            and verdict.holds_beside(registry, shapes)
            and verdict.graph_sha256 == hashlib.sha256(data).hexdigest()
            and [verdict.graph] == [graph.value for graph in mine]
        )
        if not holds:
            unjudged.append(path)
        for graph, quads in mine.items():
            hashes[graph] = verdict.graph_sha256 if holds and verdict else graph_hash(quads)
    return Documents(graphs, tuple(unjudged), hashes)


def is_registry_judged(sources: Sources) -> bool:
    """Whether the registry carries a verdict: that of any document which was judged beside just this registry."""
    registry, shapes = sources.registry_fingerprint(), sources.shapes_fingerprint()
    verdicts = (Verdict.read(verdict_path(path)) for path in sources.documents())
    return any(each is not None and each.holds_beside(registry, shapes) for each in verdicts)


def write_document(folder: Path, name: str, nquads: bytes, verdict: Verdict) -> Path:
    """Writes a document's stand-off graph in canonical N-Quads, packed, and beside it its verdict; the graph's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.nq.gz"
    path.write_bytes(gzip.compress(nquads, 9, mtime=0))
    (folder / f"{name}.nq").unlink(missing_ok=True)
    verdict.write(verdict_path(path))
    return path
