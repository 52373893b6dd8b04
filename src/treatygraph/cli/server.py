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
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    envvar="TREATYGRAPH_TIMEOUT",
    help="Seconds after which a query is ended.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    envvar="TREATYGRAPH_WORKERS",
    help="Quick queries that may run at once. [default: one more than cores, at least 3]",
)
@click.option(
    "--long",
    type=click.IntRange(min=0),
    default=None,
    envvar="TREATYGRAPH_LONG",
    help="Queries of more than 0.25 seconds of processor that may run beside them."
    " [default: twice --workers, at least 8]",
)
@click.option(
    "--queue",
    type=click.IntRange(min=0),
    default=64,
    show_default=True,
    envvar="TREATYGRAPH_QUEUE",
    help="Queries that may wait; one more is refused (503).",
)
@click.option(
    "--memory",
    type=click.IntRange(min=1000),
    default=3072,
    show_default=True,
    envvar="TREATYGRAPH_MEMORY",
    help="MB of address space that one query may take (700 before it begins).",
)
@click.option(
    "--result",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    envvar="TREATYGRAPH_RESULT",
    help="MB that one answer may have.",
)
@click.option(
    "--cache",
    type=click.IntRange(min=0),
    default=256,
    show_default=True,
    envvar="TREATYGRAPH_CACHE",
    help="MB of answers that are kept until the next commit; 0 keeps none.",
)
@click.option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True),
    default=None,
    envvar="TREATYGRAPH_RATE",
    help="Requests a second that one client may send; more are refused (429). [default: any number]",
)
@click.option(
    "--access-log",
    is_flag=True,
    envvar="TREATYGRAPH_ACCESS_LOG",
    help="Log every request, not only slow and failed ones.",
)
@click.option(
    "--graph-size",
    type=click.IntRange(min=1),
    default=256,
    show_default=True,
    envvar="TREATYGRAPH_GRAPH_SIZE",
    help="MB that a graph may have which is written at once (with --writes).",
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
    long: int | None,
    queue: int,
    memory: int,
    result: int,
    cache: int,
    rate: float | None,
    access_log: bool,
    graph_size: int,
    writes: bool,
    tokens: Path | None,
    store_at: str | None,
) -> None:
    """Serve the store: pages, SPARQL at /sparql, graphs at /graphs.

    Nobody can write unless --writes is given; then each write is judged by the shapes and needs a token of
    `treatygraph token add`.

    Every bound can also be given by the environment: TREATYGRAPH_TIMEOUT, _WORKERS, _LONG, _QUEUE, _MEMORY, _RESULT,
    _CACHE, _RATE, _ACCESS_LOG, _GRAPH_SIZE.

    \b
    Examples:
      treatygraph serve
      treatygraph serve --host 0.0.0.0 --port 8080 --timeout 10
      treatygraph serve --rate 20 --cache 1024 --access-log
      treatygraph serve --writes
    """
    from treatygraph.store.heap import start_again_with_environment
    from treatygraph.store.places import require_store

    location = store_path(store_at)
    require_store(location)
    start_again_with_environment()

    from treatygraph.web.server import serve as run
    from treatygraph.web.settings import Limits

    run(
        location,
        host=host,
        port=port,
        timeout=timeout,
        workers=workers,
        writes=writes,
        tokens=tokens,
        limits=Limits(long, queue, memory, result, cache, rate, access_log, graph_size),
    )
