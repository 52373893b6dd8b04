"""The shipped names: each thing has an example of its own, in which it is found; nothing stands in disorder."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from treatygraph.registry import EVERYWHERE, Body, Instrument, Named, Registry
from treatygraph.registry.load import read_folder
from treatygraph.registry.names import NAME_TABLES, names_of

REPO = Path(__file__).resolve().parents[2]
FOLDER = REPO / "data" / "registry"
NAMES = names_of(read_folder(FOLDER))
ENTRIES: dict[str, Instrument | Body | Named] = {
    **NAMES.instruments,
    **NAMES.bodies,
    **NAMES.groups,
    **NAMES.tools,
    **NAMES.texts,
}
# Names that no sentence outside the documents of their own body uses.
WITHOUT_EXAMPLE = {
    "body/ctoc-cop/bureau",
    "body/ctoc-cop/constructive-dialogue",
    "body/ctoc-cop/ieg-review",
    "body/ctoc-cop/wg5",
}


def rows(table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(FOLDER.glob("*.toml")):
        found.extend(tomllib.loads(path.read_text(encoding="utf-8")).get(table, []))
    return found


@pytest.mark.parametrize("table", NAME_TABLES)
def test_entries_are_sorted_by_key(table: str) -> None:
    keys = [row["key"] for row in rows(table)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("key", sorted(NAMES.examples))
def test_an_example_holds_a_name_of_its_thing(key: str) -> None:
    entry, example = ENTRIES[key], NAMES.examples[key]
    names = [entry.name, *(alias.text for alias in entry.aliases if alias.scope == EVERYWHERE)]
    assert any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", example) for name in names)
    assert example.endswith(".")


def test_every_thing_has_an_example() -> None:
    assert set(ENTRIES) - set(NAMES.examples) == WITHOUT_EXAMPLE


def test_aliases_are_sorted_and_none_repeats_the_name() -> None:
    for key, entry in ENTRIES.items():
        english = [alias for alias in entry.aliases if alias.language == "en"]
        plain = [alias.text for alias in english if alias.scope == EVERYWHERE]
        assert plain == sorted(plain), key
        scoped = [(alias.text, alias.scope) for alias in english if alias.scope != EVERYWHERE]
        assert scoped == sorted(scoped), key
        assert entry.name not in plain, key


def test_translated_names_are_sorted_and_stand_in_their_examples() -> None:
    for path in sorted(FOLDER.glob("names-??.toml")):
        listed = tomllib.loads(path.read_text(encoding="utf-8"))["translated"]
        keys = [row["key"] for row in listed]
        assert keys == sorted(set(keys)), path.name
        for row in listed:
            assert row["language"] == path.stem.removeprefix("names-")
            names = [
                name
                for name in (*row.get("aliases", ()), *row.get("unverified", ()))
                if isinstance(name, str)
            ]
            assert any(name in row["example"] for name in names), row["key"]


def test_names_that_instruments_share_are_sorted_and_stand_in_their_examples() -> None:
    shared = rows("together")
    order = [(row.get("language", "en"), row["name"]) for row in shared]
    assert order == sorted(set(order), key=lambda each: (each[0] != "en", *each))
    for row in shared:
        assert row["name"] in row["example"]
        assert len(row["members"]) > 1
    assert len(NAMES.together) == len(shared)


def test_symbols_of_bodies_are_unlike() -> None:
    symbols = [
        symbol for body in NAMES.bodies.values() for symbol in (body.symbol, *body.other_symbols) if symbol
    ]
    assert len(symbols) == len(set(symbols))


def test_kinds_of_bodies_are_of_the_list(repo: Path) -> None:
    listed = set(
        re.findall(r"<concept/body-kind/([a-z-]+)>", (repo / "ontology/concepts.ttl").read_text("utf-8"))
    )
    assert {body.kind for body in NAMES.bodies.values()} - {None} <= listed


def test_what_nothing_confirms_is_marked(registry: Registry) -> None:
    assert registry.instruments["treaty/fctc-itp"].unverified
    assert not registry.instruments["treaty/untoc"].unverified
    assert not registry.bodies["body/ctoc-cop/wg7"].unverified


def test_a_structure_is_held_where_provisions_are(registry: Registry) -> None:
    untoc = registry.instruments["treaty/untoc"]
    assert untoc.structure_held
    assert ("art", "18", "para", "3", "i") in untoc.provisions
    assert not registry.instruments["treaty/uncac"].structure_held


def test_the_names_that_keys_use_are_all_here(registry: Registry, shared: Path) -> None:
    """The list of short names gives each as a word of its own; a word with a capital or in brackets is prose."""
    text = (shared / "gold" / "names.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"## \w+ \(`(\w+)/.*?\)\n(.*?)(?=\n## |\nSource|\Z)", text, re.DOTALL))
    prose = re.compile(r"\([^)]*\)")
    things = {"treaty": registry.instruments, "body": registry.bodies, "group": registry.groups}
    for head, held in things.items():
        listed = prose.sub(" ", sections[head]).replace("…", "·").split("·")
        keys = {
            f"{head}/{word}" for part in listed for word in re.findall(r"^[\s,]*([a-z][a-z0-9/-]+)", part)
        }
        assert len(keys) > 10
        assert keys <= set(held), sorted(keys - set(held))
