"""The gate: what may enter a store.

A set of named graphs is judged in the RDF merge with everything else that will be asserted beside it, since a shape
sees the default graph only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from treatygraph.model.assets import assets
from treatygraph.model.errors import ValidationFailedError, Where
from treatygraph.model.store import Difference
from treatygraph.store.embedded import CheckDifference
from treatygraph.store.merge import is_asserted
from treatygraph.validate import (
    Report,
    Shapes,
    affected,
    load_shapes,
    render_report,
    report_values,
    validate_change,
    validate_triples,
)


def merge(graphs: Mapping[NamedNode, Iterable[Quad]]) -> set[Triple]:
    """The RDF merge of the asserted graphs (RDF 1.1 Semantics §4.1; no blank nodes, so a union of triples)."""
    return {quad.triple for graph, quads in graphs.items() if is_asserted(graph) for quad in quads}


def judge(graphs: Mapping[NamedNode, Iterable[Quad]], shapes: Shapes) -> Report:
    """The validation report of the merge of *graphs*."""
    return validate_triples(merge(graphs), shapes)


def require_conformance(report: Report, what: str) -> None:
    """Raises ``ValidationFailedError`` with the report in words unless it conforms (warnings pass)."""
    if not report.conforms:
        raise ValidationFailedError(
            f"{what} does not conform to the shapes and was not stored:\n{render_report(report)}\n",
            where=Where(thing=f"{report.violations} violations"),
            remedy="Mend what the report names and try again.",
            report=report_values(report),
            report_rdf=_rdf(report),
        )


def difference_judge(shapes: Shapes, what: str) -> CheckDifference:
    """What judges a commit by what it changes, with the verdict of full validation: it refuses by raising."""

    def check(engine: Engine, difference: Difference) -> None:
        require_conformance(validate_change(engine, affected(engine, difference), shapes), what)

    return check


def state_judge() -> CheckDifference:
    """What judges each write of a server by the project's shapes, at a cost that grows with the write: the state before
    it conformed, or was loaded as it is.

    It has a name of its own, because the process that writes asks for it by name.
    """
    shapes = load_shapes(assets() / "ontology" / "shapes")
    # What is read of the rules once is read now, and not while somebody waits.
    validate_change(Engine(), (), shapes, difference=Difference())

    def check(engine: Engine, difference: Difference) -> None:
        report = validate_change(engine, affected(engine, difference), shapes, difference=difference)
        require_conformance(report, "The state that this write would make")

    return check


STATE_JUDGE: Final = f"{__name__}:{state_judge.__name__}"
"""The name of ``state_judge``."""


def _rdf(report: Report) -> bytes:
    return b"" if report.rdf is None else report.rdf.serialize(format="nt", encoding="utf-8")
