"""Statements about an agenda: its items, what they concern, their documents, and the programme of work."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.cite import OWN_SYMBOL
from treatygraph.graph.evidence import date, integer, label, time
from treatygraph.graph.iris import iri, item_key, slot_key
from treatygraph.graph.labels import class_of, item_order
from treatygraph.graph.statements_text import Context, citation_key
from treatygraph.graph.terms import TG
from treatygraph.model.citations import Citation, CitationKind
from treatygraph.model.tree import AgendaItem, DocumentationEntry, Place, Slot

_WHERE: Final = {
    Place.TITLE: "title",
    Place.PROGRAMME: "title",
    Place.ANNOTATION: "annotation",
    Place.FOOTNOTE: "annotation",
    Place.DOCUMENTATION: "documentation",
}
"""What ``tg:where`` says for each part of an agenda: the programme of work prints titles again."""

_CONCERNS: Final = {TG.Provision: TG.concernsProvision, TG.Treaty: TG.concernsInstrument}


def item_node_key(context: Context, number: str) -> str | None:
    """The key of the agenda item of that number, or None when the document has no such item."""
    identity, item = context.extraction.identity, context.extraction.tree.item(number)
    return item_key(identity.happening or identity.key, item.path) if item else None


def agenda_statements(context: Context) -> None:
    """States the items of the agenda with their titles, order and parents, and everything that hangs on them."""
    for order, item in enumerate(context.extraction.tree.items, start=1):
        _item(context, item, order)
    for citation in context.extraction.citations.citations:
        _concerns(context, citation)
    _documentation(context)
    for slot in context.extraction.tree.slots:
        _slot(context, slot)


def _item(context: Context, item: AgendaItem, order: int) -> None:
    statements, identity = context.statements, context.extraction.identity
    holder = identity.happening or identity.key
    key = item_key(holder, item.path)
    node = statements.node(key, TG.AgendaItem, f"Item {item.number}: {item.title}")
    context.describe.known(key)
    statements.add(node, TG.number, Literal(item.number))
    statements.add(node, TG.order, integer(item_order(item.number, order)))
    above = item_node_key(context, item.parent) if item.parent else None
    statements.add(node, TG.partOf, iri(above) if above else context.describe(holder))
    evidence = (context.passage(item.span, "agenda.item", f"title of item {item.number}"),)
    words = label(item.title, context.extraction.tree.source.language)
    statements.edge(node, TG.title, words, supports=evidence)


def _concerns(context: Context, citation: Citation) -> None:
    target = citation.target or ""
    key = item_node_key(context, citation.agenda_item) if citation.agenda_item else None
    where = _WHERE.get(Place(citation.place)) if citation.place else None
    if key is None:
        return
    support = iri(citation_key(context.expression, citation))
    context.statements.add(support, TG.agendaItem, iri(key))
    if where is None or not target.startswith("treaty/"):
        return
    predicate = _CONCERNS[class_of(target)]
    context.statements.edge(iri(key), predicate, context.describe(target), supports=(support,), where=where)


def _documentation(context: Context) -> None:
    for entry in context.extraction.tree.documentation:
        key = item_node_key(context, entry.item)
        for citation in context.extraction.citations.resolved:
            listed = citation.kind is CitationKind.DOCUMENT and entry.span.contains(citation.span)
            if key is None or not listed or citation.target is None:
                continue
            support = iri(citation_key(context.expression, citation))
            context.statements.edge(
                iri(key),
                TG.documentation,
                context.describe(citation.target),
                supports=(support,),
                listed_as=entry.listed_as,
            )
        if key is not None:
            _listed_itself(context, iri(key), entry)


def _listed_itself(context: Context, item: NamedNode, entry: DocumentationEntry) -> None:
    """A document that stands in its own list: its symbol there is no citation, and lists it all the same."""
    for each in context.extraction.citations.rejected:
        if each.rule == OWN_SYMBOL and entry.span.contains(each.span):
            words = context.passage(each.span, "documentation.own-symbol", "the document itself, as listed")
            context.statements.edge(
                item, TG.documentation, context.document, supports=(words,), listed_as=entry.listed_as
            )


def _slot(context: Context, slot: Slot) -> None:
    statements, identity = context.statements, context.extraction.identity
    holder = identity.happening or identity.key
    key = slot_key(holder, slot.date, slot.start, slot.room)
    node = statements.node(key, TG.Slot, f"{slot.date}, {slot.start}–{slot.end}")
    context.describe.known(key)
    statements.add(node, TG.partOf, context.describe(holder))
    statements.add(node, TG.date, date(slot.date))
    statements.add(node, TG.startTime, time(slot.start))
    statements.add(node, TG.endTime, time(slot.end))
    for number, span in slot.items:
        item = item_node_key(context, number)
        if item is not None:
            words = context.statements.passage(
                context.expression,
                context.text,
                slot.span,
                "programme.slot",
                f"slot of item {number}",
                quote=span,
            )
            _schedule(context, iri(item), node, words)


def _schedule(context: Context, item: NamedNode, slot: NamedNode, words: NamedNode) -> None:
    context.statements.edge(item, TG.scheduledIn, slot, supports=(words,))
