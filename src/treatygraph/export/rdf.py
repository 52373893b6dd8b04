"""A store as RDF: the named graphs, or their merge; sorted, so that the same store gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from treatygraph.graph.canonical import to_nquads
from treatygraph.graph.iris import iri
from treatygraph.graph.terms import PREFIXES
from treatygraph.model.errors import RdfSyntaxError
from treatygraph.model.store import Store

GRAPH_FORMATS: Final[Mapping[str, RdfFormat]] = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "turtle": RdfFormat.TURTLE,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
"""The formats of an export by name."""

_BUILD: Final = iri("graph/build")


def graph_bytes(store: Store, form: str, *, with_build: bool = False) -> bytes:
    """The named graphs of a store in N-Quads or TriG, or the triples of their merge in a format for triples.

    ``graph/build`` is left out unless *with_build*. Raises ``RdfSyntaxError`` for a format that is not known.
    """
    wanted = GRAPH_FORMATS.get(form)
    if wanted is None:
        raise RdfSyntaxError(
            f"No format {form!r} is known", remedy=f"Give one of {', '.join(GRAPH_FORMATS)}."
        )
    graphs = [graph for graph in store.graphs() if with_build or graph != _BUILD]
    quads: list[Quad] = [quad for graph in graphs for quad in store.quads(graph)]
    if wanted == RdfFormat.N_QUADS:
        return to_nquads(quads)
    rows: list[Quad] | list[Triple]
    rows = (
        sorted(quads, key=_order) if wanted == RdfFormat.TRIG else sorted({q.triple for q in quads}, key=str)
    )
    data = serialize(rows, format=wanted, prefixes=dict(PREFIXES))
    assert data is not None
    return data


def _order(quad: Quad) -> tuple[str, str]:
    return (str(quad.graph_name), str(quad.triple))
