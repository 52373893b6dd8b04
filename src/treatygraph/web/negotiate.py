"""What form an answer takes: from ``Accept`` (RFC 9110 §12.5.1) or the parameter ``format`` to one of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: the pool's name for it, its media type, the end of its address, its other names."""

    name: str
    media_type: str
    suffix: str
    title: str
    accepts: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The header's value: text has its encoding."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML: Final = Form("html", "text/html", "html", "page", ("application/xhtml+xml",))

TABLES: Final = (
    Form("json", "application/sparql-results+json", "json", "JSON", ("application/json",)),
    Form("xml", "application/sparql-results+xml", "xml", "XML", ("application/xml", "text/xml")),
    Form("csv", "text/csv", "csv", "CSV"),
    Form("tsv", "text/tab-separated-values", "tsv", "TSV"),
)
"""Forms of an answer to SELECT and ASK, the first where the client has no preference."""

GRAPHS: Final = (
    Form("turtle", "text/turtle", "ttl", "Turtle", ("application/x-turtle",)),
    Form("ntriples", "application/n-triples", "nt", "N-Triples", ("text/plain",)),
    Form("rdfxml", "application/rdf+xml", "rdf", "RDF/XML", ("application/xml", "text/xml")),
    Form("jsonld", "application/ld+json", "jsonld", "JSON-LD", ("application/json",)),
)
"""Forms of a graph, the first where the client has no preference."""


def choose(accept: MIMEAccept, forms: Sequence[Form], asked: str | None = None) -> Form:
    """The form that the client wants most; among equals the first of *forms*.

    *asked* is the value of the parameter ``format`` (a name, suffix or media type) and wins over the header.
    Raises ``NotAcceptable`` when none will do.
    """
    if asked:
        for form in forms:
            if asked.lower() in (form.name, form.suffix, form.media_type):
                return form
        raise _none(forms)
    if not accept:
        return forms[0]
    best = max(forms, key=lambda form: _quality(accept, form))
    if _quality(accept, best) <= 0:
        raise _none(forms)
    return best


def prefers_page(accept: MIMEAccept) -> bool:
    """Whether the client asks for a page by name, as browsers do, and for no data before it."""
    page = _quality_of(accept, HTML.media_type, wild=False)
    data = (kind for form in (*TABLES, *GRAPHS) for kind in (form.media_type, "application/json"))
    return page > 0 and page >= max(_quality_of(accept, kind, wild=False) for kind in data)


def _quality(accept: MIMEAccept, form: Form) -> float:
    """The highest quality of a form's names; its own name wins a tie over the others by a hair."""
    own = _quality_of(accept, form.media_type)
    others = (_quality_of(accept, kind, wild=False) - 0.0001 for kind in form.accepts)
    return max(own, *others, 0.0)


def _quality_of(accept: MIMEAccept, media_type: str, *, wild: bool = True) -> float:
    """The quality of the most exact range that covers a media type; 0 when none does."""
    exactness, quality = 0, 0.0
    for asked, given in accept:
        kind = asked.partition(";")[0].strip().lower()
        if kind == media_type:
            rank = 3
        elif wild and kind == f"{media_type.partition('/')[0]}/*":
            rank = 2
        elif wild and kind in ("*/*", "*"):
            rank = 1
        else:
            continue
        if rank > exactness or (rank == exactness and given > quality):
            exactness, quality = rank, given
    return quality


def _none(forms: Sequence[Form]) -> NotAcceptable:
    names = ", ".join(form.media_type for form in forms)
    return NotAcceptable(f"This cannot be given in the form asked for. Ask for one of {names}.")
