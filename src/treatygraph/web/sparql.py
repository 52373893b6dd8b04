"""``/sparql``: queries by the SPARQL 1.1 Protocol §2.1, for people led to ``/query``; updates are not taken."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from treatygraph.store.guard import check_query
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.description import service_description
from treatygraph.web.negotiate import GRAPHS, HTML, TABLES, Form, choose, prefers_page
from treatygraph.web.query_page import Asked, answer_page

sparql = Blueprint("sparql", __name__)

_FORM_BODY = "application/x-www-form-urlencoded"
_QUERY_BODY = "application/sparql-query"
_UPDATE_BODY = "application/sparql-update"
_READ_ONLY = "This endpoint is read-only: it answers queries and takes no update."


@dataclass(frozen=True, slots=True)
class Operation:
    """The parameters of a query operation."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str | None

    @property
    def dataset(self) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """Default and named graphs; both None where the request names no dataset (then it is the store's)."""
        if self.default_graphs or self.named_graphs:
            return self.default_graphs, self.named_graphs
        return None, None


@sparql.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """A query operation, the form (a browser that asks nothing), or the service description (RDF asked for)."""
    parameters = _parameters()
    if not any(name == "query" for name, _ in parameters):
        return _without_query()
    operation = _operation(parameters)
    form = check_query(operation.query)
    forms = (*(GRAPHS if form.gives_graph else TABLES), HTML)
    chosen = choose(request.accept_mimetypes, forms, operation.form)
    if chosen is HTML:
        return answer_page(Asked(operation.query, operation.default_graphs, operation.named_graphs))
    if request.method == "POST":
        return _give(operation, chosen)
    return conditional(asker().pool.generation(), chosen.name, lambda: _give(operation, chosen))


def _give(operation: Operation, chosen: Form) -> Response:
    default, named = operation.dataset
    answer = asker().pool.ask(Question(operation.query, chosen.name, default, named))
    return Response(answer.body, content_type=chosen.content_type)


def _parameters() -> list[tuple[str, str]]:
    """The parameters of the operation by method and media type; raises HTTP errors for other requests."""
    in_address = _decoded(request.query_string)
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in in_address):
            raise Forbidden(_READ_ONLY)
        return in_address
    kind = request.mimetype
    encoding = request.mimetype_params.get("charset", "utf-8").lower()
    if kind == _UPDATE_BODY:
        raise Forbidden(_READ_ONLY)
    if kind not in (_FORM_BODY, _QUERY_BODY) or encoding not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(
            f"A POST to /sparql has the type {_FORM_BODY} (with a parameter query) or {_QUERY_BODY}, in UTF-8; "
            f"this one has {request.content_type or 'none'}."
        )
    body = request.get_data(cache=False)
    if kind == _QUERY_BODY:
        rest = [pair for pair in in_address if pair[0] != "query"]
        return [("query", _text(body)), *rest]
    pairs = _decoded(body)
    if any(name == "update" for name, _ in pairs):
        raise Forbidden(_READ_ONLY)
    return [*pairs, *(pair for pair in in_address if pair[0] == "format")]


def _decoded(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(data), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise BadRequest("A parameter is not UTF-8.") from error
    except ValueError as error:
        raise BadRequest("The request has too many parameters.") from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The query is not UTF-8: byte {error.start + 1} cannot be read.") from error


def _operation(parameters: list[tuple[str, str]]) -> Operation:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    queries, formats = values("query"), values("format")
    if len(queries) > 1:
        raise BadRequest("The request has more than one query; send one.")
    return Operation(
        queries[0],
        _iris(values("default-graph-uri"), "default-graph-uri"),
        _iris(values("named-graph-uri"), "named-graph-uri"),
        formats[0] if formats else None,
    )


def _iris(values: tuple[str, ...], name: str) -> tuple[str, ...]:
    for value in values:
        if ":" not in value or any(c in value for c in '<>"{}|^`\\ \n\t'):
            raise BadRequest(f"{name} is not an absolute IRI: {value[:200]!r}")
    return values


def _without_query() -> Response:
    if request.method == "POST":
        raise BadRequest("There is no query: send a parameter query, or the query as the body.")
    if prefers_page(request.accept_mimetypes):
        response: Response = redirect("/query", 303, Response=Response)  # type: ignore[assignment]
        response.vary.add("Accept")
        return response
    if any(kind.partition(";")[0] in _RDF_TYPES for kind, _ in request.accept_mimetypes):
        return service_description(choose(request.accept_mimetypes, GRAPHS))
    raise BadRequest(
        "There is no query. Send one as the parameter query, or open this address in a browser for a form; "
        "ask for text/turtle to get the description of the service."
    )


_RDF_TYPES = {form.media_type for form in GRAPHS}
