"""Rows of lists of mandates cite the acts of the organ that their heading names."""

from __future__ import annotations

import pytest

from treatygraph.cite.document import cite_document
from treatygraph.model.citations import CitationKind
from treatygraph.parse import parse
from treatygraph.read import read_text
from treatygraph.registry import Registry

TEXT = """A/99/6 (Sect. 40)

General Assembly

# Proposed programme budget for 2031

## Legislative mandates

#### General Assembly resolutions

| | |
|---|---|
| 48/112; 52/92 | Tending of the lights |

#### Security Council resolutions

| | |
|---|---|
| 1373 (2001) | Wreckers |

#### Commission on Narcotic Drugs resolutions and decisions

| | |
|---|---|
| 53/11 | Lamps |
| Decision 60/1 | Oil |
"""
EXPECTED = [
    ("48/112", "document/A/RES/48/112"),
    ("52/92", "document/A/RES/52/92"),
    ("1373 (2001)", "document/S/RES/1373(2001)"),
    ("53/11", "act/cnd/resolution/53/11"),
    ("Decision 60/1", "act/cnd/decision/60/1"),
]


def test_each_number_is_cited_as_an_act_of_the_organ_above_it(registry: Registry) -> None:
    tree = parse(read_text(TEXT, name="text.md", language="en"))
    _, found = cite_document(tree, registry)
    acts = [(c.text, c.target) for c in found.citations if c.kind is CitationKind.ACT]
    assert acts == EXPECTED


@pytest.mark.parametrize("printed", [printed for printed, _ in EXPECTED])
def test_the_span_is_the_printed_number(registry: Registry, printed: str) -> None:
    tree = parse(read_text(TEXT, name="text.md", language="en"))
    _, found = cite_document(tree, registry)
    (citation,) = (c for c in found.citations if c.text == printed and c.kind is CitationKind.ACT)
    assert tree.source.text[citation.span.start : citation.span.end] == printed


UNITS = """List of mandates

Charter of the United Nations

Articles 13, 98 and 102

| | |
|---|---|
| Article 97 | Secretary-General |

Lamps and wicks

Article 3

General Assembly resolutions

51/158 Register of lamps
"""


def test_articles_below_the_name_of_an_instrument_are_its_own(registry: Registry) -> None:
    tree = parse(read_text(UNITS, name="text.md", language="en"))
    identity, found = cite_document(tree, registry)
    cited = [c.target for c in found.citations if c.kind in (CitationKind.ACT, CitationKind.PROVISION)]
    charter = [f"treaty/un-charter/art/{number}" for number in ("102", "13", "98", "97")]
    assert (identity.body, cited) == (None, [*charter, None, "document/A/RES/51/158"])
