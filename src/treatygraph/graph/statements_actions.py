"""Statements about actions, mandates, happenings and what is said of other documents."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.describe import concept
from treatygraph.graph.evidence import calendar, date, label, local_name
from treatygraph.graph.iris import digest, fragment, iri, key_of
from treatygraph.graph.labels import ADOPTION
from treatygraph.graph.statements_agenda import item_node_key
from treatygraph.graph.statements_text import Context, date_edges
from treatygraph.graph.terms import TG, XSD
from treatygraph.model.actions import (
    Action,
    Deadline,
    Deliverable,
    DocumentLink,
    Happening,
    ObjectRelation,
    Occasion,
    Recurrence,
    Related,
)

_OBJECTS: Final = {
    ObjectRelation.OBJECT: TG.object,
    ObjectRelation.ADOPTS: TG.adopts,
    ObjectRelation.ESTABLISHES: TG.establishes,
    ObjectRelation.RENEWS: TG.renews,
    ObjectRelation.AMENDS: TG.amends,
    ObjectRelation.ENDORSES: TG.endorses,
}
_LINKS: Final = {"reportOf": TG.reportOf, "submittedTo": TG.submittedTo, "regarding": TG.regarding}
_NUMBERED: Final = ("act/", "document/")
Worded = Deliverable | Deadline | Occasion | Recurrence


def action_key(context: Context, action: Action) -> str:
    """The key of an action: ``{text}/adoption`` where it adopts a numbered decision or resolution, else by hash."""
    adopted = [each.key for each in action.objects if each.relation == ObjectRelation.ADOPTS]
    if (
        action.verb == "adopt"
        and len(adopted) == 1
        and adopted[0].startswith(_NUMBERED)
        and _numbered(adopted[0])
    ):
        return adopted[0] + ADOPTION
    addressee = action.addressees[0] if action.addressees else None
    parts = (
        action.span.start,
        action.span.end,
        action.verb,
        iri(addressee) if addressee else action.addressee_text,
    )
    return f"action/{digest(context.expression, *parts)}"


def _numbered(key: str) -> bool:
    return key.startswith("act/") or "/RES/" in key or "/DEC/" in key


def mandate_key(action: NamedNode, body: NamedNode) -> str:
    """The key of a mandate: from the action and the body that it asks."""
    return f"mandate/{digest(action, body)}"


def action_statements(context: Context) -> None:
    """States every action with its evidence, one mandate for each body it asks, and the items that follow it."""
    for action in context.extraction.actions:
        key = action_key(context, action)
        said_by = _action(context, action, key)
        for related in action.builds_on:
            _related(context, iri(key), TG.buildsOn, related, said_by)


def _action(context: Context, action: Action, key: str) -> NamedNode:
    """States an action; what says so: the action itself, or a passage (``_words``)."""
    statements, describe = context.statements, context.describe
    node = statements.node(key, TG.Action, _action_label(context, action))
    describe.known(key)
    said_by = _words(context, action, node)
    statements.add(node, TG.verb, concept("verb", action.verb))
    statements.add(node, TG.modality, concept("modality", action.modality.value))
    statements.add(node, TG.rule, Literal(action.rule))
    if action.addressee_text:
        statements.add(node, TG.addresseeText, Literal(" ".join(action.addressee_text.split())))
    for predicate, target in _roles(action):
        statements.edge(node, predicate, describe(target), supports=(said_by,))
    if action.method:
        statements.edge(node, TG.method, concept("method", action.method), supports=(said_by,))
    for related in action.objects:
        _related(context, node, _OBJECTS[ObjectRelation(related.relation)], related, said_by)
    for related in action.regarding:
        _related(context, node, TG.regarding, related, said_by)
    _asked(context, action, node, said_by)
    if action.date:
        date_edges(statements, node, action.date.text, action.date, (said_by,))
    for body in action.addressees:
        if body.startswith("body/"):
            _mandate(context, action, node, body, said_by)
    _under_item(context, action, node, said_by)
    return said_by


def _words(context: Context, action: Action, node: NamedNode) -> NamedNode:
    """States which words tell the action; the node that they make evidence.

    An action of this text alone is its own evidence, by its clause. The adoption of a decision or resolution has one
    node for all texts that tell it, so the words are a passage of this text, and the clause is the stretch of that.
    """
    statements, span, verb = context.statements, action.span, action.verb_span
    key = key_of(node)
    if not key.endswith(ADOPTION):
        clause = statements.selector(key, "clause", context.expression, context.text, span, verb)
        statements.add(node, TG.clause, clause)
        return node
    passage = statements.passage(
        context.expression, context.text, span, action.rule, "adoption told", quote=verb
    )
    statements.add(node, TG.clause, fragment(key_of(passage), "target"))
    return passage


def _roles(action: Action) -> list[tuple[NamedNode, str]]:
    roles = [
        (TG.actor, action.actor),
        (TG.source, action.source),
        *((TG.addressee, each) for each in action.addressees),
    ]
    return [(predicate, key) for predicate, key in roles if key is not None]


def _related(
    context: Context, node: NamedNode, predicate: NamedNode, related: Related, said_by: NamedNode
) -> None:
    supports = (said_by, *context.citations_at(related.span, related.key))
    context.statements.edge(node, predicate, context.describe(related.key), supports=supports)


def _mandate(context: Context, action: Action, giver: NamedNode, body: str, said_by: NamedNode) -> None:
    statements, describe = context.statements, context.describe
    key = mandate_key(giver, iri(body))
    name = f"{describe.name(body)} is to act: {_action_label(context, action)}"
    node = statements.node(key, TG.Mandate, name)
    statements.add(node, TG.fromAction, giver)
    statements.add(giver, TG.mandate, node)
    statements.edge(node, TG.addressee, describe(body), supports=(said_by,))
    if action.actor:
        statements.edge(node, TG.givenBy, describe(action.actor), supports=(said_by,))
    for related in action.regarding:
        _related(context, node, TG.regarding, related, said_by)
    _asked(context, action, node, said_by)


def _asked(context: Context, action: Action, node: NamedNode, said_by: NamedNode) -> None:
    """States of an action or mandate what is to be made, by when, at which session or meeting, and how often."""
    for happening in action.happenings:
        _related(context, node, TG.occasion, happening, said_by)
    for made in action.deliverables:
        _worded(context, node, TG.deliverable, made)
    for at in action.occasions:
        if at.key is None:
            _worded(context, node, TG.occasionText, at)
    for due in action.deadlines:
        words = _worded(context, node, TG.deadlineText, due)
        if due.date is not None:
            context.statements.edge(node, TG.deadline, calendar(due.date), supports=(words,))
            context.statements.edge(node, TG.dueBy, date(due.date.latest), supports=(words,))
    if action.recurrence:
        words = _worded(context, node, TG.recurrenceText, action.recurrence)
        if action.recurrence.interval:
            interval = Literal(action.recurrence.interval, datatype=XSD.duration)
            context.statements.edge(node, TG.recurrence, interval, supports=(words,))


def _worded(context: Context, node: NamedNode, predicate: NamedNode, said: Worded) -> NamedNode:
    """States the words of a detail; the passage that shows them, which is their evidence."""
    passage = context.passage(said.span, said.rule, local_name(predicate))
    words = label(said.text, context.extraction.tree.source.language)
    context.statements.edge(node, predicate, words, supports=(passage,))
    return passage


def _under_item(context: Context, action: Action, node: NamedNode, said_by: NamedNode) -> None:
    key = item_node_key(context, action.agenda_item) if action.agenda_item else None
    if key is None:
        return
    context.statements.add(node, TG.agendaItem, iri(key))
    source, own = action.source or "", context.extraction.identity.happening
    if source.startswith(("meeting/", "session/")) and source != own:
        context.statements.edge(iri(key), TG.follows, node, supports=(said_by,))


def _action_label(context: Context, action: Action) -> str:
    actor = context.describe.name(action.actor) if action.actor else "(no body named)"
    to = [context.describe.name(each) for each in action.addressees] or [action.addressee_text or ""]
    source = context.describe.name(action.source) if action.source else ""
    words = [f"{actor}: {action.verb}", ", ".join(" ".join(each.split()) for each in to if each), source]
    return " — ".join(each for each in words if each)


def happening_statements(context: Context) -> None:
    """States when and where each happening was held, by whom, during what, and what it was about."""
    for happening in context.extraction.happenings:
        if happening.key is not None:
            _happening(context, happening, happening.key)


def _happening(context: Context, happening: Happening, key: str) -> None:
    statements, node = context.statements, context.describe(key)
    named = context.citations_at(happening.span, key) or (
        context.passage(happening.span, happening.rule, "happening"),
    )
    for body in happening.held_by:
        statements.edge(node, TG.heldBy, context.describe(body), supports=named)
    if happening.place:
        words, span = happening.place
        evidence = (context.passage(span, "happening.place", "place"),)
        statements.edge(node, TG.place, Literal(" ".join(words.split())), supports=evidence)
    if happening.dated:
        evidence = (context.passage(happening.dated.span, "happening.date", "dates"),)
        date_edges(statements, node, happening.dated.text, happening.dated, evidence)
    if happening.during and happening.during != key:
        statements.edge(node, TG.during, context.describe(happening.during), supports=named)
    for related in happening.regarding:
        supports = context.citations_at(related.span, related.key) or named
        statements.edge(node, TG.regarding, context.describe(related.key), supports=supports)


def link_statements(context: Context) -> None:
    """States what the text says of other documents: whose report, submitted where, regarding what."""
    for link in context.extraction.links:
        _link(context, link)


def _link(context: Context, link: DocumentLink) -> None:
    predicate = _LINKS[link.relation]
    name = f"{local_name(predicate)} of {link.document.removeprefix('document/')}"
    said = context.passage(link.span, link.rule, name, of=(link.target, link.document))
    evidence = (said, *context.citations_at(link.span, link.target))
    node = context.describe(link.document)
    context.statements.edge(node, predicate, context.describe(link.target), supports=evidence)
