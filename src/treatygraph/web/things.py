"""Dereferencing: ``/id/{key}`` → 303 → ``/doc/{key}``, as a page or as data, and look-up of a key."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize
from werkzeug.exceptions import BadRequest

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import PREFIXES
from treatygraph.model.errors import KeyFormatError, UnknownThingError, Where
from treatygraph.model.keys import encode_key
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.names import page_of
from treatygraph.web.negotiate import GRAPHS, HTML, TABLES, Form, choose, prefers_page
from treatygraph.web.pages import tables
from treatygraph.web.thing_page import thing_page

things = Blueprint("things", __name__)

_CSV: Final = next(form for form in TABLES if form.suffix == "csv")
_QUERY: Final = Form("sparql", "application/sparql-query", "rq", "SPARQL")
_BY_SUFFIX: Final = {f".{form.suffix}": form for form in (*GRAPHS, HTML, _CSV, _QUERY)}
_RDF: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


@things.get("/id/<path:key>")
def identify(key: str) -> Response:
    """303 to the document about the thing (HTTP range 14: the thing itself cannot be sent)."""
    return _see(find(key).value)


@things.get("/doc/<path:key>")
def document(key: str) -> Response:
    """The document about the thing, in the form that the address or the client names."""
    bare, form = _split(key)
    node = find(bare)
    if node.value != iri(encode_key(bare)).value:
        asked = f"?{request.query_string.decode()}" if request.query_string else ""
        return _see(node.value, f".{form.suffix}{asked}" if form else asked)
    if form in (_CSV, _QUERY):
        return _table(node, form)
    chosen = form or choose(request.accept_mimetypes, (*GRAPHS, HTML), request.args.get("format"))
    return conditional(asker().pool.generation(), chosen.name, lambda: _give(bare, node, chosen))


@things.get("/find")
def look_up() -> Response:
    """The page of the thing whose key or IRI was typed."""
    typed = request.args.get("key", "").strip()
    if not typed:
        return _to("/")
    key = typed.removeprefix(iri("x").value.removesuffix("x")).removeprefix(request.host_url + "id/")
    return _see(find(key.lstrip("/")).value)


def find(text: str) -> NamedNode:
    """The thing with that key, looked up as written and then ignoring case.

    Raises ``UnknownThingError`` when there is none, or several that differ in case only.
    """
    try:
        node = iri(encode_key(text))
    except (KeyFormatError, ValueError) as error:
        raise _unknown(text) from error
    if asker().rows("exists", thing=node):
        return node
    found = asker().rows("spelling", wanted=Literal(encode_key(text).lower()))
    if len(found) == 1 and isinstance(other := found[0].get("found"), NamedNode):
        return other
    raise _unknown(text)


def _unknown(text: str) -> UnknownThingError:
    return UnknownThingError(
        "Nothing in this graph has that key",
        where=Where(thing=text[:200]),
        remedy="Look at its spelling, or ask /sparql which keys there are (tg:key).",
    )


def _split(key: str) -> tuple[str, Form | None]:
    for suffix, form in _BY_SUFFIX.items():
        if key.endswith(suffix):
            return key.removesuffix(suffix), form
    return key, None


def _see(node: str, suffix: str = "") -> Response:
    response = _to(f"{page_of(node)}{suffix}")
    response.vary.add("Accept")
    return response


def _to(address: str) -> Response:
    return redirect(address, 303, Response=Response)  # type: ignore[return-value]


def _table(node: NamedNode, form: Form) -> Response:
    """A table of the thing's page (parameter ``table``) as CSV, or its query: in the editor, or as text."""
    name = request.args.get("table", tables.COMMON[0].name)
    if name not in tables.NAMES:
        raise BadRequest(f"There is no table of that name. There are {', '.join(sorted(tables.NAMES))}.")
    query = tables.table_query(name, node)
    if form is _CSV:
        pool = asker().pool
        return conditional(
            pool.generation(),
            name,
            lambda: Response(pool.ask(Question(query, form="csv")).body, content_type=form.content_type),
        )
    if prefers_page(request.accept_mimetypes):
        return _to(f"/query?{urlencode({'query': query})}")
    return Response(query, content_type=form.content_type)


def _turned() -> dict[str, int]:
    """Which page of each list was asked for: the parameters that are small numbers."""
    return {
        name: int(value)
        for name, value in request.args.items()
        if value.isascii() and value.isdecimal() and len(value) < 7
    }


def _give(key: str, node: NamedNode, form: Form) -> Response:
    if form is HTML:
        page = thing_page(asker(), encode_key(key), _turned())
        response = Response(
            render_template(page.template, page=page, forms=GRAPHS, address=page_of(page.iri))
        )
    else:
        _, triples = asker().triples("data", thing=node)
        response = Response(rdf_bytes(triples, form), content_type=form.content_type)
    response.headers["Content-Location"] = f"{page_of(node.value)}.{form.suffix}"
    response.headers["Link"] = f'<{node.value}>; rel="describes"'
    return response


def rdf_bytes(triples: list[Triple], form: Form) -> bytes:
    """Triples in a form for graphs, with our prefixes where the form has any."""
    data = serialize(triples, format=_RDF[form.name], prefixes=_prefixes(triples, form))
    assert data is not None, "without an output the bytes are given back"
    return data


def _prefixes(triples: list[Triple], form: Form) -> dict[str, str]:
    """The prefixes that the triples use; N-Triples and expanded JSON-LD have none."""
    if form.name not in ("turtle", "rdfxml"):
        return {}
    text = "\n".join(map(str, triples))
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}" in text}
