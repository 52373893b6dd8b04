"""One graph of registry facts in the making: nodes described on mention, edges with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.describe import Describer
from treatygraph.graph.evidence import Statements, Term, date, label
from treatygraph.graph.terms import RDFS, TG
from treatygraph.registry.facts import Evidence, Period, Source
from treatygraph.registry.values import Registry


class Sheet:
    """The graph ``graph/registry/{name}`` while the facts of one file are stated in it.

    *item_titles* are the titles of the agenda items that any file of the registry knows, by key.
    """

    def __init__(
        self,
        name: str,
        registry: Registry,
        sources: Mapping[str, Source],
        item_titles: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.item_titles = item_titles
        self.statements = Statements(f"graph/registry/{name}")
        self.registry = registry
        self.describe = Describer(self.statements, registry)
        self._sources = sources

    def cite(self, keys: tuple[str, ...]) -> tuple[NamedNode, ...]:
        """The sources with those keys, described in this graph."""
        found = (self._sources[key] for key in keys)
        return tuple(self.statements.source(each.key, each.address, each.seen) for each in found)

    def fact(
        self,
        node: NamedNode,
        predicate: NamedNode,
        value: Term | str | None,
        keys: tuple[str, ...],
        *,
        disputed: bool = False,
    ) -> None:
        """States an edge on the word of the sources with those *keys*; a *value* of text is a thing's key."""
        if value is None:
            return
        term = self.describe(value) if isinstance(value, str) else value
        self.statements.edge(node, predicate, term, sources=self.cite(keys), disputed=disputed)

    def facts(
        self, node: NamedNode, predicate: NamedNode, values: tuple[str, ...], keys: tuple[str, ...]
    ) -> None:
        """States an edge to each of the things with those keys."""
        for value in values:
            self.fact(node, predicate, value, keys)

    def title(self, node: NamedNode, title: str | None, evidence: Evidence) -> None:
        """States a title, and any other title that a source gives."""
        others = evidence.others("title")
        if title is not None:
            self.fact(node, TG.title, label(title), evidence.of("title"), disputed=bool(others))
        for other in others:
            self.fact(node, TG.title, label(other.value), other.sources, disputed=True)

    def dates(self, node: NamedNode, period: Period | None, evidence: Evidence, field: str = "date") -> None:
        """States when a thing is dated; where sources differ, each of their days, disputed where they differ."""
        given = [(period, evidence.of(field))] if period else []
        given += [(Period.parse(other.value), other.sources) for other in evidence.others(field)]
        firsts = {each.start.earliest for each, _ in given}
        lasts = {each.end.latest for each, _ in given}
        texts = {each.text for each, _ in given}
        for each, keys in given:
            self.period(node, each, keys, (len(texts) > 1, len(firsts) > 1, len(lasts) > 1))

    def period(
        self,
        node: NamedNode,
        period: Period,
        keys: tuple[str, ...],
        disputed: tuple[bool, bool, bool] = (False,) * 3,
    ) -> None:
        """States the words, the first and the last day of one period; *disputed* says which of the three are."""
        text, first, last = disputed
        self.fact(node, TG.dateText, Literal(period.text), keys, disputed=text)
        self.fact(node, TG.earliest, date(period.start.earliest), keys, disputed=first)
        self.fact(node, TG.latest, date(period.end.latest), keys, disputed=last)

    def note(self, node: NamedNode, note: str | None) -> None:
        """States a remark of the registry about a thing, for people."""
        if note:
            self.statements.add(node, RDFS.comment, label(note))
