"""From the place that a user names to what answers questions over it."""

from __future__ import annotations

from pathlib import Path

from treatygraph.store.endpoints import is_address
from treatygraph.store.question import PoolSettings
from treatygraph.store.remote_pool import RemotePool
from treatygraph.store.workers import QueryPool

Pool = QueryPool | RemotePool
"""Answers questions over one store."""


def open_pool(location: str | Path, settings: PoolSettings | None = None) -> Pool:
    """What answers questions over the store at *location*: processes here, or a remote engine.

    Raises ``StoreMissingError`` where there is no store.
    """
    if is_address(location):
        return RemotePool(str(location), settings)
    return QueryPool(location, settings)
