"""The history of the Conference: what is loaded of the gathered facts, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from treatygraph.graph.iris import digest
from treatygraph.registry.facts import Facts, Period, Source
from treatygraph.registry.load import facts_in, read_folder
from treatygraph.registry.names import names_of

Loaded = tuple[tuple[Facts, ...], dict[str, Source]]


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Loaded:
    files = read_folder(folder)
    return facts_in(files, names_of(files))


@pytest.fixture(scope="module")
def gathered(shared: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((shared / "facts" / "ctoc.json").read_text(encoding="utf-8"))
    return facts


def citations(value: Any) -> Iterator[dict[str, str]]:
    """Every source that stands anywhere in the gathered facts."""
    if isinstance(value, dict):
        if {"url", "quote", "seen"} <= set(value):
            yield value
        for each in value.values():
            yield from citations(each)
    elif isinstance(value, list):
        for each in value:
            yield from citations(each)


def test_the_files_are_made_from_the_gathered_facts(
    script: Callable[[str], ModuleType], folder: Path, shared: Path, tmp_path: Path
) -> None:
    """Byte for byte, so that nobody needs to edit them by hand."""
    module = script("registry_from_facts")
    facts = json.loads((shared / "facts" / "ctoc.json").read_text(encoding="utf-8"))
    made = module.files(facts, module.load_registry(folder))
    held = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("ctoc-history-*.toml")}
    assert made == held


def test_the_confirmations_are_made_from_the_public_texts(
    script: Callable[[str], ModuleType], folder: Path, shared: Path
) -> None:
    module = script("confirm_names")
    facts = json.loads((shared / "facts" / "ctoc.json").read_text(encoding="utf-8"))
    texts = module.documents(shared / "corpus" / "un80-paragraphs.tar.xz")
    made = module.toml(module.rows(module.load_registry(folder), texts, facts))
    assert made == (folder / "names-confirmed.toml").read_text(encoding="utf-8")


def test_a_source_is_named_by_its_address_and_quote(loaded: Loaded, gathered: dict[str, Any]) -> None:
    computed = {f"source/{digest(each['url'], each['quote'])}": each for each in citations(gathered)}
    history = {key for key in loaded[1] if key in computed}
    assert len(history) > 150
    for key in history:
        assert (loaded[1][key].address, loaded[1][key].seen) == (computed[key]["url"], computed[key]["seen"])


def test_no_quote_is_kept(folder: Path, gathered: dict[str, Any]) -> None:
    """Those of happenings and bodies are sentences; a title of a document may hold one, and titles are facts."""
    kept = "".join(path.read_text(encoding="utf-8") for path in folder.glob("ctoc-history-*.toml"))
    quotes = [
        each["quote"] for array in ("sessions", "meetings", "bodies") for each in citations(gathered[array])
    ]
    assert len(quotes) > 60
    long = [quote for quote in quotes if len(quote.split()) > 6]
    titles = " ".join(each["title"] or "" for each in gathered["documents"])
    assert [quote for quote in long if quote in kept and quote not in titles] == []


def test_what_extraction_finds_is_left_to_it(loaded: Loaded, gathered: dict[str, Any]) -> None:
    keys = {one.key for facts in loaded[0] for one in (*facts.happenings, *facts.texts)}
    for array in ("acts", "documents", "meetings"):
        for element in gathered[array]:
            assert (element["key"] in keys) != bool(element.get("from_corpus")), element["key"]


def test_no_source_is_the_corpus_of_the_project(loaded: Loaded) -> None:
    assert {source.seen for source in loaded[1].values()} == {"public repository", "stored web page"}


def test_both_values_of_every_conflict_are_kept(loaded: Loaded, gathered: dict[str, Any]) -> None:
    listed = [
        element["key"]
        for array in ("sessions", "acts", "documents")
        for element in gathered[array]
        for _ in element.get("conflicts", ())
    ]
    held = [
        one.key
        for facts in loaded[0]
        for one in (*facts.happenings, *facts.texts)
        for _ in one.evidence.conflicts
    ]
    assert sorted(held) == sorted(listed)
    assert len(held) == 6


def test_what_is_unverified_is_not_loaded(folder: Path, loaded: Loaded) -> None:
    keys = {one.key for facts in loaded[0] for one in facts.texts}
    for absent in ("decision/4/8", "resolution/5/3", "resolution/8/2", "resolution/11/1"):
        assert f"act/ctoc-cop/{absent}" not in keys
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("ctoc-history-*.toml"))
    assert "CTOC/COP/2004/6" not in texts
    assert "CTOC/COP/WG.3/2016/1" not in texts


def test_gaps_are_kept_as_words(loaded: Loaded) -> None:
    about = {gap.about for facts in loaded[0] for gap in facts.gaps}
    assert {"body/ctoc-cop", "body/ctoc-cop/wg6", "body/ctoc-cop/wg7", "body/ctoc-cop/bureau"} <= about


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2005-10-10/2005-10-21", "2005-10-10", "2005-10-21"),
        ("2015-10", "2015-10-01", "2015-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, earliest: str, latest: str) -> None:
    period = Period.parse(text)
    assert (period.start.earliest, period.end.latest, period.text) == (earliest, latest, text)
