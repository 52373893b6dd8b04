"""``data/registry/provisions/*.toml`` → the provisions of each instrument whose structure is held.

A file holds no text of the instrument: one row a provision (path, kind, number, title, and where it starts and
ends in the text that was read), the source of that text with its hash, and the repairs of its print. The files
are made by ``treatygraph provisions`` and never edited by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from treatygraph.model.errors import RegistryError
from treatygraph.model.text import Repair, Span
from treatygraph.registry.loading import Row, TomlFile, check_tables, read_toml, rows_of
from treatygraph.registry.values import Provision

KINDS: Final = (
    "annex",
    "appendix",
    "article",
    "chapter",
    "paragraph",
    "part",
    "schedule",
    "section",
    "subparagraph",
)
"""The kinds of provision that a file may name (concepts of the list ``subdivision``), sorted."""
_TABLES: Final = ("instrument", "title", "source", "repair", "provisions")
_REMAKE: Final = "Make the file again with `treatygraph provisions`."
_ROW: Final = 6

Path_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvisionTable:
    """The structure of one instrument.

    ``instrument`` is its key, ``title`` as printed; ``document`` is the key of the text that was read, ``address``
    and ``seen`` say where that text came from, ``text_sha256`` which text it was. ``provisions`` and ``spans``
    have the same paths in order of print; spans are code points of that text.
    """

    instrument: str
    title: str
    document: str
    address: str
    seen: str
    text_sha256: str
    provisions: Mapping[Path_, Provision]
    spans: Mapping[Path_, Span]
    repairs: tuple[Repair, ...] = ()


def load_provisions(folder: Path) -> Mapping[str, ProvisionTable]:
    """The tables of *folder* by key of instrument, sorted; empty where there is no such folder.

    Raises ``RegistryError``, naming file, line and remedy, for a file that is not TOML, a row that is not one, a
    path that stands twice or whose parent is missing, or an instrument that two files claim.
    """
    tables: dict[str, ProvisionTable] = {}
    for path in sorted(folder.glob("*.toml")):
        file = read_toml(path)
        table = table_of(file)
        if table.instrument in tables:
            raise RegistryError(
                f"{table.instrument} has two files of provisions",
                where=file.where(table.instrument),
                remedy="Keep one of them.",
            )
        tables[table.instrument] = table
    return MappingProxyType(dict(sorted(tables.items())))


def table_of(file: TomlFile) -> ProvisionTable:
    """The table that a file holds; raises ``RegistryError`` as ``load_provisions``."""
    check_tables(file, _TABLES)
    head = Row(file, "", file.tables)
    source = head.sub("source", file.tables.get("source")).only("document", "address", "seen", "text_sha256")
    provisions: dict[Path_, Provision] = {}
    spans: dict[Path_, Span] = {}
    for row in head.mixed("provisions"):
        provision, span = _provision(head, row)
        if provision.path in provisions:
            raise _error(file, row, "the path stands twice")
        provisions[provision.path], spans[provision.path] = provision, span
    if not provisions:
        raise head.error("there are no provisions", _REMAKE)
    return ProvisionTable(
        head.text("instrument"),
        head.text("title"),
        source.text("document"),
        source.text("address"),
        source.text("seen"),
        source.text("text_sha256"),
        MappingProxyType(provisions),
        MappingProxyType(spans),
        tuple(_repair(row) for row in rows_of(file, "repair")),
    )


def _provision(head: Row, row: Any) -> tuple[Provision, Span]:
    """One row of the table ``provisions``: path, kind, number, title ("" for none), start, end."""
    types = (str, str, str, str, int, int)
    if (
        not isinstance(row, list)
        or len(row) != _ROW
        or not all(isinstance(value, kind) for value, kind in zip(row, types, strict=True))
    ):
        raise _error(head.file, row, "a row is [path, kind, number, title, start, end]")
    path, kind, number, title, start, end = row
    steps = tuple(path.split("/"))
    if not all(steps) or kind not in KINDS:
        raise _error(head.file, row, f"{path!r} is no path, or {kind!r} is none of {', '.join(KINDS)}")
    if not 0 <= start < end:
        raise _error(head.file, row, "a provision ends behind its start")
    return Provision(steps, kind, number, title or None), Span(start, end)


def _repair(row: Row) -> Repair:
    row.only("start", "end", "before", "after", "reason")
    start, end = row.number("start"), row.number("end")
    before = row.fields.get("before", "")
    if start is None or end is None or not 0 <= start <= end or not isinstance(before, str):
        raise row.error("a repair has a start, an end and what was printed", _REMAKE)
    return Repair(Span(start, end), before, row.text("after"), row.text("reason"))


def _error(file: TomlFile, row: Any, what: str) -> RegistryError:
    first = row[0] if isinstance(row, list) and row and isinstance(row[0], str) else ""
    return RegistryError(f"{first or row}: {what}", where=file.where(f'"{first}"'), remedy=_REMAKE)
