"""What the graph says of the page's thing: rows of facts.rq → values by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import RDF, RDFS, SUPERPROPERTIES
from treatygraph.web.asking import Asker
from treatygraph.web.pages.links import Term, best, link, node
from treatygraph.web.pages.values import Link

Values = Mapping[NamedNode, Mapping[Term, tuple[Literal, ...]]]


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing of a page: its key and IRI, and property → value → the value's labels."""

    key: str
    node: NamedNode
    values: Values

    @property
    def types(self) -> frozenset[NamedNode]:
        """Its classes, near and far."""
        return frozenset(each for each in self.values.get(RDF.type, ()) if isinstance(each, NamedNode))

    @property
    def label(self) -> Literal | None:
        """Its label in the language that most readers have."""
        return best(each for each in self.values.get(RDFS.label, ()) if isinstance(each, Literal))

    def links(self, *properties: NamedNode) -> tuple[Link, ...]:
        """The values of properties, sorted by their words."""
        found = {
            value: link(value, labels)
            for each in properties
            for value, labels in self.values.get(each, {}).items()
        }
        return tuple(sorted(found.values(), key=lambda each: (each.words, each.iri or "")))

    def texts(self, *properties: NamedNode) -> tuple[str, ...]:
        """The values of properties as text, sorted."""
        return tuple(sorted({value.value for each in properties for value in self.values.get(each, ())}))

    def said_by_narrower(self, predicate: NamedNode, value: Term) -> bool:
        """Whether a property below this one says the same (``tg:adopts`` below ``tg:object``)."""
        return any(
            predicate in SUPERPROPERTIES.get(other, ()) and value in held
            for other, held in self.values.items()
        )


def subject_of(asker: Asker, key: str) -> Subject:
    """The thing with that key; a thing that the graph only names has no values."""
    values: dict[NamedNode, dict[Term, tuple[Literal, ...]]] = defaultdict(dict)
    for row in asker.rows("facts", thing=iri(key)):
        held = values[node(row, "property")]
        label = row.get("label")
        held[row["value"]] = (
            *held.get(row["value"], ()),
            *((label,) if isinstance(label, Literal) else ()),
        )
    return Subject(key, iri(key), dict(values))
