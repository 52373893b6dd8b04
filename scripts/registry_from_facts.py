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
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from treatygraph.graph.iris import digest
from treatygraph.registry import Registry, load_registry

REPO = Path(__file__).resolve().parents[1]
CORPUS = "project corpus"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
CTOC = "body/ctoc-cop"
RULES = "document/ctoc-cop-rules-of-procedure"
HEADER = """\
# {what}
# Made by scripts/registry_from_facts.py from facts gathered on 24 November 2026; change the script, not this file.
# A source is source/{{digest of address and quote}}; see ctoc-history-sources.toml.
"""

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

Source = Mapping[str, Any]
Table = dict[str, Any]


class Sources:
    """The sources that the tables name, by key."""

    def __init__(self) -> None:
        self.listed: dict[str, Table] = {}

    def key(self, source: Source) -> str:
        """The key of a source, which is listed from now on."""
        key = f"source/{digest(source['url'], source['quote'])}"
        self.listed[key] = {"key": key, "address": source["url"], "seen": source["seen"]}
        return key


def outside(element: Mapping[str, Any]) -> list[Source]:
    """The sources of an element that are not the project's own corpus."""
    found = [element["source"], *element.get("also", ())]
    return [each for each in found if each["seen"] != CORPUS]


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"[a-z0-9]+", text.casefold())


def shows_title(title: str, quote: str) -> bool:
    """Whether four words running of the title stand in the quote (all of them where it is shorter)."""
    mine, theirs = words(title), " ".join(words(quote))
    run = min(4, len(mine))
    return any(" ".join(mine[at : at + run]) in theirs for at in range(len(mine) - run + 1))


def shows_date(date: str, quote: str) -> bool:
    """Whether the quote prints each date of a period as exactly as it is given, in words or in figures."""
    return all(_shows_day(each, quote) for each in date.split("/"))


def _shows_day(date: str, quote: str) -> bool:
    year, month, day = [*(int(part) for part in date.split("-")), 0, 0][:3]
    name = MONTHS[month - 1] if month else ""
    if not day:
        return name in quote and str(year) in quote
    return re.search(rf"\b{day}\b", quote) is not None and name in quote


def shows_words(text: str, quote: str) -> bool:
    """Whether the words of *text* stand in the quote."""
    return " ".join(words(text)) in " ".join(words(quote))


TESTS = {
    "title": shows_title,
    "date": shows_date,
    "adopted": lambda value, quote: quote.startswith("Adopts"),
    "entry_into_force": shows_date,
    "place": shows_words,
    "mode": shows_words,
    "participation": lambda value, quote: shows_title(value, quote),
}


def evidence(table: Table, found: list[Source], sources: Sources) -> Table:
    """Adds `sources`, and `sources_of` for the fields that some but not all sources show."""
    shown = {
        name: [each for each in found if test(table[name], each["quote"])]
        for name, test in TESTS.items()
        if table.get(name)
    }
    silent = [each for each in found if not any(each in shows for shows in shown.values())]
    table["sources"] = [sources.key(each) for each in found]
    of = {name: [sources.key(each) for each in shows or silent or found] for name, shows in shown.items()}
    narrowed = {name: keys for name, keys in of.items() if keys != table["sources"]}
    if narrowed:
        table["sources_of"] = narrowed
    return table


def period(start: str | None, end: str | None) -> str | None:
    """A first and a last day as one text."""
    return start if not end or end == start else f"{start}/{end}"


def conflicts(element: Mapping[str, Any], sources: Sources) -> list[Table]:
    """The other values, a day of a period completed by the day that is not in dispute."""
    rows = []
    for each in element.get("conflicts", ()):
        value = each["value"]
        if each["field"] == "end":
            value = period(element["start"], value)
        elif each["field"] == "start":
            value = period(value, element["end"])
        field = "date" if each["field"] in ("start", "end", "start,end", "date") else each["field"]
        rows.append({"field": field, "value": value, "sources": [sources.key(each["source"])]})
    return rows


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


def body_of(symbol: str, registry: Registry) -> str | None:
    """The body whose series a symbol belongs to, where it is one of the Conference; none for an unknown group."""
    group = re.match(r"CTOC/COP/WG\.\d+", symbol)
    wanted = group.group() if group else "CTOC/COP"
    return next((body.key for body in registry.bodies.values() if body.symbol == wanted), None)


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


def toml(value: Any) -> str:
    """A value as TOML 1.0 writes it; the escapes of JSON strings are those of basic strings."""
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{name} = {toml(each)}" for name, each in value.items() if _kept(each)) + " }"
        )
    if isinstance(value, list):
        if len(value) > 1:
            return "[\n" + "".join(f"  {toml(each)},\n" for each in value) + "]"
        return "[" + ", ".join(toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _kept(value: Any) -> bool:
    return value not in (None, [], {}, False)


def tables(name: str, rows: Iterable[Table | None]) -> str:
    """`[[name]]` tables; lists of tables inside become `[[name.field]]`, tables inside `[name.field]`."""
    return "".join(_table(name, row) for row in rows if row is not None)


def _table(name: str, row: Table) -> str:
    lines, below = [f"\n[[{name}]]\n"], []
    for field, value in row.items():
        if isinstance(value, dict) and value:
            below.append(
                f"\n[{name}.{field}]\n" + "".join(f"{each} = {toml(of)}\n" for each, of in value.items())
            )
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            below.extend(_table(f"{name}.{field}", each) for each in value)
        elif _kept(value):
            lines.append(f"{field} = {toml(value)}\n")
    return "".join((*lines, *below))


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
