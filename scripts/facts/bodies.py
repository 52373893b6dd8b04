"""The Conference and its bodies, and what is missing of their history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from facts.acts import CTOC
from facts.evidence import Sources, Table, evidence, outside

GAPS = (
    (CTOC, "Resolutions 5/2, 5/3, 5/6, 5/8, 6/3, 6/4, 7/3, 7/4, 8/2 and 8/4 (if all exist) and 11/1 were not seen."),
    (CTOC, "Decision 4/8 was not seen."),
    (CTOC, "The reports of the first, second, third, fifth, sixth, seventh and eighth sessions were not seen."),
    (CTOC, "Agendas: only that of the seventh meeting of the Working Group on International Cooperation and the "
           "programme of the sixth session are whole."),
    (CTOC, "Texts of recommendations are few."),
    (CTOC, "A body with the symbol CTOC/COP/WG.8 was not identified."),
    ("act/ctoc-cop/resolution/5/5", "The title was not seen."),
    ("body/ctoc-cop/bureau", "The act that set up the extended Bureau was not seen."),
    ("body/ctoc-cop/wg2", "Most meetings were not seen."),
    ("body/ctoc-cop/wg3", "Meetings 2 to 5, 8 to 12 and those from the 14th on were not seen."),
    ("body/ctoc-cop/wg4", "Most meetings were not seen."),
    ("body/ctoc-cop/wg5", "The symbol CTOC/COP/WG.5 was not seen in a source, and no meeting."),
    ("body/ctoc-cop/wg6", "The founding act was not seen."),
    ("body/ctoc-cop/wg7", "The founding act and most meetings were not seen."),
)  # fmt: skip


def body_actions(bodies: Mapping[str, Any], sources: Sources) -> list[Table]:
    """The Conference itself was set up by a provision, not by an act of its own."""
    conference = bodies[CTOC]
    row = {
        "name": "establish-ctoc-cop",
        "source": "document/A/RES/55/25",
        "verb": "establish",
        "says": "establishes the Conference of the Parties",
        "establishes": [CTOC],
        "regarding": [conference["established_by"]],
    }
    return [evidence(row, outside(conference), sources)]


def body_fact(element: Mapping[str, Any], sources: Sources) -> Table | None:
    """What is known of a body beside its names; None where nothing is."""
    if element.get("from_corpus"):
        return None
    note = element.get("note") or (
        element.get("period") and f"substantive review process: {element['period']}"
    )
    table = {"key": element["key"], "secretariat": element.get("secretariat"), "note": note}
    if not any(value for name, value in table.items() if name != "key"):
        return None
    return evidence(table, outside(element), sources)
