"""Commands that ask: query, questions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from treatygraph.cli.common import (
    data_option,
    json_option,
    note,
    print_json,
    sources,
    store_option,
    store_path,
)
from treatygraph.cli.common import write_output as write_bytes


@click.command()
@click.argument("sparql")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "xml", "csv", "tsv", "turtle", "ntriples", "rdfxml", "jsonld"]),
    default="table",
    show_default=True,
    help="How to print the answer. A format for graphs goes with CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60,
    show_default=True,
    help="Seconds until it is ended.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write to a file, not to standard output."
)
@store_option
def query(sparql: str, form: str, timeout: float, output: Path | None, store_at: str | None) -> None:
    """Ask the store a SPARQL query; @FILE reads it from a file, - from standard input.

    \b
    Examples:
      treatygraph query 'SELECT ?item WHERE { ?item tg:concernsProvision <treaty/untoc/art/16> }'
      treatygraph query @question.rq --format csv

    The prefixes of the graph and BASE <https://w3id.org/treatygraph/id/> are there unless the query declares its own.
    """
    from treatygraph.cli.answers import answer_bytes

    write_bytes(answer_bytes(_text(sparql), store_path(store_at), form, timeout), output)


def _text(argument: str) -> str:
    from treatygraph.model.errors import QueryError, Where

    if argument == "-":
        return sys.stdin.read()
    if not argument.startswith("@"):
        return argument
    path = Path(argument[1:])
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(
            "A query cannot be read from its file", where=Where(str(path)), remedy=f"{error}."
        ) from error


@click.command()
@click.option(
    "--check", is_flag=True, help="Run every question and compare with its rows; exit status 1 if one fails."
)
@click.option(
    "--exact", is_flag=True, help="With --check: no other rows may come (the dataset of the tests)."
)
@store_option
@data_option
@json_option
@click.pass_context
def questions(
    context: click.Context,
    check: bool,
    exact: bool,
    store_at: str | None,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """List the competency questions, or check that the store answers them.

    \b
    Examples:
      treatygraph questions
      treatygraph questions --check
    """
    from treatygraph.evaluate.questions import ask, load_questions
    from treatygraph.store import open_reader

    asked = load_questions(sources(data_dir).data / "questions")
    if not check:
        if as_json:
            print_json(
                [{"name": q.name, "question": q.words, "answer": q.answer, "sparql": q.sparql} for q in asked]
            )
        else:
            for question in asked:
                click.echo(
                    f"{question.name}  {question.words}\n{'':<{len(question.name)}}  → {question.answer}"
                )
        return
    with open_reader(store_path(store_at)) as store:
        outcomes = [ask(question, store) for question in asked]
    failed = [outcome for outcome in outcomes if not outcome.holds(exact=exact)]
    if as_json:
        print_json(
            [
                {
                    "name": outcome.question.name,
                    "holds": outcome.holds(exact=exact),
                    "rows": outcome.rows,
                    "missing": outcome.missing,
                    "surplus": outcome.surplus,
                }
                for outcome in outcomes
            ]
        )
    else:
        for outcome in failed:
            note(f"{outcome.question.name}  {outcome.question.words}")
            for row in outcome.missing:
                note(f"    missing  {' | '.join(row)}")
            for row in outcome.surplus if exact else ():
                note(f"    surplus  {' | '.join(row)}")
        click.echo(f"{len(outcomes) - len(failed)} of {len(outcomes)} questions give their rows")
    context.exit(1 if failed else 0)
