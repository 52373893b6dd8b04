"""Provisions ↔ agenda items: rows of ``view_links.rq`` and what was chosen → the values of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import urlencode

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from treatygraph.graph.iris import iri
from treatygraph.web.asking import Asker, Row
from treatygraph.web.names import page_of
from treatygraph.web.pages.evidence import evidence_rows, in_order_of_print
from treatygraph.web.views_mentions import Mention, mention_of
from treatygraph.web.views_query import QueryLinks, query_links
from treatygraph.web.views_values import PLACES, Named, named, text_of

ADDRESS: Final = "/views/articles-agenda"

PAGE_LINKS: Final = 80
"""Links in one page of the table: a page stays below 100 kB, the picture shows them all."""

INLINE_MENTIONS: Final = 50
"""Up to so many mentions stand in the table itself; above, each link leads to its evidence."""

Level = Literal["article", "paragraph"]
Reach = Literal["all", "direct"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose: keys of things, None for all of them."""

    treaty: str | None = None
    meeting: str | None = None
    body: str | None = None
    level: Level = "article"
    reach: Reach = "all"
    """"direct": the words of the agenda alone; "all": also what a document listed under the item cites."""
    every: bool = False
    """Whether the articles without a link are shown too."""
    provision: str | None = None
    item: str | None = None
    """The provision and the item that are pinned."""
    page: int = 1

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The chosen things: parameter and key."""
        pairs = (("treaty", self.treaty), ("meeting", self.meeting), ("body", self.body))
        return tuple((name, key) for name, key in pairs if key)

    def address(self, base: str = ADDRESS, **changes: str | int | None) -> str:
        """The address that shows this choice, or this choice with *changes*."""
        chosen = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        parameters: dict[str, str] = dict(chosen.filters)
        if chosen.level != "article":
            parameters["level"] = chosen.level
        if chosen.reach != "all":
            parameters["links"] = chosen.reach
        if chosen.every:
            parameters["show"] = "all"
        if chosen.page > 1:
            parameters["page"] = str(chosen.page)
        parameters |= {
            name: key
            for name, key in (("provision", chosen.provision), ("item", chosen.item))
            if key is not None
        }
        return f"{base}?{urlencode(parameters, safe='/')}" if parameters else base


@dataclass(frozen=True, slots=True)
class ProvisionLink:
    """A provision and an item that concerns it."""

    provision: Named
    heading: str | None
    """The title of the provision ("Extradition")."""
    treaty: Named
    item: Named
    number: str | None
    """The item's number as printed."""
    meeting: Named
    places: tuple[str, ...]
    """Where the item names it, in words, the most telling first."""
    mentions: int
    evidence: tuple[Mention, ...] | None
    """The mentions; None where they are too many for this page and stand at ``evidence_href``."""
    evidence_href: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the chosen treaty, with the number of its links (0: no link is held)."""

    provision: Named
    heading: str | None
    links: int


@dataclass(frozen=True, slots=True)
class Option:
    """A thing to choose, and how many links there are with it."""

    thing: Named
    links: int


@dataclass(frozen=True, slots=True)
class LinksPage:
    """All that ``views/articles-agenda.html`` shows."""

    choice: Choice
    treaties: tuple[Option, ...]
    meetings: tuple[Option, ...]
    bodies: tuple[Option, ...]
    links: tuple[ProvisionLink, ...]
    """The links of this page of the table."""
    total: int
    """How many links there are."""
    mentions: int
    """How many mentions all links have together."""
    pages: tuple[tuple[int, str], ...]
    """Number and address of each page of the table; empty when there is one."""
    articles: tuple[Article, ...]
    """All articles of the treaty, when they were asked for."""
    ways_out: tuple[tuple[str, str, int], ...]
    """When there is no link: what to try instead (words, address, links there)."""
    query: QueryLinks


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """All that ``views/evidence.html`` shows: the mentions of one provision, one item, or one link."""

    links: tuple[ProvisionLink, ...]
    back: str


def links_page(ask: Asker, choice: Choice) -> LinksPage:
    """The page of the links that the reader chose; every key in *choice* is of a thing in the graph."""
    rows = _all_rows(ask, choice.level)
    chosen = _grouped(_chosen(rows, choice))
    shown = chosen[(choice.page - 1) * PAGE_LINKS : choice.page * PAGE_LINKS]
    links = tuple(_link(group, choice) for group in shown)
    mentions = sum(link.mentions for link in links)
    if mentions <= INLINE_MENTIONS:
        links = _with_evidence(ask, links, choice)
    last = max(1, -(-len(chosen) // PAGE_LINKS))
    return LinksPage(
        choice=choice,
        treaties=_options(ask, rows, choice, "treaty"),
        meetings=_options(ask, rows, choice, "meeting"),
        bodies=_options(ask, rows, choice, "body"),
        links=links,
        total=len(chosen),
        mentions=sum(_mentions(group) for group in chosen),
        pages=tuple((n, choice.address(page=n)) for n in range(1, last + 1)) if last > 1 else (),
        articles=_articles(ask, choice, chosen) if choice.every and choice.treaty else (),
        ways_out=() if chosen else _ways_out(ask, choice),
        query=query_links("view_links", **_bindings(choice)),
    )


def evidence_page(ask: Asker, choice: Choice) -> EvidencePage:
    """The mentions of what *choice* pins: a provision, an item, or the two together."""
    pinned = {"provision": choice.provision, "item": choice.item}
    groups = [
        group
        for group in _grouped(_chosen(_all_rows(ask, choice.level), choice))
        if all(key is None or _key(group[0], name) == key for name, key in pinned.items())
    ]
    links = _with_evidence(ask, tuple(_link(group, choice) for group in groups), choice)
    return EvidencePage(links, choice.address(provision=choice.provision, item=choice.item))


def _all_rows(ask: Asker, level: Level) -> list[Row]:
    """The rows at that level of every treaty and meeting, kept for the generation: the form needs them all."""
    return ask.keep(f"view links {level}", lambda: ask.rows("view_links", level=RdfLiteral(level)))


def _edges(ask: Asker, level: Level) -> dict[Pair, list[Row]]:
    """The statements behind each link, kept for the generation."""
    return ask.keep(
        f"view evidence {level}", lambda: _by_pair(ask.rows("view_evidence", level=RdfLiteral(level)))
    )


def _by_pair(rows: Iterable[Row]) -> dict[Pair, list[Row]]:
    found: dict[Pair, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["provision"].value, row["item"].value].append(row)
    return dict(found)


def _chosen(rows: Iterable[Row], choice: Choice, *, without: str | None = None) -> list[Row]:
    wanted = {name: iri(key) for name, key in choice.filters if name != without}
    return [
        row
        for row in rows
        if all(row.get(name) == node for name, node in wanted.items())
        and (choice.reach == "all" or row["reach"].value == "direct")
    ]


def _bindings(choice: Choice) -> dict[str, NamedNode | RdfLiteral]:
    bindings: dict[str, NamedNode | RdfLiteral] = {"level": RdfLiteral(choice.level)}
    if choice.reach == "direct":
        bindings["reach"] = RdfLiteral("direct")
    return bindings | {name: iri(key) for name, key in choice.filters}


def _grouped(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of each link together, links in the order of their first rows."""
    groups: dict[Pair, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["provision"].value, row["item"].value].append(row)
    return list(groups.values())


def _mentions(group: Iterable[Row]) -> int:
    # A meeting of two bodies has a row for each, with the same mentions.
    return sum({row["place"].value: int(row["mentions"].value) for row in group}.values())


def _link(group: list[Row], choice: Choice) -> ProvisionLink:
    first = group[0]
    provision, item, treaty, meeting = (
        _required(first, name) for name in ("provision", "item", "treaty", "meeting")
    )
    held = {row["place"].value for row in group}
    places = [PLACES[name] for name in PLACES if name in held] + sorted(held - PLACES.keys())
    pinned_by = [(choice.provision, provision.key), (choice.item, item.key)]
    return ProvisionLink(
        provision=provision,
        heading=text_of(first, "provisionTitle"),
        treaty=treaty,
        item=item,
        number=text_of(first, "number"),
        meeting=meeting,
        places=tuple(places),
        mentions=_mentions(group),
        evidence=None,
        evidence_href=choice.address("/views/evidence", provision=provision.key, item=item.key),
        pinned=any(wanted for wanted, _ in pinned_by)
        and all(wanted in (None, key) for wanted, key in pinned_by),
    )


def _with_evidence(ask: Asker, links: tuple[ProvisionLink, ...], choice: Choice) -> tuple[ProvisionLink, ...]:
    """The links with the words behind them."""
    held = _edges(ask, choice.level)
    statements = [
        [
            row
            for row in held.get((iri(link.provision.key).value, iri(link.item.key).value), ())
            if not (choice.reach == "direct" and "document" in row)
        ]
        for link in links
    ]
    nodes = {node for rows in statements for row in rows if isinstance(node := row["edge"], NamedNode)}
    words = evidence_rows(ask, sorted(nodes, key=str))
    return tuple(
        replace(link, evidence=_each_mention(ask, rows, words))
        for link, rows in zip(links, statements, strict=True)
    )


def _each_mention(ask: Asker, statements: list[Row], words: dict[str, list[Row]]) -> tuple[Mention, ...]:
    """The mentions behind one link, each once: a mention tells its place itself, a source that of its statement."""
    found = [
        (row | _listed(statement), statement if "document" in statement or "place" not in row else row)
        for statement in statements
        for row in words.get(statement["edge"].value, ())
    ]
    once = {
        (row["support"].value, place := told["place"].value): mention_of(ask, row, PLACES.get(place, place))
        for row, told in sorted(found, key=lambda pair: in_order_of_print(pair[0]))
    }
    return tuple(once.values())


def _listed(statement: Row) -> Row:
    """The item, and the document listed under it, of a statement."""
    return {name: statement[name] for name in ("item", "document", "documentLabel") if name in statement}


def _options(ask: Asker, rows: list[Row], choice: Choice, name: str) -> tuple[Option, ...]:
    """What the form offers for one parameter, under what is chosen for the others; the chosen thing is among them."""
    pairs: dict[str, set[Pair]] = defaultdict(set)
    things: dict[str, Named] = {}
    for row in _chosen(rows, choice, without=name):
        thing = _required(row, name)
        if thing.href is not None:
            things[thing.key] = thing
            pairs[thing.key].add((row["provision"].value, row["item"].value))
    for wanted, key in choice.filters:
        if wanted == name and key not in things:
            things[key] = _called(ask, key)
    options = (Option(things[key], len(pairs[key])) for key in things)
    return tuple(sorted(options, key=lambda option: (option.thing.words, option.thing.key)))


def _called(ask: Asker, key: str) -> Named:
    rows = ask.rows("view_label", thing=iri(key))
    found = named(rows[0], "thing", "label") if rows else None
    return found or Named(key, key, page_of(iri(key).value))


def _articles(ask: Asker, choice: Choice, groups: list[list[Row]]) -> tuple[Article, ...]:
    """All articles of the treaty, with the number of links to each and to what is inside it."""
    assert choice.treaty is not None, "articles are asked for with a treaty"
    keys = [_key(group[0], "provision") for group in groups]
    found = []
    for row in ask.rows("view_articles", treaty=iri(choice.treaty)):
        article = _required(row, "provision")
        links = sum(key == article.key or key.startswith(f"{article.key}/") for key in keys)
        found.append(Article(article, text_of(row, "provisionTitle"), links))
    return tuple(found)


def _ways_out(ask: Asker, choice: Choice) -> tuple[tuple[str, str, int], ...]:
    """Choices near this one that have links."""
    without = {
        "treaty": ("every treaty", replace(choice, treaty=None)),
        "meeting": ("every session and meeting", replace(choice, meeting=None)),
        "body": ("every body", replace(choice, body=None)),
    }
    tries = [without[name] for name, _ in choice.filters]
    if choice.reach == "direct":
        tries.append(("documents listed under an item too", replace(choice, reach="all")))
    tries.append(("everything", Choice(level=choice.level)))
    counts = [len(_grouped(_chosen(_all_rows(ask, choice.level), other))) for _, other in tries]
    found = zip(tries, counts, strict=True)
    return tuple((words, other.address(), count) for (words, other), count in found if count)


def _required(row: Row, name: str) -> Named:
    found = named(row, name)
    assert found is not None, f"view_links.rq binds ?{name} in every row"
    return found


def _key(row: Row, name: str) -> str:
    return _required(row, name).key
