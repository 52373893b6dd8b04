"""A commit is all of it or nothing and makes a generation; readers see what they opened."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.model.errors import (
    QueryError,
    StoreBusyError,
    StoreCorruptError,
    StoreError,
    StoreMissingError,
)
from treatygraph.model.store import Solutions, Store
from treatygraph.store import EmbeddedReader, EmbeddedStore, embedded, open_reader, open_writer
from treatygraph.store.layout import KEPT_GENERATIONS

OPEN = embedded._open_engine
Make = Callable[..., dict[NamedNode, list[Quad]]]


def said(store: EmbeddedStore | EmbeddedReader) -> set[str]:
    """The words in the default graph."""
    return {triple.object.value for triple in store.merged()}


def test_new_store_is_empty_and_has_generation_0(store: EmbeddedStore, place: Path) -> None:
    assert isinstance(store, Store)
    assert (store.generation(), store.graphs(), said(store)) == (0, (), set())
    with open_reader(place) as reader:
        assert isinstance(reader, Store)
        assert (reader.generation(), reader.graphs()) == (0, ())


def test_replaced_graphs_stand_alone_and_in_the_merge(store: EmbeddedStore, make_graphs: Make) -> None:
    assert store.replace_graphs(make_graphs(a="1 2", b="2 3")) == 1
    assert store.replace_graphs(make_graphs(a="4")) == 2
    assert {quad.object.value for quad in store.quads(iri("graph/a"))} == {"4"}
    assert said(store) == {"2", "3", "4"}
    assert len(list(store.quads())) == 3


def test_empty_graph_is_dropped(store: EmbeddedStore, make_graphs: Make) -> None:
    store.replace_graphs(make_graphs(a="1", b="1"))
    store.replace_graphs(make_graphs(a=""))
    assert store.graphs() == (iri("graph/b"),)
    assert said(store) == {"1"}


def test_engine_is_opened_anew_after_many_statements(
    store: EmbeddedStore, make_graphs: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It keeps what it has seen; the next commit goes on from the writer's folder as it is."""
    monkeypatch.setattr("treatygraph.store.embedded._MOST_WRITTEN", 2)
    opened: list[Path] = []
    monkeypatch.setattr(embedded, "_open_engine", lambda folder: opened.append(folder) or OPEN(folder))
    for count, words in enumerate(("1", "2 3", "4", "5 6 7 8"), start=1):
        assert store.replace_graphs(make_graphs(**{f"g{count}": words})) == count
    assert said(store) == set("12345678")
    assert len(opened) == 1
    store.replace_graphs(make_graphs(g1="9"))
    assert said(store) == set("23456789")
    assert len(opened) == 2


def test_others_are_dropped_in_the_same_commit_when_asked(store: EmbeddedStore, make_graphs: Make) -> None:
    store.replace_graphs(make_graphs(a="1", b="2"))
    assert store.replace_graphs(make_graphs(c="3"), drop_others=True) == 2
    assert store.graphs() == (iri("graph/c"),)
    assert said(store) == {"3"}


@pytest.mark.parametrize("name", ["build", "suggestions", "suggestions_model_x", "superseded", "shapes"])
def test_graph_that_is_not_asserted_never_enters_the_merge(
    store: EmbeddedStore, make_graphs: Make, name: str
) -> None:
    store.replace_graphs(make_graphs(**{name: "1 2", "a": "2"}))
    assert said(store) == {"2"}
    store.replace_graphs(make_graphs(a=""))
    assert said(store) == set()
    store.update("CREATE GRAPH <https://example.org/x>")
    assert said(store) == set()
    assert len(list(store.quads())) == 2


def test_quad_of_another_graph_is_refused_and_nothing_is_stored(
    store: EmbeddedStore, make_graphs: Make
) -> None:
    wrong = {iri("graph/a"): make_graphs(b="1")[iri("graph/b")]}
    with pytest.raises(StoreError, match="another graph"):
        store.replace_graphs(make_graphs(c="2") | wrong)
    assert (store.generation(), store.graphs()) == (0, ())


def test_update_is_one_commit_and_renews_the_merge(store: EmbeddedStore, make_graphs: Make) -> None:
    store.replace_graphs(make_graphs(a="1", b="1 2"))
    update = """BASE <https://w3id.org/treatygraph/id/>
        DELETE WHERE { GRAPH <graph/b> { ?s ?p ?o } } ;
        INSERT DATA { GRAPH <graph/c> { <tool/well> <concept/says> "3" } }"""
    assert store.update(update) == 2
    assert said(store) == {"1", "3"}


def test_failing_update_leaves_the_old_generation_and_the_next_commit_works(
    store: EmbeddedStore, make_graphs: Make
) -> None:
    store.replace_graphs(make_graphs(a="1"))
    with pytest.raises(QueryError) as failed:
        store.update("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } } ;\n CLEAR GRAPH <a:none> ; nonsense")
    where = failed.value.where
    assert where is not None and where.line == 2
    assert (store.generation(), said(store)) == (1, {"1"})
    assert store.replace_graphs(make_graphs(b="2")) == 2
    assert said(store) == {"1", "2"}


def test_error_between_changes_takes_all_of_them_back(
    store: EmbeddedStore, make_graphs: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace_graphs(make_graphs(a="1"))

    def fail(step: str) -> None:
        if step == "changed":
            raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("treatygraph.store.embedded.reached", fail)
        with pytest.raises(MemoryError) as held:
            store.replace_graphs(make_graphs(a="2", b="3"))
    assert (store.generation(), said(store)) == (1, {"1"})
    assert store.replace_graphs(make_graphs(c="4")) == 2, held
    assert said(store) == {"1", "4"}


def test_reader_stays_at_its_generation_until_refreshed(
    store: EmbeddedStore, place: Path, make_graphs: Make
) -> None:
    store.replace_graphs(make_graphs(a="1"))
    with open_reader(place) as reader:
        for number in range(2, 3 + 2 * KEPT_GENERATIONS):
            store.replace_graphs(make_graphs(a=str(number)))
        assert (reader.generation(), said(reader)) == (1, {"1"})
        assert reader.refresh() == store.generation()
        assert said(reader) == said(store)


def test_old_generations_are_removed(store: EmbeddedStore, place: Path, make_graphs: Make) -> None:
    for number in range(6):
        store.replace_graphs(make_graphs(a=str(number)))
    names = sorted(int(path.name) for path in (place / "generations").iterdir())
    assert names == [4, 5, 6]


def test_reader_refuses_to_write(store: EmbeddedStore, place: Path, make_graphs: Make) -> None:
    with open_reader(place) as reader:
        with pytest.raises(StoreError, match="opened for reading"):
            reader.update("CLEAR NAMED")
        with pytest.raises(StoreError, match="opened for reading"):
            reader.replace_graphs(make_graphs(a="1"))


def test_select_ask_and_construct_give_values(store: EmbeddedStore, make_graphs: Make) -> None:
    store.replace_graphs(make_graphs(a="1 2", b="2"))
    answer = store.query("SELECT ?o ?none { ?s ?p ?o } ORDER BY ?o")
    assert isinstance(answer, Solutions)
    assert answer.variables == ("o", "none")
    assert [(o.value, none) for o, none in answer if o is not None] == [("1", None), ("2", None)]
    assert store.query("ASK { ?s ?p '2' }") is True
    triples = store.query("CONSTRUCT { ?s ?p 'x' } WHERE { ?s ?p ?o }")
    assert isinstance(triples, tuple) and len(triples) == 1


def test_second_writer_is_told_who_has_the_store(store: EmbeddedStore, place: Path) -> None:
    with pytest.raises(StoreBusyError) as busy:
        open_writer(place)
    assert f"process {os.getpid()} on" in str(busy.value)
    assert str(place) in str(busy.value)
    store.close()
    open_writer(place).close()


def test_missing_store_is_named_with_its_path(place: Path) -> None:
    with pytest.raises(StoreMissingError, match=r"There is no store.*store.*treatygraph build"):
        open_reader(place)
    assert not place.exists()


@pytest.mark.parametrize("content", [b"", b"x\n", b"-1", b"\xff"])
def test_damaged_current_is_told(store: EmbeddedStore, place: Path, content: bytes) -> None:
    store.close()
    (place / "CURRENT").write_bytes(content)
    for opening in (open_reader, open_writer):
        with pytest.raises(StoreCorruptError, match="CURRENT"):
            opening(place)


def test_damaged_generation_is_told_and_the_writer_is_not_touched(
    store: EmbeddedStore, place: Path, make_graphs: Make
) -> None:
    store.replace_graphs(make_graphs(a="1"))
    store.close()
    for path in (place / "generations" / "1").glob("MANIFEST*"):
        path.unlink()
        path.write_bytes(b"damaged")
    with pytest.raises(StoreCorruptError, match="damaged"):
        open_reader(place)


def test_store_of_a_later_format_is_refused(store: EmbeddedStore, place: Path) -> None:
    store.close()
    (place / "store.json").write_text('{"format": 99, "dataset": "merged"}')
    with pytest.raises(StoreError, match="format 99"):
        open_reader(place)


def test_store_opens_only_as_what_it_was_made_as(place: Path, make_graphs: Make) -> None:
    with EmbeddedStore(place, merged=False) as plain:
        plain.replace_graphs(make_graphs(a="1"))
        assert said(plain) == set()
        plain.update('INSERT DATA { <a:s> <a:p> "default" }')
        assert said(plain) == {"default"}
    with pytest.raises(StoreError, match="plain dataset"):
        open_writer(place)


def test_folder_of_somebody_else_is_left_alone(place: Path) -> None:
    (place / "generations").mkdir(parents=True)
    (place / "generations" / "family.txt").write_text("grandmother")
    with pytest.raises(StoreError, match="not empty: generations"):
        open_writer(place)
    assert (place / "generations" / "family.txt").read_text() == "grandmother"


def test_address_where_no_engine_answers_is_told() -> None:
    for opening in (open_reader, open_writer):
        with pytest.raises(StoreError, match="cannot be reached"):
            opening("http://127.0.0.1:9/sparql")


def test_closed_store_says_so(store: EmbeddedStore, make_graphs: Make) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.query("ASK {}")
    with pytest.raises(StoreError, match="was closed"):
        store.replace_graphs(make_graphs(a="1"))


def test_source_text_is_kept_by_its_hash(store: EmbeddedStore, place: Path) -> None:
    text = "Œuvre · 源\r\nwith both line ends\n"
    name = hashlib.sha256(text.encode()).hexdigest()
    assert store.text(name) is None
    store.save_text(name, text)
    assert store.text(name) == text
    with open_reader(place) as reader:
        assert reader.text(name) == text
        assert reader.text("../../CURRENT") is None
    with pytest.raises(StoreError, match="hash"):
        store.save_text(name, "another")
