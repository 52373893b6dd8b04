"""Reading side by side: in order, few in flight, and a file that ends its process costs itself alone."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from treatygraph.model.errors import BuildError
from treatygraph.pipeline.crew import read_on_dask
from treatygraph.pipeline.reading import Setting

SCRIPT = """
import json, os, sys, time
from treatygraph.pipeline.corpus import Source
from treatygraph.pipeline.crew import read_here
from treatygraph.pipeline.reading import Failed, Setting

def read(source, setting):
    if source.name.startswith("bomb"):
        os._exit(9)
    if source.name == "slow":
        os.write(1, f"{os.getpid()}{os.linesep}".encode())  # one write: what two workers print may else be mingled
        time.sleep(600)
    time.sleep(0.02 if source.name.endswith("3") else 0)
    return Failed(source.name, "read")

given = []

def sources(names):
    for name in names:
        given.append(name)
        yield Source(name, b"")

if __name__ == "__main__":
    names, ahead = sys.argv[1].split(), []
    found = []
    for outcome in read_here(sources(names), Setting(None, "x"), workers=2, read=read):
        found.append([outcome.name, outcome.error])
        ahead.append(len(given) - len(found))
    print(json.dumps({"found": found, "ahead": max(ahead)}))
"""


def run(folder: Path, names: list[str]) -> Any:
    script = folder / "crew.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), " ".join(names)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def test_outcomes_come_in_the_order_of_the_files_and_few_are_in_flight(tmp_path: Path) -> None:
    names = [f"f{number}" for number in range(60)]
    result = run(tmp_path, names)
    assert [name for name, _ in result["found"]] == names
    assert result["ahead"] <= 8


def test_a_file_that_ends_its_process_is_named_and_no_other_is_lost(tmp_path: Path) -> None:
    names = ["f1", "f2", "bomb", "f3", "f4", "bomb2", *(f"f{number}" for number in range(5, 20))]
    result = run(tmp_path, names)
    assert [name for name, _ in result["found"]] == names
    failed = [name for name, error in result["found"] if error != "read"]
    assert failed == ["bomb", "bomb2"]


def test_workers_end_with_the_process_that_gives_them_work(tmp_path: Path) -> None:
    script = tmp_path / "crew.py"
    script.write_text(SCRIPT, encoding="utf-8")
    process = subprocess.Popen([sys.executable, str(script), "slow slow"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    workers = [Path("/proc", process.stdout.readline().strip()) for _ in range(2)]
    assert all(each.exists() for each in workers)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 30
    while any(each.exists() for each in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(each.exists() for each in workers)


def test_dask_that_is_not_installed_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BuildError, match=r"treatygraph\[dask\]"):
        next(read_on_dask([], Setting(None, "x"), address="tcp://127.0.0.1:1"))


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("treatygraph.pipeline.crew._ANSWER_SECONDS", 1)
    with pytest.raises(BuildError, match=r"tcp://127\.0\.0\.1:9"):
        next(read_on_dask([], Setting(None, "x"), address="tcp://127.0.0.1:9"))
