"""Rows of the queries ``list_*.rq`` → the rows of the lists, with links and days in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.graph.iris import THINGS
from treatygraph.web.asking import Asker, Row
from treatygraph.web.listing import has_words, natural, number, when
from treatygraph.web.pages.dates import in_words
from treatygraph.web.pages.links import cell, text
from treatygraph.web.pages.values import Link
from treatygraph.web.search_words import words

HELD: Final = "held"
DESCRIBED: Final = "described"
CITED: Final = "cited"

STATES: Final = {HELD: "text held", DESCRIBED: "text not held", CITED: "only cited"}
"""How much of a document the graph has, in words."""


@dataclass(frozen=True, slots=True)
class TreatyRow:
    """A treaty."""

    thing: Link
    supplements: Link | None
    structure: bool
    """Whether its articles and paragraphs are held."""
    provisions: int
    linked: int
    """How many of its provisions something points to."""
    links: int
    """How many statements do."""
    parties: str | None
    parties_on: str | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body with those under it."""

    thing: Link
    key: str
    kind: str | None
    happenings: int
    actions: int
    mandates: int
    documents: int
    gaps: int
    unverified: bool
    under: tuple[BodyRow, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the graph tells anything of it or of a body under it."""
        own = self.happenings or self.actions or self.mandates or self.documents
        return bool(own) or any(each.known for each in self.under)


@dataclass(frozen=True, slots=True)
class HappeningRow:
    """A session, meeting or other event of one body."""

    thing: Link
    body: Link | None
    when: str | None
    disputed: bool
    places: str | None
    items: int
    """Agenda items: what was foreseen."""
    acts: int
    """Actions on its occasion: what is told of it."""
    reports: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document."""

    thing: Link
    title: str | None
    symbol: str | None
    kind: str
    series: str
    when: str | None
    disputed: bool
    state: str
    """One of ``STATES``."""
    cited_by: int
    cites: int


def treaty_rows(asker: Asker) -> list[TreatyRow]:
    """The treaties by name."""
    return [row for each in asker.rows("list_treaties") if (row := _treaty(each))]


def _treaty(row: Row) -> TreatyRow | None:
    thing = cell(row, "treaty", "label")
    if thing is None:
        return None
    return TreatyRow(
        thing=thing,
        supplements=cell(row, "supplements"),
        structure=text(row, "structureHeld") == "true",
        provisions=number(row, "provisions"),
        linked=number(row, "linked"),
        links=number(row, "links"),
        parties=text(row, "parties"),
        parties_on=in_words(text(row, "partiesOn") or "") or None,
        unverified=text(row, "unverified") == "true",
    )


def body_tree(asker: Asker) -> list[BodyRow]:
    """The bodies that are under no other, with those under them."""
    held: dict[str, BodyRow] = {}
    under: dict[str | None, list[str]] = defaultdict(list)
    rows = asker.rows("list_bodies")
    known = {row["body"].value for row in rows}
    for row in rows:
        thing = cell(row, "body", "label")
        if thing is None or thing.iri is None or thing.iri in held:
            continue
        held[thing.iri] = _body(row, thing)
        above = text(row, "under")
        under[above if above in known else None].append(thing.iri)
    return [_with_those_under(iri, held, under, frozenset()) for iri in under[None]]


def _body(row: Row, thing: Link) -> BodyRow:
    return BodyRow(
        thing=thing,
        key=(thing.iri or "").removeprefix(THINGS),
        kind=text(row, "kindLabel"),
        happenings=number(row, "happenings"),
        actions=number(row, "actions"),
        mandates=number(row, "mandates"),
        documents=number(row, "documents"),
        gaps=number(row, "gaps"),
        unverified=text(row, "unverified") == "true",
    )


def _with_those_under(
    iri: str, held: dict[str, BodyRow], under: dict[str | None, list[str]], above: frozenset[str]
) -> BodyRow:
    """A body with its tree; *above* stops where bodies are under each other in a ring."""
    inner = [each for each in under[iri] if each not in above]
    trees = (_with_those_under(each, held, under, above | {iri}) for each in inner)
    return replace(held[iri], under=tuple(trees))


def narrowed(trees: Iterable[BodyRow], wanted: str) -> list[BodyRow]:
    """The trees with only the bodies whose names have the words, and those above them."""
    found = []
    for tree in trees:
        inner = narrowed(tree.under, wanted)
        if inner or has_words(f"{tree.thing.words} {tree.key}", words(wanted)):
            found.append(replace(tree, under=tuple(inner)))
    return found


def count(trees: Iterable[BodyRow]) -> int:
    """How many bodies are in the trees."""
    return sum(1 + count(tree.under) for tree in trees)


def happening_rows(asker: Asker) -> list[HappeningRow]:
    """The sessions and meetings by body, those whose body is not known last; in order of time, undated last."""
    rows = [row for each in asker.rows("list_meetings") if (row := _happening(each))]
    return sorted(rows, key=lambda row: (row.body is None, (row.body.iri or "") if row.body else ""))


def _happening(row: Row) -> HappeningRow | None:
    thing, body = cell(row, "happening", "label"), cell(row, "body")
    days, disputed = when(row)
    if thing is None:
        return None
    return HappeningRow(
        thing=_short(thing, body),
        body=body,
        when=days,
        disputed=disputed,
        places=text(row, "places") or None,
        items=number(row, "items"),
        acts=number(row, "acts"),
        reports=number(row, "reports"),
    )


def _short(thing: Link, body: Link | None) -> Link:
    """A label without the name of the body under whose heading it stands."""
    words = thing.words.removesuffix(f", {body.words}") if body else thing.words
    return replace(thing, words=words)


def document_rows(asker: Asker) -> list[DocumentRow]:
    """The documents by key, numbers in order."""
    once: dict[str, DocumentRow] = {}
    series = {text(row, "symbol"): text(row, "label") for row in asker.rows("list_series")}
    for each in asker.rows("list_documents"):
        row = _document(each, series)
        if row and row.thing.iri:
            once.setdefault(row.thing.iri, row)
    return sorted(once.values(), key=lambda row: natural(row.thing.iri or ""))


def _document(row: Row, series: Mapping[str | None, str | None]) -> DocumentRow | None:
    thing, body = cell(row, "document", "label"), cell(row, "body")
    days, disputed = when(row)
    title = text(row, "titles") or None
    if thing is None:
        return None
    return DocumentRow(
        thing=_short(thing, body),
        title=None if title == thing.words else title,
        symbol=text(row, "symbol"),
        kind=text(row, "kindLabel") or "kind not known",
        series=body.words if body else _series(text(row, "symbol"), series),
        when=days,
        disputed=disputed,
        state=_state(row),
        cited_by=number(row, "citedBy"),
        cites=number(row, "cites"),
    )


def _series(symbol: str | None, bodies: Mapping[str | None, str | None]) -> str:
    """Where a document stands that no source gives to a body: its symbol before the first number, or the body of that.

    "CTOC/COP/WG.3/2016/2" stands with its working group, whose series is CTOC/COP/WG.3; "A/RES/55/25" under A/RES.
    """
    parts = symbol.split("/") if symbol else []
    plain = parts[: next((i for i, part in enumerate(parts) if part[:1].isdigit()), len(parts))]
    stem = "/".join(plain)
    return bodies.get(stem) or (f"Series {stem}" if stem else "Other texts")


def _state(row: Row) -> str:
    if text(row, "held") == "true":
        return HELD
    return DESCRIBED if text(row, "described") == "true" else CITED


def grouped(rows: Sequence[DocumentRow], by: str) -> list[tuple[str, list[DocumentRow]]]:
    """Documents by series or by kind: groups with a text that is held first, those of no series or kind last.

    In each group what is held comes first, then what is described, then what is only cited.
    """
    states = list(STATES)
    groups: dict[str, list[DocumentRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: states.index(row.state)):
        groups[group_of(row, by)].append(row)
    last = ("kind not known", "Other texts")
    return sorted(
        groups.items(),
        key=lambda group: (group[0] in last, states.index(group[1][0].state), group[0].casefold()),
    )


def group_of(row: DocumentRow, by: str) -> str:
    """The group that a document is in, by series or by kind."""
    return row.kind if by == "kind" else row.series
