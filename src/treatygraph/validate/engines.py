"""Engines that judge a graph by shapes; pyshacl is the reference, a faster one may stand behind the same call."""

from __future__ import annotations

from typing import Protocol

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib import Graph

from treatygraph.model.errors import VocabularyError, Where


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
        try:
            _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
        except (ReportableRuntimeError, ShapeLoadError) as error:
            raise _unusable(error) from error
        if isinstance(report, ValidationFailure):
            raise _unusable(report)
        assert isinstance(report, Graph)
        return report


def _unusable(error: Exception) -> VocabularyError:
    return VocabularyError(
        f"The shapes cannot be used: {error}",
        where=Where(thing="shapes"),
        remedy="Mend the shape that is named.",
    )
