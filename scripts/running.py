"""A real server for tools outside the tests: one that runs already, or one over a new store of the shipped graph."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 60
EXAMPLE = (
    str(Path(__file__).parents[1] / "docs/examples/meridian-forum-agenda.md"),
    "--symbol",
    "MFCC/2025/1",
)
COMMAND = str(Path(sys.executable).with_name("treatygraph"))


@contextlib.contextmanager
def server(url: str | None = None, *, example: bool = False) -> Iterator[str]:
    """The address of a server: *url* itself, or that of one which lives as long as the block.

    With *example* the store holds the agenda of the tutorial, too, as if a user had added it.
    """
    if url:
        yield url.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TREATYGRAPH_STORE": str(Path(folder) / "store")}
        subprocess.run([COMMAND, "build"], env=environment, check=True, stdout=sys.stderr)
        if example:
            subprocess.run([COMMAND, "ingest", *EXAMPLE], env=environment, check=True, stdout=sys.stderr)
        port = _free_port()
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)], env=environment, stdout=sys.stderr
        )
        try:
            _wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{url}/health"):
            return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")
