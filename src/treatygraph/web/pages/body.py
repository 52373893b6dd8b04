"""The page of a body: its mandate history, what it was asked and what it did, its meetings, parts and documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from treatygraph.graph.terms import ORG, TG
from treatygraph.web.pages.acts import act_entries, is_act
from treatygraph.web.pages.desk import Desk, Point, described
from treatygraph.web.pages.gaps import unread_meetings
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.values import Entry, Link, Listing, Parts

_HISTORY = (TG.establishes, TG.renews, TG.amends, TG.adopts, TG.endorses, TG.object)
_ASKED = (TG.addressee,)
_GIVEN = (TG.actor, TG.givenBy)
_MET = (TG.heldBy, TG.convenedBy)
_PAPERS = (TG.documentOf,)


@dataclass(frozen=True, slots=True)
class BodyParts(Parts):
    """What the page of a body adds; each list in order of time."""

    history: Listing | None = None
    """What established, renewed and changed it."""
    asked: Listing | None = None
    """What it was asked to do."""
    acted: Listing | None = None
    """What it decided, and asked of others."""
    meetings: Listing | None = None
    papers: Listing | None = None
    below: tuple[Link, ...] = ()
    """The bodies that are parts of it."""


def body(desk: Desk) -> BodyParts:
    """Histories, meetings, documents and sub-bodies of the body."""
    return BodyParts(
        context=desk.subject.links(ORG.classification),
        history=_acts(desk, "history", _HISTORY),
        asked=_acts(desk, "asked", _ASKED),
        acted=_acts(desk, "acted", _GIVEN, length=20),
        meetings=desk.listing("meetings", desk.pointing(*_MET), lambda points: meeting_entries(desk, points)),
        papers=desk.listing("papers", desk.pointing(*_PAPERS), length=20),
        below=tuple(
            sorted(
                {point.subject_link for point in desk.pointing(ORG.subOrganizationOf)},
                key=lambda each: each.words,
            )
        ),
        gaps=unread_meetings(desk),
    )


def _acts(desk: Desk, name: str, roles: Sequence[NamedNode], *, length: int = 30) -> Listing:
    points = [point for point in desk.points if point.property in roles and is_act(point)]
    return desk.listing(name, points, lambda shown: act_entries(desk, shown), length=length)


def meeting_entries(desk: Desk, points: Sequence[Point]) -> tuple[Entry, ...]:
    """Sessions and meetings with their days."""
    known = described(desk.asker, {point.subject for point in points})
    found: dict[str, Entry] = {}
    for point in points:
        held = known[point.subject]
        found.setdefault(
            point.subject.value,
            Entry(
                subject=point.subject_link,
                ties=(desk.tie(point),),
                when=held.when,
                year=point.earliest[:4] if point.earliest else None,
            ),
        )
    return tuple(found.values())


def _takes(point: Point) -> bool:
    return (
        (is_act(point) and point.property in (*_HISTORY, *_ASKED, *_GIVEN))
        or point.property in (*_MET, *_PAPERS)
        or point.property == ORG.subOrganizationOf
    )


KIND = Kind(
    TG.Body,
    "things/body.html",
    body,
    first=(ORG.classification, ORG.subOrganizationOf, TG.foundingTreaty, TG.secretariat),
    elsewhere=(TG.gap, TG.unverified),
    takes=_takes,
    evidence=1,
)
