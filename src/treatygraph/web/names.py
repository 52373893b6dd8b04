"""What terms are called on pages: labels of the ontology, and where our own pages of things are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import ELI, OA, ORG, PREFIXES, PROV, RDFS, SKOS, SUPERCLASSES, TG
from treatygraph.model.assets import assets

_SAFE: Final = "/@():,;=+$!*'~"
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


# Terms of others that pages show and our ontology does not name.
_FOREIGN: Final = {
    OA.hasBody.value: "mentions",
    OA.hasTarget.value: "stands at",
    OA.hasSource.value: "is a stretch of",
    RDFS.label.value: "name",
    PROV.hadPrimarySource.value: "source",
    RDFS.comment.value: "note",
    SKOS.altLabel.value: "also called",
    ORG.classification.value: "kind of body",
    ORG.subOrganizationOf.value: "part of",
    ELI.realizes.value: "text of",
    ELI.is_part_of.value: "part of",
    ELI.has_part.value: "has the part",
    ELI.is_realized_by.value: "has the text",
}


@cache
def _labels() -> dict[str, str]:
    """IRI → English label, of all terms that the ontology names."""
    path = assets() / "ontology" / "treatygraph.ttl"
    return {
        quad.subject.value: quad.object.value
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if quad.predicate == RDFS.label
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
    }


def term_label(iri: str) -> str:
    """What a property or class is called: the ontology's label, or the words of its name."""
    return (
        _FOREIGN.get(iri)
        or _labels().get(iri)
        or _WORD.sub(" ", re.split(r"[#/]", iri)[-1]).replace("_", " ").lower()
    )


def compact(iri: str) -> str:
    """A term as a prefixed name where there is a prefix, else its IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def kinds(types: Iterable[NamedNode]) -> list[str]:
    """The labels of the classes of ours among *types*, without those that another of them implies."""
    given = set(types)
    implied = {parent for each in given for parent in SUPERCLASSES.get(each, ())}
    ours = [each.value for each in given - implied if each.value.startswith(TG.NAMESPACE)]
    return sorted(map(term_label, ours))


def page_of(iri: str) -> str | None:
    """The address of our page of a thing or a term of ours; None for IRIs of others."""
    if iri.startswith(THINGS):
        key, mark, fragment = iri[len(THINGS) :].partition("#")
        return f"/doc/{quote(key, safe=_SAFE)}" + (f"#{quote(fragment)}" if mark else "")
    if iri.startswith(TG.NAMESPACE):
        return f"/ontology#{quote(iri[len(TG.NAMESPACE) :])}"
    return None
