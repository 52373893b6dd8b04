"""What a server can be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from treatygraph.store.workers import PoolSettings
from treatygraph.store.writing import WriterSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """How queries run, the most bytes that a request's body may have, and how writes are made.

    Writes are off unless *writes* is given; *tokens* is the file of those who may write (default: in the store).
    """

    pool: PoolSettings = field(default_factory=PoolSettings)
    body_bytes: int = 2 << 20
    graph_bytes: int = 256 << 20
    """The most bytes of a graph that is written at once."""
    writes: WriterSettings | None = None
    tokens: Path | None = None
    threads: int = 16
    """Pages made at once."""
    rate: float | None = None
    """Requests a second that one client may send; None: as many as it likes."""
    access_log: bool = False
    """Whether each request is logged; otherwise slow and failed ones are."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator may bound beside time and number of queries; None takes what fits the machine."""

    long: int | None = None
    """Long queries at once. None: twice the quick ones."""
    queue: int = 64
    """Queries that may wait."""
    memory_mb: int = 3072
    """Address space of one query process."""
    result_mb: int = 200
    """The largest answer."""
    cache_mb: int = 256
    """Kept answers; 0 keeps none."""
    rate: float | None = None
    """Requests a second of one client."""
    access_log: bool = False
    """Whether each request is logged."""
    graph_mb: int = 256
    """The largest graph that is written at once."""


_LONG_AT_LEAST = 8


def pool_settings(limits: Limits, *, timeout: float, workers: int) -> PoolSettings:
    """The bounds of the query processes."""
    return PoolSettings(
        workers=workers,
        long=max(_LONG_AT_LEAST, 2 * workers) if limits.long is None else limits.long,
        queue=limits.queue,
        timeout=timeout,
        memory=limits.memory_mb << 20,
        result_bytes=limits.result_mb << 20,
        cache_bytes=limits.cache_mb << 20,
        lookups=True,
    )
