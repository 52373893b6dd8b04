"""Files of RDF → a store, through the gate unless the operator says otherwise; or → a plain dataset, as they are."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat

from treatygraph.pipeline.gate import judge, require_conformance
from treatygraph.pipeline.shipped import Graphs, Sources, by_graph, rdf_format, read_rdf
from treatygraph.store import EmbeddedStore, WritableStore
from treatygraph.validate import load_shapes


def load_files(
    paths: Sequence[Path], store: WritableStore, sources: Sources, *, validate: bool = True
) -> Graphs:
    """Puts the named graphs of N-Quads or TriG files into a store as one commit, each in place of what it held.

    Raises ``RdfSyntaxError`` for a file that is not well formed or states something in no graph, and
    ``ValidationFailedError`` when the resulting state would not conform; nothing is stored then.
    """
    graphs: Graphs = {}
    for path in paths:
        for graph, quads in by_graph(read_rdf(path), path).items():
            graphs[graph] = (*graphs.get(graph, ()), *quads)
    if validate:
        stored: Graphs = {graph: tuple(store.quads(graph)) for graph in store.graphs()}
        require_conformance(judge(stored | graphs, load_shapes(sources.shapes)), "What these files state")
    store.replace_graphs(graphs)
    return graphs


def load_plain(paths: Sequence[Path], store: EmbeddedStore) -> int:
    """Adds what files of RDF state to a plain dataset as one commit; the new generation.

    Triples go to the default graph, quads to their graphs. Nothing is judged: shapes speak of a merged dataset. Raises
    ``RdfSyntaxError`` for a file that is not well formed; nothing is stored then.
    """
    forms = [rdf_format(path) for path in paths]

    def opened() -> Iterator[tuple[str, IO[bytes], RdfFormat]]:
        for path, form in zip(paths, forms, strict=True):
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as data:
                yield str(path), cast(IO[bytes], data), form

    return store.load(opened())
