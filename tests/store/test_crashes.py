"""A process that ends anywhere leaves the old generation or the new one, and the next writer goes on from it.

Real processes end themselves (``os._exit``) at each step, or are killed at any moment.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Engine

from treatygraph.store import open_reader, open_writer

CHILD = """
import os, sys
from pathlib import Path
from pyoxigraph import Literal, Quad
from treatygraph.graph.iris import iri
from treatygraph.store import embedded, layout, open_writer

place, phase, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
steps = []

def reached(step):
    steps.append(step)
    if len(steps) == last:
        os._exit(42)

def watch():
    embedded.reached = layout.reached = reached

def facts(word):
    graph = iri("graph/a")
    return {graph: [Quad(iri("tool/well"), iri("concept/says"), Literal(word), graph)]}

if phase == "open":
    watch()
store = open_writer(place)
if phase == "commit":
    watch()
    store.replace_graphs(facts("new"))
elif phase == "prepare":
    store.replace_graphs(facts("old"))
elif phase == "loop":
    while True:
        number = store.generation() + 1
        store.replace_graphs(facts(str(number)))
        print(number, flush=True)
print("\\n".join(steps))
"""


def run(place: Path, phase: str, last: int = 0) -> tuple[int, list[str]]:
    """Runs the child to its end; its exit status and the steps that it passed."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(place), phase, str(last)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 42), done.stderr
    return done.returncode, done.stdout.split("\n")[:-1]


def words(place: Path) -> set[str]:
    with open_reader(place) as reader:
        merged = {triple.object.value for triple in reader.merged()}
        assert merged == {quad.object.value for quad in reader.quads()}
        return merged


def go_on(place: Path) -> None:
    """The next writer opens the store and commits."""
    with open_writer(place) as store:
        before = {triple.object.value for triple in store.merged()}
        store.update('INSERT DATA { GRAPH <a:later> { <a:s> <a:p> "later" } }')
        assert {triple.object.value for triple in store.merged()} == before | {"later"}
    assert sorted(path.name for path in place.iterdir() if path.name.endswith(".new")) == []
    assert (place / "writer" / "GENERATION").read_text() == (place / "CURRENT").read_text()


def test_crash_between_any_two_steps_of_a_commit(tmp_path: Path) -> None:
    run(tmp_path / "whole", "prepare")
    _, steps = run(tmp_path / "whole", "commit")
    named = steps.index("written CURRENT") + 1
    assert len(steps) > 8 and 0 < named < len(steps)
    for last in range(1, len(steps) + 1):
        place = tmp_path / str(last)
        run(place, "prepare")
        assert run(place, "commit", last)[0] == 42
        expected = {"old"} if last <= named else {"new"}
        assert words(place) == expected, steps[last - 1]
        go_on(place)
        assert words(place) == expected | {"later"}, steps[last - 1]


def test_crash_between_any_two_steps_of_making_a_store(tmp_path: Path) -> None:
    _, steps = run(tmp_path / "whole", "open")
    assert len(steps) > 5
    for last in range(1, len(steps) + 1):
        place = tmp_path / str(last)
        assert run(place, "open", last)[0] == 42
        go_on(place)
        assert words(place) == {"later"}, steps[last - 1]


def test_crash_while_the_writer_is_taken_back(tmp_path: Path) -> None:
    def crashed(place: Path) -> Path:
        run(place, "prepare")
        assert run(place, "commit", 4)[0] == 42
        assert not (place / "writer" / "GENERATION").exists()
        return place

    _, steps = run(crashed(tmp_path / "whole"), "open")
    assert steps[0] == "writer removed"
    for last in range(1, len(steps) + 1):
        place = crashed(tmp_path / str(last))
        assert run(place, "open", last)[0] == 42
        assert words(place) == {"old"}
        go_on(place)


def test_what_stands_in_the_log_of_a_generation_alone_is_taken_back_too(tmp_path: Path) -> None:
    place, filled = tmp_path / "store", tmp_path / "filled"
    run(place, "prepare")
    generation = place / "generations" / (place / "CURRENT").read_text().strip()
    shutil.copytree(generation, filled)
    engine = Engine(str(filled))
    fact = Quad(NamedNode("a:s"), NamedNode("a:p"), Literal("only in the log"))
    engine.extend([fact, Quad(fact.subject, fact.predicate, fact.object, NamedNode("a:g"))])
    shutil.rmtree(generation)
    # Copied while it is open, so that nothing was written to its tables yet.
    shutil.copytree(filled, generation)
    assert words(place) == {"old", "only in the log"}
    (place / "writer" / "GENERATION").unlink()
    go_on(place)
    assert words(place) == {"old", "only in the log", "later"}


@pytest.mark.parametrize("seed", range(6))
def test_process_killed_at_any_moment_keeps_what_it_acknowledged(tmp_path: Path, seed: int) -> None:
    place = tmp_path / "store"
    run(place, "prepare")
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(place), "loop", "0"], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.0, 0.3))
    os.kill(child.pid, signal.SIGKILL)
    acknowledged = [int(line) for line in child.communicate()[0].split()]
    last = acknowledged[-1] if acknowledged else 2
    with open_reader(place) as reader:
        number = reader.generation()
    assert number in (last, last + 1)
    assert words(place) == {str(number)}
    go_on(place)
