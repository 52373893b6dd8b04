"""The graphs of the dataset, as the descriptions of service and dataset tell of them (vocabulary ``sd:``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode, Triple

from treatygraph.store.merge import UNASSERTED, is_asserted
from treatygraph.web.rdf import PROV, RDF_TYPE, RDFS, SD, VOID, count, text

MOST_GRAPHS: Final = 1000
"""The most named graphs that are listed; a query lists the others."""

_MERGE: Final = (
    "The RDF merge of the asserted named graphs: each of their triples once. It is derived and cannot be written. "
    f"Graphs whose keys begin with {', '.join(UNASSERTED)} are not asserted: only GRAPH and FROM reach them."
)
_PLAIN: Final = "A graph of its own, beside the named graphs."
_MORE: Final = (
    f"SELECT ?g {{ GRAPH ?g {{}} }} lists all named graphs; the first {MOST_GRAPHS:,} are listed here."
)


def default_graph(
    dataset: NamedNode, names: Sequence[str], *, merged: bool, triples: int | None = None
) -> Iterator[Triple]:
    """The default graph, what it is made of, and how many triples it has where that was counted."""
    graph = NamedNode(f"{dataset.value}-default")
    yield Triple(dataset, RDF_TYPE, SD("Dataset"))
    yield Triple(dataset, SD("defaultGraph"), graph)
    yield Triple(graph, RDF_TYPE, SD("Graph"))
    yield Triple(graph, RDFS("comment"), text(_MERGE if merged else _PLAIN))
    if triples is not None:
        yield Triple(graph, VOID("triples"), count(triples))
    if merged:
        for name in names[:MOST_GRAPHS]:
            if is_asserted(NamedNode(name)):
                yield Triple(graph, PROV("wasDerivedFrom"), NamedNode(name))


def named_graphs(dataset: NamedNode, names: Sequence[str], sizes: Mapping[str, int]) -> Iterator[Triple]:
    """The named graphs, each with the number of its triples where that was counted."""
    for number, name in enumerate(names[:MOST_GRAPHS]):
        named, graph = NamedNode(f"{dataset.value}-graph-{number}"), NamedNode(name)
        yield Triple(dataset, SD("namedGraph"), named)
        yield Triple(named, RDF_TYPE, SD("NamedGraph"))
        yield Triple(named, SD("name"), graph)
        yield Triple(named, SD("graph"), graph)
        yield Triple(graph, RDF_TYPE, SD("Graph"))
        if name in sizes:
            yield Triple(graph, VOID("triples"), count(sizes[name]))
    if len(names) > MOST_GRAPHS:
        yield Triple(dataset, RDFS("comment"), text(_MORE))
