"""Fixtures that every layer may use: the checkout, and the corpus where somebody has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the checkout: where data/, ontology/ and web/ are."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source texts and gold, which this repository does not carry.

    It is `TREATYGRAPH_SHARED`, or `shared` beside the checkout. A test that asks for it is
    skipped where it is absent; nothing else in the suite may be.
    """
    folder = Path(os.environ.get("TREATYGRAPH_SHARED") or REPO.parent / "shared")
    if not (folder / "corpus").is_dir():
        pytest.skip(f"the corpus of source texts is not at {folder}; set TREATYGRAPH_SHARED to run this test")
    return folder
