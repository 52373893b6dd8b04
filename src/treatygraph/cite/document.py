"""Tree and registry → the document's identity and all its citations: the steps of this package in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from treatygraph.cite.find import find_mentions
from treatygraph.cite.identity import happening_of, identify, instrument_of, own_chain
from treatygraph.cite.lexicon import load_lexicon
from treatygraph.cite.names import Matcher, build_matcher
from treatygraph.cite.resolve import Outcome, Place, Resolver
from treatygraph.cite.scope import Enclosing, Scope
from treatygraph.model.citations import Citation, CitationKind, CitationSet, Rejected
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import DocumentTree, ProvisionUnit, TreatyText
from treatygraph.model.tree import Place as Part
from treatygraph.registry.values import Registry


_HEADED: Final = ("article", "chapter", "part", "section", "annex", "title")


def cite_document(
    tree: DocumentTree, registry: Registry, *, symbol: str | None = None
) -> tuple[DocumentIdentity, CitationSet]:
    """Whose document *tree* is, and everything that it refers to.

    *symbol* is the document's symbol where a user gives it. Mentions are found block by block, in the language of
    the source; raises ``VocabularyError`` for a language without word lists.
    """
    language = tree.source.language
    lexicon = load_lexicon(language)
    matcher = _matcher(registry, language)
    identity = identify(tree, registry, lexicon, matcher, symbol=symbol)
    scope = Scope(
        registry, matcher, own_chain(identity.body, registry), registry.founding_treaty(identity.body)
    )
    resolver = Resolver(scope, identity.key, identity.symbol)
    treaties = tuple((treaty, instrument_of(treaty, registry)) for treaty in tree.treaties)
    citations: list[Citation] = []
    rejected: list[Rejected] = []
    for number, block in enumerate(tree.source.blocks):
        found = find_mentions(block.text, lexicon, matcher)
        place = _place(tree, number, block, treaties)
        for outcome in resolver.block(found, place, aside=_aside(tree, block)):
            if outcome.cause:
                rejected.append(_rejected(block, outcome))
            else:
                citations.append(_citation(tree, block, outcome))
    told = tuple(c.target for c in citations if c.target and c.kind is CitationKind.HAPPENING)
    happening, reason = happening_of(tree, identity, registry, lexicon, matcher, told)
    identity = replace(identity, happening=happening, happening_reason=reason)
    citations.sort(key=lambda c: (c.span.start, c.span.end))
    return identity, CitationSet(tuple(citations), tuple(rejected), len(citations) + len(rejected))


@lru_cache(maxsize=8)
def _built(digest: str, language: str, registry_box: _Box) -> Matcher:
    return build_matcher(registry_box.registry, language, load_lexicon(language))


class _Box:
    """A registry that is equal to another with the same digest, so that its matcher is built once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Box) and other.registry.digest == self.registry.digest

    def __hash__(self) -> int:
        return hash(self.registry.digest)


def _matcher(registry: Registry, language: str) -> Matcher:
    return _built(registry.digest, language, _Box(registry))


def _citation(tree: DocumentTree, block: Block, outcome: Outcome) -> Citation:
    span = block.source_span(outcome.start, outcome.end)
    placement = tree.place_of(span.start)
    return Citation(
        span,
        tree.source.text[span.start : span.end],
        outcome.kind,
        outcome.target,
        outcome.rule,
        outcome.reason,
        outcome.unit,
        outcome.candidates,
        placement.item if placement else None,
        placement.place.value if placement else None,
    )


def _rejected(block: Block, outcome: Outcome) -> Rejected:
    span = block.source_span(outcome.start, outcome.end)
    return Rejected(span, block.text[outcome.start : outcome.end], outcome.rule, outcome.cause)


def _aside(tree: DocumentTree, block: Block) -> bool:
    """Whether a block is a footnote: what it names is no antecedent for the text around it."""
    placement = tree.place_of(block.span.start)
    return block.kind is BlockKind.FOOTNOTE or (placement is not None and placement.place is Part.FOOTNOTE)


def _place(
    tree: DocumentTree, number: int, block: Block, treaties: tuple[tuple[TreatyText, str | None], ...]
) -> Place:
    placement = tree.place_of(block.span.start)
    masthead = placement is not None and placement.place is Part.FRONT_MATTER
    inside = next((pair for pair in treaties if pair[0].span.overlaps(block.span)), None)
    if inside is None or not block.text:
        return Place(number, masthead)
    treaty, instrument = inside
    begun = {unit.span.start for unit in _units_in(treaty, block.span)}
    headings = frozenset(offset for offset, source in enumerate(block.offsets) if source in begun)

    def around(offset: int) -> Enclosing | None:
        source = block.offsets[offset]
        return (
            Enclosing(instrument, _enclosing_path(treaty, source))
            if treaty.span.start <= source < treaty.span.end
            else None
        )

    return Place(number, masthead, around, headings)


def _units_in(treaty: TreatyText, span: Span) -> Iterator[ProvisionUnit]:
    """The provisions with a heading of their own that begin inside a span."""
    for unit in treaty.provisions:
        if unit.kind in _HEADED and span.start <= unit.span.start < span.end:
            yield unit


def _enclosing_path(treaty: TreatyText, offset: int) -> tuple[str, ...]:
    """The path of the deepest provision around an offset."""
    around = [unit for unit in treaty.provisions if unit.span.start <= offset < unit.span.end]
    return max(around, key=lambda unit: (len(unit.path), unit.span.start)).path if around else ()
