"""A body's history on a time axis: rows of the ``view_mandate*.rq`` → the values of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import NamedNode

from treatygraph.graph.iris import edge_key, iri
from treatygraph.graph.terms import TG
from treatygraph.web.asking import Asker, Row
from treatygraph.web.pages.evidence import supports
from treatygraph.web.pages.links import node
from treatygraph.web.pages.values import Support
from treatygraph.web.views_mentions import Mention
from treatygraph.web.views_query import QueryLinks, query_links
from treatygraph.web.views_values import Named, days_in_words, named, text_of

ADDRESS: Final = "/views/mandates"

PIECES: Final = 10
"""At most this many pieces of evidence are shown of one statement; its own page shows more."""

ENTRIES: Final = 40
"""How many things stand on one page: their words and evidence stay below 100 kB."""

LANES: Final = {
    "made": "Established, renewed, changed",
    "asked": "Asked to do",
    "acts": "Decided, asked of others",
    "met": "Met",
}
"""The lanes of the picture, from top to bottom, and their words."""

_PROPERTIES: Final = {
    TG.establishes.value: ("made", "established"),
    TG.renews.value: ("made", "renewed"),
    TG.amends.value: ("made", "changed"),
    TG.endorses.value: ("made", "endorsed"),
    TG.addressee.value: ("asked", "asked"),
    TG.actor.value: ("acts", "acted"),
    TG.heldBy.value: ("met", "met"),
}


_OWN: Final = "1"
"""The ?rank of a date that is told of the thing itself."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which something lies: the most exact that is told, and all that is told where sources differ."""

    earliest: date | None
    latest: date | None
    words: str
    outer_earliest: date | None
    outer_latest: date | None
    disputed: tuple[str, ...]
    """What sources tell against each other, in words; empty where none is disputed."""
    of: str | None
    """Whose date it is, where it is not told of the thing itself."""


UNDATED: Final = Window(None, None, "not known", None, None, (), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the history of a body."""

    lane: str
    word: str
    """What it did to the body or what the body did: "established", "recommend"."""
    thing: Named
    title: str
    """What its label tells beside who, where and whom: "recommend — States parties"."""
    short: str
    """The few words beside its mark in the picture."""
    source: Named | None
    """The text or happening that tells it."""
    parties: tuple[Named, ...]
    """Who asked, or who was asked."""
    regarding: tuple[Named, ...]
    occasion: Named | None
    """The session or meeting for which it is foreseen."""
    mandate: Named | None
    window: Window
    evidence: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class BodyOption:
    """A body to choose, and how many things there are in its history."""

    body: Named
    entries: int


@dataclass(frozen=True, slots=True)
class MandatesPage:
    """All that ``views/mandates.html`` shows."""

    body: Named
    bodies: tuple[BodyOption, ...]
    lanes: tuple[tuple[str, str, int], ...]
    """Name, words and number of things of each lane."""
    entries: tuple[Entry, ...]
    """Those of this page, in order of time, the undated last."""
    total: int
    undated: int
    page: int
    pages: int
    query: QueryLinks


def mandates_page(ask: Asker, asked: str | None, turned: int = 1) -> MandatesPage:
    """A page of the history of the body with that key, which is in the graph, or of one that has a history."""
    bodies = ask.keep("view bodies", lambda: _bodies(ask))
    longest = max(bodies, key=lambda option: option.entries, default=None)
    key = asked or (longest.body.key if longest else "body")
    times = ask.keep(f"view mandate times {key}", lambda: tuple(ask.rows("view_mandate_times", body=iri(key))))
    pages = max(1, -(-len(times) // ENTRIES))
    page = min(max(1, turned), pages)
    shown = times[(page - 1) * ENTRIES : page * ENTRIES]
    body = next((option.body for option in bodies if option.body.key == key), None)
    lanes = [_PROPERTIES[row["property"].value][0] for row in times]
    return MandatesPage(
        body=body or Named(key, asked or "No body has a history here", f"/doc/{key}" if asked else "/bodies"),
        bodies=bodies,
        lanes=tuple((lane, words, lanes.count(lane)) for lane, words in LANES.items()),
        entries=ask.keep(f"view mandates {key} {page}", lambda: _entries(ask, iri(key), shown)),
        total=len(times),
        undated=sum("earliest" not in row for row in times),
        page=page,
        pages=pages,
        query=query_links("view_mandates", body=iri(key)),
    )


def _bodies(ask: Asker) -> tuple[BodyOption, ...]:
    found = ((named(row, "body", "label"), row) for row in ask.rows("view_bodies") if "body" in row)
    return tuple(BodyOption(body, int(row["entries"].value)) for body, row in found if body)


def _entries(ask: Asker, body: NamedNode, shown: Sequence[Row]) -> tuple[Entry, ...]:
    """The entries of the rows of one page, with their values, days and evidence."""
    nodes = sorted({node(row, "entry") for row in shown}, key=str)
    if not nodes:
        return ()
    wanted = {(row["property"].value, row["entry"].value) for row in shown}
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ask.rows_among("view_mandate_page", "entry", nodes, body=body):
        if (place := (row["property"].value, row["entry"].value)) in wanted:
            groups[place].append(row | {"edge": _edge(row, "entry", "property", "body")})
    dates = [
        row | {"edge": _edge(row, "dated", "end", "day")}
        for row in ask.rows_among("view_mandate_dates", "entry", nodes)
    ]
    edges = {node(row, "edge") for rows in (*groups.values(), dates) for row in rows}
    evidence = supports(ask, sorted(edges, key=str), most=PIECES)
    by_entry = _by_entry(dates)
    made = [_entry(rows, by_entry.get(entry, []), evidence) for (_, entry), rows in groups.items()]
    order = list(LANES)
    return tuple(
        sorted(
            made, key=lambda each: (_time(each.window), order.index(each.lane), each.short, each.thing.key)
        )
    )


def _edge(row: Row, subject: str, predicate: str, value: str) -> NamedNode:
    """The edge node of what a row states; SPARQL would look for it among all of them."""
    return iri(edge_key(node(row, subject), node(row, predicate), row[value]))


def _by_entry(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["entry"].value].append(row)
    return found


def _time(window: Window) -> tuple[bool, date]:
    known = window.earliest or window.latest
    return known is None, known or date.max


def _entry(rows: list[Row], dates: list[Row], evidence: Mapping[str, Support]) -> Entry:
    first = rows[0]
    lane, word = _PROPERTIES[first["property"].value]
    thing = named(first, "entry")
    assert thing is not None, "view_mandates.rq binds ?entry in every row"
    best = min((row["rank"].value for row in dates), default="")
    dating = [row for row in dates if row["rank"].value == best]
    source, parties = named(first, "source"), _each(rows, "party")
    if lane == "acts":
        word = text_of(first, "verb") or word
    return Entry(
        lane=lane,
        word=word,
        thing=thing,
        title=_title(thing.words, text_of(first, "verb"), source),
        short=_short(lane, word, thing, source, parties),
        source=source,
        parties=parties,
        regarding=_each(rows, "regarding"),
        occasion=named(first, "occasion"),
        mandate=next((found for row in rows if (found := named(row, "mandate"))), None),
        window=_window(dating, evidence),
        evidence=_evidence(word, rows, dating, evidence),
    )


def _each(rows: Iterable[Row], name: str) -> tuple[Named, ...]:
    found = {thing.key: thing for row in rows if (thing := named(row, name))}
    return tuple(found[key] for key in sorted(found))


def _title(label: str, verb: str | None, source: Named | None) -> str:
    """The label without the body that it begins with and the source that it ends with: the table has them beside it."""
    at = label.find(f": {verb}") if verb else -1
    rest = label[at + 2 :] if at > 0 else label
    return rest.removesuffix(f" — {source.words}") if source else rest


def first_words(label: str) -> str:
    """The name of a text or happening, with which its label begins: "Decision 2/2, Conference of …"."""
    return label.partition(", ")[0]


def _short(lane: str, word: str, thing: Named, source: Named | None, parties: tuple[Named, ...]) -> str:
    if lane == "met" or source is None:
        return first_words(thing.words)
    if lane == "acts" and parties:
        return f"{word} → {parties[0].words}"
    return first_words(source.words) if lane == "asked" else f"{word} · {first_words(source.words)}"


def _window(rows: list[Row], evidence: Mapping[str, Support]) -> Window:
    """The most exact days: the latest ``tg:earliest`` and the earliest ``tg:latest`` that are not disputed."""
    if not rows:
        return UNDATED
    told: dict[bool, dict[str, set[date]]] = {True: defaultdict(set), False: defaultdict(set)}
    for row in rows:
        day = _date(row["day"].value)
        if day is not None:
            disputed = (known := evidence.get(row["edge"].value)) is not None and known.disputed
            told[disputed][row["end"].value].add(day)
    every = {end: told[True][end] | told[False][end] for end in (TG.earliest.value, TG.latest.value)}
    sure = {end: told[False][end] or every[end] for end in every}
    starts, ends = every[TG.earliest.value], every[TG.latest.value]
    earliest = max(sure[TG.earliest.value], default=None)
    latest = min(sure[TG.latest.value], default=None)
    if earliest and latest and earliest > latest:
        earliest, latest = min(sure[TG.earliest.value]), max(sure[TG.latest.value])
    disputes = any(told[True].values())
    rank, label = rows[0]["rank"].value, text_of(rows[0], "datedLabel")
    return Window(
        earliest,
        latest,
        days_in_words(earliest, latest),
        min(starts, default=None) if disputes else earliest,
        max(ends, default=None) if disputes else latest,
        tuple(sorted(_told(starts, "begins") + _told(ends, "ends"))) if disputes else (),
        None if rank == _OWN else label or rows[0]["dated"].value,
    )


def _told(days: set[date], word: str) -> list[str]:
    if len(days) < 2:
        return []
    return [f"{word} {' or '.join(days_in_words(day, day) for day in sorted(days))}"]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _evidence(
    word: str, rows: list[Row], dating: list[Row], evidence: Mapping[str, Support]
) -> tuple[Mention, ...]:
    """What supports the entry itself, then what supports its date; each support once."""
    own = {row["edge"].value: None for row in rows}
    of_date = {row["edge"].value: None for row in dating if row["edge"].value not in own}
    mentions = [
        Mention(says, words, None)
        for says, edges in ((word, own), ("date", of_date))
        for edge in edges
        for words in (evidence[edge].words if edge in evidence else ())
    ]
    found: dict[tuple[str, str], Mention] = {}
    for each in mentions:
        found.setdefault((each.words.support.iri or "" if each.words.support else "", each.words.exact), each)
    return tuple(found.values())
