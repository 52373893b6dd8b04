"""The folder ``data/registry`` → one frozen ``Registry``: names, aliases, what they mean, and the digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from treatygraph.model.errors import RegistryError, Where
from treatygraph.registry.facts import Facts, Source
from treatygraph.registry.loading import TomlFile, check_tables, read_toml
from treatygraph.registry.names import CONFIRMED, NAME_TABLES, TOGETHER, TRANSLATED, Names, names_of
from treatygraph.registry.provisions import ProvisionTable, load_provisions
from treatygraph.registry.read_facts import FACT_TABLES, facts_of, sources_of
from treatygraph.registry.values import Registry

PROVISIONS: Final = "provisions"
"""The folder, below the registry's, of the files that hold the structure of instruments."""


def load_registry(folder: Path) -> Registry:
    """All names that the registry's files give, checked against each other.

    Raises ``RegistryError``, naming file, line and remedy, for a file that is not TOML, an unknown table or field, a
    key that stands twice, an alias that means two things in one scope, a parent or scope that is not held, or a
    template that gives no key.
    """
    files = read_folder(folder)
    names = names_of(files)
    facts_in(files, names)
    return registry_of(names, load_provisions(folder / PROVISIONS), folder)


def registry_of(names: Names, provisions: Mapping[str, ProvisionTable], folder: Path) -> Registry:
    """The registry with those names and provisions, and the digest of *folder*.

    Raises ``RegistryError`` for provisions of an instrument that is not named.
    """
    instruments = dict(names.instruments)
    for key, table in provisions.items():
        if key not in instruments:
            raise RegistryError(
                f"The provisions are those of {key!r}, which is not named",
                where=Where(f"{PROVISIONS}/{key.removeprefix('treaty/')}.toml"),
                remedy="Add [[instrument]] with that key to instruments.toml.",
            )
        held = replace(instruments[key], structure_held=True, provisions=table.provisions)
        instruments[key] = held
    return Registry(
        instruments,
        names.bodies,
        names.groups,
        names.tools,
        names.texts,
        folder_digest(folder),
        names.together,
    )


def read_folder(folder: Path) -> tuple[TomlFile, ...]:
    """The TOML files of the registry, sorted by name; raises ``RegistryError`` for what is not one."""
    if not folder.is_dir():
        raise RegistryError(
            "There is no registry",
            where=Where(str(folder)),
            remedy="Name the folder that holds instruments.toml.",
        )
    files = tuple(read_toml(path) for path in sorted(folder.glob("*.toml")))
    for file in files:
        check_tables(file, (*NAME_TABLES, CONFIRMED, TOGETHER, TRANSLATED, *FACT_TABLES))
    return files


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the registry's TOML and Turtle files, sorted by name, in hexadecimal."""
    total = hashlib.sha256()
    paths = (path for path in folder.rglob("*") if path.suffix in (".toml", ".ttl") and path.is_file())
    for path in sorted(paths, key=lambda each: each.relative_to(folder).as_posix()):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def facts_in(files: tuple[TomlFile, ...], names: Names) -> tuple[tuple[Facts, ...], dict[str, Source]]:
    """The facts of each file, and the sources of all; raises ``RegistryError`` as ``load_registry``."""
    sources = sources_of(files)
    facts = tuple(facts_of(file, sources, names) for file in files)
    _check_actions(facts)
    for key, confirming in names.confirmed.items():
        if not confirming or not sources.keys() >= set(confirming):
            raise RegistryError(
                f"The name of {key} is confirmed by a source that is not listed",
                where=Where("names-confirmed.toml"),
                remedy="Make the file again with scripts/confirm_names.py.",
            )
    return facts, sources


def _check_actions(facts: tuple[Facts, ...]) -> None:
    names: set[str] = set()
    for one in facts:
        for action in one.actions:
            if action.name in names:
                raise _action_error(
                    one, f"Two actions are named {action.name!r}", "Give each a name of its own."
                )
            names.add(action.name)
    for one in facts:
        for action in one.actions:
            for name in action.endorsed_actions:
                if name not in names:
                    raise _action_error(one, f"No action is named {name!r}", "Add [[action]] with that name.")


def _action_error(facts: Facts, what: str, remedy: str) -> RegistryError:
    return RegistryError(what, where=Where(f"{facts.name}.toml"), remedy=remedy)
