"""Each command does what its help says, and its help has examples."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from treatygraph.cli import main

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMANDS = sorted(main.commands)
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "meridian-forum-agenda.md"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.returncode == 0
    assert "Example" in result.stdout and f"treatygraph {command}" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_is_for(command: str) -> None:
    for parameter in main.commands[command].params:
        help_text = getattr(parameter, "help", None)
        assert parameter.param_type_name == "argument" or help_text, parameter.name


def test_the_command_line_is_there_before_what_a_command_works_with() -> None:
    heavy = ("rdflib", "pyoxigraph", "pyshacl", "flask", "networkx")
    code = f"import sys, treatygraph.cli; print(sorted(set({heavy!r}) & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_extract_prints_one_json_object_of_the_contract(run: Run) -> None:
    result = run("extract", EXAMPLE)
    found = json.loads(result.stdout)
    assert set(found) == {
        "text", "document", "agenda_items", "provisions", "paragraphs", "citations", "acts", "happenings", "schedule",
        "documentation",
    }  # fmt: skip
    assert found["text"] == EXAMPLE.read_text(encoding="utf-8")
    assert all(found["text"][row["start"] : row["end"]] == row["text"] for row in found["citations"])


def test_the_agenda_of_the_tutorial_is_read_whole(run: Run) -> None:
    found = json.loads(run("extract", EXAMPLE).stdout)
    assert [(row["number"], row["parent"]) for row in found["agenda_items"]] == [
        ("1", None), ("2", None), ("3", None), ("3 (a)", "3"), ("3 (b)", "3"), ("4", None),
    ]  # fmt: skip
    provisions = [
        (row["target"], row["agenda_item"]) for row in found["citations"] if row["kind"] == "provision"
    ]
    assert provisions == [
        ("treaty/untoc/art/13", "3 (a)"),
        ("treaty/untoc/art/19", "2"),
        ("treaty/untoc/art/19", "2"),
        ("treaty/untoc/art/13", "3 (a)"),
        ("treaty/untoc/art/12", "3 (a)"),
        ("treaty/untoc/art/13/para/2", "3 (a)"),
        ("treaty/untoc/art/14", "3 (b)"),
        ("treaty/uncac/art/57", "3 (b)"),
    ]
    assert [(row["date"], row["start"], row["end"], row["items"]) for row in found["schedule"]] == [
        ("2025-05-12", "10:00", "13:00", ["1", "2"]),
        ("2025-05-12", "15:00", "18:00", ["3"]),
        ("2025-05-13", "10:00", "12:00", ["4"]),
    ]
    assert found["documentation"] == {"2": ["document/MFCC/2025/2"], "3": ["document/MFCC/2025/3"]}


def test_ingest_makes_a_store_that_can_be_asked_exported_and_judged(run: Run, tmp_path: Path) -> None:
    added = json.loads(run("ingest", EXAMPLE, "--symbol", "MFCC/2025/1", "--json").stdout)
    assert [row["document"] for row in added] == ["document/MFCC/2025/1"]
    asked = run(
        "query", "SELECT ?item WHERE { ?item tg:concernsProvision <treaty/uncac/art/57> }", "--format", "csv"
    )
    assert asked.stdout.split() == ["item", "https://w3id.org/treatygraph/id/document/MFCC/2025/1/item/3/b"]
    assert run("export", "-o", "all.nq").returncode == 0
    assert (tmp_path / "all.nq").stat().st_size > 100_000
    judged = run("validate", "all.nq", "--json")
    assert judged.returncode == 0 and json.loads(judged.stdout)["conforms"] is True


def test_validate_says_with_status_1_that_a_graph_does_not_conform(
    run: Run, tmp_path: Path, built_store: Path
) -> None:
    lines = run("export", store=built_store).stdout.splitlines(keepends=True)
    (tmp_path / "less.nq").write_text(
        "".join(line for line in lines if "oa#hasBody" not in line), encoding="utf-8"
    )
    result = run("validate", "less.nq")
    assert result.returncode == 1
    assert "tg:concernsProvision" in result.stdout and "treaty/untoc/art/19" in result.stdout


def test_load_takes_an_export_back(run: Run, tmp_path: Path, built_store: Path) -> None:
    run("export", "-o", "all.nq", store=built_store)
    result = run("load", "all.nq", "--json", store=tmp_path / "copy")
    assert result.returncode == 0 and len(json.loads(result.stdout)) > 10
    assert run("export", store=tmp_path / "copy").stdout == (tmp_path / "all.nq").read_text(encoding="utf-8")


def test_build_says_when_there_is_nothing_to_do(run: Run, tmp_path: Path, small_data: Path) -> None:
    first = json.loads(run("build", "--data", small_data, "--json", store=tmp_path / "s").stdout)
    again = json.loads(run("build", "--data", small_data, "--json", store=tmp_path / "s").stdout)
    assert first["changed"] is True and first["statements"] > 10_000
    assert again["changed"] is False and again["generation"] == first["generation"]


def test_build_reads_documents_and_folders_too(run: Run, tmp_path: Path, small_data: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "a.md").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "notes.odt").write_bytes(b"PK")
    (folder / "package.json").write_text('{"name": "no document"}', encoding="utf-8")
    built = json.loads(run("build", "mine", "--data", small_data, "--json", store=tmp_path / "s").stdout)
    assert (built["documents"]["documents"], built["documents"]["failed"]) == (1, [])


@pytest.mark.parametrize(
    ("form", "begins"),
    [("table", "number"), ("csv", "number"), ("tsv", "?number"), ("json", "{"), ("xml", "<?xml")],
)
def test_query_prints_the_form_that_is_asked_for(run: Run, built_store: Path, form: str, begins: str) -> None:
    sparql = "SELECT ?number WHERE { <meeting/ctoc-cop-wg3/7/item/4> tg:number ?number }"
    result = run("query", sparql, "--format", form, store=built_store)
    assert result.returncode == 0 and result.stdout.startswith(begins)
    assert "4" in result.stdout


def test_query_reads_a_file_or_standard_input(run: Run, built_store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { ?x a tg:Meeting }", encoding="utf-8")
    assert run("query", "@q.rq", store=built_store).stdout == "yes\n"
    assert run("query", "-", store=built_store, stdin="ASK { ?x a tg:Nonsense }").stdout == "no\n"


def test_construct_prints_turtle(run: Run, built_store: Path) -> None:
    result = run("query", "CONSTRUCT { ?s a tg:Tool } WHERE { ?s a tg:Tool }", store=built_store)
    assert "tool/sherloc" in result.stdout


def test_the_store_is_named_by_option_or_environment(run: Run, built_store: Path) -> None:
    for arguments in (
        ("--store", built_store, "query", "ASK {}"),
        ("query", "ASK {}", "--store", built_store),
    ):
        assert run(*arguments).stdout == "yes\n"
    assert run("query", "ASK {}", store=built_store).stdout == "yes\n"


def test_questions_lists_and_checks(run: Run, built_store: Path) -> None:
    listed = run("questions").stdout
    assert "q04  Which items of the agenda" in listed and "→ 5 (a)" in listed
    checked = run("questions", "--check", store=built_store)
    assert checked.returncode == 0 and "40 of 40" in checked.stdout


def test_evaluate_prints_a_row_a_kind(run: Run, tmp_path: Path) -> None:
    text = "Under article 19 of the Organized Crime Convention.\n"
    (tmp_path / "g.txt").write_text(text, encoding="utf-8")
    gold = {
        "citations": [
            {
                "start": 6,
                "end": 16,
                "text": "article 19",
                "kind": "provision",
                "target": "treaty/untoc/art/19",
            }
        ]
    }
    (tmp_path / "g.json").write_text(json.dumps(gold), encoding="utf-8")
    shown = run("evaluate", "g.json")
    assert shown.returncode == 0 and "provision" in shown.stdout and "1.000" in shown.stdout
    values = json.loads(run("evaluate", "g.json", "--json").stdout)
    assert values[0]["scores"][0]["f1"] == 1.0


def test_standoff_writes_a_graph_and_its_verdict_without_the_text(run: Run, tmp_path: Path) -> None:
    result = run("standoff", EXAMPLE, "--into", "out", "--symbol", "MFCC/2025/1")
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "meridian-forum-agenda.nq.gz",
        "meridian-forum-agenda.verdict.json",
    ]
    packed = (tmp_path / "out" / "meridian-forum-agenda.nq.gz").read_bytes()
    assert b"allows investigations case by case" not in gzip.decompress(packed)
