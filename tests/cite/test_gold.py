"""The gold: what a careful reader finds in real documents, and how much of it is found here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from treatygraph.cite import cite_document
from treatygraph.model.citations import Citation
from treatygraph.parse import parse
from treatygraph.read import read_file

SCORED = {"provision", "act", "document", "publication", "happening"}
RESOLUTIONS = (
    "a-hrc-res-53-16-en",
    "a-res-482-v-en",
    "a-res-55-25-untoc-16-19-en",
    "a-res-77-237-en",
    "a-res-77-321-en",
    "a-res-78-267-en",
    "e-res-1993-40-en",
    "s-res-2107-2013-en",
    "s-res-2222-2015-en",
    "unep-ea.2-res.14-en",
)


@dataclass(frozen=True)
class Score:
    right: int
    wrong: int
    extra: int
    gold: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.extra + self.gold - self.right)

    @property
    def wrong_rate(self) -> float:
        return self.wrong / max(1, self.right + self.wrong + self.extra)


def overlaps(entry: dict[str, Any], citation: Citation) -> bool:
    return entry["start"] < citation.span.end and citation.span.start < entry["end"]


def score(gold: dict[str, Any], citations: tuple[Citation, ...]) -> Score:
    """Right: spans overlap and targets are equal. Optional entries are neither rewarded nor punished."""
    low, high = gold.get("range", (0, 10**9))
    wanted = [c for c in gold["citations"] if c["kind"] in SCORED and not c.get("optional")]
    optional = [c for c in gold["citations"] if c.get("optional")]
    reported = [c for c in citations if c.kind.value in SCORED and low <= c.span.start < high]
    open_entries, left = list(wanted), []
    for citation in reported:
        hit = next(
            (e for e in open_entries if overlaps(e, citation) and e["target"] == citation.target), None
        )
        if hit:
            open_entries.remove(hit)
        else:
            left.append(citation)
    left = [citation for citation in left if not any(overlaps(entry, citation) for entry in optional)]
    wrong = sum(any(overlaps(e, c) and e["target"] != c.target for e in wanted) for c in left)
    return Score(len(wanted) - len(open_entries), wrong, len(left) - wrong, len(wanted))


def load(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_the_agenda_is_cited_whole(shared: Path, registry) -> None:
    gold = load(shared / "gold" / "ctoc-cop-wg3-2016-1.json")
    tree = parse(read_file(shared / "corpus" / "ctoc-cop-wg3-2016-1.md"))
    identity, found = cite_document(tree, registry)
    assert score(gold, found.citations) == Score(right=59, wrong=0, extra=0, gold=59)
    assert identity.body == gold["document"]["body"]
    assert identity.convened_by == gold["document"]["convened_by"]
    assert identity.happening == "meeting/ctoc-cop-wg3/7"
    assert identity.symbol is None


def test_the_citations_of_the_agenda_stand_under_their_items(shared: Path, registry) -> None:
    gold = load(shared / "gold" / "ctoc-cop-wg3-2016-1.json")
    tree = parse(read_file(shared / "corpus" / "ctoc-cop-wg3-2016-1.md"))
    _, found = cite_document(tree, registry)
    items = {(c.span.start, c.target): c.agenda_item for c in found.citations}
    wanted = {(c["start"], c["target"]): c["agenda_item"] for c in gold["citations"] if c["kind"] in SCORED}
    assert {at: items[at] for at in wanted if at in items} == {at: wanted[at] for at in wanted if at in items}


def test_the_tools_of_the_agenda_are_named(shared: Path, registry) -> None:
    tree = parse(read_file(shared / "corpus" / "ctoc-cop-wg3-2016-1.md"))
    _, found = cite_document(tree, registry)
    targets = {c.target for c in found.resolved}
    assert {
        "tool/sherloc",
        "tool/mla-request-writer-tool",
        "tool/legislative-guides",
        "tool/needs-assessment-tools",
        "tool/cna-directory",
        "document/doha-declaration",
        "treaty/untoc-tip",
        "treaty/un-narcotics-1988",
    } <= targets


@pytest.mark.parametrize("name", RESOLUTIONS)
def test_resolutions_are_cited_with_few_errors(name: str, shared: Path, registry) -> None:
    folder = shared / "gold" / "resolutions"
    tree = parse(read_file(folder / f"{name}.txt"))
    _, found = cite_document(tree, registry)
    result = score(load(folder / f"{name}.json"), found.citations)
    assert result.f1 >= 0.97
    assert result.wrong_rate <= 0.01
