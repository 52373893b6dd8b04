"""Walks from a provision or a body to what the graph says of it, each row with the way to its evidence.

The queries stand beside, in ``queries/*.rq``; a parameter is written ``$name_`` there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import edge_key, iri, key_of
from treatygraph.graph.terms import TG
from treatygraph.model.errors import QueryError
from treatygraph.model.store import Solutions, Store

_QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class ItemLink:
    """That an agenda item concerns a provision: keys, and ``where`` on the agenda the provision is named."""

    item: str
    number: str
    title: str | None
    provision: str
    happening: str
    earliest: str | None
    where: str
    edge: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action that regards a provision; ``when`` is its own earliest day or that of its source."""

    action: str
    verb: str
    actor: str | None
    addressee: str | None
    source: str | None
    provision: str
    when: str | None


@dataclass(frozen=True, slots=True)
class MandateRow:
    """What a body was asked to do; one row for each thing that it regards."""

    mandate: str
    given_by: str | None
    verb: str
    source: str | None
    regarding: str | None
    when: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports an edge: a stretch of a text with its words, or a source of the registry."""

    support: str
    quote: str | None
    prefix: str | None
    suffix: str | None
    start: int | None
    end: int | None
    expression: str | None
    rule: str | None
    address: str | None
    seen: str | None


@cache
def _query(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _rows(store: Store, name: str, **parameters: NamedNode) -> list[dict[str, str | None]]:
    text = _query(name)
    for parameter, node in parameters.items():
        text = text.replace(f"${parameter}_", str(node))
    answer = store.query(text)
    if not isinstance(answer, Solutions):
        raise QueryError(f"The query {name} is not a SELECT", remedy="Mend the file in history/queries.")
    return [
        {variable: _plain(term) for variable, term in zip(answer.variables, row, strict=True)}
        for row in answer.rows
    ]


def _plain(term: NamedNode | Literal | None) -> str | None:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return key_of(term) if term.value.startswith(iri("x").value[:-1]) else term.value
    return term.value


def items_concerning(store: Store, provision: str) -> tuple[ItemLink, ...]:
    """The agenda items that concern a provision or a part of it.

    *provision* is a key such as ``treaty/untoc/art/16``. Ordered by the first day of the meeting (undated last), then
    as on the agenda.
    """
    rows = _rows(store, "items_concerning", provision=iri(provision))
    return tuple(
        ItemLink(
            item=_need(row, "item"),
            number=_need(row, "number"),
            title=row["title"],
            provision=_need(row, "provision"),
            happening=_need(row, "happening"),
            earliest=row["earliest"],
            where=_need(row, "where"),
            edge=_need(row, "edge"),
        )
        for row in rows
    )


def actions_regarding(store: Store, provision: str) -> tuple[ActionRow, ...]:
    """The actions that regard a provision or a part of it, in order of time, undated last."""
    rows = _rows(store, "actions_regarding", provision=iri(provision))
    return tuple(
        ActionRow(
            action=_need(row, "action"),
            verb=_need(row, "verb").removeprefix("concept/verb/").replace("-", " "),
            actor=row["actor"],
            addressee=row["addressee"],
            source=row["source"],
            provision=_need(row, "provision"),
            when=row["when"],
        )
        for row in rows
    )


def mandates_of(store: Store, body: str) -> tuple[MandateRow, ...]:
    """What a body was asked to do, in order of time, undated last; *body* is a key such as ``body/un-secretariat``."""
    rows = _rows(store, "mandates_of", body=iri(body))
    return tuple(
        MandateRow(
            mandate=_need(row, "mandate"),
            given_by=row["givenBy"],
            verb=_need(row, "verb").removeprefix("concept/verb/").replace("-", " "),
            source=row["source"],
            regarding=row["regarding"],
            when=row["when"],
        )
        for row in rows
    )


def evidence_of(store: Store, subject: str, predicate: str, value: str) -> tuple[Evidence, ...]:
    """The words or sources behind one edge between two things.

    *subject* and *value* are keys, *predicate* is the name of a term of ours: ``evidence_of(graph,
    "meeting/ctoc-cop-wg3/7/item/4", "concernsProvision", "treaty/untoc/art/19")``. Ordered by place in the text.
    """
    edge = iri(edge_key(iri(subject), NamedNode(TG.NAMESPACE + predicate), iri(value)))
    return tuple(
        Evidence(
            support=_need(row, "support"),
            quote=row["quote"],
            prefix=row["prefix"],
            suffix=row["suffix"],
            start=int(row["start"]) if row["start"] else None,
            end=int(row["end"]) if row["end"] else None,
            expression=row["expression"],
            rule=row["rule"],
            address=row["address"],
            seen=row["seen"],
        )
        for row in _rows(store, "evidence_of", edge=edge)
    )


def _need(row: dict[str, str | None], name: str) -> str:
    value = row[name]
    if value is None:
        raise QueryError(f"A row lacks ?{name}", remedy="Validate the graph: treatygraph validate.")
    return value
