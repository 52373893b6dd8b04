"""From the place that a user names to the store that is there."""

from __future__ import annotations

from pathlib import Path

from treatygraph.model.errors import StoreError, Where
from treatygraph.store.embedded import EmbeddedStore
from treatygraph.store.reader import EmbeddedReader


def local_path(location: str | Path) -> Path:
    """The folder that a location names; raises ``StoreError`` for the address of a remote engine."""
    if "://" in str(location):
        raise StoreError(
            "Stores behind an address cannot be used yet",
            where=Where(thing=str(location)),
            remedy="Name a folder with --store or TREATYGRAPH_STORE.",
        )
    return Path(location)


def open_reader(location: str | Path) -> EmbeddedReader:
    """The store at *location*, opened for reading at its current generation.

    Raises ``StoreMissingError`` where there is none, ``StoreCorruptError`` where its files are damaged.
    """
    return EmbeddedReader(local_path(location))


def open_writer(location: str | Path, *, merged: bool = True) -> EmbeddedStore:
    """The store at *location*, opened for writing by this process alone; made where there is none.

    Raises ``StoreBusyError`` while another process writes.
    """
    return EmbeddedStore(local_path(location), merged=merged)
