"""Each shape has a graph that conforms and one for each reason to fail; what is expected stands in the same file.

A case `cases/{shape}/fails-{reason}.ttl` holds the data and an `sh:ValidationReport` with its one result. The focus
node of a rule over the whole graph is written as the thing at fault.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

from treatygraph.validate import PyshaclEngine, Report, Shapes, validate_triples
from treatygraph.validate.shapes import SHAPES, TARGETS

CASES = Path(__file__).parent / "cases"
CONFORMING = sorted(CASES.glob("*/conforms.ttl"))
FAILING = sorted(CASES.glob("*/fails-*.ttl"))

Found = tuple[str, str, str | None, str]


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def split(path: Path) -> tuple[Graph, Graph]:
    """The data of a case and the report that it expects."""
    data, report = Graph().parse(path), Graph()
    for root in list(data.subjects(RDF.type, SH.ValidationReport)):
        for node in (root, *data.objects(root, SH.result)):
            for triple in list(data.triples((node, None, None))):
                report.add(triple)
                data.remove(triple)
    return data, report


def expected(report: Graph) -> list[Found]:
    return [
        (
            str(report.value(node, SH.focusNode)),
            str(report.value(node, SH.sourceShape)),
            str(report.value(node, SH.resultPath)) if report.value(node, SH.resultPath) else None,
            str(report.value(node, SH.resultSeverity)).rsplit("#", 1)[-1].lower(),
        )
        for node in report.objects(None, SH.result)
    ]


def found(report: Report) -> list[Found]:
    """What was found; a path that is more than one property is left out, as in the cases."""
    return [
        (
            each.focus_node,
            each.shape,
            each.path if (each.path or "").startswith("http") else None,
            each.severity.value,
        )
        for each in report.results
    ]


@pytest.mark.parametrize("case", CONFORMING, ids=name)
def test_conforming_case_has_no_result(case: Path, shapes: Shapes) -> None:
    data, _ = split(case)
    assert found(validate_triples(data, shapes)) == []


@pytest.mark.parametrize("case", FAILING, ids=name)
def test_failing_case_fails_for_its_own_reason_alone(case: Path, shapes: Shapes) -> None:
    data, report = split(case)
    assert found(validate_triples(data, shapes)) == expected(report)
    assert {shape for _, shape, _, _ in expected(report)} == {SHAPES + case.parent.name}


def test_every_shape_has_a_conforming_and_a_failing_case(shapes: Shapes) -> None:
    names = {shape.removeprefix(SHAPES) for shape in shapes.node_shapes()}
    assert {case.parent.name for case in CONFORMING} == names
    assert {case.parent.name for case in FAILING} == names


@cache
def alone(shape: str, shapes: Shapes) -> Graph:
    """The graph of shapes in which only one says what it is asked of."""
    graph = Graph()
    for triple in shapes.graph:
        if triple[1] not in TARGETS or str(triple[0]) == shape:
            graph.add(triple)
    return graph


def test_every_property_shape_has_a_failing_case(shapes: Shapes) -> None:
    """Taking any one constraint out of a shape makes this test fail."""
    used = set()
    for case in FAILING:
        data, _ = split(case)
        report = PyshaclEngine().validate(data + shapes.vocabulary, alone(SHAPES + case.parent.name, shapes))
        used |= set(report.objects(None, SH.sourceShape))
    parts = {
        part
        for shape in shapes.node_shapes()
        for part in shapes.graph.objects(shape, SH.property)
        if isinstance(part, URIRef)
    }
    assert sorted(parts - used) == []
