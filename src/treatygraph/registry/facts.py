"""The frozen values of what the registry knows to have happened, each fact with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from treatygraph.model.dates import PartialDate

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts were seen: ``key`` is ``source/{h}`` with h from address and quote; the quote itself is not kept."""

    key: str
    address: str
    seen: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another value that a source gives for a field; ``start`` and ``end`` of a date may differ together."""

    field: str
    value: str
    sources: Keys


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sources of a record: of each field, those named for it, or else those of the whole record."""

    sources: Keys
    by_field: Mapping[str, Keys] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    def of(self, name: str) -> Keys:
        """The keys of the sources that say the field *name*."""
        return self.by_field.get(name, self.sources)

    def others(self, name: str) -> tuple[Conflict, ...]:
        """What other sources give for the field *name*."""
        return tuple(each for each in self.conflicts if each.field == name)


@dataclass(frozen=True, slots=True)
class Period:
    """A first and a last day, each as exact as known; ``text`` is ISO 8601, joined by a slash where they differ."""

    start: PartialDate
    end: PartialDate

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written ``2005-10-10/2005-10-21``, ``2015-10`` or ``2000``; raises ``ValueError``."""
        first, _, last = text.partition("/")
        period = cls(PartialDate.parse(first), PartialDate.parse(last or first))
        if period.start.earliest > period.end.latest:
            raise ValueError(f"the last day is before the first: {text!r}")
        return period

    @property
    def text(self) -> str:
        """The period as ``parse`` reads it."""
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item of a session or meeting: its number as printed, title, and what its title concerns."""

    number: str
    title: str
    concerns: Keys = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class HappeningFact:
    """A session or meeting: who held it, where, when, during what, with which agenda.

    ``topics`` are subjects that are no numbered items. ``full_agenda`` says that ``items`` is the whole agenda.
    """

    key: str
    held_by: Keys
    evidence: Evidence
    date: Period | None = None
    place: str | None = None
    during: str | None = None
    joint_with: str | None = None
    mode: str | None = None
    participation: str | None = None
    topics: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    full_agenda: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TextFact:
    """A document, or a numbered decision or resolution of a conference.

    ``adopted_at`` is the session that adopted it (acts), ``report_of`` and ``submitted_to`` the happening that it
    reports or was before, ``item`` the number of the agenda item that it belongs to there.
    """

    key: str
    evidence: Evidence
    title: str | None = None
    kind: str | None = None
    body: str | None = None
    date: Period | None = None
    adopted_at: str | None = None
    report_of: str | None = None
    submitted_to: str | None = None
    item: str | None = None
    regarding: Keys = ()
    cites: Keys = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ActionFact:
    """One thing that a body did, known from the registry alone; ``name`` tells it from others of the same source.

    ``objects`` maps a relation (adopts, establishes, renews, amends, endorses, object) to keys; ``endorsed_actions``
    are names of other actions of the registry.
    """

    name: str
    evidence: Evidence
    verb: str
    says: str
    source: str | None = None
    actors: Keys = ()
    addressees: Keys = ()
    objects: Mapping[str, Keys] = field(default_factory=dict)
    endorsed_actions: Keys = ()
    regarding: Keys = ()
    occasion: str | None = None
    date: Period | None = None
    note: str | None = None

    @property
    def modality(self) -> str:
        """Mandate where a body is asked, recommendation where only groups are, else decision (design, keys)."""
        if any(each.startswith("body/") for each in self.addressees):
            return "mandate"
        return "recommendation" if self.addressees else "decision"


@dataclass(frozen=True, slots=True)
class BodyFact:
    """What a source says of a body."""

    key: str
    evidence: Evidence
    secretariat: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PartyCount:
    """How many parties a treaty had at a date, as one source counts them."""

    date: Period
    count: int
    sources: Keys
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class InstrumentFact:
    """When a treaty was adopted and entered into force, where it is printed, and how many parties it had."""

    key: str
    evidence: Evidence
    adopted: Period | None = None
    entry_into_force: str | None = None
    published_in: str | None = None
    parties: tuple[PartyCount, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What is known to be missing about a thing, in words."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one file of the registry; ``name`` is the file's name without its suffix."""

    name: str
    happenings: tuple[HappeningFact, ...] = ()
    texts: tuple[TextFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    bodies: tuple[BodyFact, ...] = ()
    instruments: tuple[InstrumentFact, ...] = ()
    gaps: tuple[Gap, ...] = ()
