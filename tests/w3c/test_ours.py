"""Our own cases, in the form of the W3C's: queries, updates, the protocol and the graph store over HTTP."""

from __future__ import annotations

import pytest
from suite_runner.endpoint import Endpoint
from suite_runner.manifests import Files
from suite_runner.running import run

MANIFESTS = {
    "query/manifest.ttl": 11,
    "update/manifest.ttl": 8,
    "protocol/manifest.ttl": 13,
    "graph-store/manifest.ttl": 10,
}


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_every_case_passes(manifest: str, ours: Files, endpoint: Endpoint) -> None:
    outcome = run(ours.cases(manifest), endpoint)
    assert outcome.ran == MANIFESTS[manifest]
    assert (outcome.failed, outcome.by_value) == ({}, {})


def test_every_manifest_is_run(ours: Files) -> None:
    assert {name for name in ours.names() if name.endswith("manifest.ttl")} == set(MANIFESTS)
