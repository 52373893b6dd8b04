"""From the place that a user names to the store that is there: a folder, or the address of a remote engine."""

from __future__ import annotations

from pathlib import Path

from treatygraph.model.errors import StoreError, TokenError, Where
from treatygraph.store.access import FILE_NAME
from treatygraph.store.embedded import EmbeddedStore
from treatygraph.store.endpoints import is_address, shown
from treatygraph.store.layout import Layout, current_generation
from treatygraph.store.reader import EmbeddedReader
from treatygraph.store.remote import Remote, RemoteStore

WritableStore = EmbeddedStore | RemoteStore
"""A store that takes commits."""

ReadableStore = EmbeddedReader | RemoteStore
"""A store opened for reading."""


def local_path(location: str | Path) -> Path:
    """The folder that a location names; raises ``StoreError`` for the address of a remote engine."""
    if is_address(location):
        raise StoreError(
            "This needs a store on disk",
            where=Where(thing=shown(location)),
            remedy="Name a folder with --store or TREATYGRAPH_STORE; a remote engine has its own tools for it.",
        )
    return Path(location)


def token_path(location: str | Path) -> Path:
    """The file of tokens in the store at *location*; raises ``TokenError`` for a remote engine, which holds none."""
    if is_address(location):
        raise TokenError(
            "A remote engine keeps no tokens of ours",
            where=Where(thing=shown(location)),
            remedy="Name a file of this machine with --tokens.",
        )
    return local_path(location) / FILE_NAME


def require_store(location: str | Path) -> None:
    """Returns where there is a store; raises ``StoreMissingError``, or ``StoreError`` where no engine answers."""
    if is_address(location):
        Remote(str(location)).generation()
    else:
        current_generation(Layout(local_path(location)))


def open_reader(location: str | Path) -> ReadableStore:
    """The store at *location*, opened for reading: on disk at its current generation, remote at whatever is current.

    Raises ``StoreMissingError`` where there is none, ``StoreCorruptError`` where its files are damaged.
    """
    if is_address(location):
        return RemoteStore(str(location))
    return EmbeddedReader(local_path(location))


def open_writer(location: str | Path, *, patience: float = 0.0) -> WritableStore:
    """The store at *location*, opened for writing; made where there is none.

    Another process that writes is waited for *patience* seconds; raises ``StoreBusyError`` when it still writes then.
    """
    if is_address(location):
        return RemoteStore(str(location), create=True, patience=patience)
    return EmbeddedStore(local_path(location), patience=patience)


def open_plain_writer(location: str | Path) -> EmbeddedStore:
    """The plain dataset in a folder, opened for writing by this process alone; made where there is none."""
    return EmbeddedStore(local_path(location), merged=False)
