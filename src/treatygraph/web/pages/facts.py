"""The facts of a thing: property in plain words → values, each with the edge node of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.terms import EVIDENCED, OA, RDF, RDFS, TG
from treatygraph.web.names import compact, page_of, term_label
from treatygraph.web.pages.dates import day_in_words, in_words
from treatygraph.web.pages.evidence import Edges
from treatygraph.web.pages.links import Term, link, place_of
from treatygraph.web.pages.subject import Subject
from treatygraph.web.pages.values import Fact, Link, Property

MOST: Final = 60
"""How many values of one property are shown."""

_DAYS = frozenset({TG.earliest, TG.latest})
_IN_HEAD = frozenset({RDF.type, RDFS.label, TG.key, OA.hasTarget, OA.motivatedBy, TG.clause, TG.supports})
_DAY = "http://www.w3.org/2001/XMLSchema#date"
_PLAIN = {"true": "yes", "false": "no"}


def properties(
    subject: Subject,
    edges: Edges,
    *,
    first: Sequence[NamedNode] = (),
    elsewhere: Iterable[NamedNode] = (),
    last: Sequence[NamedNode] = (),
) -> tuple[Property, ...]:
    """The facts in the order *first*, evidenced ones, the others, *last*; without those shown elsewhere on the page."""
    hidden = _IN_HEAD | frozenset(elsewhere)
    if TG.dateText in subject.values:
        # The printed date says both days.
        hidden |= _DAYS
    found = {
        predicate: shown
        for predicate in subject.values.keys() - hidden
        if (shown := _property(subject, edges, predicate)) is not None
    }

    def rank(predicate: NamedNode) -> tuple[int, int, str]:
        for place, order in ((0, first), (3, last)):
            if predicate in order:
                return (place, order.index(predicate), "")
        return (1 if predicate in EVIDENCED else 2, 0, found[predicate].label)

    return tuple(found[predicate] for predicate in sorted(found, key=rank))


def _property(subject: Subject, edges: Edges, predicate: NamedNode) -> Property | None:
    held = [
        (value, _words(predicate, value, labels))
        for value, labels in subject.values[predicate].items()
        if not subject.said_by_narrower(predicate, value)
    ]
    held.sort(key=lambda each: (place_of(each[1].language), each[1].words, each[1].iri or ""))
    facts = tuple(Fact(shown, edges.of(subject.node, predicate, value)) for value, shown in held[:MOST])
    if not facts:
        return None
    return Property(term_label(predicate.value), compact(predicate.value), page_of(predicate.value), facts)


def _words(predicate: NamedNode, value: Term, labels: tuple[Literal, ...]) -> Link:
    shown = link(value, labels)
    if isinstance(value, NamedNode):
        return shown
    if predicate == TG.dateText and value.value[:4].isdecimal():
        # What the registry writes as ISO 8601; a printed date stays as printed.
        return replace(shown, words=in_words(value.value))
    if value.datatype.value == _DAY:
        return replace(shown, words=day_in_words(value.value))
    if value.value in _PLAIN and value.datatype.value.endswith("#boolean"):
        return replace(shown, words=_PLAIN[value.value])
    return shown
