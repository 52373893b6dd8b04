"""The first page, and the server's state for programs."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, Response, jsonify, render_template

from treatygraph.model.errors import TreatygraphError
from treatygraph.web.asking import Asker, asker, integers
from treatygraph.web.names import term_label

home_pages = Blueprint("home", __name__)


@home_pages.get("/")
def home() -> Response:
    """One sentence, a box for a key, and what is in the graph."""
    ask = asker()
    counts = ask.keep("counts", lambda: dict(integers(ask.rows("counts"), "kind", "count")))
    named = sorted((term_label(kind), count) for kind, count in counts.items())
    return Response(render_template("home.html", counts=named))


@home_pages.get("/health")
def health() -> Response:
    """Status, generation, version and counts; 503 when the store cannot be read."""
    ask = asker()
    values: dict[str, object] = {"status": "ok", "version": version("treatygraph")}
    try:
        values["generation"] = ask.pool.generation()
        values["counts"] = _size(ask)
    except TreatygraphError as error:
        values |= {"status": "failing", "detail": error.what}
    response = jsonify(values)
    response.status_code = 200 if values["status"] == "ok" else 503
    response.cache_control.no_store = True
    return response


def _size(ask: Asker) -> dict[str, int] | None:
    """Triples and graphs of this generation; None while all query processes are at work."""

    def count() -> dict[str, int]:
        row = ask.rows("size")[0]
        return {name: int(row[name].value) for name in ("triples", "graphs")}

    return ask.keep_if_free("size", count)
