"""Graph or rows → the bytes of a format."""

from treatygraph.export.rdf import GRAPH_FORMATS, graph_bytes

__all__ = ["GRAPH_FORMATS", "graph_bytes"]
