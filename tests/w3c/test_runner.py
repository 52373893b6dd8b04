"""The runner is strict: what it does not know fails, a gap that passes fails, and results are compared term by term."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from suite_runner.manifests import Files
from suite_runner.results import Table, by_value, given, same
from suite_runner.running import RUNS, Gap, Gaps, Outcome, read_gaps, run

MANIFEST = """
@prefix : <http://example.org/> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
<> a mf:Manifest ; mf:entries ( :known :unknown :untyped ) .
:known a mf:PositiveSyntaxTest11 ; mf:action <a.rq> .
:unknown a mf:TestOfTomorrow ; mf:action <a.rq> .
"""
A, B, X, Y = BlankNode("a"), BlankNode("b"), BlankNode("x"), BlankNode("y")
ONE, TWO, S = Literal(1), Literal(2), NamedNode("http://example.org/s")
DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def table(*rows: Any, ordered: bool = False) -> Table:
    return Table(("u", "v"), tuple(rows), ordered)


def test_type_that_is_not_known_fails(tmp_path: Path) -> None:
    (tmp_path / "manifest.ttl").write_text(MANIFEST)
    cases = Files.folder(tmp_path).cases("manifest.ttl")
    outcome = run(cases, cast(Any, None))
    assert outcome.ran == 3
    assert "no run is known for a test of type TestOfTomorrow" in outcome.failed["http://example.org/unknown"]
    assert "of type none" in outcome.failed["http://example.org/untyped"]
    assert "http://example.org/known" in outcome.failed, "whatever is raised fails the case"


def test_every_type_has_a_run_that_is_called() -> None:
    assert len(RUNS) == 12
    assert all(callable(each) for each in RUNS.values())


@pytest.mark.parametrize(
    ("failed", "words"),
    [
        ({}, ["g is listed as one that fails, and does not"]),
        ({"g": "why"}, []),
        ({"g": "why", "h": "because"}, ["h fails: because"]),
    ],
)
def test_gaps_are_strict_both_ways(failed: dict[str, str], words: list[str]) -> None:
    gaps = Gaps((Gap("g", "It is so.", "https://example.org/"),), ())
    assert Outcome(2, failed, {}).differs_from(gaps) == words


def test_spelling_is_strict_both_ways() -> None:
    gaps = Gaps((), (Gap("g", "It is so.", "https://example.org/"),))
    assert Outcome(1, {}, {"g": "1 for 1.0"}).differs_from(gaps) == []
    assert len(Outcome(1, {}, {}).differs_from(gaps)) == 1
    assert len(Outcome(1, {}, {"g": "", "h": ""}).differs_from(gaps)) == 1


def test_gaps_are_read(tmp_path: Path) -> None:
    path = tmp_path / "gaps.toml"
    path.write_text('[[gap]]\ncause = "So."\nlink = "https://example.org/"\ntests = ["a", "b"]\n')
    assert [gap.iri for gap in read_gaps(path).failing] == ["a", "b"]


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        (table((S, ONE), (S, TWO)), table((S, TWO), (S, ONE)), True),
        (table((S, ONE), (S, TWO), ordered=True), table((S, TWO), (S, ONE)), False),
        (table((S, ONE)), table((S, ONE), (S, ONE)), False),
        (table((S, ONE)), table((S, None)), False),
        (table((A, ONE), (B, TWO)), table((Y, TWO), (X, ONE)), True),
        (table((A, ONE), (A, TWO)), table((Y, TWO), (X, ONE)), False),
        (table((A, A)), table((X, Y)), False),
        (table((A, B)), table((X, X)), False),
        (table((A, B), (B, A)), table((X, Y), (Y, X)), True),
        (table((A, B), (B, A)), table((X, Y), (X, Y)), False),
        (table((S, Literal("1.0", datatype=DECIMAL))), table((S, Literal("1", datatype=DECIMAL))), False),
        (True, True, True),
        (True, False, False),
        (True, table(), False),
    ],
)
def test_results_are_compared_term_by_term(left: Any, right: Any, alike: bool) -> None:
    assert same(left, right) is alike
    if not (isinstance(left, Table) and left.ordered):
        assert same(right, left) is alike


def test_variables_are_compared_whatever_their_order() -> None:
    assert same(Table(("u", "v"), ((S, ONE),)), Table(("v", "u"), ((ONE, S),)))
    assert not same(Table(("u", "v"), ()), Table(("u",), ()))


def test_reduced_may_have_fewer_duplicates_and_nothing_else() -> None:
    wanted = table((S, ONE), (S, ONE), (S, TWO))
    assert same(wanted, table((S, ONE), (S, TWO)), lax=True)
    assert not same(wanted, table((S, ONE)), lax=True)
    assert not same(wanted, table((S, ONE), (S, TWO), (S, TWO)), lax=True)


def test_graphs_are_compared_up_to_blank_nodes() -> None:
    left = frozenset({Triple(A, S, B), Triple(B, S, ONE)})
    assert same(left, frozenset({Triple(Y, S, X), Triple(X, S, ONE)}))
    assert not same(left, frozenset({Triple(Y, S, X), Triple(Y, S, ONE)}))


def test_value_is_the_same_for_one_datatype_alone() -> None:
    left, right = Literal("1.0", datatype=DECIMAL), Literal("01", datatype=DECIMAL)
    assert same(by_value(table((S, left))), by_value(table((S, right))))
    assert not same(by_value(table((S, left))), by_value(table((S, ONE))))
    assert not same(by_value(table((S, Literal("1.0")))), by_value(table((S, Literal("1")))))


def test_csv_tells_a_blank_node_and_what_is_not_bound() -> None:
    assert given(b'u,v\r\n_:q,\r\n"a,b",c\r\n', "text/csv") == Table(
        ("u", "v"), ((BlankNode("q"), None), (Literal("a,b"), Literal("c")))
    )
