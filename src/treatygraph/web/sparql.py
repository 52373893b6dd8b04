"""``/sparql`` by the SPARQL 1.1 Protocol: queries, updates, the service description; people are led to ``/query``."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import BadRequest

from treatygraph.store.changes import SparqlUpdate
from treatygraph.store.guard import check_query
from treatygraph.store.volatile import is_volatile
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.bodies import require_length, whole_body
from treatygraph.web.caching import conditional, unkept
from treatygraph.web.description import service_description
from treatygraph.web.negotiate import GRAPHS, HTML, TABLES, Form, choose, prefers_page
from treatygraph.web.protocol import BASE, QueryOperation, Sent, UpdateOperation, operation_of
from treatygraph.web.query_page import Asked, answer_page
from treatygraph.web.writes import authorised, writer

sparql = Blueprint("sparql", __name__)


@sparql.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def endpoint() -> Response:
    """A query, an update, the form (a browser that asks nothing), or the service description (any other client)."""
    body = whole_body() if request.method == "POST" else b""
    operation = operation_of(Sent(request.method, request.query_string, request.content_type or "", body))
    if isinstance(operation, QueryOperation):
        return _answer(operation)
    if isinstance(operation, UpdateOperation):
        return _change(operation)
    return _without_operation()


def _answer(operation: QueryOperation) -> Response:
    form = check_query(operation.query)
    forms = (*(GRAPHS if form.gives_graph else TABLES), HTML)
    chosen = choose(request.accept_mimetypes, forms, operation.form)
    if chosen is HTML:
        return answer_page(Asked(operation.query, operation.default_graphs, operation.named_graphs))
    if request.method == "POST" or is_volatile(operation.query):
        return unkept(_give(operation, chosen))
    return conditional(asker().pool.generation(), chosen.name, lambda: _give(operation, chosen))


def _give(operation: QueryOperation, chosen: Form) -> Response:
    pool = asker().pool
    default, named = operation.dataset
    seconds = min(operation.timeout or pool.settings.timeout, pool.settings.timeout)
    answer = pool.ask(Question(operation.query, chosen.name, default, named, base=BASE), timeout=seconds)
    return Response(answer.body, content_type=chosen.content_type)


def _change(operation: UpdateOperation) -> Response:
    authorised("update")
    require_length()
    changes = writer()
    assert changes is not None, "who is authorised can write"
    using, named = operation.dataset
    changes.apply(SparqlUpdate(operation.update, using, named, base=BASE), timeout=operation.timeout)
    return Response(status=204)


def _without_operation() -> Response:
    if request.method == "POST":
        raise BadRequest("There is no query: send a parameter query, or the query as the body.")
    if prefers_page(request.accept_mimetypes):
        response: Response = redirect("/query", 303, Response=Response)  # type: ignore[assignment]
        response.vary.add("Accept")
        return response
    return service_description(choose(request.accept_mimetypes, GRAPHS))
