"""Bad input: one clear sentence that names the file and the remedy, the right status, nothing half-written."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def sentence(result: subprocess.CompletedProcess[str]) -> str:
    """What a user sees: no traceback, one line that begins with the program's name."""
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("treatygraph: "), result.stderr
    return result.stderr


def test_an_empty_file_is_read_and_gives_an_empty_extraction(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    result = run("extract", "empty.md")
    assert result.returncode == 0
    found = json.loads(result.stdout)
    assert found["text"] == "" and found["citations"] == [] and found["agenda_items"] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.md", b"\x89PNG\r\n\x1a\n\x00\x00\x00"),
        ("scan.txt", b"%PDF-1.7\n%\xe2\xe3"),
        ("latin.txt", "La résolution nº 5 a été adoptée.".encode("latin-1")),
        ("archive.md", b"PK\x03\x04\x14\x00\x00\x00"),
    ],
)
def test_what_cannot_be_read_is_refused_with_status_2_and_its_name(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    result = run("extract", name)
    assert result.returncode == 2 and result.stdout == ""
    assert name in sentence(result)


def test_a_file_that_is_not_there_and_a_folder_are_refused(run: Run, tmp_path: Path) -> None:
    for argument in ("nowhere.md", "."):
        result = run("extract", argument)
        assert result.returncode == 2
        assert argument in sentence(result)


def test_fifty_megabytes_on_one_line_end_soon(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"article 16 of the Convention and " * (50_000_000 // 33))
    result = run("extract", "long.txt", timeout=60)
    assert result.returncode == 2
    assert "long.txt" in sentence(result)


def test_a_deeply_nested_list_is_read_or_refused_but_never_crashes(run: Run, tmp_path: Path) -> None:
    text = "\n".join(f"{' ' * (2 * depth)}- ({'abc'[depth % 3]}) item" for depth in range(2_000))
    (tmp_path / "deep.md").write_text(text, encoding="utf-8")
    result = run("extract", "deep.md", timeout=60)
    assert result.returncode in (0, 2)
    if result.returncode == 2:
        sentence(result)
    else:
        assert json.loads(result.stdout)["text"] == text


def test_an_odd_symbol_becomes_a_key_and_does_no_harm(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A meeting\n\n1. Opening.\n2. Closing.\n", encoding="utf-8")
    result = run("extract", "a.md", "--symbol", 'no such/symbol <x> "', "--format", "nquads")
    assert result.returncode == 0
    assert "document/nosuch/symbol%3Cx%3E%22" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [("query", "ASK {}"), ("export",), ("validate",), ("questions", "--check"), ("serve",)],
)
def test_reading_where_there_is_no_store_names_the_path(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert ".treatygraph" in sentence(result)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?x WHERE {\n ?x ?y }", "line 2"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }", "SERVICE"),
        ("LOAD <http://127.0.0.1:9/x>", "LOAD"),
        ("SELECT * WHERE " + "{" * 4000 + "}" * 4000, "deep"),
        ("INSERT DATA { <a> <b> <c> }", "update"),
    ],
)
def test_a_query_that_is_refused_says_why(run: Run, built_store: Path, query: str, says: str) -> None:
    result = run("query", query, store=built_store)
    assert result.returncode == 2
    assert says in sentence(result)


def test_a_query_that_would_run_for_ever_is_ended(run: Run, built_store: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    result = run("query", endless, "--timeout", "1", store=built_store, timeout=30)
    assert result.returncode == 2
    assert "1" in sentence(result)


def test_a_gold_file_that_is_not_there_is_named(run: Run) -> None:
    result = run("evaluate", "gold.json")
    assert result.returncode == 2
    assert "gold.json" in sentence(result)


def test_a_broken_file_of_rdf_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.nq").write_text(
        "<http://a> <http://b> <http://c> <http://g> .\n<http://a> <b\n", encoding="utf-8"
    )
    for arguments in (("load", "broken.nq"), ("validate", "broken.nq")):
        result = run(*arguments)
        assert result.returncode == 2
        assert "broken.nq, line 2" in sentence(result)


def test_debug_shows_the_traceback(run: Run) -> None:
    result = run("--debug", "extract", "nowhere.md")
    assert result.returncode == 2
    assert "Traceback" in result.stderr
