"""An error → the members of a problem document (RFC 9457), its status and headers; knows no framework."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from treatygraph.model import errors

PROBLEM_TYPE: Final = "application/problem+json"

_STATUS: tuple[tuple[type[errors.TreatygraphError], int], ...] = (
    (errors.UnknownThingError, 404),
    (errors.KeyFormatError, 404),
    (errors.QueryError, 400),
    (errors.RdfSyntaxError, 400),
    (errors.WriteRefusedError, 403),
    (errors.UnknownGraphError, 404),
    (errors.PreconditionError, 412),
    (errors.MediaTypeError, 415),
    (errors.ValidationFailedError, 422),
    # A bound of this server ended the query, as another server's might not: 503, not 500.
    (errors.QueryTimeoutError, 503),
    (errors.QueryCrashedError, 503),
    (errors.ServerBusyError, 503),
    (errors.StoreError, 503),
)
_RETRY_SECONDS = {errors.ServerBusyError: 5, errors.StoreError: 30}


@dataclass(frozen=True, slots=True)
class Problem:
    """Status, one sentence, further members, headers beside the content type."""

    status: int
    detail: str
    extra: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The phrase of the status."""
        return HTTPStatus(self.status).phrase

    @property
    def members(self) -> dict[str, Any]:
        """The members of the document; those without a value are left out."""
        values = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        return values | {name: value for name, value in self.extra.items() if value is not None}

    @property
    def body(self) -> bytes:
        """The document."""
        return json.dumps(self.members, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def status_of(error: errors.TreatygraphError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def problem_of(error: errors.TreatygraphError) -> Problem:
    """An error of ours: what, where, remedy."""
    status = status_of(error)
    extra: dict[str, Any] = {"error": type(error).__name__, "remedy": error.remedy or None}
    if error.where is not None:
        extra |= {"line": error.where.line, "column": error.where.column}
        if status < 500:
            # The path of the store is for the operator's log, not for a stranger.
            extra["where"] = str(error.where) or None
    if isinstance(error, errors.QueryTimeoutError):
        # Where the query is sent to learn what makes it slow.
        extra["explain"] = "/explain"
    if isinstance(error, errors.ValidationFailedError) and error.report:
        extra["report"] = error.report
    detail = str(error) if status < 500 else f"{error.what}. {error.remedy}".strip()
    retry = next((seconds for kind, seconds in _RETRY_SECONDS.items() if isinstance(error, kind)), None)
    return Problem(status, detail, extra, {} if retry is None else {"Retry-After": str(retry)})
