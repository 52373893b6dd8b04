"""The page of an agenda item: what it concerns and where that is said, its documents, its place and time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from treatygraph.graph.terms import TG
from treatygraph.web.pages.dates import day_in_words
from treatygraph.web.pages.desk import Described, Desk, described, happening_of
from treatygraph.web.pages.happening import Item, agenda_of
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.links import link
from treatygraph.web.pages.values import Fact, Gap, Parts, Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A document listed for an item."""

    fact: Fact
    held: bool
    """Whether its text is in the graph."""


@dataclass(frozen=True, slots=True)
class ItemParts(Parts):
    """What the page of an agenda item adds."""

    meeting: Described | None = None
    concerns: tuple[Fact, ...] = ()
    instruments: tuple[Fact, ...] = ()
    papers: tuple[Paper, ...] = ()
    slots: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()
    """The items below it."""


def item(desk: Desk) -> ItemParts:
    """Provisions, documents, slots and sub-items of an agenda item."""
    meeting = happening_of(desk.subject.node)
    held = {
        each.value
        for row in desk.asker.rows("held", thing=desk.subject.node)
        if (each := row.get("document"))
    }
    papers = tuple(Paper(fact, fact.value.iri in held) for fact in _facts(desk, TG.documentation))
    missing = tuple(paper.fact.value for paper in papers if not paper.held)
    concerns = _facts(desk, TG.concernsProvision)
    silent = Gap("The agenda names no provision under this item. Its documents may do so.")
    return ItemParts(
        meeting=described(desk.asker, [meeting]).get(meeting) if meeting else None,
        concerns=concerns,
        instruments=_facts(desk, TG.concernsInstrument),
        papers=papers,
        slots=tuple(map(_slot, _facts(desk, TG.scheduledIn))),
        items=agenda_of(desk),
        gaps=(
            *(() if concerns else (silent,)),
            *((Gap("These documents are listed and their texts are not held:", missing),) if missing else ()),
        ),
        tables=(Table("agenda", "items below it"),),
    )


def _slot(fact: Fact) -> Fact:
    """A slot called "20 October 2016, 15:00–18:00"."""
    day, comma, hours = fact.value.words.partition(", ")
    return replace(fact, value=replace(fact.value, words=f"{day_in_words(day)}{comma}{hours}"))


def _facts(desk: Desk, predicate: NamedNode) -> tuple[Fact, ...]:
    held = desk.subject.values.get(predicate, {})
    found = [
        Fact(link(value, labels), desk.edges.of(desk.subject.node, predicate, value))
        for value, labels in held.items()
    ]
    return tuple(sorted(found, key=lambda fact: fact.value.iri or ""))


KIND = Kind(
    TG.AgendaItem,
    "things/item.html",
    item,
    first=(TG.title, TG.follows),
    elsewhere=(
        TG.number,
        TG.concernsProvision,
        TG.concernsInstrument,
        TG.documentation,
        TG.scheduledIn,
        TG.order,
        TG.partOf,
    ),
    evidence=4,
)
