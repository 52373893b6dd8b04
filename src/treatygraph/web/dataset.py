"""What the dataset holds, counted once a generation; and its description in VoID and DCAT at ``/.well-known/void``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode, Triple

from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import PREFIXES, TG
from treatygraph.model.errors import QueryTimeoutError
from treatygraph.web.asking import Asker, asker, integers
from treatygraph.web.caching import conditional
from treatygraph.web.dataset_graphs import default_graph, named_graphs
from treatygraph.web.negotiate import GRAPHS, choose
from treatygraph.web.rdf import DCAT, DCTERMS, FOAF, FORMATS, RDF_TYPE, SD, VOID, count, text, to_bytes

dataset_pages = Blueprint("dataset", __name__)

T = TypeVar("T")
DUMP_PATH: Final = "dumps/graph.nq.gz"
TITLE: Final = "The documents of treaty bodies as an evidenced knowledge graph"
_DESCRIPTION: Final = (
    "Treaty provisions, agenda items, meetings, actions and mandates of treaty bodies, each fact with the words of the "
    "document that say so or the source of the registry."
)
_LICENCE: Final = NamedNode("https://www.apache.org/licenses/LICENSE-2.0")
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_OWN: Final = ("void", "dcat", "dcterms", "foaf", "sd", "formats", "prov", "rdfs")


Parts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of one generation; None for what takes longer to count than a query may."""

    triples: int | None
    subjects: int | None
    objects: int | None
    classes: Parts | None
    """The classes and how many things each has, by IRI; likewise the others."""
    properties: Parts | None
    graphs: Parts | None
    """The named graphs and their triples, graphs that are not asserted among them."""


def graph_names(ask: Asker) -> tuple[str, ...]:
    """The IRIs of the named graphs, sorted."""
    return ask.keep(
        "graph names", lambda: tuple(sorted(row["graph"].value for row in ask.rows("graph_names")))
    )


def dataset_iri() -> NamedNode:
    """The IRI of the dataset at this address."""
    return NamedNode(f"{request.url_root}.well-known/void#dataset")


@dataset_pages.get("/.well-known/void")
def described() -> Response:
    """The description of the dataset, in a form for graphs (VoID §7.2: well-known address)."""
    form = choose(request.accept_mimetypes, GRAPHS, request.args.get("format"))
    return conditional(
        asker().pool.generation(),
        form.name,
        lambda: Response(to_bytes(_described(asker()), form, *_OWN), content_type=form.content_type),
    )


def _described(ask: Asker) -> Iterator[Triple]:
    """The dataset, its partitions and graphs, and the ways to have it."""
    known = ask.keep("void", lambda: _counted(ask))
    node, names = dataset_iri(), graph_names(ask)
    yield from _dataset()
    yield from _services()
    yield from _figures(known)
    yield from default_graph(node, names, merged=ask.pool.is_merged(), triples=known.triples)
    yield from named_graphs(node, names, dict(known.graphs or ()))


def _dataset() -> Iterator[Triple]:
    root, node = request.url_root, dataset_iri()
    page = NamedNode(f"{root}.well-known/void")
    yield Triple(page, RDF_TYPE, VOID("DatasetDescription"))
    yield Triple(page, FOAF("primaryTopic"), node)
    for kind in (VOID("Dataset"), DCAT("Dataset"), SD("Dataset")):
        yield Triple(node, RDF_TYPE, kind)
    yield Triple(node, DCTERMS("title"), text(TITLE))
    yield Triple(node, DCTERMS("description"), text(_DESCRIPTION))
    yield Triple(node, DCTERMS("license"), _LICENCE)
    yield Triple(node, FOAF("homepage"), NamedNode(root))
    yield Triple(node, DCAT("landingPage"), NamedNode(f"{root}about"))
    yield Triple(node, VOID("uriSpace"), Literal(THINGS))
    yield Triple(node, VOID("sparqlEndpoint"), NamedNode(f"{root}sparql"))
    yield Triple(node, VOID("dataDump"), NamedNode(root + DUMP_PATH))
    for namespace in sorted(set(PREFIXES.values())):
        yield Triple(node, VOID("vocabulary"), NamedNode(namespace))
    for form in GRAPHS:
        yield Triple(node, VOID("feature"), FORMATS[form.name])
    yield Triple(node, DCTERMS("conformsTo"), NamedNode(TG.NAMESPACE))


def _services() -> Iterator[Triple]:
    root, node = request.url_root, dataset_iri()
    service = NamedNode(f"{root}sparql#service")
    ask, dump = NamedNode(f"{node.value}-sparql"), NamedNode(f"{node.value}-dump")
    for each in (ask, dump):
        yield Triple(node, DCAT("distribution"), each)
        yield Triple(each, RDF_TYPE, DCAT("Distribution"))
        yield Triple(each, DCTERMS("license"), _LICENCE)
    yield Triple(ask, DCTERMS("title"), text("SPARQL 1.1 endpoint"))
    yield Triple(ask, DCAT("accessURL"), NamedNode(f"{root}sparql"))
    yield Triple(ask, DCAT("accessService"), service)
    yield Triple(service, RDF_TYPE, DCAT("DataService"))
    yield Triple(service, DCTERMS("title"), text("SPARQL 1.1 endpoint"))
    yield Triple(service, DCAT("endpointURL"), NamedNode(f"{root}sparql"))
    yield Triple(service, DCAT("endpointDescription"), NamedNode(f"{root}sparql"))
    yield Triple(service, DCAT("servesDataset"), node)
    yield Triple(service, DCTERMS("conformsTo"), NamedNode("https://www.w3.org/TR/sparql11-protocol/"))
    yield Triple(dump, DCTERMS("title"), text("All named graphs, in N-Quads"))
    yield Triple(dump, DCAT("accessURL"), NamedNode(root + DUMP_PATH))
    yield Triple(dump, DCAT("downloadURL"), NamedNode(root + DUMP_PATH))
    yield Triple(dump, DCAT("mediaType"), NamedNode(f"{_MEDIA}application/n-quads"))
    yield Triple(dump, DCAT("compressFormat"), NamedNode(f"{_MEDIA}application/gzip"))


def _figures(known: Counts) -> Iterator[Triple]:
    node = dataset_iri()
    figures = {
        "triples": known.triples,
        "distinctSubjects": known.subjects,
        "distinctObjects": known.objects,
        "classes": None if known.classes is None else len(known.classes),
        "properties": None if known.properties is None else len(known.properties),
    }
    for name, number in figures.items():
        if number is not None:
            yield Triple(node, VOID(name), count(number))
    yield from _partitions(node, "class", known.classes or (), VOID("entities"))
    yield from _partitions(node, "property", known.properties or (), VOID("triples"))


def _partitions(node: NamedNode, name: str, parts: Parts, measure: NamedNode) -> Iterator[Triple]:
    for number, (value, size) in enumerate(parts):
        part = NamedNode(f"{node.value}-{name}-{number}")
        yield Triple(node, VOID(f"{name}Partition"), part)
        yield Triple(part, RDF_TYPE, VOID("Dataset"))
        yield Triple(part, VOID(name), NamedNode(value))
        yield Triple(part, measure, count(size))


def _counted(ask: Asker) -> Counts:
    size = _in_time(lambda: ask.rows("void_size")[0])

    def number(name: str) -> int | None:
        return None if size is None else int(size[name].value)

    def parts(name: str, column: str) -> Parts | None:
        return _in_time(lambda: tuple(sorted(integers(ask.rows(name), column, "count"))))

    return Counts(
        number("triples"),
        number("subjects"),
        number("objects"),
        parts("void_classes", "class"),
        parts("void_properties", "property"),
        parts("void_graphs", "graph"),
    )


def _in_time(make: Callable[[], T]) -> T | None:
    """What *make* asks for; None where that takes longer than a query may."""
    try:
        return make()
    except QueryTimeoutError:
        return None
