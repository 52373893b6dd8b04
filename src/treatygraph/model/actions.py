"""Actions, mandates and happenings that a document tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from treatygraph.model.dates import PartialDate
from treatygraph.model.text import Span


class Modality(StrEnum):
    """Whether an action binds a body, recommends to others, or decides (see the list ``modality``)."""

    MANDATE = "mandate"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


class ObjectRelation(StrEnum):
    """How an action acts on its object; each is a subproperty of ``tg:object``."""

    OBJECT = "object"
    ADOPTS = "adopts"
    ESTABLISHES = "establishes"
    RENEWS = "renews"
    AMENDS = "amends"
    ENDORSES = "endorses"


@dataclass(frozen=True, slots=True)
class Related:
    """A key that a fact names, with the relation and the span of the words that name it."""

    key: str
    relation: str
    span: Span


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or a range of dates with the words that print it."""

    start: PartialDate
    end: PartialDate
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What an action asks somebody to make: the noun phrase as printed."""

    text: str
    span: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when it is to be done, as printed; ``date`` or the ``key`` of a session or meeting, where words give one."""

    text: str
    span: Span
    date: PartialDate | None = None
    key: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session or meeting at which it is to be done or was done, as printed; ``key`` is None where it is not known."""

    text: str
    span: Span
    key: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often it is to be done, as printed; ``interval`` is a duration of ISO 8601 where the words are so exact."""

    text: str
    span: Span
    interval: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a body did, as the text tells it: it decides, asks, recommends, endorses.

    ``span`` is the clause (the sub-paragraph where the verb is inherited), ``verb_span`` the printed verb.
    ``objects`` are what is acted on (``relation`` an ``ObjectRelation``), ``regarding`` provisions and tools,
    ``builds_on`` the acts and texts on which it builds, which it follows up or reaffirms.
    ``actor_span`` and ``source_span`` point to the words that name actor and source.
    """

    span: Span
    sentence: Span
    verb: str
    verb_span: Span
    modality: Modality
    actor: str | None
    source: str | None
    addressees: tuple[str, ...] = ()
    addressee_text: str | None = None
    date: Dated | None = None
    objects: tuple[Related, ...] = ()
    regarding: tuple[Related, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    method: str | None = None
    deliverables: tuple[Deliverable, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recurrence: Recurrence | None = None
    builds_on: tuple[Related, ...] = ()
    agenda_item: str | None = None
    rule: str = ""
    actor_span: Span | None = None
    source_span: Span | None = None

    @property
    def addressee(self) -> str | None:
        """The one addressee with a key, or None when there are several, none, or words only."""
        return self.addressees[0] if len(self.addressees) == 1 else None

    @property
    def happenings(self) -> tuple[Related, ...]:
        """The sessions and meetings with a key at which or by which it is to be done, in order of print, each once."""
        dated: list[Occasion | Deadline] = [*self.occasions, *self.deadlines]
        found: dict[str, Related] = {}
        for each in sorted(dated, key=lambda each: each.span):
            if each.key is not None:
                found.setdefault(each.key, Related(each.key, "occasion", each.span))
        return tuple(found.values())

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provisions that the action regards, in order of print, each once."""
        keys = [related.key for related in self.regarding if related.key.startswith("treaty/")]
        return tuple(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class Happening:
    """A session or meeting that the text dates or tells of.

    ``key`` is None where no body with a key held it. ``span`` is the mention that names it.
    """

    key: str | None
    span: Span
    held_by: tuple[str, ...] = ()
    ordinal: str | None = None
    place: tuple[str, Span] | None = None
    dated: Dated | None = None
    during: str | None = None
    regarding: tuple[Related, ...] = ()
    agenda_item: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """What the text says of another document: ``reportOf`` a happening, ``submittedTo`` a session, ``regarding``.

    ``span`` is the stretch that says so.
    """

    document: str
    relation: str
    target: str
    span: Span
    agenda_item: str | None = None
    rule: str = ""
