"""The search block of a query: what may stand in it, where mistakes are told, and what the engine gets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import PREFIXES, TG
from treatygraph.model.errors import QueryError, ServerBusyError, StoreError
from treatygraph.store import EmbeddedStore, QueryPool, Question, check_query, check_update
from treatygraph.store.search_block import search_blocks, with_places

PREFIX = f"PREFIX tg: <{TG.NAMESPACE}> "
WORDS = 'SERVICE tg:search { ?thing tg:matches "harbour pilot" }'


def block(text: str) -> tuple[str, str, str | None, str | None, int]:
    (found,) = search_blocks(f"SELECT * {{ {text} }}", PREFIXES)
    return found.thing, found.words, found.score, found.snippet, found.limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WORDS, ("?thing", "harbour pilot", None, None, 1000)),
        (WORDS.replace("SERVICE", "service silent"), ("?thing", "harbour pilot", None, None, 1000)),
        (
            'SERVICE tg:search { ?t tg:matches "a" ; tg:score ?s ; tg:snippet ?x ; tg:limit 20 . }',
            ("?t", "a", "?s", "?x", 20),
        ),
        ('SERVICE tg:search{?t tg:limit 3.?t tg:matches "a".?t tg:score $s}', ("?t", "a", "?s", None, 3)),
        (f"SERVICE <{TG.search.value}> {{ $t <{TG.matches.value}> 'a' }}", ("?t", "a", None, None, 1000)),
        (
            r'SERVICE tg:search { ?t tg:matches "\"in a row\" 港\u6e2f" }',
            ("?t", '"in a row" 港港', None, None, 1000),
        ),
        ("SERVICE tg:search { ?t tg:matches '''it's \"a\"''' # }\n }", ("?t", 'it\'s "a"', None, None, 1000)),
    ],
)
def test_a_block_is_read(text: str, expected: tuple[str, str, str | None, str | None, int]) -> None:
    assert block(text) == expected
    assert check_query(f"SELECT * {{ {text} }}", PREFIXES)


@pytest.mark.parametrize(
    ("inner", "words", "at"),
    [
        ("", "does not say what it looks for", "}"),
        ("?t tg:limit 5", "does not say what it looks for", "}"),
        ('<a:b> tg:matches "a"', "is a variable", "<a:b>"),
        ('?t tg:matches "a" ; tg:title ?x', "knows tg:matches, tg:score, tg:snippet, tg:limit", "tg:title"),
        ("?t tg:matches ?words", "a plain string", "?words"),
        ('?t tg:matches "a"@en', "a plain string", '"a"'),
        ('?t tg:matches "a", "b"', "none of them", ","),
        ('?t tg:matches "a" ; tg:matches "b"', "tg:matches stands twice", 'tg:matches "b"'),
        ('?t tg:matches "a" . ?u tg:score ?s', "is about ?t", "?u"),
        ('?t tg:matches "a" ; tg:score 5', "The object of tg:score is a variable", "5"),
        ('?t tg:matches "a" ; tg:limit 0', "from 1 to 10,000", "0"),
        ('?t tg:matches "a" ; tg:limit 10001', "from 1 to 10,000", "10001"),
        ('?t tg:matches "a" ; tg:limit ?n', "from 1 to 10,000", "?n"),
        ('?t tg:matches " — "', "no word to look for", '" — "'),
        ('?t tg:matches "a" ; tg:score ?t', "the same variable", "SERVICE"),
        ('?t tg:matches "a" } OPTIONAL {', None, None),
        (f'?t tg:matches "{"a" * 1001}"', "more than 1,000 characters", '"aaa'),
    ],
)
def test_what_may_not_stand_in_a_block_is_told_with_its_place(
    inner: str, words: str | None, at: str | None
) -> None:
    query = f"SELECT *\n{{ SERVICE tg:search {{ {inner} }} }}"
    if words is None or at is None:
        check_query(query, PREFIXES)
        return
    with pytest.raises(QueryError) as raised:
        check_query(query, PREFIXES)
    assert words in raised.value.what
    place = raised.value.where
    assert place is not None and place.line == 2 and place.column is not None
    assert query.split("\n")[1][place.column - 1 :].startswith(at)


def test_a_block_that_is_not_closed_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="not closed"):
        search_blocks('SELECT * { SERVICE tg:search { ?t tg:matches "a"', PREFIXES)


def test_more_blocks_than_are_taken_are_refused() -> None:
    assert len(search_blocks(WORDS * 8, PREFIXES)) == 8
    with pytest.raises(QueryError, match="9 search blocks"):
        search_blocks(WORDS * 9, PREFIXES)


@pytest.mark.parametrize(
    "query",
    [
        WORDS.replace("tg:search", "<https://example.org/search>"),
        WORDS.replace("tg:search", "?where"),
        WORDS.replace("tg:search", f"<{TG.search.value}/>"),
        f"{WORDS} SERVICE <https://example.org/> {{}}",
        WORDS.replace("}", "SERVICE <https://example.org/> {} }"),
        f"PREFIX tg: <https://example.org/> SELECT * {{ {WORDS} }}",
        f"{WORDS} FILTER(?a<?b)SERVICE:x#>",
    ],
)
def test_no_other_service_gets_in_with_a_block(query: str) -> None:
    with pytest.raises(QueryError):
        check_query(query if query.startswith("PREFIX") else f"SELECT * {{ {query} }}", PREFIXES)


def test_an_update_does_not_look_for_words() -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check_update(f"{PREFIX} DELETE {{ GRAPH <a:g> {{ ?thing ?p ?o }} }} WHERE {{ {WORDS} }}", merged=True)


def test_places_in_the_query_stay_where_they_are() -> None:
    query = 'SELECT * {\nSERVICE\n tg:search {\n ?thing tg:matches "a" ; tg:score ?s\n } ?thing ?p ?o }'
    shown = with_places(query, search_blocks(query, PREFIXES))
    assert shown.split("\n")[4] == query.split("\n")[4].replace("}", " ", 1)
    assert [len(line) for line in shown.split("\n")][3:] == [len(line) for line in query.split("\n")][3:]
    assert shown.split("\n")[1] == "VALUES(?thing ?s){}"
    one = f"SELECT * {{ {WORDS} ?thing ?p ?o }}"
    assert len(with_places(one, search_blocks(one, PREFIXES))) == len(one)


# -- over a store


def label(name: str, words: str) -> Quad:
    return Quad(iri(name), NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal(words, language="en"),
                iri("graph/words"))  # fmt: skip


def kind(name: str) -> Quad:
    return Quad(
        iri(name),
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        TG.Document,
        iri("graph/words"),
    )


def fill(store: EmbeddedStore, **labels: str) -> None:
    quads = [quad for name, words in labels.items() for quad in (label(f"document/{name}", words), kind(f"document/{name}"))]  # fmt: skip
    store.replace_graphs({iri("graph/words"): quads})


@pytest.fixture
def harbours(store: EmbeddedStore) -> EmbeddedStore:
    fill(
        store,
        H1="Harbour pilots",
        H2="The pilot of the harbour",
        H3="Harbour dues",
        H4='A "quay" \\ with signs',
    )
    return store


@pytest.fixture
def pool(harbours: EmbeddedStore, place: Path) -> Iterator[QueryPool]:
    with QueryPool(place) as opened:
        yield opened


SHORT = "PREFIX tg: <https://w3id.org/treatygraph/ns#> BASE <https://w3id.org/treatygraph/id/document/> "


def csv(pool: QueryPool, query: str) -> list[str]:
    return (
        pool.ask(Question(SHORT + query, "csv")).body.decode().replace(iri("document/").value, "").split()[1:]
    )


def test_what_is_found_joins_with_other_patterns(pool: QueryPool) -> None:
    search = 'SERVICE tg:search { ?t tg:matches "harbour" ; tg:score ?s }'
    assert csv(pool, f"SELECT ?t {{ {search} }} ORDER BY ?t") == ["H1", "H2", "H3"]
    best = csv(pool, f"SELECT ?t {{ {search} }} ORDER BY DESC(?s) ?t")
    assert best == ["H1", "H3", "H2"], "shorter texts fit better, equals come by name"
    assert csv(pool, f"SELECT ?t {{ {search} ?t a tg:Treaty }}") == []
    assert csv(pool, f"SELECT ?t {{ VALUES ?t {{ <H1> <H4> }} OPTIONAL {{ {search} }} }} ORDER BY ?t") == ["H1", "H4"]  # fmt: skip
    assert csv(pool, f"SELECT ?t {{ ?t a tg:Document MINUS {{ {search} }} }}") == ["H4"]
    two = search + 'SERVICE tg:search { ?t tg:matches "pilot*" }'
    assert csv(pool, f"SELECT ?t {{ {two} }} ORDER BY ?t") == ["H1", "H2"]
    assert csv(pool, f"SELECT ?t {{ {search.replace('; tg:score', '; tg:limit 1 ; tg:score')} }}") == ["H1"]


def test_snippets_are_literals_with_their_language(pool: QueryPool) -> None:
    query = 'SELECT ?x { SERVICE tg:search { ?t tg:matches "quay" ; tg:snippet ?x } }'
    assert pool.ask(Question(SHORT + query, "tsv")).body.decode() == '?x\n"A \\"quay\\" \\\\ with signs"@en\n'


def test_what_is_found_is_of_the_generation_that_answers(pool: QueryPool, harbours: EmbeddedStore) -> None:
    query = 'SELECT ?t { SERVICE tg:search { ?t tg:matches "dues" } }'
    assert csv(pool, query) == ["H3"]
    fill(harbours, H3="Harbour fees", H5="Dues")
    assert csv(pool, query) == ["H5"]
    assert csv(pool, query.replace("dues", "fees")) == ["H3"]


def test_old_indexes_go_with_their_generations(pool: QueryPool, harbours: EmbeddedStore, place: Path) -> None:
    for number in range(5):
        fill(harbours, H1=f"pier{number}")
        assert csv(pool, f'SELECT ?t {{ SERVICE tg:search {{ ?t tg:matches "pier{number}" }} }}') == ["H1"]
    kept = {int(path.name.split("-")[0]) for path in (place / "search").iterdir()}
    assert kept == {4, 5, 6}


def test_the_store_itself_answers_too(harbours: EmbeddedStore) -> None:
    query = f"{SHORT} SELECT ?t {{ SERVICE tg:search {{ ?t tg:matches 'dues' }} }}"
    assert harbours.query(query) == harbours.query(query)
    (row,) = harbours.query(query)  # type: ignore[union-attr, misc]
    assert row == (iri("document/H3"),)


def test_a_mistake_after_a_block_keeps_its_place(pool: QueryPool, harbours: EmbeddedStore) -> None:
    query = f"{PREFIX}SELECT * {{\n {WORDS} ?thing ?p }}"
    for ask in (lambda: pool.ask(Question(query)), lambda: harbours.query(query)):
        with pytest.raises(QueryError) as raised:
            ask()
        assert raised.value.where is not None
        assert (raised.value.where.line, raised.value.where.column) == (2, len(query.split("\n")[1]))


def test_an_index_that_is_not_made_in_time_is_told(harbours: EmbeddedStore, place: Path) -> None:
    with QueryPool(place) as pool:
        query = SHORT + "SELECT ?t { SERVICE tg:search { ?t tg:matches 'dues' } }"
        with pytest.raises(ServerBusyError, match="still being made"):
            pool.ask(Question(query), timeout=0.01)
        assert pool.ask(Question(query, "csv"), timeout=30).body.count(b"H3") == 1


def test_a_store_that_may_only_be_read_is_looked_in_too(harbours: EmbeddedStore, place: Path) -> None:
    # A file in the place of the folder stands for a disk that nobody may write: the tests may run as root.
    (place / "search").write_bytes(b"")
    with QueryPool(place) as pool:
        assert csv(pool, 'SELECT ?t { SERVICE tg:search { ?t tg:matches "dues" } }') == ["H3"]


def test_an_index_that_is_damaged_is_told(harbours: EmbeddedStore, place: Path) -> None:
    query = 'SELECT ?t { SERVICE tg:search { ?t tg:matches "dues" } }'
    with QueryPool(place) as pool:
        csv(pool, query)
    (file,) = (place / "search").iterdir()
    file.write_bytes(quote("x" * 9999).encode())
    with QueryPool(place) as pool, pytest.raises(StoreError, match="is damaged"):
        csv(pool, query)
