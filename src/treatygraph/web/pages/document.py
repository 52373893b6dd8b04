"""The page of a document or of one of its texts: what it is, of what meeting, and what it cites in order of print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from treatygraph.graph.terms import ELI, TG
from treatygraph.web.asking import Row
from treatygraph.web.pages.acts import act_entries, is_act
from treatygraph.web.pages.dates import day_in_words
from treatygraph.web.pages.desk import Desk, Point
from treatygraph.web.pages.gaps import reason_words
from treatygraph.web.pages.kind import Kind
from treatygraph.web.pages.links import cell, item_number, link, node, text
from treatygraph.web.pages.values import Gap, Link, Listing, Parts, Table
from treatygraph.web.texts import text_held

LENGTH: Final = 200
"""How many citations stand on one page."""

ACTS: Final = 15
"""How many actions: each has its words, and the page is to stay below 100 kB."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: its words as printed, its kind, what it means or why that could not be told."""

    words: str
    page: Link
    kind: str
    mark: str | None
    targets: tuple[Link, ...]
    reason: str | None
    item: Link | None
    """The agenda item that it says something of."""
    again: tuple[Link, ...] = ()
    """Later citations of the same in this part of the text, for the same item."""

    @property
    def plain(self) -> bool:
        """Whether the words are what the target is called."""
        return len(self.targets) == 1 and self.targets[0].words == self.words


@dataclass(frozen=True, slots=True)
class Stretch:
    """Citations that follow each other in one part of the text."""

    heading: str
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text of the document in one language, as issued on one day."""

    link: Link
    issued: str | None
    reissued: str | None
    sha256: str | None
    length: str | None
    counts: tuple[int, int, int, int] | None
    """Mentions, resolved, unresolved, rejected."""
    reader: str | None


@dataclass(frozen=True, slots=True)
class DocumentParts(Parts):
    """What the page of a document adds."""

    texts: tuple[TextRow, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    total: int = 0
    """How many citations there are."""
    page: int = 1
    pages: int = 1
    acts: Listing | None = None
    """The actions that it carries, or that adopted it."""


def document(desk: Desk) -> DocumentParts:
    """Texts, citations and actions of a document."""
    rows = desk.asker.rows("texts", thing=desk.subject.node)
    texts = _texts(desk, rows)
    held = any(row.sha256 for row in texts)
    cited = desk.asker.rows("citations", thing=desk.subject.node) if texts else []
    grouped = _by_citation(cited)
    pages = max(1, -(-len(grouped) // LENGTH))
    page = min(max(1, desk.turned.get("citations", 1)), pages)
    shown = grouped[(page - 1) * LENGTH : page * LENGTH]
    open_ = sum(row.counts[2] for row in texts if row.counts)
    return DocumentParts(
        context=desk.subject.links(TG.documentOf, TG.agendaOf, TG.reportOf, TG.submittedTo),
        texts=texts,
        stretches=_stretches(desk, shown),
        total=len(grouped),
        page=page,
        pages=pages,
        acts=desk.listing(
            "acts",
            _in_order_of_print(desk, [p for p in desk.points if is_act(p)]),
            lambda p: act_entries(desk, p),
            length=ACTS,
        ),
        gaps=(
            *(() if held else (Gap("Its text is not held: what it says and cites is not known here."),)),
            *(
                (
                    Gap(
                        f"{open_} of its mentions {'has' if open_ == 1 else 'have'} no target; the reasons stand above."
                    ),
                )
                if open_
                else ()
            ),
        ),
        tables=(Table("citations", "citations"), Table("texts", "texts")) if texts else (),
    )


def _in_order_of_print(desk: Desk, points: Sequence[Point]) -> list[Point]:
    """The actions of each day as the text has them; what has no place in it, such as its adoption, comes first."""
    rows = desk.asker.rows("act_starts", thing=desk.subject.node) if points else []
    starts = {node(row, "act"): int(text(row, "start") or 0) for row in rows if "act" in row}
    # Days that are not known stay behind those that are.
    return sorted(points, key=lambda p: (p.earliest or "9999", starts.get(p.subject, -1)))


def _texts(desk: Desk, rows: Sequence[Row]) -> tuple[TextRow, ...]:
    found: dict[NamedNode, TextRow] = {}
    for row in rows:
        expression = cell(row, "expression")
        if expression is None or expression.iri is None:
            continue
        sha256 = text(row, "sha256")
        counts = [text(row, name) for name in ("mentions", "resolved", "unresolved", "rejected")]
        held = sha256 is not None and text_held(desk.asker, sha256)
        whole = [int(each) for each in counts if each]
        found[node(row, "expression")] = TextRow(
            link=expression,
            issued=_day(row, "issued"),
            reissued=_day(row, "reissued"),
            sha256=sha256,
            length=text(row, "length"),
            counts=(whole[0], whole[1], whole[2], whole[3]) if len(whole) == 4 else None,
            reader=(expression.href or "").replace("/doc/", "/read/", 1) if held else None,
        )
    return tuple(found.values())


def _day(row: Row, name: str) -> str | None:
    day = text(row, name)
    return day_in_words(day) if day else None


def _by_citation(rows: Sequence[Row]) -> list[list[Row]]:
    grouped: dict[NamedNode, list[Row]] = {}
    for row in rows:
        if "citation" in row:
            grouped.setdefault(node(row, "citation"), []).append(row)
    return list(grouped.values())


def _stretches(desk: Desk, groups: Sequence[list[Row]]) -> tuple[Stretch, ...]:
    """Runs of citations in one part of the document, each with the agenda item that it says something of."""
    items: dict[NamedNode, Link] = {}
    for row in desk.asker.rows("cited_items", thing=desk.subject.node) if groups else ():
        if (found := cell(row, "item", "label")) is not None:
            items.setdefault(node(row, "citation"), found)
    runs: list[tuple[str, list[Cited]]] = []
    for rows in groups:
        where = text(rows[0], "where") or "text"
        if not runs or runs[-1][0] != where:
            runs.append((where, []))
        runs[-1][1].append(_cited(rows, items.get(node(rows[0], "citation"))))
    return tuple(Stretch(_HEADINGS.get(where, where.capitalize()), _once(cited)) for where, cited in runs)


def _once(citations: Sequence[Cited]) -> tuple[Cited, ...]:
    """What is cited, each once at its first place, with its later citations; what has no target stands alone."""
    found: dict[object, Cited] = {}
    for each in citations:
        targets = tuple(target.iri for target in each.targets)
        same: object = (targets, each.item.words if each.item else None) if targets else each.page.href
        first = found.get(same)
        found[same] = replace(first, again=(*first.again, each.page)) if first else each
    return tuple(found.values())


_HEADINGS: Final = {
    "title": "Title of an item",
    "annotation": "Annotations",
    "documentation": "Documentation of an item",
    "programme": "Programme of work",
}


def _cited(rows: Sequence[Row], item: Link | None) -> Cited:
    first = rows[0]
    kind = (text(first, "kind") or "").rpartition("/")[2]
    targets = {each.iri: each for row in rows if (each := cell(row, "target")) is not None}
    reason = text(first, "reason")
    return Cited(
        words=" ".join((text(first, "words") or "").split()),
        page=link(node(first, "citation"), [Literal("this citation")]),
        kind=kind,
        mark=_MARKS.get(kind),
        targets=tuple(targets.values()),
        reason=reason_words(reason) if reason else None,
        item=Link(f"item {item_number(item.iri or '')}", item.href) if item else None,
    )


_MARKS = {
    "provision": "provision",
    "treaty": "provision",
    "act": "act",
    "document": "document",
    "publication": "document",
    "happening": "happening",
}

KIND = Kind(
    TG.Document,
    "things/document.html",
    document,
    first=(
        TG.title,
        TG.symbol,
        TG.documentKind,
        TG.documentOf,
        TG.dateText,
        TG.earliest,
        TG.agendaOf,
        TG.reportOf,
        TG.submittedTo,
        TG.regarding,
    ),
    elsewhere=(TG.cites, ELI.is_realized_by, TG.gap),
    takes=is_act,
    evidence=2,
)

EXPRESSION = Kind(
    TG.Expression,
    "things/document.html",
    document,
    first=(ELI.realizes, ELI.language, TG.issued, TG.reissued, TG.reissueReason),
    elsewhere=(TG.mentions, TG.resolvedMentions, TG.unresolvedMentions, TG.rejectedMentions, TG.textLength),
)
