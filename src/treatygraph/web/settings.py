"""What a server can be told."""

from __future__ import annotations

from dataclasses import dataclass, field

from treatygraph.store.workers import PoolSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """How queries run, and the most bytes that a request's body may have."""

    pool: PoolSettings = field(default_factory=PoolSettings)
    body_bytes: int = 2 << 20
