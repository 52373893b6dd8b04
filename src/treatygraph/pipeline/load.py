"""Files of RDF → a store, through the gate unless the operator says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from treatygraph.pipeline.gate import judge, require_conformance
from treatygraph.pipeline.shipped import Graphs, Sources, by_graph, read_rdf
from treatygraph.store import EmbeddedStore
from treatygraph.validate import load_shapes


def load_files(
    paths: Sequence[Path], store: EmbeddedStore, sources: Sources, *, validate: bool = True
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
