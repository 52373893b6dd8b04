"""Terms → links, with labels in the language that most readers have and the mark of their kind."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.iris import THINGS, key_of
from treatygraph.web.asking import Row
from treatygraph.web.names import compact, page_of
from treatygraph.web.pages.values import Link

Term = NamedNode | Literal

_LANGUAGES = ("en", "", "fr", "es")
_PLAIN = frozenset({"xsd:string", "xsd:date", "xsd:integer", "xsd:boolean", "xsd:time"})
_MARKS = {
    "treaty": "provision",
    "act": "act",
    "action": "act",
    "mandate": "act",
    "document": "document",
    "publication": "document",
    "session": "happening",
    "meeting": "happening",
}


def mark_of(iri: str) -> str | None:
    """The class of hue and sign of a thing's kind, by the first word of its key."""
    if not iri.startswith(THINGS):
        return None
    # An agenda whose meeting is not known gives its items keys under its own.
    return "happening" if "/item/" in iri else _MARKS.get(iri[len(THINGS) :].partition("/")[0])


def link(term: Term, labels: Iterable[Literal] = ()) -> Link:
    """A term as words and, for things and terms of ours, the address of the page; a foreign IRI links to itself."""
    if isinstance(term, Literal):
        datatype = compact(term.datatype.value)
        note = None if term.language or datatype in _PLAIN else datatype
        return Link(term.value, language=term.language, note=note)
    href = page_of(term.value)
    name = best(labels)
    words = (name and name.value) or (key_of(term) if term.value.startswith(THINGS) else compact(term.value))
    if href is None and term.value.startswith(("http://", "https://")):
        href = term.value
    return Link(words, href, term.value, name.language if name else None, mark=mark_of(term.value))


def cell(row: Row, name: str, label: str | None = None) -> Link | None:
    """The thing in a column of a row, with the label in another (default: ``{name}Label``)."""
    term = row.get(name)
    if term is None:
        return None
    words = row.get(label or f"{name}Label")
    return link(term, (words,) if isinstance(words, Literal) else ())


def text(row: Row, name: str) -> str | None:
    """The text in a column; None where it is not bound."""
    term = row.get(name)
    return None if term is None else term.value


def node(row: Row, name: str) -> NamedNode:
    """The IRI in a column that always has one."""
    term = row[name]
    assert isinstance(term, NamedNode), f"?{name} is an IRI"
    return term


def numbers(steps: Iterable[str]) -> str:
    """The number of a provision or an item by its steps down: ("5", "a") → "5 (a)"."""
    first, *rest = [*steps] or [""]
    return " ".join((first, *(f"({each})" for each in rest)))


def item_number(iri: str) -> str | None:
    """The number of the agenda item with that IRI: "5 (a)"; None for other things."""
    _, item, path = iri.partition("/item/")
    return numbers(path.split("/")) if item else None


def best(labels: Iterable[Literal]) -> Literal | None:
    """The label in the language that most readers have."""
    return min(labels, key=_rank, default=None)


def _rank(label: Literal) -> tuple[int, str]:
    return place_of(label.language), label.value


def place_of(language: str | None) -> int:
    """The place of a language among those that readers have, the one that most have first."""
    code = language or ""
    return _LANGUAGES.index(code) if code in _LANGUAGES else len(_LANGUAGES)
