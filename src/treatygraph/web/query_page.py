"""``/query``: the page on which a query is written, run and shared; whole without script."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from treatygraph.evaluate.questions import Question as Competency
from treatygraph.evaluate.questions import load_questions
from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import PREFIXES
from treatygraph.model.assets import assets
from treatygraph.model.errors import TreatygraphError
from treatygraph.store.guard import check_query
from treatygraph.store.workers import Question
from treatygraph.web.asking import asker
from treatygraph.web.caching import address_mark, conditional
from treatygraph.web.negotiate import GRAPHS, TABLES, Form
from treatygraph.web.policy import policy
from treatygraph.web.problem import status_of
from treatygraph.web.protocol import BASE
from treatygraph.web.query_answer import Graph, Table, Verdict, form_of, shown
from treatygraph.web.query_problem import QueryProblem, query_problem_of
from treatygraph.web.query_words import keys_from, vocabulary

query_pages = Blueprint("query_pages", __name__)

_PRESET: Final = ("tg", "eli", "oa", "rdf", "rdfs", "skos", "xsd")
_TAG: Final = re.compile(r"g(\d+)-([0-9a-f]{16})-([A-Za-z0-9_-]{22})(?:-gzip)?")
_PATTERN: Final = """\
# Which agenda items concern article 16 or a part of it?
SELECT ?item ?provision WHERE {
  ?provision eli:is_part_of* <treaty/untoc/art/16> .
  ?item tg:concernsProvision ?provision .
}
ORDER BY ?item ?provision
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset that it is put to, as the request names them."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    page: int = 1

    def address(self, path: str, **more: str | int) -> str:
        """The address that puts the same query again."""
        pairs: list[tuple[str, str | int]] = [("query", self.query)]
        pairs += [("default-graph-uri", each) for each in self.default_graphs]
        pairs += [("named-graph-uri", each) for each in self.named_graphs]
        return f"{path}?{urlencode([*pairs, *more.items()])}"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a query."""

    table: Table | None
    graph: Graph | None
    verdict: Verdict | None
    forms: tuple[Form, ...]
    """The forms in which the whole answer can be taken away."""
    milliseconds: int
    """How long the query process took."""


@dataclass(frozen=True, slots=True)
class QueryPage:
    """All that ``query.html`` shows."""

    asked: Asked
    answered: Answered | None
    problem: QueryProblem | None
    examples: tuple[Competency, ...]
    preset: bool
    """Whether the text is ours: nobody asked anything yet."""

    @property
    def share(self) -> str:
        """The address that opens the page with this query and its answer."""
        return self.asked.address(f"{request.url_root}query")

    @property
    def explained(self) -> str:
        """The address that tells what makes the query slow, without running it."""
        return f"/explain?{urlencode({'query': self.asked.query, 'format': 'text'})}"

    def curl(self, form: Form) -> str:
        """One line for a terminal; the encoded address holds no quote."""
        return f"curl -H 'Accept: {form.media_type}' '{self.asked.address(f'{request.url_root}sparql')}'"


@query_pages.route("/query", methods=["GET", "POST"])
def query_page() -> Response:
    """The editor, and the answer where a query is named; the answer alone for ``part=answer``."""
    if name := request.args.get("example"):
        return _see(Asked(_example(name).sparql).address("/query"))
    asked = _asked()
    form = request.values.get("format", "html")
    if asked.query and form != "html":
        return _see(asked.address("/sparql", format=form))
    if request.values.get("part") == "answer":
        page, status = _run(asked)
        return Response(render_template("query_answer.html", page=page), status)
    return answer_page(asked)


@query_pages.get("/query/vocabulary.json")
def query_vocabulary() -> Response:
    """The prefixes, classes and properties that an editor can complete."""
    return conditional(0, "json", lambda: jsonify(vocabulary()))


@query_pages.get("/query/keys.json")
def query_keys() -> Response:
    """The keys that begin with ``prefix``: ``[{"key", "name"}]``."""
    prefix = request.args.get("prefix", "")[:1000]
    generation = asker().pool.generation()
    return conditional(generation, "json", lambda: jsonify(keys_from(asker(), prefix)))


def answer_page(asked: Asked) -> Response:
    """The page with a query and what came of it."""
    generation = asker().pool.generation()
    kept = _kept(generation)
    page, status = (None, 304) if kept else _run(asked)
    nonce = kept or secrets.token_urlsafe(16)
    response = Response(status=304)
    if page is not None:
        response = Response(render_template("query.html", page=page, nonce=nonce), status)
    if status in (200, 304) and request.method != "POST":
        response.set_etag(f"g{generation}-{address_mark('html')}-{nonce}")
        response.cache_control.no_cache = True
    response.vary.add("Accept")
    response.headers["Content-Security-Policy"] = policy(nonce)
    return response


def _kept(generation: int) -> str | None:
    """The nonce of the page that the client keeps and may show again: its tag carries it."""
    for tag in request.if_none_match:
        found = _TAG.fullmatch(tag)
        if found and found.group(1, 2) == (str(generation), address_mark("html")):
            return found[3]
    return None


def _asked() -> Asked:
    page = request.values.get("page", "1")
    return Asked(
        request.values.get("query", "").replace("\r\n", "\n"),
        _iris("default-graph-uri"),
        _iris("named-graph-uri"),
        int(page) if page.isdecimal() and 0 < len(page) < 8 and int(page) else 1,
    )


def _iris(name: str) -> tuple[str, ...]:
    values = tuple(request.values.getlist(name))
    if any(":" not in value or set(value) & set('<>"{}|^`\\ \n\t') for value in values):
        raise BadRequest(f"{name} is not an absolute IRI.")
    return values


def _run(asked: Asked) -> tuple[QueryPage, int]:
    """The page with what came of the query, and its status; without a query the preset one waits to be run."""
    examples = _examples()
    if not asked.query.strip():
        return QueryPage(Asked(_preset()), None, None, examples, preset=True), 200
    try:
        return QueryPage(asked, _answered(asked), None, examples, preset=False), 200
    except TreatygraphError as error:
        return QueryPage(
            asked, None, query_problem_of(asked.query, error), examples, preset=False
        ), status_of(error)


def _answered(asked: Asked) -> Answered:
    form = check_query(asked.query)
    named_any = bool(asked.default_graphs or asked.named_graphs)
    default, named = (asked.default_graphs, asked.named_graphs) if named_any else (None, None)
    start = time.perf_counter()
    body = asker().pool.ask(Question(asked.query, form_of(form), default, named, base=BASE)).body
    milliseconds = round(1000 * (time.perf_counter() - start))
    found = shown(asker(), form, body, asked.page)
    return Answered(
        found if isinstance(found, Table) else None,
        found if isinstance(found, Graph) else None,
        found if isinstance(found, Verdict) else None,
        GRAPHS if form.gives_graph else TABLES,
        milliseconds,
    )


@cache
def _preset() -> str:
    """A query that may be run as it stands, below the base and the prefixes that most queries need."""
    prefixes = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in _PRESET)
    return f"BASE <{THINGS}>\n{prefixes}\n\n{_PATTERN}"


@cache
def _examples() -> tuple[Competency, ...]:
    return load_questions(assets() / "data" / "questions")


def _example(name: str) -> Competency:
    for each in _examples():
        if each.name == name:
            return each
    raise NotFound(f"There is no question {name[:50]!r}.")


def _see(address: str) -> Response:
    return redirect(address, 303, Response=Response)  # type: ignore[return-value]
