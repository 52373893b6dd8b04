"""Ontology in Turtle → ``graph/terms.py``, the JSON-LD context and ``docs/ontology.md``; run it after each change.

python -m treatygraph.graph.make_terms            write all three
python -m treatygraph.graph.make_terms --check    write nothing; status 1 when one is not current
python -m treatygraph.graph.make_terms --docs     write the reference page only
"""

from __future__ import annotations

import argparse
import keyword
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax

from treatygraph.graph.iris import TERMS
from treatygraph.graph.make_context import context
from treatygraph.graph.make_docs import reference
from treatygraph.model.errors import VocabularyError, Where

CHECKOUT = Path(__file__).resolve().parents[3]
ONTOLOGY = CHECKOUT / "ontology"
TERMS_FILE = Path(__file__).with_name("terms.py")
CONTEXT_FILE = ONTOLOGY / "context.jsonld"
DOCS_FILE = CHECKOUT / "docs" / "ontology.md"

PREFIXES: Mapping[str, str] = {
    "tg": TERMS,
    "eli": "http://data.europa.eu/eli/ontology#",
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "void": "http://rdfs.org/ns/void#",
}

HEAD = '''"""The terms of the graph: closed namespaces, so that a misspelt term raises ``AttributeError``.

Made from ``ontology/treatygraph.ttl`` by ``python -m treatygraph.graph.make_terms``: change the ontology,
not this file.
"""
# ruff: noqa: N801, N815

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode
'''

TAIL = '''

def types_of(cls: NamedNode) -> tuple[NamedNode, ...]:
    """The types that a node of that class gets: the class and all its superclasses, sorted by IRI."""
    return tuple(sorted((cls, *SUPERCLASSES.get(cls, ())), key=lambda node: node.value))


def properties_of(predicate: NamedNode) -> tuple[NamedNode, ...]:
    """The properties under which a triple is stated: the property and its superproperties, sorted by IRI."""
    return tuple(sorted((predicate, *SUPERPROPERTIES.get(predicate, ())), key=lambda node: node.value))
'''


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is written in Python: ``TG.concernsProvision``."""

    prefix: str
    local: str

    @property
    def namespace(self) -> str:
        """The name of the namespace object: ``ELI_DL`` for the prefix ``eli-dl``."""
        return self.prefix.upper().replace("-", "_")

    def __str__(self) -> str:
        return f"{self.namespace}.{self.local}"


def load(path: Path) -> Graph:
    """The graph of a Turtle file; raises ``VocabularyError`` with its line if not well formed."""
    try:
        return Graph().parse(path, format="turtle")
    except BadSyntax as error:
        where = Where(str(path), line=error.lines + 1)
        raise VocabularyError(
            "The ontology is not well-formed Turtle", where=where, remedy=error.message
        ) from error


def split(iri: str) -> Term:
    """The term of an IRI; raises ``VocabularyError`` for one outside the known namespaces."""
    for prefix, base in PREFIXES.items():
        local = iri.removeprefix(base)
        if local != iri and local.isidentifier() and not keyword.iskeyword(local):
            return Term(prefix, local)
    raise VocabularyError(
        f"{iri} is in none of the namespaces that have a prefix",
        where=Where(str(ONTOLOGY / "treatygraph.ttl")),
        remedy="Add the namespace to PREFIXES in make_terms.py, or mend the IRI.",
    )


def own_terms(graph: Graph) -> list[str]:
    """The IRIs of our own terms, sorted."""
    return sorted(str(s) for s in graph.subjects(RDFS.isDefinedBy, URIRef(TERMS)))


def reused_terms(graph: Graph) -> list[str]:
    """The IRIs of the terms that the ontology says it reuses, sorted."""
    return sorted(str(o) for o in graph.objects(URIRef(TERMS), URIRef(TERMS + "reuses")))


def ancestors(graph: Graph, relation: URIRef, known: Iterable[str]) -> dict[str, list[str]]:
    """For each known term the known terms above it by *relation* (transitive), sorted; none: left out."""
    inside = set(known)
    above = {
        term: sorted({str(o) for o in graph.transitive_objects(URIRef(term), relation)} & inside - {term})
        for term in sorted(inside)
    }
    return {term: terms for term, terms in above.items() if terms}


def closures(graph: Graph) -> dict[str, list[str]]:
    """The prepared closures and the properties of their steps, sorted."""
    of = URIRef(TERMS + "closureOf")
    return {
        str(closure): sorted(map(str, graph.objects(closure, of)))
        for closure in sorted(set(graph.subjects(of)), key=str)
    }


def _namespace(prefix: str, locals_: list[str]) -> str:
    name = prefix.upper().replace("-", "_")
    lines = [
        "",
        "",
        f"class _{name}:",
        f'    """The terms of ``{prefix}:`` in use."""',
        "",
        "    __slots__ = ()",
    ]
    lines += ["", f'    NAMESPACE: Final = "{PREFIXES[prefix]}"']
    lines += [f'    {local}: Final = NamedNode(NAMESPACE + "{local}")' for local in locals_]
    return "\n".join([*lines, "", "", f"{name}: Final = _{name}()"])


def _mapping(name: str, doc: str, entries: Mapping[str, list[str]]) -> str:
    lines = ["", f"{name}: Final[Mapping[NamedNode, tuple[NamedNode, ...]]] = MappingProxyType(", "    {"]
    for key, values in entries.items():
        terms = [str(split(value)) for value in values]
        if len(terms) == 1:  # as the formatter writes a tuple of one
            lines.append(f"        {split(key)}: ({terms[0]},),")
        else:
            lines += [f"        {split(key)}: (", *(f"            {term}," for term in terms), "        ),"]
    return "\n".join([*lines, "    }", ")", f'"""{doc}"""'])


def module(graph: Graph) -> str:
    """The text of ``terms.py``: the same for the same ontology."""
    known = [*own_terms(graph), *reused_terms(graph)]
    spaces: dict[str, list[str]] = {}
    for term in map(split, known):
        spaces.setdefault(term.prefix, []).append(term.local)
    properties = {str(s) for kind in _PROPERTY_KINDS for s in graph.subjects(RDF.type, kind)}
    evidenced = sorted(str(s) for s in graph.subjects(RDF.type, URIRef(TERMS + "EvidencedProperty")))
    parts = [HEAD.rstrip("\n")]
    parts += [_namespace(prefix, sorted(spaces[prefix])) for prefix in PREFIXES if prefix in spaces]
    parts.append(
        _mapping(
            "SUPERCLASSES",
            "All superclasses of a class, near and far; data state them with the class (``types_of``).",
            ancestors(graph, RDFS.subClassOf, known),
        )
    )
    parts.append(
        _mapping(
            "SUPERPROPERTIES",
            "Our own superproperties of a property; data state them too (``properties_of``).",
            ancestors(graph, RDFS.subPropertyOf, properties & set(own_terms(graph))),
        )
    )
    parts.append(
        _mapping(
            "CLOSURES",
            "The properties that stand for paths of one or more steps → the properties of a step (``tg:closureOf``).",
            closures(graph),
        )
    )
    lines = ["", "EVIDENCED: Final[frozenset[NamedNode]] = frozenset(", "    {"]
    lines += [f"        {split(iri)}," for iri in evidenced]
    lines += ["    }", ")", '"""The properties whose every triple needs an edge node."""']
    lines += ["", "PREFIXES: Final[Mapping[str, str]] = MappingProxyType(", "    {"]
    lines += [f'        "{p}": {p.upper().replace("-", "_")}.NAMESPACE,' for p in PREFIXES if p in spaces]
    lines += ["    }", ")", '"""Prefix → namespace, for queries and Turtle."""']
    return "\n".join([*parts, *lines]) + "\n" + TAIL


_PROPERTY_KINDS = (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty)


def outputs(folder: Path = ONTOLOGY) -> dict[Path, str]:
    """What the generator would write, from the ontology in *folder*: path → text."""
    graph, concepts = load(folder / "treatygraph.ttl"), load(folder / "concepts.ttl")
    shapes = {file.name: load(file) for file in sorted((folder / "shapes").glob("*.ttl"))}
    return {
        TERMS_FILE: module(graph),
        CONTEXT_FILE: context(graph, PREFIXES),
        DOCS_FILE: reference(graph, concepts, shapes, PREFIXES),
    }


def main(arguments: list[str] | None = None) -> int:
    """Writes or checks the generated files; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m treatygraph.graph.make_terms", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not current")
    parser.add_argument("--docs", action="store_true", help="only docs/ontology.md")
    options = parser.parse_args(arguments)
    stale = []
    for path, text in outputs().items():
        if options.docs and path != DOCS_FILE:
            continue
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for path in stale:
        verb = "is not current; run python -m treatygraph.graph.make_terms" if options.check else "written"
        print(f"{path.relative_to(CHECKOUT)} {verb}", file=sys.stderr)
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    raise SystemExit(main())
