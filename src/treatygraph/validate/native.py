"""A graph of rdflib whose SPARQL is answered by Oxigraph: rules over the whole graph at the engine's speed.

rdflib evaluates a rule row by row in Python; the same rule is a hundred times quicker in the engine. What pyshacl
asks by triple patterns it still asks of the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Triple, Variable
from pyoxigraph import Store as Engine
from rdflib import Graph, URIRef
from rdflib import Variable as Name
from rdflib.query import Result
from rdflib.term import Identifier, Node

from treatygraph.graph.terms import RDF, RDFS
from treatygraph.model.store import Difference
from treatygraph.validate import deltas
from treatygraph.validate.convert import to_oxigraph_term, to_rdflib, to_term

_ENDS: Final = (RDF.subject, RDF.predicate, RDF.object)
_NAMING: Final = (RDFS.label, *_ENDS)
_VALUE: Final = Variable("value")
_VARIABLES: Final = re.compile(r"[?$](\w+)")


class NativeGraph(Graph):
    """A plain graph of the triples that shapes walk over, and the *engine* that answers SPARQL.

    The engine's default graph holds the same triples, or more: where only a part of a graph is judged, its rules
    still see the whole. With a *difference* a query that has ``?value`` is asked for what that can have made fail, if
    the graph conformed before; with *values* one is asked for these alone, where no difference says more.
    """

    def __init__(
        self,
        engine: Engine,
        values: Iterable[NamedNode] | None = None,
        difference: Difference | None = None,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._difference: Final = difference
        self._values: Final = None if values is None else frozenset(map(str, values))

    def let_go(self) -> None:
        """Gives the engine back: graphs refer to themselves, and would hold its lock until they are collected."""
        self._engine = Engine()

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Result:
        """The solutions of a SELECT or the boolean of an ASK, with ``initBindings`` as rdflib has them."""
        text = str(query_object)
        bindings: Mapping[str, Identifier] = kwargs.get("initBindings") or {}
        named = set(_VARIABLES.findall(text))
        values: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
            Variable(name): to_oxigraph_term(term) for name, term in bindings.items() if name in named
        }
        if self._difference is not None and _VALUE.value in named:
            asked = deltas.parts(text, self._difference)
            if asked is not None:
                return self._solutions_of(asked, values)
        if self._values is not None and _VALUE.value in named:
            return self._solutions_of(deltas.parts_for(text, self._values), values)
        found = self._engine.query(text, substitutions=values)
        if isinstance(found, QuerySolutions):
            return _solutions([found])
        result = Result("ASK")
        result.askAnswer = bool(found)
        return result

    def _solutions_of(self, parts: Iterable[deltas.Part], values: Mapping[Variable, Any]) -> Result:
        return _solutions(
            (
                self._engine.query(
                    part.sparql,
                    substitutions={**values, _VALUE: part.value} if part.value else dict(values),
                )
                for part in parts
            ),
            once=True,
        )

    def learn_names(self, iris: Iterable[str]) -> None:
        """Takes over from the engine how things are called, and what edges join: a report speaks of them."""
        for iri in sorted(set(iris)):
            for predicate in _NAMING:
                found = self._engine.quads_for_pattern(NamedNode(iri), predicate, None, DefaultGraph())
                ends = to_rdflib((quad.triple for quad in found), self)
                if predicate in _ENDS:
                    self._learn_labels(ends.objects(URIRef(iri), URIRef(predicate.value)))
            self._learn_labels([URIRef(iri.partition("#")[0])])

    def _learn_labels(self, nodes: Iterable[Node]) -> None:
        for node in tuple(nodes):
            if isinstance(node, URIRef):
                label = self._engine.quads_for_pattern(NamedNode(node), RDFS.label, None, DefaultGraph())
                to_rdflib((quad.triple for quad in label), self)


def engine_of(triples: Iterable[Triple]) -> Engine:
    """An engine in memory whose default graph holds the triples."""
    engine = Engine()
    engine.bulk_extend(Quad(each.subject, each.predicate, each.object) for each in triples)
    return engine


def _solutions(answers: Iterable[object], *, once: bool = False) -> Result:
    """The solutions of one query, or of one that was asked several times; with *once* each is kept once."""
    result = Result("SELECT")
    result.vars, result.bindings = [], []
    for found in answers:
        assert isinstance(found, QuerySolutions)
        result.vars = names = [Name(each.value) for each in found.variables]
        result.bindings += [
            {name: to_term(value) for name, value in zip(names, row, strict=True) if value is not None}
            for row in found
        ]
    if once:
        by_values = {tuple(sorted(each.items())): each for each in result.bindings}
        result.bindings = list(by_values.values())
    return result
