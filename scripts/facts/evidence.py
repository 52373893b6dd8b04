"""On which sources a table, and each of its fields, rests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from treatygraph.graph.iris import digest

CORPUS = "project corpus"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
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
