"""What the tests of the pipeline share: the folders that a build reads, and stores of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from treatygraph.pipeline.shipped import Sources
from treatygraph.store import EmbeddedStore, open_writer

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sources(repo: Path, small_data: Path) -> Sources:
    """The ontology, the registry and the first agenda."""
    return Sources(repo / "ontology", small_data)


@pytest.fixture(scope="session")
def shipped_sources(repo: Path) -> Sources:
    """The ontology and all the data of the checkout."""
    return Sources(repo / "ontology", repo / "data")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """An empty store, open for writing."""
    with open_writer(tmp_path / "store") as opened:
        yield opened


@pytest.fixture(scope="session")
def meridian(repo: Path) -> Path:
    """The agenda of an invented body that the tutorial uses."""
    return repo / "docs" / "examples" / "meridian-forum-agenda.md"
