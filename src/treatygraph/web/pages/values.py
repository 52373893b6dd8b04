"""What pages of things are made of: links, facts, evidence, rows in order of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal


@dataclass(frozen=True, slots=True)
class Link:
    """A term on a page."""

    words: str
    """Its label; of a literal its text."""
    href: str | None = None
    """The address of its page; None for plain text."""
    iri: str | None = None
    language: str | None = None
    """The language of the words, where it is known."""
    note: str | None = None
    """The datatype of a literal that is not a plain one."""
    mark: str | None = None
    """The class of its hue and sign: provision, act, document, happening."""


@dataclass(frozen=True, slots=True)
class Words:
    """The stretch of a text that says so, with the few characters around it; or a registry source."""

    support: Link | None = None
    """The citation, passage, action or source itself."""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    whole: bool = False
    """Whether prefix and suffix are the rest of the clause, not a few characters around the mention."""
    expression: Link | None = None
    """The text in which it stands."""
    place: str | None = None
    """Where in it: "item 3, annotation"."""
    start: str | None = None
    """The character at which it begins, from 0."""
    rule: str | None = None
    reader: str | None = None
    """The address of the spot in the reader; None where the text is not held."""
    address: str | None = None
    """Where a registry source was seen."""
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What an edge node says of its statement, and what supports it."""

    words: tuple[Words, ...] = ()
    more: int = 0
    """How many further pieces of evidence the page of the edge node shows."""
    href: str | None = None
    """The page of the edge node."""
    where: tuple[str, ...] = ()
    listed_as: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a property; *edge* names its evidence, None for structure and names."""

    value: Link
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the page: its label, its prefixed name, its page, its values."""

    label: str
    name: str
    href: str | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """How a row is bound to the page's thing, or what else it says: "establishes", a link, its evidence."""

    label: str
    to: Link | None = None
    """None where the tie is to the page's thing itself."""
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list in order of time."""

    subject: Link
    ties: tuple[Tie, ...]
    more: int = 0
    """How many further ties are not shown."""
    within: Link | None = None
    """The session or meeting of an agenda item."""
    when: str | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list in order of time, grouped by year ("" for undated)."""

    name: str
    """The parameter that turns its pages."""
    total: int
    years: tuple[tuple[str, tuple[Entry, ...]], ...]
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """What the graph does not hold: a sentence, and the things that it is about."""

    sentence: str
    things: tuple[Link, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page that can be taken away: its name in addresses, its title."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a kind of thing adds to the page; each kind has one of its own, with more fields."""

    context: tuple[Link, ...] = ()
    """The line below the head."""
    gaps: tuple[Gap, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class ThingPage:
    """All that the templates in ``things/`` show."""

    key: str
    iri: str
    label: str
    language: str | None
    title: Literal | None
    """The title that a text bears, where the label does not say it."""
    kinds: tuple[str, ...]
    mark: str | None
    identifier: str | None
    template: str
    crumbs: tuple[Link, ...]
    words: tuple[Words, ...]
    """The words that the thing itself is: of a citation, passage, action or edge node."""
    properties: tuple[Property, ...]
    parts: Parts
    points: Listing
    """What points here and is not shown among the parts."""
    gaps: tuple[Gap, ...]
    tables: tuple[Table, ...]
    held: bool
    statements: int
    """How many statements the named graph of that name holds."""
    schema_org: Mapping[str, object]
    evidence: Mapping[str, Support] = field(default_factory=dict)
    """IRI of an edge node → what supports its statement."""

    @property
    def dates_disputed(self) -> bool:
        """Whether sources disagree about the days of the thing."""
        return any(
            fact.edge in self.evidence and self.evidence[fact.edge].disputed
            for each in self.properties
            if each.name in ("tg:dateText", "tg:earliest", "tg:latest")
            for fact in each.facts
            if fact.edge
        )
