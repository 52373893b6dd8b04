"""An answer before any framework: status, headers, and a body in memory or chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from treatygraph.store.spool import Answer

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers with names in lower case, body."""

    status: int
    headers: Headers
    body: bytes | Iterable[bytes] = b""
    size: int | None = None
    """Bytes of the body, where they are known."""
    hit: bool = False
    """Whether the answer was kept from before."""
    answer: Answer | None = None
    """The answer to a query, before it was packed."""
