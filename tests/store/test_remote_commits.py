"""A commit at an engine is written down before it runs: a writer that dies is finished by the next, and two never both win."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.model.errors import StoreBusyError, StoreError
from treatygraph.model.store import Solutions
from treatygraph.store import RemoteStore, remote
from treatygraph.store.remote_commit import OURS

sys.path.insert(0, str(Path(__file__).parent))
import engines

Make = Callable[..., dict[NamedNode, list[Quad]]]


@pytest.fixture(scope="module")
def oxigraph_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with engines.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="module")
def virtuoso_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with engines.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture(params=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest) -> str:
    return engines.emptied(request.getfixturevalue(f"{request.param}_address"))


def said(store: RemoteStore) -> list[str]:
    answer = store.query("SELECT ?word WHERE { ?s ?p ?word } ORDER BY ?word")
    assert isinstance(answer, Solutions)
    return [row[0].value for row in answer.rows if isinstance(row[0], Literal)]


def ours(store: RemoteStore) -> list[str]:
    """The graphs of ours at the engine, as they begin."""
    rows = store._rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    return sorted({str(row[0])[1:-1].removeprefix(OURS).split("/")[0] for row in rows if OURS in str(row[0])})


class GoneError(Exception):
    """The process of the writer has ended."""


def dying(store: RemoteStore, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the writer end after *after* parts of the updates that follow its plan."""
    run = store._update
    begun: list[str] = []

    def update(parts: Iterable[str]) -> None:
        for part in parts:
            if begun and len(begun) > after:
                raise GoneError
            run([part])
            if begun or "FILTER NOT EXISTS { GRAPH <" + OURS + "plan>" in part:
                begun.append(part)

    monkeypatch.setattr(store, "_update", update)


@pytest.mark.parametrize("after", range(7))
def test_commit_of_a_writer_that_died_is_finished_by_the_next(
    address: str, make_graphs: Make, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    store = RemoteStore(address, create=True)
    store.replace_graphs(make_graphs(a="1 2", b="2"))
    dying(store, after, monkeypatch)
    with pytest.raises(GoneError):
        store.replace_graphs(make_graphs(a="3", c="4"))
    monkeypatch.setattr(remote, "_YOUNG", -1)
    opened = RemoteStore(address, create=True)
    assert (opened.generation(), said(opened)) == (2, ["2", "3", "4"])
    assert [graph.value for graph in opened.graphs()] == [iri(f"graph/{name}").value for name in "abc"]
    assert set(ours(opened)) <= {"state", "merged"}
    assert opened.replace_graphs(make_graphs(b="5")) == 3
    assert said(opened) == ["3", "4", "5"]


def test_writer_at_work_is_waited_for_and_then_named(
    address: str, make_graphs: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RemoteStore(address, create=True)
    dying(store, 0, monkeypatch)
    with pytest.raises(GoneError):
        store.replace_graphs(make_graphs(a="1"))
    other = RemoteStore(address, create=True, patience=0.5)
    with pytest.raises(StoreBusyError, match="Another process writes"):
        other.replace_graphs(make_graphs(b="2"))
    assert (other.generation(), said(other)) == (0, [])


def test_writer_that_was_overtaken_stores_nothing(
    address: str, make_graphs: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = RemoteStore(address, create=True), RemoteStore(address, create=True)
    base = slow.generation()
    quick.replace_graphs(make_graphs(a="1"))
    monkeypatch.setattr(slow, "generation", lambda: base)
    with pytest.raises(StoreBusyError, match="has written meanwhile"):
        slow.replace_graphs(make_graphs(b="2"))
    assert (quick.generation(), said(quick)) == (1, ["1"])


def test_answer_that_the_engine_cut_short_is_refused(virtuoso_address: str, make_graphs: Make) -> None:
    store = RemoteStore(engines.emptied(virtuoso_address), create=True)
    store.replace_graphs(make_graphs(a=" ".join(map(str, range(150)))))
    crossed = "SELECT ?a ?b { ?x ?p ?a . ?y ?q ?b }"
    with pytest.raises(StoreError, match="gives no more than 20000 rows"):
        store.query(crossed)
