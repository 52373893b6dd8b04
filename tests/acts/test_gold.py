"""What careful readers found in real documents (skipped where the corpus is absent)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from treatygraph.acts import find_acts
from treatygraph.cite import cite_document
from treatygraph.parse import parse
from treatygraph.read import read_file
from treatygraph.registry.load import load_registry


@pytest.fixture(scope="module")
def read(repo):
    names = load_registry(repo / "data" / "registry")

    def reading(path: Path):
        tree = parse(read_file(path))
        identity, citations = cite_document(tree, names)
        return tree, find_acts(tree, identity, citations, names)

    return reading


@pytest.fixture(scope="module")
def agenda(read, shared):
    gold = json.loads((shared / "gold" / "ctoc-cop-wg3-2016-1.json").read_text(encoding="utf-8"))
    tree, found = read(shared / "corpus" / "ctoc-cop-wg3-2016-1.md")
    return gold, tree, found


def _date(action):
    return str(action.date.start) if action.date else None


def test_the_first_agenda_tells_its_fourteen_actions_and_no_others(agenda):
    gold, _, found = agenda
    wanted = [
        (
            a["verb"],
            a["actor"],
            a["addressee"],
            a["source"],
            a["date"],
            tuple(a["provisions"]),
            a["agenda_item"],
            a["modality"],
        )
        for a in gold["acts"]
        if not a.get("optional")
    ]
    optional = {(a["verb"], a["actor"]) for a in gold["acts"] if a.get("optional")}
    told = [
        (a.verb, a.actor, a.addressee, a.source, _date(a), a.provisions, a.agenda_item, str(a.modality))
        for a in found.actions
        if (a.verb, a.actor) not in optional
    ]
    assert sorted(map(repr, told)) == sorted(map(repr, wanted))
    assert len(wanted) == 14


def test_each_action_of_the_first_agenda_starts_in_its_paragraph(agenda):
    gold, tree, found = agenda
    lines = {(a.verb, a.actor, tree.source.text.count("\n", 0, a.span.start)) for a in found.actions}
    wanted = {
        (a["verb"], a["actor"], tree.source.text.count("\n", 0, a["start"]))
        for a in gold["acts"]
        if not a.get("optional")
    }
    assert wanted <= lines


def test_the_first_agenda_dates_its_eight_happenings(agenda):
    gold, _, found = agenda
    told = {
        (h.key, h.place[0] if h.place else None, str(h.dated.start), str(h.dated.end))
        for h in found.happenings
        if h.dated is not None
    }
    wanted = {(h["id"], h["place"], h["start"], h["end"]) for h in gold["happenings"]}
    assert {row for row in told if row in wanted} == {row for row in wanted if row[0]}
    assert len(told) == len(wanted) == 8


def _score(gold, tree, found):
    text = tree.source.text

    def line(offset):
        return text.count("\n", 0, offset)

    left = [a for a in gold["acts"] if not a.get("optional")]
    optional = [a for a in gold["acts"] if a.get("optional")]
    total, right, extra = len(left), 0, 0
    first, last = gold["range"] if isinstance(gold.get("range"), list) else (0, len(text))
    for action in found.actions:
        if not first <= action.span.start < last:
            continue
        same = [
            a
            for a in left
            if line(a["start"]) == line(action.span.start)
            and a["verb"] == action.verb
            and all(
                a.get(name) in (None, value)
                for name, value in (
                    ("actor", action.actor),
                    ("addressee", action.addressee),
                    ("source", action.source),
                )
            )
        ]
        if same:
            left.remove(same[0])
            right += 1
        elif not any(
            line(a["start"]) == line(action.span.start) and a["verb"] == action.verb for a in optional
        ):
            extra += 1
    return 2 * right / (total + right + extra)


@pytest.mark.parametrize(
    "name",
    [
        "a-hrc-res-53-16",
        "a-res-482-v",
        "a-res-77-237",
        "a-res-77-321",
        "a-res-78-267",
        "e-res-1993-40",
        "s-res-2107-2013",
        "s-res-2222-2015",
        "unep-ea.2-res.14",
    ],
)
def test_the_actions_of_a_resolution_agree_with_its_readers(read, shared, name):
    folder = shared / "gold" / "resolutions"
    gold = json.loads((folder / f"{name}-en.json").read_text(encoding="utf-8"))
    tree, found = read(folder / f"{name}-en.txt")
    assert _score(gold, tree, found) >= 0.95
