"""Sessions and meetings, with the items of their agendas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from facts.evidence import Sources, Table, conflicts, evidence, outside, period, shows_words
from treatygraph.registry import Registry


def named_instruments(title: str, registry: Registry) -> list[str]:
    """The instruments that a title names, longest name first, each stretch read once."""
    names = sorted(
        (
            (alias, one.key)
            for one in registry.instruments.values()
            for alias in (one.name, *(a.text for a in one.aliases))
        ),
        key=lambda pair: (-len(pair[0]), pair),
    )
    found = []
    for name, key in names:
        if re.search(rf"\b{re.escape(name)}\b", title):
            title = title.replace(name, "\0")
            found.append(key)
    return sorted(set(found))


def note_of(element: Mapping[str, Any]) -> str | None:
    """Notes and precision, and what has no field of its own, as one text."""
    extra = [
        element.get("note"),
        element.get("precision"),
        element.get("period") and f"period: {element['period']}",
    ]
    return "; ".join(each for each in extra if each) or None


def happening(element: Mapping[str, Any], registry: Registry, sources: Sources) -> Table | None:
    """A session or meeting; None where extraction finds it."""
    found = outside(element)
    if element.get("from_corpus") and not (found and element.get("conflicts")):
        return None
    items = [
        {
            "number": item["number"],
            "title": item["title"],
            "concerns": item.get("provisions") or named_instruments(item["title"], registry),
            "note": item.get("note"),
        }
        for item in element.get("agenda_items", ())
    ]
    table = {
        "key": element["key"],
        "held_by": element.get("bodies") or [element["body"]],
        "date": period(element["start"], element["end"]),
        "place": element["place"],
        "during": element.get("during"),
        "joint_with": element.get("joint_with"),
        "mode": element.get("mode"),
        "participation": element.get("participation"),
        "topics": [topic["title"] for topic in element.get("topics", ())],
        "full_agenda": len(items) > 1,
        "note": note_of(element),
    }
    if element.get("from_corpus"):
        # The days rest on a document's own words, which extraction reads; the source beside it prints the month alone.
        table["date"] = period(element["start"][:7], element["end"][:7])
    evidence(table, found, sources)
    others = [each["source"] for each in element.get("conflicts", ())]
    place = table["place"] or ""
    shows = [each for each in others if place and shows_words(place, each["quote"])]
    if shows and not any(shows_words(place, each["quote"]) for each in found):
        table.setdefault("sources_of", {})["place"] = [sources.key(each) for each in shows]
    table["conflict"] = conflicts(element, sources)
    table["item"] = items
    return table
