"""The shipped graph: `data/` and `ontology/` → a store, as one commit, unless it holds just that already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.canonical import graph_hash
from treatygraph.graph.evidence import Statements
from treatygraph.graph.iris import iri
from treatygraph.graph.terms import PROV, TG, XSD
from treatygraph.pipeline.fingerprint import files_fingerprint, fingerprint
from treatygraph.pipeline.gate import judge, require_conformance
from treatygraph.pipeline.shipped import Graphs, Sources, document_graphs, registry_graphs
from treatygraph.store import WritableStore
from treatygraph.validate import load_shapes

BUILD_GRAPH = "graph/build"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: whether anything was to do, how many graphs and statements it shipped, and what it judged."""

    changed: bool
    graphs: int
    statements: int
    validated: bool
    generation: int


def build(
    store: WritableStore,
    sources: Sources,
    *,
    version: str,
    now: datetime,
    force: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Puts the shipped graph into *store*, beside whatever a user has added; nothing to do when it is there already.

    Graphs of an earlier build that are no longer shipped are dropped. Validation runs unless every document carries
    a verdict that holds. *now* and *version* are written into ``graph/build`` only. Raises
    ``ValidationFailedError`` when the graph does not conform; nothing is stored then.
    """
    mark = fingerprint(
        version,
        sources.registry_fingerprint(),
        sources.shapes_fingerprint(),
        files_fingerprint(sources.data, sources.documents()),
    )
    build_node = iri(f"build/{mark[:32]}")
    earlier = tuple(store.quads(iri(BUILD_GRAPH)))
    if not force and any(quad.subject == build_node for quad in earlier):
        return Built(False, 0, 0, False, store.generation())
    progress("registry")
    registry = registry_graphs(sources)
    progress("documents")
    documents, unjudged = document_graphs(sources)
    shipped = registry | documents
    added = _added(store, earlier, shipped)
    validated = force or bool(unjudged) or bool(added) or not documents
    if validated:
        progress("validation")
        require_conformance(judge(shipped | added, load_shapes(sources.shapes)), "The graph of data/")
    progress("commit")
    changes: dict[NamedNode, tuple[Quad, ...]] = dict.fromkeys(_shipped_before(earlier), ())
    changes |= shipped
    changes[iri(BUILD_GRAPH)] = _activity(build_node.value, shipped, version, now)
    generation = store.replace_graphs(changes)
    return Built(True, len(shipped), sum(map(len, shipped.values())), validated, generation)


def _shipped_before(earlier: tuple[Quad, ...]) -> tuple[NamedNode, ...]:
    subjects = (quad.subject for quad in earlier if quad.predicate == TG.graphHash)
    return tuple(subject for subject in subjects if isinstance(subject, NamedNode))


def _added(store: WritableStore, earlier: tuple[Quad, ...], shipped: Graphs) -> Graphs:
    """What a user has added beside the shipped graphs."""
    ours = {*_shipped_before(earlier), *shipped, iri(BUILD_GRAPH)}
    return {graph: tuple(store.quads(graph)) for graph in store.graphs() if graph not in ours}


def _activity(build: str, shipped: Graphs, version: str, now: datetime) -> tuple[Quad, ...]:
    key = build.removeprefix(iri("build").value.removesuffix("build"))
    statements = Statements(BUILD_GRAPH)
    node = statements.node(key, TG.Build, f"Build by treatygraph {version}")
    statements.add(node, TG.codeVersion, Literal(version))
    moment = Literal(now.isoformat(timespec="seconds"), datatype=XSD.dateTime)
    statements.add(node, PROV.endedAtTime, moment)
    for graph, quads in shipped.items():
        statements.add(graph, PROV.wasGeneratedBy, node)
        statements.add(graph, TG.graphHash, Literal(graph_hash(quads)))
    return statements.quads()
