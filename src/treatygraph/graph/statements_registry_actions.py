"""Statements about actions that are known from the registry alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

from treatygraph.graph.describe import concept
from treatygraph.graph.iris import digest, iri
from treatygraph.graph.statements_registry_sheet import Sheet
from treatygraph.graph.terms import TG
from treatygraph.registry.facts import ActionFact

_RELATIONS: Final = {
    "adopts": TG.adopts,
    "establishes": TG.establishes,
    "renews": TG.renews,
    "amends": TG.amends,
    "endorses": TG.endorses,
    "object": TG.object,
}


def registry_action_key(fact: ActionFact) -> str:
    """The key of an action: from source text or meeting, actor, verb, addressee, and name in the registry's file."""
    source = iri(fact.source) if fact.source else None
    actors: list[NamedNode | None] = [iri(each) for each in fact.actors]
    addressee = iri(fact.addressees[0]) if fact.addressees else None
    return f"action/{digest(source, *(actors or [None]), fact.verb, addressee, fact.name)}"


def action_fact(sheet: Sheet, fact: ActionFact, named: Mapping[str, ActionFact]) -> None:
    """States an action, and one mandate for each body that it asks; *named* are all actions by name."""
    keys = fact.evidence.of
    node = _node(sheet, fact)
    sheet.fact(node, TG.source, fact.source, keys("source"))
    sheet.facts(node, TG.actor, fact.actors, keys("actors"))
    sheet.facts(node, TG.addressee, fact.addressees, keys("addressees"))
    for relation, values in fact.objects.items():
        sheet.facts(node, _RELATIONS[relation], values, keys(relation))
    for name in fact.endorsed_actions:
        sheet.fact(node, TG.endorses, _node(sheet, named[name]), keys("endorses_actions"))
    sheet.facts(node, TG.regarding, fact.regarding, keys("regarding"))
    sheet.fact(node, TG.occasion, fact.occasion, keys("occasion"))
    sheet.dates(node, fact.date, fact.evidence)
    sheet.note(node, fact.note)
    for body in fact.addressees:
        if body.startswith("body/"):
            _mandate(sheet, fact, node, body)


def _node(sheet: Sheet, fact: ActionFact) -> NamedNode:
    node = sheet.statements.node(registry_action_key(fact), TG.Action, _label(sheet, fact))
    sheet.statements.add(node, TG.verb, concept("verb", fact.verb))
    sheet.statements.add(node, TG.modality, concept("modality", fact.modality))
    return node


def _label(sheet: Sheet, fact: ActionFact) -> str:
    actors = ", ".join(sheet.describe.name(each) for each in fact.actors)
    words = f"{actors}: {fact.verb}" if actors else fact.verb
    source = sheet.describe.name(fact.source) if fact.source else ""
    return " — ".join(each for each in (words, fact.says, source) if each)


def _mandate(sheet: Sheet, fact: ActionFact, action: NamedNode, body: str) -> None:
    statements, keys = sheet.statements, fact.evidence.of
    name = f"{sheet.describe.name(body)}: {fact.says}"
    node = statements.node(f"mandate/{digest(action, iri(body))}", TG.Mandate, name)
    statements.add(node, TG.fromAction, action)
    statements.add(action, TG.mandate, node)
    sheet.fact(node, TG.addressee, body, keys("addressees"))
    sheet.facts(node, TG.givenBy, fact.actors, keys("actors"))
    sheet.facts(node, TG.regarding, fact.regarding, keys("regarding"))
    sheet.fact(node, TG.occasion, fact.occasion, keys("occasion"))
