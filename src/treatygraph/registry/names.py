"""Rows of the registry's files → instruments, bodies, groups, tools, texts, with aliases and series of acts."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from treatygraph.registry.loading import Row, TomlFile, rows_of
from treatygraph.registry.values import (
    ACT_KINDS,
    ACT_STYLES,
    EVERYWHERE,
    ActSeries,
    Alias,
    Body,
    Instrument,
    Named,
    Together,
)

NAME_TABLES: Final = ("instrument", "body", "group", "tool", "text")
"""The tables that name things."""

CONFIRMED: Final = "confirmed"
"""The table that says by which sources the name of a thing is confirmed."""

TRANSLATED: Final = "translated"
"""The table that gives names in another language to things that the other tables name."""

TOGETHER: Final = "together"
"""The table of names that several instruments share."""

_PREFIX: Final = {
    "instrument": "treaty/",
    "body": "body/",
    "group": "group/",
    "tool": "tool/",
    "text": "document/",
}
_COMMON: Final = ("key", "name", "aliases", "example")
_ARTICLE: Final = ("the ", "The ")
_PLACEHOLDERS: Final = frozenset({"session", "number", "year", "suffix"})
_NEEDED: Final = {"number (year)": "year", "year/number": "year"}


@dataclass(frozen=True, slots=True)
class Names:
    """What the name tables of all files hold, by key.

    ``examples`` are sentences in which a name stands, ``files`` the stem of the file that names a thing, and
    ``confirmed`` the keys of the sources that confirm a name; what has none is marked as unverified.
    """

    instruments: Mapping[str, Instrument]
    bodies: Mapping[str, Body]
    groups: Mapping[str, Named]
    tools: Mapping[str, Named]
    texts: Mapping[str, Named]
    examples: Mapping[str, str]
    files: Mapping[str, str]
    confirmed: Mapping[str, tuple[str, ...]]
    together: tuple[Together, ...] = ()


def names_of(files: Sequence[TomlFile]) -> Names:
    """The names in *files*; raises ``RegistryError`` for what is not well formed or contradicts itself."""
    rows: dict[str, Row] = {}
    found: dict[str, dict[str, Any]] = {table: {} for table in NAME_TABLES}
    for file in files:
        for table in NAME_TABLES:
            for row in rows_of(file, table):
                key = _key(row, table)
                if key in rows:
                    raise row.error("the key stands twice", f"It also stands in {rows[key].file.name}.")
                rows[key] = row
                found[table][key] = _READERS[table](row)
    for key, aliases in _translated(files, rows).items():
        for things in found.values():
            if key in things:
                things[key] = replace(things[key], aliases=(*things[key].aliases, *aliases))
    confirmed = _confirmed(files, rows)
    for things in found.values():
        for key in things:
            if key not in confirmed:
                things[key] = replace(things[key], unverified=True)
    names = Names(
        found["instrument"],
        found["body"],
        found["group"],
        found["tool"],
        found["text"],
        {key: row.text("example") for key, row in rows.items() if row.fields.get("example") is not None},
        {key: row.file.name.removesuffix(".toml") for key, row in rows.items()},
        confirmed,
        tuple(_together(row, found["instrument"]) for file in files for row in rows_of(file, TOGETHER)),
    )
    _check_references(names, rows)
    _check_aliases(names, rows)
    return names


def _translated(files: Sequence[TomlFile], rows: Mapping[str, Row]) -> dict[str, tuple[Alias, ...]]:
    """The names in other languages by key; those that no text of the corpus prints are marked as unverified."""
    translated: dict[str, list[Alias]] = {}
    for file in files:
        seen = set[str]()
        for row in rows_of(file, TRANSLATED):
            row.only("key", "language", "aliases", "unverified", "example")
            key, language = row.text("key"), row.text("language")
            if key not in rows or key in seen:
                raise row.error("nothing has that key, or it stands twice", "Mend the key.", f'"{key}"')
            seen.add(key)
            for field_name in ("aliases", "unverified"):
                for entry in row.mixed(field_name):
                    alias = replace(_alias(row, entry, field_name), language=language)
                    translated.setdefault(key, []).append(
                        replace(alias, unverified=field_name == "unverified")
                    )
    return {key: tuple(aliases) for key, aliases in translated.items()}


def _together(row: Row, instruments: Mapping[str, Any]) -> Together:
    row.only("name", "language", "members", "example")
    members = row.texts("members")
    if len(members) < 2:
        raise row.error("a name of one thing is an alias", "Put it there, or name the others.", "members =")
    for key in members:
        _check_held(row, key, instruments, "instrument")
    return Together(row.text("name"), members, row.optional("language") or "en")


def _confirmed(files: Sequence[TomlFile], rows: Mapping[str, Row]) -> dict[str, tuple[str, ...]]:
    confirmed: dict[str, tuple[str, ...]] = {}
    for file in files:
        for row in rows_of(file, CONFIRMED):
            key, name = row.only("key", "name", "sources").text("key"), row.text("name")
            if key not in rows:
                raise row.error("nothing has that key", "Take the row out, or mend the key.")
            if name not in (rows[key].fields["name"], *rows[key].mixed("aliases")):
                raise row.error(f"{name!r} is no name of it", "Make the file again.", f'"{name}"')
            confirmed[key] = row.texts("sources")
    return confirmed


def _key(row: Row, table: str) -> str:
    key = row.text("key")
    prefix = _PREFIX[table]
    if not key.startswith(prefix) or key != "".join(key.split()) or key == prefix:
        raise row.error("the key is not well formed", f"Keys of this table are {prefix}… without spaces.")
    return key


def _aliases(row: Row) -> tuple[Alias, ...]:
    aliases = tuple(_alias(row, entry) for entry in row.mixed("aliases"))
    for alias in (*aliases, Alias(row.text("name"))):
        if alias.text.startswith(_ARTICLE):
            raise row.error(
                f"the alias {alias.text!r} begins with an article", "Leave the article out.", alias.text
            )
    if len(set(aliases)) < len(aliases):
        raise row.error("an alias stands twice", "Take one out.", "aliases =")
    return aliases


def _alias(row: Row, entry: Any, name: str = "aliases") -> Alias:
    if isinstance(entry, str):
        if not entry or entry != " ".join(entry.split()):
            raise row.error(f"the alias {entry!r} has spaces that no text prints", "Trim it.", entry)
        return Alias(entry)
    table = row.sub(name, entry).only("text", "language", "scope")
    return Alias(
        table.text("text"), table.optional("language") or "en", table.optional("scope") or EVERYWHERE
    )


def _named(row: Row) -> Named:
    row.only(*_COMMON)
    return Named(row.text("key"), row.text("name"), _aliases(row))


def _instrument(row: Row) -> Instrument:
    row.only(*_COMMON, "supplements", "short")
    return Instrument(
        row.text("key"),
        row.text("name"),
        _aliases(row),
        supplements=row.optional("supplements"),
        short=_short(row),
    )


def _short(row: Row) -> str | None:
    short = row.optional("short")
    if short is not None and short not in row.mixed("aliases"):
        raise row.error("the short name is not among the aliases", "Add it to the aliases.", "short =")
    return short


def _body(row: Row) -> Body:
    row.only(*_COMMON, "parent", "counts", "founding_treaty", "symbol", "other_symbols", "acts", "kind")
    counts = row.optional("counts")
    if counts not in (None, "session", "meeting"):
        raise row.error(
            f"a body cannot count {counts!r}", 'Write "session" or "meeting".', f'counts = "{counts}"'
        )
    return Body(
        row.text("key"),
        row.text("name"),
        _aliases(row),
        parent=row.optional("parent"),
        counts=counts,
        founding_treaty=row.optional("founding_treaty"),
        symbol=row.optional("symbol"),
        acts=tuple(_series(each) for each in row.rows("acts")),
        other_symbols=row.texts("other_symbols"),
        kind=row.optional("kind"),
    )


def _series(row: Row) -> ActSeries:
    row.only("kind", "style", "code", "template", "first")
    kind, style, template, code = (
        row.text("kind"),
        row.text("style"),
        row.text("template"),
        row.optional("code"),
    )
    if kind not in ACT_KINDS:
        raise row.error(
            f"there is no kind of act {kind!r}", f"The kinds are {', '.join(ACT_KINDS)}.", f'"{kind}"'
        )
    if style not in ACT_STYLES:
        raise row.error(
            f"there is no style {style!r}", f"The styles are {', '.join(sorted(ACT_STYLES))}.", style
        )
    if ("code" in style) != (code is not None):
        raise row.error("a style with a code needs one, the others have none", "Mend the field code.", style)
    try:
        fields = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise row.error(f"the template is not well formed: {error}", "Close each {…}.", template) from error
    needed = {"number", _NEEDED.get(style, "session")}
    if not needed <= fields <= _PLACEHOLDERS or not template.startswith(("act/", "document/")):
        raise row.error(
            f"the template {template!r} is not a key with {' and '.join(sorted(needed))}",
            "It begins with act/ or document/ and may hold {session}, {number}, {year}, {suffix}.",
            template,
        )
    return ActSeries(kind, style, template, code, row.number("first"))


_READERS: Final[Mapping[str, Callable[[Row], Any]]] = {
    "instrument": _instrument,
    "body": _body,
    "group": _named,
    "tool": _named,
    "text": _named,
}


def _check_references(names: Names, rows: Mapping[str, Row]) -> None:
    for body in names.bodies.values():
        _check_held(rows[body.key], body.parent, names.bodies, "body")
        _check_held(rows[body.key], body.founding_treaty, names.instruments, "instrument")
        ancestors: list[str] = []
        at: str | None = body.key
        while at is not None:
            if at in ancestors:
                raise rows[body.key].error(
                    "the body is above itself", "Mend the parents.", f'parent = "{body.parent}"'
                )
            ancestors.append(at)
            at = names.bodies[at].parent if at in names.bodies else None
    for instrument in names.instruments.values():
        _check_held(rows[instrument.key], instrument.supplements, names.instruments, "instrument")


def _check_held(row: Row, key: str | None, held: Mapping[str, Any], table: str) -> None:
    if key is not None and key not in held:
        raise row.error(
            f"there is no {table} {key!r}", f"Add [[{table}]] with that key, or mend it.", f'"{key}"'
        )


def _check_aliases(names: Names, rows: Mapping[str, Row]) -> None:
    meant: dict[tuple[str, str, str], str] = {}
    for table in (names.instruments, names.bodies, names.groups, names.tools, names.texts):
        for key, entry in table.items():
            for alias in (Alias(entry.name), *entry.aliases):
                if alias.scope != EVERYWHERE and alias.scope not in names.bodies:
                    raise rows[key].error(
                        f"there is no body {alias.scope!r}",
                        "A scope is the key of a body.",
                        f'"{alias.scope}"',
                    )
                place = (alias.language, alias.scope, alias.text.casefold())
                other = meant.setdefault(place, key)
                if other != key:
                    raise rows[key].error(
                        f"{alias.text!r} also means {other} in the same scope",
                        "A name means one thing in one scope: give it a narrower scope, or take it out.",
                        f'"{alias.text}"',
                    )
