"""The graph as a networkx network, for analysis."""

from __future__ import annotations

import networkx as nx
from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import is_thing, key_of
from treatygraph.graph.terms import EVIDENCED, RDF, RDFS, TG
from treatygraph.model.store import Store


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """The evidenced edges between things as a directed multigraph.

    Nodes are keys, with ``label`` and ``types`` (sorted names of our classes); the key of an edge is the name of its
    property. Nodes and edges are added in sorted order, so that the same graph gives the same network.
    """
    labels: dict[str, str] = {}
    types: dict[str, set[str]] = {}
    edges: set[tuple[str, str, str]] = set()
    for triple in store.merged():
        if not is_thing(triple.subject) or not isinstance(triple.subject, NamedNode):
            continue
        subject = key_of(triple.subject)
        if triple.predicate == RDFS.label and isinstance(triple.object, Literal):
            labels[subject] = min(labels.get(subject, triple.object.value), triple.object.value)
        elif triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
            if triple.object.value.startswith(TG.NAMESPACE):
                types.setdefault(subject, set()).add(triple.object.value.removeprefix(TG.NAMESPACE))
        elif (
            triple.predicate in EVIDENCED and isinstance(triple.object, NamedNode) and is_thing(triple.object)
        ):
            name = triple.predicate.value.removeprefix(TG.NAMESPACE)
            edges.add((subject, key_of(triple.object), name))
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted({end for subject, target, _ in edges for end in (subject, target)}):
        network.add_node(node, label=labels.get(node, node), types=tuple(sorted(types.get(node, ()))))
    for subject, target, name in sorted(edges):
        network.add_edge(subject, target, key=name)
    return network
