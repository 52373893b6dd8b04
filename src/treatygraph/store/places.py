"""From the place that a user names to the store that is there."""

from __future__ import annotations

from pathlib import Path

from treatygraph.model.errors import StoreError, Where
from treatygraph.store.access import FILE_NAME
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


def token_path(location: str | Path) -> Path:
    """The file of tokens in the store at *location*."""
    return local_path(location) / FILE_NAME


def open_reader(location: str | Path) -> EmbeddedReader:
    """The store at *location*, opened for reading at its current generation.

    Raises ``StoreMissingError`` where there is none, ``StoreCorruptError`` where its files are damaged.
    """
    return EmbeddedReader(local_path(location))


def open_writer(location: str | Path, *, merged: bool = True, patience: float = 0.0) -> EmbeddedStore:
    """The store at *location*, opened for writing by this process alone; made where there is none.

    Another process that writes is waited for *patience* seconds; raises ``StoreBusyError`` when it still writes then.
    """
    return EmbeddedStore(local_path(location), merged=merged, patience=patience)
