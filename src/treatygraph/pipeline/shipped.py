"""What `data/` and `ontology/` hold: the registry, the lists of concepts, and the documents' stand-off graphs."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from treatygraph.graph.canonical import graph_hash, to_nquads
from treatygraph.graph.iris import THINGS, iri
from treatygraph.graph.statements_registry import registry_quads
from treatygraph.model.errors import RdfSyntaxError, Where
from treatygraph.pipeline.fingerprint import files_fingerprint
from treatygraph.pipeline.gate import Verdict

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
        return files_fingerprint(self.ontology.parent, [*files, self.ontology / "concepts.ttl"])

    def shapes_fingerprint(self) -> str:
        """The fingerprint of the shapes."""
        return files_fingerprint(self.shapes, self.shapes.glob("*.ttl"))


def registry_graphs(sources: Sources) -> Graphs:
    """The graphs of the registry and of the lists of concepts."""
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
    form = rdf_format(path)
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        return tuple(parse(data, format=form, base_iri=THINGS))
    except SyntaxError as error:
        where = Where(str(path), line=error.lineno, column=error.offset)
        raise RdfSyntaxError(
            f"The file is not well-formed RDF: {error.msg}",
            where=where,
            remedy="Mend the file at that place.",
        ) from error
    except (OSError, EOFError) as error:
        raise RdfSyntaxError(
            "A file of RDF cannot be read", where=Where(str(path)), remedy=f"{error}."
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


def document_graphs(sources: Sources) -> tuple[Graphs, tuple[Path, ...]]:
    """The stand-off graphs, and the files whose verdict does not hold for what stands here now.

    A verdict holds when graph, registry and shapes are the ones that it was given for, and it says that they conform.
    """
    graphs: Graphs = {}
    unjudged: list[Path] = []
    registry, shapes = sources.registry_fingerprint(), sources.shapes_fingerprint()
    for path in sources.documents():
        mine = by_graph(read_rdf(path), path)
        graphs |= mine
        verdict = Verdict.read(verdict_path(path))
        hashes = [graph_hash(rows) for rows in mine.values()]
        holds = (
            verdict is not None
            and verdict.conforms
            and [verdict.graph_sha256] == hashes
            and verdict.registry_sha256 == registry
            and verdict.shapes_sha256 == shapes
        )
        if not holds:
            unjudged.append(path)
    return graphs, tuple(unjudged)


def write_document(folder: Path, name: str, quads: tuple[Quad, ...], verdict: Verdict) -> Path:
    """Writes a document's stand-off graph and, beside it, its verdict; the path of the graph."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.nq"
    path.write_bytes(to_nquads(quads))
    verdict.write(verdict_path(path))
    return path
