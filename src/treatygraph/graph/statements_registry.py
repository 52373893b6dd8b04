"""The registry's folder → one named graph for each of its files, every fact with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from treatygraph.graph.iris import THINGS, iri
from treatygraph.graph.statements_registry_actions import action_fact
from treatygraph.graph.statements_registry_facts import (
    body_fact,
    gap_statement,
    happening_fact,
    instrument_fact,
    item_titles,
    text_fact,
)
from treatygraph.graph.statements_registry_names import name_statements
from treatygraph.graph.statements_registry_provisions import provision_statements, source_of
from treatygraph.graph.statements_registry_sheet import Sheet
from treatygraph.model.errors import RegistryError, Where
from treatygraph.registry.facts import ActionFact, Facts, Source
from treatygraph.registry.load import PROVISIONS, facts_in, read_folder, registry_of
from treatygraph.registry.names import Names, names_of
from treatygraph.registry.provisions import load_provisions
from treatygraph.registry.values import Body, Instrument, Named, Registry


def registry_quads(folder: Path) -> dict[str, list[Quad]]:
    """The graphs of the registry in *folder*: ``graph/registry/{file stem}`` → its quads, sorted.

    The provisions of an instrument are in ``graph/registry/provisions/{short name}``.

    A TOML file gives what its tables say; a Turtle file gives its triples as they are. Raises ``RegistryError`` as
    ``load_registry`` does, and for Turtle that is not well formed or holds a blank node.
    """
    files = read_folder(folder)
    names = names_of(files)
    tables = load_provisions(folder / PROVISIONS)
    registry = registry_of(names, tables, folder)
    facts, sources = facts_in(files, names)
    sheets = _sheets(registry, names, facts, sources)
    for key, table in tables.items():
        name = f"{PROVISIONS}/{key.removeprefix('treaty/')}"
        source = source_of(table)
        sheets[name] = Sheet(name, registry, {source.key: source})
        provision_statements(sheets[name], table)
    graphs = {f"graph/registry/{name}": list(sheet.statements.quads()) for name, sheet in sheets.items()}
    for path in sorted(folder.glob("*.ttl")):
        key = f"graph/registry/{path.stem}"
        if key in graphs:
            raise RegistryError(
                "Two files of the registry have one name",
                where=Where(path.name),
                remedy="Rename one of them.",
            )
        graphs[key] = turtle_quads(path, key)
    return {key: quads for key, quads in sorted(graphs.items()) if quads}


def _sheets(
    registry: Registry, names: Names, facts: Iterable[Facts], sources: Mapping[str, Source]
) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    facts = tuple(facts)
    titles = item_titles(happening for one in facts for happening in one.happenings)
    for one in facts:
        sheets[one.name] = Sheet(one.name, registry, sources, titles)
    tables: tuple[Mapping[str, Instrument | Body | Named], ...] = (
        registry.instruments,
        registry.bodies,
        registry.groups,
        registry.tools,
        registry.texts,
    )
    for table in tables:
        for key, entry in table.items():
            name_statements(sheets[names.files[key]], entry, names.confirmed.get(key, ()))
    actions = {action.name: action for one in facts for action in one.actions}
    for one in facts:
        _state(sheets[one.name], one, actions)
    return sheets


def _state(sheet: Sheet, facts: Facts, actions: Mapping[str, ActionFact]) -> None:
    for happening in facts.happenings:
        happening_fact(sheet, happening)
    for text in facts.texts:
        text_fact(sheet, text)
    for action in facts.actions:
        action_fact(sheet, action, actions)
    for body in facts.bodies:
        body_fact(sheet, body)
    for instrument in facts.instruments:
        instrument_fact(sheet, instrument)
    for gap in facts.gaps:
        gap_statement(sheet, gap)


def turtle_quads(path: Path, key: str) -> list[Quad]:
    """The triples of a Turtle file, in the graph of that *key*, sorted; raises ``RegistryError``."""
    graph = iri(key)
    try:
        triples = list(parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=THINGS))
    except SyntaxError as error:
        raise RegistryError(
            f"The file is not Turtle: {error.msg}",
            where=Where(path.name, error.lineno, error.offset),
            remedy="Mend the line.",
        ) from error
    for triple in triples:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            raise RegistryError(
                "The file holds a blank node, which has no name that two builds would share",
                where=Where(path.name, thing=str(triple)),
                remedy="Give the node an IRI.",
            )
    return sorted((Quad(each.subject, each.predicate, each.object, graph) for each in triples), key=str)
