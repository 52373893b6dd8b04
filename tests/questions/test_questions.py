"""The competency questions: exact on the fixture dataset, contained in the shipped graph; and what a question file must be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from treatygraph.evaluate.questions import Question, ask, load_questions
from treatygraph.model.errors import QuestionError
from treatygraph.model.store import Store
from treatygraph.pipeline.gate import merge
from treatygraph.pipeline.shipped import Graphs, Sources, by_graph, read_rdf, registry_graphs
from treatygraph.store import open_reader, open_writer

REPO = Path(__file__).resolve().parents[2]
QUESTIONS = load_questions(REPO / "data" / "questions")


@pytest.fixture(scope="module")
def fixture_dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The registry and the first agenda, and nothing else."""
    sources = Sources(REPO / "ontology", REPO / "data")
    (path,) = (sources.data / "documents").glob("ctoc-cop-wg3-2016-1.nq*")
    graphs: Graphs = registry_graphs(sources) | by_graph(read_rdf(path), path)
    with open_writer(tmp_path_factory.mktemp("fixture") / "store") as store:
        store.replace_graphs(graphs)
        assert set(store.merged()) == merge(graphs)
        yield store


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_gives_just_its_rows_on_the_fixture_dataset(
    question: Question, fixture_dataset: Store
) -> None:
    outcome = ask(question, fixture_dataset)
    assert outcome.holds(exact=True), (outcome.missing, outcome.surplus)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_shipped_graph_gives_at_least_those_rows(question: Question, shipped_store: Path) -> None:
    with open_reader(shipped_store) as store:
        outcome = ask(question, store)
    assert outcome.holds(exact=False), outcome.missing


def test_there_are_the_24_questions_on_the_agenda_and_at_least_12_on_the_history() -> None:
    names = [question.name for question in QUESTIONS]
    assert [name for name in names if name.startswith("q")] == [f"q{n:02}" for n in range(1, 25)]
    assert len([name for name in names if name.startswith("h")]) >= 12


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_a_sentence_and_has_rows(question: Question) -> None:
    assert question.words.endswith("?") and question.answer.endswith(".")
    assert question.rows


def test_a_question_without_rows_beside_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_text("# question: Who?\n# answer: Nobody.\nSELECT ?x {}\n", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"x\.tsv"):
        load_questions(tmp_path)


def test_a_row_of_another_width_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_text("# question: Who?\n# answer: Nobody.\nSELECT ?x ?y {}\n", encoding="utf-8")
    (tmp_path / "x.tsv").write_text("?x\t?y\na\tb\nc\n", encoding="utf-8")
    with pytest.raises(QuestionError, match="line 3"):
        load_questions(tmp_path)


def test_a_question_that_gives_other_columns_is_refused(fixture_dataset: Store) -> None:
    question = Question("x", "Who?", "Nobody.", "SELECT ?other WHERE { ?other ?p ?o } LIMIT 1", ("x",), ())
    with pytest.raises(QuestionError, match="columns"):
        ask(question, fixture_dataset)


def test_missing_and_surplus_rows_are_told_apart(fixture_dataset: Store) -> None:
    sparql = "SELECT ?x WHERE { VALUES ?x { 1 2 } }"
    outcome = ask(Question("x", "Which?", "Some.", sparql, ("x",), (("2",), ("3",))), fixture_dataset)
    assert (outcome.missing, outcome.surplus) == ((("3",),), (("1",),))
    assert not outcome.holds(exact=False)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="no questions"):
        load_questions(tmp_path)
