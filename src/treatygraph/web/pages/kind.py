"""How the page of a kind of thing differs from the page of any thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from treatygraph.web.pages.desk import LENGTH, Desk, Point
from treatygraph.web.pages.subject import Subject
from treatygraph.web.pages.values import Parts


def _nothing(_: Desk) -> Parts:
    return Parts()


def _never(_: Point) -> bool:
    return False


def _by_label(_: Subject) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its class, its template, what its page adds and what that says already."""

    of: NamedNode | None
    template: str = "things/thing.html"
    parts: Callable[[Desk], Parts] = _nothing
    """What the page shows beside facts and what points there."""
    first: tuple[NamedNode, ...] = ()
    """The facts that come first, in this order."""
    elsewhere: tuple[NamedNode, ...] = ()
    """The facts that the parts show."""
    takes: Callable[[Point], bool] = _never
    """Whether the parts show what points there so."""
    length: int = LENGTH
    """How many of the things that point here stand on one page."""
    evidence: int = 3
    """How many pieces of evidence of one statement are shown."""
    named: Callable[[Subject], str | None] = _by_label
    """What the head calls the thing where its label is not made for people."""
