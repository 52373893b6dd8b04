"""``/explain?query=``: what makes a query slow, as JSON or plain text; the query itself is not run."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import Final

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from treatygraph.model.errors import QueryError, QueryTimeoutError, Where
from treatygraph.store.explain import MOST_COUNTED, Counted, Explanation, explain
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.negotiate import Form, choose
from treatygraph.web.protocol import BASE

explain_pages = Blueprint("explain", __name__)

JSON: Final = Form("json", "application/json", "json", "JSON")
TEXT: Final = Form("text", "text/plain", "txt", "Text")
_SECONDS: Final = 2.0
"""How long one pattern may be counted."""

_ALL_SECONDS: Final = 8.0
"""How long all patterns together may be counted."""


@explain_pages.get("/explain")
def explanation() -> Response:
    """The explanation of a query."""
    sparql = request.args.get("query", "")
    if not sparql.strip():
        raise BadRequest("There is no query: send a parameter query.")
    form = choose(request.accept_mimetypes, (JSON, TEXT), request.args.get("format"))
    found = explain(sparql, partial(_count, time.monotonic() + _ALL_SECONDS))
    return conditional(asker().pool.generation(), form.name, lambda: _give(found, form))


def _count(deadline: float, query: str) -> int | None:
    left = deadline - time.monotonic()
    if left <= 0:
        return None
    try:
        answer = asker().pool.ask(Question(query, base=BASE), timeout=min(_SECONDS, left))
    except (QueryTimeoutError, QueryError):
        # A pattern that was read wrong is one that is not counted: nothing is said of it.
        return None
    return int(json.loads(answer.body)["results"]["bindings"][0]["tg_count"]["value"])


def _give(found: Explanation, form: Form) -> Response:
    if form is TEXT:
        return Response(_text(found), content_type="text/plain; charset=utf-8")
    return jsonify(
        form=str(found.form),
        patterns=[
            {
                "text": each.pattern.text,
                **_place(each.where),
                "count": None if each.count is None else min(each.count, MOST_COUNTED),
                "more": each.is_more,
            }
            for each in found.patterns
        ],
        findings=[
            {"what": each.what, **_place(each.where), "remedy": each.remedy} for each in found.findings
        ],
    )


def _place(where: Where) -> dict[str, int | None]:
    return {"line": where.line, "column": where.column}


def _text(found: Explanation) -> str:
    lines = [
        f"{_number(each):>12}  {each.where.line}:{each.where.column}  {each.pattern.text}"
        for each in found.patterns
    ]
    lines += [f"{each.where.line}:{each.where.column}  {each.what}. {each.remedy}" for each in found.findings]
    return "\n".join(lines or ["The query has no patterns."]) + "\n"


def _number(each: Counted) -> str:
    if each.count is None:
        return "not counted"
    return f"over {MOST_COUNTED:,}" if each.is_more else f"{each.count:,}"
