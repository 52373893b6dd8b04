"""The unit for systemd starts a command that there is, and is well formed where systemd can say so."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import click
import pytest

from treatygraph.cli.main import main

REPO = Path(__file__).resolve().parents[2]
UNIT = REPO / "docs" / "deploy" / "treatygraph.service"
CONTAINER = REPO / "docs" / "deploy" / "Containerfile"


@pytest.fixture
def unit() -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text())
    return parser


def words_of(line: str) -> list[str]:
    """The words of a command line behind `treatygraph`."""
    words = shlex.split(line)
    return words[next(i for i, word in enumerate(words) if word.endswith("treatygraph")) + 1 :]


def parsed(words: list[str]) -> click.Context:
    """The command line as the program reads it; raises ``click.UsageError`` for what it does not take."""
    command = main.commands[words[0]]
    return command.make_context(words[0], words[1:])


def test_unit_starts_the_server_with_options_that_it_takes(unit: ConfigParser) -> None:
    words = words_of(unit["Service"]["ExecStart"])
    assert words[0] == "serve"
    assert parsed(words).params["port"] == 8000


def test_container_starts_the_server_with_options_that_it_takes() -> None:
    command = CONTAINER.read_text().rpartition("exec ")[2].partition('"')[0]
    assert parsed(words_of(command)).params["host"] == "0.0.0.0"


def test_unit_lets_requests_end_before_it_kills(unit: ConfigParser) -> None:
    assert unit["Service"]["KillMode"] == "mixed"
    assert int(unit["Service"]["TimeoutStopSec"]) > 10


def test_unit_is_well_formed(unit: ConfigParser, tmp_path: Path) -> None:
    assert set(unit) == {"DEFAULT", "Unit", "Service", "Install"}
    tool = shutil.which("systemd-analyze")
    if tool is None:
        return
    here = Path(sys.executable).with_name("treatygraph")
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text().replace("/opt/treatygraph/bin/treatygraph", str(here)))
    done = subprocess.run([tool, "verify", copy], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
