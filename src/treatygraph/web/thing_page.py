"""The page of a thing as values: rows of the graph → head, facts with their evidence, what points here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import THINGS, iri, key_of
from treatygraph.graph.terms import ELI, RDF, RDFS, SUPERPROPERTIES, TG
from treatygraph.web.asking import Asker, Row
from treatygraph.web.names import compact, kinds, page_of, term_label

Term = NamedNode | Literal

SHOWN_INCOMING: Final = 50
"""How many things that point here by one property are listed (the LIMIT of incoming.rq)."""

_IN_HEAD = frozenset({RDF.type, RDFS.label, TG.key})
_LANGUAGES = ("en", "", "fr", "es")
_IDENTIFIERS = (TG.symbol, TG.number, ELI.number)


@dataclass(frozen=True, slots=True)
class Link:
    """A term on a page: its words, the address of its page (None: plain text), its IRI or datatype."""

    words: str
    href: str | None = None
    iri: str | None = None
    language: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The stretch of a text that says so, with the few characters around it; or a registry source."""

    support: Link | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    expression: Link | None = None
    start: str | None = None
    rule: str | None = None
    address: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a property, and the words that say so (none for structure and names)."""

    value: Link
    evidence: tuple[Words, ...] = ()
    where: tuple[str, ...] = ()
    listed_as: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the page: its label, its prefixed name, its page, its values."""

    label: str
    name: str
    href: str | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What points here by one property: how many, and the first of them."""

    label: str
    name: str
    iri: str
    count: int
    things: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ThingPage:
    """All that ``thing.html`` shows; ``statements`` are those in a named graph of that name."""

    key: str
    iri: str
    label: str
    kinds: tuple[str, ...]
    identifier: str | None
    words: tuple[Words, ...]
    properties: tuple[Property, ...]
    incoming: tuple[Incoming, ...]
    held: bool
    statements: int


def thing_page(asker: Asker, key: str) -> ThingPage:
    """The page of the thing with that key, which is in the graph."""
    node = iri(key)
    rows = asker.rows("facts", thing=node)
    evidence = _evidence(asker.rows("evidence", thing=node))
    values: dict[NamedNode, dict[Term, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        labels = values[_named(row["property"])][row["value"]]
        if isinstance(label := row.get("label"), Literal):
            labels.append(label)
    types = [term for term in values.get(RDF.type, {}) if isinstance(term, NamedNode)]
    names = [term for term in values.get(RDFS.label, {}) if isinstance(term, Literal)]
    return ThingPage(
        key=key,
        iri=node.value,
        label=_best(names) or key,
        kinds=tuple(kinds(types)),
        identifier=next((term.value for each in _IDENTIFIERS for term in values.get(each, {})), None),
        words=tuple(_words(row) for row in asker.rows("words", thing=node)),
        properties=_properties(values, evidence),
        incoming=_incoming(asker, node),
        held=bool(rows),
        statements=sum(int(row["count"].value) for row in asker.rows("statements", thing=node)),
    )


def link(term: Term, labels: Iterable[Literal] = ()) -> Link:
    """A term as words and, for things and terms of ours, the address of the page; a foreign IRI links to itself."""
    if isinstance(term, Literal):
        datatype = compact(term.datatype.value)
        plain = term.language or datatype in (
            "xsd:string",
            "xsd:date",
            "xsd:integer",
            "xsd:boolean",
            "xsd:time",
        )
        return Link(term.value, language=term.language, note=None if plain else datatype)
    href = page_of(term.value)
    words = _best(labels) or (key_of(term) if term.value.startswith(THINGS) else compact(term.value))
    if href is None and term.value.startswith(("http://", "https://")):
        href = term.value
    return Link(words, href, term.value)


def _properties(
    values: dict[NamedNode, dict[Term, list[Literal]]], evidence: dict[tuple[NamedNode, Term], Fact]
) -> tuple[Property, ...]:
    found = []
    for predicate in values.keys() - _IN_HEAD:
        facts = []
        for value, labels in values[predicate].items():
            if _said_by_narrower(values, predicate, value):
                continue
            known = evidence.get((predicate, value))
            facts.append(
                Fact(link(value, labels))
                if known is None
                else Fact(link(value, labels), known.evidence, known.where, known.listed_as, known.disputed)
            )
        if facts:
            facts.sort(key=lambda fact: (fact.value.words, fact.value.iri or ""))
            found.append(
                Property(
                    term_label(predicate.value),
                    compact(predicate.value),
                    page_of(predicate.value),
                    tuple(facts),
                )
            )
    # What is evidenced first: it is what the page is for.
    return tuple(sorted(found, key=lambda each: (not each.facts[0].evidence, each.label, each.name)))


def _said_by_narrower(
    values: dict[NamedNode, dict[Term, list[Literal]]], predicate: NamedNode, value: Term
) -> bool:
    """Whether a property below this one says the same (``tg:adopts`` below ``tg:object``)."""
    return any(
        predicate in SUPERPROPERTIES.get(other, ()) and value in held for other, held in values.items()
    )


def _evidence(rows: list[Row]) -> dict[tuple[NamedNode, Term], Fact]:
    grouped: dict[tuple[NamedNode, Term], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[_named(row["property"]), row["value"]].append(row)
    return {
        (predicate, value): Fact(
            link(value),
            tuple(dict.fromkeys(_words(row) for row in sorted(group, key=_order))),
            _column(group, "where"),
            _column(group, "listedAs"),
            "true" in _column(group, "disputed"),
        )
        for (predicate, value), group in grouped.items()
    }


def _order(row: Row) -> tuple[str, int, str]:
    start = row["start"].value if "start" in row else "0"
    by = row.get("support") or row.get("source")
    return (
        row["expression"].value if "expression" in row else "",
        int(start) if start.isdecimal() else 0,
        by.value if by else "",
    )


def _words(row: Row) -> Words:
    def text(name: str) -> str:
        return row[name].value if name in row else ""

    by = row.get("support") or row.get("source")
    label = row.get("expressionLabel")
    return Words(
        support=link(by) if by is not None else None,
        exact=text("exact"),
        prefix=text("prefix"),
        suffix=text("suffix"),
        expression=link(row["expression"], [label] if isinstance(label, Literal) else ())
        if "expression" in row
        else None,
        start=text("start") or None,
        rule=text("rule") or None,
        address=text("address") or None,
        seen=text("seen") or None,
    )


def _incoming(asker: Asker, node: NamedNode) -> tuple[Incoming, ...]:
    found: dict[NamedNode, Incoming] = {}
    for row in asker.rows("incoming_counts", thing=node):
        if "property" in row:
            predicate = _named(row["property"])
            found[predicate] = _pointing(asker, node, predicate, int(row["count"].value))
    narrowed = (_without_narrower(predicate, found) for predicate in found)
    return tuple(sorted((each for each in narrowed if each.count), key=lambda each: (each.label, each.name)))


def _pointing(asker: Asker, node: NamedNode, predicate: NamedNode, count: int) -> Incoming:
    labels: dict[Term, list[Literal]] = defaultdict(list)
    for row in asker.rows("incoming", thing=node, property=predicate):
        held = labels[row["subject"]]
        if isinstance(label := row.get("label"), Literal):
            held.append(label)
    things = tuple(link(term, names) for term, names in labels.items())
    return Incoming(term_label(predicate.value), compact(predicate.value), predicate.value, count, things)


def _without_narrower(predicate: NamedNode, found: dict[NamedNode, Incoming]) -> Incoming:
    """Leaves out what a property below this one says already, where all of it is listed."""
    group = found[predicate]
    if group.count > len(group.things):
        return group
    said = {
        thing
        for other, narrower in found.items()
        if predicate in SUPERPROPERTIES.get(other, ())
        for thing in narrower.things
    }
    things = tuple(thing for thing in group.things if thing not in said)
    return replace(group, count=len(things), things=things)


def _best(labels: Iterable[Literal]) -> str | None:
    """The label in the language that most readers have."""
    ranked = sorted(
        labels,
        key=lambda label: (
            _LANGUAGES.index(label.language or "")
            if (label.language or "") in _LANGUAGES
            else len(_LANGUAGES),
            label.value,
        ),
    )
    return ranked[0].value if ranked else None


def _column(rows: list[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({row[name].value for row in rows if name in row}))


def _named(term: Term) -> NamedNode:
    assert isinstance(term, NamedNode), "a property is an IRI"
    return term
