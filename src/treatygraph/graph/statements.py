"""A document's extraction → the quads of its one named graph."""

from __future__ import annotations

from pyoxigraph import Quad

from treatygraph.graph.describe import Describer
from treatygraph.graph.evidence import Statements
from treatygraph.graph.iris import graph_key, iri
from treatygraph.graph.statements_actions import action_statements, happening_statements, link_statements
from treatygraph.graph.statements_agenda import agenda_statements
from treatygraph.graph.statements_text import Context, citation_statements, document_statements, expression_of
from treatygraph.model.extraction import Extraction
from treatygraph.registry.values import Registry


def document_quads(extraction: Extraction, registry: Registry) -> tuple[Quad, ...]:
    """All statements that a document yields, sorted, in the graph of its expression.

    The same extraction and registry give the same quads on any machine.
    """
    expression = expression_of(extraction)
    statements = Statements(graph_key(expression))
    describe = Describer(statements, registry)
    context = Context(
        extraction, registry, statements, describe, iri(extraction.identity.key), describe.known(expression)
    )
    document_statements(context)
    agenda_statements(context)
    happening_statements(context)
    citation_statements(context)
    action_statements(context)
    link_statements(context)
    return statements.quads()
