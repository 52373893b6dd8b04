"""An extraction as the JSON object of the extraction contract (design §6)."""

from __future__ import annotations

from typing import Any

from treatygraph.cite import OWN_SYMBOL, instrument_of
from treatygraph.model.actions import Action, Happening, Recurrence
from treatygraph.model.citations import Citation, CitationKind
from treatygraph.model.extraction import Extraction
from treatygraph.model.tree import DateRange
from treatygraph.registry.values import Registry


def to_contract(extraction: Extraction, registry: Registry) -> dict[str, Any]:
    """The contract's object; offsets are code points into its "text"."""
    tree = extraction.tree
    return {
        "text": tree.source.text,
        "document": _document(extraction),
        "agenda_items": [
            {"number": each.number, "parent": each.parent, "title": each.title}
            | _span(each.span.start, each.span.end)
            for each in tree.items
        ],
        "provisions": _provisions(extraction, registry),
        "paragraphs": [
            {"number": each.number, "kind": each.kind.value} | _span(each.span.start, each.span.end)
            for each in tree.paragraphs
        ],
        "citations": [_citation(each) for each in extraction.citations.citations],
        "acts": [_act(each, tree.source.text) for each in extraction.actions],
        "happenings": [_happening(each) for each in extraction.happenings if each.dated],
        "schedule": [
            {
                "date": slot.date,
                "start": slot.start,
                "end": slot.end,
                "items": [number for number, _ in slot.items],
            }
            for slot in tree.slots
        ],
        "documentation": _documentation(extraction),
    }


def _span(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


def _document(extraction: Extraction) -> dict[str, Any]:
    front, identity, tree = extraction.tree.front, extraction.identity, extraction.tree
    return {
        "symbol": identity.symbol,
        "symbol_inferred": identity.symbol_inferred,
        "kind": tree.kind.value,
        "date": _day(front.issued),
        "reissued": _day(front.reissued),
        "reissue_note": front.reissue_note,
        "distribution": front.distribution,
        "language": tree.source.language,
        "body": identity.body,
        "convened_by": identity.convened_by,
        "happening": identity.happening,
        "place": front.place[0] if front.place else None,
        "title": " ".join(front.title[0].split()) if front.title else None,
    }


def _day(dated: DateRange | None) -> str | None:
    return str(dated.start) if dated else None


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        **_span(citation.span.start, citation.span.end),
        "text": citation.text,
        "kind": citation.kind.value,
        "target": citation.target,
        "reason": citation.reason.value if citation.reason else None,
        "agenda_item": citation.agenda_item,
        "rule": citation.rule,
    }


def _act(action: Action, text: str) -> dict[str, Any]:
    dated = action.date
    return {
        **_span(action.span.start, action.span.end),
        "verb": action.verb,
        "modality": action.modality.value,
        "actor": action.actor,
        "addressee": action.addressee,
        "addressees": list(action.addressees),
        "addressee_text": action.addressee_text,
        "source": action.source,
        "date": str(dated.start) if dated else None,
        "provisions": list(action.provisions),
        "deliverables": [{**_span(e.span.start, e.span.end), "text": e.text} for e in action.deliverables],
        "deadlines": [
            {
                **_span(each.span.start, each.span.end),
                "text": each.text,
                "date": str(each.date) if each.date else None,
                "happening": each.key,
            }
            for each in action.deadlines
        ],
        "occasions": [
            {**_span(each.span.start, each.span.end), "text": each.text, "happening": each.key}
            for each in action.occasions
        ],
        "recurrence": _recurrence(action.recurrence),
        "builds_on": list(dict.fromkeys(each.key for each in action.builds_on)),
        "summary": " ".join(text[action.span.start : action.span.end].split()),
        "agenda_item": action.agenda_item,
    }


def _recurrence(often: Recurrence | None) -> dict[str, Any] | None:
    if often is None:
        return None
    return {**_span(often.span.start, often.span.end), "text": often.text, "interval": often.interval}


def _happening(happening: Happening) -> dict[str, Any]:
    assert happening.dated is not None
    return {
        "id": happening.key,
        "place": happening.place[0] if happening.place else None,
        "start": str(happening.dated.start),
        "end": str(happening.dated.end),
    }


def _documentation(extraction: Extraction) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {}
    for entry in extraction.tree.documentation:
        for citation in extraction.citations.resolved:
            inside = citation.kind is CitationKind.DOCUMENT and entry.span.contains(citation.span)
            if inside and citation.target and citation.target not in listed.setdefault(entry.item, []):
                listed[entry.item].append(citation.target)
        # A document that lists itself before its meeting cites nothing, and is listed all the same.
        rejected = (each for each in extraction.citations.rejected if each.rule == OWN_SYMBOL)
        own = any(entry.span.contains(each.span) for each in rejected)
        if own and extraction.identity.key not in listed.setdefault(entry.item, []):
            listed[entry.item].append(extraction.identity.key)
    return {item: keys for item, keys in listed.items() if keys}


def _provisions(extraction: Extraction, registry: Registry) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for treaty in extraction.tree.treaties:
        stem = instrument_of(treaty, registry) or extraction.identity.key
        rows += [
            {"key": "/".join((stem, *unit.path)), "title": unit.title} | _span(unit.span.start, unit.span.end)
            for unit in treaty.provisions
        ]
    return rows
