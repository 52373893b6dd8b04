"""The command that serves: serve."""

from __future__ import annotations

from pathlib import Path

import click

from treatygraph.cli.common import store_option, store_path
from treatygraph.cli.tokens import tokens_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--timeout", type=float, default=30, show_default=True, help="Seconds after which a query is ended."
)
@click.option(
    "--workers", type=int, default=None, help="Queries that may run at once. [default: the number of cores]"
)
@click.option(
    "--writes", is_flag=True, help="Let holders of a token write: updates at /sparql, graphs at /graphs."
)
@tokens_option
@store_option
def serve(
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    writes: bool,
    tokens: Path | None,
    store_at: str | None,
) -> None:
    """Serve the store: pages, SPARQL at /sparql, graphs at /graphs.

    Nobody can write unless --writes is given; then each write is judged by the shapes and needs a token of
    `treatygraph token add`.

    \b
    Examples:
      treatygraph serve
      treatygraph serve --host 0.0.0.0 --port 8080 --timeout 10
      treatygraph serve --writes
    """
    from treatygraph.web.server import serve as run

    run(
        store_path(store_at),
        host=host,
        port=port,
        timeout=timeout,
        workers=workers,
        writes=writes,
        tokens=tokens,
    )
