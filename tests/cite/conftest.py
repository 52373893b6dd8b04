"""A document of any body from a few sentences, cited with the real registry."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from treatygraph.cite import cite_document
from treatygraph.model.citations import CitationSet
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Block, BlockKind, SourceText, Span
from treatygraph.model.tree import (
    DocumentKind,
    DocumentTree,
    FrontMatter,
    Paragraph,
    ParagraphKind,
    Place,
    Placement,
    TreatyText,
)
from treatygraph.registry.load import load_registry
from treatygraph.registry.values import Registry

Cited = tuple[DocumentIdentity, CitationSet, str]


def source_of(text: str, language: str = "en") -> SourceText:
    """A text whose blocks are its paragraphs (an empty line between), each read with white space folded."""
    blocks = []
    for match in re.finditer(r"\S(?:.|\n(?!\n))*", text):
        offsets = [
            at for at in range(*match.span()) if not (text[at].isspace() and text[at - 1 : at].isspace())
        ]
        clean = "".join(" " if text[at].isspace() else text[at] for at in offsets).rstrip()
        blocks.append(Block(BlockKind.PARAGRAPH, Span(*match.span()), clean, tuple(offsets[: len(clean)])))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceText(text, tuple(blocks), "txt", digest, digest, language)


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry(Path(__file__).resolve().parents[2] / "data" / "registry")


@pytest.fixture(scope="session")
def cite(registry: Registry) -> Callable[..., Cited]:
    """`cite(text, organ=…, numbered=…, treaties=…)`: identity, citations and the text of a document of that organ.

    `numbered` are the numbers of its operative paragraphs, which may stand anywhere in the text.
    """

    def run(
        text: str,
        organ: str = "",
        *,
        numbered: tuple[str, ...] = (),
        treaties: tuple[TreatyText, ...] = (),
        symbol: str | None = None,
        language: str = "en",
    ) -> Cited:
        source = source_of(text, language)
        whole = Span(0, len(text))
        tree = DocumentTree(
            source,
            DocumentKind.OTHER,
            "made for a test",
            FrontMatter(organs=((organ, Span(0, 0)),) if organ else ()),
            placements=(Placement(whole, Place.BODY, None),),
            paragraphs=tuple(Paragraph(number, ParagraphKind.OPERATIVE, whole) for number in numbered),
            treaties=treaties,
        )
        identity, citations = cite_document(tree, registry, symbol=symbol)
        return identity, citations, source.text

    return run
