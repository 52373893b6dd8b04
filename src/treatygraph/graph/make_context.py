"""Ontology as a graph → the JSON-LD context ``ontology/context.jsonld``: our properties by their plain names."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef
from rdflib.term import Node

from treatygraph.graph.iris import TERMS, THINGS


def context(ontology: Graph, prefixes: Mapping[str, str]) -> str:
    """The context as JSON text: terms of ours without prefix, of others with one; dates and numbers typed."""
    entries: dict[str, object] = {"@base": THINGS, "@version": 1.1, "id": "@id", "type": "@type"}
    entries |= dict(sorted(prefixes.items()))
    entries["label"] = "rdfs:label"
    for term in sorted(ontology.subjects(RDFS.isDefinedBy, URIRef(TERMS)), key=str):
        name = str(term).removeprefix(TERMS)
        entries[name] = _entry(ontology, term, name)
    return json.dumps({"@context": entries}, indent=2) + "\n"


def _entry(ontology: Graph, term: Node, name: str) -> object:
    if (term, RDF.type, OWL.ObjectProperty) in ontology:
        return {"@id": f"tg:{name}", "@type": "@id"}
    kind = ontology.value(term, RDFS.range)
    if (term, RDF.type, OWL.DatatypeProperty) in ontology and kind is not None and kind != XSD.string:
        return {"@id": f"tg:{name}", "@type": f"xsd:{str(kind).removeprefix(str(XSD))}"}
    return f"tg:{name}"
