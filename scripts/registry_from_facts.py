"""Makes data/registry/ctoc-history-*.toml from the gathered facts (ctoc.json) of the Conference of the Parties.

    python scripts/registry_from_facts.py FACTS.json [FOLDER]

What comes in: arrays of elements, each with `source` and perhaps `also` and `conflicts` (address, quote, how it was
seen). What goes out: tables as `treatygraph.registry.read_facts` reads them. The rules:

- an element marked `from_corpus`, and any source that is the project's own corpus, is left to extraction;
- quotes are not kept: a source is named by the digest of address and quote;
- a field rests on those sources whose quote shows it, where any does; otherwise on those that show no other field,
  and failing that on all of the element;
- both values of a conflict are kept; `unverified` is not read; gaps are kept as words.

The registry must be there (data/registry): names of instruments in the titles of agenda items are looked up in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from facts.acts import CTOC, RULES, act, actions_of, recommendation
from facts.bodies import GAPS, body_actions, body_fact
from facts.documents import document
from facts.evidence import Source, Sources, evidence, outside
from facts.happenings import happening
from facts.instruments import adopting, instrument
from facts.tables import tables

from treatygraph.registry import Registry, load_registry

REPO = Path(__file__).resolve().parents[1]
HEADER = """\
# {what}
# Made by scripts/registry_from_facts.py from facts gathered on 24 November 2026; change the script, not this file.
# A source is source/{{digest of address and quote}}; see ctoc-history-sources.toml.
"""


def files(facts: Mapping[str, Any], registry: Registry) -> dict[str, str]:
    """The files of the registry that hold the history, by name."""
    sources = Sources()
    bodies = {each["key"]: each for each in facts["bodies"]}
    meetings = {each["key"]: each for each in facts["meetings"]}
    adopted_by: dict[str, list[Source]] = {}
    for each in facts["instruments"]:
        quotes = (source for source in outside(each) if source["quote"].startswith("Adopts"))
        adopted_by.setdefault(each["adopted_by"], []).extend(quotes)
    rules = {
        "key": RULES,
        "title": "Rules of procedure for the Conference of the Parties to the United Nations Convention against "
        "Transnational Organized Crime",
        "body": CTOC,
    }
    rules_sources = [
        each for one in facts["acts"] if "adopts" in one or "amends" in one for each in outside(one)
    ]
    contents = {
        "acts": (
            "Decisions and resolutions of the Conference of the Parties, and what they did.",
            tables("act", (act(each, sources) for each in facts["acts"]))
            + tables("action", (row for each in facts["acts"] for row in actions_of(each, bodies, sources))),
        ),
        "bodies": (
            "What is known of the Conference and its bodies beside their names, and what is missing.",
            tables("body_fact", (body_fact(each, sources) for each in facts["bodies"]))
            + tables("action", body_actions(bodies, sources))
            + tables("gap", ({"about": about, "text": text} for about, text in GAPS)),
        ),
        "documents": (
            "Documents of the Conference and its bodies that sources name.",
            tables("document", (document(each, registry, sources) for each in facts["documents"]))
            + tables("document", [evidence(rules, rules_sources, sources)]),
        ),
        "instruments": (
            "The Convention and its Protocols: adoption, entry into force, parties at dates.",
            tables(
                "instrument_fact", (instrument(each, adopted_by, sources) for each in facts["instruments"])
            )
            + tables("action", adopting(facts["instruments"], sources)),
        ),
        "meetings": (
            "Meetings of the bodies of the Conference.",
            tables("meeting", (happening(each, registry, sources) for each in facts["meetings"])),
        ),
        "recommendations": (
            "What working groups recommended.",
            tables("action", (recommendation(each, meetings, sources) for each in facts["recommendations"])),
        ),
        "sessions": (
            "Sessions of the Conference of the Parties.",
            tables("session", (happening(each, registry, sources) for each in facts["sessions"])),
        ),
    }
    contents["sources"] = (
        "Where the facts of the history were seen: addresses, and how sure the sighting is.",
        tables("source", (sources.listed[key] for key in sorted(sources.listed))),
    )
    return {
        f"ctoc-history-{name}.toml": HEADER.format(what=what) + body
        for name, (what, body) in contents.items()
    }


def main() -> None:
    """Writes the files."""
    facts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else REPO / "data" / "registry"
    for name, text in files(facts, load_registry(REPO / "data" / "registry")).items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
