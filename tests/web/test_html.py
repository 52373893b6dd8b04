"""Every kind of page is valid HTML, by the parse errors of the standard and by what may stand where."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from site_walk import examples, fetch

NOT_FOUND = {"missing thing": "/doc/treaty/untoc/art/4000", "wrong query": "/sparql?query=SELECT"}


@pytest.fixture(scope="module")
def faults(live_server: Any, repo: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What both judges say of one page of every kind: kind, line, column, rule and words."""
    folder = tmp_path_factory.mktemp("pages")
    pages = examples(live_server.url) | NOT_FOUND
    for name, address in pages.items():
        (folder / f"{name}.html").write_bytes(fetch(live_server.url, address).body)
    return judge(repo, sorted(folder.iterdir()))


def judge(repo: Path, files: list[Path]) -> list[str]:
    """The faults that `web/checks/html.mjs` finds in files."""
    command = [repo / "scripts" / "with-node.sh", "node", repo / "web" / "checks" / "html.mjs", *files]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = map(json.loads, found.stdout.splitlines())
    return ["{file}:{line}:{column} {rule}: {words}".format(**fault) for fault in lines]


def test_every_kind_of_page_is_valid(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (
            "<p>one<div>two</div></p>",
            "parse5:end-tag-without-matching-open-element|no-implicit-close|element-permitted",
        ),
        ('<p style="color: red">red</p>', "no-inline-style"),
        ('<p id="a">one</p><p id="a">two</p>', "no-dup-id"),
        ("<ul><p>no item</p></ul>", "element-permitted-content"),
        ('<img src="/x.png">', "wcag/h37"),
        ("<p>5 &nosuch; 6</p>", "parse5:unknown-named-character-reference"),
    ],
)
def test_judges_find_what_is_wrong(repo: Path, tmp_path: Path, body: str, rule: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f'<!doctype html>\n<html lang="en"><head><title>x</title></head><body>{body}</body></html>\n'
    )
    found = "\n".join(judge(repo, [page]))
    assert any(name in found for name in rule.split("|")), found
