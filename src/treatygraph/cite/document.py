"""Tree and registry → the document's identity and all its citations: the steps of this package in their order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from treatygraph.cite.context import Outcome, Own, OwnNumbers, Place
from treatygraph.cite.find import find_in_block
from treatygraph.cite.head_treaties import headed_treaties
from treatygraph.cite.identity import (
    happening_of,
    identify,
    identify_by_symbol,
    instrument_of,
    own_act,
    own_key,
    whole_body,
)
from treatygraph.cite.lexicon import Lexicon, languages, load_lexicon
from treatygraph.cite.line import Line
from treatygraph.cite.mandates import row_blocks, rows_by_block
from treatygraph.cite.names import Matcher, build_matcher
from treatygraph.cite.offices import open_titles
from treatygraph.cite.referents import Enclosing
from treatygraph.cite.resolve import Resolver
from treatygraph.cite.scope import Scope
from treatygraph.cite.series import last_year_of, session_of
from treatygraph.cite.symbols import find_symbols
from treatygraph.cite.unknown_organs import of_unknown_organ
from treatygraph.model.citations import Citation, CitationKind, CitationSet, Rejected
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import (
    DocumentKind,
    DocumentTree,
    Paragraph,
    ParagraphKind,
    ProvisionUnit,
    TreatyText,
)
from treatygraph.model.tree import Place as Part
from treatygraph.parse.dates import find_dates
from treatygraph.parse.lexicon import word_pattern
from treatygraph.read.language import detect_language
from treatygraph.registry.held import Held
from treatygraph.registry.values import Registry

_DATED_WITHIN: Final = 90  # characters behind a meeting's name in which its date stands
_HEADED: Final = ("article", "chapter", "part", "section", "annex", "title")
_ACCENTED: Final = re.compile("[À-ÿ]")  # what tells languages of one script apart at a glance
_LEAST_ACCENTS: Final = 2
_LEAST_LETTERS: Final = 60  # of a block whose own language can be told
_AGENDAS: Final = (DocumentKind.AGENDA, DocumentKind.ANNOTATED_AGENDA)
_NUMBERED: Final = (ParagraphKind.OPERATIVE, ParagraphKind.ANNEX)


def cite_document(
    tree: DocumentTree, registry: Registry, *, symbol: str | None = None
) -> tuple[DocumentIdentity, CitationSet]:
    """Whose document *tree* is, and everything that it refers to.

    *symbol* is the document's symbol where a user gives it. Mentions are found block by block, in the language of
    the source; in a language without word lists only symbols are found, which need no words.
    """
    language = tree.source.language
    if language not in languages():
        return _symbols_only(tree, registry, symbol)
    lexicon = load_lexicon(language)
    matcher = _matcher(registry, language)
    identity = identify(tree, registry, lexicon, matcher, symbol=symbol)
    scope = Scope(registry, matcher)
    scope.enter(identity.body)
    scope.headed = headed_treaties(tree, identity, lexicon, matcher)
    scope.offices = open_titles(tree, identity, registry)
    lower = of_unknown_organ(tree, lexicon, matcher)
    reports = tree.kind is DocumentKind.REPORT
    own_facts = _own(tree, identity, registry)
    if own_facts.session is None and not lower:
        own_facts = replace(own_facts, session=_printed_session(tree, identity, registry, lexicon, matcher))
    resolver = Resolver(scope, replace(own_facts, lower=lower, reports=reports))
    own = Counter(scope.chain)
    treaties = _treaties(tree, registry)
    rows = rows_by_block(tree)
    citations: list[Citation] = []
    rejected: list[Rejected] = []
    for number, block in enumerate(tree.source.blocks):
        spoken = _language_of(block, language)
        if spoken == language:
            found = find_in_block(_celled(block), lexicon, matcher)
        else:
            found = find_in_block(_celled(block), load_lexicon(spoken), _matcher(registry, spoken))
        acting = whole_body(found.line, registry, own)
        if acting and found.line.text.rstrip().endswith(
            ","
        ):  # "The General Assembly," opens another body's act
            scope.enter(acting)
        resolver.begin(_begun(found.line, identity, registry))
        place = _place(tree, number, block, treaties)
        listed = rows.get(number, ())
        for outcome in resolver.block(found, place, aside=_aside(tree, block)):
            if any(row.span.start < outcome.end and outcome.start < row.span.end for row in listed):
                continue  # read below, with the heading that says whose acts they are
            if outcome.cause:
                rejected.append(_rejected(block, outcome))
            else:
                citations.append(_citation(tree, block, outcome))
        for joined, begins in row_blocks(block, listed):
            outcomes = resolver.block(find_in_block(joined.text, lexicon, matcher), place, aside=True)
            citations.extend(_citation(tree, joined, o) for o in outcomes if o.end > begins and not o.cause)
    happenings = [c for c in citations if c.target and c.kind is CitationKind.HAPPENING]
    told = tuple(c.target for c in happenings if c.target)
    happening, reason = happening_of(tree, identity, registry, lexicon, matcher, told)
    if tree.front.happening is None and any(
        c.target == happening and _held_before(tree, c.span) for c in happenings
    ):
        happening, reason = None, None  # the latest that the text tells of is over; its own has no number
    identity = replace(identity, happening=happening, happening_reason=reason)
    citations.sort(key=lambda c: (c.span.start, c.span.end))
    return identity, CitationSet(tuple(citations), tuple(rejected), len(citations) + len(rejected))


def _language_of(block: Block, language: str) -> str:
    """The language of a block: the document's, unless its words are of another one that is held (bilingual pages).

    Only in a language without accents do accents tell at a glance that another one may be printed.
    """
    foreign = len(block.text) >= _LEAST_LETTERS and len(_ACCENTED.findall(block.text)) >= _LEAST_ACCENTS
    if not foreign or not _is_plain(language):
        return language
    found = detect_language(block.text)
    return found if found in languages() else language


@lru_cache(maxsize=8)
def _is_plain(language: str) -> bool:
    return all(lexeme.text.isascii() for lexeme in load_lexicon(language).lexemes)


def _celled(block: Block) -> str:
    """The clean reading of a block with a tab between the cells of a row, over which no reference runs."""
    text = block.text
    for before, after in pairwise(block.cells):
        text = text[: before.end] + "\t" * (after.start - before.end) + text[after.start :]
    return text


def _begun(line: Line, identity: DocumentIdentity, registry: Registry) -> str | None:
    """The key of the act that begins with a line ("53/16. The right to …") on a page that carries several, or None."""
    number = own_act(line) if identity.body and identity.symbol else None
    if number is None or identity.body is None or number[1].start != 0:
        return None
    return own_key(registry.bodies[identity.body], *number)


def _held_before(tree: DocumentTree, mention: Span) -> bool:
    """Whether the words right behind a mention date it before the days that the head of the document prints."""
    if tree.front.dates is None:
        return False
    behind = tree.source.text[mention.end : mention.end + _DATED_WITHIN]
    date = next((date for date in find_dates(behind, tree.source.language) if not date.bare_year), None)
    held = word_pattern(tree.source.language, "frontmatter", "held_in").match(behind.lstrip(", "))
    if date is None or held is None or ". " in behind[: date.start]:
        return False
    return date.last.latest < tree.front.dates.start.earliest


def _symbols_only(
    tree: DocumentTree, registry: Registry, symbol: str | None
) -> tuple[DocumentIdentity, CitationSet]:
    identity = identify_by_symbol(tree, registry, symbol)
    outcomes = [
        (
            block,
            Outcome(
                found.start, found.end, CitationKind.DOCUMENT, "document/symbol", f"document/{found.normal}"
            ),
        )
        for block in tree.source.blocks
        for found in find_symbols(block.text)
        if found.normal != identity.symbol
    ]
    citations = tuple(_citation(tree, block, outcome) for block, outcome in outcomes)
    return identity, CitationSet(citations, (), len(citations))


def _own(tree: DocumentTree, identity: DocumentIdentity, registry: Registry) -> Own:
    """What the resolvers know of the document itself; its session says the year where no date is printed."""
    body = registry.bodies[identity.body] if identity.body else None
    session = session_of(body, identity.key) if body else None
    dated = tree.front.issued or tree.front.dates
    year = dated.start.year if dated else None
    if year is None and body and session:
        year = last_year_of(body, session)
    return Own(identity.key, identity.symbol, _numbers(tree), session, year)


def _printed_session(
    tree: DocumentTree, identity: DocumentIdentity, registry: Registry, lexicon: Lexicon, matcher: Matcher
) -> int | None:
    """The number of the session or meeting that the head prints, of a conference of parties."""
    body = registry.bodies.get(identity.body or "")
    if body is None or body.founding_treaty is None or tree.kind in _AGENDAS:
        return None
    key, _ = happening_of(tree, identity, registry, lexicon, matcher, ())
    number = key.rsplit("/", 1)[-1] if key else ""
    return int(number) if number.isdigit() else None


def _numbers(tree: DocumentTree) -> OwnNumbers:
    """The printed numbers of the document's own paragraphs, of the act itself and of its annexes."""
    numbers = {True: set(), False: set()}  # type: dict[bool, set[str]]
    for paragraph in tree.paragraphs:
        if paragraph.number and paragraph.kind in _NUMBERED:
            numbers[paragraph.kind is ParagraphKind.ANNEX].add(paragraph.number.split()[0])
    return OwnNumbers(frozenset(numbers[False]), frozenset(numbers[True]))


@lru_cache(maxsize=8)
def _built(held: Held, language: str) -> Matcher:
    return build_matcher(held.registry, language, load_lexicon(language))


def _matcher(registry: Registry, language: str) -> Matcher:
    return _built(Held(registry), language)


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


def _place(tree: DocumentTree, number: int, block: Block, treaties: tuple[_Treaty, ...]) -> Place:
    placement = tree.place_of(block.span.start)
    masthead = placement is not None and placement.place is Part.FRONT_MATTER
    paragraph = _paragraph(tree, block.span.start)
    annexed = paragraph is not None and paragraph.kind is ParagraphKind.ANNEX
    path = (
        tuple(paragraph.number.replace("(", " ").replace(")", " ").split())
        if paragraph and paragraph.number
        else ()
    )
    treaty = next((treaty for treaty in treaties if treaty.text.span.overlaps(block.span)), None)
    if treaty is None or not block.text:
        item = placement.item if placement else None
        return Place(number, masthead, paragraph=path, annexed=annexed, item=item)
    begun = treaty.headed_in(block.span)
    headings = frozenset(offset for offset, source in enumerate(block.offsets) if source in begun)
    return Place(
        number, masthead, lambda offset: treaty.around(block.offsets[offset]), headings, path, annexed
    )


def _paragraph(tree: DocumentTree, offset: int) -> Paragraph | None:
    """The paragraph in which an offset stands; paragraphs are in order of print."""
    index = bisect_right(tree.paragraphs, offset, key=lambda paragraph: paragraph.span.start) - 1
    if index < 0 or offset >= tree.paragraphs[index].span.end:
        return None
    return tree.paragraphs[index]


@dataclass(frozen=True, slots=True)
class _Treaty:
    """A treaty text with the key of its instrument, and its provisions by where they begin."""

    text: TreatyText
    instrument: str | None
    units: tuple[ProvisionUnit, ...]
    starts: tuple[int, ...]

    def headed_in(self, span: Span) -> set[int]:
        """Where provisions with a heading of their own begin inside a span."""
        units = self.units[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]
        return {unit.span.start for unit in units if unit.kind in _HEADED}

    def around(self, offset: int) -> Enclosing | None:
        """The instrument and the path of the deepest provision around an offset."""
        if not self.text.span.start <= offset < self.text.span.end:
            return None
        for index in range(bisect_right(self.starts, offset) - 1, -1, -1):
            if offset < self.units[index].span.end:
                return Enclosing(self.instrument, self.units[index].path, self.title)
        return Enclosing(self.instrument, title=self.title)

    @property
    def title(self) -> str:
        """The title as it is printed, in one line."""
        return " ".join(self.text.title.split())


def _treaties(tree: DocumentTree, registry: Registry) -> tuple[_Treaty, ...]:
    found = []
    for text in tree.treaties:
        units = tuple(sorted(text.provisions, key=lambda unit: (unit.span.start, len(unit.path))))
        starts = tuple(unit.span.start for unit in units)
        found.append(_Treaty(text, instrument_of(text, registry), units, starts))
    return tuple(found)
