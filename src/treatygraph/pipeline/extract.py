"""A file or a text → everything that it yields: read, parse, cite, acts, in that order."""

from __future__ import annotations

from pathlib import Path

from treatygraph.acts import find_acts
from treatygraph.cite import cite_document
from treatygraph.model.extraction import Extraction
from treatygraph.model.text import SourceText
from treatygraph.parse import parse
from treatygraph.read import DEFAULT_LIMITS, Limits, read_file
from treatygraph.registry.values import Registry


def extract(source: SourceText, registry: Registry, *, symbol: str | None = None) -> Extraction:
    """What a text yields, as a pure function of the text, the registry and the *symbol* that a user gave."""
    tree = parse(source)
    identity, citations = cite_document(tree, registry, symbol=symbol)
    found = find_acts(tree, identity, citations, registry)
    return Extraction(tree, identity, citations, found.actions, found.happenings, found.links)


def extract_file(
    path: Path,
    registry: Registry,
    *,
    symbol: str | None = None,
    language: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Extraction:
    """Reads a file and extracts it; raises ``ReadError`` for a file that cannot be read as a document."""
    return extract(read_file(path, language=language, limits=limits), registry, symbol=symbol)
