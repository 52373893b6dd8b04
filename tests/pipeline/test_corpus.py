"""Files, folders and archives → documents: the same each time, within bounds, and whatever is damaged stops nothing."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from treatygraph.pipeline.corpus import Source, Unreadable, sources_of
from treatygraph.read.limits import DEFAULT_LIMITS

FILES = {
    "lamps/agenda.md": b"# Agenda\n",
    "lamps/rows.json": b'[{"text": "Requests the keepers"}]',
    "lamps/settings.json": b'{"lamps": 3}',
    "lamps/picture.png": b"\x89PNG",
    "lamps/.hidden.md": b"# Hidden\n",
}
DOCUMENTS = {"lamps/agenda.md", "lamps/rows.json"}


def packed(folder: Path, suffix: str) -> Path:
    path = folder / f"office{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in FILES.items():
                archive.writestr(name, data)
        return path
    with tarfile.open(
        path, f"w:{suffix.rpartition('.')[2].replace('tgz', 'gz').replace('tar', '')}"
    ) as archive:
        for name, data in FILES.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def unpacked(folder: Path) -> Path:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("suffix", [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip"])
def test_the_documents_of_an_archive_are_those_of_the_folder(suffix: str, tmp_path: Path) -> None:
    archive = packed(tmp_path, suffix)
    found = [each for each in sources_of([archive]) if isinstance(each, Source)]
    assert {each.name for each in found} == {f"office{suffix}/{name}" for name in DOCUMENTS}
    assert {each.data for each in found} == {FILES[name] for name in DOCUMENTS}
    assert {each.name for each in sources_of([unpacked(tmp_path / "folder")])} == DOCUMENTS


def test_an_archive_in_a_folder_is_read_too(tmp_path: Path) -> None:
    packed(tmp_path, ".zip")
    assert {each.name for each in sources_of([tmp_path])} == {f"office.zip/{name}" for name in DOCUMENTS}


def test_only_names_that_match_are_read(tmp_path: Path) -> None:
    archive = packed(tmp_path, ".tar.xz")
    assert [each.name for each in sources_of([archive], match=["*.md"])] == ["office.tar.xz/lamps/agenda.md"]
    assert list(sources_of([archive], match=["*.docx"])) == []


def test_what_is_not_there_or_damaged_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = packed(tmp_path, ".zip")
    cut = tmp_path / "cut.tar.xz"
    cut.write_bytes(lzma.compress(b"no archive of files" * 900)[:120])
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    found = list(sources_of([tmp_path / "absent.md", cut, broken, good]))
    assert [each.name for each in found if isinstance(each, Unreadable)] == [
        "absent.md",
        "cut.tar.xz",
        "broken.zip",
    ]
    assert len([each for each in found if isinstance(each, Source)]) == 2


def test_a_file_larger_than_a_document_is_named_and_not_read(tmp_path: Path) -> None:
    limits = replace(DEFAULT_LIMITS, max_file_bytes=20)
    for path in (
        packed(tmp_path, ".tar.xz"),
        packed(tmp_path, ".zip"),
        unpacked(tmp_path / "f") / "lamps/rows.json",
    ):
        names = [each.name for each in sources_of([path], limits=limits) if isinstance(each, Unreadable)]
        assert len(names) == 1 and names[0].endswith("rows.json")


def test_an_archive_that_grows_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treatygraph.pipeline.corpus._SMALL", 1_000_000)
    path = tmp_path / "bomb.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        member = tarfile.TarInfo("zeros.png")
        member.size = 30_000_000
        archive.addfile(member, io.BytesIO(bytes(member.size)))
    (found,) = sources_of([path])
    assert isinstance(found, Unreadable) and "grows" in found.error


def test_a_member_of_a_zip_that_grows_beyond_the_ratio_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.md", bytes(20_000_000))
    (found,) = sources_of([path])
    assert isinstance(found, Unreadable) and "grows" in found.error
