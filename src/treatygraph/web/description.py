"""The description of the endpoint (SPARQL 1.1 Service Description): what it speaks, takes and gives, over what.

Nothing is counted for it: clients read it before they ask. The description of the dataset has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Response, request
from pyoxigraph import NamedNode, Triple

from treatygraph.web.asking import asker
from treatygraph.web.caching import conditional
from treatygraph.web.dataset import dataset_iri, graph_names
from treatygraph.web.dataset_graphs import default_graph, named_graphs
from treatygraph.web.graph_store import INPUTS
from treatygraph.web.negotiate import GRAPHS, TABLES, Form
from treatygraph.web.rdf import ENT, FORMATS, RDF_TYPE, RDFS, SD, to_bytes
from treatygraph.web.writes import writer

_OWN: Final = ("sd", "formats", "ent", "rdfs", "prov")


def service_description(form: Form) -> Response:
    """What the endpoint speaks and gives, in RDF."""
    return conditional(
        asker().pool.generation(),
        form.name,
        lambda: Response(to_bytes(_described(), form, *_OWN), content_type=form.content_type),
    )


def _described() -> Iterator[Triple]:
    ask, dataset = asker(), dataset_iri()
    names = graph_names(ask)
    yield from _service(dataset, writable=writer() is not None)
    yield from default_graph(dataset, names, merged=ask.pool.is_merged())
    yield from named_graphs(dataset, names, {})


def _service(dataset: NamedNode, *, writable: bool) -> Iterator[Triple]:
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
    yield Triple(service, SD("defaultDataset"), dataset)
    yield Triple(service, RDFS("seeAlso"), NamedNode(dataset.value.partition("#")[0]))
