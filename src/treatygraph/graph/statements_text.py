"""Statements about a document and its expression: what it is, when issued, what it cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.describe import Describer, concept
from treatygraph.graph.evidence import Statements, boolean, date, integer, label
from treatygraph.graph.iris import digest, expression_key, iri
from treatygraph.graph.terms import ELI, OA, TG
from treatygraph.model.actions import Dated
from treatygraph.model.citations import Citation
from treatygraph.model.errors import VocabularyError
from treatygraph.model.extraction import Extraction
from treatygraph.model.text import Span
from treatygraph.model.tree import DateRange, DocumentKind
from treatygraph.registry.values import Registry

LANGUAGES: Final = {
    "ar": "ara",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "ru": "rus",
    "zh": "zho",
    "und": "und",
}
"""ISO 639-1 codes of the texts that are read, with the three-letter codes that keys use."""

LANGUAGE_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/language/"

RULESET: Final = "10"
"""The version of the rules that read texts; raised by hand when they read something differently."""

_AGENDAS: Final = (DocumentKind.ANNOTATED_AGENDA, DocumentKind.AGENDA)


@dataclass(frozen=True, slots=True)
class Context:
    """What every group of statements about one document needs."""

    extraction: Extraction
    registry: Registry
    statements: Statements
    describe: Describer
    document: NamedNode
    expression: NamedNode

    @property
    def text(self) -> str:
        """The text that all offsets point into."""
        return self.extraction.tree.source.text

    def passage(self, span: Span, rule: str, name: str, *, of: tuple[str, ...] = ()) -> NamedNode:
        """A passage of the document; a long one is quoted by the mention of one of the keys *of*, else of any thing.

        Where nothing is mentioned in it, its first words are quoted.
        """
        quote = self._quote(span, of)
        return self.statements.passage(self.expression, self.text, span, rule, name, quote=quote)

    def _quote(self, span: Span, of: tuple[str, ...]) -> Span:
        if span.end - span.start <= _LONGEST_QUOTE:
            return span
        cited = [each for each in self.extraction.citations.citations if span.contains(each.span)]
        wanted = {key: number for number, key in enumerate(of)}
        cited.sort(key=lambda each: (wanted.get(each.target or "", len(of)), each.span.start))
        inside = [each.span for each in cited]
        if inside and inside[0].end - inside[0].start <= _LONGEST_QUOTE:
            return inside[0]
        end = self.text.rfind(" ", span.start, span.start + _LONGEST_QUOTE)
        return Span(span.start, end if end > span.start else span.start + _LONGEST_QUOTE)

    def citations_at(self, span: Span, target: str) -> tuple[NamedNode, ...]:
        """The resolved citations of *target* that overlap *span*."""
        return tuple(
            iri(citation_key(self.expression, each))
            for each in self.extraction.citations.resolved
            if each.target == target and each.span.overlaps(span)
        )


_LONGEST_QUOTE: Final = 80


def citation_key(expression: NamedNode, citation: Citation) -> str:
    """The key of a citation: from expression, start, end, quote, and target, or reason and unit (design §4)."""
    place = (expression, citation.span.start, citation.span.end, citation.text)
    if citation.target is not None:
        return f"citation/{digest(*place, iri(citation.target))}"
    return f"citation/{digest(*place, str(citation.reason), citation.unit)}"


def language_code(language: str) -> str:
    """The three-letter code of a language; raises ``VocabularyError`` for one that is not read."""
    code = LANGUAGES.get(language)
    if code is None:
        raise VocabularyError(
            f"No language {language!r} is known", remedy=f"Give one of {', '.join(sorted(LANGUAGES))}."
        )
    return code


def expression_of(extraction: Extraction) -> str:
    """The key of the expression that was read: language and date of issue, or of reissue."""
    front, source = extraction.tree.front, extraction.tree.source
    dated = front.reissued or front.issued
    day = str(dated.start) if dated and dated.start.day else None
    return expression_key(extraction.identity.key, language_code(source.language), day, source.text_sha256)


def date_edges(
    statements: Statements,
    node: NamedNode,
    text: str,
    dated: Dated | DateRange,
    supports: tuple[NamedNode, ...],
) -> None:
    """States when a thing is dated: the words, the first and the last day."""
    words = Literal(" ".join(text.split()))
    statements.edge(node, TG.dateText, words, supports=supports)
    statements.edge(node, TG.earliest, date(dated.start.earliest), supports=supports)
    statements.edge(node, TG.latest, date(dated.end.latest), supports=supports)


def document_statements(context: Context) -> None:
    """States what the document is and how its expression stands to it."""
    tree, identity, add = context.extraction.tree, context.extraction.identity, context.statements.add
    node = context.describe.known(identity.key)
    title = tree.front.title
    name = identity.symbol or (
        " ".join(title[0].split()) if title else identity.key.removeprefix("document/")
    )
    context.statements.node(identity.key, TG.Document, name)
    add(node, TG.documentKind, concept("document-kind", tree.kind.value))
    if identity.symbol:
        add(node, TG.symbol, Literal(identity.symbol))
        add(node, TG.symbolInferred, boolean(identity.symbol_inferred))
    if title:
        language = tree.source.language
        evidence = (context.passage(title[1], "front-matter.title", "title"),)
        context.statements.edge(
            node, TG.title, label(" ".join(title[0].split()), language), supports=evidence
        )
    if tree.front.distribution:
        add(node, TG.distribution, Literal(tree.front.distribution))
    _expression(context, name)
    _whose(context, node)
    _agenda_of(context, node)


def _expression(context: Context, name: str) -> None:
    tree, add, node = context.extraction.tree, context.statements.add, context.expression
    source, front = tree.source, tree.front
    code = language_code(source.language)
    context.statements.node(expression_of(context.extraction), TG.Expression, f"{name} ({code})")
    add(node, ELI.realizes, context.document)
    add(context.document, ELI.is_realized_by, node)
    add(node, ELI.language, NamedNode(LANGUAGE_AUTHORITY + code.upper()))
    add(node, TG.textHash, Literal(source.text_sha256))
    add(node, TG.fileHash, Literal(source.file_sha256))
    add(node, TG.textLength, integer(len(source.text)))
    counts = context.extraction.citations
    add(node, TG.mentions, integer(counts.mentions))
    add(node, TG.resolvedMentions, integer(len(counts.resolved)))
    add(node, TG.unresolvedMentions, integer(len(counts.unresolved)))
    add(node, TG.rejectedMentions, integer(len(counts.rejected)))
    add(node, TG.ruleset, Literal(RULESET))
    if front.issued:
        evidence = (context.passage(front.issued.span, "front-matter.issued", "date of issue"),)
        words = context.text[front.issued.span.start : front.issued.span.end]
        date_edges(context.statements, context.document, words, front.issued, evidence)
        context.statements.edge(node, TG.issued, date(front.issued.start.earliest), supports=evidence)
    if front.reissued:
        evidence = (context.passage(front.reissued.span, "front-matter.reissued", "date of reissue"),)
        context.statements.edge(node, TG.reissued, date(front.reissued.start.earliest), supports=evidence)
        if front.reissue_note:
            context.statements.edge(node, TG.reissueReason, Literal(front.reissue_note), supports=evidence)


def _whose(context: Context, node: NamedNode) -> None:
    identity, organs = context.extraction.identity, context.extraction.tree.front.organs
    if identity.body and organs:
        evidence = context.passage(organs[-1][1], "front-matter.organ", "whose document it is")
        context.statements.edge(node, TG.documentOf, context.describe(identity.body), supports=(evidence,))
    if identity.convened_by and identity.happening and organs:
        evidence = context.passage(organs[0][1], "front-matter.organ", "who convened the meeting")
        happening, convener = context.describe(identity.happening), context.describe(identity.convened_by)
        context.statements.edge(happening, TG.convenedBy, convener, supports=(evidence,))


def _agenda_of(context: Context, node: NamedNode) -> None:
    happening = context.extraction.identity.happening
    if happening is None or context.extraction.tree.kind not in _AGENDAS:
        return
    front = context.extraction.tree.front
    spans = [pair[1] for pair in (front.happening, front.place) if pair] + (
        [front.dates.span] if front.dates else []
    )
    evidence = [context.passage(span, "front-matter.happening", "whose agenda it is") for span in spans[:1]]
    evidence += [
        iri(citation_key(context.expression, each))
        for each in context.extraction.citations.resolved
        if each.target == happening
    ][:1]
    if evidence:
        context.statements.edge(node, TG.agendaOf, context.describe(happening), supports=evidence)
        context.statements.add(context.describe(happening), TG.fullAgenda, boolean(True))


def citation_statements(context: Context) -> None:
    """States every citation with its selectors, and that the document cites its target."""
    statements, add = context.statements, context.statements.add
    for each in context.extraction.citations.citations:
        key = citation_key(context.expression, each)
        cls = TG.Citation if each.target else TG.UnresolvedCitation
        node = statements.node(key, cls, " ".join(each.text.split()))
        add(
            node,
            OA.hasTarget,
            statements.selector(key, "target", context.expression, context.text, each.span),
        )
        add(node, OA.motivatedBy, OA.identifying)
        add(node, TG.citationKind, concept("citation-kind", each.kind.value))
        add(node, TG.rule, Literal(each.rule))
        if each.unit:
            add(node, TG.unit, Literal(" ".join(each.unit.split())))
        if each.place:
            add(node, TG.where, Literal(each.place))
        if each.target is not None:
            body = context.describe(each.target)
            add(node, OA.hasBody, body)
            statements.edge(context.document, TG.cites, body, supports=(node,))
        else:
            add(node, TG.reason, concept("reason", str(each.reason)))
            for candidate in each.candidates:
                add(node, TG.candidate, Literal(candidate))
