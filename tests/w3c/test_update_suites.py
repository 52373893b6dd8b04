"""The W3C's suites of SPARQL 1.1 Update, over HTTP: each case leaves the dataset that it should, or is a known gap."""

from __future__ import annotations

import pytest
from suite_runner.endpoint import Endpoint
from suite_runner.manifests import Files
from suite_runner.running import Gaps, run
from suite_runner.suites import UPDATE_11


@pytest.mark.parametrize("manifest", UPDATE_11)
def test_every_case_passes_or_is_a_known_gap(
    manifest: str, w3c: Files, endpoint: Endpoint, gaps: Gaps
) -> None:
    cases = w3c.cases(manifest)
    outcome = run(cases, endpoint)
    assert outcome.ran == UPDATE_11[manifest]
    assert outcome.differs_from(gaps.among(cases)) == []
