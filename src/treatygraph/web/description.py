"""The description of the endpoint (SPARQL 1.1 Service Description): what it speaks, takes and gives, over what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Response, request
from pyoxigraph import NamedNode, Triple

from treatygraph.store.merge import UNASSERTED, is_asserted
from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.dataset import Counts, counts, dataset_iri
from treatygraph.web.graph_store import INPUTS
from treatygraph.web.negotiate import GRAPHS, TABLES, Form
from treatygraph.web.rdf import ENT, FORMATS, PROV, RDF_TYPE, RDFS, SD, VOID, count, text, to_bytes
from treatygraph.web.writes import writer

MOST_GRAPHS: Final = 1000
"""The most named graphs that are listed; a query lists the others."""

_MERGE: Final = (
    "The RDF merge of the asserted named graphs: each of their triples once. It is derived and cannot be written. "
    f"Graphs whose keys begin with {', '.join(UNASSERTED)} are not asserted: only GRAPH and FROM reach them."
)
_PLAIN: Final = "A graph of its own, beside the named graphs."
_MORE: Final = "SELECT ?g { GRAPH ?g {} } lists all named graphs, of which this description has the first %d."
_OWN: Final = ("sd", "formats", "void", "ent", "rdfs", "prov")


def service_description(form: Form) -> Response:
    """What the endpoint speaks and gives, in RDF."""
    ask = asker()
    return conditional(
        ask.pool.generation(),
        form.name,
        lambda: Response(
            to_bytes(
                described(counts(ask), merged=ask.pool.is_merged(), writable=writer() is not None),
                form,
                *_OWN,
            ),
            content_type=form.content_type,
        ),
    )


def described(known: Counts | None, *, merged: bool, writable: bool) -> list[Triple]:
    """The service and its default dataset; *writable* where holders of a token may write."""
    return [*_service(writable=writable), *_default(known, merged=merged), *(_named(known) if known else ())]


def _service(*, writable: bool) -> Iterator[Triple]:
    service = NamedNode(f"{request.base_url}#service")
    yield Triple(service, RDF_TYPE, SD("Service"))
    yield Triple(service, SD("endpoint"), NamedNode(request.base_url))
    yield Triple(service, SD("supportedLanguage"), SD("SPARQL11Query"))
    for form in (*TABLES, *GRAPHS):
        yield Triple(service, SD("resultFormat"), FORMATS[form.name])
    if writable:
        yield Triple(service, SD("supportedLanguage"), SD("SPARQL11Update"))
        for name in INPUTS:
            yield Triple(service, SD("inputFormat"), FORMATS[name])
    yield Triple(service, SD("defaultEntailmentRegime"), ENT("Simple"))
    yield Triple(ENT("Simple"), RDF_TYPE, SD("EntailmentRegime"))
    yield Triple(service, SD("defaultDataset"), dataset_iri())


def _default(known: Counts | None, *, merged: bool) -> Iterator[Triple]:
    dataset, graph = dataset_iri(), _default_graph()
    yield Triple(dataset, RDF_TYPE, SD("Dataset"))
    yield Triple(dataset, SD("defaultGraph"), graph)
    yield Triple(graph, RDF_TYPE, SD("Graph"))
    yield Triple(graph, RDFS("comment"), text(_MERGE if merged else _PLAIN))
    if known is None:
        return
    yield Triple(graph, VOID("triples"), count(known.triples))
    if merged:
        for name, _ in known.graphs[:MOST_GRAPHS]:
            if is_asserted(NamedNode(name)):
                yield Triple(graph, PROV("wasDerivedFrom"), NamedNode(name))


def _named(known: Counts) -> Iterator[Triple]:
    dataset = dataset_iri()
    for number, (name, size) in enumerate(known.graphs[:MOST_GRAPHS]):
        named = NamedNode(f"{dataset.value}-graph-{number}")
        yield Triple(dataset, SD("namedGraph"), named)
        yield Triple(named, RDF_TYPE, SD("NamedGraph"))
        yield Triple(named, SD("name"), NamedNode(name))
        yield Triple(named, SD("graph"), NamedNode(name))
        yield Triple(NamedNode(name), RDF_TYPE, SD("Graph"))
        yield Triple(NamedNode(name), VOID("triples"), count(size))
    if len(known.graphs) > MOST_GRAPHS:
        yield Triple(dataset, RDFS("comment"), text(_MORE % MOST_GRAPHS))


def _default_graph() -> NamedNode:
    return NamedNode(f"{dataset_iri().value}-default")
