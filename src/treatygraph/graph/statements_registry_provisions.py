"""Statements about the provisions of an instrument whose structure is held, each with its place in the whole."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.describe import concept
from treatygraph.graph.evidence import label
from treatygraph.graph.iris import digest
from treatygraph.graph.labels import parents
from treatygraph.graph.statements_registry_sheet import Sheet
from treatygraph.graph.terms import ELI, TG
from treatygraph.registry.facts import Source
from treatygraph.registry.provisions import ProvisionTable
from treatygraph.registry.values import Provision

_DIVISIONS: Final = ("part", "chapter", "section")
"""Units that hold articles which their keys do not name."""


def source_of(table: ProvisionTable) -> Source:
    """The source of a structure: the text that was read, no words of it quoted."""
    return Source(f"source/{digest(table.address, None)}", table.address, table.seen)


def provision_statements(sheet: Sheet, table: ProvisionTable) -> None:
    """States each provision: number, kind, title, what it is part of; and the title of the whole."""
    source = source_of(table)
    treaty = sheet.describe(table.instrument)
    sheet.fact(treaty, TG.title, label(table.title), (source.key,))
    for path, provision in table.provisions.items():
        sheet.describe.known(_key(table, path))
        _provision(sheet, table, provision, source)
    for division, article in _contained(table):
        sheet.statements.add(sheet.describe(division), ELI.has_part, sheet.describe(article))


def _key(table: ProvisionTable, path: tuple[str, ...]) -> str:
    return "/".join((table.instrument, *path))


def _provision(sheet: Sheet, table: ProvisionTable, provision: Provision, source: Source) -> None:
    key, add = _key(table, provision.path), sheet.statements.add
    node: NamedNode = sheet.statements.node(key, TG.Provision, sheet.describe.name(key))
    above = sheet.describe(parents(key)[0])
    add(node, ELI.is_part_of, above)
    add(above, ELI.has_part, node)
    add(node, ELI.type_subdivision, concept("subdivision", provision.kind))
    add(node, ELI.number, Literal(provision.number))
    add(node, ELI.id_local, Literal("/".join(provision.path)))
    if provision.title:
        sheet.fact(node, TG.title, label(provision.title), (source.key,))


def _contained(table: ProvisionTable) -> list[tuple[str, str]]:
    """Each part, chapter or section with each article that stands in it, by the spans of the text that was read."""
    pairs: list[tuple[str, str]] = []
    for path, provision in table.provisions.items():
        if provision.kind not in _DIVISIONS:
            continue
        span = table.spans[path]
        pairs.extend(
            (_key(table, path), _key(table, other))
            for other, inner in table.provisions.items()
            if inner.kind == "article" and span.contains(table.spans[other])
        )
    return pairs
