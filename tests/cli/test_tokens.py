"""The commands about tokens: a secret is printed once, and what is listed has none."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from treatygraph.store import EmbeddedStore

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    EmbeddedStore(tmp_path / "store").close()
    return tmp_path / "store"


def test_token_lives_from_add_to_revoke(run: Run, place: Path) -> None:
    added = run("token", "add", "harbour", "--scope", "update,graphs", "--expires", "90d", "--store", place)
    assert added.returncode == 0
    secret = added.stdout.strip()
    assert secret.startswith("tgw_") and secret not in added.stderr
    listed = run("token", "list", "--json", "--store", place)
    (row,) = json.loads(listed.stdout)
    assert (row["name"], row["scopes"]) == ("harbour", ["graphs", "update"])
    assert row["expires"] > row["created"] and "sha256" not in row
    rotated = run("token", "rotate", "harbour", "--expires", "2027-01-31", "--store", place)
    assert rotated.stdout.strip() not in ("", secret)
    assert "ends 2027-01-31" in run("token", "list", "--store", place).stdout
    assert run("token", "revoke", "harbour", "--store", place).returncode == 0
    assert run("token", "list", "--store", place).stdout == ""


def test_tokens_may_stand_in_a_file_elsewhere(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    assert run("token", "add", "quay", "--scope", "update", "--tokens", file).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "quay", "--scope", "all"), "cannot have the scope"),
        (("add", "quay", "--scope", "update", "--expires", "soon"), "2027-01-31"),
        (("revoke", "quay"), "There is no token"),
        (("list", "--store", "nowhere"), "There is no store here"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, place: Path, words: tuple[str, ...], said: str
) -> None:
    place_words = () if "--store" in words else ("--store", place)
    result = run("token", *words, *place_words)
    assert result.returncode == 2
    assert said in result.stderr and "Traceback" not in result.stderr
