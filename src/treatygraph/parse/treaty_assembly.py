"""A treaty whose headings and pieces are sorted → ``TreatyText``: units with paths, titles, spans and repairs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from treatygraph.model.text import Repair, Span
from treatygraph.model.tree import ProvisionUnit, TreatyText
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.treaty_headings import Mark, MarkKind, clean_title
from treatygraph.parse.treaty_outline import Unit, outline
from treatygraph.parse.treaty_pieces import Piece, repairs_in

UNNAMED_DIVISION: Final = "chapter"
"""The kind of a division that prints a numeral only ("II. Smuggling of migrants by sea"): texts call it a chapter."""
_ANNEXES: Final = ("annex", "appendix", "schedule")
_RANK: Final = {"part": 0, "chapter": 1, "": 1, "section": 2}
HEADING_LENGTH: Final = 200
TITLE_LINES: Final = 4
DIVISION_REACH: Final = 4
"""A division's heading and title are followed by its first article within this many pieces."""


@dataclass(slots=True)
class ArticleDraft:
    """An article (or annex) under construction: the indexes of its pieces, heading first."""

    mark: Mark
    path: tuple[str, ...]
    index: int
    body: list[int] = field(default_factory=list)
    divided: bool = False
    """Whether numbered sections with their text stand in it: its letters then belong to them, and get no path."""


@dataclass(slots=True)
class TreatyDraft:
    """An instrument under construction: its headings in order of print, and where the reader stands in it."""

    title: str
    title_pieces: tuple[int, int]
    reason: str
    parent_annex: Mark | None
    articles: list[ArticleDraft] = field(default_factory=list)
    divisions: list[tuple[Mark, int]] = field(default_factory=list)
    annex: ArticleDraft | None = None
    last: tuple[int, int] = (0, 0)
    end_piece: int | None = None
    open: bool = True


def _trim(draft: TreatyDraft, body: Sequence[Piece]) -> None:
    """Takes the lines behind the last sentence of the last article away: titles of what follows the treaty."""
    last = draft.articles[-1].body
    while len(last) > 1 and not body[last[-1]].ended and not body[last[-1]].labels:
        last.pop()


def _heading_titles(draft: TreatyDraft, body: Sequence[Piece]) -> dict[int, int]:
    """For each article whose heading is followed by a title: how many pieces the title takes.

    Titles are a habit of the whole instrument: where fewer than half of the articles have one, none has.
    """
    found = {}
    for article in draft.articles:
        lines = _title_lines(article, body)
        if lines:
            found[article.index] = lines
    plain = [article for article in draft.articles if article.mark.kind is MarkKind.ARTICLE]
    titled = [article for article in plain if article.index in found or article.mark.title]
    if 2 * len(titled) >= len(plain):
        return found
    untitled = {article.index for article in plain}
    return {index: lines for index, lines in found.items() if index not in untitled}


def _title_lines(article: ArticleDraft, body: Sequence[Piece]) -> int:
    """How many pieces below a heading may be its title: lines that end no clause, before text that is there."""
    if article.mark.title or article.mark.body is not None:
        return 0
    length = 0
    for count, index in enumerate(article.body[: TITLE_LINES + 1]):
        piece = body[index]
        if piece.labels or piece.ended:
            return count
        length += len(piece.text)
        if length > HEADING_LENGTH or (piece.after_break and count):
            return 0
    # An annex may print nothing but its title before its own articles.
    return (
        len(article.body) if article.mark.kind is MarkKind.ANNEX and len(article.body) <= TITLE_LINES else 0
    )


def finish(draft: TreatyDraft, body: Sequence[Piece]) -> TreatyText:
    """The instrument that *draft* collected from *body*: its units in order of print, each path once."""
    _trim(draft, body)
    titles = _heading_titles(draft, body)
    units: list[Unit] = []
    repairs: list[Repair] = []
    for article in draft.articles:
        found, mended = _article_units(article, body, titles.get(article.index, 0))
        units.extend(found)
        repairs.extend(mended)
    _close_annexes(units)
    end = max(unit.end for unit in units)
    if draft.end_piece is not None:
        end = max(end, body[draft.end_piece].end)
    units.extend(_divisions(draft, body, units))
    units.sort(key=lambda unit: (unit.start, -unit.end, len(unit.path)))
    first, last = draft.title_pieces
    title_span = Span(body[first].start, body[last].end)
    provisions = tuple(
        ProvisionUnit(unit.path, unit.kind, unit.number, unit.title, Span(unit.start, unit.end))
        for unit in units
    )
    span = Span(title_span.start, end)
    return TreatyText(draft.title, title_span, span, provisions, repairs_in(repairs), draft.reason)


def _article_units(
    article: ArticleDraft, body: Sequence[Piece], title_lines: int
) -> tuple[list[Unit], list[Repair]]:
    heading = body[article.index]
    title = article.mark.title
    if title_lines:
        title = clean_title(" ".join(body[index].bare for index in article.body[:title_lines]))
    end = body[article.body[title_lines - 1]].end if title_lines else heading.end
    unit = Unit(article.path, article.mark.subkind, article.mark.number, heading.start, end, title)
    text = [
        (body[index], () if article.divided else body[index].labels) for index in article.body[title_lines:]
    ]
    if article.mark.body is not None:
        inner = leading_labels(" " * article.mark.body + heading.text[article.mark.body :])
        text.insert(0, (heading, inner))
    below = outline(text, article.path, end)
    unit.end = below.end
    return [unit, *below.units], below.repairs


def _close_annexes(units: Sequence[Unit]) -> None:
    """An annex that holds articles ends where the last of them does."""
    annexes = {unit.path: unit for unit in units if unit.kind in _ANNEXES}
    for unit in units:
        holder = annexes.get(unit.path[:2]) or annexes.get(unit.path[:1])
        if holder is not None:
            holder.end = max(holder.end, unit.end)


def _divisions(draft: TreatyDraft, body: Sequence[Piece], units: Sequence[Unit]) -> list[Unit]:
    """The parts, chapters and sections: each from its heading to the end of the last article before the next one.

    A section belongs to the chapter or part above it, and its path begins with that one's.
    """
    found: dict[tuple[str, ...], Unit] = {}
    above: list[tuple[int, Unit]] = []
    for division, index in draft.divisions:
        kind, rank = division.subkind or UNNAMED_DIVISION, _RANK[division.subkind]
        while above and above[-1][0] >= rank:
            above.pop()
        path = (*(above[-1][1].path if above else ()), kind, division.step)
        if path in found:
            continue
        title = division.title or _division_title(draft, body, index)
        found[path] = Unit(path, kind, division.number, body[index].start, body[index].end, title)
        above.append((rank, found[path]))
    _close_divisions(list(found.values()), units)
    return list(found.values())


def _close_divisions(divisions: Sequence[Unit], units: Sequence[Unit]) -> None:
    articles = sorted((unit.start, unit.end) for unit in units if unit.kind == "article")
    starts = [start for start, _ in articles]
    for place, unit in enumerate(divisions):
        later = (other for other in divisions[place + 1 :] if other.path[: len(unit.path)] != unit.path)
        stop = next((other.start for other in later), None)
        last = len(starts) if stop is None else bisect_left(starts, stop)
        if last:
            unit.end = max(unit.end, articles[last - 1][1])


def _division_title(draft: TreatyDraft, body: Sequence[Piece], index: int) -> str | None:
    stops = {article.index for article in draft.articles} | {other for _, other in draft.divisions}
    lines = []
    for at in range(index + 1, min(index + 1 + DIVISION_REACH, len(body))):
        if at in stops or body[at].ended or body[at].labels:
            break
        lines.append(body[at].bare)
    return clean_title(" ".join(lines)) if lines else None
