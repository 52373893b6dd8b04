"""One line of JSON for each request that is worth one: which, how long, how much; never a secret or a query's text.

A request is named by the client's own X-Request-Id, or by one made here, which the answer has too. A query is named by
a hash of its text, so that lines about the same query can be found together. The query string, the headers and the body
stay out.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Final

REQUEST_ID: Final = "x-request-id"
"""The header that names a request."""

_TAKEN: Final = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")
_START: Final = secrets.token_hex(4)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of a request."""

    method: str
    path: str
    status: int
    milliseconds: float
    size: int
    client: str
    query: str | None = None
    hit: bool | None = None
    rows: int | None = None
    request: str | None = None


def write_line(line: Line, *, write: Callable[[str], object] = sys.stderr.write) -> None:
    """Writes a line."""
    values = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request": line.request,
        "method": line.method,
        "path": line.path[:200],
        "status": line.status,
        "ms": round(line.milliseconds, 2),
        "bytes": line.size,
        "rows": line.rows,
        "client": line.client,
        "query": None if line.query is None else query_id(line.query),
        "cache": None if line.hit is None else ("hit" if line.hit else "miss"),
    }
    told = {name: value for name, value in values.items() if value is not None}
    write(json.dumps(told, ensure_ascii=True) + "\n")


def query_id(sparql: str) -> str:
    """Twelve hexadecimal digits that name a query's text."""
    return hashlib.sha256(sparql.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def request_id(sent: str | None) -> str | None:
    """The name that a client gives its request; None for none, and for one that could be anything but a name."""
    return sent if sent and _TAKEN.fullmatch(sent) else None


def new_request_id() -> str:
    """A name for a request that no other has."""
    return f"{_START}-{next(_numbers)}"
