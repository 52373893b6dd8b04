"""Actions and mandates as rows: who does what to whom, under what, where and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.terms import SUPERPROPERTIES, TG
from treatygraph.web.asking import Row
from treatygraph.web.names import term_label
from treatygraph.web.pages.dates import exactest
from treatygraph.web.pages.desk import TIES, Desk, Point
from treatygraph.web.pages.links import link, node
from treatygraph.web.pages.values import Entry, Link, Tie

# The order in which a sentence says them; the words where the label of the property is not enough.
_TIES: Final = (
    (TG.actor, "by"),
    (TG.givenBy, "given by"),
    (TG.addressee, "to"),
    (TG.establishes, "establishes"),
    (TG.renews, "renews"),
    (TG.amends, "changes"),
    (TG.adopts, "adopts"),
    (TG.endorses, "endorses"),
    (TG.object, "about"),
    (TG.deliverable, "deliverable"),
    (TG.regarding, "regarding"),
    (TG.fromAction, "by the action"),
    (TG.source, "in"),
    (TG.occasion, "at"),
    (TG.occasionText, "when"),
    (TG.deadlineText, "by when"),
    (TG.recurrenceText, "how often"),
    (TG.buildsOn, "builds on"),
)
_HERE: Final = {
    TG.actor: "acts",
    TG.addressee: "is asked",
    TG.givenBy: "gives the mandate",
    TG.establishes: "is established",
    TG.renews: "is renewed",
    TG.amends: "is changed",
    TG.adopts: "is adopted",
    TG.endorses: "is endorsed",
    TG.object: "is the object",
    TG.regarding: "regards this",
    TG.source: "said here",
    TG.occasion: "at this",
    TG.buildsOn: "builds on this",
}


def act_entries(desk: Desk, points: Sequence[Point]) -> tuple[Entry, ...]:
    """The actions and mandates that *points* come from, with all that they say, in the same order."""
    first: dict[NamedNode, Point] = {}
    for point in points:
        first.setdefault(point.subject, point)
    said: dict[NamedNode, list[Row]] = defaultdict(list)
    if first:
        for row in desk.asker.rows_among("acts", "act", list(first)):
            said[node(row, "act")].append(row)
    return tuple(_entry(desk, point, said[act]) for act, point in first.items())


def _entry(desk: Desk, point: Point, rows: Sequence[Row]) -> Entry:
    ties = _ties(desk, point.subject, rows)
    dates = {row["value"].value for row in rows if node(row, "property") == TG.dateText}
    return Entry(
        subject=_called(point, rows),
        ties=tuple(ties[: 2 * TIES]),
        more=max(0, len(ties) - 2 * TIES),
        when=exactest(dates),
        year=point.earliest[:4] if point.earliest else None,
    )


def _called(point: Point, rows: Sequence[Row]) -> Link:
    """An action by its verb, a mandate by the task that it gives."""
    words = point.subject_link.words
    for row in rows:
        if node(row, "property") == TG.verb:
            words = _value(row).words
        elif node(row, "property") == TG.addressee:
            body = _value(row).words
            words = (
                "mandate to act"
                if words.startswith(f"{body} is to act: ")
                else words.removeprefix(f"{body}: ")
            )
    return Link(words, point.subject_link.href, point.subject_link.iri, mark="act")


def _ties(desk: Desk, act: NamedNode, rows: Sequence[Row]) -> list[Tie]:
    stated = {(node(row, "property"), row["value"]) for row in rows}
    ties: list[Tie] = []
    for predicate, word in _TIES:
        of = sorted(
            {row["value"]: row for row in rows if node(row, "property") == predicate}.values(),
            key=lambda row: _value(row).words,
        )
        for row in of:
            value = row["value"]
            if any(predicate in SUPERPROPERTIES.get(other, ()) and value == given for other, given in stated):
                continue
            edge = desk.edges.of(act, predicate, value)
            if value == desk.subject.node:
                ties.append(Tie(_HERE.get(predicate, term_label(predicate.value)), None, edge))
            else:
                ties.append(Tie(word, _value(row), edge))
    return ties


def _value(row: Row) -> Link:
    label = row.get("label")
    return link(row["value"], (label,) if isinstance(label, Literal) else ())


def is_act(point: Point) -> bool:
    """Whether a point comes from an action or a mandate."""
    key = point.subject.value.partition("/id/")[2]
    return key.startswith(("action/", "mandate/")) or (key.startswith("act/") and key.endswith("/adoption"))
