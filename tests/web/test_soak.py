"""Hostile queries, and query processes killed meanwhile, leave a server that answers; a sample of `make soak`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

QUERIES = 500
PATIENCE = 60
"""Seconds after a query's deadline within which its answer must come, however busy the machine is."""


def test_server_outlives_hostile_queries(repo: Path) -> None:
    command = [
        sys.executable,
        repo / "benchmarks" / "soak.py",
        "--queries",
        str(QUERIES),
        "--slack",
        str(PATIENCE),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    answers = re.search(r"answers by status: \{(.*)\}", ended.stdout)
    assert answers is not None
    assert sum(int(pair.split(":")[1]) for pair in answers[1].split(",")) == QUERIES
    killed = re.search(r"killed: (\d+)", ended.stdout)
    assert killed is not None and int(killed[1]) > 0
