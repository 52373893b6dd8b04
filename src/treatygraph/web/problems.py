"""An error as an answer, once: ``application/problem+json`` (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from treatygraph.model import errors
from treatygraph.web.negotiate import prefers_page
from treatygraph.web.problem import PROBLEM_TYPE, Problem, problem_of

_LOG = logging.getLogger("treatygraph.web")
_LONGEST_PATH: Final = 200
_WORD: Final = re.compile(r"[^\W_]+")


def register(app: Flask) -> None:
    """Makes every error of *app* an answer."""
    app.register_error_handler(errors.TreatygraphError, answer_error)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_unexpected)


def answer_error(error: errors.TreatygraphError) -> Response:
    """An error of ours: what, where, remedy."""
    problem = problem_of(error)
    if problem.status >= 500:
        _LOG.warning("%s", error)
    return _answer(problem)


def answer_http(error: HTTPException) -> Response:
    """An error of the protocol (404, 405, 406, 413, 415)."""
    if error.code is None or error.code < 400:
        return Response(error.get_response().get_data(), error.code or 200, error.get_headers())
    response = _answer(Problem(error.code, _detail(error)))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _detail(error: HTTPException) -> str:
    """What the framework's error says; of an address that leads nowhere it does not say which."""
    if error.description == NotFound.description:
        return f"There is no page at {_short(request.path)}."
    return error.description or HTTPStatus(error.code or 500).phrase


def _short(path: str) -> str:
    return path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}…"


def _words_of(path: str) -> str:
    """What may be looked for where an address leads nowhere: the words of its last part that has some."""
    parts = (" ".join(_WORD.findall(part)) for part in reversed(_short(path).split("/")))
    return next(filter(None, parts), "")


def answer_unexpected(error: Exception) -> Response:
    """An error that nobody foresaw: logged in full, told in one sentence."""
    _LOG.error("unexpected error at %s", request.path, exc_info=error)
    return _answer(Problem(500, "Something went wrong in the server. The log has the details."))


def _answer(problem: Problem) -> Response:
    response = _page(problem) if prefers_page(request.accept_mimetypes) else None
    if response is None:
        response = Response(problem.body, problem.status, content_type=PROBLEM_TYPE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    response.vary.add("Accept")
    return response


def _is_nowhere(problem: Problem) -> bool:
    """Whether the path of the address leads nowhere; where it has parameters, one of them may be at fault."""
    return problem.status == HTTPStatus.NOT_FOUND and not request.args


def _page(problem: Problem) -> Response | None:
    try:
        page = render_template(
            "error.html",
            status=problem.status,
            heading=problem.title,
            detail=problem.detail,
            extra=problem.extra,
            words=_words_of(request.path) if _is_nowhere(problem) else "",
        )
    except Exception as error:
        _LOG.error("the error page cannot be shown", exc_info=error)
        return None
    return Response(page, problem.status, content_type="text/html; charset=utf-8")
