"""Mentions and what names mean → citations, each with a key or a reason for having none, and rejected mentions.

Two candidates mean no answer. No pattern is matched here: everything printed was read by the finder.
"""

from __future__ import annotations

from typing import Final

from treatygraph.cite.context import Outcome, Place
from treatygraph.cite.find import Found
from treatygraph.cite.mentions import (
    ActMention,
    BackReference,
    HappeningMention,
    LinkKind,
    Mention,
    PublicationMention,
    RejectedMention,
    SymbolMention,
    UnitMention,
)
from treatygraph.cite.names import BODY, INSTRUMENT, TEXT, TOOL
from treatygraph.cite.resolve_happenings import HappeningResolver
from treatygraph.cite.resolve_units import UnitResolver
from treatygraph.cite.series import act_of_symbol
from treatygraph.model.citations import CitationKind

OWN_SYMBOL: Final = "reject/own-symbol"
"""The rule of a rejected mention that is the document's own symbol: in a list of documents it still lists it."""


class Resolver(UnitResolver, HappeningResolver):
    """Resolves the mentions of one document, block by block in reading order."""

    def block(self, found: Found, place: Place, *, aside: bool = False) -> list[Outcome]:
        """The outcomes of one block. *aside* (a footnote) leaves no antecedents behind, except for "Ibid."."""
        memory = self._memory.copy()
        named = {domain: list(referents) for domain, referents in self._scope.named.items()} if aside else {}
        self._line, self._place = found.line, place
        self._names = self._scope.read_names(found.line, place.block, place.around)
        outcomes = [outcome for mention in found.mentions for outcome in self._resolve(mention)]
        outcomes.extend(self._named_things(outcomes))
        if aside:
            memory.series = self._memory.series
            self._memory, self._scope.named = memory, named
        return sorted(outcomes, key=lambda outcome: (outcome.start, outcome.end, outcome.target or ""))

    def _resolve(self, mention: Mention) -> list[Outcome]:
        if mention.start in self._place.headings or self._is_heading(mention):
            return [
                self._rejected(
                    mention.start, mention.end, "reject/heading", "the heading of the provision itself"
                )
            ]
        match mention:
            case UnitMention():
                return self._units(mention)
            case ActMention():
                return self._acts(mention)
            case HappeningMention():
                return self._happenings(mention)
            case BackReference():
                return self._back(mention)
            case SymbolMention():
                return self._symbol(mention)
            case PublicationMention():
                return self._publications(mention)
            case RejectedMention():
                return [self._rejected(mention.start, mention.end, mention.rule, mention.cause)]

    def _is_heading(self, mention: Mention) -> bool:
        """Whether a unit is all there is in its block: "Article 3" alone is a heading."""
        text = self._line.text
        return (
            isinstance(mention, UnitMention)
            and mention.link.kind is LinkKind.NONE
            and not text[: mention.start].strip()
            and not text[mention.end :].strip(" .:\u2014\u2013-")
        )

    def _symbol(self, mention: SymbolMention) -> list[Outcome]:
        if mention.symbol == self._document.symbol:
            return [self._rejected(mention.start, mention.end, OWN_SYMBOL, "the document's own symbol")]
        text = self._line.text[mention.start : mention.end]
        act = act_of_symbol(self._registry, mention.symbol)
        if act == self._document.key:
            return [self._rejected(mention.start, mention.end, OWN_SYMBOL, "the document's own number")]
        if act is not None:
            return [Outcome(mention.start, mention.end, CitationKind.ACT, "act/code", target=act, unit=text)]
        return [
            Outcome(
                mention.start,
                mention.end,
                CitationKind.DOCUMENT,
                "document/symbol",
                target=f"document/{mention.symbol}",
                unit=text,
            )
        ]

    def _publications(self, mention: PublicationMention) -> list[Outcome]:
        series = "" if mention.rule == "publication/sales-number" else "unts/"
        if mention.ibid and self._memory.series != series:
            return [
                self._rejected(
                    mention.start,
                    mention.end,
                    "reject/no-antecedent",
                    "the publication before is of another kind",
                )
            ]
        if not mention.ibid:
            self._memory.series = series
        return [
            Outcome(
                mention.start,
                mention.end,
                CitationKind.PUBLICATION,
                mention.rule,
                target=f"publication/{series}{key}",
                unit=key,
            )
            for key in mention.keys
        ]

    def _named_things(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Instruments, bodies, tools and texts that are named and are no part of another citation."""
        kinds = {
            INSTRUMENT: CitationKind.TREATY,
            BODY: CitationKind.BODY,
            TOOL: CitationKind.TOOL,
            TEXT: CitationKind.TREATY,
        }
        taken = [(outcome.start, outcome.end) for outcome in outcomes if not outcome.cause]
        named = []
        for _, referent in sorted(self._names.items()):
            hit = referent.hit
            if referent.key is None or hit.nested or any(s < hit.end and hit.start < e for s, e in taken):
                continue
            rule = f"name/{'alias' if hit.bare else hit.domain}"
            named.append(
                Outcome(
                    hit.start,
                    hit.end,
                    kinds[hit.domain],
                    rule,
                    target=referent.key,
                    unit=self._line.text[hit.start : hit.end],
                )
            )
        return named
