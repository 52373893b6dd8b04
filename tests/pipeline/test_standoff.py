"""The stand-off graphs of data/documents: rebuilt byte for byte where the source texts are at hand, and free of them."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

import pytest

from treatygraph.evaluate import load_gold, score
from treatygraph.model.errors import BuildError
from treatygraph.pipeline.contract import to_contract
from treatygraph.pipeline.corpus import Source, sources_of
from treatygraph.pipeline.extract import extract_file
from treatygraph.pipeline.reading import Failed, Read, Setting, read_source
from treatygraph.pipeline.shipped import Sources, document_graphs, unpacked, verdict_path
from treatygraph.pipeline.standoff import Selection, choose
from treatygraph.pipeline.verdict import Verdict
from treatygraph.registry.load import load_registry

AGENDA = "ctoc-cop-wg3-2016-1"


SAMPLE = 3


def sample(folder: Path) -> list[str]:
    """The names, in the corpus, of the documents with the smallest graphs of each kind of source."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for name in Selection.read(folder).documents:
        size = (folder / f"{PurePosixPath(name).stem}.nq.gz").stat().st_size
        kinds.setdefault(name.partition("/")[0], []).append((size, name))
    return [min(rows)[1] for rows in kinds.values()][:SAMPLE]


def test_a_sample_of_the_shipped_graphs_is_rebuilt_byte_for_byte(
    shared: Path, shipped_sources: Sources
) -> None:
    folder = shipped_sources.data / "documents"
    names = sample(folder)
    assert len(names) == SAMPLE
    found = sources_of([shared / "corpus"], match=names)
    setting = Setting.of()
    for outcome in (read_source(each, setting) for each in found):
        assert isinstance(outcome, Read), outcome
        path = folder / f"{PurePosixPath(outcome.name).stem}.nq.gz"
        assert outcome.nquads() == unpacked(path), outcome.name
        verdict = Verdict.read(verdict_path(path))
        assert verdict is not None and verdict.graph_sha256 == outcome.graph_sha256


def test_each_shipped_document_has_a_verdict_that_holds_and_stands_in_the_selection(
    shipped_sources: Sources,
) -> None:
    documents = document_graphs(shipped_sources)
    assert documents.unjudged == ()
    selected = Selection.read(shipped_sources.data / "documents").documents
    assert len(selected) == len(documents.graphs) > 80


def test_the_shipped_graphs_are_small_on_disk(shipped_sources: Sources) -> None:
    sizes = [path.stat().st_size for path in (shipped_sources.data / "documents").iterdir()]
    assert sum(sizes) <= 20_000_000


def read(name: str, *targets: str, document: str = "document/LO/1", language: str = "en") -> Read:
    return Read(
        name, "0" * 64, document, language, f"https://example.org/{name}", "0" * 64, 1, len(targets), 0, {},
        frozenset(targets), "0" * 64, b"", b"",
    )  # fmt: skip


def test_documents_are_chosen_that_cite_a_thing_or_a_part_of_it() -> None:
    outcomes = [
        read("a.md", "treaty/lamps", document="document/A"),
        read("b.md", "treaty/lamps/art/3", document="document/B"),
        read("c.md", "treaty/lamps-protocol", document="document/C"),
        Failed("d.md", "It cannot be read."),
    ]
    chosen, failed = choose(outcomes, ["treaty/lamps"])
    assert [each.name for each in chosen] == ["a.md", "b.md"]
    assert [each.name for each in failed] == ["d.md"]


def test_of_one_document_in_two_files_the_better_layout_is_chosen() -> None:
    twins = [read("a.json", "treaty/lamps"), read("b.xml", "treaty/lamps"), read("c.pdf", "treaty/lamps")]
    chosen, _ = choose([*twins, read("d.xml", "treaty/lamps", language="fr")], ["treaty/lamps"])
    assert [each.name for each in chosen] == ["b.xml", "d.xml"]


def test_a_selection_reads_back_and_finds_its_files(tmp_path: Path) -> None:
    lamp = Source("office/lamp “1”.md", b"lamp")
    selection = Selection(("treaty/lamps",), {lamp.name: hashlib.sha256(lamp.data).hexdigest()})
    selection.write(tmp_path)
    assert Selection.read(tmp_path) == selection
    assert list(selection.of([Source("other.md", b""), lamp])) == [lamp]
    with pytest.raises(BuildError, match="lacks 1 of 1"):
        list(selection.of([]))
    with pytest.raises(BuildError, match="not the one"):
        list(selection.of([Source(lamp.name, b"another")]))


def test_a_folder_without_a_selection_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="--naming"):
        Selection.read(tmp_path)


def test_no_stretch_of_the_source_longer_than_a_mention_is_shipped(shared: Path, sources: Sources) -> None:
    """Titles are facts; sentences are not: of each sentence of the annotations, no 100 characters stand in the graph."""
    text = (shared / "corpus" / f"{AGENDA}.md").read_text(encoding="utf-8")
    (path,) = (sources.data / "documents").glob(f"{AGENDA}.nq*")
    graph = unpacked(path).decode("utf-8")
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
