"""The report as sentences and as JSON."""

from __future__ import annotations

import json

from treatygraph.validate import Report, Result, Severity, render_report, report_values
from treatygraph.validate.report import LONGEST

SLOT = Result(
    focus_node="https://w3id.org/treatygraph/id/meeting/lighthouse-cop/1/slot/2001-02-03T1000",
    label="3 February, 10 a.m. (meeting/lighthouse-cop/1/slot/2001-02-03T1000)",
    path="https://w3id.org/treatygraph/ns#startTime",
    value='"10:00:00"',
    shape="https://w3id.org/treatygraph/shapes#Slot",
    shape_label="time slot",
    file="agenda.ttl",
    severity=Severity.VIOLATION,
    message="A time slot does not begin before it ends.",
    remedy="Correct tg:startTime or tg:endTime.",
)


def test_graph_without_results_conforms() -> None:
    report = Report((), 1, "0" * 64)
    assert report.conforms
    assert render_report(report) == "The graph conforms: 0 violations, 0 warnings in 1 triple."


def test_result_is_told_in_sentences() -> None:
    assert render_report(Report((SLOT,), 12_345, "0" * 64)) == (
        "The graph does not conform: 1 violation, 0 warnings in 12,345 triples.\n"
        "\n"
        "Violation: 3 February, 10 a.m. (meeting/lighthouse-cop/1/slot/2001-02-03T1000)\n"
        "  A time slot does not begin before it ends.\n"
        '  Found: "10:00:00"\n'
        "  To mend it: Correct tg:startTime or tg:endTime.\n"
        "  Shape: time slot (tgs:Slot, agenda.ttl)"
    )


def test_many_results_are_cut_and_counted() -> None:
    text = render_report(Report((SLOT,) * (LONGEST + 2), 10, "0" * 64))
    assert text.count("Violation: ") == LONGEST
    assert text.endswith("And 2 results more (time slot: 2).")


def test_json_holds_every_result() -> None:
    values = json.loads(json.dumps(report_values(Report((SLOT,) * 60, 10, "abc"))))
    assert values["conforms"] is False
    assert (values["violations"], values["warnings"], values["triples"]) == (60, 0, 10)
    assert values["shapes_sha256"] == "abc"
    assert len(values["results"]) == 60
    assert values["results"][0]["severity"] == "violation"
    assert values["results"][0]["remedy"] == SLOT.remedy
