"""Ontology, lists of concepts and shapes as graphs → the Markdown of ``docs/ontology.md``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL
from rdflib.term import Node

TG = "https://w3id.org/treatygraph/ns#"
SCHEMA = "https://schema.org/"
REMEDY = " To mend it, "

INTRO = """# Ontology

Made from `ontology/` by `python -m treatygraph.graph.make_terms`: change the Turtle, not this page.

Terms have the namespace `https://w3id.org/treatygraph/ns#` (`tg:`), things the base
`https://w3id.org/treatygraph/id/`. Examples are Turtle under that base. A property marked *evidenced* needs an edge
node for each of its triples (`tg:Edge`), to which everything points that says so.
"""


def reference(
    ontology: Graph, concepts: Graph, shapes: Mapping[str, Graph], prefixes: Mapping[str, str]
) -> str:
    """The reference page: classes, properties, reused terms, lists of concepts, shapes by file."""
    page = _Page(prefixes)
    own = sorted(s for s in ontology.subjects(RDFS.isDefinedBy, URIRef(TG)) if isinstance(s, URIRef))
    classes = [term for term in own if (term, RDF.type, OWL.Class) in ontology]
    parts = [INTRO, "## Classes\n", *(page.term(ontology, term) for term in classes)]
    parts += ["## Properties\n", *(page.term(ontology, term) for term in own if term not in classes)]
    parts += ["## Reused terms\n", page.reused(ontology)]
    lists = sorted(concepts.subjects(RDF.type, SKOS.ConceptScheme), key=str)
    parts += ["## Lists of concepts\n", *(page.scheme(concepts, scheme) for scheme in lists)]
    parts += ["## Shapes\n", *(page.shapes(name, graph) for name, graph in sorted(shapes.items()))]
    return "\n".join(parts)


def text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The first value of a property, or nothing."""
    values = sorted(str(value) for value in graph.objects(subject, predicate) if isinstance(value, Literal))
    return values[0] if values else ""


class _Page:
    """Writes the parts of the page, with terms in their short forms."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes

    def short(self, node: Node) -> str:
        for prefix, namespace in self._prefixes.items():
            if str(node).startswith(namespace):
                return f"`{prefix}:{str(node)[len(namespace) :]}`"
        return f"`{node}`"

    def several(self, nodes: Iterable[Node]) -> str:
        return ", ".join(sorted(map(self.short, nodes)))

    def term(self, graph: Graph, term: URIRef) -> str:
        """A class or property: definition, note, place in the hierarchy, example."""
        lines = [
            f"### {self.short(term)}\n",
            f"*{text(graph, term, RDFS.label)}.* {self._definition(graph, term)}\n",
        ]
        facts = {
            "Subclass of": graph.objects(term, RDFS.subClassOf),
            "Subproperty of": graph.objects(term, RDFS.subPropertyOf),
            "Of": [
                *graph.objects(term, RDFS.domain),
                *graph.objects(term, URIRef(SCHEMA + "domainIncludes")),
            ],
            "Value": [
                *graph.objects(term, RDFS.range),
                *graph.objects(term, URIRef(SCHEMA + "rangeIncludes")),
            ],
        }
        written = {name: self.several(values) for name, values in facts.items()}
        said = [f"- {name}: {values}" for name, values in written.items() if values]
        if (term, RDF.type, URIRef(TG + "EvidencedProperty")) in graph:
            said.append("- Evidenced")
        if said:
            lines.append("\n".join(said) + "\n")
        lines.append(f"```turtle\n{text(graph, term, SKOS.example)}\n```\n")
        return "\n".join(lines)

    def _definition(self, graph: Graph, term: URIRef) -> str:
        return " ".join(filter(None, (text(graph, term, SKOS.definition), text(graph, term, SKOS.note))))

    def reused(self, graph: Graph) -> str:
        """The terms of other vocabularies, a line a vocabulary."""
        terms = {str(term) for term in graph.objects(URIRef(TG), URIRef(TG + "reuses"))}
        lines = []
        for prefix, namespace in self._prefixes.items():
            inside = sorted(term.removeprefix(namespace) for term in terms if term.startswith(namespace))
            if inside:
                lines.append(f"- `{prefix}:` <{namespace}>: {', '.join(f'`{name}`' for name in inside)}")
        return "\n".join(lines) + "\n"

    def scheme(self, graph: Graph, scheme: Node) -> str:
        """A list of concepts as a table."""
        strengths = URIRef(TG + "strength")
        lines = [
            f"### {text(graph, scheme, RDFS.label).capitalize()} (`{text(graph, scheme, URIRef(TG + 'key'))}`)\n"
        ]
        lines += [
            f"{text(graph, scheme, SKOS.definition)}\n",
            "| concept | meaning | example |",
            "|---|---|---|",
        ]
        for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
            meaning = text(graph, concept, SKOS.definition)
            strength = graph.value(concept, strengths)
            if strength is not None:
                meaning += f" ({text(graph, strength, RDFS.label)})"
            name = text(graph, concept, URIRef(TG + "key")).rsplit("/", 1)[-1]
            lines.append(f"| `{name}` | {_cell(meaning)} | {_cell(text(graph, concept, SKOS.example))} |")
        return "\n".join(lines) + "\n"

    def shapes(self, name: str, graph: Graph) -> str:
        """The node shapes of a file, each with what it finds wrong and how to mend that."""
        lines = [f"### `{name}`\n"]
        for shape in sorted(s for s in graph.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)):
            messages = sorted(self._messages(graph, shape))
            lines.append(f"#### `tgs:{shape.rsplit('#', 1)[-1]}`: {text(graph, shape, RDFS.label)}\n")
            lines.append("\n".join(messages or ["- Needs a type and a label."]) + "\n")
        return "\n".join(lines)

    def _messages(self, graph: Graph, shape: URIRef) -> Iterable[str]:
        for part in (*graph.objects(shape, SH.property), *graph.objects(shape, SH.sparql)):
            wrong, _, mend = text(graph, part, SH.message).partition(REMEDY)
            severity = graph.value(part, SH.severity) or graph.value(shape, SH.severity) or SH.Violation
            path = graph.value(part, SH.path)
            place = f"{self._path(graph, path)}: " if path is not None else ""
            if wrong:
                kind = str(severity).rsplit("#", 1)[-1].lower()
                yield f"- {place}{_plain(wrong)} *To mend it:* {mend} ({kind})"

    def _path(self, graph: Graph, path: Node) -> str:
        if isinstance(path, URIRef):
            return self.short(path)
        inverse = graph.value(path, SH.inversePath)
        if inverse is not None:
            return f"inverse of {self.short(inverse)}"
        either = graph.value(path, SH.alternativePath)
        return " or ".join(self._path(graph, each) for each in Collection(graph, either or RDF.nil))


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _plain(message: str) -> str:
    """A message without its places for values: ``<{?value}>`` → ``…``."""
    for mark in ("<{?", "{?"):
        while (start := message.find(mark)) >= 0:
            end = message.index("}", start) + (2 if mark[0] == "<" else 1)
            message = f"{message[:start]}…{message[end:]}"
    return message
