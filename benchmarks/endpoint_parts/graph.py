"""A graph of the field, as large as wanted: number of quads → N-Quads, the same bytes for the same number.

Each document is a named graph: it belongs to a meeting, has items that concern articles, citations with their spans,
and a mandate that builds on the one of an earlier document. Names and labels are invented. Each quad is followed by its
triple in the default graph.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

TG: Final = "https://w3id.org/treatygraph/ns#"
ID: Final = "https://w3id.org/treatygraph/id/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OA: Final = "http://www.w3.org/ns/oa#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

ITEMS: Final = 8
CITATIONS: Final = 20
ARTICLES: Final = 40
CHAIN: Final = 20
QUADS_A_DOCUMENT: Final = 5 + ITEMS * 6 + CITATIONS * 8 + 6

_NOUNS = (
    "harbour",
    "lighthouse",
    "estuary",
    "mooring",
    "buoy",
    "pier",
    "tide",
    "lock",
    "canal",
    "dredger",
    "pilot",
)
_VERBS = ("review", "renewal", "inspection", "financing", "marking", "closure", "survey", "protection")


def documents_for(quads: int) -> int:
    """How many documents have about so many quads."""
    return max(1, quads // QUADS_A_DOCUMENT)


def lines(quads: int) -> Iterator[str]:
    """The N-Quads, document by document."""
    chance = random.Random(20)
    for number in range(documents_for(quads)):
        yield "".join(_document(number, chance))


def _document(number: int, chance: random.Random) -> Iterator[str]:
    graph = f"<{ID}graph/document/HBR/{number}/eng@2020-01-01>"
    document, meeting = f"<{ID}document/HBR/{number}>", f"<{ID}meeting/harbour-board/{number // 4}>"
    year, month, day = 1990 + number % 35, 1 + number % 12, 1 + number % 28

    def quad(subject: str, predicate: str, object_: str) -> str:
        return f"{subject} <{predicate}> {object_} {graph} .\n{subject} <{predicate}> {object_} .\n"

    yield quad(document, f"{RDF}type", f"<{TG}Document>")
    yield quad(document, f"{RDFS}label", f'"Note {number} on {_words(chance)}"@en')
    yield quad(document, f"{TG}earliest", f'"{year}-{month:02}-{day:02}"^^<{XSD}date>')
    yield quad(document, f"{TG}submittedTo", meeting)
    yield quad(meeting, f"{RDF}type", f"<{TG}Meeting>")
    for place in range(ITEMS):
        item = f"<{ID}meeting/harbour-board/{number // 4}/item/{number % 4}-{place}>"
        yield quad(item, f"{RDF}type", f"<{TG}AgendaItem>")
        yield quad(item, f"{RDFS}label", f'"{_words(chance).capitalize()} ({number}.{place})"@en')
        yield quad(item, f"{TG}key", f'"meeting/harbour-board/{number // 4}/item/{number % 4}-{place}"')
        yield quad(item, f"{TG}partOf", meeting)
        yield quad(item, f"{TG}concernsProvision", _article(chance))
        yield quad(item, f"{TG}documentation", document)
    for place in range(CITATIONS):
        citation, start = f"<{ID}citation/{number:08x}{place:024x}>", 100 * place + chance.randrange(50)
        yield quad(citation, f"{RDF}type", f"<{OA}Annotation>")
        yield quad(citation, f"{OA}hasSource", document)
        yield quad(citation, f"{OA}hasBody", _article(chance))
        yield quad(citation, f"{OA}start", f'"{start}"^^<{XSD}integer>')
        yield quad(citation, f"{OA}end", f'"{start + 12}"^^<{XSD}integer>')
        yield quad(citation, f"{OA}exact", f'"article {1 + start % ARTICLES} of the {_words(chance)} rules"')
        yield quad(citation, f"{TG}rule", f'"en.article.{place % 5}"')
        yield quad(document, f"{TG}cites", _article(chance))
    mandate = f"<{ID}mandate/{number:032x}>"
    yield quad(mandate, f"{RDF}type", f"<{TG}Mandate>")
    yield quad(mandate, f"{RDFS}label", f'"Mandate {number}: {_words(chance)}"@en')
    yield quad(mandate, f"{TG}givenBy", f"<{ID}body/harbour-board>")
    yield quad(mandate, f"{TG}regarding", _article(chance))
    yield quad(mandate, f"{TG}source", document)
    if number % CHAIN:
        yield quad(mandate, f"{TG}buildsOn", f"<{ID}mandate/{number - 1:032x}>")


def _article(chance: random.Random) -> str:
    return f"<{ID}treaty/harbours/art/{1 + chance.randrange(ARTICLES)}>"


def _words(chance: random.Random) -> str:
    return f"{chance.choice(_VERBS)} of the {chance.choice(_NOUNS)} and the {chance.choice(_NOUNS)}"
