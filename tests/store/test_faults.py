"""Writer, query processes and server are killed under load: nothing that was acknowledged is lost, nothing is half."""

import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


def test_kills_at_random_moments_lose_nothing() -> None:
    command = [sys.executable, REPO / "benchmarks" / "faults.py", "--kills", "25"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1500)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "mixed states or lost commits: 0" in done.stdout
