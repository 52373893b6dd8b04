"""A store on disk → a copy that stands by itself, with the hash of every file; and back, while a server serves.

manifest.json       kind of dataset, generation, and of each file its size and SHA-256
generation/         the engine's files of that generation
texts/{sha256}.txt  source texts of this machine

Tokens are not copied: a backup goes to places where no secret should be.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from treatygraph.model.errors import StoreCorruptError, StoreError, Where
from treatygraph.store import layout as files
from treatygraph.store.embedded import EmbeddedStore
from treatygraph.store.layout import Layout, current_generation, is_merged, reached

FORMAT: Final = 1
"""The version of this form of backup."""

_MANIFEST: Final = "manifest.json"
_GENERATION: Final = "generation"
_TEXTS: Final = "texts"
_CHUNK: Final = 1 << 20
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup: of which generation, how many files and bytes it has."""

    generation: int
    files: int
    bytes: int


def backup(root: Path, destination: Path) -> Copied:
    """Copies the current generation and the texts of a store to a new folder, whole or not at all.

    Writers and readers go on meanwhile. Raises ``StoreError`` for a place that is taken or cannot be written.
    """
    layout = Layout(root)
    if destination.exists() and any(destination.iterdir()):
        raise StoreError(
            "There is something at the place for the backup",
            where=Where(str(destination)),
            remedy="Name a new folder: a backup is never written over.",
        )
    part = destination.with_name(destination.name + ".part")
    for _ in range(_TRIES):
        number = current_generation(layout)
        files.remove(part)
        try:
            held = _copy_all(layout, number, part)
        except FileNotFoundError:
            # Commits have moved on, and the generation went while it was copied.
            if current_generation(layout) == number:
                raise files.damaged(layout.generation(number), "a file has gone") from None
            continue
        except OSError as error:
            files.remove(part)
            raise StoreError(
                f"The backup could not be written: {error.strerror or error}",
                where=Where(str(destination)),
                remedy="Make room there, or name another place.",
            ) from error
        values = {
            "format": FORMAT,
            "dataset": "merged" if is_merged(layout) else "plain",
            "generation": number,
            "files": held,
        }
        files.write_whole(part / _MANIFEST, json.dumps(values, indent=1).encode())
        if destination.exists():
            destination.rmdir()
        part.rename(destination)
        files.sync(destination.parent)
        return Copied(number, len(held), sum(size for size, _ in held.values()))
    raise StoreError(
        "The store changes faster than it can be copied",
        where=Where(str(root)),
        remedy="Try again when the writer has finished.",
    )


def restore(source: Path, root: Path) -> int:
    """Makes a backup the next generation of the store at *root* (made where there is none); the new generation.

    The files of the store may be damaged. A server goes over to it without losing a request. Every file is compared
    with its hash first; raises ``StoreCorruptError`` naming one that differs, ``StoreBusyError`` while another process
    writes.
    """
    values = manifest(source)
    for finding in damages(source):
        raise StoreCorruptError(
            f"The backup is damaged: {finding}",
            where=Where(str(source)),
            remedy="Nothing was restored. Take another backup.",
        )
    with EmbeddedStore(root, merged=values["dataset"] == "merged", damaged=True) as store:
        number = store.adopt(lambda folder: _copy(_open_all(source / _GENERATION), folder))
    texts = Layout(root).texts
    for name in values["files"]:
        if name.startswith(f"{_TEXTS}/"):
            texts.mkdir(exist_ok=True)
            files.write_whole(texts / Path(name).name, (source / name).read_bytes())
    return number


def manifest(source: Path) -> dict[str, Any]:
    """What a backup says of itself; raises ``StoreError`` for a folder that is none."""
    try:
        values: dict[str, Any] = json.loads((source / _MANIFEST).read_text(encoding="utf-8"))
        if values["format"] != FORMAT or values["dataset"] not in ("merged", "plain"):
            raise ValueError(values["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            "There is no backup here that this version reads",
            where=Where(str(source)),
            remedy="Name a folder that `treatygraph backup` has made.",
        ) from error
    return values


def is_backup(folder: Path) -> bool:
    """Whether a folder says that it is a backup."""
    return (folder / _MANIFEST).is_file()


def damages(source: Path) -> Iterator[str]:
    """What differs between a backup's files and what its manifest says of them, file by file."""
    held = manifest(source)["files"]
    there = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()} - {_MANIFEST}
    for name in sorted(there - held.keys()):
        yield f"{name} is not part of it"
    for name, (size, digest) in sorted(held.items()):
        path = source / name
        if name not in there:
            yield f"{name} is missing"
        elif path.stat().st_size != size:
            yield f"{name} has {path.stat().st_size} bytes and should have {size}"
        elif _hash(path) != digest:
            yield f"{name} has changed: its hash is another"


def _copy_all(layout: Layout, number: int, part: Path) -> dict[str, tuple[int, str]]:
    with ExitStack() as stack:
        # A file that is open stays readable when commits have removed its generation, however long copying takes.
        opened = [stack.enter_context(each) for each in _open_all(layout.generation(number))]
        reached("opened to copy")
        held = _copy(opened, part / _GENERATION, _GENERATION)
    if layout.texts.is_dir():
        held |= _copy(_open_all(layout.texts), part / _TEXTS, _TEXTS)
    files.sync_folder(part)
    return held


def _open_all(folder: Path) -> Iterator[BinaryIO]:
    return (path.open("rb") for path in sorted(folder.iterdir()))


def _copy(sources: Iterable[BinaryIO], target: Path, prefix: str = "") -> dict[str, tuple[int, str]]:
    """Copies open files to a new folder, synced; of each its size and hash, by *prefix* and name."""
    target.mkdir(parents=True)
    held = {}
    for source in sources:
        name, digest, size = Path(source.name).name, hashlib.sha256(), 0
        with source, (target / name).open("wb") as write:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                write.write(chunk)
            write.flush()
            os.fsync(write.fileno())
        held[f"{prefix}/{name}"] = (size, digest.hexdigest())
    return held


def _hash(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
