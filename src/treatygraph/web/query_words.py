"""What an editor can complete: prefixes, classes and properties of the ontology, keys of the graph."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from heapq import nsmallest
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from treatygraph.graph.iris import TERMS, THINGS
from treatygraph.graph.terms import OWL, PREFIXES, RDF, RDFS, SKOS, TG
from treatygraph.model.assets import assets
from treatygraph.web.asking import Asker
from treatygraph.web.names import compact, term_label

KEYS_AT_ONCE: Final = 60
_NUMBER = re.compile(r"(\d+)")


@cache
def vocabulary() -> dict[str, Any]:
    """``{"base", "prefixes": {name: namespace}, "terms": [{name, kind, label, definition}]}`` of the ontology.

    The terms are those of ours with their definitions, and those of other vocabularies that the ontology reuses.
    """
    path = assets() / "ontology" / "treatygraph.ttl"
    facts: dict[str, dict[str, str]] = {}
    reused: set[str] = set()
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        if not isinstance(quad.subject, NamedNode):
            continue
        if quad.predicate == TG.reuses and isinstance(quad.object, NamedNode):
            reused.add(quad.object.value)
        held = facts.setdefault(quad.subject.value, {})
        if isinstance(quad.object, Literal) and quad.predicate in (RDFS.label, SKOS.definition):
            held["label" if quad.predicate == RDFS.label else "definition"] = quad.object.value
        elif quad.predicate == RDF.type:
            held["kind"] = "class" if quad.object == OWL.Class else held.get("kind", "property")
    ours = {iri for iri in facts if iri.startswith(TERMS) and iri != TERMS}
    terms = [_term(iri, facts.get(iri, {})) for iri in ours | {iri for iri in reused if compact(iri) != iri}]
    return {
        "base": THINGS,
        "prefixes": dict(PREFIXES),
        "terms": sorted(terms, key=lambda term: term["name"].lower()),
    }


def _term(iri: str, held: dict[str, str]) -> dict[str, str]:
    name = compact(iri)
    # Classes are written with a capital in every vocabulary that we reuse.
    kind = held.get("kind") or ("class" if name.partition(":")[2][:1].isupper() else "property")
    term = {"name": name, "kind": kind, "label": held.get("label") or term_label(iri)}
    return term | ({"definition": held["definition"]} if "definition" in held else {})


def keys_from(ask: Asker, prefix: str) -> list[dict[str, str]]:
    """The keys that begin with *prefix*, the shallow ones first and numbers by value, with names; at most 60."""
    known = ask.keep("query keys", lambda: _keys(ask))
    start = bisect_left(known, (prefix, ""))
    end = bisect_left(known, (prefix + "\U0010ffff", ""))
    found = nsmallest(KEYS_AT_ONCE, known[start:end], key=_shallow_first)
    return [{"key": key, "name": name} for key, name in found]


def _keys(ask: Asker) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    for row in ask.rows("query_keys"):
        names.setdefault(row["key"].value, row["label"].value if "label" in row else "")
    return sorted(names.items())


def _shallow_first(pair: tuple[str, str]) -> tuple[int, list[tuple[int, str]]]:
    key = pair[0]
    parts = [(int(part), "") if part.isdecimal() else (0, part) for part in _NUMBER.split(key)]
    return key.count("/"), parts
