"""The vocabularies in which a service and its dataset describe themselves, and triples as the bytes of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from treatygraph.web.negotiate import Form

NAMESPACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "ent": "http://www.w3.org/ns/entailment/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "formats": "http://www.w3.org/ns/formats/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "prov": "http://www.w3.org/ns/prov#",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


def _namespace(prefix: str) -> Callable[[str], NamedNode]:
    return lambda name: NamedNode(NAMESPACES[prefix] + name)


DCAT: Final = _namespace("dcat")
DCTERMS: Final = _namespace("dcterms")
ENT: Final = _namespace("ent")
FOAF: Final = _namespace("foaf")
PROV: Final = _namespace("prov")
RDFS: Final = _namespace("rdfs")
SD: Final = _namespace("sd")
VOID: Final = _namespace("void")
RDF_TYPE: Final = _namespace("rdf")("type")
_XSD_INTEGER: Final = _namespace("xsd")("integer")
_FORMAT: Final = _namespace("formats")

FORMATS: Final[Mapping[str, NamedNode]] = MappingProxyType(
    {
        "json": _FORMAT("SPARQL_Results_JSON"),
        "xml": _FORMAT("SPARQL_Results_XML"),
        "csv": _FORMAT("SPARQL_Results_CSV"),
        "tsv": _FORMAT("SPARQL_Results_TSV"),
        "turtle": _FORMAT("Turtle"),
        "ntriples": _FORMAT("N-Triples"),
        "rdfxml": _FORMAT("RDF_XML"),
        "jsonld": _FORMAT("JSON-LD"),
    }
)
"""The names of our forms among the unique URIs for file formats of the W3C."""

SYNTAXES: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "rdfxml": RdfFormat.RDF_XML,
        "jsonld": RdfFormat.JSON_LD,
    }
)


def text(words: str) -> Literal:
    """Words of ours, in English."""
    return Literal(words, language="en")


def count(number: int) -> Literal:
    """A number of things."""
    return Literal(str(number), datatype=_XSD_INTEGER)


def to_bytes(triples: Iterable[Triple], form: Form, *prefixes: str) -> bytes:
    """Triples in a form for graphs; *prefixes* are names of ``NAMESPACES``, for the forms that have any."""
    used = {name: NAMESPACES[name] for name in prefixes} if form.name in ("turtle", "rdfxml") else {}
    data = serialize(triples, format=SYNTAXES[form.name], prefixes=used)
    assert data is not None, "without an output the bytes are given back"
    return data
