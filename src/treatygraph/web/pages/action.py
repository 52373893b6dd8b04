"""The pages of an action and a mandate: the sentence in parts, the clause, what it gives, what builds on it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from treatygraph.graph.terms import SUPERPROPERTIES, TG
from treatygraph.web.pages.acts import act_entries, is_act
from treatygraph.web.pages.desk import Desk, Point
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.links import link
from treatygraph.web.pages.values import Gap, Listing, Parts, Tie

_SENTENCE = (
    (TG.actor, "who"),
    (TG.givenBy, "given by"),
    (TG.verb, "does what"),
    (TG.addressee, "to whom"),
    (TG.addresseeText, "to whom, as printed"),
    (TG.adopts, "adopts"),
    (TG.establishes, "establishes"),
    (TG.renews, "renews"),
    (TG.amends, "changes"),
    (TG.endorses, "endorses"),
    (TG.object, "about what"),
    (TG.deliverable, "deliverable"),
    (TG.regarding, "regarding"),
    (TG.source, "in"),
    (TG.occasion, "at"),
    (TG.occasionText, "at, as printed"),
    (TG.deadlineText, "by when"),
    (TG.recurrenceText, "how often"),
    (TG.buildsOn, "builds on"),
    (TG.method, "how"),
    (TG.fromAction, "by the action"),
    (TG.agendaItem, "told under"),
)


@dataclass(frozen=True, slots=True)
class ActParts(Parts):
    """What the page of an action or mandate adds."""

    sentence: tuple[Tie, ...] = ()
    """Who, verb, to whom, what, where, each with its evidence."""
    gives: Listing | None = None
    """The mandates that an action gives."""
    later: Listing | None = None
    """The actions and mandates that build on it, renew or change it."""


def act(desk: Desk) -> ActParts:
    """The sentence of an action or mandate, the mandates from it and what builds on it."""
    values = desk.subject.values
    actor = TG.actor in values or TG.givenBy in values
    given = [point for point in desk.points if point.property == TG.fromAction]
    later = [point for point in desk.points if is_act(point) and point.property not in _OWN]
    return ActParts(
        sentence=_sentence(desk),
        gives=desk.listing("gives", given, lambda points: act_entries(desk, points)),
        later=desk.listing("later", later, lambda points: act_entries(desk, points)),
        gaps=() if actor else (Gap("Who acted is not known: no source that is held says it."),),
    )


_OWN = (TG.fromAction, TG.mandate)


def _sentence(desk: Desk) -> tuple[Tie, ...]:
    held = desk.subject.values
    ties = []
    for predicate, word in _SENTENCE:
        for value in sorted(held.get(predicate, {}), key=str):
            if _narrower(desk, predicate, value):
                continue
            edge = desk.edges.of(desk.subject.node, predicate, value)
            ties.append(Tie(word, link(value, held[predicate][value]), edge))
    return tuple(ties)


def _narrower(desk: Desk, predicate: NamedNode, value: object) -> bool:
    return any(
        predicate in SUPERPROPERTIES.get(other, ()) and value in given
        for other, given in desk.subject.values.items()
    )


def _takes(point: Point) -> bool:
    return is_act(point)


# The same in other words: a deadline's date and last day beside its words.
_TWICE = (TG.deadline, TG.dueBy, TG.recurrence)
_ELSEWHERE = (*(predicate for predicate, _ in _SENTENCE), *_TWICE, TG.mandate, TG.rule)

ACTION = Kind(TG.Action, "things/act.html", act, first=(TG.dateText,), elsewhere=_ELSEWHERE, takes=_takes)
MANDATE = Kind(TG.Mandate, "things/act.html", act, first=(TG.dateText,), elsewhere=_ELSEWHERE, takes=_takes)
