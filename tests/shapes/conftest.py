"""Shapes with few concepts: the lists are judged once, in a test of their own, and not with every case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph
from rdflib.plugins.sparql import processor

from treatygraph.validate import Shapes, load_shapes

USED = (
    "verb/decide",
    "verb/request",
    "modality/decision",
    "modality/mandate",
    "strength/binding",
    "document-kind/agenda",
    "citation-kind/provision",
    "subdivision/article",
    "reason/ambiguous",
)


@pytest.fixture(scope="session")
def all_shapes(repo: Path) -> Shapes:
    """The shapes that the project ships, with all lists of concepts."""
    return load_shapes(repo / "ontology" / "shapes")


@pytest.fixture(scope="session")
def shapes(all_shapes: Shapes) -> Shapes:
    """The same shapes, with the concepts that the cases use, and their lists."""
    few, lists = Graph(), all_shapes.vocabulary
    base = "https://w3id.org/treatygraph/id/concept/"
    for subject, predicate, value in lists:
        is_list = (subject, RDF.type, SKOS.ConceptScheme) in lists
        used_list = is_list and any(name.startswith(str(subject).removeprefix(base) + "/") for name in USED)
        if used_list or str(subject).removeprefix(base) in USED:
            few.add((subject, predicate, value))
    return replace(all_shapes, vocabulary=few)


@pytest.fixture(scope="session", autouse=True)
def queries_are_parsed_once() -> Iterator[None]:
    """Keeps the parsed queries of the shapes: parsing them takes ten times as long as a small case does."""
    with pytest.MonkeyPatch.context() as patch:
        parse, translate = processor.parseQuery, processor.translateQuery
        trees = cache(parse)
        queries: dict[int, object] = {}

        def translate_once(tree: object, *arguments: object) -> object:
            if id(tree) not in queries:
                queries[id(tree)] = translate(tree, *arguments)
            return queries[id(tree)]

        patch.setattr(processor, "parseQuery", trees)
        patch.setattr(processor, "translateQuery", translate_once)
        yield
