"""``/about``: how facts were found and how wrong they can be; the map of the site for machines."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Final
from xml.sax.saxutils import escape

from flask import Blueprint, Response, render_template, request

from treatygraph.graph.iris import THINGS
from treatygraph.model.assets import assets
from treatygraph.web.asking import Asker, asker
from treatygraph.web.caching import conditional
from treatygraph.web.listing import number
from treatygraph.web.names import page_of
from treatygraph.web.pages.links import cell, text
from treatygraph.web.pages.values import Link
from treatygraph.web.questions import all_questions
from treatygraph.web.search import names_index

about_pages = Blueprint("about", __name__)

_SECTIONS: Final = {
    "citations": "citations",
    "provision": "of them: of provisions",
    "act": "of them: of decisions and resolutions",
    "document": "of them: of documents",
    "happening": "of them: of sessions and meetings",
    "publication": "of them: of publications",
    "agenda_items": "agenda items",
    "documentation": "documents listed under items",
    "schedule": "slots of the programme of work",
    "happenings": "sessions and meetings told of",
    "acts": "acts: who decided or asked what",
    "paragraphs": "paragraphs of resolutions",
}
"""The sections of ``treatygraph evaluate`` in words, in the order of the page."""

_MAPPED: Final = ("Treaty", "Body", "Session", "Meeting", "Happening", "AgendaItem", "Document", "Provision")
_MOST_MAPPED: Final = 50_000  # addresses that a sitemap may have (sitemaps.org)


@dataclass(frozen=True, slots=True)
class Measured:
    """How well one kind of thing was read in documents that a person had read before."""

    words: str
    gold: int
    """How many a careful reader finds."""
    right: int
    wrong: int
    """Found, but with another target."""
    extra: int
    """Found where the reader finds nothing."""

    @property
    def precision(self) -> float:
        """How much of what was found is right."""
        found = self.right + self.wrong + self.extra
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """How much of what there is was found."""
        return self.right / self.gold if self.gold else 1.0


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The figures of the page; the words stand in the template."""

    measured: tuple[Measured, ...]
    documents_measured: int
    sources: tuple[tuple[str, int, int], ...]
    """How sources were seen: words, sources, statements that rest on them."""
    texts: int
    """How many texts were read."""
    mentions: int
    resolved: int
    unresolved: int
    rejected: int
    reasons: tuple[tuple[Link, int], ...]
    rules: tuple[tuple[str, int], ...]
    gaps: tuple[tuple[Link, tuple[str, ...]], ...]
    disputed: int
    disputed_question: str | None
    """The name of the question that lists them."""
    version: str
    generation: int


@about_pages.get("/about")
def about() -> Response:
    """How the graph came to be, and what it is worth."""
    ask = asker()
    page = ask.keep("about", lambda: about_page(ask))
    return conditional(page.generation, "html", lambda: Response(render_template("about.html", page=page)))


@about_pages.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: everything but answers to queries, which have no end."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/sparql", "/query", "/search", "/find"))]
    return Response(
        "\n".join([*lines, f"Sitemap: {request.host_url}sitemap.xml", ""]),
        content_type="text/plain; charset=utf-8",
    )


@about_pages.get("/sitemap.xml")
def sitemap() -> Response:
    """The addresses of the lists, the questions, and the things that they lead to (sitemaps.org, protocol 0.9)."""
    lists = ("", "treaties", "bodies", "meetings", "documents", "questions", "about", "ontology", "shapes")
    things = [key for key, entry in names_index().entries.items() if entry.kind in _MAPPED]
    paths = [f"/{name}" for name in lists] + [f"/questions/{each.name}" for each in all_questions()]
    paths += [page_of(THINGS + key) or "" for key in things]
    host = request.host_url.rstrip("/")
    found = "".join(f"<url><loc>{escape(host + path)}</loc></url>\n" for path in paths[:_MOST_MAPPED])
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{found}</urlset>\n'
    return Response(body, content_type="application/xml")


def about_page(ask: Asker) -> AboutPage:
    """The figures of this generation."""
    read = ask.rows("about_mentions")
    totals = {
        name: sum(number(row, name) for row in read)
        for name in ("mentions", "resolved", "unresolved", "rejected")
    }
    gaps: dict[Link, list[str]] = defaultdict(list)
    for row in ask.rows("about_gaps"):
        if thing := cell(row, "thing", "label"):
            gaps[thing].append(text(row, "gap") or "")
    return AboutPage(
        measured=_measured(),
        documents_measured=len(_evaluation()),
        sources=tuple(
            (text(row, "seen") or "", number(row, "sources"), number(row, "statements"))
            for row in ask.rows("about_sources")
        ),
        texts=len({text(row, "text") for row in read}),
        **totals,
        reasons=tuple(
            (reason, number(row, "count"))
            for row in ask.rows("about_unresolved")
            if (reason := cell(row, "reason"))
        ),
        rules=tuple(
            (text(row, "rule") or "", number(row, "count"))
            for row in ask.rows("about_rules")
            if "rule" in row
        ),
        gaps=tuple((thing, tuple(found)) for thing, found in gaps.items()),
        disputed=number(ask.rows("about_disputed")[0], "count"),
        disputed_question=next((each.name for each in all_questions() if "tg:disputed" in each.sparql), None),
        version=version("treatygraph"),
        generation=ask.pool.generation(),
    )


@cache
def _evaluation() -> tuple[dict[str, object], ...]:
    """What ``treatygraph evaluate`` measured for this version; nothing where that was not kept."""
    path = assets() / "data" / "evaluation" / "latest.json"
    if not path.is_file():
        return ()
    return tuple(json.loads(path.read_text(encoding="utf-8"))["documents"])


def _measured() -> tuple[Measured, ...]:
    """The sections, summed over all documents that were measured."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for document in _evaluation():
        scores = document["scores"]
        assert isinstance(scores, Iterable)
        for score in scores:
            given = (score["gold"], score["right"], score["wrong_target"], score["extra"])
            sums[score["section"]] = [
                one + other for one, other in zip(sums[score["section"]], given, strict=True)
            ]
    return tuple(Measured(words, *sums[name]) for name, words in _SECTIONS.items() if name in sums)
