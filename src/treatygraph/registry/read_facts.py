"""Rows of the registry's files → facts, each with its sources checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from treatygraph.registry.facts import (
    ActionFact,
    BodyFact,
    Conflict,
    Evidence,
    Facts,
    Gap,
    HappeningFact,
    InstrumentFact,
    Item,
    PartyCount,
    Period,
    Source,
    TextFact,
)
from treatygraph.registry.loading import Row, TomlFile, rows_of
from treatygraph.registry.names import Names

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
"""The tables that say what happened and where it was seen."""

_EVIDENCE: Final = ("sources", "sources_of", "conflict")
_RELATIONS: Final = ("adopts", "establishes", "renews", "amends", "endorses", "object")
_NAMED: Final = ("treaty/", "body/", "group/", "tool/")
_FORMS: Final = (*_NAMED, "document/", "act/", "session/", "meeting/", "publication/")
_SEEN: Final = frozenset({"public repository", "stored web page"})

T = TypeVar("T")


def sources_of(files: Iterable[TomlFile]) -> dict[str, Source]:
    """The sources that *files* list, by key; raises ``RegistryError`` for one that is malformed, or
    that two files list differently."""
    sources: dict[str, Source] = {}
    for file in files:
        for row in rows_of(file, "source"):
            row.only("key", "address", "seen")
            source = Source(row.text("key"), row.text("address"), row.text("seen"))
            digits = source.key.removeprefix("source/")
            if len(digits) != 32 or not set(digits) <= set("0123456789abcdef"):
                raise row.error(
                    "the key is not source/ and 32 hexadecimal digits", "Compute it from address and quote."
                )
            if source.seen not in _SEEN:
                raise row.error(
                    f"a source cannot be {source.seen!r}", f"Write one of {', '.join(sorted(_SEEN))}."
                )
            if sources.setdefault(source.key, source) != source:
                raise row.error("the source stands twice, with two addresses", "Mend one of them.")
    return sources


def facts_of(file: TomlFile, sources: Mapping[str, Source], names: Names) -> Facts:
    """The facts of one file.

    Raises ``RegistryError`` for a fact without a source that is listed, or about a thing that is not named.
    """
    reader = _Reader(sources, names)
    return Facts(
        file.name.removesuffix(".toml"),
        (*reader.all(file, "session", reader.happening), *reader.all(file, "meeting", reader.happening)),
        (*reader.all(file, "act", reader.act), *reader.all(file, "document", reader.document)),
        reader.all(file, "action", reader.action),
        reader.all(file, "body_fact", reader.body),
        reader.all(file, "instrument_fact", reader.instrument),
        reader.all(file, "gap", reader.gap),
    )


class _Reader:
    """Reads rows, with the sources and things that they may name."""

    def __init__(self, sources: Mapping[str, Source], names: Names) -> None:
        self._sources = sources
        self._names = names

    def all(self, file: TomlFile, table: str, read: Callable[[Row], T]) -> tuple[T, ...]:
        return tuple(read(row) for row in rows_of(file, table))

    def happening(self, row: Row) -> HappeningFact:
        row.only(
            *("key", "held_by", "date", "place", "during", "joint_with", "mode", "participation"),
            *("topics", "item", "full_agenda", "note", *_EVIDENCE),
        )
        return HappeningFact(
            self._key(row, "session/", "meeting/"),
            self._things(row, "held_by"),
            self._evidence(row),
            date=_period(row),
            place=row.optional("place"),
            during=self._thing(row, "during"),
            joint_with=self._thing(row, "joint_with"),
            mode=row.optional("mode"),
            participation=row.optional("participation"),
            topics=row.texts("topics"),
            items=tuple(self._item(each) for each in row.rows("item")),
            full_agenda=row.flag("full_agenda"),
            note=row.optional("note"),
        )

    def _item(self, row: Row) -> Item:
        row.only("number", "title", "concerns", "note")
        return Item(
            row.text("number"), row.text("title"), self._things(row, "concerns"), row.optional("note")
        )

    def act(self, row: Row) -> TextFact:
        row.only(
            "key", "kind", "title", "date", "adopted_at", "body", "regarding", "cites", "note", *_EVIDENCE
        )
        return TextFact(
            self._key(row, "act/"),
            self._evidence(row),
            title=row.optional("title"),
            kind=row.text("kind"),
            body=self._needed(row, "body"),
            date=_period(row),
            adopted_at=self._needed(row, "adopted_at"),
            regarding=self._things(row, "regarding"),
            cites=self._things(row, "cites"),
            note=row.optional("note"),
        )

    def document(self, row: Row) -> TextFact:
        row.only(
            *("key", "kind", "title", "date", "body", "report_of", "submitted_to", "item"),
            *("regarding", "cites", "note", *_EVIDENCE),
        )
        if row.fields.get("item") is not None and row.fields.get("submitted_to") is None:
            raise row.error(
                "an item needs the happening whose agenda it is of", "Add submitted_to.", "item ="
            )
        return TextFact(
            self._key(row, "document/"),
            self._evidence(row),
            title=row.optional("title"),
            kind=row.optional("kind"),
            body=self._thing(row, "body"),
            date=_period(row),
            report_of=self._thing(row, "report_of"),
            submitted_to=self._thing(row, "submitted_to"),
            item=row.optional("item"),
            regarding=self._things(row, "regarding"),
            cites=self._things(row, "cites"),
            note=row.optional("note"),
        )

    def action(self, row: Row) -> ActionFact:
        row.only(
            *("name", "verb", "says", "source", "actors", "addressees", "endorses_actions"),
            *("regarding", "occasion", "date", "note", *_RELATIONS, *_EVIDENCE),
        )
        return ActionFact(
            row.text("name"),
            self._evidence(row),
            row.text("verb"),
            row.text("says"),
            source=self._thing(row, "source"),
            actors=self._things(row, "actors"),
            addressees=self._things(row, "addressees"),
            objects={name: self._things(row, name) for name in _RELATIONS if row.fields.get(name)},
            endorsed_actions=row.texts("endorses_actions"),
            regarding=self._things(row, "regarding"),
            occasion=self._thing(row, "occasion"),
            date=_period(row),
            note=row.optional("note"),
        )

    def body(self, row: Row) -> BodyFact:
        row.only("key", "secretariat", "note", *_EVIDENCE)
        return BodyFact(
            self._key(row, "body/"),
            self._evidence(row),
            self._thing(row, "secretariat"),
            row.optional("note"),
        )

    def instrument(self, row: Row) -> InstrumentFact:
        row.only("key", "adopted", "entry_into_force", "published_in", "parties", "note", *_EVIDENCE)
        return InstrumentFact(
            self._key(row, "treaty/"),
            self._evidence(row),
            adopted=_period(row, "adopted"),
            entry_into_force=row.optional("entry_into_force"),
            published_in=self._thing(row, "published_in"),
            parties=tuple(self._count(each) for each in row.rows("parties")),
            note=row.optional("note"),
        )

    def _count(self, row: Row) -> PartyCount:
        row.only("date", "count", "sources", "disputed")
        date, count = _period(row), row.number("count")
        if date is None or count is None:
            raise row.error("a count of parties needs a date and a count", "Add date and count.")
        return PartyCount(date, count, self._listed(row, "sources"), row.flag("disputed"))

    def gap(self, row: Row) -> Gap:
        row.only("about", "text")
        return Gap(self._needed(row, "about"), row.text("text"))

    def _key(self, row: Row, *prefixes: str) -> str:
        key = row.text("key")
        if not key.startswith(prefixes) or key != "".join(key.split()):
            raise row.error(
                "the key is not well formed", f"It begins with {' or '.join(prefixes)}, without spaces."
            )
        return key

    def _things(self, row: Row, name: str) -> tuple[str, ...]:
        return tuple(self._checked(row, key) for key in row.texts(name))

    def _thing(self, row: Row, name: str) -> str | None:
        key = row.optional(name)
        return self._checked(row, key) if key is not None else None

    def _needed(self, row: Row, name: str) -> str:
        return self._checked(row, row.text(name))

    def _checked(self, row: Row, key: str) -> str:
        """The key itself, once it is the key of a thing that is named (what is not named has other forms of key)."""
        if not key.startswith(_FORMS) or key != "".join(key.split()):
            raise row.error(f"{key!r} is not a key", f"Keys begin with {', '.join(_FORMS)}.", f'"{key}"')
        whole = "/".join(key.split("/")[:2]) if key.startswith("treaty/") else key
        if whole.startswith(_NAMED) and whole not in self._names.files:
            raise row.error(
                f"nothing is named {whole!r}", "Add it to the tables of names, or mend it.", f'"{key}"'
            )
        return key

    def _evidence(self, row: Row) -> Evidence:
        fields = row.sub("sources_of", row.fields.get("sources_of", {}))
        row_names = [name for name in row.fields if name not in _EVIDENCE]
        fields.only(*row_names)
        by_field = {name: self._listed(fields, name) for name in fields.fields}
        return Evidence(
            self._listed(row, "sources"),
            by_field,
            tuple(self._conflict(each) for each in row.rows("conflict")),
        )

    def _conflict(self, row: Row) -> Conflict:
        row.only("field", "value", "sources")
        return Conflict(row.text("field"), row.text("value"), self._listed(row, "sources"))

    def _listed(self, row: Row, name: str) -> tuple[str, ...]:
        keys = row.texts(name)
        if not keys:
            raise row.error("a fact needs a source", 'Add sources = ["source/…"].')
        for key in keys:
            if key not in self._sources:
                raise row.error(f"there is no source {key!r}", "Add [[source]] with that key.", f'"{key}"')
        return keys


def _period(row: Row, name: str = "date") -> Period | None:
    text = row.optional(name)
    if text is None:
        return None
    try:
        return Period.parse(text)
    except ValueError as error:
        raise row.error(
            f"the field {name!r} is no date: {error}",
            "Write YYYY-MM-DD, or two joined by a slash.",
            f'"{text}"',
        ) from error
