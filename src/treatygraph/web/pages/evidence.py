"""Edge nodes → the words that support their statements, or the sources of the registry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import quote

from pyoxigraph import NamedNode

from treatygraph.graph.iris import THINGS, edge_key, iri, key_of
from treatygraph.graph.terms import EVIDENCED
from treatygraph.web.asking import Asker, Row
from treatygraph.web.names import page_of
from treatygraph.web.pages.links import Term, cell, item_number, text
from treatygraph.web.pages.values import Support, Words
from treatygraph.web.texts import text_held


class Edges:
    """Collects the edge nodes of the statements that a page shows, so that one query brings all their evidence."""

    def __init__(self) -> None:
        self.nodes: dict[NamedNode, None] = {}

    def of(self, subject: NamedNode, predicate: NamedNode, value: Term) -> str | None:
        """The IRI of the statement's edge node; None for structure and names."""
        if predicate not in EVIDENCED:
            return None
        return self.add(iri(edge_key(subject, predicate, value)))

    def add(self, edge: NamedNode) -> str:
        """Asks for the evidence of an edge node."""
        self.nodes[edge] = None
        return edge.value


def supports(asker: Asker, edges: Sequence[NamedNode], *, most: int) -> dict[str, Support]:
    """IRI of an edge node → what supports its statement, at most so many pieces of evidence each."""
    grouped = _by_edge(asker, edges)
    return {edge: _support(asker, edge, rows, most) for edge, rows in grouped.items()}


def evidence_rows(asker: Asker, edges: Sequence[NamedNode]) -> dict[str, list[Row]]:
    """IRI of an edge node → a row for each piece of evidence, in order of print; a source stands as ``support``."""
    return {
        edge: [
            row | ({"support": row["source"]} if "source" in row else {})
            for row in sorted(_merged(rows, "support", "source"), key=in_order_of_print)
        ]
        for edge, rows in _by_edge(asker, edges).items()
    }


def _by_edge(asker: Asker, edges: Sequence[NamedNode]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    if edges:
        for row in asker.rows_among("evidence", "edge", edges):
            grouped[row["edge"].value].append(row)
    return dict(grouped)


def words_of(asker: Asker, thing: NamedNode) -> tuple[Words, ...]:
    """The words that a citation, passage or action itself is; of an action the whole clause where the text is held."""
    rows = _merged(asker.rows("words", thing=thing), "expression")
    return tuple(
        _whole(asker, row, _words(asker, row | {"support": thing})) for row in rows if "exact" in row
    )


def _merged(rows: Iterable[Row], *names: str) -> list[Row]:
    """Rows of one thing (in the first of these columns) as one: each selector of a stretch gives a row."""
    whole: dict[str, Row] = {}
    for row in rows:
        if (by := next((row[name].value for name in names if name in row), None)) is not None:
            whole[by] = whole.get(by, {}) | row
    return list(whole.values())


def _whole(asker: Asker, row: Row, words: Words) -> Words:
    """The words with the rest of their clause around them: the quote of an action is its verb alone."""
    start, end, sha256 = (text(row, name) or "" for name in ("start", "end", "textHash"))
    if not (start.isdecimal() and end.isdecimal() and sha256) or int(end) - int(start) <= len(words.exact):
        return words
    clause = (asker.pool.text(sha256) or "")[int(start) : int(end)]
    before, found, after = clause.partition(words.exact)
    return replace(words, prefix=before, suffix=after, whole=True) if found else words


def _support(asker: Asker, edge: str, rows: list[Row], most: int) -> Support:
    single = sorted(_merged(rows, "support", "source"), key=in_order_of_print)
    return Support(
        words=tuple(_words(asker, row) for row in single[:most]),
        more=max(0, len(single) - most),
        href=page_of(edge),
        where=_column(rows, "where"),
        listed_as=_column(rows, "listedAs"),
        disputed="true" in _column(rows, "disputed"),
    )


def in_order_of_print(row: Row) -> tuple[str, int, str]:
    """Where a piece of evidence stands among others: by its text and place there."""
    start = text(row, "start") or "0"
    by = text(row, "support") or text(row, "source") or ""
    return (text(row, "expression") or "", int(start) if start.isdecimal() else 0, by)


def _words(asker: Asker, row: Row) -> Words:
    number, place = item_number(text(row, "item") or ""), text(row, "place")
    return Words(
        support=cell(row, "support", "none") or cell(row, "source", "none"),
        exact=text(row, "exact") or "",
        prefix=text(row, "prefix") or "",
        suffix=text(row, "suffix") or "",
        expression=cell(row, "expression"),
        place=", ".join(each for each in (f"item {number}" if number else None, place) if each) or None,
        start=text(row, "start"),
        rule=text(row, "rule"),
        reader=_reader(asker, row),
        address=text(row, "address"),
        seen=text(row, "seen"),
    )


def _reader(asker: Asker, row: Row) -> str | None:
    expression, support, sha256 = (text(row, name) for name in ("expression", "support", "textHash"))
    if not (expression and support and sha256 and text_held(asker, sha256)):
        return None
    if not (expression.startswith(THINGS) and support.startswith(THINGS)):
        return None
    mark = quote(key_of(support).rpartition("/")[2])
    return f"{(page_of(expression) or '').replace('/doc/', '/read/', 1)}#{mark}"


def _column(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({row[name].value for row in rows if name in row}))
