"""The verdict of the shapes as values, as sentences for people, and as JSON values for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final

from rdflib import Graph

LONGEST: Final = 50
"""How many results the text shows in full; the rest is counted by shape."""


class Severity(StrEnum):
    """How much a result weighs (SHACL §2.1.4); only a violation makes a graph not conform."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape finds wrong.

    ``focus_node`` is the IRI of the thing at fault, ``label`` its name with its key; ``path`` the property, as IRI or
    as SHACL path in words; ``value`` the value at fault; ``shape`` the node shape's IRI, ``shape_label`` its name,
    ``file`` where it stands. ``message`` says what is wrong, ``remedy`` how to mend it.
    """

    focus_node: str
    label: str
    path: str | None
    value: str | None
    shape: str
    shape_label: str
    file: str | None
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes found in a graph of ``triples`` triples; results are sorted, violations first.

    ``rdf`` is the engine's own report (SHACL §3.6), of which the results are a reading.
    """

    results: tuple[Result, ...]
    triples: int
    shapes_digest: str
    rdf: Graph | None = field(default=None, compare=False, repr=False)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings pass."""
        return not self.violations

    @property
    def violations(self) -> int:
        """The number of violations."""
        return sum(result.severity is Severity.VIOLATION for result in self.results)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return sum(result.severity is Severity.WARNING for result in self.results)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _result(result: Result) -> str:
    lines = [f"{result.severity.capitalize()}: {result.label}", f"  {result.message}"]
    if result.value is not None:
        lines.append(f"  Found: {result.value}")
    if result.remedy:
        lines.append(f"  To mend it: {result.remedy}")
    place = f", {result.file}" if result.file else ""
    lines.append(f"  Shape: {result.shape_label} (tgs:{result.shape.rsplit('#', 1)[-1]}{place})")
    return "\n".join(lines)


def render_report(report: Report) -> str:
    """The report in sentences: the verdict, then each result with what is wrong and how to mend it."""
    verdict = "The graph conforms" if report.conforms else "The graph does not conform"
    counts = f"{_count(report.violations, 'violation')}, {_count(report.warnings, 'warning')}"
    parts = [f"{verdict}: {counts} in {_count(report.triples, 'triple')}."]
    parts += map(_result, report.results[:LONGEST])
    left = Counter(result.shape_label for result in report.results[LONGEST:])
    if left:
        kinds = "; ".join(f"{name}: {number:,}" for name, number in sorted(left.items()))
        parts.append(f"And {_count(left.total(), 'result')} more ({kinds}).")
    return "\n\n".join(parts)


def report_values(report: Report) -> dict[str, Any]:
    """The report as values of JSON: the verdict, the counts and every result."""
    return {
        "conforms": report.conforms,
        "violations": report.violations,
        "warnings": report.warnings,
        "triples": report.triples,
        "shapes_sha256": report.shapes_digest,
        "results": [asdict(result) | {"severity": result.severity.value} for result in report.results],
    }
