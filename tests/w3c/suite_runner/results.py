"""Answers to queries, as the W3C writes them down and as a server gives them, and whether two say the same.

Blank nodes are matched one to one; rows are a bag, and a sequence where the expected result says so.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from .manifests import FORMATS, RDF, Files, Graph, Node

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
Row = tuple[Node | None, ...]

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DERIVED: Final = ("negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger")
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(\.\d+)?(E[+-]?\d+)?")
_TIMES: Final = ("date", "dateTime", "time")
_TRUTHS: Final = {"1": "true", "0": "false"}

TABLES: Final = {
    "srx": ("application/sparql-results+xml", QueryResultsFormat.XML),
    "srj": ("application/sparql-results+json", QueryResultsFormat.JSON),
    "tsv": ("text/tab-separated-values", QueryResultsFormat.TSV),
}


@dataclass(frozen=True)
class Table:
    """Solutions: variables in order and rows of terms; *ordered* where their sequence counts."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False


Result = Table | bool | frozenset[Triple]


def media_type(file: str) -> str:
    """The media type in which an answer is asked for that is compared with this file."""
    ending = file.rpartition(".")[2]
    if ending == "csv":
        return "text/csv"
    return TABLES[ending][0] if ending in TABLES else "application/sparql-results+json, application/n-triples"


def expected(files: Files, iri: str) -> Result:
    """The result that a file holds."""
    ending = iri.rpartition(".")[2]
    if ending in FORMATS:
        return _from_graph(files.quads(iri))
    return given(files.read(iri), media_type(iri))


def given(body: bytes, kind: str) -> Result:
    """The result in an answer of that media type."""
    if kind == "text/csv":
        return _from_csv(body)
    if kind == "application/n-triples":
        return frozenset(quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES))
    form = next(form for name, form in TABLES.values() if name == kind)
    found = parse_query_results(body, form)
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    return Table(tuple(each.value for each in found.variables), tuple(tuple(row) for row in found))  # type: ignore[arg-type]


def same(wanted: Result, got: Result, *, lax: bool = False) -> bool:
    """Whether two results say the same; *lax*: duplicates may be fewer (REDUCED)."""
    if isinstance(wanted, Table) and isinstance(got, Table):
        return _same_tables(wanted, got, lax=lax)
    if isinstance(wanted, frozenset) and isinstance(got, frozenset):
        return canonical(wanted) == canonical(got)
    return type(wanted) is type(got) and wanted == got


def by_value(result: Result) -> Result:
    """The result with numbers and times in one spelling a value and datatype: what two engines that keep values share."""
    if isinstance(result, Table):
        rows = tuple(tuple(None if term is None else _plain(term) for term in row) for row in result.rows)
        return Table(result.variables, rows, result.ordered)
    if isinstance(result, frozenset):
        return frozenset(Triple(each.subject, each.predicate, _plain(each.object)) for each in result)
    return result


def _plain(term: Node) -> Node:
    if not isinstance(term, Literal) or term.language:
        return term
    kind = term.datatype.value.removeprefix(XSD)
    try:
        if kind in ("decimal", "integer", "int", "long", "short", "byte") or kind in _DERIVED:
            return Literal(str(Decimal(term.value).normalize()), datatype=term.datatype)
        if kind in ("double", "float"):
            return Literal(repr(float(term.value.replace("INF", "inf"))), datatype=term.datatype)
    except (ArithmeticError, ValueError):
        return term
    if kind == "boolean":
        return Literal(_TRUTHS.get(term.value, term.value), datatype=term.datatype)
    return Literal(term.value.replace("+00:00", "Z"), datatype=term.datatype) if kind in _TIMES else term


def canonical(triples: frozenset[Triple]) -> frozenset[Quad]:
    """The triples with blank nodes named by what is said of them (RDF Dataset Canonicalization)."""
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def _same_tables(wanted: Table, got: Table, *, lax: bool) -> bool:
    if set(wanted.variables) != set(got.variables):
        return False
    order = [got.variables.index(name) for name in wanted.variables]
    rows = [tuple(row[place] for place in order) for row in got.rows]
    if wanted.ordered:
        return len(rows) == len(wanted.rows) and _matched(wanted.rows, rows, in_order=True)
    if lax:
        return set(rows) == set(wanted.rows) and not Counter(rows) - Counter(wanted.rows)
    if Counter(map(_shape, rows)) != Counter(map(_shape, wanted.rows)):
        return False
    return _matched(wanted.rows, rows, in_order=False)


def _shape(row: Row) -> Row:
    """The row with its blank nodes alike."""
    return tuple(BlankNode("x") if isinstance(term, BlankNode) else term for term in row)


def _matched(wanted: Sequence[Row], got: Sequence[Row], *, in_order: bool) -> bool:
    """Whether the blank nodes of one side can be given those of the other so that the rows are alike."""

    def search(place: int, free: frozenset[int], names: dict[BlankNode, BlankNode]) -> bool:
        if place == len(wanted):
            return True
        candidates = [place] if in_order else sorted(free)
        for each in candidates:
            if (more := _joined(wanted[place], got[each], names)) is not None and search(
                place + 1, free - {each}, more
            ):
                return True
        return False

    return search(0, frozenset(range(len(got))), {})


def _joined(wanted: Row, got: Row, names: dict[BlankNode, BlankNode]) -> dict[BlankNode, BlankNode] | None:
    more = dict(names)
    for left, right in zip(wanted, got, strict=True):
        if isinstance(left, BlankNode) and isinstance(right, BlankNode):
            if more.get(left, right) != right or (left not in more and right in more.values()):
                return None
            more[left] = right
        elif left != right:
            return None
    return more


def _from_csv(body: bytes) -> Table:
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    return Table(tuple(head), tuple(tuple(_csv_term(cell) for cell in row) for row in rows))


def _csv_term(cell: str) -> Node | None:
    if not cell:
        return None
    if cell.startswith("_:"):
        return BlankNode(cell[2:])
    # CSV does not tell numbers from strings; a number in scientific notation is taken for one.
    return Literal(cell, datatype=NamedNode(XSD + "double")) if _SCIENTIFIC.fullmatch(cell) else Literal(cell)


def _from_graph(quads: list[Quad]) -> Result:
    """A graph as itself, or the solutions that it writes down (the result-set vocabulary)."""
    graph = Graph(quads)
    sets = graph.holders(RDF + "type", NamedNode(RS + "ResultSet"))
    if not sets:
        return frozenset(quad.triple for quad in quads)
    [head] = sets
    if (verdict := graph.text(head, RS + "boolean")) is not None:
        return verdict == "true"
    variables = tuple(each.value for each in graph.values(head, RS + "resultVariable"))  # type: ignore[union-attr]
    solutions = graph.values(head, RS + "solution")
    places = [graph.text(each, RS + "index") for each in solutions]
    ordered = bool(places) and all(place is not None for place in places)
    if ordered:
        solutions = [
            each for _, each in sorted(zip(places, solutions, strict=True), key=lambda p: int(p[0] or 0))
        ]
    return Table(variables, tuple(_row(graph, each, variables) for each in solutions), ordered)


def _row(graph: Graph, solution: Node, variables: tuple[str, ...]) -> Row:
    values = {
        graph.text(binding, RS + "variable"): graph.value(binding, RS + "value")
        for binding in graph.values(solution, RS + "binding")
    }
    return tuple(values.get(name) for name in variables)
