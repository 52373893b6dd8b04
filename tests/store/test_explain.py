"""What makes a query slow: its patterns as they were written, how many solutions each has, what joins with nothing."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions
from pyoxigraph import Store as Engine

from treatygraph.model.errors import QueryError
from treatygraph.store.explain import MOST_COUNTED, Explanation, explain
from treatygraph.store.patterns import group_of, prologue_of

PROLOGUE = "PREFIX h: <https://example.org/harbour/> "


@pytest.fixture(scope="module")
def engine() -> Engine:
    node = lambda name: NamedNode(f"https://example.org/harbour/{name}")  # noqa: E731
    held = Engine()
    for number in range(10):
        held.add(Quad(node(f"buoy{number}"), node("marks"), node(f"reef{number % 3}")))
        held.add(Quad(node(f"buoy{number}"), node("height"), Literal(number)))
    return held


def explained(engine: Engine, query: str) -> Explanation:
    def count(text: str) -> int | None:
        found = engine.query(text)
        assert isinstance(found, QuerySolutions)
        return int(next(found)[0].value)  # type: ignore[union-attr]

    return explain(PROLOGUE + query, count)


@pytest.mark.parametrize(
    ("query", "patterns"),
    [
        ("SELECT * { ?a h:b ?c ; a h:X , h:Y . ?d ^h:e/(h:f|h:g)* 'x'@en }",
         ["?a h:b ?c", "?a a h:X", "?a a h:Y", "?d ^h:e/(h:f|h:g)* 'x'@en"]),
        ("SELECT ?a (COUNT(?c) AS ?n) { ?a h:b 5.5, -7, 1e3, true, 'a'^^h:t . ?c ?d ?e. } GROUP BY ?a HAVING (?n > 1)",
         ["?a h:b 5.5", "?a h:b -7", "?a h:b 1e3", "?a h:b true", "?a h:b 'a'^^h:t", "?c ?d ?e"]),
        ("ASK { ?a h:b [ h:c 5 ; h:d [] ] }",
         ["?a h:b _:unnamed1", "_:unnamed1 h:c 5", "_:unnamed1 h:d _:unnamed2"]),
        ("CONSTRUCT { ?s h:no ?o } WHERE { ?s h:b ?o }", ["?s h:b ?o"]),
        ("CONSTRUCT WHERE { ?s h:b ?o }", ["?s h:b ?o"]),
        ("DESCRIBE ?s { ?s h:b ?o }", ["?s h:b ?o"]),
        ("DESCRIBE <a:a>", []),
        ("SELECT * { GRAPH ?g { ?a !(h:b|^h:c) ?d } }", ["GRAPH ?g { ?a !(h:b|^h:c) ?d }"]),
        ("SELECT * { { ?a h:b ?c } UNION { ?d h:e ?f } OPTIONAL { ?a h:g ?h } MINUS { ?a h:i ?j } "
         "FILTER NOT EXISTS { ?a h:k ?l } FILTER(?a < ?c && REGEX(?c, '}')) BIND(STR(?a) AS ?s) VALUES ?v { 1 } "
         "{ SELECT ?a { ?a h:m ?n } ORDER BY ?a LIMIT 5 } }",
         ["?a h:b ?c", "?d h:e ?f", "?a h:g ?h", "?a h:i ?j", "?a h:k ?l", "?a h:m ?n"]),
        ("SELECT * { ?list h:is ( 1 ?two ) }", ["?list h:is _:unnamed1"]),
    ],
)  # fmt: skip
def test_patterns_are_read_as_they_were_written(query: str, patterns: list[str]) -> None:
    whole = group_of(PROLOGUE + query)
    found = [pattern for group in whole.everything() for pattern in group.patterns]
    assert sorted(pattern.text for pattern in found) == sorted(patterns)


def test_declarations_are_kept_for_what_is_counted() -> None:
    assert (
        prologue_of("BASE <a:b> # c\nPREFIX select: <a:c> SELECT * {}")
        == "BASE <a:b> # c\nPREFIX select: <a:c> "
    )
    assert prologue_of("ASK {}") == ""


def test_each_pattern_is_counted_alone_with_its_place(engine: Engine) -> None:
    found = explained(engine, "SELECT * {\n ?b h:marks ?r ; h:height 3 . }")
    assert [(each.pattern.text, each.count, each.where.line, each.where.column) for each in found.patterns] == [
        ("?b h:marks ?r", 10, 2, 2), ("?b h:height 3", 1, 2, 2),
    ]  # fmt: skip
    assert found.findings == ()


def test_counting_has_a_bound() -> None:
    found = explain(
        "SELECT * { ?s ?p ?o }", lambda text: MOST_COUNTED + 1 if f"LIMIT {MOST_COUNTED + 1}" in text else 0
    )
    assert found.patterns[0].is_more
    assert explain("SELECT * { ?s ?p ?o }", lambda _: None).patterns[0].count is None


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("SELECT * { ?a h:marks ?b . ?c h:marks ?d }", 2),
        ("SELECT * { ?a h:marks ?b . ?c h:marks ?d . ?e h:marks ?f }", 3),
        ("SELECT * { ?a h:marks ?b . ?c h:marks ?d . ?b h:marks ?d }", 0),
        ("SELECT * { ?a h:marks ?b . { SELECT * { ?c h:marks ?d } } }", 2),
        ("SELECT * { { ?a h:marks ?b } UNION { ?c h:marks ?d } }", 0),
        ("SELECT * { ?a h:marks ?b FILTER EXISTS { ?c h:marks ?d } MINUS { ?e h:marks ?f } }", 0),
        ("SELECT * { ?a h:marks ?b . OPTIONAL { ?c h:marks ?d } }", 2),
        ("SELECT * { <a:a> h:marks <a:b> . ?c h:marks ?d }", 0),
        ("SELECT * { ?a h:marks [ h:height ?n ] }", 0),
    ],
)
def test_parts_that_share_no_variable_are_told(engine: Engine, query: str, parts: int) -> None:
    found = [each.what for each in explained(engine, query).findings if "multiplied" in each.what]
    assert found == [] if not parts else found[0].startswith(f"{parts} parts")


@pytest.mark.parametrize(
    ("query", "loose"),
    [
        ("SELECT * { ?a h:marks+ ?b }", True),
        ("SELECT * { ?a (h:marks|h:height)* ?b }", True),
        ("SELECT * { <a:a> h:marks+ ?b }", False),
        ("SELECT * { ?a h:marks+ ?b . ?b h:height 3 }", False),
        ("SELECT * { VALUES ?a { <a:a> } ?a h:marks+ ?b }", False),
        ("SELECT * { ?a h:marks/h:height ?b }", False),
        ("SELECT * { ?a <a:b+c> ?b }", False),
    ],
)
def test_paths_that_begin_nowhere_are_told_and_not_counted(engine: Engine, query: str, loose: bool) -> None:
    found = explained(engine, query)
    assert any("walked from every node" in each.what for each in found.findings) is loose
    assert any(each.count is None for each in found.patterns) is loose


def test_a_pattern_that_nothing_matches_is_told(engine: Engine) -> None:
    found = explained(engine, "SELECT * { ?a h:markz ?b }")
    assert [each.what for each in found.findings] == ["Nothing matches ?a h:markz ?b"]


@pytest.mark.parametrize(
    "query",
    ["SELECT * { ?a h:b", "SELECT * { ?a h:b ?c ", "ASK { ?a }", "SELECT * { ; } }", "ASK { [ }", "SELECT *"],
)
def test_a_query_that_is_not_well_formed_is_read_as_far_as_it_goes(query: str) -> None:
    assert explain(PROLOGUE + query, lambda _: 1).form in ("SELECT", "ASK")


def test_a_query_that_is_refused_is_refused_here_too() -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        explain("SELECT * { SERVICE <a:b> {} }", lambda _: 1)
