"""The group of commands, and how an error becomes one sentence and an exit status."""

from __future__ import annotations

import sys
import traceback
from importlib.metadata import version
from typing import Any

import click

from treatygraph.cli.common import DEFAULT_STORE
from treatygraph.cli.corpus import build, standoff
from treatygraph.cli.documents import extract, provisions
from treatygraph.cli.evaluate import evaluate
from treatygraph.cli.graph import export, ingest, load, validate
from treatygraph.cli.questions import query, questions
from treatygraph.cli.server import serve
from treatygraph.cli.tokens import token
from treatygraph.cli.upkeep import backup, restore, verify
from treatygraph.model.errors import TreatygraphError, ValidationFailedError

NOT_CONFORMING = 1
"""Exit status when a graph does not conform, or a question does not give its rows."""

CANNOT = 2
"""Exit status when something cannot be read or done."""


class _Group(click.Group):
    """Turns our errors into one sentence on standard error; ``--debug`` shows the traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TreatygraphError as error:
            if ctx.params.get("debug"):
                traceback.print_exc()
            click.echo(f"treatygraph: {error}", err=True)
            sys.exit(NOT_CONFORMING if isinstance(error, ValidationFailedError) else CANNOT)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--store",
    "store_at",
    metavar="DIR|URL",
    default=None,
    help=f"The store that commands work on. [default: TREATYGRAPH_STORE, or {DEFAULT_STORE}]",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(version("treatygraph"), prog_name="treatygraph")
def main(store_at: str | None, debug: bool) -> None:
    """The documents of treaty bodies as an evidenced knowledge graph.

    Read a document with `extract`, put it into a store with `ingest`, ask with `query`, look with `serve`.
    """


for _command in (
    extract,
    ingest,
    build,
    load,
    validate,
    query,
    export,
    serve,
    token,
    backup,
    restore,
    verify,
    questions,
    evaluate,
    standoff,
    provisions,
):
    main.add_command(_command)
