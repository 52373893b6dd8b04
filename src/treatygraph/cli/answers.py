"""A query → its answer as bytes for the terminal, run in a process that is ended at its deadline."""

from __future__ import annotations

import json
from typing import Any

from treatygraph.graph.iris import THINGS
from treatygraph.graph.terms import PREFIXES
from treatygraph.store import QueryForm, Question, check_query, open_pool
from treatygraph.store.workers import PoolSettings

_GRAPH_FORMS = ("turtle", "ntriples", "rdfxml", "jsonld")


def answer_bytes(sparql: str, store: str, form: str, timeout: float) -> bytes:
    """The answer of a query in a format by name; "table" is for people and becomes Turtle for a graph.

    Raises ``QueryError`` for a query that cannot be run, ``QueryTimeoutError`` at the deadline.
    """
    graph = check_query(sparql, PREFIXES) in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE)
    asked = ("turtle" if graph else "json") if form == "table" else form
    with open_pool(store, PoolSettings(workers=1, timeout=timeout)) as pool:
        answer = pool.ask(Question(sparql, asked, base=THINGS, prefixes=PREFIXES), timeout=timeout)
    if form != "table" or graph:
        return answer.body
    return table(json.loads(answer.body)).encode()


def table(results: dict[str, Any]) -> str:
    """SPARQL results (the JSON form) as columns of text; things are shown by their keys, terms by prefix."""
    if "boolean" in results:
        return f"{'yes' if results['boolean'] else 'no'}\n"
    names: list[str] = results["head"]["vars"]
    rows = [[_cell(binding.get(name)) for name in names] for binding in results["results"]["bindings"]]
    widths = [max(map(len, column)) for column in zip(*[names, *rows], strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [names, *rows]
    ]
    count = f"({len(rows)} row{'' if len(rows) == 1 else 's'})"
    return "\n".join([line.rstrip() for line in lines] + [count]) + "\n"


def _cell(value: dict[str, str] | None) -> str:
    if value is None:
        return ""
    text = value["value"]
    if value["type"] != "uri":
        return " ".join(text.split())
    for name, space in PREFIXES.items():
        if text.startswith(space):
            return f"{name}:{text.removeprefix(space)}"
    return text.removeprefix(THINGS)
