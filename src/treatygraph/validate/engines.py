"""Engines that judge a graph by shapes; pyshacl is the reference, a faster one may stand behind the same call."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from rdflib import RDF, SH, Graph, URIRef

from treatygraph.model.errors import VocabularyError, Where
from treatygraph.validate.shapes import TARGETS


class Engine(Protocol):
    """A SHACL processor with SHACL-SPARQL (SHACL §3 and §5)."""

    def validate(self, data: Graph, shapes: Graph) -> Graph:
        """The validation report (SHACL §3.6) of a plain graph, which stays as it is."""
        ...


class PyshaclEngine:
    """pyshacl: complete, in pure Python."""

    def validate(self, data: Graph, shapes: Graph) -> Graph:
        """The validation report; raises ``VocabularyError`` for shapes that pyshacl cannot use.

        *data* must be a plain graph: a dataset would be left with another default graph than it came with.
        """
        # Here, for it takes as long to load as all else that a command needs, and few graphs go this way.
        import pyshacl
        from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure

        try:
            _, report, _ = pyshacl.validate(
                data, shacl_graph=_with_own_targets(shapes), inference="none", inplace=True
            )
        except (ReportableRuntimeError, ShapeLoadError) as error:
            raise _unusable(error) from error
        if isinstance(report, ValidationFailure):
            raise _unusable(report)
        assert isinstance(report, Graph)
        return report


@lru_cache(4)
def _with_own_targets(shapes: Graph) -> Graph:
    """The same shapes, with the targets of a node shape at each of its property shapes.

    The results are the same (SHACL §2.1.3 and §4.7.2: what a node shape with targets asks by ``sh:property``, its
    property shapes ask of the same nodes); an engine then walks a path once for all focus nodes, where it would
    evaluate each property shape anew for each (pyshacl: half of the time).
    """
    graph = Graph().__iadd__(shapes)
    for owner in {each for each in graph.subjects(SH.property) if isinstance(each, URIRef)}:
        targets = [(kind, value) for kind in TARGETS for value in graph.objects(owner, kind)]
        parts = [each for each in graph.objects(owner, SH.property) if isinstance(each, URIRef)]
        if not targets or (owner, SH.deactivated, None) in graph or (None, SH.node, owner) in graph:
            continue
        for part in parts:
            graph.add((part, RDF.type, SH.PropertyShape))
            graph.remove((owner, SH.property, part))
            for kind, value in targets:
                graph.add((part, kind, value))
    return graph


def _unusable(error: Exception) -> VocabularyError:
    return VocabularyError(
        f"The shapes cannot be used: {error}",
        where=Where(thing="shapes"),
        remedy="Mend the shape that is named.",
    )
