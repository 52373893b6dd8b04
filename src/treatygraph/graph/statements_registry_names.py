"""Statements about what the registry names: instruments with their provisions, bodies, groups, tools, texts."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.evidence import boolean, label
from treatygraph.graph.iris import iri
from treatygraph.graph.statements_registry_sheet import Sheet
from treatygraph.graph.terms import ORG, PROV, SKOS, TG
from treatygraph.registry.values import Body, Instrument, Named

_CLASSES: Final = {"group": TG.Group, "tool": TG.Tool, "document": TG.Document}


def name_statements(sheet: Sheet, entry: Instrument | Body | Named, confirmed_by: tuple[str, ...]) -> None:
    """States one entry of the name tables, and the sources (by key) that confirm its name."""
    for source in sheet.cite(confirmed_by):
        sheet.statements.add(iri(entry.key), PROV.hadPrimarySource, source)
    if isinstance(entry, Instrument):
        _instrument(sheet, entry)
    elif isinstance(entry, Body):
        _body(sheet, entry)
    else:
        _named(sheet, entry, _CLASSES[entry.key.split("/", 1)[0]])


def _named(sheet: Sheet, entry: Instrument | Body | Named, cls: NamedNode) -> NamedNode:
    node = sheet.statements.node(entry.key, cls, entry.name)
    sheet.describe.known(entry.key)
    for alias in entry.aliases:
        sheet.statements.add(node, SKOS.altLabel, label(alias.text, alias.language))
    if entry.unverified:
        sheet.statements.add(node, TG.unverified, boolean(True))
    return node


def _instrument(sheet: Sheet, entry: Instrument) -> None:
    node = _named(sheet, entry, TG.Treaty)
    sheet.statements.add(node, TG.structureHeld, boolean(entry.structure_held))
    if entry.supplements:
        sheet.statements.add(node, TG.supplements, sheet.describe(entry.supplements))


def _body(sheet: Sheet, entry: Body) -> None:
    node = _named(sheet, entry, TG.Body)
    add = sheet.statements.add
    if entry.parent:
        add(node, ORG.subOrganizationOf, sheet.describe(entry.parent))
        sheet.statements.types(node, ORG.OrganizationalUnit)
    if entry.founding_treaty:
        add(node, TG.foundingTreaty, sheet.describe(entry.founding_treaty))
    for symbol in (entry.symbol, *entry.other_symbols):
        if symbol:
            add(node, TG.symbolSeries, Literal(symbol))
    if entry.kind:
        add(node, ORG.classification, iri(f"concept/body-kind/{entry.kind}"))
