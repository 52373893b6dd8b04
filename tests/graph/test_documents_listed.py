"""What the graph states of documents that an agenda lists, and of mentions that mean nothing known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from treatygraph.graph.statements import document_quads
from treatygraph.graph.terms import RDF, TG
from treatygraph.pipeline.extract import extract
from treatygraph.read import read_bytes
from treatygraph.registry.load import load_registry

AGENDA = """CTOC/COP/WG.3/2030/1

Conference of the Parties to the United Nations Convention against Transnational Organized Crime

Working Group on International Cooperation

Thirtieth meeting

# Annotated provisional agenda

1. Opening of the meeting.
2. Handing over of boats.

## Annotations

### 1. Opening of the meeting

The meeting will be opened on Monday.

Documentation

Annotated provisional agenda (CTOC/COP/WG.3/2030/1)

### 2. Handing over of boats

Experts will speak of article 18 of the Convention, of article 99 of the Convention. Others ask for article 9 of the
Harbour Dues Convention.

Documentation

Paper on boats (CTOC/COP/WG.3/2030/2)
"""


@pytest.fixture(scope="module")
def quads(repo: Path) -> tuple[Quad, ...]:
    registry = load_registry(repo / "data" / "registry")
    return tuple(document_quads(extract(read_bytes(AGENDA.encode(), name="agenda.md"), registry), registry))


@pytest.fixture(scope="module")
def objects(quads: tuple[Quad, ...]) -> Callable[[object, object], set[str]]:
    return lambda subject, predicate: {
        q.object.value for q in quads if q.subject == subject and q.predicate == predicate
    }


def test_a_document_in_its_own_list_is_listed_with_the_words_that_say_so(quads, objects) -> None:
    listed = {q.object.value.rpartition("/id/")[2]: q for q in quads if q.predicate == TG.documentation}
    assert set(listed) == {"document/CTOC/COP/WG.3/2030/1", "document/CTOC/COP/WG.3/2030/2"}
    itself = listed["document/CTOC/COP/WG.3/2030/1"]
    edges = {q.subject for q in quads if q.predicate == RDF.subject and q.object == itself.subject}
    edges &= {q.subject for q in quads if q.predicate == RDF.object and q.object == itself.object}
    assert len(edges) == 1
    assert any(q.predicate == TG.supports and q.object in edges for q in quads)
    assert itself.object.value not in {q.object.value for q in quads if q.predicate == TG.cites}


def test_what_stays_unresolved_has_its_reason_and_its_candidates(quads, objects) -> None:
    ledger = [q.subject for q in quads if q.predicate == RDF.type and q.object == TG.UnresolvedCitation]
    found = {
        (
            *(reason.rpartition("/")[2] for reason in objects(node, TG.reason)),
            *objects(node, TG.candidate),
        )
        for node in ledger
    }
    assert found == {
        ("unknown-instrument", "Harbour Dues Convention"),
        ("unknown-provision", "treaty/untoc/art/99"),
    }
