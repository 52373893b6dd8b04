"""The Makefile says what it offers, and continuous integration runs nothing that a user could not."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path


def test_make_alone_lists_every_public_target(repo: Path) -> None:
    listed = subprocess.run(["make", "--silent"], cwd=repo, check=True, capture_output=True, text=True).stdout
    phony = set(
        re.findall(r"^\.PHONY: ([a-z-]+)$", (repo / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {"serve", "test", "setup"} <= phony
    assert {target for target in phony if not re.search(rf"^  make {target} ", listed, re.MULTILINE)} == set()


def test_continuous_integration_runs_make_test_alone(repo: Path) -> None:
    lines = (repo / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert commands[1].startswith("cd ")
    assert commands[2:] == ["make test"]


def test_temporary_files_in_memory_are_gone_with_the_command(repo: Path, tmp_path: Path) -> None:
    script = 'touch "$TMPDIR/left"; echo "$TMPDIR"; exit 3'
    ended = subprocess.run(
        [repo / "scripts" / "in-memory.sh", "sh", "-c", script],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    folder = Path(ended.stdout.strip())
    # Where the machine has no room in memory, the files are where they would have been.
    assert folder == tmp_path or not folder.exists()
