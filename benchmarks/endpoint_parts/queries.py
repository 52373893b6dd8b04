"""The queries of the benchmark: each a template that a number makes into one of many different texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from endpoint_parts.graph import ARTICLES, CHAIN, ID, OA, RDFS, TG

PROLOGUE: Final = f"BASE <{ID}> PREFIX tg: <{TG}> PREFIX rdfs: <{RDFS}> PREFIX oa: <{OA}> "

JSON: Final = "application/sparql-results+json"
TURTLE: Final = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Template:
    """A query of a kind: what it asks of a graph of so many documents, and whether the engine has work with it."""

    name: str
    text: Callable[[int, int], str]
    trivial: bool = False
    accept: str = JSON

    def query(self, number: int, documents: int) -> str:
        """The text with that number; different numbers give different texts."""
        return f"{PROLOGUE}{self.text(number, documents)} #{number}"


def _item(n: int, documents: int) -> str:
    document = n % documents
    return f"<meeting/harbour-board/{document // 4}/item/{document % 4}-{n % 8}>"


TEMPLATES: Final = (
    Template("all of one item", lambda n, d: f"SELECT ?p ?o {{ {_item(n, d)} ?p ?o }}", trivial=True),
    Template(
        "label by key",
        lambda n, d: f"SELECT ?label {{ <document/HBR/{n % d}> rdfs:label ?label }}",
        trivial=True,
    ),
    Template(
        "does it concern",
        lambda n, d: f"ASK {{ {_item(n, d)} tg:concernsProvision <treaty/harbours/art/{1 + n % ARTICLES}> }}",
        trivial=True,
    ),
    Template(
        "citations of a document",
        lambda n, d: (
            f"SELECT * {{ ?c oa:hasSource <document/HBR/{n % d}> ; oa:hasBody ?b ; oa:start ?s ; oa:end ?e ; "
            "oa:exact ?x }} ORDER BY ?s".replace("}}", "}")
        ),
    ),
    Template(
        "items of an article",
        lambda n, _: (
            f"SELECT ?item ?label {{ ?item tg:concernsProvision <treaty/harbours/art/{1 + n % ARTICLES}> ; "
            f"rdfs:label ?label }} OFFSET {n % 97} LIMIT 10000"
        ),
    ),
    Template(
        "documents by date",
        lambda n, _: (
            f"SELECT ?d ?date {{ ?d a tg:Document ; tg:earliest ?date FILTER(?date >= '{1990 + n % 34}-01-01'"
            f"^^<http://www.w3.org/2001/XMLSchema#date>) }} ORDER BY ?date LIMIT 200"
        ),
    ),
    Template(
        "lineage",
        lambda n, d: (
            f"SELECT ?m ?label {{ <mandate/{min(d - 1, n % d | (CHAIN - 1)):032x}> tg:buildsOn+ ?m . "
            "?m rdfs:label ?label }"
        ),
    ),
    Template(
        "mandates and articles",
        lambda n, _: (
            f"SELECT ?article (COUNT(?m) AS ?n) {{ ?m a tg:Mandate ; tg:regarding ?article ; tg:source ?d . "
            f"?d tg:earliest ?date FILTER(YEAR(?date) = {1990 + n % 35}) }} GROUP BY ?article ORDER BY DESC(?n)"
        ),
    ),
    Template(
        "articles by meeting",
        lambda n, d: (
            f"SELECT ?meeting ?article (COUNT(*) AS ?n) {{ ?item tg:partOf ?meeting ; tg:concernsProvision "
            f"?article FILTER(?article = <treaty/harbours/art/{1 + n % ARTICLES}>) }} GROUP BY ?meeting ?article"
        ),
    ),
    Template(
        "words in labels",
        lambda n, _: (
            f"SELECT ?d ?label {{ ?d a tg:Document ; rdfs:label ?label FILTER(CONTAINS(?label, "
            f"'Note {n % 1000}')) }} LIMIT 50"
        ),
    ),
    Template(
        "one graph",
        lambda n, d: (
            f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <graph/document/HBR/{n % d}/eng@2020-01-01> {{ ?s ?p ?o }} }}"
        ),
        accept=TURTLE,
    ),
    Template("describe a document", lambda n, d: f"DESCRIBE <document/HBR/{n % d}>", accept=TURTLE),
)
