"""``SourceText`` → the treaties that it is or holds, with every provision: articles, paragraphs, lettered units.

A treaty is a sequence of article headings from 1 on, below a title in which an instrument names itself. A text
that merely speaks of articles has no such sequence. Headings out of sequence are text (a quoted amendment, a
line that begins with a reference). Paths are those of the keys: ``art/18/para/3/a/i``; articles are numbered
through, so the parts and chapters that hold them do not enter their paths.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from treatygraph.model.text import Repair, SourceText, Span
from treatygraph.model.tree import ProvisionUnit, TreatyText
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.lexicon import languages
from treatygraph.parse.openings import opening
from treatygraph.parse.treaty_headings import (
    TITLE_LENGTH,
    Mark,
    MarkKind,
    clean_title,
    mark,
    names_instrument,
    opens_preamble,
    speaks,
)
from treatygraph.parse.treaty_outline import Unit, outline
from treatygraph.parse.treaty_pieces import Piece, pieces, repairs_in

MIN_ARTICLES: Final = 3
"""Fewer headings in sequence prove no treaty: two can stand in a quotation."""
TITLE_REACH: Final = 120
"""The title stands at most this many pieces above article 1: the longest preamble of the corpus has 30."""
TITLE_LINES: Final = 4
ARTICLE_GAP: Final = 2
"""A sequence of articles may jump by this much where a heading was lost in print."""
HEADINGS_AHEAD: Final = 20
"""Headings looked at to see whether a sequence goes on; more than these out of sequence are no quotation."""
HEADING_LENGTH: Final = 200
DIVISION_REACH: Final = 4
"""A division's heading and title are followed by its first article within this many pieces."""
UNNAMED_DIVISION: Final = "chapter"
"""The kind of a division that prints a numeral only ("II. Smuggling of migrants by sea"): texts call it a chapter."""
_ANNEXES: Final = ("annex", "appendix", "schedule")
_RANK: Final = {"part": 0, "chapter": 1, "": 1, "section": 2}


def parse_treaties(source: SourceText) -> tuple[TreatyText, ...]:
    """The treaties in *source*, in order of print; none for a text that holds none or whose language is not held.

    Each unit's span runs from its printed number (of an article: from its heading) to the end of its last block.
    Numbers that print misses or mistypes are supplied only where the sequence proves them, and recorded.
    """
    if source.language not in languages():
        return ()
    body = pieces(source)
    marks = tuple(mark(piece, source.language) for piece in body)
    headings = [at for at, found in enumerate(marks) if found is not None and found.kind is MarkKind.ARTICLE]
    return tuple(_Reader(source.language, body, marks, headings).treaties())


@dataclass(slots=True)
class _Article:
    """An article (or annex) under construction: the indexes of its pieces, heading first."""

    mark: Mark
    path: tuple[str, ...]
    index: int
    body: list[int] = field(default_factory=list)
    divided: bool = False
    """Whether numbered sections with their text stand in it: its letters then belong to them, and get no path."""


@dataclass(slots=True)
class _Draft:
    title: str
    title_pieces: tuple[int, int]
    reason: str
    parent_annex: Mark | None
    articles: list[_Article] = field(default_factory=list)
    divisions: list[tuple[Mark, int]] = field(default_factory=list)
    annex: _Article | None = None
    last: tuple[int, int] = (0, 0)
    end_piece: int | None = None
    open: bool = True


@dataclass(slots=True)
class _Reader:
    language: str
    body: Sequence[Piece]
    marks: Sequence[Mark | None]
    headings: Sequence[int] = ()  # the indexes of what has the shape of an article's heading
    drafts: list[_Draft] = field(default_factory=list)
    annex: Mark | None = None  # the last annex heading outside any treaty

    def treaties(self) -> list[TreatyText]:
        for index, found in enumerate(self.marks):
            draft = self.drafts[-1] if self.drafts and self.drafts[-1].open else None
            if found is None:
                self._text(draft, index)
            elif found.kind is MarkKind.ARTICLE:
                self._article(draft, found, index)
            elif found.kind is MarkKind.ANNEX:
                self._annex(draft, found, index)
            elif draft is not None:
                self._other(draft, found, index)
        for draft in self.drafts:
            _trim(draft, self.body, self.marks)
        return [_finish(draft, self.body) for draft in self.drafts]

    # Headings

    def _article(self, draft: _Draft | None, found: Mark, index: int) -> None:
        if draft is not None and _continues(draft.last, found.value):
            if found.value[0] - draft.last[0] < 2 or self._goes_on(index, found.value[0]):
                self._add_article(draft, found, index)
                return
        elif found.value == (1, 0):
            if draft is not None and draft.annex is not None and self._goes_on(index, 1, least=2):
                self._add_article(draft, found, index)
                return
            opened = self._open(found, index) if self._goes_on(index, 1) else None
            if opened is not None:
                self.drafts.append(opened)
                self._add_article(opened, found, index)
                return
        self._text(draft, index)

    def _add_article(self, draft: _Draft, found: Mark, index: int) -> None:
        base = draft.annex.path if draft.annex is not None else ()
        draft.articles.append(_Article(found, (*base, "art", found.step), index))
        draft.last = found.value

    def _goes_on(self, index: int, number: int, least: int = MIN_ARTICLES) -> bool:
        """Whether the headings after *index* go on: from 1 to *least* articles, from another number to the next."""
        wanted = number + 1
        enough = least + 1 if number == 1 else number + 2
        first = bisect_right(self.headings, index)
        for at in self.headings[first : first + HEADINGS_AHEAD]:
            found = self.marks[at]
            value = found.value if found is not None else (0, 0)
            if value == (1, 0):
                return False
            if value == (wanted, 0):
                wanted += 1
                if wanted >= enough:
                    return True
        return False

    def _open(self, found: Mark, index: int) -> _Draft | None:
        title = self._title(index)
        if title is None:
            return None
        first, last = title
        text = clean_title(" ".join(self.body[at].bare for at in range(first, last + 1))).rstrip(";,: ")
        formula = any(m is not None and m.kind is MarkKind.FORMULA for m in self.marks[last + 1 : index])
        reason = f"article headings from {found.number} on below the title “{text}”"
        draft = _Draft(
            text, title, reason + (", after the words that close a preamble" if formula else ""), self.annex
        )
        for at in range(last + 1, index):
            self._division(draft, at)
        return draft

    def _annex(self, draft: _Draft | None, found: Mark, index: int) -> None:
        if draft is None or not self._is_own(draft, found):
            if draft is not None:
                draft.open = False
            self.annex = found
            return
        step = (found.subkind, found.step) if found.step else (found.subkind,)
        draft.annex = _Article(found, step, index)
        draft.articles.append(draft.annex)
        draft.last = (0, 0)

    def _is_own(self, draft: _Draft, found: Mark) -> bool:
        """Whether an annex belongs to the treaty, not to the document that carries the treaty as an annex."""
        carrier = draft.parent_annex
        if carrier is None or carrier.subkind != found.subkind:
            return True
        if draft.annex is not None and draft.annex.mark.subkind == found.subkind:
            return found.value > draft.annex.mark.value
        return bool(found.number) and (
            not carrier.number or (found.value == (1, 0) and carrier.value != (1, 0))
        )

    def _other(self, draft: _Draft, found: Mark, index: int) -> None:
        if found.kind is MarkKind.CLOSING and draft.annex is None:
            draft.end_piece = index
            draft.last = (10_000, 0)
        elif not self._division(draft, index) and found.kind is not MarkKind.CLOSING:
            self._text(draft, index)

    def _division(self, draft: _Draft, index: int) -> bool:
        """Adds the division whose heading stands at *index*, if one does; a bare numeral must be in sequence."""
        found = self.marks[index]
        if found is None or found.kind is not MarkKind.DIVISION or not self._holds_articles(index):
            return False
        before = [mark_.value[0] for mark_, _ in draft.divisions if not mark_.subkind]
        if not found.subkind and found.value[0] != (before[-1] if before else 0) + 1:
            return False
        draft.divisions.append((found, index))
        return True

    def _holds_articles(self, index: int) -> bool:
        near = self.marks[index + 1 : index + 1 + DIVISION_REACH]
        return any(
            found is not None and found.kind in (MarkKind.ARTICLE, MarkKind.DIVISION) for found in near
        )

    # Text

    def _text(self, draft: _Draft | None, index: int) -> None:
        if draft is None:
            return
        if draft.end_piece is not None and draft.annex is None:
            return
        if opens_preamble(self.body[index].text, self.language):
            draft.open = False
            return
        if draft.divisions and draft.articles and draft.divisions[-1][1] > draft.articles[-1].index:
            return  # the title of a division
        found = self.marks[index]
        draft.articles[-1].divided |= found is not None and found.kind is MarkKind.INLINE
        draft.articles[-1].body.append(index)

    # Titles

    def _title(self, index: int) -> tuple[int, int] | None:
        """The first and last piece of the title above the heading of article 1 at *index*."""
        lowest = max(0, index - TITLE_REACH, self._last_heading() + 1)
        for at in range(self._preamble_top(lowest, index) - 1, lowest - 1, -1):
            if self._may_be_title(at) and names_instrument(self.body[at].text, self.language):
                first, last = at, at
                while first > lowest and last - first < TITLE_LINES and self._runs_on(first - 1, first):
                    first -= 1
                while last + 1 < index and last - first < TITLE_LINES and self._goes_below(last, last + 1):
                    last += 1
                return first, last
        return None

    def _preamble_top(self, lowest: int, index: int) -> int:
        """Where the preamble above *index* begins: at its author's line, unless an annex begins below that line."""
        for at in range(index - 1, lowest - 1, -1):
            found = self.marks[at]
            if found is not None and found.kind is MarkKind.ANNEX:
                break
            if opens_preamble(self.body[at].text, self.language):
                return at
        return index

    def _last_heading(self) -> int:
        return self.drafts[-1].articles[-1].index if self.drafts else -1

    def _may_be_title(self, at: int) -> bool:
        piece, found = self.body[at], self.marks[at]
        if found is not None or piece.labels or len(piece.text) > TITLE_LENGTH:
            return False
        if at and self._is_division_title(at):
            return False
        open_end = not piece.ended or piece.text.rstrip().endswith(";")
        return open_end and not opens_preamble(piece.text, self.language)

    def _is_division_title(self, at: int) -> bool:
        before = self.marks[at - 1]
        return before is not None and before.kind is MarkKind.DIVISION and before.title is None

    def _goes_below(self, above: int, below: int) -> bool:
        """Whether the title *above* goes on in the line *below*: no preamble, and in capitals after capitals."""
        line = self.body[below].bare
        if not self._may_be_title(below) or opening(line, self.language) or speaks(line, self.language):
            return False
        return line.isupper() or not self.body[above].bare.isupper()

    def _runs_on(self, above: int, below: int) -> bool:
        """Whether the line *above* is the beginning of the title that goes on *below*."""
        if not self._may_be_title(above):
            return False
        return self.body[below].begins_low or names_instrument(self.body[above].text, self.language)


def _continues(last: tuple[int, int], value: tuple[int, int]) -> bool:
    if value[1]:
        return (value[0] == last[0] and value[1] > last[1]) or value == (last[0], 1)
    return 0 < value[0] - last[0] <= ARTICLE_GAP if last[0] else False


def _trim(draft: _Draft, body: Sequence[Piece], marks: Sequence[Mark | None]) -> None:
    """Takes the lines behind the last sentence of the last article away: titles of what follows the treaty."""
    last = draft.articles[-1].body
    while len(last) > 1 and not body[last[-1]].ended and not body[last[-1]].labels:
        last.pop()


def _heading_titles(draft: _Draft, body: Sequence[Piece]) -> dict[int, int]:
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


def _title_lines(article: _Article, body: Sequence[Piece]) -> int:
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


def _finish(draft: _Draft, body: Sequence[Piece]) -> TreatyText:
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
    article: _Article, body: Sequence[Piece], title_lines: int
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


def _divisions(draft: _Draft, body: Sequence[Piece], units: Sequence[Unit]) -> list[Unit]:
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


def _division_title(draft: _Draft, body: Sequence[Piece], index: int) -> str | None:
    stops = {article.index for article in draft.articles} | {other for _, other in draft.divisions}
    lines = []
    for at in range(index + 1, min(index + 1 + DIVISION_REACH, len(body))):
        if at in stops or body[at].ended or body[at].labels:
            break
        lines.append(body[at].bare)
    return clean_title(" ".join(lines)) if lines else None
