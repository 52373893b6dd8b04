"""TOML files of the registry → tables with checked fields; every error names file, line, column and remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from treatygraph.model.errors import RegistryError, Where

_AT: Final = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")
_TABLE: Final = re.compile(r"\[\[[^.\]]+\]\]")
"""The head of a table that stands in no other."""

Kind = type | tuple[type, ...]


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file of the registry: its name and text (for the line of an error) and its tables as TOML has them."""

    name: str
    text: str
    tables: Mapping[str, Any]

    def where(self, needle: str = "", anchor: str = "") -> Where:
        """The place of the first line that holds *needle*; the file alone where none does.

        With an *anchor*, the search begins at the first line that holds it and ends with its table; where *needle*
        is not there, the place is that of the anchor.
        """
        lines = self.text.splitlines()
        first = next((at for at, line in enumerate(lines) if anchor and anchor in line), None)
        if first is None:
            return self._place(lines, needle, range(len(lines))) or Where(self.name)
        end = next((at for at in range(first + 1, len(lines)) if _TABLE.match(lines[at])), len(lines))
        found = self._place(lines, needle, range(first, end))
        return found or Where(self.name, first + 1, lines[first].find(anchor) + 1)

    def _place(self, lines: list[str], needle: str, among: range) -> Where | None:
        found = next((at for at in among if needle and needle in lines[at]), None)
        return None if found is None else Where(self.name, found + 1, lines[found].find(needle) + 1)


def read_toml(path: Path) -> TomlFile:
    """Reads a file of the registry; raises ``RegistryError`` when it is not UTF-8 or not TOML 1.0."""
    try:
        text = path.read_text(encoding="utf-8")
        return TomlFile(path.name, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise RegistryError(
            f"The file is not UTF-8: byte {error.start} begins no character",
            where=Where(path.name),
            remedy="Save the file as UTF-8.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path.name, text, str(error)) from error
    except OSError as error:
        raise RegistryError(
            f"The file cannot be read: {error.strerror}", where=Where(str(path)), remedy="Check the folder."
        ) from error


def _syntax_error(name: str, text: str, message: str) -> RegistryError:
    match = _AT.search(message)
    what = _AT.sub("", message)
    if match and match.group(1):
        where = Where(name, int(match.group(1)), int(match.group(2)))
    else:
        where = Where(name, max(1, len(text.splitlines())))
    return RegistryError(
        f"The file is not TOML: {what}", where=where, remedy="Mend the line (see https://toml.io)."
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One ``[[table]]`` of a file, with getters that check the type of each field.

    ``name`` is the table's name, ``ident`` what identifies the row in the file (its key), for error messages;
    ``anchor`` is the ``ident`` of the row that a table stands in.
    """

    file: TomlFile
    name: str
    fields: Mapping[str, Any]
    anchor: str = ""

    @property
    def ident(self) -> str:
        """The row's key, or its first text, as it stands in the file."""
        for value in (self.fields.get("key"), *self.fields.values()):
            if isinstance(value, str):
                return value
        return ""

    def error(self, what: str, remedy: str, needle: str = "") -> RegistryError:
        """An error about this row; its place is the line of *needle* or else of the row's key."""
        label = f"{self.name} {self.ident}".strip()
        anchor = self.anchor or self.ident
        where = self.file.where(needle, f'"{anchor}"' if anchor else "")
        if where.line is None:
            where = self.file.where(f"[{self.name}]")
        return RegistryError(f"{label}: {what}", where=where, remedy=remedy)

    def only(self, *names: str) -> Row:
        """The row itself, once it has no other fields than *names*; raises ``RegistryError``."""
        for name in self.fields:
            if name not in names:
                known = ", ".join(names)
                raise self.error(f"there is no field {name!r}", f"The fields are {known}.", f"{name} =")
        return self

    def text(self, name: str) -> str:
        """A field that must be there and not be empty."""
        value = self.optional(name)
        if value is None:
            raise self.error(f"the field {name!r} is missing", f'Add {name} = "…".')
        return value

    def optional(self, name: str) -> str | None:
        """A field of text, or None where it is absent."""
        value: str | None = self._typed(name, str, "text")
        if value is not None and (not value or value != value.strip()):
            raise self.error(f"the field {name!r} is empty or has spaces around it", "Trim it.", f"{name} =")
        return value

    def flag(self, name: str) -> bool:
        """A field that is true or false; false where it is absent."""
        return bool(self._typed(name, bool, "true or false"))

    def number(self, name: str) -> int | None:
        """A field that is a whole number, or None."""
        value: int | None = self._typed(name, int, "a whole number")
        if isinstance(value, bool):
            raise self.error(f"the field {name!r} must be a whole number", "Write digits.", f"{name} =")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that is a list of texts; empty where it is absent."""
        values: Sequence[Any] = self._typed(name, list, "a list of texts") or ()
        if not all(isinstance(value, str) and value for value in values):
            raise self.error(f"the field {name!r} must be a list of texts", 'Write ["…", "…"].', f"{name} =")
        return tuple(values)

    def mixed(self, name: str) -> tuple[Any, ...]:
        """A field that is a list of texts and tables; empty where it is absent."""
        return tuple(self._typed(name, list, "a list") or ())

    def rows(self, name: str) -> tuple[Row, ...]:
        """A field that is a list of tables; empty where it is absent."""
        return tuple(self.sub(name, value) for value in self.mixed(name))

    def sub(self, name: str, value: Any) -> Row:
        """A table inside this row."""
        if not isinstance(value, dict):
            raise self.error(f"the field {name!r} must hold tables", "Write { … }.", f"{name} =")
        return Row(self.file, f"{self.name} {self.ident}, {name}", value, self.anchor or self.ident)

    def _typed(self, name: str, kind: Kind, words: str) -> Any:
        value = self.fields.get(name)
        if value is not None and not isinstance(value, kind):
            raise self.error(f"the field {name!r} must be {words}", "Mend the value.", f"{name} =")
        return value


def rows_of(file: TomlFile, name: str) -> tuple[Row, ...]:
    """The ``[[name]]`` tables of a file; raises ``RegistryError`` when *name* is no list of tables."""
    value = file.tables.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RegistryError(
            f"{name!r} must be a list of tables", where=file.where(name), remedy=f"Write [[{name}]]."
        )
    return tuple(Row(file, name, each) for each in value)


def check_tables(file: TomlFile, known: Sequence[str]) -> None:
    """Raises ``RegistryError`` for a top-level name that is not a table of the registry, so that no typo is lost."""
    for name in file.tables:
        if name not in known:
            raise RegistryError(
                f"There is no table {name!r}",
                where=file.where(name),
                remedy=f"The tables are {', '.join(known)}.",
            )
