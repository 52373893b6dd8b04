"""A look-up of one thing needs no process of its own, gives what a process gives, and can never take long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from treatygraph.store import EmbeddedStore, QueryPool, Question
from treatygraph.store.lookups import MOST_BYTES, is_lookup
from treatygraph.store.workers import PoolSettings

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Make = Callable[..., dict[NamedNode, list[Quad]]]

BASE = "https://w3id.org/treatygraph/id/"
LOOKUPS = [
    "SELECT * { <tool/well> ?p ?o }",
    "select ?o where { <tool/well> <concept/says> ?o . }",
    "ASK { <tool/well> <concept/says> '7' }",
    'ASK WHERE { <tool/well> <concept/says> "7"@en }',
    "PREFIX c: <https://w3id.org/treatygraph/id/concept/> SELECT ?o { <tool/well> c:says ?o }",
    "BASE <a:b> # words\nSELECT ?x ?o { <tool/well> a ?o } # more words",
    "SELECT ?p { <tool/well> ?p '7' }",
]
OTHERS = [
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s <concept/says> '7' }",
    "SELECT * { <tool/well> ?p ?p }",
    "SELECT * { <tool/well> ?p ?o . <tool/well> ?q ?r }",
    "SELECT * { <tool/well> ?p ?o ; ?q ?r }",
    "SELECT * { <tool/well> ?p ?o , ?r }",
    "SELECT * { <tool/well> <concept/says>+ ?o }",
    "SELECT * { <tool/well> ^<concept/says> ?o }",
    "SELECT * { <tool/well> ?p ?o FILTER(?o = '7') }",
    "SELECT * { <tool/well> ?p ?o } ORDER BY ?o",
    "SELECT * { <tool/well> ?p ?o } LIMIT 5",
    "SELECT DISTINCT ?p { <tool/well> ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { <tool/well> ?p ?o }",
    "SELECT * FROM <a:g> { <tool/well> ?p ?o }",
    "SELECT * { GRAPH <a:g> { <tool/well> ?p ?o } }",
    "SELECT * { SERVICE <a:g> { <tool/well> ?p ?o } }",
    "SELECT * { <tool/well> ?p ?o } VALUES ?p { <a:p> }",
    "CONSTRUCT WHERE { <tool/well> ?p ?o }",
    "DESCRIBE <tool/well> <a:b>",
    "DESCRIBE ?s { ?s ?p ?o }",
    "DESCRIBE <tool/well> FROM <a:g>",
    "INSERT DATA { <tool/well> <a:p> <a:o> }",
    "SELECT * { <tool/well> ?p ?o " + "# " * 2000 + "\n}",
]


@pytest.fixture
def pool(store: EmbeddedStore, place: Path, make_graphs: Make) -> Iterator[QueryPool]:
    """A pool over 400 facts that answers look-ups itself."""
    store.replace_graphs(make_graphs(a=" ".join(map(str, range(400)))))
    with QueryPool(place, PoolSettings(workers=1, timeout=30, lookups=True)) as opened:
        yield opened


@pytest.mark.parametrize("query", LOOKUPS)
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_lookup_gives_what_a_process_gives(pool: QueryPool, query: str, form: str, run_async: Run) -> None:
    question = Question(query, form, base=BASE)
    assert is_lookup(question)
    expected = pool.ask(question).body
    for _ in range(3):
        assert run_async(pool.ask_async(question)).body == expected


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_description_gives_what_a_process_gives(pool: QueryPool, form: str, run_async: Run) -> None:
    question = Question("PREFIX t: <tool/> DESCRIBE t:well", form, base=BASE)
    assert is_lookup(question)
    expected = pool.ask(question)
    for _ in range(3):
        answer = run_async(pool.ask_async(question))
        assert (answer.body, answer.is_graph) == (expected.body, True)


@pytest.mark.parametrize("query", OTHERS)
def test_anything_else_is_left_to_a_process(query: str) -> None:
    assert not is_lookup(Question(query))


@pytest.mark.parametrize("part", [" ", "#\n", "?a ", "?a", "PREFIX a:<b> ", "BASE<>", "a:b ", "<", "'", "x"])
@pytest.mark.parametrize(
    "begin", ["", "SELECT ", "SELECT * {", "ASK { <a:s> ", "ASK { <a:s> ?p '", "ASK { <a:s> ?p ?o }"]
)
def test_text_that_is_almost_a_lookup_is_told_at_once(begin: str, part: str) -> None:
    start = time.process_time()
    assert not is_lookup(Question(begin + part * (1900 // len(part)) + "!"))
    assert time.process_time() - start < 0.5


def test_lookup_in_another_dataset_is_left_to_a_process() -> None:
    assert not is_lookup(Question(LOOKUPS[0], default_graphs=("a:g",)))
    assert not is_lookup(Question(LOOKUPS[0], named_graphs=()))


def test_lookup_is_answered_while_every_process_is_at_work(pool: QueryPool, run_async: Run) -> None:
    question = Question("SELECT ?o { <tool/well> <concept/says> ?o }", "csv", base=BASE)
    endless = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")

    async def ask() -> list[int]:
        await opened(pool, question)
        running = asyncio.create_task(pool.ask_async(endless))
        await asyncio.sleep(0.2)
        sizes = [len((await pool.ask_async(question)).body.split()) for _ in range(5)]
        assert not running.done()
        running.cancel()
        return sizes

    assert run_async(ask()) == [401] * 5


async def opened(pool: QueryPool, question: Question) -> None:
    """Returns when the generation is open here."""
    deadline = time.monotonic() + 20
    while pool._lookups.answer(question, pool.generation()) is None:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def test_lookup_sees_a_commit(
    pool: QueryPool, store: EmbeddedStore, make_graphs: Make, run_async: Run
) -> None:
    question = Question("ASK { <tool/well> <concept/says> 'fresh' }", "csv", base=BASE)

    async def ask() -> list[bytes]:
        await opened(pool, question)
        before = await pool.ask_async(question)
        store.replace_graphs(make_graphs(b="fresh"))
        after = await pool.ask_async(question)
        await opened(pool, question)
        return [before.body, after.body, (await pool.ask_async(question)).body]

    assert run_async(ask()) == [b"false", b"true", b"true"]


def test_long_answer_is_left_to_a_process(
    pool: QueryPool, store: EmbeddedStore, make_graphs: Make, run_async: Run
) -> None:
    store.replace_graphs(make_graphs(a=" ".join(f"{number:0100}" for number in range(MOST_BYTES // 100 + 1))))
    small = Question("ASK { <tool/well> ?p ?o }", base=BASE)
    question = Question(LOOKUPS[0], "csv", base=BASE)

    async def ask() -> int:
        await opened(pool, small)
        assert pool._lookups.answer(question, pool.generation()) is None
        return (await pool.ask_async(question)).size

    assert run_async(ask()) > MOST_BYTES
