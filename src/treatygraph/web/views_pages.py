"""The two pictures, as pages with their tables: ``/views/articles-agenda`` and ``/views/mandates``."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from treatygraph.graph.iris import key_of
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.things import find
from treatygraph.web.views_links import Choice, evidence_page, links_page
from treatygraph.web.views_mandates import LANES, HistoryChoice, first_words, mandates_page

views = Blueprint("views", __name__, url_prefix="/views")


@views.get("/articles-agenda")
def articles_agenda() -> Response:
    """Provisions of treaties and the agenda items that concern them."""
    choice = _choice()
    return conditional(
        asker().pool.generation(),
        "html",
        lambda: Response(render_template("views/articles-agenda.html", page=links_page(asker(), choice))),
    )


@views.get("/evidence")
def evidence() -> Response:
    """The words behind the links of one provision, one item, or the two together."""
    choice = _choice()
    if choice.provision is None and choice.item is None:
        raise BadRequest("Name a provision or an item: /views/evidence?provision=treaty/…&item=meeting/…")
    return conditional(
        asker().pool.generation(),
        "html",
        lambda: Response(render_template("views/evidence.html", page=evidence_page(asker(), choice))),
    )


@views.get("/mandates")
def mandates() -> Response:
    """What established and changed a body, what it was asked, what it decided, and when it met."""
    lane = request.args.get("lane")
    choice = HistoryChoice(
        _key("body"), lane if lane in LANES else None, _number("year"), max(1, _number("page") or 1)
    )
    return conditional(
        asker().pool.generation(),
        "html",
        lambda: Response(
            render_template(
                "views/mandates.html", page=mandates_page(asker(), choice), first_words=first_words
            )
        ),
    )


def _choice() -> Choice:
    return Choice(
        treaty=_key("treaty"),
        meeting=_key("meeting"),
        body=_key("body"),
        level="paragraph" if request.args.get("level") == "paragraph" else "article",
        reach="direct" if request.args.get("links") == "direct" else "all",
        every=request.args.get("show") == "all",
        provision=_key("provision"),
        item=_key("item"),
        page=max(1, _number("page") or 1),
    )


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else None


def _key(name: str) -> str | None:
    """The key that a parameter names; raises ``UnknownThingError`` where nothing in the graph has it."""
    typed = request.args.get(name, "").strip()
    return key_of(find(typed)) if typed else None
