"""The stand-off graphs of data/documents: rebuilt byte for byte where the source texts are at hand, and free of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.evaluate import load_gold, score
from treatygraph.pipeline.contract import to_contract
from treatygraph.pipeline.extract import extract_file
from treatygraph.pipeline.shipped import Sources
from treatygraph.pipeline.standoff import write_standoff
from treatygraph.registry.load import load_registry

AGENDA = "ctoc-cop-wg3-2016-1"


def test_the_shipped_graph_of_the_agenda_is_rebuilt_byte_for_byte(
    shared: Path, sources: Sources, tmp_path: Path
) -> None:
    (path,) = write_standoff([shared / "corpus" / f"{AGENDA}.md"], tmp_path, sources)
    for name in (path.name, f"{AGENDA}.verdict.json"):
        assert (tmp_path / name).read_bytes() == (sources.data / "documents" / name).read_bytes()


def test_no_stretch_of_the_source_longer_than_a_mention_is_shipped(shared: Path, sources: Sources) -> None:
    """Titles are facts; sentences are not: of each sentence of the annotations, no 100 characters stand in the graph."""
    text = (shared / "corpus" / f"{AGENDA}.md").read_text(encoding="utf-8")
    graph = (sources.data / "documents" / f"{AGENDA}.nq").read_text(encoding="utf-8")
    prose = [line for line in text.splitlines() if len(line) > 300 and "\t" not in line and line[0] != "#"]
    assert len(prose) > 10
    assert not [line for line in prose if line[100:200] in graph]


def test_the_agenda_is_read_as_a_careful_reader_reads_it(shared: Path, sources: Sources) -> None:
    gold = load_gold(shared / "gold" / f"{AGENDA}.json", shared / "corpus" / f"{AGENDA}.md")
    registry = load_registry(sources.registry)
    found = to_contract(extract_file(gold.text_path, registry), registry)
    for result in score(gold, found):
        assert (result.right, result.wrong_target, result.extra) == (result.gold, 0, 0), (
            result.missed,
            result.surplus,
        )
    wanted = {row["start"]: row["agenda_item"] for row in gold.sections["citations"]}
    assert [
        (row["start"], row["agenda_item"])
        for row in found["citations"]
        if row["start"] in wanted and row["agenda_item"] != wanted[row["start"]]
    ] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "annotated provisional agenda"),
        ("distribution", "General"),
        ("date", "2016-05-31"),
        ("reissued", "2016-08-08"),
        ("reissue_note", "Reissued for technical reasons"),
        ("language", "en"),
        ("body", "body/ctoc-cop/wg3"),
        ("convened_by", "body/ctoc-cop"),
        ("happening", "meeting/ctoc-cop-wg3/7"),
        ("place", "Vienna"),
        ("symbol", None),
    ],
)
def test_the_head_of_the_agenda(shared: Path, sources: Sources, field: str, value: str | None) -> None:
    registry = load_registry(sources.registry)
    path = shared / "corpus" / f"{AGENDA}.md"
    assert to_contract(extract_file(path, registry), registry)["document"][field] == value


def test_the_facts_that_rest_on_the_agenda_alone_are_found_by_extraction(
    shared: Path, sources: Sources
) -> None:
    """What the recorded history takes from the agenda is not in the registry: its keys, dates and documents are found."""
    import json

    facts = json.loads((shared / "facts" / "ctoc.json").read_text(encoding="utf-8"))
    registry = load_registry(sources.registry)
    found = to_contract(extract_file(shared / "corpus" / f"{AGENDA}.md", registry), registry)
    cited = {row["target"] for row in found["citations"]}
    happened = {row["id"]: row for row in found["happenings"]}
    documents = {key for keys in found["documentation"].values() for key in keys}
    for meeting in facts["meetings"]:
        if meeting.get("from_corpus"):
            assert meeting["key"] in cited | set(happened), meeting["key"]
            if meeting["key"] in happened:
                assert happened[meeting["key"]]["start"] == meeting["start"]
    for document in facts["documents"]:
        if document.get("from_corpus"):
            assert document["key"] in documents
    for act in facts["acts"]:
        if act.get("from_corpus"):
            assert act["key"] in cited
    for body in facts["bodies"]:
        if body.get("from_corpus"):
            assert body["key"] in registry.bodies
