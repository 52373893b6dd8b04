"""The first page, and the server's state for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from flask import Blueprint, Response, jsonify, render_template

from treatygraph.evaluate.questions import Question as Competency
from treatygraph.graph.iris import iri
from treatygraph.graph.terms import TG
from treatygraph.model.errors import TreatygraphError
from treatygraph.web.asking import Asker, asker, integers
from treatygraph.web.caching import conditional
from treatygraph.web.home_picture import SmallPicture, small_picture
from treatygraph.web.listing import number
from treatygraph.web.lists_rows import HappeningRow, happening_rows
from treatygraph.web.names import term_label
from treatygraph.web.questions import all_questions
from treatygraph.web.search import begin_names_index
from treatygraph.web.search_index import KINDS
from treatygraph.web.search_results import KIND_WORDS
from treatygraph.web.views_values import named, text_of

home_pages = Blueprint("home", __name__)

EXAMPLES: Final = 3
"""How many examples each door shows; ``home_provisions.rq`` counts so many too."""

_LISTS: Final = {
    "Treaty": "/treaties",
    "Provision": "/treaties",
    "Body": "/bodies",
    "Session": "/meetings",
    "Meeting": "/meetings",
    "Document": "/documents",
}
"""The list of a kind; the others are found by their pages and the search."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a kind there are."""

    words: str
    count: int
    href: str | None
    """The list of them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A provision that much points to."""

    href: str
    words: str
    title: str | None
    language: str | None
    links: int


@dataclass(frozen=True, slots=True)
class Lacks:
    """What the graph lacks, in numbers."""

    gaps: int
    documents: int
    cited: int
    held: int
    unresolved: int
    disputed: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that the first page shows."""

    counts: tuple[Count, ...]
    provisions: tuple[Example, ...]
    meetings: tuple[HappeningRow, ...]
    questions: tuple[Competency, ...]
    question_count: int
    lacks: Lacks
    picture: SmallPicture | None
    pictured: str | None
    """The label of the meeting in the picture."""
    generation: int


@home_pages.get("/")
def home() -> Response:
    """One sentence, the box, three doors, and what the graph holds and lacks."""
    ask = asker()
    page = ask.keep("home", lambda: home_page(ask))
    # Who opens the first page will look for something next.
    begin_names_index()
    return conditional(page.generation, "html", lambda: Response(render_template("home.html", page=page)))


def home_page(ask: Asker) -> HomePage:
    """The first page of this generation."""
    asked = all_questions()
    row = ask.rows("home_lacks")[0]
    picture = small_picture(ask.rows("home_links"))
    pictured = ask.rows("view_label", thing=iri(picture.meeting)) if picture else []
    return HomePage(
        counts=_counts(ask),
        provisions=tuple(_most_linked(ask)),
        meetings=_meetings(ask),
        questions=tuple(sorted(asked, key=lambda each: (len(each.words), each.name))[:EXAMPLES]),
        question_count=len(asked),
        lacks=Lacks(
            *(number(row, name) for name in ("gaps", "documents", "cited", "held", "unresolved", "disputed"))
        ),
        picture=picture,
        pictured=text_of(pictured[0], "label") if pictured else None,
        generation=ask.pool.generation(),
    )


def _counts(ask: Asker) -> tuple[Count, ...]:
    """How many there are of each kind, in the order in which people look for them."""
    found = {kind.rpartition("#")[2]: count for kind, count in integers(ask.rows("counts"), "kind", "count")}
    order = [*KINDS, *sorted(found.keys() - set(KINDS))]
    return tuple(
        Count(_called(kind, found[kind]), found[kind], _LISTS.get(kind)) for kind in order if kind in found
    )


def _called(kind: str, count: int) -> str:
    one = term_label(TG.NAMESPACE + kind)
    return KIND_WORDS.get(kind, (one, f"{one}s"))[count != 1]


def _most_linked(ask: Asker) -> Iterator[Example]:
    """The articles that most items of agendas are about, or else those to which most statements point."""
    for row in ask.rows("home_provisions"):
        provision = named(row, "provision", "label")
        assert provision is not None, "home_provisions.rq binds ?provision in every row"
        yield Example(
            provision.href or "",
            provision.words,
            text_of(row, "title"),
            provision.language,
            number(row, "links"),
        )


def _meetings(ask: Asker) -> tuple[HappeningRow, ...]:
    """The meetings whose agendas hold most items; where there is none, those of which most is told."""
    rows = ask.keep("list meetings", lambda: happening_rows(ask))
    once = {row.thing.iri: row for row in rows}.values()
    return tuple(sorted(once, key=lambda row: (-row.items, -row.acts, row.thing.iri or ""))[:EXAMPLES])


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
