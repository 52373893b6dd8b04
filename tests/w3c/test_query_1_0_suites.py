"""The W3C's suites of SPARQL 1.0, over HTTP: each case gives the result that it should, or is a known gap."""

from __future__ import annotations

import pytest
from suite_runner.endpoint import Endpoint
from suite_runner.manifests import Files
from suite_runner.running import Gaps, run
from suite_runner.suites import QUERY_10


@pytest.mark.parametrize("manifest", QUERY_10)
def test_every_case_passes_or_is_a_known_gap(
    manifest: str, w3c: Files, endpoint: Endpoint, gaps: Gaps
) -> None:
    cases = w3c.cases(manifest)
    outcome = run(cases, endpoint)
    assert outcome.ran == QUERY_10[manifest]
    assert outcome.differs_from(gaps.among(cases)) == []
