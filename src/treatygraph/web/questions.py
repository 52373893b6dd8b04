"""``/questions``: the competency questions in words, and each with its SPARQL and its rows from this graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from treatygraph.evaluate.questions import Question as Competency
from treatygraph.evaluate.questions import load_questions
from treatygraph.model.assets import assets
from treatygraph.store.guard import check_query
from treatygraph.store.workers import Question
from treatygraph.web.asking import Asker, asker
from treatygraph.web.caching import conditional
from treatygraph.web.negotiate import HTML, TABLES, Form, choose
from treatygraph.web.query_answer import Table, form_of, shown
from treatygraph.web.search import page_number

questions = Blueprint("questions", __name__)

_CSV: Final = next(form for form in TABLES if form.name == "csv")


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """All that the page of a question shows."""

    question: Competency
    table: Table
    """One page of the rows that this graph gives."""
    before: Competency | None
    after: Competency | None
    address: str
    """Its address with the host."""

    @property
    def editor(self) -> str:
        """Where the query opens for change."""
        return f"/query?{urlencode({'query': self.question.sparql})}"

    @property
    def curl(self) -> str:
        """One line for a terminal that gives the rows."""
        return f"curl -H 'Accept: {_CSV.media_type}' '{self.address}'"

    @property
    def as_shipped(self) -> bool:
        """Whether there are as many rows as the shipped graph gives."""
        return self.table.count == len(self.question.rows)


@cache
def all_questions() -> tuple[Competency, ...]:
    """The questions, by name."""
    return load_questions(assets() / "data" / "questions")


@questions.get("/questions")
def question_list() -> Response:
    """The questions in words; none of them is run."""
    return conditional(
        0, "html", lambda: Response(render_template("questions/list.html", questions=all_questions()))
    )


@questions.get("/questions/<name>")
def question(name: str) -> Response:
    """One question with its rows, as a page or as the rows alone."""
    form = choose(request.accept_mimetypes, (HTML, *TABLES), request.args.get("format"))
    asked = _named(name)
    return conditional(asker().pool.generation(), form.name, lambda: _give(asker(), asked, form))


def _named(name: str) -> Competency:
    for each in all_questions():
        if each.name == name:
            return each
    raise NotFound(f"There is no question {name[:50]!r}. /questions has them all.")


def _give(ask: Asker, asked: Competency, form: Form) -> Response:
    if form is not HTML:
        return Response(ask.pool.ask(Question(asked.sparql, form.name)).body, content_type=form.content_type)
    kind = check_query(asked.sparql)

    def rows() -> bytes:
        return ask.pool.ask(Question(asked.sparql, form_of(kind))).body

    table = shown(ask, kind, ask.keep(f"question {asked.name}", rows), page_number())
    assert isinstance(table, Table), "the questions are SELECTs"
    place = all_questions().index(asked)
    page = QuestionPage(
        question=asked,
        table=table,
        before=all_questions()[place - 1] if place else None,
        after=all_questions()[place + 1] if place + 1 < len(all_questions()) else None,
        address=request.base_url,
    )
    return Response(render_template("questions/question.html", page=page, forms=TABLES))
