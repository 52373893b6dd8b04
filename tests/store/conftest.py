"""A store of the tests: small graphs of plain names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

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


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs it in a thread of its own: a browser that another test opened keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture
def make_graphs() -> Make:
    return graphs


@pytest.fixture
def run_async() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Runs a coroutine to its end."""
    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "store"


@pytest.fixture
def store(place: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(place) as opened:
        yield opened
