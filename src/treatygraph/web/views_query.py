"""A query of ours with its parameters → its text for the editor, and the addresses that run it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

_QUERIES: Final = Path(__file__).with_name("queries")


@dataclass(frozen=True, slots=True)
class QueryLinks:
    """A query as the page offers it."""

    text: str
    """The whole query; whoever runs it gets the rows of the page."""
    editor: str
    """Where the query opens for change."""
    run: str
    """Where it runs; ``format`` is still to be named."""

    def rows_as(self, form: str) -> str:
        """The address of the rows in a form of /sparql ("csv", "json")."""
        return f"{self.run}&{urlencode({'format': form})}"


def query_links(name: str, **bindings: NamedNode | Literal) -> QueryLinks:
    """The query ``queries/{name}.rq`` with values for variables that it projects."""
    text = query_text(name, **bindings)
    asked = urlencode({"query": text})
    return QueryLinks(text, f"/query?{asked}", f"/sparql?{asked}")


def query_text(name: str, **bindings: NamedNode | Literal) -> str:
    """The query with its parameters in a VALUES block at its end (SPARQL 1.1 §10.2): the same rows as when bound."""
    text = _text(name)
    if not bindings:
        return text
    names = " ".join(f"?{each}" for each in bindings)
    values = " ".join(str(value) for value in bindings.values())
    return f"{text.rstrip()}\nVALUES ({names}) {{ ({values}) }}\n"


@cache
def _text(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
