"""LOAD fetches nothing: refused, or with SILENT nothing is done in its place."""

from __future__ import annotations

import pytest
from pyoxigraph import Store as Engine

from treatygraph.model.errors import QueryError, WriteRefusedError
from treatygraph.store import check_update
from treatygraph.store.loads import without_loads
from treatygraph.store.volatile import is_volatile

REFUSED = {
    "LOAD <http://a>": (1, 1),
    "PREFIX a: <http://a/>\nLOAD a:b INTO GRAPH <http://c>": (2, 1),
    "CLEAR ALL ;\n  load <http://a> ; LOAD SILENT <http://b>": (2, 3),
    "CLEAR GRAPH <http://not.here> ; LOAD <http://a>": (1, 33),
}


@pytest.mark.parametrize(("update", "place"), REFUSED.items())
def test_load_is_refused_at_its_place(update: str, place: tuple[int, int]) -> None:
    with pytest.raises(WriteRefusedError, match="LOAD is refused") as caught:
        without_loads(update)
    where = caught.value.where
    assert where is not None
    assert (where.line, where.column) == place


@pytest.mark.parametrize(
    "update",
    [
        "LOAD SILENT <http://127.0.0.1:9/x>",
        "LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <http://a>",
        "PREFIX : <http://a/> LOAD SILENT :\n INTO GRAPH :g ; INSERT DATA { :s :p :o }",
        "INSERT DATA { <a:s> <a:p> 'LOAD <http://a>' } ; LOAD SILENT <http://127.0.0.1:9/>",
    ],
)
def test_silent_load_does_nothing_and_the_rest_is_done(update: str) -> None:
    text = without_loads(update)
    check_update(text, merged=False)
    assert text.count("\n") == update.count("\n")
    engine = Engine()
    engine.update(text)
    assert len(engine) == update.count("INSERT")


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://a> INTO <http://b>",
        "LOAD SILENT INTO GRAPH <http://b>",
        "LOAD",
        "LOAD <http://a> <http://b>",
        "LOAD SILENT <http://a> INTO GRAPH DEFAULT",
    ],
)
def test_load_that_is_not_well_formed_goes_no_further(update: str) -> None:
    with pytest.raises(QueryError):
        check_update(without_loads(update), merged=False)


@pytest.mark.parametrize("rest", ["INSERT DATA { _:b <a:p> 1 } ; INSERT DATA { _:b <a:p> 1 }", "CLEAR XYZ"])
def test_load_in_a_text_that_is_not_well_formed_is_not_what_is_wrong_with_it(rest: str) -> None:
    text = without_loads(f"LOAD <http://a> ; {rest}")
    with pytest.raises(SyntaxError):
        Engine().update(text)


@pytest.mark.parametrize("update", ["INSERT DATA { <a:s> <a:p> 'LOAD' }", "CLEAR GRAPH <http://a/LOAD>"])
def test_word_that_only_looks_like_a_load_stays(update: str) -> None:
    assert without_loads(update) == update


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?x) {}", "ASK { FILTER(rand() > 0.5) }", "SELECT (uuid() AS ?x) {}"]
)
def test_query_with_a_function_that_is_new_each_time_is_volatile(query: str) -> None:
    assert is_volatile(query)


@pytest.mark.parametrize(
    "query", ["SELECT ?now {}", "ASK { ?s <a:NOW> 'RAND()' } # UUID()", "ASK { ?s a:now ?o }"]
)
def test_name_that_only_looks_like_such_a_function_is_not(query: str) -> None:
    assert not is_volatile(query)
