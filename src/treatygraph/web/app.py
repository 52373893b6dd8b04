"""The application: HTTP ↔ store, as a Flask factory."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response

from treatygraph.model.assets import assets
from treatygraph.store.places import token_path
from treatygraph.store.pools import open_pool
from treatygraph.store.writing import ProcessWriter
from treatygraph.web import problems
from treatygraph.web.about import about_pages
from treatygraph.web.asking import Asker
from treatygraph.web.compression import compress
from treatygraph.web.dataset import dataset_pages
from treatygraph.web.dumps import dumps
from treatygraph.web.explain import explain_pages
from treatygraph.web.graph_store import graph_store
from treatygraph.web.headers import HEADERS
from treatygraph.web.home import home_pages
from treatygraph.web.lists import lists
from treatygraph.web.names import page_of
from treatygraph.web.query_page import query_pages
from treatygraph.web.questions import questions
from treatygraph.web.reader import reader
from treatygraph.web.reference import reference
from treatygraph.web.search import search_pages
from treatygraph.web.settings import Settings
from treatygraph.web.sparql import sparql
from treatygraph.web.static import asset, static_files
from treatygraph.web.things import things
from treatygraph.web.views_pages import views
from treatygraph.web.vocab import vocabulary
from treatygraph.web.writes import enable_writes

_PAGES = (
    sparql, query_pages, things, vocabulary, home_pages, search_pages, lists, questions, about_pages, reference, reader,
    views, static_files, dataset_pages, dumps, graph_store, explain_pages,
)  # fmt: skip


def create_app(location: str | Path, *, settings: Settings | None = None) -> Flask:
    """The application over the store at *location*; it starts the query processes.

    ``app.extensions["treatygraph"].pool.close()`` ends them. Raises ``StoreMissingError`` where there is no store.
    """
    chosen = settings or Settings()
    app = Flask("treatygraph", template_folder=str(assets() / "web" / "templates"), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = chosen.body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = chosen.body_bytes
    app.config["MOST_GRAPH_BYTES"] = chosen.graph_bytes
    app.jinja_env.globals |= {"asset": asset, "page_of": page_of}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for blueprint in _PAGES:
        app.register_blueprint(blueprint)
    problems.register(app)
    app.after_request(_with_headers)
    app.after_request(compress)
    app.extensions["treatygraph"] = Asker(open_pool(location, chosen.pool))
    if chosen.writes is not None:
        enable_writes(app, ProcessWriter(location, chosen.writes), chosen.tokens or token_path(location))
    return app


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
