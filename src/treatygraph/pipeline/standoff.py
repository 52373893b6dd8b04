"""Documents → stand-off graphs on disk, each with the verdict that it was judged to conform."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from treatygraph.graph.canonical import graph_hash
from treatygraph.pipeline.extract import extract_file
from treatygraph.pipeline.gate import Verdict, judge, require_conformance
from treatygraph.pipeline.ingest import extraction_graph
from treatygraph.pipeline.shipped import Graphs, Sources, registry_graphs, write_document
from treatygraph.registry.load import load_registry
from treatygraph.validate import load_shapes


def write_standoff(
    files: Sequence[Path],
    into: Path,
    sources: Sources,
    *,
    symbol: str | None = None,
    language: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Path]:
    """Writes the stand-off graph of each file beside its verdict; the paths of the graphs.

    All are judged together with the registry before the first is written: raises ``ValidationFailedError`` and writes
    nothing when they do not conform.
    """
    registry = load_registry(sources.registry)
    documents: list[tuple[str, Graphs]] = []
    for path in files:
        progress(path.name)
        extraction = extract_file(path, registry, symbol=symbol, language=language)
        documents.append((path.stem, extraction_graph(extraction, registry)))
    everything = registry_graphs(sources)
    for _, graphs in documents:
        everything |= graphs
    require_conformance(judge(everything, load_shapes(sources.shapes)), "What these documents state")
    registry_mark, shapes_mark = sources.registry_fingerprint(), sources.shapes_fingerprint()
    for name, graphs in documents:
        for graph, quads in graphs.items():
            verdict = Verdict(graph.value, graph_hash(quads), registry_mark, shapes_mark, True)
            yield write_document(into, name, quads, verdict)
