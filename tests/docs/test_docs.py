"""Documents stay true: generated pages are current, their code runs, their links lead somewhere, all is documented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import treatygraph
from treatygraph.cli.errors_page import classes, page
from treatygraph.cli.reference import reference
from treatygraph.history.graph import with_prologue
from treatygraph.model.errors import TreatygraphError, Where
from treatygraph.model.store import Solutions, Store
from treatygraph.pipeline.build import build
from treatygraph.pipeline.ingest import ingest
from treatygraph.pipeline.shipped import Sources
from treatygraph.store import open_writer

REPO = Path(__file__).resolve().parents[2]
PAGES = sorted([*REPO.glob("*.md"), *REPO.glob("docs/**/*.md"), *REPO.glob("data/**/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (
            f"{path.relative_to(REPO)}:{path.read_text('utf-8')[: match.start()].count(chr(10)) + 1}",
            match.group(2),
        )
        for path in PAGES
        for match in FENCE.finditer(path.read_text(encoding="utf-8"))
        if match.group(1) == language
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader of the documents has it: `docs/` beside the store."""
    made = tmp_path_factory.mktemp("docs")
    (made / "docs").symlink_to(REPO / "docs")
    return made


@pytest.fixture(scope="module")
def store(folder: Path, small_data: Path) -> Iterator[Store]:
    """The registry, the first agenda and the agenda of the tutorial."""
    sources = Sources(REPO / "ontology", small_data)
    with open_writer(folder / ".treatygraph") as opened:
        build(opened, sources, version="docs", now=datetime(2026, 1, 2, tzinfo=UTC))
        ingest(
            [REPO / "docs" / "examples" / "meridian-forum-agenda.md"], opened, sources, symbol="MFCC/2025/1"
        )
        yield opened


@pytest.mark.parametrize(("place", "sparql"), blocks("sparql"), ids=[place for place, _ in blocks("sparql")])
def test_a_query_in_the_documents_runs(place: str, sparql: str, store: Store) -> None:
    answer = store.query(with_prologue(sparql))
    assert isinstance(answer, Solutions)
    assert len(answer) > 0 or "UnresolvedCitation" in sparql


@pytest.mark.parametrize(("place", "code"), blocks("python"), ids=[place for place, _ in blocks("python")])
def test_python_in_the_documents_runs(
    place: str, code: str, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    exec(compile(code, place, "exec"), {})


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(REPO)))
def test_links_within_the_repository_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("#"):
            continue
        assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize(("name", "text"), [("cli.md", reference()), ("errors.md", page())])
def test_a_generated_page_is_current(name: str, text: str) -> None:
    assert (REPO / "docs" / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("cls", [cls for cls, _ in classes()], ids=lambda cls: cls.__name__)
def test_every_error_says_what_where_and_remedy(cls: type[TreatygraphError]) -> None:
    error = cls("The file is empty", where=Where("a.md", line=3, column=7), remedy="Write something.")
    assert str(error) == "The file is empty (a.md, line 3, column 7). Write something."
    assert isinstance(error, TreatygraphError)
    assert cls.__doc__


def test_the_public_names_are_just_these_and_each_is_documented() -> None:
    assert treatygraph.__all__ == sorted(treatygraph.__all__)
    assert set(treatygraph.__all__) == {"Graph", "TreatygraphError", "extract", "open"}
    readme = (REPO / "README.md").read_text(encoding="utf-8") + (REPO / "docs" / "tutorial.md").read_text(
        encoding="utf-8"
    )
    for name in treatygraph.__all__:
        assert getattr(treatygraph, name).__doc__
    for name in ("treatygraph.open", "treatygraph.extract"):
        assert name in readme


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        treatygraph.nonsense  # noqa: B018


def test_every_package_stands_in_the_architecture() -> None:
    architecture = (REPO / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = [path.parent.name for path in (REPO / "src" / "treatygraph").glob("*/__init__.py")]
    assert [name for name in packages if f"`{name}`" not in architecture] == []
