"""The tables of a page as queries of their own: CSV, and SPARQL that anyone can run."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from treatygraph.web.pages.values import Table

COMMON: Final = (Table("facts", "facts"), Table("points", "what points here"))
"""The tables of every page."""

NAMES: Final = frozenset(
    {
        "facts",
        "points",
        "tree",
        "linked",
        "parties",
        "agenda",
        "programme",
        "citations",
        "texts",
        "supports",
    }
)
"""The tables that can be asked for: queries of ours about one ?thing."""

_QUERIES: Final = Path(__file__).parents[1] / "queries"


def table_query(name: str, thing: NamedNode) -> str:
    """The query of a table about one thing, to be run by anyone: the thing's IRI stands for ``?thing``."""
    comment, select, body = _split(name)
    about = comment.replace("?thing", "the thing")
    head = re.sub(r"\?thing\b", f"({thing} AS ?thing)", select, count=1)
    return f"{about}{head}{_without(body).replace('?thing', str(thing))}"


def _without(body: str) -> str:
    """Subqueries need not hand up what is no variable any more."""
    grouped = re.sub(r"(GROUP BY) \?thing\b", r"\1", body)
    return re.sub(r"(SELECT(?: DISTINCT)?) \?thing\b", r"\1", grouped)


@cache
def _split(name: str) -> tuple[str, str, str]:
    """Comments and prefixes; the first SELECT clause; the rest."""
    text = (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    start, where = text.index("\nSELECT") + 1, text.index("WHERE", text.index("\nSELECT"))
    return text[:start], text[start:where], text[where:]
