"""``serve``: the application behind a production server, until it is told to stop."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from treatygraph.model.errors import AddressError, Where
from treatygraph.pipeline.gate import STATE_JUDGE
from treatygraph.store.layout import Layout, current_generation
from treatygraph.store.places import local_path
from treatygraph.store.workers import PoolSettings
from treatygraph.store.writing import WriterSettings
from treatygraph.web.settings import Settings

_THREADS = 16


def serve(
    location: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 30.0,
    workers: int | None = None,
    writes: bool = False,
    tokens: Path | None = None,
) -> None:
    """Serves the store at *location* until SIGTERM or SIGINT; prints the address once it listens.

    *timeout* is in seconds a query, *workers* the queries at once (default: twice the processors, at least 4).
    With *writes* the holders of *tokens* (default: the file in the store) may write.
    Raises ``StoreMissingError`` where there is no store and ``AddressError`` where the address is taken.
    """
    current_generation(Layout(local_path(location)))
    _require_free(host, port)
    pool = PoolSettings(workers=workers or max(4, 2 * (os.cpu_count() or 1)), timeout=timeout)
    settings = Settings(pool, writes=WriterSettings(check=STATE_JUDGE) if writes else None, tokens=tokens)
    server = Server(
        "treatygraph",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS + pool.workers,
        # Below: a warning about the number of threads, which wait for query processes and not for the processor.
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    shown = f"[{host}]" if ":" in host else host
    server.on_startup(lambda: click.echo(f"Serving {location} at http://{shown}:{port} (Ctrl-C stops it)"))
    server.serve(target_loader=partial(load, str(location), settings), wrap_loader=False)


def load(location: str, settings: Settings) -> Callable[..., Any]:
    """The WSGI application; called in the server's process."""
    from treatygraph.web.app import create_app

    _end_with_parent()
    return create_app(location, settings=settings)


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
