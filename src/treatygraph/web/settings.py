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
    writes: WriterSettings | None = None
    tokens: Path | None = None
    threads: int = 16
    """Pages made at once."""
    rate: float | None = None
    """Requests a second that one client may send; None: as many as it likes."""
    access_log: bool = False
    """Whether each request is logged; otherwise slow and failed ones are."""
