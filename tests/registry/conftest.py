"""A small registry of an invented conference, and the one that is shipped."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from treatygraph.registry import Registry, load_registry

SMALL = {
    "instruments.toml": """
[[instrument]]
key = "treaty/lake"
name = "Convention on the Silver Lake"
short = "Lake Convention"
aliases = ["Lake Convention"]

[[instrument]]
key = "treaty/lake-eels"
name = "Protocol on Eels to the Convention on the Silver Lake"
supplements = "treaty/lake"
""",
    "bodies.toml": """
[[body]]
key = "body/lake-cop"
name = "Conference of the Parties to the Convention on the Silver Lake"
aliases = [{ text = "Conference", scope = "body/lake-cop" }]
counts = "session"
founding_treaty = "treaty/lake"
symbol = "LAKE/COP"
acts = [{ kind = "decision", style = "session/number", template = "act/lake-cop/decision/{session}/{number}" }]

[[body]]
key = "body/lake-cop/wg1"
name = "Working Group on Eels"
parent = "body/lake-cop"
counts = "meeting"
""",
    "history.toml": """
[[source]]
key = "source/0123456789abcdef0123456789abcdef"
address = "https://example.org/lake/1"
seen = "stored web page"

[[source]]
key = "source/fedcba9876543210fedcba9876543210"
address = "https://example.org/lake/2"
seen = "stored web page"

[[session]]
key = "session/lake-cop/1"
held_by = ["body/lake-cop"]
date = "1999-05-03/1999-05-07"
place = "Silver Bay"
sources = ["source/0123456789abcdef0123456789abcdef"]

[[session.conflict]]
field = "date"
value = "1999-05-03/1999-05-08"
sources = ["source/fedcba9876543210fedcba9876543210"]

[[act]]
key = "act/lake-cop/decision/1/1"
kind = "decision"
title = "Eels"
body = "body/lake-cop"
adopted_at = "session/lake-cop/1"
regarding = ["treaty/lake/art/2"]
sources = ["source/0123456789abcdef0123456789abcdef"]

[[action]]
name = "establish-wg1"
source = "act/lake-cop/decision/1/1"
actors = ["body/lake-cop"]
verb = "decide"
says = "count the eels"
addressees = ["body/lake-cop/wg1"]
establishes = ["body/lake-cop/wg1"]
sources = ["source/fedcba9876543210fedcba9876543210"]
""",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small registry, to be broken by a test."""
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(small: Path) -> Callable[..., Path]:
    """Replaces words in one file of the small registry; the folder."""

    def replace(name: str, old: str, new: str) -> Path:
        text = (small / name).read_text(encoding="utf-8")
        assert old in text
        (small / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return small

    return replace


@pytest.fixture(scope="session")
def folder(repo: Path) -> Path:
    """The folder of the shipped registry."""
    return repo / "data" / "registry"


@pytest.fixture(scope="session")
def registry(folder: Path) -> Registry:
    """The shipped registry."""
    return load_registry(folder)


@pytest.fixture(scope="session")
def script(repo: Path) -> Callable[[str], ModuleType]:
    """Loads a script of the folder scripts by its name."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, repo / "scripts" / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
