"""Statements about what the registry knows to have happened: happenings, texts, bodies, instruments."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.describe import concept
from treatygraph.graph.evidence import boolean, date, integer, label
from treatygraph.graph.iris import item_key
from treatygraph.graph.labels import ADOPTION, item_order
from treatygraph.graph.statements_registry_sheet import Sheet
from treatygraph.graph.terms import RDFS, TG
from treatygraph.registry.facts import (
    BodyFact,
    Gap,
    HappeningFact,
    InstrumentFact,
    Item,
    PartyCount,
    TextFact,
)


def happening_fact(sheet: Sheet, fact: HappeningFact) -> None:
    """States a session or meeting: who held it, where, when, during what, and its agenda."""
    node, evidence = sheet.describe(fact.key), fact.evidence
    sheet.facts(node, TG.heldBy, fact.held_by, evidence.of("held_by"))
    sheet.dates(node, fact.date, evidence)
    sheet.fact(node, TG.during, fact.during, evidence.of("during"))
    sheet.fact(node, TG.jointWith, fact.joint_with, evidence.of("joint_with"))
    for predicate, words, name in (
        (TG.place, fact.place, "place"),
        (TG.mode, fact.mode, "mode"),
        (TG.participation, fact.participation, "participation"),
    ):
        if words is not None:
            sheet.fact(node, predicate, Literal(words), evidence.of(name))
    for topic in fact.topics:
        sheet.fact(node, RDFS.comment, label(f"Topic: {topic}"), evidence.of("topics"))
    for order, item in enumerate(fact.items, start=1):
        _item(sheet, fact, item, order)
    if fact.full_agenda:
        sheet.statements.add(node, TG.fullAgenda, boolean(True))
    sheet.note(node, fact.note)


def item_path(number: str) -> tuple[str, ...]:
    """The steps of an item's number: "5 (b)" → ("5", "b")."""
    return tuple(number.replace("(", " ").replace(")", " ").split())


def _printed(path: tuple[str, ...]) -> str:
    return " ".join((path[0], *(f"({step})" for step in path[1:])))


def item_titles(happenings: Iterable[HappeningFact]) -> dict[str, str]:
    """The titles of agenda items, by the key of the item."""
    return {
        item_key(fact.key, item_path(item.number)): item.title for fact in happenings for item in fact.items
    }


def _item_node(sheet: Sheet, happening: str, path: tuple[str, ...]) -> NamedNode:
    """An agenda item, which its printed number makes part of the items above it, each with a number of its own."""
    key = item_key(happening, path)
    title, number = sheet.item_titles.get(key), _printed(path)
    name = f"Item {number}: {title}" if title else f"Item {number}, {sheet.describe.name(happening)}"
    node = sheet.statements.node(key, TG.AgendaItem, name)
    sheet.statements.add(node, TG.number, Literal(number))
    above = _item_node(sheet, happening, path[:-1]) if len(path) > 1 else sheet.describe(happening)
    sheet.statements.add(node, TG.partOf, above)
    return node


def _item(sheet: Sheet, fact: HappeningFact, item: Item, order: int) -> None:
    keys = fact.evidence.of("item")
    node = _item_node(sheet, fact.key, item_path(item.number))
    if len(fact.items) > 1:
        sheet.statements.add(node, TG.order, integer(item_order(item.number, order)))
    sheet.fact(node, TG.title, label(item.title), keys)
    for key in item.concerns:
        whole = key.count("/") == 1
        sheet.fact(node, TG.concernsInstrument if whole else TG.concernsProvision, key, keys)
    sheet.note(node, item.note)


def text_fact(sheet: Sheet, fact: TextFact) -> None:
    """States a document, or a numbered decision or resolution together with its adoption."""
    node, evidence = sheet.describe(fact.key), fact.evidence
    sheet.title(node, fact.title, evidence)
    sheet.dates(node, fact.date, evidence)
    if fact.kind:
        sheet.statements.add(node, TG.documentKind, concept("document-kind", fact.kind))
    sheet.fact(node, TG.documentOf, fact.body, evidence.of("body"))
    sheet.fact(node, TG.reportOf, fact.report_of, evidence.of("report_of"))
    sheet.fact(node, TG.submittedTo, fact.submitted_to, evidence.of("submitted_to"))
    sheet.facts(node, TG.regarding, fact.regarding, evidence.of("regarding"))
    sheet.facts(node, TG.cites, fact.cites, evidence.of("cites"))
    if fact.item and fact.submitted_to:
        _documentation(sheet, fact, node, fact.submitted_to, fact.item)
    if fact.adopted_at:
        _adoption(sheet, fact, node, fact.adopted_at)
    sheet.note(node, fact.note)


def _documentation(sheet: Sheet, fact: TextFact, node: NamedNode, happening: str, number: str) -> None:
    """An item that only a document under it makes known has a number and no title."""
    item = _item_node(sheet, happening, item_path(number))
    sheet.statements.edge(item, TG.documentation, node, sources=sheet.cite(fact.evidence.of("item")))


def _adoption(sheet: Sheet, fact: TextFact, node: NamedNode, session: str) -> None:
    statements, keys = sheet.statements, fact.evidence.of("adopted_at")
    action = statements.node(fact.key + ADOPTION, TG.Action, f"Adoption of {sheet.describe.name(fact.key)}")
    statements.add(action, TG.verb, concept("verb", "adopt"))
    statements.add(action, TG.modality, concept("modality", "decision"))
    sheet.fact(action, TG.adopts, node, keys)
    sheet.fact(action, TG.actor, fact.body, keys)
    sheet.fact(action, TG.source, session, keys)
    sheet.fact(action, TG.occasion, session, keys)
    sheet.dates(action, fact.date, fact.evidence)


def body_fact(sheet: Sheet, fact: BodyFact) -> None:
    """States what a source says of a body."""
    node = sheet.describe(fact.key)
    sheet.fact(node, TG.secretariat, fact.secretariat, fact.evidence.of("secretariat"))
    sheet.note(node, fact.note)


def instrument_fact(sheet: Sheet, fact: InstrumentFact) -> None:
    """States when a treaty was adopted and entered into force, where it is printed, and how many parties it had."""
    node, evidence = sheet.describe(fact.key), fact.evidence
    sheet.dates(node, fact.adopted, evidence, "adopted")
    if fact.entry_into_force:
        sheet.fact(node, TG.entryIntoForce, date(fact.entry_into_force), evidence.of("entry_into_force"))
    sheet.fact(node, TG.publishedIn, fact.published_in, evidence.of("published_in"))
    for count in fact.parties:
        _count(sheet, fact.key, node, count)
    sheet.note(node, fact.note)


def _count(sheet: Sheet, treaty: str, treaty_node: NamedNode, count: PartyCount) -> None:
    key = f"{treaty}/parties/{count.date.text.replace('/', '--')}"
    name = f"{count.count} parties, {count.date.text}: {sheet.describe.name(treaty)}"
    node = sheet.statements.node(key, TG.PartyCount, name)
    sheet.statements.add(node, TG.countOf, treaty_node)
    sheet.fact(node, TG.count, integer(count.count), count.sources, disputed=count.disputed)
    sheet.period(node, count.date, count.sources)


def gap_statement(sheet: Sheet, gap: Gap) -> None:
    """States what is known to be missing."""
    sheet.statements.add(sheet.describe(gap.about), TG.gap, label(gap.text))
