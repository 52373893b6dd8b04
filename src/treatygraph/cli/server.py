"""The command that serves: serve."""

from __future__ import annotations

import click

from treatygraph.cli.common import store_option, store_path


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--timeout", type=float, default=30, show_default=True, help="Seconds after which a query is ended."
)
@click.option(
    "--workers", type=int, default=None, help="Queries that may run at once. [default: the number of cores]"
)
@store_option
def serve(host: str, port: int, timeout: float, workers: int | None, store_at: str | None) -> None:
    """Serve the store: pages, and SPARQL at /sparql.

    \b
    Examples:
      treatygraph serve
      treatygraph serve --host 0.0.0.0 --port 8080 --timeout 10
    """
    from treatygraph.web.server import serve as run

    run(store_path(store_at), host=host, port=port, timeout=timeout, workers=workers)
