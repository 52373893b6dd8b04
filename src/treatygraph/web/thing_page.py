"""The page of a thing as values: head, facts with evidence, what its kind adds, what points here, what is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.terms import ELI, OA, ORG, SKOS, TG
from treatygraph.web.asking import Asker
from treatygraph.web.names import kinds
from treatygraph.web.pages import kind_of
from treatygraph.web.pages.desk import Desk, points_of
from treatygraph.web.pages.evidence import Edges, supports, words_of
from treatygraph.web.pages.facts import properties
from treatygraph.web.pages.gaps import stated
from treatygraph.web.pages.links import cell, mark_of, node, numbers
from treatygraph.web.pages.schema_org import schema_org
from treatygraph.web.pages.subject import Subject, subject_of
from treatygraph.web.pages.tables import COMMON
from treatygraph.web.pages.values import Link, ThingPage, Words

# The nearest whole first: what a thing is part of says more than who holds it.
_UP = (
    ELI.is_part_of,
    TG.partOf,
    ELI.realizes,
    TG.countOf,
    TG.heldBy,
    TG.documentOf,
    ORG.subOrganizationOf,
)
_MOST_CRUMBS = 8
_UNITS = {
    "art": "art.",
    "para": "para.",
    "chapter": "chap.",
    "part": "part",
    "annex": "annex",
    "section": "sect.",
}


def thing_page(asker: Asker, key: str, turned: Mapping[str, int] | None = None) -> ThingPage:
    """The page of the thing with that key, which is in the graph; *turned* says which pages of lists are shown."""
    subject = subject_of(asker, key)
    kind = kind_of(subject.types)
    desk = Desk(asker, subject, points_of(asker, subject), Edges(), turned or {})
    facts = properties(
        subject,
        desk.edges,
        first=kind.first,
        elsewhere=(*kind.elsewhere, TG.gap, TG.unverified),
        last=(SKOS.altLabel,),  # names in six languages
    )
    parts = kind.parts(desk)
    points = desk.listing(
        "points", [point for point in desk.points if not kind.takes(point)], length=kind.length
    )
    if kind.of == TG.Edge:
        desk.edges.add(subject.node)
    evidence = supports(asker, list(desk.edges.nodes), most=kind.evidence)
    own = evidence.get(subject.node.value)
    label, named = subject.label, kind.named(subject)
    crumbs = _crumbs(asker, subject)
    return ThingPage(
        key=key,
        iri=subject.node.value,
        label=named or (label.value if label else key),
        language=label.language if label and not named else None,
        title=_title(subject),
        kinds=tuple(kinds(subject.types)),
        mark=mark_of(subject.node.value),
        identifier=_identifier(subject),
        template=kind.template,
        crumbs=crumbs,
        words=own.words if own else _own_words(asker, subject),
        properties=facts,
        parts=parts,
        points=points,
        gaps=(*stated(subject), *parts.gaps),
        tables=(*COMMON, *parts.tables),
        held=bool(subject.values),
        statements=sum(int(row["count"].value) for row in asker.rows("statements", thing=subject.node)),
        schema_org=schema_org(subject, crumbs),
        evidence=evidence,
    )


def _own_words(asker: Asker, subject: Subject) -> tuple[Words, ...]:
    quoted = OA.hasTarget in subject.values or TG.clause in subject.values
    return words_of(asker, subject.node) if quoted else ()


def _crumbs(asker: Asker, subject: Subject) -> tuple[Link, ...]:
    """The way up from the thing, the widest whole first."""
    above: dict[NamedNode, list[tuple[int, NamedNode, Link]]] = defaultdict(list)
    for row in asker.rows("up", thing=subject.node):
        if (whole := cell(row, "whole", "label")) is not None:
            rank = _UP.index(node(row, "property"))
            above[node(row, "from")].append((rank, node(row, "whole"), whole))
    way: dict[NamedNode, Link] = {}
    here = subject.node
    while here in above and len(way) < _MOST_CRUMBS:
        _, here, whole = min(above[here], key=lambda each: (each[0], each[1].value))
        if here in way or here == subject.node:
            break
        way[here] = whole
    return tuple(reversed(way.values()))


def _title(subject: Subject) -> Literal | None:
    """The title that the text itself bears, where the label does not say it; none where sources disagree."""
    titles = [each for each in subject.values.get(TG.title, ()) if isinstance(each, Literal)]
    label = subject.label.value if subject.label else ""
    return titles[0] if len(titles) == 1 and titles[0].value not in label else None


def _identifier(subject: Subject) -> str | None:
    """The identifier as printed: a symbol, "art. 16, para. 5 (a)"; None where the thing has none."""
    if symbols := subject.texts(TG.symbol):
        return symbols[0]
    if TG.Provision in subject.types:
        return provision_number(subject.texts(ELI.id_local)[0] if ELI.id_local in subject.values else "")
    return next(iter(subject.texts(TG.number)), None)


def provision_number(local: str) -> str | None:
    """The number of a provision by its local id: "art/16/para/5/a" → "art. 16, para. 5 (a)"."""
    groups: list[list[str]] = []
    for step in local.split("/"):
        if step in _UNITS:
            groups.append([_UNITS[step]])
        elif groups:
            groups[-1].append(step)
    return ", ".join(f"{unit} {numbers(steps)}" for unit, *steps in groups if steps) or None
