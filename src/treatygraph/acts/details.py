"""A clause that asks or settles → what is to be made, by when, at which session, how often; what it builds on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from treatygraph.acts.asked import MAX_CLAUSE, Asked, settles
from treatygraph.acts.deliverables import deliverables
from treatygraph.acts.follow_ups import REAFFIRMS, builds_on
from treatygraph.acts.passages import Passage
from treatygraph.acts.timing import Timed, deadlines, occasions, recurrence
from treatygraph.model.actions import Deadline, Deliverable, Occasion, Recurrence, Related
from treatygraph.model.text import Span
from treatygraph.registry.values import Registry

_TEXTS: Final = ("act/", "document/")


@dataclass(frozen=True, slots=True)
class Details:
    """What an act asks, beside whom: each with its words."""

    deliverables: tuple[Deliverable, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    recurrence: Recurrence | None = None
    builds_on: tuple[Related, ...] = ()

    def under(self, chapeau: Details) -> Details:
        """The same for a sub-paragraph of *chapeau*: when it is due and what it builds on, where it does not say so."""
        timed = self.deadlines or self.occasions
        return replace(
            self,
            deadlines=self.deadlines if timed else chapeau.deadlines,
            occasions=self.occasions if timed else chapeau.occasions,
            recurrence=self.recurrence or chapeau.recurrence,
            builds_on=tuple({each.key: each for each in (*chapeau.builds_on, *self.builds_on)}.values()),
        )


NOTHING: Final = Details()


def details(
    passage: Passage, clause: Asked, registry: Registry, carrier: str | None, actor: str | None
) -> Details:
    """What *clause* asks; *carrier* is the key of the text or session that carries the act of *actor*.

    What a verb tells, welcomes or regrets is not asked, so that a session or day in it is no occasion.
    """
    if not settles(clause.verb):
        return NOTHING
    clause = replace(clause, end=min(clause.end, clause.lead + MAX_CLAUSE))
    often = recurrence(clause)
    due = _outside(deadlines(clause), () if often is None else (often,))
    at = _outside(occasions(clause, registry, carrier, actor), (*due, *(() if often is None else (often,))))
    timed = tuple(sorted((*due, *at, *(() if often is None else (often,))), key=lambda each: each.start))
    made = deliverables(clause, timed) if clause.verb.lemma not in REAFFIRMS or clause.verb.asks else ()
    return Details(
        tuple(Deliverable(*_words(passage, each.start, each.end), each.rule) for each in made),
        tuple(
            Deadline(*_words(passage, each.start, each.end), each.date, each.key, each.rule) for each in due
        ),
        tuple(Occasion(*_words(passage, each.start, each.end), each.key, each.rule) for each in at),
        None
        if often is None
        else Recurrence(*_words(passage, often.start, often.end), often.interval, often.rule),
        tuple(
            Related(mention.key, "buildsOn", passage.span(mention.start, mention.end))
            for mention in builds_on(clause)
        ),
    )


def with_reaffirmed(
    found: tuple[Related, ...], lemma: str, things: tuple[Related, ...]
) -> tuple[Related, ...]:
    """*found* with the acts that a verb of reaffirming takes as its objects: "Reaffirms its resolution 5/1"."""
    if lemma not in REAFFIRMS:
        return found
    taken = {each.key for each in found}
    reaffirmed = [
        Related(thing.key, "buildsOn", thing.span)
        for thing in things
        if thing.key.startswith(_TEXTS) and thing.key not in taken
    ]
    return (*reaffirmed, *found)


def _outside(found: tuple[Timed, ...], others: tuple[Timed, ...]) -> tuple[Timed, ...]:
    """Those that share no word with *others*, which say more of them."""
    return tuple(each for each in found if not any(o.start < each.end and each.start < o.end for o in others))


def _words(passage: Passage, start: int, end: int) -> tuple[str, Span]:
    return " ".join(passage.text[start:end].split()), passage.span(start, end)
