"""The desk at which a page is put together: what is known of the thing, what points there, and pages of lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import THINGS, iri
from treatygraph.graph.terms import RDFS, SUPERPROPERTIES, TG
from treatygraph.web.asking import Asker, Row
from treatygraph.web.names import term_label
from treatygraph.web.pages.dates import exactest
from treatygraph.web.pages.evidence import Edges
from treatygraph.web.pages.links import cell, link, node, text
from treatygraph.web.pages.subject import Subject
from treatygraph.web.pages.values import Entry, Link, Listing, Tie

LENGTH: Final = 30
"""How many rows of a list stand on one page."""

TIES: Final = 6
"""How many ties of a row are shown."""


@dataclass(frozen=True, slots=True)
class Point:
    """That *subject* points by *property* to the page's thing, or to its part *to*."""

    subject: NamedNode
    property: NamedNode
    to: NamedNode
    subject_link: Link
    to_link: Link
    earliest: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the makers of a page need: the store, the thing, what points to it, the edge nodes shown so far."""

    asker: Asker
    subject: Subject
    points: tuple[Point, ...]
    edges: Edges
    turned: Mapping[str, int]
    """The name of a list → the page of it that was asked for."""

    def pointing(self, *properties: NamedNode) -> tuple[Point, ...]:
        """The points by these properties, in order of time."""
        return tuple(point for point in self.points if point.property in properties)

    def listing(
        self,
        name: str,
        points: Sequence[Point],
        entry: Callable[[Sequence[Point]], Sequence[Entry]] | None = None,
        *,
        length: int = LENGTH,
    ) -> Listing:
        """A page of the things that *points* come from, each with its ties, grouped by year."""
        grouped: dict[NamedNode, list[Point]] = defaultdict(list)
        for point in points:
            grouped[point.subject].append(point)
        groups = list(grouped.values())
        pages = max(1, -(-len(groups) // length))
        page = min(max(1, self.turned.get(name, 1)), pages)
        shown = [each for group in groups[(page - 1) * length : page * length] for each in group]
        entries = (entry or self.entries)(shown)
        years: dict[str, list[Entry]] = defaultdict(list)
        for each in entries:
            years[each.year or ""].append(each)
        return Listing(
            name,
            len(groups),
            tuple((year, tuple(each)) for year, each in years.items()),
            page,
            pages,
        )

    def entries(self, points: Sequence[Point]) -> tuple[Entry, ...]:
        """The things that *points* come from, with what binds them to the page's thing."""
        grouped: dict[NamedNode, list[Point]] = defaultdict(list)
        for point in points:
            grouped[point.subject].append(point)
        happenings = described(self.asker, {each for s in grouped if (each := happening_of(s))})
        return tuple(self._entry(group, happenings) for group in grouped.values())

    def tie(self, point: Point, label: str | None = None) -> Tie:
        """The tie that a point is."""
        own = point.to == self.subject.node
        return Tie(
            label or term_label(point.property.value),
            None if own else self.part(point.to_link),
            self.edges.of(point.subject, point.property, point.to),
        )

    def part(self, to: Link) -> Link:
        """A part of the page's thing, called by what it is within it: "article 18", not "article 18, … Convention"."""
        words, comma, _ = to.words.rpartition(", ")
        short = words if comma and (to.iri or "").startswith(THINGS + "treaty/") else to.words
        return Link(short, to.href, to.iri, to.language, mark=to.mark)

    def _entry(self, points: Sequence[Point], happenings: Mapping[NamedNode, Described]) -> Entry:
        kept = [point for point in points if not _implied(point, points)]
        first = kept[0]
        meeting = happening_of(first.subject)
        held = happenings.get(meeting) if meeting else None
        return Entry(
            subject=first.subject_link,
            ties=tuple(self.tie(point) for point in kept[:TIES]),
            more=max(0, len(kept) - TIES),
            within=held.link if held else None,
            when=held.when if held else None,
            year=first.earliest[:4] if first.earliest else None,
        )


@dataclass(frozen=True, slots=True)
class Described:
    """What a thing is called, and its days as printed."""

    link: Link
    when: str | None


def described(asker: Asker, things: Iterable[NamedNode]) -> dict[NamedNode, Described]:
    """What things are called and when they are, in one question."""
    wanted = sorted(things, key=str)
    if not wanted:
        return {}
    labels: dict[NamedNode, list[Literal]] = defaultdict(list)
    dates: dict[NamedNode, list[str]] = defaultdict(list)
    for row in asker.rows_among("labels", "thing", wanted):
        value = row["value"]
        if node(row, "property") == RDFS.label and isinstance(value, Literal):
            labels[node(row, "thing")].append(value)
        elif node(row, "property") == TG.dateText:
            dates[node(row, "thing")].append(value.value)
    return {each: Described(link(each, labels[each]), exactest(dates[each])) for each in wanted}


def points_of(asker: Asker, subject: Subject) -> tuple[Point, ...]:
    """What points to the thing or to a part of it, in order of time, undated last."""
    return tuple(_point(row) for row in asker.rows("points", thing=subject.node))


def happening_of(subject: NamedNode) -> NamedNode | None:
    """The session or meeting that an agenda item or slot belongs to, by its key; None for other things."""
    for unit in ("/item/", "/slot/"):
        whole, found, _ = subject.value.partition(unit)
        if found and whole.startswith((THINGS + "session/", THINGS + "meeting/")):
            return iri(whole[len(THINGS) :])
    return None


def _point(row: Row) -> Point:
    subject, to = cell(row, "subject", "label"), cell(row, "to")
    assert subject is not None and to is not None, "points.rq binds both"
    return Point(
        node(row, "subject"), node(row, "property"), node(row, "to"), subject, to, text(row, "earliest")
    )


def _implied(point: Point, points: Sequence[Point]) -> bool:
    """Whether another point says the same more exactly (``tg:adopts`` below ``tg:object``)."""
    return any(
        point.property in SUPERPROPERTIES.get(other.property, ()) and other.to == point.to for other in points
    )
