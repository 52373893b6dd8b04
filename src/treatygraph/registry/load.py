"""The folder ``data/registry`` → one frozen ``Registry``: names, aliases, what they mean, and the digest."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from treatygraph.model.errors import RegistryError, Where
from treatygraph.registry.loading import TomlFile, check_tables, read_toml
from treatygraph.registry.names import NAME_TABLES, Names, names_of
from treatygraph.registry.values import Registry

FACT_TABLES: Final = (
    "source",
    "session",
    "meeting",
    "act",
    "document",
    "action",
    "body_fact",
    "instrument_fact",
    "gap",
)
"""The tables that say what happened (see ``treatygraph.registry.facts``)."""


def load_registry(folder: Path) -> Registry:
    """All names that the registry's files give, checked against each other.

    Raises ``RegistryError``, naming file, line and remedy, for a file that is not TOML, an unknown table or field, a
    key that stands twice, an alias that means two things in one scope, a parent or scope that is not held, or a
    template that gives no key.
    """
    return registry_of(names_of(read_folder(folder)), folder)


def registry_of(names: Names, folder: Path) -> Registry:
    """The registry with those names, and the digest of *folder*."""
    return Registry(
        names.instruments, names.bodies, names.groups, names.tools, names.texts, folder_digest(folder)
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
        check_tables(file, (*NAME_TABLES, *FACT_TABLES))
    return files


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the registry's files, sorted by name, in hexadecimal."""
    total = hashlib.sha256()
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    for path in sorted(paths, key=lambda each: each.relative_to(folder).as_posix()):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
