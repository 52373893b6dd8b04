"""The W3C's suites of the Protocol, the Graph Store Protocol and the Service Description: all cases pass."""

from __future__ import annotations

import pytest
from suite_runner.endpoint import Endpoint
from suite_runner.manifests import Files
from suite_runner.running import run
from suite_runner.suites import HTTP_11


@pytest.mark.parametrize("manifest", HTTP_11)
def test_every_case_passes(manifest: str, w3c: Files, endpoint: Endpoint) -> None:
    outcome = run(w3c.cases(manifest), endpoint)
    assert outcome.ran == HTTP_11[manifest]
    assert (outcome.failed, outcome.by_value) == ({}, {})
