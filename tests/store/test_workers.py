"""Queries run in processes that can be ended: deadline, crash wall, memory bound, no network, newest generation."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.model.errors import (
    QueryCrashedError,
    QueryError,
    QueryTimeoutError,
    ServerBusyError,
    StoreError,
    StoreMissingError,
)
from treatygraph.store import Answer, EmbeddedStore, QueryPool, Question, staff, worker
from treatygraph.store.current import Current
from treatygraph.store.fork_server import Child
from treatygraph.store.spool import Spooled
from treatygraph.store.worker import GIVING_WAY
from treatygraph.store.workers import PoolSettings

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Make = Callable[..., dict[NamedNode, list[Quad]]]
Open = Callable[..., QueryPool]

TIMEOUT = 1.0
SLACK = 15.0
SETTINGS = PoolSettings(workers=2, timeout=TIMEOUT, memory=1200 << 20, result_bytes=1 << 20)
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def filled(store: EmbeddedStore, place: Path, make_graphs: Make) -> Path:
    """A store with 400 facts, which its writer keeps open."""
    store.replace_graphs(make_graphs(a=" ".join(map(str, range(400))), build="hidden"))
    return place


@pytest.fixture
def pool(filled: Path) -> Iterator[QueryPool]:
    with QueryPool(filled, SETTINGS) as opened:
        yield opened


@pytest.fixture
def open_pool(filled: Path) -> Iterator[Callable[..., QueryPool]]:
    """Opens a pool with settings that differ from the others'."""
    with contextlib.ExitStack() as opened:
        yield lambda **settings: opened.enter_context(QueryPool(filled, replace(SETTINGS, **settings)))


def alive(pool: QueryPool) -> bool:
    return json.loads(pool.ask(Question("ASK {}"), timeout=30).body)["boolean"] is True


def test_answers_come_in_every_form(pool: QueryPool) -> None:
    select = "SELECT ?o { ?s ?p ?o FILTER(?o = '7') }"
    assert b'"value":"7"' in pool.ask(Question(select, "json")).body
    assert b"<literal>7</literal>" in pool.ask(Question(select, "xml")).body
    assert pool.ask(Question(select, "csv")).body == b"o\r\n7\r\n"
    assert pool.ask(Question(select, "tsv")).body == b'?o\n"7"\n'
    construct = "CONSTRUCT { <a:s> <a:p> ?o } WHERE { ?s ?p ?o FILTER(?o = '7') }"
    assert pool.ask(Question(construct, "ntriples")).body == b'<a:s> <a:p> "7" .\n'
    assert pool.ask(Question(construct, "turtle")).is_graph
    assert b"rdf:RDF" in pool.ask(Question(construct, "rdfxml")).body
    assert json.loads(pool.ask(Question(construct, "jsonld")).body)[0]["@id"] == "a:s"


def test_form_that_does_not_fit_is_refused(pool: QueryPool) -> None:
    with pytest.raises(QueryError, match="cannot be given as 'csv'"):
        pool.ask(Question("DESCRIBE <a:s>", "csv"))


def test_bindings_base_and_prefixes_are_given_beside_the_query(pool: QueryPool) -> None:
    asked = Question(
        "SELECT ?what (COUNT(*) AS ?n) { <tool/well> c:says ?what } GROUP BY ?what",
        "csv",
        base="https://w3id.org/treatygraph/id/",
        prefixes={"c": "https://w3id.org/treatygraph/id/concept/"},
        bindings={"what": Literal("7")},
    )
    assert pool.ask(asked).body == b"what,n\r\n7,1\r\n"
    assert b'"tool' not in pool.ask(Question("SELECT ?s { ?s ?p ?o }", "csv", bindings={"s": iri("x")})).body


def test_dataset_can_be_named(pool: QueryPool) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    hidden = (iri("graph/build").value,)
    assert pool.ask(Question(count, "csv")).body == b"n\r\n400\r\n"
    assert pool.ask(Question(count, "csv", default_graphs=hidden)).body == b"n\r\n1\r\n"
    assert pool.ask(Question(count, "csv", default_graphs=(), named_graphs=hidden)).body == b"n\r\n0\r\n"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert pool.ask(Question(named, "csv", default_graphs=(), named_graphs=hidden)).body == b"n\r\n1\r\n"
    assert pool.ask(Question(named, "csv", default_graphs=hidden, named_graphs=())).body == b"n\r\n0\r\n"


def test_graph_named_in_the_query_is_not_fetched(pool: QueryPool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        assert b'"bindings":[]' in pool.ask(Question(f"SELECT * FROM <{address}> {{ ?s ?p ?o }}")).body
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "query",
    [
        RUNAWAY,
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY DESC(?c)",
        "SELECT (COUNT(*) AS ?n) {"
        + "".join(f" VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 10 }}" for i in range(10))
        + "}",
        "SELECT * { ?s (<a:p>|!<a:q>)* ?o . ?u (<a:p>|!<a:q>)* ?v . ?w (<a:p>|!<a:q>)* ?x } ORDER BY ?o ?v ?x",
    ],
)
def test_runaway_query_is_ended_at_its_deadline(pool: QueryPool, query: str) -> None:
    start = time.monotonic()
    with pytest.raises((QueryTimeoutError, QueryCrashedError)):
        pool.ask(Question(query))
    assert time.monotonic() - start < TIMEOUT + SLACK
    assert alive(pool)


def test_deadline_is_named_in_the_sentence(pool: QueryPool) -> None:
    with pytest.raises(QueryTimeoutError, match=r"ended after 0\.2 seconds"):
        pool.ask(Question(RUNAWAY), timeout=0.2)


def test_query_that_needs_too_much_memory_costs_itself_alone(pool: QueryPool) -> None:
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(?c) ?f ?i"
    with pytest.raises(QueryCrashedError, match="1200 MB"):
        pool.ask(Question(greedy), timeout=60)
    assert alive(pool)


def test_answer_that_is_too_large_is_refused(pool: QueryPool) -> None:
    with pytest.raises(QueryError, match="more than 1 MB"):
        pool.ask(Question("SELECT * { ?a ?b ?c . ?d ?e ?f }"))
    assert alive(pool)


def test_bound_of_an_answer_can_be_another_for_one_question(pool: QueryPool) -> None:
    large = Question("SELECT * { ?a ?b ?c . ?d ?e ?f }", most_bytes=1 << 30)
    assert pool.ask(large, timeout=30).size > SETTINGS.result_bytes


def test_answer_does_not_wait_until_an_ended_process_is_gone(
    pool: QueryPool, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has given way, or holds much memory, takes its time where others are at work; these here never go."""
    wait_until(lambda: pool.counts().free == 2)
    stuck: set[Child] = set()
    with monkeypatch.context() as patched:
        patched.setattr(Child, "kill", lambda child: stuck.add(child))
        with pytest.raises(QueryTimeoutError):
            pool.ask(Question(RUNAWAY), timeout=0.3)
        with pytest.raises(QueryTimeoutError):
            run_async(pool.ask_async(Question(RUNAWAY), timeout=0.3))
    for each in stuck:
        each.kill()
    assert len(stuck) == 2
    assert alive(pool)


def test_processes_are_in_the_session_of_the_server(pool: QueryPool) -> None:
    """Where the kernel gives each session its share, a lower priority is worth nothing in a session of its own."""
    assert {os.getsid(each) for each in pool.process_ids()} == {os.getsid(0)}
    assert os.getpgid(0) not in {os.getpgid(each) for each in pool.process_ids()}


def test_killed_process_is_replaced(pool: QueryPool) -> None:
    alive(pool)
    for each in pool.process_ids():
        os.kill(each, signal.SIGKILL)
    time.sleep(0.1)
    assert alive(pool)
    assert alive(pool)


def test_busy_pool_says_so_after_some_patience(open_pool: Open) -> None:
    pool = open_pool(patience=0.2)
    wait_until(lambda: pool.counts().free == 2)
    with holding(pool, 2):
        start = time.monotonic()
        with pytest.raises(ServerBusyError, match="All 2 query processes"):
            pool.ask(Question("ASK {}"))
        assert time.monotonic() - start < 10 * TIMEOUT
    wait_until(lambda: pool.counts().free == 2)
    assert alive(pool)


def test_line_of_waiting_queries_is_bounded(open_pool: Open) -> None:
    pool = open_pool(queue=0, patience=60.0)
    wait_until(lambda: pool.counts().free == 2)
    with holding(pool, 2):
        start = time.monotonic()
        with pytest.raises(ServerBusyError, match="0 queries wait"):
            pool.ask(Question("ASK {}"))
        assert time.monotonic() - start < 10 * TIMEOUT


def test_long_queries_leave_the_quick_places(open_pool: Open) -> None:
    pool = open_pool(long=3, timeout=5.0)
    with holding(pool, 3):
        wait_until(lambda: pool.counts().long == 3)
        assert alive(pool)
        assert pool.counts().long == 3
    wait_until(lambda: pool.counts().long == 0)


def test_query_that_outstayed_is_ended_when_the_long_places_are_taken(open_pool: Open) -> None:
    pool = open_pool(long=1, timeout=20.0)
    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(pool.ask, Question(RUNAWAY), timeout=5.0) for _ in range(3)]
        wait_until(lambda: pool.counts().long == 1 and pool.counts().quick == 2)
        assert alive(pool)
        ended = [type(each.exception()) for each in asked]
    assert ServerBusyError in ended
    assert set(ended) == {ServerBusyError, QueryTimeoutError}


def test_long_queries_share_a_bound_on_memory(open_pool: Open) -> None:
    pool = open_pool(long=2, total_memory=1)
    with pytest.raises(QueryCrashedError, match="long queries needed more memory"):
        pool.ask(Question(RUNAWAY), timeout=20)
    assert alive(pool)


def test_process_of_a_long_query_takes_the_next_place(open_pool: Open) -> None:
    pool = open_pool(workers=1, long=1, timeout=30.0)
    some = ", ".join(f"'{number}'" for number in range(12))
    slow = Question(f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i IN ({some})) }}")
    pool.ask(slow)
    wait_until(lambda: pool.counts().free == 1)
    both = pool.process_ids()
    pool.ask(slow)
    wait_until(lambda: pool.counts().free == 1)
    assert len(both) == 2
    assert sorted(pool.process_ids()) == sorted(both)


def test_long_answer_lies_in_a_file_that_nobody_names(open_pool: Open) -> None:
    pool = open_pool(result_bytes=40 << 20)
    answer = pool.ask(Question("SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f }", "tsv"), timeout=30)
    assert isinstance(answer.content, Spooled)
    assert answer.size > 1 << 20
    chunks = list(answer.chunks())
    assert len(chunks) > 1
    again = b"".join(answer.chunks())
    assert b"".join(chunks) == again == answer.body
    assert again.count(b"\n") == 400 * 400 + 1
    assert pool.ask(Question("ASK {}", "csv"), timeout=30).body != answer.body
    assert answer.body == again


def test_answer_is_kept_until_a_commit(open_pool: Open, store: EmbeddedStore, make_graphs: Make) -> None:
    pool = open_pool(cache_bytes=1 << 20)
    ask = Question("SELECT ?o { ?s ?p ?o FILTER(?o = 'fresh') }", "csv")
    first = pool.ask(ask)
    assert pool.held(ask, first.generation) is first
    assert pool.ask(ask) is first
    store.replace_graphs(make_graphs(b="fresh"))
    assert pool.ask(ask).body == b"o\r\nfresh\r\n"
    assert pool.ask(Question(ask.sparql, "tsv")).body == b'?o\n"fresh"\n'
    assert pool.ask(Question(ask.sparql, "csv", default_graphs=("a:none",))).body == b"o\r\n"
    assert (
        pool.ask(Question("SELECT ?o { ?s ?p ?o }", "csv", bindings={"o": Literal("7")})).body
        == b"o\r\n7\r\n"
    )
    assert (
        pool.ask(Question("SELECT ?o { ?s ?p ?o }", "csv", bindings={"o": Literal("8")})).body
        == b"o\r\n8\r\n"
    )


def test_what_is_new_each_time_is_not_kept(open_pool: Open, run_async: Run) -> None:
    pool = open_pool(cache_bytes=1 << 20)
    ask = Question("SELECT (STRUUID() AS ?u) {}", "csv")
    assert pool.ask(ask).body != pool.ask(ask).body
    assert run_async(pool.ask_async(ask)).body != run_async(pool.ask_async(ask)).body


def test_same_question_of_several_is_answered_once(open_pool: Open, run_async: Run) -> None:
    pool = open_pool(workers=1, timeout=60.0)
    slow = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h '7' . ?i ?j '8' }", "csv")

    async def all_at_once() -> list[Answer]:
        return await asyncio.gather(*(pool.ask_async(slow) for _ in range(5)))

    answers = run_async(all_at_once())
    assert all(each is answers[0] for each in answers)
    assert answers[0].body == b"n\r\n160000\r\n"


def test_client_that_goes_frees_its_process(open_pool: Open, run_async: Run) -> None:
    pool = open_pool(workers=1, timeout=60.0)

    async def go_away() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await pool.ask_async(Question(RUNAWAY))

    run_async(go_away())
    assert alive(pool)
    wait_until(lambda: pool.counts().ended["gone"] == 1)


def test_answer_goes_on_for_those_who_stay(open_pool: Open, run_async: Run) -> None:
    pool = open_pool(workers=1, timeout=60.0)
    slow = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h '7' . ?i ?j '8' }", "csv")

    async def first_goes_away() -> Answer:
        first = asyncio.create_task(pool.ask_async(slow))
        await asyncio.sleep(0)
        second = asyncio.create_task(pool.ask_async(slow))
        await asyncio.sleep(0.01)
        first.cancel()
        return await second

    assert run_async(first_goes_away()).body == b"n\r\n160000\r\n"


def test_place_in_line_of_a_client_that_goes_is_given_to_the_next(open_pool: Open, run_async: Run) -> None:
    pool = open_pool(workers=1, timeout=2.0, patience=60.0)
    alive(pool)

    async def ask() -> bytes:
        runaway = asyncio.create_task(pool.ask_async(Question(RUNAWAY)))
        await asyncio.sleep(0.1)
        leaving = asyncio.create_task(pool.ask_async(Question("ASK {}"), timeout=30))
        staying = asyncio.create_task(pool.ask_async(Question("SELECT (1 AS ?n) {}", "csv"), timeout=30))
        await asyncio.sleep(0.1)
        leaving.cancel()
        with pytest.raises(QueryTimeoutError):
            await runaway
        return (await staying).body

    assert run_async(ask()) == b"n\r\n1\r\n"
    assert pool.counts().waiting == 0


@contextlib.contextmanager
def holding(pool: QueryPool, count: int) -> Iterator[None]:
    """Keeps so many processes at work at queries that end at their deadline only."""
    held = [threading.Thread(target=_swallow, args=(pool,)) for _ in range(count)]
    for thread in held:
        thread.start()
    wait_until(lambda: pool.counts().quick + pool.counts().long == count)
    yield
    for thread in held:
        thread.join()


def wait_until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def _swallow(pool: QueryPool) -> None:
    with pytest.raises(QueryTimeoutError):
        pool.ask(Question(RUNAWAY))


def test_long_query_gives_way_and_its_process_recovers(pool: QueryPool) -> None:
    def standing() -> set[tuple[int, int]]:
        """Priority and class of the scheduler of each thread."""
        found = {(0, os.SCHED_OTHER)}
        for each in pool.process_ids():
            with contextlib.suppress(OSError):  # a process, or a thread of it, that has just ended
                tasks = [int(path.name) for path in Path(f"/proc/{each}/task").iterdir()]
                found |= {
                    (os.getpriority(os.PRIO_PROCESS, task), os.sched_getscheduler(task)) for task in tasks
                }
        return found

    def run_away() -> None:
        with pytest.raises(QueryCrashedError):
            pool.ask(Question(RUNAWAY), timeout=60)

    runaway = threading.Thread(target=run_away)
    runaway.start()
    _, lowest = GIVING_WAY[-1]
    wait_until(lambda: (lowest, os.SCHED_IDLE) in standing())
    for each in pool.process_ids():
        os.kill(each, signal.SIGKILL)
    runaway.join()
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = '1' || ?f = '1') }"
    pool.ask(Question(slow), timeout=30)
    for _ in range(4):
        assert alive(pool)
    wait_until(lambda: standing() == {(0, os.SCHED_OTHER)})


def test_memory_is_given_back_when_all_is_at_rest(open_pool: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[int] = []
    monkeypatch.setattr(staff, "give_back_what_is_free", lambda: given_back.append(1))
    fresh = open_pool()
    with holding(fresh, 1):
        assert not given_back
    wait_until(lambda: bool(given_back))
    assert alive(fresh)


def test_next_question_sees_a_commit(pool: QueryPool, store: EmbeddedStore, make_graphs: Make) -> None:
    ask = Question("ASK { ?s ?p 'fresh' }")
    before = pool.ask(ask)
    store.replace_graphs(make_graphs(b="fresh"))
    after = pool.ask(ask)
    assert (json.loads(before.body)["boolean"], json.loads(after.body)["boolean"]) == (False, True)
    assert after.generation == before.generation + 1 == store.generation()


def test_questions_are_answered_while_commits_go_on(
    pool: QueryPool, store: EmbeddedStore, make_graphs: Make
) -> None:
    done = threading.Event()

    def write() -> None:
        for number in range(25):
            store.replace_graphs(make_graphs(b=f"{number} {number}+"))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    while not done.is_set():
        rows = pool.ask(
            Question("SELECT ?o { GRAPH <https://w3id.org/treatygraph/id/graph/b> { ?s ?p ?o } }", "csv")
        )
        seen.append(len(rows.body.split()) - 1)
    writer.join()
    assert set(seen) <= {0, 2}
    assert 2 in seen


@pytest.fixture
def hasty(pool: QueryPool, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Has so many generations go away after their number is read and before they are opened."""

    def skip(times: int) -> None:
        current = pool.generation()
        # Each number is read once before a generation is opened, and once after it was not found.
        gone = chain(range(-2 * times, 0), repeat(current))
        monkeypatch.setattr(Current, "number", lambda _: next(gone))

    return skip


def test_question_waits_out_a_writer_that_is_faster_than_its_process(
    pool: QueryPool, hasty: Callable[[int], None], run_async: Run
) -> None:
    hasty(30)
    assert alive(pool)
    hasty(30)
    assert run_async(pool.ask_async(Question("ASK { ?s ?p ?o }"), timeout=30)).body


def test_writer_that_never_leaves_time_to_open_anything_is_told_at_the_deadline(
    pool: QueryPool, hasty: Callable[[int], None]
) -> None:
    hasty(10**9)
    # On a busy machine the watch may be the one that sees the deadline pass.
    with pytest.raises((ServerBusyError, QueryTimeoutError)):
        pool.ask(Question("ASK {}"), timeout=0.3)


def test_missing_store_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        QueryPool(tmp_path / "none")


def test_closed_pool_says_so(pool: QueryPool) -> None:
    pool.close()
    pool.close()
    with pytest.raises(StoreError, match="have ended"):
        pool.ask(Question("ASK {}"))


def test_process_cannot_open_a_socket() -> None:
    code = (
        "import runpy, socket, sys\n"
        f"forbid = runpy.run_path({worker.__file__!r})['forbid_sockets']\n"
        "assert forbid()\n"
        "try:\n    socket.socket()\nexcept PermissionError:\n    sys.exit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 7


def test_service_cannot_connect_even_without_the_guard(filled: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        code = (
            "import runpy, pyoxigraph\n"
            f"runpy.run_path({worker.__file__!r})['forbid_sockets']()\n"
            "try:\n"
            f"    list(pyoxigraph.Store().query('SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}'))\n"
            "except OSError:\n    pass\n"
        )
        subprocess.run([sys.executable, "-c", code], timeout=60, check=True)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_processes_end_with_the_one_that_started_them(filled: Path) -> None:
    code = (
        "import sys, threading, time\n"
        "from treatygraph.store import QueryPool, Question\n"
        "from treatygraph.store.workers import PoolSettings\n"
        f"pool = QueryPool({str(filled)!r}, PoolSettings(workers=2, timeout=600))\n"
        f"threading.Thread(target=pool.ask, args=(Question({RUNAWAY!r}),), daemon=True).start()\n"
        "time.sleep(1)\n"
        "print(*pool.process_ids(), flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [int(word) for word in parent.stdout.readline().split()]
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while any(map(_runs, children)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(children) == 2
    assert not any(map(_runs, children))


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
