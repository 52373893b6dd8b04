"""The lock files name what to install and nothing about where from, so that any registry can serve them."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
NPM_LOCKS = ("web/package-lock.json", "scripts/chromium/package-lock.json")


def pinned(lock: Path) -> dict[str, str]:
    """The version of each package that a lock file pins."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def normal(name: str) -> str:
    """A package's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_python_lock_names_no_registry(repo: Path, name: str) -> None:
    text = (repo / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--(extra-)?index.url|--find-links|--trusted-host)\b", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_python_lock_has_a_hash_for_each_package(repo: Path, name: str) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", (repo / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert entries
    unhashed = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert unhashed == []


@pytest.mark.parametrize("name", NPM_LOCKS)
def test_npm_lock_has_a_hash_and_no_address_for_each_package(repo: Path, name: str) -> None:
    text = (repo / name).read_text(encoding="utf-8")
    packages = {path: entry for path, entry in json.loads(text)["packages"].items() if path}
    assert packages
    assert '"resolved"' not in text
    assert [path for path, entry in packages.items() if "integrity" not in entry] == []


def test_lock_pins_what_the_package_depends_on(repo: Path) -> None:
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {normal(re.split(r"[<>=!~\[; ]", line)[0]) for line in project["dependencies"]}
    assert names <= {normal(name) for name in pinned(repo / "requirements.txt")}


def test_lock_for_development_holds_the_same_versions(repo: Path) -> None:
    development = pinned(repo / "requirements-dev.txt")
    runtime = pinned(repo / "requirements.txt")
    assert {name: development.get(name) for name in runtime} == runtime


def test_lock_for_development_holds_each_tool_that_is_asked_for(repo: Path) -> None:
    lines = (repo / "requirements-dev.in").read_text(encoding="utf-8").splitlines()
    tools = {normal(line.partition("[")[0]) for line in lines if line and not line.startswith(("#", "-"))}
    assert tools <= {normal(name) for name in pinned(repo / "requirements-dev.txt")}
