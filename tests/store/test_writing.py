"""A change is one commit, made by a process that can be ended; what cannot be done is told, and changes nothing."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from treatygraph.model.errors import (
    MediaTypeError,
    PreconditionError,
    QueryError,
    QueryTimeoutError,
    RdfSyntaxError,
    StoreBusyError,
    StoreError,
    TreatygraphError,
    UnknownGraphError,
    ValidationFailedError,
    WriteRefusedError,
)
from treatygraph.store import EmbeddedStore, open_reader
from treatygraph.store.changes import OnlyIf
from treatygraph.store.writing import GraphWrite, ProcessWriter, SparqlUpdate, WriterSettings, Written

S = "<http://a/s> <http://a/p> "
ENDLESS = "INSERT { GRAPH <http://a/e> { ?a ?b ?c } } WHERE { " + " ".join(
    f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 10 }}" for n in range(10)
) + " FILTER(" + " + ".join(f"?v{n}" for n in range(10)) + " = 1000) }"  # fmt: skip


def put(graph: str | None, text: str, how: str = "put", kind: str = "text/turtle") -> GraphWrite:
    assert how in ("put", "post", "delete")
    return GraphWrite(graph, how, text.encode(), kind)  # type: ignore[arg-type]


def insert(value: str) -> SparqlUpdate:
    return SparqlUpdate(f"INSERT DATA {{ GRAPH <http://a/g> {{ {S}{value} }} }}")


@pytest.fixture(params=[True, False], ids=["merged", "plain"])
def merged(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def writer(place: Path, merged: bool) -> Iterator[ProcessWriter]:
    EmbeddedStore(place, merged=merged).close()
    with ProcessWriter(place, WriterSettings(patience=3)) as opened:
        yield opened


def quads(place: Path) -> list[str]:
    with open_reader(place) as reader:
        return sorted(str(quad) for quad in reader.quads())


def in_default(place: Path) -> int:
    with open_reader(place) as reader:
        return len(list(reader.merged()))


def test_update_is_a_commit_that_readers_see(writer: ProcessWriter, place: Path, merged: bool) -> None:
    assert writer.apply(insert("1")) == Written(1, created=False)
    assert writer.apply(insert("2")).generation == 2
    assert len(quads(place)) == 2
    assert in_default(place) == (2 if merged else 0)


def test_graph_is_put_added_to_and_deleted(writer: ProcessWriter, place: Path, merged: bool) -> None:
    assert writer.apply(put("http://a/g", S + "1, 2 .")) == Written(1, created=True)
    assert writer.apply(put("http://a/g", S + "3 .")) == Written(2, created=False)
    assert writer.apply(put("http://a/g", S + "4 .", "post")) == Written(3, created=False)
    assert len(quads(place)) == 2 and in_default(place) == (2 if merged else 0)
    assert writer.apply(GraphWrite("http://a/g", "delete")).generation == 4
    assert quads(place) == [] and in_default(place) == 0


def test_graph_without_statements_is_there(writer: ProcessWriter, place: Path) -> None:
    assert writer.apply(put("http://a/g", "")).created
    with open_reader(place) as reader:
        assert [graph.value for graph in reader.graphs()] == ["http://a/g"]
    writer.apply(GraphWrite("http://a/g", "delete"))


def test_relative_iris_are_resolved_against_the_graph_or_the_base(writer: ProcessWriter, place: Path) -> None:
    writer.apply(put("http://a/b/g", "<x> <p> 1 ."))
    writer.apply(GraphWrite("http://a/b/h", "put", b"<x> <p> 1 .", base="http://c/d/"))
    assert [row.split()[0] for row in quads(place)] == ["<http://a/b/x>", "<http://c/d/x>"]


def test_blank_nodes_of_two_writes_are_not_one(writer: ProcessWriter, place: Path) -> None:
    for _ in range(2):
        writer.apply(put("http://a/g", "_:b <http://a/p> 1 .", "post"))
    assert len(quads(place)) == 2


def test_update_runs_over_the_graphs_that_the_request_names(writer: ProcessWriter, place: Path) -> None:
    writer.apply(put("http://a/g", S + "1 ."))
    writer.apply(put("http://a/h", S + "2 ."))
    update = "INSERT { GRAPH <http://a/new> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    writer.apply(SparqlUpdate(update, using_graphs=("http://a/h",)))
    assert [row for row in quads(place) if "<http://a/new>" in row] == [
        '<http://a/s> <http://a/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a/new>'
    ]


def test_graph_that_lies_in_a_file_is_stored(writer: ProcessWriter, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(S + "1, 2 .")
    assert writer.apply(GraphWrite("http://a/g", "put", file)).created
    assert len(quads(place)) == 2


def test_write_is_made_only_in_the_state_that_it_was_made_for(writer: ProcessWriter, place: Path) -> None:
    new, there = OnlyIf(exists=False), OnlyIf(exists=True)
    for only_if in (there, OnlyIf(generations=(7,)), OnlyIf(not_generations=(0,))):
        with pytest.raises(PreconditionError, match="only otherwise"):
            writer.apply(replace(put("http://a/g", S + "1 ."), only_if=only_if))
    assert writer.apply(replace(put("http://a/g", S + "1 ."), only_if=new)).generation == 1
    with pytest.raises(PreconditionError, match="there already"):
        writer.apply(replace(put("http://a/g", S + "2 ."), only_if=new))
    assert (
        writer.apply(replace(put("http://a/g", S + "3 ."), only_if=OnlyIf(generations=(1,)))).generation == 2
    )
    assert len(quads(place)) == 1


REFUSED: list[tuple[SparqlUpdate | GraphWrite, type[TreatygraphError], str]] = [
    (SparqlUpdate("INSERT DATA {\n <http://a/s> }"), QueryError, r"line 2, column"),
    (SparqlUpdate("LOAD <http://127.0.0.1:9/x>"), WriteRefusedError, "LOAD is refused"),
    (SparqlUpdate("DROP GRAPH <http://a/none>"), QueryError, "does not exist"),
    (
        SparqlUpdate(
            "INSERT { GRAPH <http://a/e> { ?s ?p 1 } } WHERE { ?s ?p }", using_graphs=("http://a/g",)
        ),
        QueryError,
        r"line 1, column 58",
    ),
    (put("http://a/g", S + "1 .\n<x y> 1 2"), RdfSyntaxError, r"data, line 2"),
    (put("http://a/g", "{}", kind="application/trig2"), MediaTypeError, "application/trig2"),
    (
        put("http://a/g", "<a:g> { <a:a> <a:b> 1 }", kind="application/trig"),
        RdfSyntaxError,
        "Named graphs are not allowed",
    ),
    (put("no iri", ""), QueryError, "absolute IRI"),
    (GraphWrite("http://a/none", "delete"), UnknownGraphError, "http://a/none"),
]


@pytest.mark.parametrize(("change", "error", "words"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_cannot_be_done_is_told_and_changes_nothing(
    writer: ProcessWriter, place: Path, change: SparqlUpdate, error: type[TreatygraphError], words: str
) -> None:
    writer.apply(insert("1"))
    with pytest.raises(error, match=words):
        writer.apply(change)
    assert len(quads(place)) == 1
    assert writer.apply(insert("2")).generation == 2


def test_default_graph_is_written_only_where_it_is_its_own(
    writer: ProcessWriter, place: Path, merged: bool
) -> None:
    if merged:
        with pytest.raises(WriteRefusedError, match=r"derived.*Name a graph"):
            writer.apply(put(None, S + "1 ."))
        return
    writer.apply(put(None, S + "1 ."))
    writer.apply(put(None, S + "2, 3 .", "post"))
    assert in_default(place) == 3
    writer.apply(put(None, S + "4 ."))
    assert in_default(place) == 1
    writer.apply(GraphWrite(None, "delete"))
    assert in_default(place) == 0


def test_endless_update_is_ended_at_its_deadline(writer: ProcessWriter, place: Path) -> None:
    writer.apply(insert("1"))
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="ended after 1 seconds, and nothing was stored"):
        writer.apply(SparqlUpdate(ENDLESS), timeout=1)
    assert time.monotonic() - begun < 15
    assert writer.apply(insert("2")).generation == 2


def test_process_that_is_killed_is_replaced(writer: ProcessWriter, place: Path) -> None:
    writer.apply(insert("1"))
    failures: list[TreatygraphError] = []

    def run() -> None:
        try:
            writer.apply(SparqlUpdate(ENDLESS))
        except TreatygraphError as error:
            failures.append(error)

    running = threading.Thread(target=run)
    running.start()
    time.sleep(1)
    os.kill(writer.process_number(), signal.SIGKILL)
    running.join(20)
    assert "ended before it said" in str(failures)
    assert writer.apply(insert("2")).generation == 2
    assert len(quads(place)) == 2


def test_another_process_may_write_in_between(writer: ProcessWriter, place: Path, merged: bool) -> None:
    writer.apply(insert("1"))
    with EmbeddedStore(place, merged=merged) as other:
        other.update("INSERT DATA { GRAPH <http://a/h> { <http://a/s> <http://a/p> 7 } }")
    assert writer.apply(insert("2")).generation == 3
    assert len(quads(place)) == 3


def test_writer_waits_for_another_and_then_says_who_it_is(
    writer: ProcessWriter, place: Path, merged: bool
) -> None:
    writer.apply(insert("1"))
    with EmbeddedStore(place, merged=merged), pytest.raises(StoreBusyError, match=f"process {os.getpid()}"):
        writer.apply(insert("2"), timeout=2)
    assert writer.apply(insert("2")).generation == 2


def test_closed_writer_says_so(writer: ProcessWriter) -> None:
    writer.close()
    with pytest.raises(StoreError, match="closed"):
        writer.apply(insert("1"))


def test_writer_cannot_open_a_socket_even_without_the_guard(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    EmbeddedStore(place).close()
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with (
        ProcessWriter(place, WriterSettings(check="judges:connecting")) as opened,
        pytest.raises(ValidationFailedError, match="PermissionError"),
    ):
        opened.apply(insert("1"))


def test_state_that_its_judge_refuses_is_not_stored(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    EmbeddedStore(place).close()
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with ProcessWriter(place, WriterSettings(check="judges:at_most_two")) as opened:
        opened.apply(put("http://a/g", S + "1, 2 ."))
        with pytest.raises(ValidationFailedError, match="3 triples, 1 of them new") as refused:
            opened.apply(insert("3"))
        assert refused.value.report == {"conforms": False, "triples": 3}
        assert refused.value.report_rdf == b"<a:a> <a:b> <a:c> .\n"
        assert len(quads(place)) == 2
        assert opened.apply(put("http://a/g", S + "5 .")).generation == 2


def test_full_disk_is_told_and_the_store_stays_as_it_was(place: Path) -> None:
    EmbeddedStore(place).close()
    many = "\n".join(f"<http://a/{n}> <http://a/p> '{'x' * 200}{n}' ." for n in range(20_000))
    with ProcessWriter(place, WriterSettings(file_bytes=1 << 20)) as opened:
        opened.apply(insert("1"))
        with pytest.raises(StoreError, match="could not be written, and stays as it was"):
            opened.apply(put("http://a/big", many))
        assert opened.apply(insert("2")).generation == 2
    assert len(quads(place)) == 2
