"""``/read/{expression key}``: a text that is held here with its mentions marked, or its quotes where it is not held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import NamedNode

from treatygraph.graph.iris import iri, key_of
from treatygraph.model.errors import UnknownThingError, Where
from treatygraph.model.keys import encode_key
from treatygraph.web.asking import Asker, Row, asker
from treatygraph.web.caching import conditional
from treatygraph.web.names import page_of
from treatygraph.web.pages.gaps import reason_words
from treatygraph.web.pages.links import cell, text
from treatygraph.web.pages.values import Link
from treatygraph.web.reader_notes import MARKS, Note, note_of, verb_words
from treatygraph.web.reader_outline import Entry, outline_of
from treatygraph.web.reader_text import Block, Span, lay_out, markup_of
from treatygraph.web.things import find

reader = Blueprint("reader", __name__)

MOST_CHARACTERS: Final = 2_000_000
"""How much of a text is shown; a page of more is of no use to a browser."""

QUOTES_ON_PAGE: Final = 200
KEPT_TEXTS: Final = 32

# Codes of the EU's authority table of languages → those of HTML (BCP 47).
_LANGUAGES: Final = {"ENG": "en", "FRA": "fr", "SPA": "es", "RUS": "ru", "ARA": "ar", "ZHO": "zh"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A mention of a text that is not held: its words and the few characters around them."""

    name: str
    href: str
    kind: str
    mark: str | None
    prefix: str
    exact: str
    suffix: str
    target: Link | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """All that ``reader.html`` shows."""

    address: str
    expression: Link
    document: Link | None
    language: str
    sha256: str | None
    held: bool
    cut: int
    """How many characters are not shown."""
    blocks: tuple[Block, ...]
    outline: tuple[Entry, ...]
    kinds: tuple[tuple[str, str, int], ...]
    """Class, words and number of each group of mentions."""
    unresolved: int
    note: Note | None
    quotes: tuple[Quoted, ...]
    total: int
    """How many citations there are."""
    page: int
    pages: int

    def at(self, span: Span) -> str:
        """The address that shows the note of a span, at the span."""
        return f"{self.address}?{urlencode({'mention': span.name})}#{span.name}"

    def mark(self, span: Span) -> str:
        """The class of hue and sign of a span."""
        return MARKS.get(span.kind, "other")

    def verb(self, span: Span) -> str:
        """The verb of an action."""
        return verb_words(span)


@reader.get("/read/<path:key>")
def read(key: str) -> Response:
    """The text with its mentions marked; ``mention`` names the one explained; ``part=note`` wants that alone."""
    ask = asker()
    node = find(key)
    row = _expression(ask, node)
    wanted = row["expression"].value
    if wanted != iri(encode_key(key)).value:
        return redirect(address_of(wanted), 303, Response=Response)  # type: ignore[return-value]
    source = ask.pool.text(text(row, "sha256") or "")
    part = "note" if request.args.get("part") == "note" else "page"
    form = f"{part}, {'held' if source is not None else 'not held'}"
    template = "reader_note.html" if part == "note" else "reader.html"
    return conditional(
        ask.pool.generation(),
        form,
        lambda: Response(render_template(template, page=_page(ask, node, row, source))),
    )


def address_of(expression: str) -> str:
    """The reader's address of an expression."""
    return (page_of(expression) or "").replace("/doc/", "/read/", 1)


def _expression(ask: Asker, node: NamedNode) -> Row:
    """The first text of what was asked for; raises ``UnknownThingError`` where it is no text and has none."""
    rows = ask.rows("reader_expression", thing=node)
    if not rows:
        raise UnknownThingError(
            "This is no text, and no text of it is known",
            where=Where(thing=key_of(node)),
            remedy="Texts are the things of the class tg:Expression; a document's page lists its own.",
        )
    return min(rows, key=lambda row: ("sha256" not in row, row["expression"].value))


def _page(ask: Asker, node: NamedNode, row: Row, source: str | None) -> ReaderPage:
    spans = _spans_of(ask, node)
    citations = [span for span in spans if span.is_citation]
    whole = source or ""
    shown = whole[:MOST_CHARACTERS]
    chosen = next((span for span in spans if span.name == request.args.get("mention")), None)
    blocks = lay_out(shown, [*spans, *markup_of(shown)])
    rows = ask.rows("reader_outline", thing=node) if source is not None else []
    quotes, page, pages = ((), 1, 1) if source is not None else _quotes(ask, node, len(citations))
    expression = cell(row, "expression", "label")
    assert expression is not None, "the row has an expression"
    return ReaderPage(
        address=address_of(node.value),
        expression=expression,
        document=cell(row, "document"),
        language=_LANGUAGES.get((text(row, "language") or "").rpartition("/")[2], ""),
        sha256=text(row, "sha256"),
        held=source is not None,
        cut=len(whole) - len(shown),
        blocks=blocks,
        outline=outline_of(shown, blocks, rows),
        kinds=_kinds(citations),
        unresolved=sum(span.reason is not None for span in citations),
        note=note_of(ask, node, chosen, spans, whole[chosen.start : chosen.end]) if chosen else None,
        quotes=quotes,
        total=len(citations),
        page=page,
        pages=pages,
    )


def _spans_of(ask: Asker, node: NamedNode) -> list[Span]:
    """The spans of an expression, kept for the texts that were read last: each note asks for them again."""
    kept: dict[str, list[Span]] = ask.keep("reader spans", dict)
    spans = kept.get(node.value)
    if spans is None:
        spans = _spans(ask.rows("reader_marks", thing=node))
        if len(kept) >= KEPT_TEXTS:
            kept.clear()
        kept[node.value] = spans
    return spans


def _spans(rows: Iterable[Row]) -> list[Span]:
    found: dict[str, Span] = {}
    for row in rows:
        key, start, end = key_of(row["mark"].value), text(row, "start") or "", text(row, "end") or ""
        name = key.rpartition("/")[2]
        if name in found or not (start.isdecimal() and end.isdecimal()):
            continue
        kind = (text(row, "kind") or "").rpartition("/")[2]
        found[name] = Span(
            int(start),
            int(end),
            name,
            key,
            kind or ("passage" if key.startswith("passage/") else "clause"),
            reason_words(reason) if (reason := text(row, "reason")) else None,
            text(row, "verb"),
        )
    return list(found.values())


_GROUPS: Final = (
    ("provision", "provisions and treaties"),
    ("act", "acts"),
    ("document", "documents and publications"),
    ("happening", "sessions, meetings and events"),
    ("other", "bodies, tools and others"),
)


def _kinds(citations: Sequence[Span]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(MARKS.get(span.kind, "other") for span in citations)
    return tuple((name, words, counts[name]) for name, words in _GROUPS if counts[name])


def _quotes(ask: Asker, node: NamedNode, total: int) -> tuple[tuple[Quoted, ...], int, int]:
    pages = max(1, -(-total // QUOTES_ON_PAGE))
    asked = request.args.get("page", "1")
    page = min(pages, int(asked)) if asked.isdecimal() and 0 < len(asked) < 6 and int(asked) else 1
    found: dict[str, Quoted] = {}
    for row in ask.rows("reader_quotes", thing=node):
        key = key_of(row["mark"].value)
        kind = (text(row, "kind") or "").rpartition("/")[2]
        reason = text(row, "reason")
        found.setdefault(
            key,
            Quoted(
                name=key.rpartition("/")[2],
                href=page_of(row["mark"].value) or "",
                kind=kind,
                mark=MARKS.get(kind),
                prefix=text(row, "prefix") or "",
                exact=text(row, "exact") or "",
                suffix=text(row, "suffix") or "",
                target=cell(row, "target"),
                reason=reason_words(reason) if reason else None,
            ),
        )
    first = (page - 1) * QUOTES_ON_PAGE
    return tuple(found.values())[first : first + QUOTES_ON_PAGE], page, pages
