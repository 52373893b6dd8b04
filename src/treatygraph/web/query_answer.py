"""The bytes of an answer → what the query page shows of it: a table with names, a graph as Turtle, yes or no."""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse
from pyoxigraph import parse_query_results as read_results

from treatygraph.graph.iris import is_thing, key_of
from treatygraph.model.errors import QueryTimeoutError, ServerBusyError
from treatygraph.store.guard import QueryForm
from treatygraph.web.asking import Asker
from treatygraph.web.names import compact, page_of
from treatygraph.web.negotiate import GRAPHS
from treatygraph.web.pages.links import best, mark_of
from treatygraph.web.things import rdf_bytes

SHOWN_CELLS: Final = 400
"""About how many cells a page of a table has, so that it stays below 100 kB of HTML."""

FEWEST_ROWS: Final = 50
SHOWN_TRIPLES: Final = 500
SHOWN_THINGS: Final = 60
_ASKED_AT_ONCE: Final = 1000
_LONGEST_IRI: Final = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row."""

    words: str
    """The key of a thing, a prefixed name, an IRI, or the text of a literal."""
    name: str | None = None
    """What a thing is called."""
    href: str | None = None
    mark: str | None = None
    """The class of its hue and sign: provision, act, document, happening."""
    language: str | None = None
    datatype: str | None = None
    """The datatype of a literal that is not a string, as a prefixed name."""


@dataclass(frozen=True, slots=True)
class Table:
    """A page of the rows of a SELECT; None stands for what is not bound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    count: int
    """How many rows there are on all pages."""
    first: int
    """The number of the first row shown, from 1."""
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The first triples of a CONSTRUCT or DESCRIBE, as Turtle."""

    text: str
    count: int
    shown: int
    things: tuple[Cell, ...]
    """The things that most of the shown statements name, with their names."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to an ASK."""

    yes: bool


def form_of(form: QueryForm) -> str:
    """The form in which an answer is asked for that is to be shown: one that can be counted and cut by lines."""
    if form.gives_graph:
        return "ntriples"
    return "tsv" if form is QueryForm.SELECT else "json"


def shown(ask: Asker, form: QueryForm, body: bytes, page: int) -> Table | Graph | Verdict:
    """What the page shows of an answer in the form that ``form_of`` names."""
    if form is QueryForm.SELECT:
        return _table(ask, body, page)
    if form is QueryForm.ASK:
        return Verdict(bool(json.loads(body)["boolean"]))
    return _graph(ask, body)


def _table(ask: Asker, body: bytes, page: int) -> Table:
    # In TSV line breaks inside literals are escaped: a row is a line, and one page of a long answer is read alone.
    lines = io.BytesIO(body)
    head = next(lines)
    count = body.count(b"\n") - 1
    size = max(FEWEST_ROWS, SHOWN_CELLS // max(1, head.count(b"\t") + 1))
    pages = max(1, -(-count // size))
    page = min(page, pages)
    first = (page - 1) * size
    found = read_results(head + b"".join(islice(lines, first, first + size)), QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions), "a SELECT gives solutions"
    rows = [tuple(row) for row in found]
    names = _names(ask, (term for row in rows for term in row))
    return Table(
        tuple(variable.value for variable in found.variables),
        tuple(tuple(None if term is None else _cell(term, names) for term in row) for row in rows),
        count,
        first + 1,
        page,
        pages,
    )


def _names(ask: Asker, terms: Iterable[object]) -> dict[str, str]:
    """What the things among *terms* are called; without names where the query processes are at work."""
    things = sorted({term.value for term in terms if isinstance(term, NamedNode) and is_thing(term)})
    asked = [NamedNode(each) for each in things if len(each) <= _LONGEST_IRI]
    labels: dict[str, list[Literal]] = defaultdict(list)
    try:
        for part in _parts(asked):
            for row in ask.rows_among("query_labels", "thing", part):
                if isinstance(label := row.get("label"), Literal):
                    labels[row["thing"].value].append(label)
    except (QueryTimeoutError, ServerBusyError):
        return {}
    return {thing: name.value for thing, found in labels.items() if (name := best(found))}


def _parts(nodes: list[NamedNode]) -> Iterator[list[NamedNode]]:
    for start in range(0, len(nodes), _ASKED_AT_ONCE):
        yield nodes[start : start + _ASKED_AT_ONCE]


def _cell(term: object, names: dict[str, str]) -> Cell:
    if isinstance(term, NamedNode):
        words = key_of(term) if is_thing(term) else compact(term.value)
        href = page_of(term.value)
        if href is None and term.value.startswith(("http://", "https://")):
            href = term.value
        return Cell(words, names.get(term.value), href, mark_of(term.value))
    if isinstance(term, Literal):
        datatype = compact(term.datatype.value)
        plain = datatype in ("xsd:string", "rdf:langString")
        return Cell(term.value, language=term.language, datatype=None if plain else datatype)
    return Cell(f"_:{term.value}" if isinstance(term, BlankNode) else str(term))


def _graph(ask: Asker, body: bytes) -> Graph:
    count = body.count(b"\n")
    head = b"".join(islice(io.BytesIO(body), SHOWN_TRIPLES))
    triples = sorted({quad.triple for quad in parse(head, format=RdfFormat.N_TRIPLES)}, key=str)
    named = Counter(
        term
        for triple in triples
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode) and is_thing(term) and "#" not in term.value
    )
    chosen = sorted(named, key=lambda term: (-named[term], term.value))[:SHOWN_THINGS]
    names = _names(ask, chosen)
    things = tuple(_cell(term, names) for term in chosen)
    return Graph(rdf_bytes(triples, GRAPHS[0]).decode(), count, min(count, SHOWN_TRIPLES), things)
