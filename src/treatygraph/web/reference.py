"""``/shapes`` and ``/rules``: what every graph must keep, and by which rules texts are read, for people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, request
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from treatygraph.cite.rules import RULES, Rule
from treatygraph.graph.terms import RDF, RDFS, TG
from treatygraph.model.assets import assets
from treatygraph.web.asking import asker, integers
from treatygraph.web.caching import conditional
from treatygraph.web.names import compact, page_of, term_label
from treatygraph.web.negotiate import GRAPHS, HTML, Form, choose
from treatygraph.web.things import rdf_bytes

reference = Blueprint("reference", __name__)

SHAPES: Final = "https://w3id.org/treatygraph/shapes#"
"""The namespace of the shapes (``tgs:``)."""

_SH: Final = "http://www.w3.org/ns/shacl#"
_REMEDY: Final = " To mend it, "
Node = NamedNode | BlankNode | Triple
Said = dict[Node, dict[NamedNode, list[NamedNode | BlankNode | Literal | Triple]]]


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a shape asks: what is wrong where it is not kept, and how to mend it."""

    wrong: str
    mend: str
    path: str | None
    """The property that it is about."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape."""

    name: str
    label: str
    targets: tuple[tuple[str, str | None], ...]
    """What it looks at: words, and the address of the term."""
    warning: bool
    """Whether a graph may break it and still be taken."""
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class ShapesFile:
    """The shapes of one file, and what they are for."""

    title: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule with its example in pieces: before, the words that it finds, after; and how much it has read here."""

    rule: Rule
    example: tuple[str, str, str]
    count: int


@reference.get("/shapes")
@reference.get("/shapes.<suffix>")
def shapes(suffix: str | None = None) -> Response:
    """The shapes in the form that the address or the client names."""
    form = choose(request.accept_mimetypes, (*GRAPHS, HTML), suffix or request.args.get("format"))
    return conditional(0, form.name, lambda: _give_shapes(form))


def _give_shapes(form: Form) -> Response:
    if form is HTML:
        return Response(render_template("shapes.html", files=_shapes(), forms=GRAPHS))
    if form is GRAPHS[0]:
        # The files themselves: their comments and order help a reader.
        return Response("\n".join(map(_text, _paths())), content_type=form.content_type)
    triples = sorted({each for path in _paths() for each in _triples(path)}, key=str)
    return Response(rdf_bytes(triples, form), content_type=form.content_type)


@reference.get("/rules")
def rules() -> Response:
    """The rules by which references are read, each with an example."""
    ask = asker()
    counts = ask.keep("rules", lambda: dict(integers(ask.rows("about_rules"), "rule", "count")))
    entries = tuple(RuleEntry(rule, _example(rule), counts.get(rule.id, 0)) for rule in RULES)
    known = {rule.id for rule in RULES}
    others = tuple((name, count) for name, count in counts.items() if name not in known)
    return conditional(
        ask.pool.generation(),
        "html",
        lambda: Response(render_template("rules.html", entries=entries, others=others)),
    )


def _example(rule: Rule) -> tuple[str, str, str]:
    if not rule.finds:
        return rule.example, "", ""
    before, found, after = rule.example.partition(rule.finds)
    return before, found, after


@cache
def _paths() -> tuple[Path, ...]:
    return tuple(sorted((assets() / "ontology" / "shapes").glob("*.ttl")))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _triples(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


@cache
def _shapes() -> tuple[ShapesFile, ...]:
    return tuple(ShapesFile(_title(path), _shapes_of(_triples(path))) for path in _paths())


def _title(path: Path) -> str:
    """The first comment of a file says what it is for."""
    first = _text(path).partition("\n")[0]
    return first.lstrip("# ").rstrip(".") or path.stem


def _shapes_of(triples: list[Triple]) -> tuple[Shape, ...]:
    said: Said = defaultdict(lambda: defaultdict(list))
    for each in triples:
        said[each.subject][each.predicate].append(each.object)
    names = [
        thing
        for thing in list(said)
        if isinstance(thing, NamedNode)
        and _sh("NodeShape") in said[thing][RDF.type]
        and SHAPES in thing.value
    ]
    return tuple(_shape(name, said) for name in names)


def _shape(name: NamedNode, said: Said) -> Shape:
    own = said[name]
    demands = [
        Demand(*_halves(message.value), path=_path(said[each].get(_sh("path"), [])))
        for kind in ("property", "sparql")
        for each in own[_sh(kind)]
        if isinstance(each, NamedNode | BlankNode)
        for message in said[each][_sh("message")]
        if isinstance(message, Literal)
    ]
    demands += [
        Demand(*_halves(each.value), path=None) for each in own[_sh("message")] if isinstance(each, Literal)
    ]
    label = next((each.value for each in own[RDFS.label] if isinstance(each, Literal)), "")
    return Shape(
        name=name.value[len(SHAPES) :],
        label=label,
        targets=tuple(_targets(own)),
        warning=_sh("Warning") in own[_sh("severity")],
        demands=tuple(sorted(demands, key=lambda each: (each.path or "", each.wrong))),
    )


def _targets(
    own: dict[NamedNode, list[NamedNode | BlankNode | Literal | Triple]],
) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for kind, words in (
        ("targetClass", "each "),
        ("targetSubjectsOf", "what has "),
        ("targetObjectsOf", "values of "),
    ):
        for each in own[_sh(kind)]:
            if isinstance(each, NamedNode):
                name = term_label(each.value) if each.value.startswith(TG.NAMESPACE) else compact(each.value)
                found.append((words + name, page_of(each.value)))
    if own[_sh("targetNode")]:
        found.append(("the whole graph", None))
    return found


def _path(values: list[NamedNode | BlankNode | Literal | Triple]) -> str | None:
    return next((compact(each.value) for each in values if isinstance(each, NamedNode)), None)


def _halves(message: str) -> tuple[str, str]:
    """What is wrong, and how to mend it: messages have both (``validate`` splits its report there, too)."""
    wrong, _, mend = message.partition(_REMEDY)
    return wrong, mend[:1].upper() + mend[1:]


def _sh(name: str) -> NamedNode:
    return NamedNode(_SH + name)
