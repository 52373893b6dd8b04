"""An error as an answer, once: ``application/problem+json`` (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from treatygraph.model import errors
from treatygraph.web.negotiate import prefers_page

_LOG = logging.getLogger("treatygraph.web")

_STATUS: tuple[tuple[type[errors.TreatygraphError], int], ...] = (
    (errors.UnknownThingError, 404),
    (errors.KeyFormatError, 404),
    (errors.QueryError, 400),
    (errors.RdfSyntaxError, 400),
    (errors.WriteRefusedError, 403),
    (errors.UnknownGraphError, 404),
    (errors.MediaTypeError, 415),
    (errors.ValidationFailedError, 422),
    (errors.QueryTimeoutError, 503),
    (errors.ServerBusyError, 503),
    # SPARQL 1.1 Protocol §2.1.6: 500 where the service fails to execute a query.
    (errors.QueryCrashedError, 500),
    (errors.StoreError, 503),
)
_RETRY_SECONDS = {errors.ServerBusyError: 5, errors.StoreError: 30}


def register(app: Flask) -> None:
    """Makes every error of *app* an answer."""
    app.register_error_handler(errors.TreatygraphError, answer_error)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_unexpected)


def status_of(error: errors.TreatygraphError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def answer_error(error: errors.TreatygraphError) -> Response:
    """An error of ours: what, where, remedy."""
    status = status_of(error)
    extra: dict[str, Any] = {"error": type(error).__name__, "remedy": error.remedy or None}
    if error.where is not None:
        extra |= {"line": error.where.line, "column": error.where.column}
        if status < 500:
            # The path of the store is for the operator's log, not for a stranger.
            extra["where"] = str(error.where) or None
    detail = str(error) if status < 500 else f"{error.what}. {error.remedy}".strip()
    if isinstance(error, errors.ValidationFailedError) and error.report:
        extra["report"] = error.report
    if status >= 500:
        _LOG.warning("%s", error)
    response = _problem(status, detail, extra)
    for kind, seconds in _RETRY_SECONDS.items():
        if isinstance(error, kind):
            response.headers["Retry-After"] = str(seconds)
    return response


def answer_http(error: HTTPException) -> Response:
    """An error of the protocol (404, 405, 406, 413, 415)."""
    if error.code is None or error.code < 400:
        return Response(error.get_response().get_data(), error.code or 200, error.get_headers())
    response = _problem(error.code, error.description or HTTPStatus(error.code).phrase, {})
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def answer_unexpected(error: Exception) -> Response:
    """An error that nobody foresaw: logged in full, told in one sentence."""
    _LOG.error("unexpected error at %s", request.path, exc_info=error)
    return _problem(500, "Something went wrong in the server. The log has the details.", {})


def _problem(status: int, detail: str, extra: dict[str, Any]) -> Response:
    title = HTTPStatus(status).phrase
    if prefers_page(request.accept_mimetypes):
        try:
            page = render_template("error.html", status=status, heading=title, detail=detail, extra=extra)
            return Response(page, status, content_type="text/html; charset=utf-8")
        except Exception as error:
            _LOG.error("the error page cannot be shown", exc_info=error)
    values = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    response = jsonify(values | {name: value for name, value in extra.items() if value is not None})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response
