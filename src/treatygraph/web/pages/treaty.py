"""The page of a treaty: its articles and how often each is linked, its parties over time, its adoption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from treatygraph.graph.terms import ELI, TG
from treatygraph.web.pages.acts import act_entries, is_act
from treatygraph.web.pages.dates import in_words
from treatygraph.web.pages.desk import Desk, Point
from treatygraph.web.pages.gaps import unread_meetings, unresolved_about
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.links import cell, link, node, text
from treatygraph.web.pages.tree import Branch, tree_of
from treatygraph.web.pages.values import Fact, Gap, Link, Listing, Parts, Table


@dataclass(frozen=True, slots=True)
class PartyRow:
    """How many parties there were on a day, as one source counts them."""

    when: str
    on: Link
    count: Fact


@dataclass(frozen=True, slots=True)
class TreatyParts(Parts):
    """What the page of a treaty adds."""

    tree: tuple[Branch, ...] = ()
    parties: tuple[PartyRow, ...] = ()
    acts: Listing | None = None
    """Adoption and whatever else was done to the treaty."""
    protocols: tuple[Link, ...] = ()
    """What supplements it."""
    bodies: tuple[Link, ...] = ()
    """Those that serve it."""


def treaty(desk: Desk) -> TreatyParts:
    """Articles, parties, acts, protocols and bodies of the treaty."""
    tree, leaves = tree_of(desk.asker, desk.subject.node)
    structure = desk.subject.texts(TG.structureHeld) == ("true",)
    return TreatyParts(
        context=desk.subject.links(TG.supplements),
        tree=(*tree, *leaves),
        parties=_parties(desk),
        acts=desk.listing("acts", [p for p in desk.points if _done_to(p)], lambda p: act_entries(desk, p)),
        protocols=_subjects(desk.pointing(TG.supplements)),
        bodies=_subjects(desk.pointing(TG.foundingTreaty)),
        gaps=(
            *(() if structure else (Gap(_PARTIAL),)),
            *unread_meetings(desk),
            *unresolved_about(desk),
        ),
        tables=(
            Table("tree", "provisions"),
            Table("linked", "links of each provision"),
            Table("parties", "parties"),
        ),
    )


_PARTIAL = (
    "The structure of this treaty is not held: only those of its provisions are here that a text cites. "
    "Others may well exist."
)


def _parties(desk: Desk) -> tuple[PartyRow, ...]:
    rows = []
    for row in desk.asker.rows("parties", thing=desk.subject.node):
        on = cell(row, "on")
        if on is None:
            continue
        edge = desk.edges.of(node(row, "on"), TG.count, row["count"])
        when = in_words(text(row, "dateText") or text(row, "earliest") or "")
        rows.append(PartyRow(when, on, Fact(link(row["count"]), edge)))
    return tuple(rows)


def _done_to(point: Point) -> bool:
    return is_act(point) and point.property in _DONE


_DONE = (TG.adopts, TG.amends, TG.endorses, TG.object)


def _subjects(points: Sequence[Point]) -> tuple[Link, ...]:
    return tuple(sorted({point.subject_link for point in points}, key=lambda each: each.words))


KIND = Kind(
    TG.Treaty,
    "things/treaty.html",
    treaty,
    first=(
        TG.title,
        TG.dateText,
        TG.earliest,
        TG.entryIntoForce,
        TG.supplements,
        TG.publishedIn,
    ),
    elsewhere=(ELI.has_part, TG.structureHeld),
    takes=lambda point: _done_to(point) or point.property in (TG.supplements, TG.foundingTreaty),
    length=16,
    evidence=1,
)
