"""Documents of the Conference and its bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from facts.evidence import Sources, Table, conflicts, evidence, outside
from treatygraph.registry import Registry


def body_of(symbol: str, registry: Registry) -> str | None:
    """The body whose series a symbol belongs to, where it is one of the Conference; none for an unknown group."""
    group = re.match(r"CTOC/COP/WG\.\d+", symbol)
    wanted = group.group() if group else "CTOC/COP"
    return next((body.key for body in registry.bodies.values() if body.symbol == wanted), None)


def document(element: Mapping[str, Any], registry: Registry, sources: Sources) -> Table | None:
    """A document; None where extraction finds it."""
    if element.get("from_corpus"):
        return None
    where = element.get("session") or element.get("meeting")
    report = "report" in element.get("kind", "")
    agenda = element["title"] == "Provisional agenda"
    table = {
        "key": element["key"],
        "kind": "report" if report else "agenda" if agenda else None,
        "title": None if "title not seen" in element.get("note", "") else element["title"],
        "date": element.get("date"),
        "body": body_of(element["symbol"], registry),
        "report_of": where if report else None,
        "submitted_to": None if report else where,
        "item": element.get("item"),
        "regarding": element.get("provisions", []),
        "note": element.get("note"),
    }
    evidence(table, outside(element), sources)
    table["conflict"] = conflicts(element, sources)
    return table
