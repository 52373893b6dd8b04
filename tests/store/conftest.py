"""A store of the tests: small graphs of plain names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.store import EmbeddedStore

Make = Callable[..., dict[NamedNode, list[Quad]]]


def graphs(**facts: str) -> dict[NamedNode, list[Quad]]:
    """Graphs by name, each with the facts given as words: ``graphs(a="1 2")`` says 1 and 2 in graph/a."""
    return {
        iri(f"graph/{name.replace('_', '/')}"): [
            Quad(iri("tool/well"), iri("concept/says"), Literal(word), iri(f"graph/{name.replace('_', '/')}"))
            for word in words.split()
        ]
        for name, words in facts.items()
    }


@pytest.fixture
def make_graphs() -> Make:
    return graphs


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "store"


@pytest.fixture
def store(place: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(place) as opened:
        yield opened
