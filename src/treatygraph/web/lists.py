"""``/treaties``, ``/bodies``, ``/meetings``, ``/documents``: the lists that lead to things."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Final, TypeVar

from flask import Blueprint, Response, render_template, request

from treatygraph.web.asking import Asker, asker
from treatygraph.web.caching import conditional
from treatygraph.web.listing import Asked, listing
from treatygraph.web.lists_rows import (
    STATES,
    HappeningRow,
    body_tree,
    count,
    document_rows,
    group_of,
    grouped,
    happening_rows,
    narrowed,
    treaty_rows,
)
from treatygraph.web.search import page_number
from treatygraph.web.search_reading import LONGEST
from treatygraph.web.views_query import query_links

lists = Blueprint("lists", __name__)

PER_PAGE: Final = 80
"""Rows of a page: one of 80 long titles stays under 100 kB."""
ROOTS_PER_PAGE: Final = 60
ORDERS: Final = {"series": "series", "kind": "kind"}

T = TypeVar("T")


@lists.get("/treaties")
def treaties() -> Response:
    """The treaties, those whose structure is held first."""
    rows = sorted(_kept("treaties", treaty_rows), key=lambda row: (not row.structure, -row.links))
    page = listing(
        rows, _asked(), query_links("list_treaties"), names=lambda row: row.thing.words, per_page=PER_PAGE
    )
    return _give("lists/treaties.html", page=page)


@lists.get("/bodies")
def bodies() -> Response:
    """The bodies as trees, those of which something is told first."""
    asked = _asked()
    trees = sorted(narrowed(_kept("bodies", body_tree), asked.text), key=lambda tree: not tree.known)
    whole = Asked(asked.path, page=asked.page)
    page = listing(
        trees, whole, query_links("list_bodies"), names=lambda tree: tree.thing.words, per_page=ROOTS_PER_PAGE
    )
    return _give("lists/bodies.html", page=page, asked=asked, found=count(trees))


@lists.get("/meetings")
def meetings() -> Response:
    """The sessions and meetings by body, in order of time."""

    def names(row: HappeningRow) -> str:
        return f"{row.thing.words} {row.body.words if row.body else ''} {row.when or ''} {row.places or ''}"

    rows = _kept("meetings", happening_rows)
    page = listing(rows, _asked(), query_links("list_meetings"), names=names, per_page=PER_PAGE)
    groups = [(body, list(group)) for body, group in groupby(page.rows, key=lambda row: row.body)]
    return _give("lists/meetings.html", page=page, groups=groups, count=len({row.thing.iri for row in rows}))


@lists.get("/documents")
def documents() -> Response:
    """The documents by series or kind, with how much of each is held; what is held first."""
    by = _choice("by", ORDERS, "series")
    state = _choice("state", STATES, "")
    rows = [row for row in _kept("documents", document_rows) if state in ("", row.state)]
    ordered = [row for _, group in grouped(rows, by) for row in group]
    page = listing(
        ordered,
        _asked(("by", by if by != "series" else ""), ("state", state)),
        query_links("list_documents"),
        names=lambda row: f"{row.thing.words} {row.title or ''} {row.symbol or ''} {row.kind} {row.series}",
        per_page=PER_PAGE,
    )
    groups = [(name, list(group)) for name, group in groupby(page.rows, key=lambda row: group_of(row, by))]
    return _give("lists/documents.html", page=page, groups=groups, by=by, state=state, states=STATES)


def _kept(name: str, make: Callable[[Asker], T]) -> T:
    ask = asker()
    return ask.keep(f"list {name}", lambda: make(ask))


def _asked(*choices: tuple[str, str]) -> Asked:
    return Asked(request.path, request.args.get("q", "").strip()[:LONGEST], page_number(), choices)


def _choice(name: str, choices: dict[str, str], usual: str) -> str:
    asked = request.args.get(name, "")
    return asked if asked in choices else usual


def _give(template: str, **context: object) -> Response:
    return conditional(
        asker().pool.generation(), "html", lambda: Response(render_template(template, **context))
    )
