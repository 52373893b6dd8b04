"""A folder of shapes in Turtle → ``Shapes``: one graph, with a name for every shape, and the hash of the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from treatygraph.model.errors import VocabularyError, Where

SHAPES: Final = "https://w3id.org/treatygraph/shapes#"
"""The namespace of shapes (``tgs:``)."""

WHOLE_GRAPH: Final = URIRef(SHAPES + "WholeGraph")
"""The focus node of rules over the whole graph; the thing at fault is the value of their results."""

TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
"""The properties by which a shape names its focus nodes."""


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Shapes and the lists of concepts that they speak of, with the SHA-256 of the files that they came from.

    In ``graph`` each property shape has an IRI, ``{node shape}/{path}/{n}``, so that a result can name it.
    ``vocabulary`` holds the lists of concepts: statements that are true of any graph that is judged.
    ``files`` says in which file a node shape stands, by the shape's IRI.
    """

    graph: Graph
    vocabulary: Graph
    digest: str
    files: dict[str, str]

    def owner(self, shape: Node) -> URIRef:
        """The node shape to which a shape belongs: itself, or the one that has it as a property shape."""
        return URIRef(str(shape).split("/-/", 1)[0])

    def label(self, shape: URIRef) -> str:
        """The name of a node shape in words."""
        return str(self.graph.value(shape, RDFS.label) or shape)

    def node_shapes(self) -> tuple[URIRef, ...]:
        """The node shapes that have targets, sorted."""
        found = {s for s in self.graph.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)}
        return tuple(sorted(s for s in found if any((s, target, None) in self.graph for target in TARGETS)))


def load_shapes(folder: Path) -> Shapes:
    """The shapes of a folder, and the lists of concepts in the folder above it (``concepts.ttl``), if any.

    The same files are read once; nobody may change what is given back. Raises ``VocabularyError`` with file and line
    for a file that is not well formed, and for an empty folder.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise VocabularyError(
            "There are no shapes",
            where=Where(str(folder)),
            remedy="Name a folder that holds *.ttl files of shapes.",
        )
    concepts = folder.parent / "concepts.ttl"
    lists = (concepts,) if concepts.is_file() else ()
    return _read(tuple(files), lists, _digest((*files, *lists)))


@lru_cache(2)
def _read(files: tuple[Path, ...], lists: tuple[Path, ...], digest: str) -> Shapes:
    graph, places = Graph(), {}
    for file in files:
        part = parse_turtle(file)
        places.update(
            {str(s): file.name for s in part.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)}
        )
        graph += part
    vocabulary = parse_turtle(lists[0]) if lists else Graph()
    return Shapes(_named(graph), vocabulary, digest, places)


def parse_turtle(file: Path) -> Graph:
    """The graph of a Turtle file; raises ``VocabularyError`` with file and line where it is not well formed."""
    try:
        return Graph().parse(file, format="turtle")
    except BadSyntax as error:
        where = Where(str(file), line=error.lines + 1)
        what = f"Not well-formed Turtle: {error._why}"
        raise VocabularyError(
            what, where=where, remedy="Mend the line that is named, or the one above it."
        ) from error
    except (UnicodeDecodeError, OSError) as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: Exception) -> VocabularyError:
    return VocabularyError(f"Cannot be read: {error}", where=Where(str(file)))


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        try:
            digest.update(f"{file.name}\n".encode() + file.read_bytes() + b"\n")
        except OSError as error:
            raise _unreadable(file, error) from error
    return digest.hexdigest()


def _named(graph: Graph) -> Graph:
    """The same graph with an IRI in place of each property shape that is a blank node."""
    names: dict[Node, Node] = {}
    for owner in sorted({s for s in graph.subjects(SH.property, None) if isinstance(s, URIRef)}):
        parts = [(_sorting(graph, shape), shape) for shape in graph.objects(owner, SH.property)]
        for number, (_, shape) in enumerate(sorted(parts, key=lambda part: part[0]), start=1):
            if isinstance(shape, BNode):
                names[shape] = URIRef(f"{owner}/-/{number}")
    named = Graph()
    for subject, predicate, value in graph:
        named.add((names.get(subject, subject), predicate, names.get(value, value)))
    return named


def _sorting(graph: Graph, shape: Node) -> tuple[str, ...]:
    own = (f"{p} {o}" for p, o in graph.predicate_objects(shape) if not isinstance(o, BNode))
    return tuple(sorted(own))
