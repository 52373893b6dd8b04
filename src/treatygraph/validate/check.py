"""Triples + ``Shapes`` → ``Report``: runs an engine and reads its report into values with labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Final

from pyoxigraph import Triple
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import PREFIXES
from treatygraph.validate.convert import ill_typed_literals_are_left_to_the_shapes, to_oxigraph, to_rdflib
from treatygraph.validate.engines import Engine, PyshaclEngine
from treatygraph.validate.native import NativeGraph, engine_of
from treatygraph.validate.report import Report, Result, Severity
from treatygraph.validate.shapes import WHOLE_GRAPH, Shapes

_SEVERITIES: Final = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_ORDER: Final = {severity: number for number, severity in enumerate(Severity)}
_REMEDY: Final = " To mend it, "
"""Where the message of a shape turns from what is wrong to how to mend it."""
_IRI = re.compile(r"<([^<>\s]{1,2000})>")


def validate_triples(
    triples: Iterable[Triple] | Graph, shapes: Shapes, *, engine: Engine | None = None
) -> Report:
    """Judges the merge of a dataset's asserted graphs by the shapes; warnings do not fail it.

    The lists of concepts that came with the shapes count as stated. A graph of rdflib stays as it is.
    """
    statements = set(to_oxigraph(triples) if isinstance(triples, Graph) else triples)
    statements |= set(to_oxigraph(shapes.vocabulary))
    data = to_rdflib(statements, NativeGraph(engine_of(statements)))
    return validate_graph(data, shapes, engine=engine)


def validate_graph(
    data: Graph, shapes: Shapes, *, engine: Engine | None = None, only: Set[Node] | None = None
) -> Report:
    """Judges a graph that holds the lists of concepts already; with *only*, no other focus node is reported."""
    with ill_typed_literals_are_left_to_the_shapes():
        count = len(data)
        report = (engine or PyshaclEngine()).validate(data, shapes.graph)
        nodes = [
            node
            for node in report.objects(None, SH.result)
            if only is None or report.value(node, SH.focusNode) in only
        ]
        if isinstance(data, NativeGraph):
            data.learn_names(map(str, _mentioned(report, nodes)))
        reader = _Reader(data, shapes)
        results = {reader.result(report, node) for node in nodes}
    return Report(tuple(sorted(results, key=_sorting)), count, shapes.digest, report)


def _mentioned(report: Graph, results: Iterable[Node]) -> Iterator[Node | str]:
    """The IRIs that results name, in their values and in their messages."""
    for result in results:
        for value in report.objects(result):
            yield from (value,) if isinstance(value, URIRef) else _IRI.findall(str(value))


def _sorting(result: Result) -> tuple[object, ...]:
    return (
        _ORDER[result.severity],
        result.shape,
        result.focus_node,
        result.path or "",
        result.value or "",
        result.message,
    )


class _Reader:
    """Reads results of a SHACL report, with the names that things have in the graph that was judged."""

    def __init__(self, data: Graph, shapes: Shapes) -> None:
        self._data = data
        self._shapes = shapes

    def result(self, report: Graph, node: Node) -> Result:
        focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
        if focus == WHOLE_GRAPH:
            focus, value = value or focus, None
        if value == focus:
            value = None
        shape = self._shapes.owner(report.value(node, SH.sourceShape) or RDF.nil)
        message, _, remedy = str(report.value(node, SH.resultMessage) or "").partition(_REMEDY)
        path = report.value(node, SH.resultPath)
        severity = report.value(node, SH.resultSeverity)
        return Result(
            focus_node=str(focus),
            label=self._name(focus),
            path=self._path(report, path),
            value=None if value is None else self._name(value),
            shape=str(shape),
            shape_label=self._shapes.label(shape),
            file=self._shapes.files.get(str(shape)),
            severity=_SEVERITIES[severity] if isinstance(severity, URIRef) else Severity.VIOLATION,
            message=self._named(message),
            remedy=remedy[:1].upper() + remedy[1:],
        )

    def _named(self, message: str) -> str:
        """The message with a name and key in place of each IRI in angle brackets."""
        return _IRI.sub(lambda match: self._name(URIRef(match[1])), message)

    def _name(self, node: Node | None) -> str:
        if not isinstance(node, URIRef):
            return f'"{node}"' if isinstance(node, Literal) else str(node)
        for prefix, namespace in PREFIXES.items():
            if node.startswith(namespace) and not node.startswith(THINGS):
                return f"{prefix}:{node[len(namespace) :]}"
        key = node.removeprefix(THINGS)
        if key.startswith("edge/"):
            return self._edge(node) or key
        label = self._label(node) or self._label(URIRef(node.split("#", 1)[0]))
        return f"{label} ({key})" if label and label != key else key

    def _edge(self, node: URIRef) -> str | None:
        """An edge by what it joins: subject — property → object."""
        ends = [self._data.value(node, each) for each in (RDF.subject, RDF.predicate, RDF.object)]
        if None in ends:
            return None
        subject, predicate, value = map(self._name, ends)
        return f"{subject} — {predicate} → {value}"

    def _label(self, node: URIRef) -> str | None:
        labels = [each for each in self._data.objects(node, RDFS.label) if isinstance(each, Literal)]
        best = sorted(labels, key=lambda each: (each.language != "en", each.language or "", str(each)))
        return " ".join(str(best[0]).split()) if best else None

    def _path(self, report: Graph, path: Node | None) -> str | None:
        if path is None:
            return None
        if isinstance(path, URIRef):
            return str(path)
        inverse = report.value(path, SH.inversePath)
        if isinstance(inverse, URIRef):
            return f"^{inverse}"
        either = report.value(path, SH.alternativePath)
        if either is not None:
            return "|".join(self._path(report, each) or "" for each in report.items(either))
        return "/".join(self._path(report, each) or "" for each in report.items(path))
