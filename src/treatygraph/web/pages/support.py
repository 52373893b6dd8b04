"""The pages of a citation, a passage, a registry source and an edge node: the statements that they are evidence for."""

from __future__ import annotations

from dataclasses import dataclass

from treatygraph.graph.terms import RDF, TG
from treatygraph.web.names import term_label
from treatygraph.web.pages.desk import Desk
from treatygraph.web.pages.gaps import reason_words
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.links import cell, node
from treatygraph.web.pages.subject import Subject
from treatygraph.web.pages.values import Gap, Link, Parts, Table


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, property in words, value; the page of the edge node."""

    subject: Link
    property: str
    value: Link
    edge: Link


@dataclass(frozen=True, slots=True)
class SupportParts(Parts):
    """What the page of a piece of evidence adds."""

    statements: tuple[Statement, ...] = ()
    total: int = 0
    """How many were found, at most 500."""


MOST = 60


def support(desk: Desk) -> SupportParts:
    """The statements that a citation, passage or source is evidence for."""
    rows = desk.asker.rows("supports", thing=desk.subject.node)
    statements = []
    for row in rows[:MOST]:
        subject, value, edge = cell(row, "subject"), cell(row, "value"), cell(row, "edge")
        if subject and value and edge:
            statements.append(Statement(subject, term_label(node(row, "property").value), value, edge))
    reasons = desk.subject.texts(TG.reason)
    return SupportParts(
        statements=tuple(statements),
        total=len(rows),
        gaps=tuple(Gap(f"What it refers to could not be told: {reason_words(each)}.") for each in reasons),
        tables=(Table("supports", "statements"),) if rows else (),
    )


def statement_words(subject: Subject) -> str | None:
    """The statement of an edge node in words: "Article 54, Cybercrime Convention: title, Technical assistance"."""
    about, value = subject.links(RDF.subject), subject.links(RDF.object)
    properties = subject.values.get(RDF.predicate, {})
    if not (about and value and properties):
        return None
    said = term_label(next(iter(properties)).value)
    return f"{about[0].words} — {said}: {value[0].words}"


# The words say by which rule and where they were read.
_SAID = (TG.rule, TG.where, TG.unit)
CITATION = Kind(TG.Citation, "things/support.html", support, elsewhere=_SAID)
PASSAGE = Kind(TG.Passage, "things/support.html", support, elsewhere=_SAID)
SOURCE = Kind(TG.Source, "things/support.html", support, first=(TG.address, TG.seen), takes=lambda _: True)
EDGE = Kind(
    TG.Edge,
    first=(RDF.subject, RDF.predicate, RDF.object),
    takes=lambda _: True,
    evidence=40,
    named=statement_words,
)
