"""Documents → a store: extract, state, judge together with what is stored, commit, keep the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Triple
from pyoxigraph import Store as Engine

from treatygraph.graph.iris import iri
from treatygraph.graph.statements import document_quads
from treatygraph.graph.statements_text import expression_of
from treatygraph.model.errors import ReadError
from treatygraph.model.extraction import Extraction
from treatygraph.model.store import Difference
from treatygraph.pipeline.extract import extract_file
from treatygraph.pipeline.gate import difference_judge, merge
from treatygraph.pipeline.shipped import Graphs, Sources, is_registry_judged, registry_graphs
from treatygraph.registry.load import load_registry
from treatygraph.registry.values import Registry
from treatygraph.store import WritableStore
from treatygraph.validate import load_shapes


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one file became: its document, its graph, and the counts of what was found."""

    path: str
    document: str
    graph: str
    statements: int
    items: int
    citations: int
    unresolved: int
    actions: int


_REGISTRY: Final = iri("graph/registry/x").value[:-1]
Progress = Callable[[str], None]


def extraction_graph(extraction: Extraction, registry: Registry) -> Graphs:
    """The one named graph of an extraction."""
    quads = document_quads(extraction, registry)
    return {iri(f"graph/{expression_of(extraction)}"): quads}


def ingest(
    paths: Sequence[Path],
    store: WritableStore,
    sources: Sources,
    *,
    symbol: str | None = None,
    language: str | None = None,
    progress: Progress = lambda _: None,
) -> tuple[Ingested, ...]:
    """Adds documents to a store as one commit, all or none; what each became, in the order given.

    A new store gets the registry too; where that carries a verdict, what it states alone is not judged again.
    Raises ``ReadError`` for a file that cannot be read, ``ValidationFailedError`` when the graph would not conform.
    """
    if symbol is not None and len(paths) != 1:
        raise ReadError("A symbol names one document", remedy="Give one file with --symbol.")
    registry = load_registry(sources.registry)
    fresh: Graphs = {}
    found: list[tuple[Path, Extraction]] = []
    for path in paths:
        progress(str(path))
        extraction = extract_file(path, registry, symbol=symbol, language=language)
        found.append((path, extraction))
        fresh |= extraction_graph(extraction, registry)
    judged: set[Triple] = set()
    if not any(graph.value.startswith(_REGISTRY) for graph in store.graphs()):
        beside = registry_graphs(sources)
        fresh = beside | fresh
        if is_registry_judged(sources):
            judged = merge(beside)
    progress("validation")
    judge = difference_judge(load_shapes(sources.shapes), "What these documents state")

    def check(engine: Engine, difference: Difference) -> None:
        judge(engine, Difference(gone=difference.gone, come=difference.come - judged))
        for _, extraction in found:
            store.save_text(extraction.tree.source.text_sha256, extraction.tree.source.text)

    store.replace_graphs(fresh, check=check)
    return tuple(_summary(path, extraction, fresh) for path, extraction in found)


def _summary(path: Path, extraction: Extraction, graphs: Graphs) -> Ingested:
    graph: NamedNode = iri(f"graph/{expression_of(extraction)}")
    return Ingested(
        path=str(path),
        document=extraction.identity.key,
        graph=graph.value,
        statements=len(graphs[graph]),
        items=len(extraction.tree.items),
        citations=len(extraction.citations.citations),
        unresolved=len(extraction.citations.unresolved),
        actions=len(extraction.actions),
    )
