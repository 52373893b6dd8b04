"""A backup stands by itself and says what it is; restored, it is the next generation; what is damaged is named."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from treatygraph.graph.iris import iri
from treatygraph.model.errors import StoreBusyError, StoreCorruptError, StoreError, StoreMissingError
from treatygraph.model.store import Solutions, Store
from treatygraph.store import EmbeddedStore, QueryPool, Question, open_reader
from treatygraph.store.backup import backup, damages, restore
from treatygraph.store.layout import KEPT_GENERATIONS, Layout
from treatygraph.store.verify import verify

Make = Callable[..., dict[NamedNode, list[Quad]]]
FOO = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"


def said(store: Store) -> set[str]:
    answer = store.query("SELECT ?word WHERE { ?s ?p ?word }")
    assert isinstance(answer, Solutions)
    return {str(row[0]).strip('"') for row in answer.rows}


def flip(path: Path, place: int = -40) -> None:
    """Changes one byte of a file."""
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.unlink()
    path.write_bytes(data)


@pytest.fixture
def copied(store: EmbeddedStore, place: Path, tmp_path: Path, make_graphs: Make) -> Path:
    """A backup of graphs a (1 2) and b (3), taken while the store is open for writing."""
    store.replace_graphs(make_graphs(a="1 2", b="3"))
    store.save_text(FOO, "foo")
    (place / "tokens.json").write_text("{}")
    backup(place, tmp_path / "copy")
    return tmp_path / "copy"


def test_backup_has_the_hash_of_every_file_and_no_tokens(copied: Path) -> None:
    told = json.loads((copied / "manifest.json").read_text())
    assert (told["dataset"], told["generation"]) == ("merged", 1)
    assert f"texts/{FOO}.txt" in told["files"] and "generation/CURRENT" in told["files"]
    assert list(damages(copied)) == [] and not list(copied.rglob("tokens*"))
    assert not list(copied.parent.glob("*.part"))


def test_backup_shares_no_file_with_the_store(copied: Path) -> None:
    assert {path.stat().st_nlink for path in copied.rglob("*") if path.is_file()} == {1}


def test_restored_backup_is_the_next_generation(
    copied: Path, store: EmbeddedStore, place: Path, make_graphs: Make
) -> None:
    store.replace_graphs(make_graphs(a="9", c="8"), drop_others=True)
    store.close()
    with open_reader(place) as before:
        assert restore(copied, place) == 3
        assert said(before) == {"8", "9"}
    with open_reader(place) as reader:
        assert (reader.generation(), said(reader), reader.text(FOO)) == (3, {"1", "2", "3"}, "foo")
    with EmbeddedStore(place) as writer:
        assert writer.replace_graphs(make_graphs(a="4")) == 4
        assert said(writer) == {"3", "4"}
    assert verify(place).damages == ()


def _spoil_tables(place: Path) -> None:
    for table in (place / "generations" / "1").glob("*.sst"):
        # In the writer's folder it is the same file.
        table.write_bytes(bytes(255 - byte for byte in table.read_bytes()))


@pytest.mark.parametrize(
    "spoil",
    [
        _spoil_tables,
        lambda place: (place / "CURRENT").write_bytes(b"\xff"),
        lambda place: (place / "CURRENT").unlink(),
        lambda place: (place / "generations" / "2").mkdir(),
    ],
    ids=["tables", "CURRENT", "no CURRENT", "a half generation"],
)
def test_backup_mends_a_store_that_is_damaged(
    copied: Path, store: EmbeddedStore, place: Path, make_graphs: Make, spoil: Callable[[Path], object]
) -> None:
    store.close()
    spoil(place)
    number = restore(copied, place)
    with open_reader(place) as reader:
        assert (reader.generation(), said(reader)) == (number, {"1", "2", "3"})
    with EmbeddedStore(place) as writer:
        assert writer.replace_graphs(make_graphs(a="4")) == number + 1
    assert verify(place).damages == ()


def test_backup_is_restored_where_there_is_no_store(copied: Path, tmp_path: Path) -> None:
    restore(copied, tmp_path / "new")
    with open_reader(tmp_path / "new") as reader:
        assert (said(reader), reader.is_merged) == ({"1", "2", "3"}, True)


def test_questions_are_answered_while_backups_are_taken_and_restored(
    copied: Path, store: EmbeddedStore, place: Path, tmp_path: Path
) -> None:
    store.close()
    failures: list[Exception] = []
    done = threading.Event()
    with QueryPool(place) as pool:

        def ask() -> None:
            while not done.is_set():
                try:
                    body = pool.ask(Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv")).body
                    assert body == b"n\r\n3\r\n", body
                except Exception as error:
                    failures.append(error)

        asking = [threading.Thread(target=ask) for _ in range(2)]
        for thread in asking:
            thread.start()
        for number in range(5):
            backup(place, tmp_path / f"copy{number}")
            restore(copied, place)
        done.set()
        for thread in asking:
            thread.join()
    assert failures == []


def test_backup_is_whole_though_its_generation_goes_while_it_is_copied(
    store: EmbeddedStore, place: Path, tmp_path: Path, make_graphs: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace_graphs(make_graphs(a="1 2"))

    def commit(_step: str) -> None:
        for number in range(KEPT_GENERATIONS + 1):
            store.replace_graphs(make_graphs(a=f"{number}+"))

    monkeypatch.setattr("treatygraph.store.backup.reached", commit)
    made = backup(place, tmp_path / "copy")
    assert made.generation not in Layout(place).numbers()
    assert list(damages(tmp_path / "copy")) == []
    restore(tmp_path / "copy", tmp_path / "new")
    with open_reader(tmp_path / "new") as reader:
        assert said(reader) == {"1", "2"}


def test_backup_is_never_written_over(copied: Path, place: Path) -> None:
    with pytest.raises(StoreError, match="never written over"):
        backup(place, copied)


def test_backup_without_room_leaves_nothing(
    store: EmbeddedStore, place: Path, tmp_path: Path, make_graphs: Make
) -> None:
    store.replace_graphs(make_graphs(a="1 2"))
    code = (
        "import resource, signal, sys; from pathlib import Path; from treatygraph.store.backup import backup\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "backup(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(place), str(tmp_path / "copy")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "The backup could not be written: File too large" in done.stderr
    assert not list(tmp_path.glob("copy*"))


@pytest.mark.parametrize("harm", ["flip", "remove", "add", "shorten"])
def test_damaged_backup_is_named_and_not_restored(
    copied: Path, store: EmbeddedStore, place: Path, harm: str
) -> None:
    store.close()
    victim = next(copied.glob("generation/*.sst"))
    if harm == "flip":
        flip(victim)
    elif harm == "remove":
        victim.unlink()
    elif harm == "add":
        victim = victim.with_name("other")
        victim.touch()
    else:
        victim.write_bytes(victim.read_bytes()[:-1])
    assert [each for each in damages(copied) if victim.name in each]
    with pytest.raises(StoreCorruptError, match=victim.name):
        restore(copied, place)
    with open_reader(place) as reader:
        assert reader.generation() == 1


def test_restoring_waits_for_no_writer(copied: Path, store: EmbeddedStore, place: Path) -> None:
    with pytest.raises(StoreBusyError):
        restore(copied, place)


def test_plain_backup_does_not_become_a_merged_store(tmp_path: Path, place: Path) -> None:
    EmbeddedStore(tmp_path / "plain", merged=False).close()
    EmbeddedStore(place).close()
    backup(tmp_path / "plain", tmp_path / "copy")
    with pytest.raises(StoreError, match="merged dataset"):
        restore(tmp_path / "copy", place)


def test_whole_store_is_verified_while_it_is_written(
    store: EmbeddedStore, place: Path, make_graphs: Make
) -> None:
    store.replace_graphs(make_graphs(a="1 2", b="2 3"))
    store.save_text(FOO, "foo")
    found = verify(place)
    assert (found.generation, found.graphs, found.quads, found.triples, found.texts) == (1, 2, 4, 3, 1)
    assert found.damages == ()


def test_damaged_block_is_named_with_its_folder(store: EmbeddedStore, place: Path, make_graphs: Make) -> None:
    store.replace_graphs(make_graphs(a=" ".join(f"word{n}" for n in range(5000))))
    store.close()
    for path in place.glob("generations/1/*.sst"):
        flip(path, path.stat().st_size // 3)
    (damage,) = verify(place).damages
    assert str(place / "generations" / "1") in damage


def test_merge_that_is_not_one_is_told(store: EmbeddedStore, place: Path, make_graphs: Make) -> None:
    store.replace_graphs(make_graphs(a="1 2"))

    def spoil(engine: object, difference: object) -> None:
        engine.add(Quad(iri("tool/well"), iri("tool/x"), iri("tool/y")))  # type: ignore[attr-defined]

    store.replace_graphs(make_graphs(b="3"), check=spoil)
    (damage,) = verify(place).damages
    assert "the default graph has 1 triples that no asserted graph holds" in damage


def test_text_that_is_not_that_of_its_hash_is_named(store: EmbeddedStore, place: Path) -> None:
    store.save_text(FOO, "foo")
    (place / "texts" / f"{FOO}.txt").write_text("bar")
    (damage,) = verify(place).damages
    assert FOO in damage


def test_no_store_is_no_damage(place: Path) -> None:
    with pytest.raises(StoreMissingError):
        verify(place)
    with pytest.raises(StoreError, match="no backup"):
        restore(place, place)
