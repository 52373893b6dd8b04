"""Competency questions: words, SPARQL and the rows that must come.

A question is two files: ``NAME.rq``, whose first comment lines are ``# question: …`` and ``# answer: …``, and
``NAME.tsv`` with the expected rows: a header of ``?variable`` names, then a row a line. A thing is its key in angle
brackets, another IRI stands in full in angle brackets, a literal is its lexical form, what is unbound is empty.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import is_thing, key_of
from treatygraph.model.errors import QuestionError, Where
from treatygraph.model.store import Solutions, Store

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words with its SPARQL and the rows that the fixture dataset gives."""

    name: str
    words: str
    answer: str
    sparql: str
    variables: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question gave: ``missing`` rows were expected, ``surplus`` rows were not."""

    question: Question
    rows: Rows
    missing: Rows
    surplus: Rows

    def holds(self, *, exact: bool) -> bool:
        """Whether the expected rows came, and no others where *exact*."""
        return not self.missing and not (exact and self.surplus)


def load_questions(folder: Path) -> tuple[Question, ...]:
    """The questions of a folder, by name; raises ``QuestionError`` for one without words or rows."""
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise QuestionError(
            "There are no questions", where=Where(str(folder)), remedy="Name a folder of .rq files."
        )
    return tuple(_load(path) for path in paths)


def _load(path: Path) -> Question:
    sparql = path.read_text(encoding="utf-8")
    head = {
        name.strip(): words.strip()
        for line in sparql.splitlines()
        if line.startswith("#")
        for name, _, words in [line[1:].partition(":")]
    }
    expected = path.with_suffix(".tsv")
    if not head.get("question") or not head.get("answer") or not expected.is_file():
        raise QuestionError(
            "A question lacks its words, its answer in words, or its rows",
            where=Where(str(path)),
            remedy=f'Begin it with "# question: …" and "# answer: …" and put {expected.name} beside it.',
        )
    lines = expected.read_text(encoding="utf-8").split("\n")[:-1]
    variables = tuple(name.removeprefix("?") for name in lines[0].split("\t"))
    rows = tuple(tuple(line.split("\t")) for line in lines[1:])
    for number, row in enumerate(rows, start=2):
        if len(row) != len(variables):
            raise QuestionError(
                f"A row has {len(row)} cells where the header has {len(variables)}",
                where=Where(str(expected), line=number),
                remedy="Divide the cells by tabs.",
            )
    return Question(path.stem, head["question"], head["answer"], sparql, variables, rows)


def cell(term: NamedNode | Literal | None) -> str:
    """A term as a cell of the expected rows."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return f"<{key_of(term)}>" if is_thing(term) else f"<{term.value}>"
    return " ".join(term.value.split())


def ask(question: Question, store: Store) -> Outcome:
    """Runs a question; raises ``QuestionError`` when it gives other variables than its rows have."""
    answer = store.query(question.sparql)
    if not isinstance(answer, Solutions) or answer.variables != question.variables:
        raise QuestionError(
            f"The question {question.name} does not give the columns {', '.join(question.variables)}",
            remedy="Make its SELECT and the header of its .tsv name the same variables in the same order.",
        )
    rows = tuple(tuple(map(cell, row)) for row in answer.rows)
    came, wanted = Counter(rows), Counter(question.rows)
    missing = tuple(sorted((wanted - came).elements()))
    surplus = tuple(sorted((came - wanted).elements()))
    return Outcome(question, rows, missing, surplus)
