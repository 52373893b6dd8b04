"""Decisions, resolutions and recommendations: what they are, and what they did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from facts.evidence import (
    Source,
    Sources,
    Table,
    conflicts,
    evidence,
    outside,
    period,
    shows_date,
    shows_title,
)

CTOC = "body/ctoc-cop"
RULES = "document/ctoc-cop-rules-of-procedure"


def act(element: Mapping[str, Any], sources: Sources) -> Table | None:
    """A decision or resolution; None where extraction finds it."""
    if element.get("from_corpus"):
        return None
    about = element.get("about", [])
    bodies = [key for key in about if key.startswith("body/")]
    table = {
        "key": element["key"],
        "kind": element["kind"],
        "title": element["title"],
        "date": element["date"],
        "body": CTOC,
        "adopted_at": element["session"],
        "regarding": [key for key in about if key not in bodies],
        "cites": sorted((*bodies, *element.get("recalls", ()))),
        "note": element.get("note"),
    }
    evidence(table, outside(element), sources)
    table["conflict"] = conflicts(element, sources)
    return table


RELATIONS = ("establishes", "renews", "endorses")
VERBS = {"establishes": "establish", "renews": "renew", "endorses": "endorse"}
WORDS = {
    "establishes": "establishes the body",
    "renews": "continues the body",
    "endorses": "endorses the outcome",
}
TELLING = re.compile(r"establish|set up|constant element|launch|conven|pursuant to", re.IGNORECASE)


def actions_of(element: Mapping[str, Any], bodies: Mapping[str, Any], sources: Sources) -> list[Table]:
    """What a decision or resolution did: one action for each body or happening that it acts on."""
    if element.get("from_corpus"):
        return []
    rows = []
    for relation in RELATIONS:
        rows.extend(
            _action(element, relation, target, bodies, sources) for target in element.get(relation, ())
        )
    if "adopts" in element:
        rows.append(_rules(element, "adopt", "adopts", element["adopts"], sources))
    rows.extend(_rules(element, "amend", "amends", rule, sources) for rule in element.get("amends", ()))
    if "tasks" in element:
        row = {
            "name": "inform-wg6",
            "source": element["key"],
            "actors": [CTOC],
            "verb": "request",
            "says": element["tasks"],
            "addressees": ["body/un-secretariat"],
            "object": ["body/ctoc-cop/wg6"],
        }
        rows.append(evidence(row, outside(element), sources))
    return rows


def _action(
    element: Mapping[str, Any], relation: str, target: str, bodies: Mapping[str, Any], sources: Sources
) -> Table:
    body = bodies.get(target, {})
    task = element.get("mandate") if relation == "establishes" else None
    if relation == "establishes" and isinstance(body.get("mandate"), list):
        task = "; ".join(body["mandate"])
    also = outside(body) if relation == "establishes" and not body.get("from_corpus") else []
    under = list(element.get("under", ()))
    if body.get("established_in", "").endswith("para. 53") and relation == "establishes":
        under.append(f"{element['key']}/annex/para/53")
    name = f"{VERBS[relation]}-{target.removeprefix('body/').replace('/', '-')}"
    row = {
        "name": "endorse-joint-discussion" if relation == "endorses" else name,
        "source": element["key"],
        "actors": [CTOC],
        "verb": "endorse" if relation == "endorses" else "decide",
        "says": task or element.get("effect") or WORDS[relation],
        "addressees": [target] if task else [],
        relation: [target],
        "endorses_actions": ["cultural-property"] if relation == "endorses" else [],
        "regarding": under,
        "occasion": body.get("reports_to") if relation == "establishes" else None,
        "date": element["date"],
    }
    return _act_evidence(row, element, also, body.get("name", ""), sources)


def _act_evidence(
    row: Table, element: Mapping[str, Any], also: list[Source], name: str, sources: Sources
) -> Table:
    """The sources that tell the deed: those of the act that do (of several bodies: that name this one), and the body's.

    The date may rest on another source of the act.
    """
    mine = outside(element)
    several = len(element.get("establishes", ())) > 1
    telling = [
        each
        for each in mine
        if TELLING.search(each["quote"]) and (not several or shows_title(name, each["quote"]))
    ]
    found = [*telling, *(each for each in also if each not in telling)] or mine
    evidence(row, found, sources)
    dated = [each for each in mine if row["date"] and shows_date(row["date"], each["quote"])]
    if row["date"]:
        keys = [sources.key(each) for each in dated or mine]
        row.setdefault("sources_of", {})["date"] = keys
    return row


def _rules(element: Mapping[str, Any], verb: str, relation: str, says: str, sources: Sources) -> Table:
    row = {
        "name": f"{verb}-rules-of-procedure",
        "source": element["key"],
        "actors": [CTOC],
        "verb": verb,
        "says": says,
        relation: [RULES],
        "date": element["date"],
    }
    return evidence(row, outside(element), sources)


def recommendation(element: Mapping[str, Any], meetings: Mapping[str, Any], sources: Sources) -> Table | None:
    """What a working group recommended; None where extraction finds it."""
    if element.get("from_corpus"):
        return None
    meeting = meetings[element["meeting"]]
    row = {
        "name": element["key"].rsplit("/", 1)[-1],
        "source": element["meeting"],
        "actors": meeting.get("bodies") or [meeting["body"]],
        "verb": "recommend",
        "says": element["text_summary"],
        "addressees": [element["addressee"]] if "addressee" in element else [],
        "regarding": element["provisions"],
        "date": period(meeting["start"], meeting["end"]),
    }
    return evidence(row, outside(element), sources)
