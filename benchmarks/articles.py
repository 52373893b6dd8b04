"""Is every printed "article N" accounted for? `.venv/bin/python benchmarks/articles.py un80-paragraphs.tar.xz`

A regular expression that shares nothing with the grammar finds each word for an article with numbers behind it in the
text as printed, lists and ranges with all their numbers. Each number must lie in a resolved citation of that very
number, in one with a reason (the ledger), or in a rejected mention; what lies in none is counted and printed with the
words around it. Asked besides, for every document: mentions = resolved + unresolved + rejected. With ``--graph N``
every Nth document is also stated as a graph, which must conform to the shapes and hold each unresolved citation with
its reason and candidates.
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pyoxigraph import NamedNode

from treatygraph.cite import cite_document
from treatygraph.graph.terms import RDF, TG
from treatygraph.model.assets import assets
from treatygraph.model.citations import Citation, CitationKind
from treatygraph.model.errors import TreatygraphError
from treatygraph.model.text import Span
from treatygraph.parse import parse
from treatygraph.pipeline.corpus import Source, sources_of
from treatygraph.pipeline.reading import Read, Setting, read_source
from treatygraph.read import read_bytes
from treatygraph.registry.load import load_registry
from treatygraph.registry.values import Registry

_NUMBER = r"(?:\d{1,4}(?:\s?(?:bis|ter|quater)\b|[A-Z]?\b)|[IVXL]{1,7}\b)"
_LABELS = r"(?:\s?\([0-9a-zA-Z]{1,5}\))*"
_JOIN = r"\s?(?:,\s?(?:and\b|or\b|et\b|y\b)?|and\b|or\b|to\b|through\b|et\b|à|y\b|a\b|al\b|-|\u2013|&)\s?"
_MORE = (
    rf"{_JOIN}(?!1\.\s){_NUMBER}{_LABELS}(?![./]?\d)"  # "its Article 26, 1. Calls upon": a paragraph begins
)
_ARTICLES = re.compile(
    r"\b(?:[Aa]rticles?|ARTICLES?|(?<!of )[Aa]rts?\.|[Aa]rt[íi]culos?)\s{1,3}(?:No\.\s?)?"
    rf"(?P<numbers>{_NUMBER}{_LABELS}(?:{_MORE})*)"
)
_ONE = re.compile(rf"(?<![\w(]){_NUMBER}")
_AROUND = 70


@dataclass(slots=True)
class Count:
    """What was counted over documents; ``missed`` are numbers that no mention covers, with the words around."""

    documents: int = 0
    printed: int = 0
    by: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    stated: int = 0
    ledger: int = 0
    faults: list[str] = field(default_factory=list)


def printed_articles(text: str) -> Iterator[Span]:
    """The number of each article that *text* prints, by an expression of its own."""
    for match in _ARTICLES.finditer(text):
        for number in _ONE.finditer(text, *match.span("numbers")):
            yield Span(*number.span())


class Mentions:
    """Mentions in order, to be asked which of them lie around a number."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._order = sorted(range(len(spans)), key=lambda index: spans[index].start)
        self._spans = [spans[index] for index in self._order]
        self._starts = [span.start for span in self._spans]
        self._longest = max((span.end - span.start for span in self._spans), default=0)

    def around(self, number: Span) -> Iterator[int]:
        """The places, in the sequence given, of those that hold *number*."""
        index = bisect_right(self._starts, number.start) - 1
        while index >= 0 and self._starts[index] >= number.end - self._longest:
            if self._spans[index].end >= number.end:
                yield self._order[index]
            index -= 1


def cites(citation: Citation, number: str) -> bool:
    """Whether a citation is of the article with that number, by its unit as printed, its keys, or its only numbers."""
    keys = (citation.target or "", *citation.candidates)
    digits = "".join(re.findall(r"\d+", number))
    printed = digits in re.findall(r"\d+", citation.unit)
    of_it = len(re.findall(r"\d+", citation.text)) <= len(re.findall(r"\d+", citation.unit)) + 1
    return not digits or printed or of_it or any(f"art/{digits}" in key for key in keys)


def count_document(name: str, data: bytes, registry: Registry, count: Count) -> None:
    """Adds a document to the count."""
    tree = parse(read_bytes(data, name=name))
    _, found = cite_document(tree, registry)
    count.documents += 1
    if found.mentions != len(found.resolved) + len(found.unresolved) + len(found.rejected):
        count.unbalanced.append(name)
    kinds = (CitationKind.PROVISION, CitationKind.ACT)  # "article 10 of the annex to resolution 174 (II)"
    provisions = [each for each in found.citations if each.kind in kinds]
    cited_at = Mentions([each.span for each in provisions])
    rejected_at = Mentions([each.span for each in found.rejected])
    text = tree.source.text
    for number in printed_articles(text):
        count.printed += 1
        printed = text[number.start : number.end]
        cited = [provisions[at] for at in cited_at.around(number) if cites(provisions[at], printed)]
        rejected = next(rejected_at.around(number), None)
        if cited:
            resolved = any(each.target is not None for each in cited)
            count.by["resolved" if resolved else "unresolved"] += 1
            count.reasons.update([] if resolved else [str(cited[0].reason)])
        elif rejected is not None:
            count.by["rejected"] += 1
            count.rejected[found.rejected[rejected].rule] += 1
        else:
            count.by["missed"] += 1
            around = text[max(0, number.start - _AROUND) : number.end + _AROUND]
            count.missed.append(f"{name} [{printed}]: {' '.join(around.split())}")


def count_graph(found: Source, setting: Setting, registry: Registry, count: Count) -> None:
    """States a document as a graph, judged by the shapes, and compares its ledger with the citations."""
    outcome = read_source(found, setting)
    count.stated += 1
    if not isinstance(outcome, Read):
        count.faults.append(f"{outcome.name}: {outcome.error}")
        return
    quads = outcome.quads()
    ledger = {
        quad.subject for quad in quads if quad.object == TG.UnresolvedCitation and quad.predicate == RDF.type
    }
    reasons = {quad.subject for quad in quads if quad.predicate == TG.reason}
    candidates = Counter(quad.predicate for quad in quads)[NamedNode(TG.candidate.value)]
    _, citations = cite_document(parse(read_bytes(found.data, name=PurePosixPath(found.name).name)), registry)
    wanted = {
        (each.span.start, each.span.end, str(each.reason), each.unit, each.text)
        for each in citations.unresolved
    }
    named = sum(len(set(each.candidates)) for each in citations.unresolved)
    count.ledger += len(ledger)
    if ledger != reasons:
        count.faults.append(f"{found.name}: {len(ledger)} unresolved citations, {len(reasons)} with a reason")
    if len(ledger) > len(citations.unresolved) or len(ledger) < len(wanted):
        count.faults.append(f"{found.name}: {len(wanted)} unresolved mentions, {len(ledger)} in the graph")
    if named and not candidates:
        count.faults.append(f"{found.name}: no candidates in the graph")


def report(count: Count, sample: int) -> None:
    """Prints the count, and a sample of what is missed spread evenly over it."""
    print(f"documents {count.documents:,}; printed articles {count.printed:,}", end="")
    covered = count.printed - count.by["missed"]
    print(f"; accounted for {covered:,} = {covered / max(1, count.printed):.4%}")
    for place in ("resolved", "unresolved", "rejected", "missed"):
        print(f"  {place:<11} {count.by[place]:>7,}")
    print("unresolved because of:", ", ".join(f"{k} {v:,}" for k, v in count.reasons.most_common()))
    print("rejected by:", ", ".join(f"{k} {v:,}" for k, v in count.rejected.most_common()))
    print(
        f"documents where mentions are not the sum of the three: {len(count.unbalanced)}", *count.unbalanced
    )
    if count.stated:
        print(f"graphs judged {count.stated:,}; ledger entries {count.ledger:,}; faults {len(count.faults)}")
        print(*count.faults, sep="\n")
    step = max(1, len(count.missed) // max(1, sample))
    print(*count.missed[::step][:sample], sep="\n")


def main() -> int:
    """Reads the corpus once, on one core; 1 where an article is missed or a graph has a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every Nth document only")
    parser.add_argument("--graph", type=int, default=0, help="state and judge every Nth of these as a graph")
    parser.add_argument("--sample", type=int, default=40)
    options = parser.parse_args()
    registry = load_registry(assets() / "data" / "registry")
    setting = Setting.of()
    count = Count()
    taken = (found for index, found in enumerate(sources_of(options.corpus)) if index % options.every == 0)
    for index, found in enumerate(taken):
        if not isinstance(found, Source):
            continue
        try:
            count_document(PurePosixPath(found.name).name, found.data, registry, count)
        except TreatygraphError as error:
            print(f"{found.name} cannot be read: {error}", file=sys.stderr)
            continue
        if options.graph and index % options.graph == 0:
            count_graph(found, setting, registry, count)
    report(count, options.sample)
    return 1 if count.missed or count.unbalanced or count.faults else 0


if __name__ == "__main__":
    sys.exit(main())
