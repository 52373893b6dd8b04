"""Triples and shapes → a verdict with a report that a person can read (SHACL; pyshacl behind ``Engine``)."""

from treatygraph.validate.change import affected, validate_change, with_vocabulary
from treatygraph.validate.check import validate_triples
from treatygraph.validate.engines import Engine, PyshaclEngine
from treatygraph.validate.report import Report, Result, Severity, render_report, report_values
from treatygraph.validate.shapes import Shapes, load_shapes

__all__ = [
    "Engine",
    "PyshaclEngine",
    "Report",
    "Result",
    "Severity",
    "Shapes",
    "affected",
    "load_shapes",
    "render_report",
    "report_values",
    "validate_change",
    "validate_triples",
    "with_vocabulary",
]
