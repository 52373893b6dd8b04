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
