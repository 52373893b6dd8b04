"""The shipped graph: `data/` and `ontology/` → a store, as one commit, unless it holds just that already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.canonical import graph_hash
from treatygraph.graph.evidence import Statements
from treatygraph.graph.iris import iri
from treatygraph.graph.terms import PROV, TG, XSD
from treatygraph.pipeline.fingerprint import files_fingerprint, fingerprint
from treatygraph.pipeline.shipped import Graphs, Sources, document_graphs, registry_graphs
from treatygraph.store import WritableStore
from treatygraph.store.embedded import CheckDifference
from treatygraph.store.merge import is_asserted

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
    documents = document_graphs(sources)
    shipped = registry | documents.graphs
    added = _has_more(store, earlier, shipped)
    whole = force or bool(documents.unjudged) or not documents.graphs
    if whole:
        progress("validation")
        _require_conformance(shipped, sources)
    progress("commit")
    changes: dict[NamedNode, tuple[Quad, ...]] = dict.fromkeys(_shipped_before(earlier), ())
    changes |= shipped
    changes[iri(BUILD_GRAPH)] = _activity(build_node.value, _hashes(shipped, documents.hashes), version, now)
    generation = store.replace_graphs(changes, check=_judge_beside(sources) if added else None)
    return Built(True, len(shipped), sum(map(len, shipped.values())), whole or added, generation)


# What judges is loaded where something is judged: it takes as long to load as all else of a build that has verdicts.


def _require_conformance(shipped: Graphs, sources: Sources) -> None:
    from treatygraph.pipeline.gate import judge, require_conformance
    from treatygraph.validate import load_shapes

    require_conformance(judge(shipped, load_shapes(sources.shapes)), "The graph of data/")


def _judge_beside(sources: Sources) -> CheckDifference:
    """Beside what a user has added, the shipped graphs are judged by what they change of it."""
    from treatygraph.pipeline.gate import difference_judge
    from treatygraph.validate import load_shapes

    return difference_judge(load_shapes(sources.shapes), "The graph of data/ beside what was added")


def _hashes(shipped: Graphs, known: Mapping[NamedNode, str]) -> dict[NamedNode, str]:
    return {graph: known.get(graph) or graph_hash(quads) for graph, quads in shipped.items()}


def _shipped_before(earlier: tuple[Quad, ...]) -> tuple[NamedNode, ...]:
    subjects = (quad.subject for quad in earlier if quad.predicate == TG.graphHash)
    return tuple(subject for subject in subjects if isinstance(subject, NamedNode))


def _has_more(store: WritableStore, earlier: tuple[Quad, ...], shipped: Graphs) -> bool:
    """Whether the store asserts more than the shipped graphs: what a user has added."""
    ours = {*_shipped_before(earlier), *shipped}
    return any(graph not in ours and is_asserted(graph) for graph in store.graphs())


def _activity(build: str, hashes: Mapping[NamedNode, str], version: str, now: datetime) -> tuple[Quad, ...]:
    key = build.removeprefix(iri("build").value.removesuffix("build"))
    statements = Statements(BUILD_GRAPH)
    node = statements.node(key, TG.Build, f"Build by treatygraph {version}")
    statements.add(node, TG.codeVersion, Literal(version))
    moment = Literal(now.isoformat(timespec="seconds"), datatype=XSD.dateTime)
    statements.add(node, PROV.endedAtTime, moment)
    for graph, hashed in hashes.items():
        statements.add(graph, PROV.wasGeneratedBy, node)
        statements.add(graph, TG.graphHash, Literal(hashed))
    return statements.quads()
