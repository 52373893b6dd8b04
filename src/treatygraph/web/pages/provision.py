"""The page of a provision: where it stands, its parts, everything that points to it or to a part of it."""

from __future__ import annotations

from dataclasses import dataclass

from treatygraph.graph.terms import ELI, TG
from treatygraph.web.pages.desk import Desk
from treatygraph.web.pages.gaps import treaty_of, unread_meetings, unresolved_about
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.tree import Branch, tree_of
from treatygraph.web.pages.values import Gap, Parts, Table


@dataclass(frozen=True, slots=True)
class ProvisionParts(Parts):
    """What the page of a provision adds."""

    branches: tuple[Branch, ...] = ()
    """Its parts that have parts or titles of their own, each with how often it is linked."""
    leaves: tuple[Branch, ...] = ()
    """Its paragraphs and subparagraphs, numbered from here."""


def provision(desk: Desk) -> ProvisionParts:
    """The parts of the provision, and what is not known of it."""
    parted = ELI.has_part in desk.subject.values
    branches, leaves = tree_of(desk.asker, desk.subject.node) if parted else ((), ())
    treaty = treaty_of(desk.subject)
    silent = () if desk.points else (Gap("Nothing that is loaded names this provision or a part of it."),)
    return ProvisionParts(
        branches=branches,
        leaves=leaves,
        gaps=(*silent, *(unread_meetings(desk, treaty) if treaty else ()), *unresolved_about(desk)),
        tables=(Table("tree", "parts"),) if parted else (),
    )


KIND = Kind(
    TG.Provision,
    "things/provision.html",
    provision,
    first=(TG.title,),
    elsewhere=(ELI.has_part, ELI.is_part_of, ELI.id_local, ELI.number, ELI.type_subdivision),
)
