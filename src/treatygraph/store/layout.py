"""Where the files of an embedded store stand, and how a file there is replaced whole or not at all.

store.json          format and kind of dataset
CURRENT             the number of the current generation
LOCK                held by the process that writes
writer/             the engine's folder that one process writes; its file GENERATION says which one it holds, and is
                    not there while that may be none
generations/N/      what readers open; never changed once CURRENT has named it
texts/{sha256}.txt  source texts of this machine
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from treatygraph.model.errors import StoreCorruptError, StoreError, StoreMissingError, Where

FORMAT: Final = 1
"""The version of this layout; raised when older code could not read it."""

HELD: Final = "GENERATION"
"""The name of the file in the writer's folder that says which generation it holds."""

_TABLES: Final = (".sst", ".blob")

KEPT_GENERATIONS: Final = 3
"""How many generations stay on disk, so that a reader between reading CURRENT and opening finds its folder."""


def reached(step: str) -> None:
    """Called between any two steps of a commit or a backup; does nothing (tests do there what may happen meanwhile)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a store below *root*."""

    root: Path

    @property
    def writer(self) -> Path:
        """The engine's folder that one process writes."""
        return self.root / "writer"

    @property
    def generations(self) -> Path:
        """The folder of the generations."""
        return self.root / "generations"

    @property
    def current(self) -> Path:
        """The file that names the current generation."""
        return self.root / "CURRENT"

    @property
    def held(self) -> Path:
        """The file that says which generation the writer's folder holds."""
        return self.writer / HELD

    @property
    def lock(self) -> Path:
        """The file that the writing process holds locked."""
        return self.root / "LOCK"

    @property
    def description(self) -> Path:
        """The file that says format and kind of dataset."""
        return self.root / "store.json"

    @property
    def texts(self) -> Path:
        """The folder of source texts."""
        return self.root / "texts"

    def generation(self, number: int) -> Path:
        """The folder of one generation."""
        return self.generations / str(number)

    def numbers(self) -> tuple[int, ...]:
        """The generations on disk, in order."""
        if not self.generations.is_dir():
            return ()
        return tuple(
            sorted(int(entry.name) for entry in self.generations.iterdir() if entry.name.isdecimal())
        )


def current_generation(layout: Layout) -> int:
    """The number of the current generation.

    Raises ``StoreMissingError`` where there is no store, ``StoreCorruptError`` where CURRENT is damaged.
    """
    try:
        words = layout.current.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise missing(layout.root) from error
    except UnicodeDecodeError as error:
        raise _damaged_current(layout) from error
    if not words.isdecimal():
        raise _damaged_current(layout)
    return int(words)


def missing(root: Path) -> StoreMissingError:
    """The error for a place that holds no store."""
    return StoreMissingError(
        "There is no store here",
        where=Where(str(root)),
        remedy="Make one with `treatygraph build`, or name another with --store or TREATYGRAPH_STORE.",
    )


def damaged(folder: Path, cause: Exception | str) -> StoreCorruptError:
    """The error for a folder that the engine cannot read."""
    return StoreCorruptError(
        f"The store's files are damaged: {str(cause).splitlines()[0] if str(cause) else 'unreadable'}",
        where=Where(str(folder)),
        remedy="Move the store aside and make it again with `treatygraph build`; your texts are in texts/.",
    )


def _damaged_current(layout: Layout) -> StoreCorruptError:
    return damaged(layout.current, "CURRENT does not hold the number of a generation")


def describe(layout: Layout, *, merged: bool) -> None:
    """Writes what kind of store this is."""
    values = {"format": FORMAT, "dataset": "merged" if merged else "plain"}
    write_whole(layout.description, json.dumps(values).encode() + b"\n")


def is_merged(layout: Layout) -> bool:
    """Whether the store derives its default graph; raises ``StoreError`` for a format that is not known here."""
    try:
        values = json.loads(layout.description.read_text(encoding="utf-8"))
        format_number, dataset = values["format"], values["dataset"]
    except FileNotFoundError as error:
        raise missing(layout.root) from error
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(layout.description, "store.json is not readable") from error
    if format_number != FORMAT:
        raise StoreError(
            f"The store has format {format_number}, and this version of treatygraph reads format {FORMAT}",
            where=Where(str(layout.root)),
            remedy="Use the version that made it, or make the store again with `treatygraph build`.",
        )
    return bool(dataset == "merged")


def write_whole(path: Path, data: bytes) -> None:
    """Puts *data* at *path* so that a crash leaves the old file or the new, and syncs it."""
    part = path.with_name(f"{path.name}.new")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    reached(f"written {path.name}")
    part.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Asks the machine to put a file, or the entries of a folder, on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Syncs the files of a folder and then its entries."""
    for entry in sorted(folder.iterdir()):
        sync(entry)
    sync(folder)


def copy_engine(source: Path, target: Path) -> None:
    """Copies a folder of the engine that nobody writes: tables by a second name, which never change, the rest whole.

    The engine's own copy of a folder that is open to read leaves out what stands in its log alone.
    """
    target.mkdir()
    for path in source.iterdir():
        if path.suffix in _TABLES:
            with suppress(OSError):
                os.link(path, target / path.name)
                continue
        shutil.copyfile(path, target / path.name)


def remove(path: Path) -> None:
    """Removes a file or a folder with all that is in it, if it is there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
