"""A body's history on a time axis: rows of the ``view_mandate*.rq`` → the values of the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from treatygraph.graph.iris import THINGS, edge_key, iri
from treatygraph.graph.terms import TG
from treatygraph.web.asking import Asker, Row
from treatygraph.web.lists_rows import HappeningRow, happening_rows
from treatygraph.web.pages.evidence import supports
from treatygraph.web.pages.links import node
from treatygraph.web.pages.values import Support, Words
from treatygraph.web.views_mentions import Mention
from treatygraph.web.views_query import QueryLinks, query_links
from treatygraph.web.views_values import Named, days_in_words, named, text_of
from treatygraph.web.views_years import YearsPicture, years_picture

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


_SAID: Final = ("asked", "acts")
"""The lanes of what the words of a clause tell better than its verb."""

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
    verb: str | None
    said: str | None
    """What it does in the words of its text, from the verb on: "Requests the Secretary-General to…"."""
    source: Named | None
    """The text or happening that tells it."""
    parties: tuple[Named, ...]
    """Who asked, or who was asked."""
    regarding: tuple[Named, ...]
    occasion: Named | None
    """The session or meeting for which it is foreseen."""
    deliverables: tuple[str, ...]
    """What is to be made, as printed."""
    due: tuple[str, ...]
    """By when, at which session that is not known, and how often, as printed."""
    mandate: Named | None
    window: Window
    evidence: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class BodyOption:
    """A body to choose, how many things there are in its history, and how many of them ask or change it."""

    body: Named
    entries: int
    own: int


@dataclass(frozen=True, slots=True)
class HistoryChoice:
    """What the reader chose: a body, one lane, one year, a page; None for all."""

    body: str | None = None
    lane: str | None = None
    year: int | None = None
    page: int = 1

    def address(self, **changes: str | int | None) -> str:
        """The address that shows this choice, or this choice with *changes* from its first page."""
        chosen = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        parts = {"body": chosen.body, "lane": chosen.lane, "year": chosen.year}
        parameters = {name: str(value) for name, value in parts.items() if value is not None}
        if chosen.page > 1:
            parameters["page"] = str(chosen.page)
        return f"{ADDRESS}?{urlencode(parameters, safe='/')}" if parameters else ADDRESS


@dataclass(frozen=True, slots=True)
class MandatesPage:
    """All that ``views/mandates.html`` shows."""

    body: Named
    bodies: tuple[BodyOption, ...]
    lanes: tuple[tuple[str, str, int], ...]
    """Name, words and number of things of each lane, in every year."""
    years: tuple[tuple[int, int], ...]
    """Each year of the chosen lane with the number of its things."""
    by_year: YearsPicture | None
    entries: tuple[Entry, ...]
    """Those of this page, in order of time, the undated last."""
    total: int
    """How many things are in the chosen lane and year."""
    whole: int
    """How many are in the whole history."""
    undated: int
    choice: HistoryChoice
    """What is shown, with the page that there is."""
    pages: int
    query: QueryLinks


def mandates_page(ask: Asker, choice: HistoryChoice) -> MandatesPage:
    """A page of the history of the body with that key, which is in the graph, or of ``usual_body``."""
    bodies = ask.keep("view bodies", lambda: _bodies(ask))
    asked = choice.body
    usual = None if asked else usual_body(bodies, ask.keep("list meetings", lambda: happening_rows(ask)))
    key = asked or (usual.body.key if usual else "body")
    times = ask.keep(f"view mandate times {key}", lambda: _in_time(ask, iri(key)))
    of_lane = [row for row in times if choice.lane in (None, _lane(row))]
    chosen = [row for row in of_lane if choice.year in (None, _year(row))]
    pages = max(1, -(-len(chosen) // ENTRIES))
    page = min(max(1, choice.page), pages)
    shown = chosen[(page - 1) * ENTRIES : page * ENTRIES]
    choice = replace(choice, body=key, page=page)
    years = Counter(year for row in of_lane if (year := _year(row)) is not None)
    body = next((option.body for option in bodies if option.body.key == key), None)
    lanes = [_lane(row) for row in times]
    return MandatesPage(
        body=body or Named(key, asked or "No body has a history here", f"/doc/{key}" if asked else "/bodies"),
        bodies=bodies,
        lanes=tuple((lane, words, lanes.count(lane)) for lane, words in LANES.items()),
        years=tuple(sorted(years.items())),
        by_year=years_picture(years.elements(), lambda year: choice.address(year=year), choice.year),
        entries=_entries(ask, iri(key), shown),
        total=len(chosen),
        whole=len(times),
        undated=sum("day" not in row for row in chosen),
        choice=choice,
        pages=pages,
        query=query_links("view_mandates", body=iri(key)),
    )


def usual_body(bodies: Iterable[BodyOption], held: Iterable[HappeningRow]) -> BodyOption | None:
    """The body whose sessions and meetings hold most items of agendas; where none does, the one that is asked most."""
    items: Counter[str] = Counter()
    for row in held:
        if row.body and row.body.iri:
            items[row.body.iri.removeprefix(THINGS)] += row.items
    return max(bodies, key=lambda option: (items[option.body.key], option.own, option.entries), default=None)


def _in_time(ask: Asker, body: NamedNode) -> tuple[Row, ...]:
    """All that is in a body's history, once each, in order of time and the undated last."""
    of_source = ask.keep(
        "view source days",
        lambda: {row["source"]: row["day"] for row in ask.rows("view_source_days") if "day" in row},
    )
    found: dict[tuple[str, str], Row] = {}
    for row in ask.rows("view_mandate_times", body=body):
        day = row.get("day") or of_source.get(row.get("source", body))
        dated = row | ({"day": day} if day is not None else {})
        thing = row["property"].value, row["entry"].value
        found[thing] = max(found.get(thing, dated), dated, key=_day)
    return tuple(sorted(found.values(), key=_in_order))


def _lane(row: Row) -> str:
    return _PROPERTIES[row["property"].value][0]


def _year(row: Row) -> int | None:
    year = _day(row)[:4]
    return int(year) if year.isdecimal() else None


def _day(row: Row) -> str:
    return row["day"].value if "day" in row else ""


def _in_order(row: Row) -> tuple[bool, str, str, str]:
    return "day" not in row, _day(row), row["property"].value, row["entry"].value


def _bodies(ask: Asker) -> tuple[BodyOption, ...]:
    found = ((named(row, "body", "label"), row) for row in ask.rows("view_bodies") if "body" in row)
    return tuple(
        BodyOption(body, int(row["entries"].value), int(row["own"].value)) for body, row in found if body
    )


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
    return tuple(sorted(made, key=_place))


def _place(entry: Entry) -> tuple[tuple[bool, date], int, str, int, str, str]:
    """Where an entry stands on a page: by its day, its lane, its text, and its place there."""
    start = next((each.words.start for each in entry.evidence if each.words.start), "0")
    source = entry.source.words if entry.source else ""
    lane = list(LANES).index(entry.lane)
    return _time(entry.window), lane, source, int(start), entry.short, entry.thing.key


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
    told = _evidence(word, rows, dating, evidence)
    said = next((_said(each.words) for each in told if each.says == word and each.words.exact), None)
    return Entry(
        lane=lane,
        word=word,
        thing=thing,
        title=_title(thing.words, text_of(first, "verb"), source),
        short=said if said and lane in _SAID else _short(lane, word, thing, source, parties),
        verb=text_of(first, "verb"),
        said=said if lane in _SAID else None,
        source=source,
        parties=parties,
        regarding=_each(rows, "regarding"),
        occasion=named(first, "occasion"),
        deliverables=_words(rows, "deliverable"),
        due=(*_words(rows, "due"), *_words(rows, "often")),
        mandate=next((found for row in rows if (found := named(row, "mandate"))), None),
        window=_window(dating, evidence),
        evidence=told,
    )


def _said(words: Words) -> str:
    """The words from the verb on, in one line."""
    return " ".join(f"{words.exact}{words.suffix}".split()) + ("" if words.whole else "…")


def _each(rows: Iterable[Row], name: str) -> tuple[Named, ...]:
    found = {thing.key: thing for row in rows if (thing := named(row, name))}
    return tuple(found[key] for key in sorted(found))


def _words(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({words for row in rows if (words := text_of(row, name))}))


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
