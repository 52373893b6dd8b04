"""Manifests of test cases (test-manifest vocabulary of the W3C) → cases, from an archive or a folder."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

BASE: Final = "https://w3c.github.io/rdf-tests/sparql/"
"""Where the files are published; names in them are resolved against it, and nothing is fetched."""

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
DAWGT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

Subject = NamedNode | BlankNode
Node = NamedNode | BlankNode | Literal | Triple
FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
}


class Files:
    """The files of a suite, by their IRIs."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)

    @classmethod
    def archive(cls, path: Path, top: str) -> Files:
        """The files below *top* in a tar archive; nothing is unpacked on disk."""
        with tarfile.open(path) as archive:
            found = {}
            for member in archive.getmembers():
                if member.isfile() and member.name.startswith(top):
                    content = archive.extractfile(member)
                    assert content is not None
                    found[BASE + member.name.removeprefix(top)] = content.read()
        return cls(found)

    @classmethod
    def folder(cls, path: Path) -> Files:
        """The files below a folder."""
        return cls(
            {
                BASE + str(each.relative_to(path)): each.read_bytes()
                for each in path.rglob("*")
                if each.is_file()
            }
        )

    def read(self, iri: str) -> bytes:
        """The bytes of a file; raises ``KeyError`` for one that the suite does not have."""
        return self._files[unquote(iri)]

    def holds(self, iri: str) -> bool:
        """Whether the suite has the file."""
        return unquote(iri) in self._files

    def names(self) -> tuple[str, ...]:
        """The paths of the files below the suite, sorted."""
        return tuple(sorted(iri.removeprefix(BASE) for iri in self._files))

    def text(self, iri: str) -> str:
        """A file as text."""
        return self.read(iri).decode("utf-8")

    def quads(self, iri: str) -> list[Quad]:
        """A file of RDF; blank nodes are new ones."""
        form = FORMATS[iri.rpartition(".")[2]]
        return list(parse(self.read(iri), format=form, base_iri=iri, rename_blank_nodes=True))

    def cases(self, manifest: str) -> tuple[Case, ...]:
        """The cases of a manifest (a path below the suite) and of those that it includes, in order."""
        return tuple(self._cases(urljoin(BASE, manifest)))

    def _cases(self, manifest: str) -> Iterator[Case]:
        graph = Graph(self.quads(manifest))
        # Some manifests have a name of their own, apart from that of their file.
        [head] = graph.holders(RDF + "type", NamedNode(MF + "Manifest"))
        for entries in graph.values(head, MF + "entries"):
            for entry in graph.items(entries):
                assert isinstance(entry, NamedNode), f"a case of {manifest} has no name"
                yield Case(entry.value, entry, graph, self, manifest)
        for included in graph.values(head, MF + "include"):
            for each in graph.items(included):
                assert isinstance(each, NamedNode)
                yield from self._cases(each.value)


class Graph:
    """A graph, for looking things up."""

    def __init__(self, quads: list[Quad]) -> None:
        self._store = Store()
        self._store.extend(quads)

    def values(self, subject: Node, predicate: str) -> list[Node]:
        """The objects, sorted so that a run is like the one before."""
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        found = self._store.quads_for_pattern(subject, NamedNode(predicate), None, None)
        return sorted((quad.object for quad in found), key=str)

    def value(self, subject: Node, predicate: str) -> Node | None:
        """The one object, or None."""
        found = self.values(subject, predicate)
        assert len(found) <= 1, f"{subject} has several {predicate}"
        return found[0] if found else None

    def text(self, subject: Node, predicate: str) -> str | None:
        """The value of the one object, or None."""
        found = self.value(subject, predicate)
        return None if found is None else found.value  # type: ignore[union-attr]

    def items(self, node: Node) -> Iterator[Node]:
        """The items of an RDF list."""
        while node != NamedNode(RDF + "nil"):
            first = self.value(node, RDF + "first")
            rest = self.value(node, RDF + "rest")
            assert first is not None and rest is not None, "a list is not well formed"
            yield first
            node = rest

    def holders(self, predicate: str, value: Node) -> list[Subject]:
        """The subjects that have a value."""
        found = self._store.quads_for_pattern(None, NamedNode(predicate), value, None)  # type: ignore[arg-type]
        return [quad.subject for quad in found]  # type: ignore[misc]


@dataclass(frozen=True)
class Data:
    """What a dataset holds: the files of the default graph, and of each named graph by its IRI."""

    default: tuple[str, ...]
    named: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Case:
    """One test: its IRI, its node in the graph of the manifest, the files that it may name."""

    iri: str
    node: NamedNode
    graph: Graph
    files: Files
    manifest: str

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The local names of the case's types, sorted."""
        types = self.graph.values(self.node, RDF + "type")
        return tuple(each.value.partition("#")[2] for each in types)  # type: ignore[union-attr]

    @property
    def is_approved(self) -> bool:
        """Whether the working group approved the case."""
        return self.graph.text(self.node, DAWGT + "approval") == DAWGT + "Approved"

    @property
    def action(self) -> Node:
        """What is done."""
        found = self.graph.value(self.node, MF + "action")
        assert found is not None, f"{self.iri} has no action"
        return found

    @property
    def result(self) -> Node:
        """What is expected."""
        found = self.graph.value(self.node, MF + "result")
        assert found is not None, f"{self.iri} has no result"
        return found

    def data(self, node: Node, vocabulary: str) -> Data:
        """The dataset that a node describes, in the words of query (``qt:``) or update (``ut:``) tests."""
        default = tuple(each.value for each in self.graph.values(node, vocabulary + "data"))  # type: ignore[union-attr]
        named = tuple(self.named(each) for each in self.graph.values(node, vocabulary + "graphData"))
        return Data(default, named)

    def named(self, node: Node) -> tuple[str, str]:
        """The IRI of a named graph, and its file."""
        if isinstance(node, NamedNode):
            return node.value, node.value
        file = self.graph.text(node, UT + "graph") or self.graph.text(node, QT + "graph")
        name = self.graph.text(node, RDFS + "label")
        assert file is not None and name is not None, f"{self.iri} has a named graph without a name"
        return name, file
