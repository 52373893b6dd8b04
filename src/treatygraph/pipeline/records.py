"""Which file made which graph, under what setting: kept in the store, so that a build goes on where it was ended.

The records of a graph are committed with it. They stand in ``graph/build/documents``, which is never asserted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import DCTERMS, PROV, TG
from treatygraph.store import WritableStore

RECORDS: Final = iri("graph/build/documents")
"""The graph of the records."""

_BEST_FIRST: Final = tuple(
    ".xml .akn .docx .html .htm .xhtml .md .markdown .txt .text .json .pdf".split()  # noqa: SIM905
)
"""Formats by how much of a document's layout they keep; where two files hold one document, the better is read."""


def rank(name: str) -> int:
    """How well the format of a file keeps a document's layout, by its name; 0 is best."""
    suffix = PurePosixPath(name).suffix.lower()
    return _BEST_FIRST.index(suffix) if suffix in _BEST_FIRST else len(_BEST_FIRST)


@dataclass(frozen=True, slots=True)
class Record:
    """What made a graph: the file (name and hash), the hash of the graph, and the mark of the setting."""

    name: str
    file_sha256: str
    graph_sha256: str
    mark: str


def read_records(store: WritableStore) -> dict[NamedNode, Record]:
    """The records of a store, by graph."""
    values: dict[NamedNode, dict[NamedNode, str]] = {}
    for quad in store.quads(RECORDS):
        assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
        values.setdefault(quad.subject, {})[quad.predicate] = quad.object.value
    return {
        graph: Record(
            found.get(DCTERMS.source, ""),
            found.get(TG.fileHash, ""),
            found.get(TG.graphHash, ""),
            found.get(PROV.wasGeneratedBy, "").rpartition("/")[2],
        )
        for graph, found in values.items()
    }


def record_quads(records: Mapping[NamedNode, Record]) -> tuple[Quad, ...]:
    """The statements of records."""
    return tuple(
        Quad(graph, predicate, value, RECORDS)
        for graph, record in records.items()
        for predicate, value in (
            (DCTERMS.source, Literal(record.name)),
            (TG.fileHash, Literal(record.file_sha256)),
            (TG.graphHash, Literal(record.graph_sha256)),
            (PROV.wasGeneratedBy, iri(f"build/{record.mark}")),
        )
    )
