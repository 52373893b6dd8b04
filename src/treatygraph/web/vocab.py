"""``/ontology``: the vocabulary and its lists of concepts, as files and as a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from treatygraph.graph.iris import TERMS
from treatygraph.graph.terms import EVIDENCED, OWL, RDF, RDFS, SCHEMA, SKOS
from treatygraph.model.assets import assets
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.names import compact, page_of
from treatygraph.web.negotiate import GRAPHS, HTML, Form, choose
from treatygraph.web.things import rdf_bytes

vocabulary = Blueprint("vocabulary", __name__)

_FILES: Final = ("treatygraph.ttl", "concepts.ttl")
_CLASS = OWL.Class
_FACTS: Final = {
    RDFS.subClassOf: "kind of",
    RDFS.subPropertyOf: "kind of",
    SCHEMA.domainIncludes: "of",
    RDFS.domain: "of",
    SCHEMA.rangeIncludes: "value",
    RDFS.range: "value",
    RDFS.seeAlso: "see also",
}
"""The properties of terms that the page shows, and what it calls them."""


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of ours on the page of the vocabulary."""

    name: str
    label: str
    is_class: bool
    definition: str
    example: str
    """Turtle."""
    evidenced: bool
    """Whether each of its statements needs evidence."""
    facts: tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...]


@vocabulary.get("/ontology")
@vocabulary.get("/ontology.<suffix>")
def ontology(suffix: str | None = None) -> Response:
    """The vocabulary in the form that the address or the client names."""
    form = choose(request.accept_mimetypes, (*GRAPHS, HTML), suffix or request.args.get("format"))
    # The page says which concepts this graph has; the files are those of the version.
    generation = asker().pool.generation() if form is HTML else 0
    return conditional(generation, form.name, lambda: _give(form))


def _give(form: Form) -> Response:
    if form is HTML:
        page = render_template("ontology.html", terms=_entries(), lists=_lists(), held=_held(), forms=GRAPHS)
        return Response(page)
    if form is GRAPHS[0]:
        # The files themselves: their comments and order help a reader.
        return Response("\n".join(_texts()), content_type=form.content_type)
    return Response(rdf_bytes(sorted(_triples(), key=str), form), content_type=form.content_type)


@dataclass(frozen=True, slots=True)
class ConceptList:
    """A list of concepts: its name, what it is for, and its concepts by name."""

    name: str
    label: str
    concepts: tuple[tuple[str, str, str], ...]
    """Label, address, definition."""


@cache
def _texts() -> tuple[str, ...]:
    folder = assets() / "ontology"
    return tuple((folder / name).read_text(encoding="utf-8") for name in _FILES if (folder / name).is_file())


@cache
def _triples() -> frozenset[Triple]:
    return frozenset(quad.triple for text in _texts() for quad in parse(text, format=RdfFormat.TURTLE))


@cache
def _entries() -> tuple[TermEntry, ...]:
    held: dict[str, list[Triple]] = defaultdict(list)
    for triple in sorted(_triples(), key=str):
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(TERMS):
            held[triple.subject.value].append(triple)
    entries = [_entry(iri, triples) for iri, triples in held.items() if iri != TERMS]
    return tuple(sorted(entries, key=lambda entry: (not entry.is_class, entry.name.lower())))


def _entry(iri: str, triples: list[Triple]) -> TermEntry:
    def words(*predicates: NamedNode) -> str:
        return "; ".join(
            each.object.value
            for each in triples
            if each.predicate in predicates and isinstance(each.object, Literal)
        )

    facts: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for each in triples:
        if isinstance(each.object, NamedNode) and each.predicate in _FACTS:
            facts[_FACTS[each.predicate]].append((compact(each.object.value), page_of(each.object.value)))
    return TermEntry(
        name=iri[len(TERMS) :],
        label=words(RDFS.label),
        is_class=any(each.predicate == RDF.type and each.object == _CLASS for each in triples),
        definition=" ".join(filter(None, (words(RDFS.comment, SKOS.definition), words(SKOS.note)))),
        example=words(SKOS.example),
        evidenced=NamedNode(iri) in EVIDENCED,
        facts=tuple((name, tuple(values)) for name, values in sorted(facts.items())),
    )


def _held() -> frozenset[str]:
    """The addresses of the concepts that are in the graph: a store need not hold the lists."""
    ask = asker()
    return ask.keep(
        "concepts",
        lambda: frozenset(page_of(row["concept"].value) or "" for row in ask.rows("list_concepts")),
    )


@cache
def _lists() -> tuple[ConceptList, ...]:
    """The lists of concepts, by name."""
    said: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for each in _triples():
        if isinstance(each.subject, NamedNode) and isinstance(each.object, NamedNode | Literal):
            said[each.subject][each.predicate].append(each.object)

    def words(thing: NamedNode, *properties: NamedNode) -> str:
        found = (value.value for each in properties for value in said[thing][each])
        return next(iter(sorted(found)), "")

    members: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for thing in list(said):
        for scheme in said[thing][SKOS.inScheme]:
            entry = (
                words(thing, SKOS.prefLabel, RDFS.label),
                page_of(thing.value) or "",
                words(thing, SKOS.definition),
            )
            members[scheme.value].append(entry)
    return tuple(
        ConceptList(
            iri.rpartition("/")[2],
            words(NamedNode(iri), SKOS.prefLabel, RDFS.label),
            tuple(sorted(found, key=lambda entry: entry[0].casefold())),
        )
        for iri, found in sorted(members.items())
    )
