"""``serve``: the application behind a production server, until it is told to stop."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import click
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from treatygraph.model.errors import AddressError, Where
from treatygraph.pipeline.gate import STATE_JUDGE
from treatygraph.store.endpoints import shown as shown_place
from treatygraph.store.heap import give_memory_back
from treatygraph.store.places import require_store
from treatygraph.store.writing import WriterSettings
from treatygraph.web.front import Front
from treatygraph.web.settings import Limits, Settings, pool_settings

_HEADER_MILLISECONDS = 10_000
_BACKLOG = 2048
_BACKPRESSURE = 2048


def serve(
    location: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 30.0,
    workers: int | None = None,
    writes: bool = False,
    tokens: Path | None = None,
    limits: Limits | None = None,
) -> None:
    """Serves the store at *location* until SIGTERM or SIGINT; prints the address once it listens.

    *timeout* is in seconds a query, *workers* quick queries at once (default: one more than processors, 3 at least).
    With *writes* the holders of *tokens* (default: the file in the store) may write.
    Raises ``StoreMissingError`` where there is no store and ``AddressError`` where the address is taken.
    """
    require_store(location)
    _require_free(host, port)
    count = workers or max(3, 1 + (os.cpu_count() or 1))
    bounds = limits or Limits()
    settings = Settings(
        pool_settings(bounds, timeout=timeout, workers=count),
        writes=WriterSettings(check=STATE_JUDGE) if writes else None,
        tokens=tokens,
        rate=bounds.rate,
        access_log=bounds.access_log,
        graph_bytes=bounds.graph_mb << 20,
    )
    server = Server(
        "treatygraph",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=1,
        websockets=False,
        # A client has ten seconds for the head of its request; one that dribbles is let go.
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_MILLISECONDS),
        backlog=_BACKLOG,
        backpressure=_BACKPRESSURE,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    shown = f"[{host}]" if ":" in host else host
    server.on_startup(
        lambda: click.echo(f"Serving {shown_place(location)} at http://{shown}:{port} (Ctrl-C stops it)")
    )
    server.serve(target_loader=partial(load, str(location), settings), wrap_loader=False)


def load(location: str, settings: Settings) -> Callable[..., Any]:
    """The RSGI application; called in the server's process."""
    from treatygraph.web.app import create_app

    _end_with_parent()
    give_memory_back()
    app = create_app(location, settings=settings)
    first_parts = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    routes = frozenset(part for part in first_parts if "<" not in part) | {"ready", "metrics"}
    front = Front(app, app.extensions["treatygraph"].pool, settings, routes)
    # What is there now stays: a request need never wait until the collector has looked through it again.
    gc.collect()
    gc.freeze()
    # The server looks for its __rsgi__, which its types don't know.
    return cast(Callable[..., Any], front)


def _end_with_parent() -> None:
    """Asks the machine to end this process when the one that supervises it is killed; the queries end with it."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM, 0, 0, 0)


def _require_free(host: str, port: int) -> None:
    """Raises ``AddressError`` unless the address can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise AddressError(
            f"The server cannot listen there: {getattr(error, 'strerror', None) or error}",
            where=Where(thing=f"{host}:{port}"),
            remedy="Choose another with --port (or PORT= with make), or end the server that has it.",
        ) from error
