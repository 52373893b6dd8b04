"""``/sparql``: queries by the SPARQL 1.1 Protocol §2.1, and a form for people; updates are not taken."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from treatygraph.graph.terms import PREFIXES
from treatygraph.store.guard import QueryForm, check_query
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.description import service_description
from treatygraph.web.negotiate import GRAPHS, HTML, TABLES, Form, choose, prefers_page

sparql = Blueprint("sparql", __name__)

SHOWN_ROWS: Final = 1000
"""How many rows the page of a result shows; all of them are in the data."""

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
    if request.method == "POST":
        return _give(operation, form, chosen)
    return conditional(asker().pool.generation(), chosen.name, lambda: _give(operation, form, chosen))


def _give(operation: Operation, form: QueryForm, chosen: Form) -> Response:
    default, named = operation.dataset
    plain = GRAPHS[0] if form.gives_graph else TABLES[2] if form is QueryForm.SELECT else TABLES[0]
    name = plain.name if chosen is HTML else chosen.name
    answer = asker().pool.ask(Question(operation.query, name, default, named))
    if chosen is HTML:
        return _result_page(operation.query, form, answer.body)
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
        return Response(render_template("query.html", query=_example(), result=None))
    if any(kind.partition(";")[0] in _RDF_TYPES for kind, _ in request.accept_mimetypes):
        return service_description(choose(request.accept_mimetypes, GRAPHS))
    raise BadRequest(
        "There is no query. Send one as the parameter query, or open this address in a browser for a form; "
        "ask for text/turtle to get the description of the service."
    )


_RDF_TYPES = {form.media_type for form in GRAPHS}


def _example() -> str:
    prefixes = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("tg", "rdfs"))
    return (
        f"BASE <https://w3id.org/treatygraph/id/>\n{prefixes}\n"
        "SELECT ?item ?label WHERE {\n"
        "  ?item tg:concernsProvision <treaty/untoc/art/16> ; rdfs:label ?label\n"
        "}\nORDER BY ?item\nLIMIT 100\n"
    )


def _result_page(query: str, form: QueryForm, body: bytes) -> Response:
    text = body.decode("utf-8")
    rows: list[list[str]] = []
    if form is QueryForm.SELECT:
        # A quoted field may be long: the limit of the csv module is for files of strangers.
        csv.field_size_limit(len(text) + 1)
        rows = list(csv.reader(io.StringIO(text, newline="")))
    result = {
        "variables": rows[0] if rows else None,
        "rows": rows[1 : SHOWN_ROWS + 1],
        "count": max(0, len(rows) - 1),
        "shown": SHOWN_ROWS,
        "text": None if rows else text[:200_000],
    }
    forms = GRAPHS if form.gives_graph else TABLES
    return Response(render_template("query.html", query=query, result=result, forms=forms))
