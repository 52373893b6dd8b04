"""Query processes are forked from one that has all loaded, which anybody may end without harm."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from treatygraph.store import EmbeddedStore, Question
from treatygraph.store.fork_server import ForkServer
from treatygraph.store.process import ProcessEndedError, QueryProcess, Reply, query_processes
from treatygraph.store.question import wire
from treatygraph.store.worker import Status

Make = Callable[..., dict[NamedNode, list[Quad]]]
Forked = Callable[[], QueryProcess]
ALL = "SELECT ?o { ?s ?p ?o }"


@pytest.fixture
def generation(store: EmbeddedStore, place: Path, make_graphs: Make) -> Path:
    """The folder of a generation that says "seven"."""
    store.replace_graphs(make_graphs(a="seven"))
    return place / "generations" / (place / "CURRENT").read_text().strip()


@pytest.fixture
def server() -> Iterator[ForkServer]:
    """Forks, and ends with the test."""
    opened = query_processes(2 << 30)
    yield opened
    opened.close()


@pytest.fixture
def forked(server: ForkServer, generation: Path) -> Iterator[Forked]:
    """Makes processes that are there, and buries them."""
    made: list[QueryProcess] = []

    def make() -> QueryProcess:
        process = QueryProcess(server.fork(str(generation)))
        made.append(process)
        process.greet(30)
        return process

    yield make
    for each in made:
        if each._child.alive:
            each.bury()


def ask(process: QueryProcess, generation: Path, sparql: str = ALL) -> Reply:
    return process.ask(
        wire(Question(sparql, "csv"), 1 << 20) | {"folder": str(generation)}, time.monotonic() + 30
    )


def test_forked_process_has_the_generation_open(forked: Forked, generation: Path) -> None:
    process = forked()
    opened = {str(each.readlink()) for each in Path(f"/proc/{process.pid}/fd").iterdir()}
    assert any(str(generation) in each for each in opened)
    assert ask(process, generation).result == b"o\r\nseven\r\n"


def test_forked_process_goes_over_to_the_next_generation(
    forked: Forked, generation: Path, store: EmbeddedStore, place: Path, make_graphs: Make
) -> None:
    process = forked()
    assert ask(process, generation).result == b"o\r\nseven\r\n"
    store.replace_graphs(make_graphs(a="eight"))
    newer = place / "generations" / (place / "CURRENT").read_text().strip()
    assert newer != generation
    for folder, word in ((newer, b"eight"), (generation, b"seven"), (newer, b"eight")):
        assert ask(process, folder).result == b"o\r\n" + word + b"\r\n"


def test_generation_that_is_not_there_is_told_to_who_asks(server: ForkServer, tmp_path: Path) -> None:
    process = QueryProcess(server.fork(str(tmp_path / "none")))
    process.greet(30)
    assert ask(process, tmp_path / "none").status is Status.STALE
    process.bury()


def test_what_is_new_each_time_differs_between_processes_forked_alike(
    forked: Forked, generation: Path
) -> None:
    new = "SELECT (STRUUID() AS ?u) (RAND() AS ?r) {}"
    answers = {bytes(ask(forked(), generation, new).result) for _ in range(3)}  # type: ignore[arg-type]
    assert len(answers) == 3


def test_status_of_a_process_that_ended_is_known(forked: Forked) -> None:
    process = forked()
    assert process.alive
    os.kill(process.pid, signal.SIGABRT)
    assert process.signal_that_ended_it() == "SIGABRT"
    assert not process.alive
    process._child.kill()
    assert process.signal_that_ended_it() == "SIGABRT"


def test_forks_go_on_when_the_one_that_is_forked_was_ended(
    forked: Forked, server: ForkServer, generation: Path
) -> None:
    before = forked()
    assert server._process is not None
    server._process.kill()
    server._process.wait()
    after = forked()
    assert ask(before, generation).result == ask(after, generation).result == b"o\r\nseven\r\n"
    os.kill(before.pid, signal.SIGABRT)
    assert before.signal_that_ended_it() == "nobody knows how"


def test_forked_processes_outlive_the_end_of_forking_and_none_is_forked_then(
    forked: Forked, server: ForkServer, generation: Path
) -> None:
    process = forked()
    server.close()
    server.close()
    assert ask(process, generation).result == b"o\r\nseven\r\n"
    with pytest.raises(OSError, match="have ended"):
        server.fork(str(generation))


def test_burying_gives_back_all_descriptors_and_leaves_no_dead_process(
    forked: Forked, server: ForkServer
) -> None:
    forked().bury()
    before = _held(os.getpid())
    for _ in range(5):
        process = forked()
        process.bury()
        with pytest.raises(ProcessEndedError):
            process.ask({}, time.monotonic() + 1)
    assert _held(os.getpid()) == before
    assert server._process is not None
    assert not _children(server._process.pid)


def _held(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def test_numbers_of_descriptors_do_not_grow_in_the_one_that_is_forked(
    forked: Forked, server: ForkServer
) -> None:
    def held() -> int:
        assert server._process is not None
        return _held(server._process.pid)

    forked().bury()
    before = held()
    for _ in range(4):
        forked().bury()
    assert held() == before


def test_nothing_is_left_where_no_process_can_be_had(
    server: ForkServer, generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: Any, **__: Any) -> None:
        raise OSError("no memory")

    monkeypatch.setattr("treatygraph.store.fork_server.subprocess.Popen", none)
    before = _held(os.getpid())
    with pytest.raises(OSError, match="no memory"):
        server.fork(str(generation))
    assert _held(os.getpid()) == before
