"""A corpus → a store: what is there is not read again, what is at fault stands alone, an end leaves the store whole."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad
from pyoxigraph import Store as Engine

from treatygraph.graph.canonical import graph_hash
from treatygraph.graph.iris import iri
from treatygraph.graph.terms import TG
from treatygraph.pipeline import reading
from treatygraph.pipeline.corpus import Found, Source, Unreadable
from treatygraph.pipeline.corpus_build import Ledger, build_corpus
from treatygraph.pipeline.reading import Failed, Outcome, Read, Setting, read_source
from treatygraph.pipeline.records import RECORDS
from treatygraph.pipeline.shipped import Sources, registry_graphs
from treatygraph.store import EmbeddedStore, open_reader, open_writer
from treatygraph.validate import Shapes, load_shapes

TEXT = """\
# Conference of the Parties to the United Nations Convention against Transnational Organized Crime

## Working Group on International Cooperation

Vienna, {day} May 2031

### Provisional agenda

{number}. Review of lamps under article {number} of the Convention.
"""


def texts(count: int) -> list[Source]:
    return [
        Source(f"harbour-{number}.md", TEXT.format(day=number, number=number).encode())
        for number in range(1, count + 1)
    ]


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting.of()


@pytest.fixture(scope="module")
def shapes(sources: Sources) -> Shapes:
    return load_shapes(sources.shapes)


@pytest.fixture
def store(tmp_path: Path, sources: Sources) -> Iterator[EmbeddedStore]:
    with open_writer(tmp_path / "store") as opened:
        opened.replace_graphs(registry_graphs(sources))
        yield opened


class Desk:
    """Reads in this process and remembers what it was given."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.read: list[str] = []

    def __call__(self, found: Iterable[Found]) -> Iterator[Outcome]:
        for each in found:
            self.read.append(each.name)
            yield read_source(each, self.setting)


def test_every_document_lands_with_its_text_its_record_and_the_ledger(
    store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    ledger = build_corpus(store, texts(3), setting, shapes, Desk(setting))
    assert (ledger.documents, ledger.failed, ledger.unchanged) == (3, [], 0)
    assert ledger.citations == ledger.resolved + ledger.unresolved.total() > 0
    graphs = [graph for graph in store.graphs() if "/graph/document/" in graph.value]
    assert len(graphs) == 3
    for graph in graphs:
        quads = tuple(store.quads(graph))
        (recorded,) = [
            q.object for q in store.quads(RECORDS) if q.subject == graph and q.predicate == TG.graphHash
        ]
        assert recorded == Literal(graph_hash(quads))
        (text,) = [q.object.value for q in quads if q.predicate == TG.textHash]
        assert store.text(text) is not None


def test_what_is_stored_from_the_same_file_is_not_read_again(
    store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    build_corpus(store, texts(2), setting, shapes, Desk(setting))
    generation, desk = store.generation(), Desk(setting)
    ledger = build_corpus(store, texts(3), setting, shapes, desk)
    assert desk.read == ["harbour-3.md"] and ledger.unchanged == 2
    assert store.generation() == generation + 1
    assert build_corpus(store, texts(3), setting, shapes, Desk(setting), force=True).documents == 3


def test_another_registry_or_ruleset_makes_every_file_new(
    store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    build_corpus(store, texts(1), setting, shapes, Desk(setting))
    other = Setting(None, "0" * 64)
    desk = Desk(setting)
    assert build_corpus(store, texts(1), other, shapes, desk).unchanged == 0
    assert desk.read == ["harbour-1.md"]


def test_a_bad_file_is_named_and_stops_no_other(
    store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    bad = [Source("picture.md", b"\x89PNG\r\n\x1a\n\x00\x00"), Unreadable("gone.md", "It is not there.")]
    ledger = build_corpus(store, [*bad, *texts(2)], setting, shapes, Desk(setting))
    assert ledger.documents == 2
    assert [each.name for each in ledger.failed] == ["picture.md", "gone.md"]
    assert all(each.error for each in ledger.failed)


def test_of_two_files_that_hold_one_document_the_better_layout_stays(
    store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    (one,) = texts(1)
    twin = Source("harbour-1.txt", one.data)
    first, second = read_source(one, setting), read_source(twin, setting)
    assert isinstance(first, Read) and isinstance(second, Read) and first.graph == second.graph
    for given in ([one, twin], [twin, one]):
        ledger = build_corpus(store, given, setting, shapes, Desk(setting), force=True)
        assert (ledger.documents, ledger.duplicates) == (1, 1)
        assert Literal("harbour-1.md") in {quad.object for quad in store.quads(RECORDS)}


def test_an_engine_in_memory_that_has_judged_many_statements_is_replaced(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never lets go of what it is told to remove, so that a long build would fill the memory."""
    before = [read_source(each, setting) for each in texts(2)]
    made: list[Engine] = []

    def fresh() -> Engine:
        made.append(Engine())
        return made[-1]

    monkeypatch.setattr(reading, "Engine", fresh)
    assert [read_source(each, setting) for each in texts(2)] == before and not made
    monkeypatch.setattr(reading, "_JUDGED_AT_MOST", 0)
    assert [read_source(each, setting) for each in texts(2)] == before and len(made) == 2


def test_a_document_that_contradicts_another_is_narrowed_down_and_the_others_land(
    store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    """Each conforms alone; together one thing would have two keys."""
    contradicted = iri("tool/harbour-lamp")

    def contradicting(found: Iterable[Found]) -> Iterator[Outcome]:
        for each in Desk(setting)(found):
            assert isinstance(each, Read)
            yield each if each.name != "harbour-4.md" else _with_key(each)

    store.update(
        f'INSERT DATA {{ GRAPH <{iri("graph/lamps").value}> {{ <{contradicted.value}> <{TG.key.value}> "tool/harbour-lamp" ;'
        f' a <{TG.Tool.value}> ; <http://www.w3.org/2000/01/rdf-schema#label> "Lamp"@en }} }}'
    )

    def _with_key(read: Read) -> Read:
        import zlib
        from dataclasses import replace

        from treatygraph.graph.canonical import to_nquads

        slip = Quad(contradicted, TG.key, Literal("tool/other"), read.node)
        return replace(read, packed=zlib.compress(to_nquads((*read.quads(), slip))))

    ledger = build_corpus(store, texts(6), setting, shapes, contradicting)
    assert [each.name for each in ledger.failed] == ["harbour-4.md"]
    assert "key" in ledger.failed[0].error
    assert ledger.documents == 5


def test_an_interrupted_build_keeps_what_it_has_read(
    store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    def interrupted(found: Iterable[Found]) -> Iterator[Outcome]:
        for number, each in enumerate(Desk(setting)(found)):
            if number == 2:
                raise KeyboardInterrupt
            yield each

    with pytest.raises(KeyboardInterrupt):
        build_corpus(store, texts(4), setting, shapes, interrupted)
    desk = Desk(setting)
    assert build_corpus(store, texts(4), setting, shapes, desk).unchanged == 2
    assert desk.read == ["harbour-3.md", "harbour-4.md"]


def _corpus(folder: Path, count: int) -> Path:
    folder.mkdir()
    for each in texts(count):
        (folder / each.name).write_bytes(each.data)
    return folder


def _command(data: Path, *words: str) -> list[str]:
    return [
        str(Path(sys.executable).with_name("treatygraph")),
        "build",
        "--data",
        str(data),
        *words,
        "--json",
    ]


def test_a_build_that_is_killed_leaves_the_store_whole_and_goes_on(tmp_path: Path, small_data: Path) -> None:
    corpus, place = _corpus(tmp_path / "corpus", 12), tmp_path / "store"
    environment = os.environ | {"TREATYGRAPH_STORE": str(place)}
    process = subprocess.Popen(
        _command(small_data, str(corpus)), env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 240
    while not (place / "CURRENT").exists() or (place / "CURRENT").read_text() == "0\n":
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with open_reader(place) as reader:
        named = {
            quad.triple
            for graph in reader.graphs()
            for quad in reader.quads(graph)
            if "graph/build" not in graph.value
        }
        assert set(reader.merged()) == named
    done = subprocess.run(_command(small_data, str(corpus)), env=environment, capture_output=True, check=True)
    documents = json.loads(done.stdout)["documents"]
    assert documents["documents"] + documents["unchanged"] == 12 and not documents["failed"]


def test_a_cluster_gives_the_same_graphs_as_this_machine(
    tmp_path: Path, store: EmbeddedStore, setting: Setting, shapes: Shapes
) -> None:
    """A scheduler and a worker of Dask, started as their commands start them."""
    from treatygraph.pipeline.crew import read_on_dask

    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"cwd": tmp_path, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", address, "--no-dashboard"], start_new_session=True, **quiet
    )
    worker = subprocess.Popen(
        [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"],
        start_new_session=True,
        **quiet,
    )
    try:
        ledger: Ledger = build_corpus(
            store, texts(3), setting, shapes, lambda found: read_on_dask(found, setting, address=address)
        )
    finally:
        for process in (worker, scheduler):
            process.terminate()
            process.wait(30)
    here = [read_source(each, setting) for each in texts(3)]
    assert ledger.documents == 3 and not any(isinstance(each, Failed) for each in here)
    hashes = {quad.object.value for quad in store.quads(RECORDS) if quad.predicate == TG.graphHash}
    assert hashes == {each.graph_sha256 for each in here if isinstance(each, Read)}
