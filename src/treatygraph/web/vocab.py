"""``/ontology``: the vocabulary, as its files and as a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from treatygraph.graph.iris import TERMS
from treatygraph.graph.terms import OWL, RDF, RDFS, SKOS
from treatygraph.model.assets import assets
from treatygraph.web.names import compact, page_of, term_label
from treatygraph.web.negotiate import GRAPHS, HTML, choose
from treatygraph.web.things import rdf_bytes

vocabulary = Blueprint("vocabulary", __name__)

_FILES: Final = ("treatygraph.ttl", "concepts.ttl")
_CLASS = OWL.Class


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of ours on the page of the vocabulary."""

    name: str
    label: str
    is_class: bool
    definition: str
    example: str
    facts: tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...]


@vocabulary.get("/ontology")
@vocabulary.get("/ontology.<suffix>")
def ontology(suffix: str | None = None) -> Response:
    """The vocabulary in the form that the address or the client names."""
    asked = suffix or request.args.get("format")
    form = choose(request.accept_mimetypes, (*GRAPHS, HTML), asked)
    if form is HTML:
        response = Response(render_template("ontology.html", terms=_entries(), forms=GRAPHS))
    elif form is GRAPHS[0]:
        # The files themselves: their comments and order help a reader.
        response = Response("\n".join(_texts()), content_type=form.content_type)
    else:
        response = Response(rdf_bytes(sorted(_triples(), key=str), form), content_type=form.content_type)
    response.vary.add("Accept")
    return response


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
        if isinstance(each.object, NamedNode) and each.predicate in _SHOWN:
            facts[term_label(each.predicate.value)].append(
                (compact(each.object.value), page_of(each.object.value))
            )
    return TermEntry(
        name=iri[len(TERMS) :],
        label=words(RDFS.label),
        is_class=any(each.predicate == RDF.type and each.object == _CLASS for each in triples),
        definition=words(RDFS.comment, SKOS.definition),
        example=words(SKOS.example),
        facts=tuple((name, tuple(values)) for name, values in sorted(facts.items())),
    )


_SHOWN = frozenset(
    NamedNode(RDFS.NAMESPACE + name) for name in ("subClassOf", "subPropertyOf", "domain", "range", "seeAlso")
)
