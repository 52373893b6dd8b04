"""``/search?q=``: the box. A reference leads to its thing, words to what is called so; pages, or JSON for programs."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template, request

from treatygraph.graph.iris import THINGS
from treatygraph.model.errors import UnknownThingError
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.names import page_of
from treatygraph.web.negotiate import HTML, Form, choose
from treatygraph.web.search_index import KINDS, Index, make_index
from treatygraph.web.search_reading import LONGEST, Reading, read_query
from treatygraph.web.search_results import Hit, SearchPage, search_page
from treatygraph.web.things import find

search_pages = Blueprint("search", __name__)

JSON: Final = Form("json", "application/json", "json", "JSON")
_LONGEST_PAGE: Final = 6  # digits
_INDEX: Final = "search index"


@search_pages.get("/search")
def search() -> Response:
    """Where a reference leads (303), what it may mean, or what is called so."""
    text = request.args.get("q", "").strip()[:LONGEST]
    form = choose(request.accept_mimetypes, (HTML, JSON), request.args.get("format"))
    index = names_index()
    reading = read_query(_without_host(text), index)
    if form is HTML and (address := _only(text, reading)):
        response: Response = redirect(address, 303, Response=Response)  # type: ignore[assignment]
        response.vary.add("Accept")
        return response
    found = search_page(text, reading, index, kind=_kind(), page=page_number())
    return conditional(asker().pool.generation(), form.name, lambda: _give(found, form))


def names_index() -> Index:
    """What the box looks in, made once a generation."""
    ask = asker()
    return ask.keep(_INDEX, lambda: make_index(ask))


def begin_names_index() -> None:
    """Has the index made, so that the first search of a generation need not wait for it."""
    ask = asker()
    ask.begin(_INDEX, lambda: make_index(ask))


def page_number() -> int:
    """The page of a list that the address asks for, from 1."""
    typed = request.args.get("page", "1")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < _LONGEST_PAGE else 1


def _kind() -> str | None:
    asked = request.args.get("kind")
    return asked if asked in KINDS else None


def _without_host(text: str) -> str:
    """The key in an address of this server: people paste what their browser shows."""
    for start in ("id/", "doc/"):
        text = text.removeprefix(request.host_url + start)
    return text


def _only(text: str, reading: Reading | None) -> str | None:
    """The address of the one thing that was named; None for words, for several, and where something lacks."""
    if reading and len(reading.keys) == 1 and not reading.lacks:
        return page_of(THINGS + reading.keys[0])
    bare = _without_host(text)
    if reading or "/" not in bare or any(each.isspace() for each in bare):
        return None
    try:
        # Keys that nobody looks for by words: citations, passages, edges, sources.
        return page_of(find(bare.removeprefix(THINGS)).value)
    except UnknownThingError:
        return None


def _give(found: SearchPage, form: Form) -> Response:
    if form is HTML:
        return Response(render_template("search.html", found=found, address=_address))
    return jsonify(
        query=found.text,
        read_as=found.reading.what if found.reading else None,
        lacks=(found.reading.lacks or None) if found.reading else None,
        candidates=[_values(each) for _, group in found.candidates for each in group],
        total=found.total,
        page=found.page,
        pages=found.pages,
        kinds={facet.kind: facet.count for facet in found.facets},
        results=[_values(each) for each in found.hits],
    )


def _values(hit: Hit) -> dict[str, object]:
    also = "".join(words for words, _ in hit.also)
    return {
        "key": hit.key,
        "iri": hit.iri,
        "page": request.host_url.rstrip("/") + hit.href,
        "kind": hit.kind,
        "label": hit.label,
        "also": also or None,
        "linked": hit.weight,
    }


def _address(found: SearchPage, **changes: str | int | None) -> str:
    """The address of the search with some parameters changed."""
    now = {"q": found.text, "kind": found.kind, "page": found.page} | changes
    return "/search?" + urlencode({name: value for name, value in now.items() if value not in (None, 1)})
