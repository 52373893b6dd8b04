"""What is known of one marked stretch of a text: its target or the reason for none, rule, facts, other mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.cite.rules import RULES
from treatygraph.graph.iris import iri, key_of
from treatygraph.graph.terms import OA, RDFS, TG
from treatygraph.web.asking import Asker, Row
from treatygraph.web.names import page_of, term_label
from treatygraph.web.pages.gaps import reason_words
from treatygraph.web.pages.links import cell, link, text
from treatygraph.web.pages.values import Link
from treatygraph.web.reader_text import Span

SHOWN_FACTS: Final = 12
SHOWN_OTHERS: Final = 40

MARKS: Final = {
    "provision": "provision",
    "treaty": "provision",
    "act": "act",
    "document": "document",
    "publication": "document",
    "happening": "happening",
    "clause": "act",
}
"""The class of hue and sign of each kind of mention; the kinds that are not here have none of the four."""


_EXPLAINED: Final = frozenset(rule.id for rule in RULES)


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement that the words support."""

    subject: Link | None
    """None where it is the target itself."""
    property: str
    value: Link


@dataclass(frozen=True, slots=True)
class Other:
    """Another stretch: an anchor of the same page."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """The same words in several places of the page."""

    words: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """All that is shown of one stretch."""

    span: Span
    href: str
    """Its own page."""
    mark: str | None
    title: str
    """What it is: "provision", "clause of an action"."""
    words: str
    targets: tuple[Link, ...]
    reason: str | None
    candidates: tuple[str, ...]
    """What it could have meant, where it has no target."""
    rule: str | None
    rule_href: str | None
    """Where the rule is explained."""
    item: Link | None
    """The agenda item that it says something of."""
    facts: tuple[Stated, ...]
    more_facts: int
    here: tuple[Other, ...]
    """Other stretches around or inside it."""
    others: tuple[Said, ...]
    """Other mentions of the same in this text."""
    more_others: int


def note_of(ask: Asker, expression: NamedNode, span: Span, spans: Sequence[Span], words: str) -> Note:
    """The note of a span; *spans* are those of the whole text, *words* its characters."""
    node = iri(span.key)
    held = _values(ask.rows("reader_note", thing=node))
    targets = tuple(held[OA.hasBody.value]) if span.is_citation else _itself(held, node)
    about = {each.iri for each in targets}
    facts = _facts(ask.rows("supports", thing=node), about)
    others = _others(ask, node, expression) if span.is_citation else []
    reason, rule = _first(held, TG.reason), _first(held, TG.rule)
    return Note(
        span=span,
        href=page_of(node.value) or "",
        mark=MARKS.get(span.kind),
        title=_title(span),
        words=words,
        targets=targets,
        reason=reason_words(reason.iri) if reason else None,
        candidates=tuple(each.words for each in held[TG.candidate.value]),
        rule=rule.words if rule else None,
        rule_href=_rule_page(rule.words) if rule else None,
        item=_first(held, TG.agendaItem),
        facts=tuple(facts[:SHOWN_FACTS]),
        more_facts=max(0, len(facts) - SHOWN_FACTS),
        here=tuple(Other(each.name, _title(each)) for each in spans if _touches(span, each)),
        others=_said(others[:SHOWN_OTHERS]),
        more_others=max(0, len(others) - SHOWN_OTHERS),
    )


def _values(rows: Sequence[Row]) -> dict[str, list[Link]]:
    """Property → its values; none for what is not there."""
    held: dict[str, dict[str, Link]] = defaultdict(dict)
    for row in rows:
        value = cell(row, "value", "label")
        if value is not None:
            held[row["property"].value].setdefault(row["value"].value, value)
    return defaultdict(list, {name: list(values.values()) for name, values in held.items()})


def _first(held: dict[str, list[Link]], predicate: NamedNode) -> Link | None:
    return next(iter(held[predicate.value]), None)


def _others(ask: Asker, node: NamedNode, expression: NamedNode) -> list[Other]:
    rows = ask.rows("reader_same", thing=node, expression=expression)
    return [Other(key_of(row["other"].value).rpartition("/")[2], text(row, "exact") or "") for row in rows]


def _said(others: Sequence[Other]) -> tuple[Said, ...]:
    """Words → their places, in order of print."""
    places: dict[str, list[str]] = defaultdict(list)
    for each in others:
        places[" ".join(each.words.split())].append(each.name)
    return tuple(Said(words, tuple(names)) for words, names in places.items())


def _rule_page(rule: str) -> str:
    return f"/rules#{rule.replace('/', '-') if rule in _EXPLAINED else 'others'}"


def _itself(held: dict[str, list[Link]], node: NamedNode) -> tuple[Link, ...]:
    """An action is the thing that its clause tells of; a passage only says something of others."""
    if not key_of(node).startswith("act"):
        return ()
    label = _first(held, RDFS.label)
    return (link(node, [Literal(label.words)] if label else ()),)


def _title(span: Span) -> str:
    if span.kind == "clause":
        return f"what is done here: {verb_words(span)}" if span.verb else "what is done here"
    return "words that say a fact" if span.kind == "passage" else span.kind


def verb_words(span: Span) -> str:
    """The verb of an action in words."""
    return (span.verb or "action").rpartition("/")[2].replace("-", " ")


def _facts(rows: Sequence[Row], about: Set[str | None]) -> list[Stated]:
    found: dict[str, Stated] = {}
    for row in rows:
        subject, value, edge = cell(row, "subject"), cell(row, "value"), text(row, "edge")
        if subject and value and edge and (predicate := text(row, "property")):
            found[edge] = Stated(None if subject.iri in about else subject, term_label(predicate), value)
    return list(found.values())


def _touches(span: Span, other: Span) -> bool:
    return other.name != span.name and max(span.start, other.start) < min(span.end, other.end)
