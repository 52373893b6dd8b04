"""The gold files of this repository, and the texts that their offsets point into, where somebody has the corpus."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from treatygraph.read import read_bytes

HERE = Path(__file__).parent
GOLD_FILES = sorted(HERE.glob("*.json"))


def load(path: Path) -> dict[str, Any]:
    """A gold file as it stands."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


@pytest.fixture(params=GOLD_FILES, ids=lambda path: path.stem)
def gold_path(request: pytest.FixtureRequest) -> Path:
    """Each gold file in turn."""
    path: Path = request.param
    return path


@pytest.fixture(scope="session")
def all_gold() -> list[dict[str, Any]]:
    """All gold files, in order of name."""
    return [load(path) for path in GOLD_FILES]


@pytest.fixture(scope="session")
def readme() -> str:
    """How the gold was made, with the table of documents."""
    return (HERE / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def gold(gold_path: Path) -> dict[str, Any]:
    """What the gold file holds."""
    return load(gold_path)


@pytest.fixture(scope="session")
def corpus_bytes(shared: Path) -> Mapping[tuple[str, str], bytes]:
    """The source files that the gold names, by archive and member; each archive is unpacked once, in one pass."""
    named = {(g["source"]["archive"], g["source"]["member"]) for g in map(load, GOLD_FILES)}
    found: dict[tuple[str, str], bytes] = {}
    for archive in sorted({archive for archive, _ in named}):
        members = {member for other, member in named if other == archive}
        place = shared / "corpus" / archive
        if place.is_dir():
            found |= {(archive, member): (place / member).read_bytes() for member in members}
            continue
        with tarfile.open(place) as packed:
            for entry in packed:
                if entry.name in members and (stream := packed.extractfile(entry)) is not None:
                    found[archive, entry.name] = stream.read()
    return found


@pytest.fixture(scope="session")
def text_of(corpus_bytes: Mapping[tuple[str, str], bytes]) -> Callable[[dict[str, Any]], str]:
    """A function from gold to the text that its offsets point into: the one that the extraction contract prints."""

    def read(gold: dict[str, Any]) -> str:
        archive, member = gold["source"]["archive"], gold["source"]["member"]
        name = PurePosixPath(member).name
        return read_bytes(corpus_bytes[archive, member], name=name, language=gold["language"]).text

    return read


@pytest.fixture
def text(gold: dict[str, Any], text_of: Callable[[dict[str, Any]], str]) -> str:
    """The text of the gold file at hand."""
    return text_of(gold)
