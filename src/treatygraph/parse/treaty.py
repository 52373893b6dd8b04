"""``SourceText`` → the treaties that it is or holds, with every provision: articles, paragraphs, lettered units.

A treaty is a sequence of article headings from 1 on, below a title in which an instrument names itself. A text
that merely speaks of articles has no such sequence. Headings out of sequence are text (a quoted amendment, a
line that begins with a reference). Paths are those of the keys: ``art/18/para/3/a/i``; articles are numbered
through, so the parts and chapters that hold them do not enter their paths.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from treatygraph.model.text import SourceText
from treatygraph.model.tree import TreatyText
from treatygraph.parse.lexicon import languages
from treatygraph.parse.openings import opening
from treatygraph.parse.treaty_assembly import (
    DIVISION_REACH,
    TITLE_LINES,
    ArticleDraft,
    TreatyDraft,
    finish,
)
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
from treatygraph.parse.treaty_pieces import Piece, pieces

MIN_ARTICLES: Final = 3
"""Fewer headings in sequence prove no treaty: two can stand in a quotation."""
TITLE_REACH: Final = 120
"""The title stands at most this many pieces above article 1: the longest preamble of the corpus has 30."""
ARTICLE_GAP: Final = 2
"""A sequence of articles may jump by this much where a heading was lost in print."""
HEADINGS_AHEAD: Final = 20
"""Headings looked at to see whether a sequence goes on; more than these out of sequence are no quotation."""


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
class _Reader:
    language: str
    body: Sequence[Piece]
    marks: Sequence[Mark | None]
    headings: Sequence[int] = ()  # the indexes of what has the shape of an article's heading
    drafts: list[TreatyDraft] = field(default_factory=list)
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
        return [finish(draft, self.body) for draft in self.drafts]

    # Headings

    def _article(self, draft: TreatyDraft | None, found: Mark, index: int) -> None:
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

    def _add_article(self, draft: TreatyDraft, found: Mark, index: int) -> None:
        base = draft.annex.path if draft.annex is not None else ()
        draft.articles.append(ArticleDraft(found, (*base, "art", found.step), index))
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

    def _open(self, found: Mark, index: int) -> TreatyDraft | None:
        title = self._title(index)
        if title is None:
            return None
        first, last = title
        text = clean_title(" ".join(self.body[at].bare for at in range(first, last + 1))).rstrip(";,: ")
        formula = any(m is not None and m.kind is MarkKind.FORMULA for m in self.marks[last + 1 : index])
        reason = f"article headings from {found.number} on below the title “{text}”"
        draft = TreatyDraft(
            text, title, reason + (", after the words that close a preamble" if formula else ""), self.annex
        )
        for at in range(last + 1, index):
            self._division(draft, at)
        return draft

    def _annex(self, draft: TreatyDraft | None, found: Mark, index: int) -> None:
        if draft is None or not self._is_own(draft, found):
            if draft is not None:
                draft.open = False
            self.annex = found
            return
        step = (found.subkind, found.step) if found.step else (found.subkind,)
        draft.annex = ArticleDraft(found, step, index)
        draft.articles.append(draft.annex)
        draft.last = (0, 0)

    def _is_own(self, draft: TreatyDraft, found: Mark) -> bool:
        """Whether an annex belongs to the treaty, not to the document that carries the treaty as an annex."""
        carrier = draft.parent_annex
        if carrier is None or carrier.subkind != found.subkind:
            return True
        if draft.annex is not None and draft.annex.mark.subkind == found.subkind:
            return found.value > draft.annex.mark.value
        return bool(found.number) and (
            not carrier.number or (found.value == (1, 0) and carrier.value != (1, 0))
        )

    def _other(self, draft: TreatyDraft, found: Mark, index: int) -> None:
        if found.kind is MarkKind.CLOSING and draft.annex is None:
            draft.end_piece = index
            draft.last = (10_000, 0)
        elif not self._division(draft, index) and found.kind is not MarkKind.CLOSING:
            self._text(draft, index)

    def _division(self, draft: TreatyDraft, index: int) -> bool:
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

    def _text(self, draft: TreatyDraft | None, index: int) -> None:
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
