"""The Convention and its Protocols: how they were adopted, when they entered into force, who is a party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from facts.evidence import CORPUS, Source, Sources, Table, evidence, outside


def adopting(instruments: Iterable[Mapping[str, Any]], sources: Sources) -> list[Table]:
    """One action for each resolution that adopted instruments."""
    rows: dict[str, Table] = {}
    found: dict[str, list[Source]] = {}
    for element in instruments:
        text = element["adopted_by"]
        row = rows.setdefault(
            text,
            {
                "name": f"adopt-{element['key'].removeprefix('treaty/')}",
                "source": text,
                "actors": ["body/unga"],
                "verb": "adopt",
                "adopts": [],
                "date": element["adopted"],
            },
        )
        row["adopts"].append(element["key"])
        found.setdefault(text, []).extend(
            each for each in outside(element) if each["quote"].startswith("Adopts")
        )
    for text, row in rows.items():
        row["says"] = "adopts the instrument" if len(row["adopts"]) == 1 else "adopts the instruments"
        evidence(row, found[text], sources)
    return list(rows.values())


def instrument(element: Mapping[str, Any], adopted_by: Mapping[str, list[Source]], sources: Sources) -> Table:
    """What is known of an instrument; its adoption rests on the quotes that say "Adopts"."""
    table = {
        "key": element["key"],
        "adopted": element["adopted"],
        "entry_into_force": element["entry_into_force"],
        "published_in": element["unts"]["key"],
        "note": element.get("note"),
    }
    found = [*outside(element)]
    found += [each for each in adopted_by[element["adopted_by"]] if each not in found]
    evidence(table, found, sources)
    table.setdefault("sources_of", {})["published_in"] = [sources.key(element["unts_source"])]
    table["parties"] = [
        {
            "date": each["date"],
            "count": each["parties"],
            "sources": [sources.key(each["source"])],
            # One counts member States, the other parties; the facts keep them as a conflict.
            "disputed": element["key"] == "treaty/untoc" and each["date"] in ("2014-10", "2015-01"),
        }
        for each in element["parties"]
        if each["source"]["seen"] != CORPUS
    ]
    return table
