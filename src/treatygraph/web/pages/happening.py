"""The page of a session or meeting: its agenda, its programme of work, what was done at it, its documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.terms import TG
from treatygraph.web.asking import Row
from treatygraph.web.pages.acts import act_entries, is_act
from treatygraph.web.pages.body import meeting_entries
from treatygraph.web.pages.dates import day_in_words, exactest
from treatygraph.web.pages.desk import Desk, Point
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.links import link, node, text
from treatygraph.web.pages.values import Fact, Gap, Link, Listing, Parts, Table

_DONE = (TG.source, TG.occasion, TG.object, TG.endorses, TG.adopts)
_PAPERS = (TG.agendaOf, TG.reportOf, TG.submittedTo)


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item in the outline."""

    link: Link
    number: str
    title: str
    concerns: tuple[Fact, ...]
    """The provisions that it concerns, or the treaties where it names no provision."""
    documents: tuple[Fact, ...]
    follows: tuple[Fact, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot of the programme of work, with the items foreseen in it."""

    slot: Link
    time: str
    room: str | None
    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the programme of work."""

    words: str
    slots: tuple[SlotRow, ...]


@dataclass(frozen=True, slots=True)
class HappeningParts(Parts):
    """What the page of a session or meeting adds."""

    when: str | None = None
    place: str | None = None
    agenda: tuple[Item, ...] = ()
    programme: tuple[Day, ...] = ()
    done: Listing | None = None
    """The actions taken at it or about it."""
    papers: Listing | None = None
    """Agenda, reports, what was laid before it."""
    meetings: Listing | None = None
    """Meetings held in its course or as one with it."""


def happening(desk: Desk) -> HappeningParts:
    """Agenda, programme, actions and documents of a session or meeting."""
    subject = desk.subject
    agenda = agenda_of(desk)
    return HappeningParts(
        context=subject.links(TG.heldBy),
        when=exactest(subject.texts(TG.dateText)),
        place=" or ".join(subject.texts(TG.place)) or None,
        agenda=agenda,
        programme=programme_of(desk) if agenda else (),
        done=desk.listing("done", [p for p in desk.points if _act(p)], lambda p: act_entries(desk, p)),
        papers=desk.listing("papers", desk.pointing(*_PAPERS)),
        meetings=desk.listing(
            "meetings", desk.pointing(TG.during, TG.jointWith), lambda p: meeting_entries(desk, p)
        ),
        gaps=_gaps(agenda, whole=subject.texts(TG.fullAgenda) == ("true",)),
        tables=(Table("agenda", "agenda"), Table("programme", "programme of work")) if agenda else (),
    )


def _gaps(agenda: tuple[Item, ...], *, whole: bool) -> tuple[Gap, ...]:
    if not agenda:
        return (Gap("Its agenda is not loaded: what it took up is not known here."),)
    if not whole:
        return (Gap("Only an extract of its agenda is loaded: it may have had more items."),)
    return ()


def agenda_of(desk: Desk) -> tuple[Item, ...]:
    """The items below a session, meeting or item, as an outline in the order of the agenda."""
    said: dict[NamedNode, list[Row]] = defaultdict(list)
    for row in desk.asker.rows("agenda", thing=desk.subject.node):
        said[node(row, "item")].append(row)
    below: dict[str, list[NamedNode]] = defaultdict(list)
    for item, rows in said.items():
        if _values(rows, TG.number):
            below[next(iter(_values(rows, TG.partOf)), "")].append(item)
    return _items(desk, desk.subject.node.value, below, said)


def _items(
    desk: Desk, above: str, below: Mapping[str, list[NamedNode]], said: Mapping[NamedNode, list[Row]]
) -> tuple[Item, ...]:
    def rank(item: NamedNode) -> tuple[int, str]:
        order = _values(said[item], TG.order)
        return (int(order[0]) if order and order[0].isdecimal() else 10**6, item.value)

    return tuple(
        _item(desk, item, said[item], _items(desk, item.value, below, said))
        for item in sorted(below[above], key=rank)
    )


def _item(desk: Desk, item: NamedNode, rows: list[Row], items: tuple[Item, ...]) -> Item:
    number = next(iter(_values(rows, TG.number)), "")
    title = next(iter(_values(rows, TG.title)), "")
    provisions = _facts(desk, item, rows, TG.concernsProvision)
    return Item(
        link=link(item, [Literal(title or f"Item {number}")]),
        number=number,
        title=title,
        concerns=provisions or _facts(desk, item, rows, TG.concernsInstrument),
        documents=_facts(desk, item, rows, TG.documentation),
        follows=_facts(desk, item, rows, TG.follows),
        items=items,
    )


def _facts(desk: Desk, item: NamedNode, rows: Iterable[Row], predicate: NamedNode) -> tuple[Fact, ...]:
    found = []
    for row in rows:
        if node(row, "property") == predicate:
            label = row.get("label")
            shown = link(row["value"], (label,) if isinstance(label, Literal) else ())
            found.append(Fact(shown, desk.edges.of(item, predicate, row["value"])))
    return tuple(found)


def _values(rows: Iterable[Row], predicate: NamedNode) -> list[str]:
    return [row["value"].value for row in rows if node(row, "property") == predicate]


def programme_of(desk: Desk) -> tuple[Day, ...]:
    """The programme of work by days and slots; it is foreseen, not held."""
    days: dict[str, dict[NamedNode, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in desk.asker.rows("programme", thing=desk.subject.node):
        days[text(row, "date") or ""][node(row, "slot")].append(row)
    return tuple(
        Day(day_in_words(day), tuple(_slot(desk, slot, rows) for slot, rows in slots.items()))
        for day, slots in days.items()
    )


def _slot(desk: Desk, slot: NamedNode, rows: list[Row]) -> SlotRow:
    start, end = text(rows[0], "start") or "", text(rows[0], "end") or ""
    time = "–".join(each[:5] for each in (start, end) if each)
    items = []
    for row in rows:
        if "item" in row:
            item = node(row, "item")
            words = row.get("label")
            shown = link(item, (words,) if isinstance(words, Literal) else ())
            items.append(Fact(shown, desk.edges.of(item, TG.scheduledIn, slot)))
    return SlotRow(link(slot, [Literal(time or "all day")]), time, text(rows[0], "room"), tuple(items))


def _act(point: Point) -> bool:
    return is_act(point) and point.property in _DONE


KIND = Kind(
    TG.Happening,
    "things/happening.html",
    happening,
    first=(TG.dateText, TG.earliest, TG.place, TG.mode, TG.heldBy, TG.convenedBy, TG.during, TG.jointWith),
    elsewhere=(TG.fullAgenda, TG.ordinal),
    takes=lambda point: _act(point) or point.property in (*_PAPERS, TG.during, TG.jointWith),
    evidence=2,
)
