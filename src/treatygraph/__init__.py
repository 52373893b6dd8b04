"""treatygraph: the documents of treaty bodies as an evidenced knowledge graph.

The public API, in one place: ``open`` a graph, ``extract`` a document. Everything else is for the house.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from treatygraph.model.errors import TreatygraphError

if TYPE_CHECKING:
    from treatygraph.history.graph import Graph
    from treatygraph.history.graph import open_graph as open
    from treatygraph.pipeline.api import extract

__all__ = ["Graph", "TreatygraphError", "extract", "open"]

# Loaded on first use, so that a command that needs neither the engine nor the readers starts at once.
_LAZY: Final = {
    "Graph": ("treatygraph.history.graph", "Graph"),
    "open": ("treatygraph.history.graph", "open_graph"),
    "extract": ("treatygraph.pipeline.api", "extract"),
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _LAZY[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted((*__all__, *globals()))
