"""Under an agenda item, the number of an article alone means the article that the item named."""

from __future__ import annotations

import pytest

from treatygraph.cite import cite_document
from treatygraph.model.citations import CitationKind
from treatygraph.parse import parse
from treatygraph.read import read_bytes

AGENDA = """Subsidiary Body for Implementation

Sixtieth session

# Provisional agenda and annotations

1. Opening of the session.
2. Matters relating to Article 6, paragraph 8, of the Paris Agreement.
3. Other matters.

## Annotations

### 2. Matters relating to Article 6, paragraph 8, of the Paris Agreement

1. In accordance with {first}, work goes on.

### 3. Other matters

2. In accordance with Article 6, paragraph 9, more work goes on.
"""


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Article 6, paragraph 4", "treaty/paris-agreement/art/6/para/4"),
        ("Article 7", "treaty/unfccc/art/7"),
    ],
)
def test_the_item_names_whose_article_it_is(first, expected, registry):
    tree = parse(read_bytes(AGENDA.format(first=first).encode(), name="agenda.md"))
    _, found = cite_document(tree, registry)
    got = {c.text: c.target for c in found.citations if c.kind is CitationKind.PROVISION}
    assert got[first] == expected
    assert got["Article 6, paragraph 9"] == "treaty/unfccc/art/6/para/9"


def test_a_passage_of_a_bilingual_page_is_read_in_its_own_language(registry):
    text = (
        "The Council met to speak of boats, of harbours and of the state of all the lighthouses on the coast.\n\n"
        "Le Conseil a décidé d’agir en vertu de l’Article 40 de la Charte des Nations Unies et de l’article 99 du traité cité."
    )
    _, found = cite_document(parse(read_bytes(text.encode(), name="page.txt", language="en")), registry)
    assert "treaty/un-charter/art/40" in {c.target for c in found.citations}
