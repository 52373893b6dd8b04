"""The command line as a user runs it: a process, its streams and its exit status."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(treatygraph_command: list[str], tmp_path: Path) -> Run:
    """Runs the command line in an empty folder; *store* is the store that it works on."""

    def command(
        *arguments: str | Path, store: Path | None = None, stdin: str | None = None, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if name != "TREATYGRAPH_STORE"}
        if store is not None:
            env["TREATYGRAPH_STORE"] = str(store)
        return subprocess.run(
            [*treatygraph_command, *map(str, arguments)],
            cwd=tmp_path,
            env=env,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return command
