"""Everything that one document yields, before it becomes statements."""

from __future__ import annotations

from dataclasses import dataclass

from treatygraph.model.actions import Action, DocumentLink, Happening
from treatygraph.model.citations import CitationSet
from treatygraph.model.tree import DocumentTree


@dataclass(frozen=True, slots=True)
class DocumentIdentity:
    """What a document is: its key and the keys of whose and for what it is, each possibly unknown.

    ``symbol_inferred`` is true only for a symbol that the text does not print.
    ``happening`` is the session or meeting whose agenda, report or act the document is.
    """

    key: str
    symbol: str | None
    symbol_inferred: bool
    body: str | None
    convened_by: str | None
    happening: str | None
    happening_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """The tree of a document with its identity, citations, actions, happenings and links."""

    tree: DocumentTree
    identity: DocumentIdentity
    citations: CitationSet
    actions: tuple[Action, ...]
    happenings: tuple[Happening, ...]
    links: tuple[DocumentLink, ...]
