"""The paragraphs of a report as the reader of resolutions leaves them → as a report prints them.

A report prints no opening words as a resolution does: its body begins with the first numbered sentence, the first
heading of a division, or the first long sentence. What it tells is other, whatever verb a sentence opens with; the
acts that it reprints ("The Council of Pilots, …") keep their paragraphs, up to the next sentence that only tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind, SourceText
from treatygraph.model.tree import Paragraph, ParagraphKind
from treatygraph.parse.counting import Counting
from treatygraph.parse.furniture import furniture
from treatygraph.parse.item_labels import ItemLabel, Style, label_of
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.layout import Section, is_prose, opening_of, symbols_in
from treatygraph.parse.lexicon import one_of, word_pattern
from treatygraph.parse.openings import opening
from treatygraph.parse.resolution_lines import begins_with_number, names_author
from treatygraph.parse.treaty_pieces import Piece
from treatygraph.parse.verbs import Tense, forms, verb_languages
from treatygraph.parse.writing import writing

# A shorter sentence may belong to a masthead ("The meeting was held in private").
_SHORTEST_SENTENCE: Final = 60
_SHORTEST_SPACELESS: Final = 18
_LONGEST_HEADING: Final = 200
# A heading has text below it, at most so many further headings down.
_TEXT_WITHIN: Final = 3
_PAGE_AT_END: Final = re.compile(r"[\s.…\t]\d{1,3}$")
_DIVISIONS: Final = (Style.ROMAN, Style.UPPER)
# Kinds of the paragraphs that a reader of resolutions gives to sentences that only tell.
_TELLING: Final = (ParagraphKind.HEADING, ParagraphKind.OPERATIVE, ParagraphKind.OTHER)
_LEAST_TOLD: Final = 2
_STOPS: Final = (".", "。")
_OF_ACTS: Final = (ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE)


def report_paragraphs(source: SourceText, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """*paragraphs* with those from the beginning of the body on as a report prints them, and their printed numbers."""
    return tuple(_Reader(source).read(paragraphs))


def tells(source: SourceText, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether numbered sentences outside annexes tell what bodies did: "20. The Conference considered item 5."."""
    kinds = {paragraph.span.start: paragraph.kind for paragraph in paragraphs}
    found = 0
    for block in source.blocks:
        if kinds.get(block.span.start) not in _TELLING:
            continue
        label = label_of(block, source.language)
        least = _SHORTEST_SENTENCE if writing(source.language).spaced else _SHORTEST_SPACELESS
        if label is None or label.style is not Style.FIGURE or len(block.text) < least:
            continue
        words = block.text[label.end :]
        sentence = block.text.rstrip().endswith(_STOPS) or is_prose(block.text, source.language)
        spoken = sentence and opening(words, source.language) is None
        found += spoken and _told(source.language).search(words) is not None
    return found >= _LEAST_TOLD


@cache
def _told(language: str) -> re.Pattern[str]:
    """A verb of reporting in the past, behind a subject; where verbs come first, the one that opens the sentence."""
    how = writing(language)
    past = one_of(forms(language, Tense.PAST) if language in verb_languages() else ())
    before = rf"^\W*{how.proclitic}" if how.proclitics else rf"\w{how.gap}"
    return re.compile(f"{before}{past}{how.right}")


class _Reader:
    """Goes over the paragraphs once; remembers the parts of a report that it is in."""

    def __init__(self, source: SourceText) -> None:
        self.language = source.language
        roles = furniture(source.blocks, source.language)
        self.blocks = [block for index, block in enumerate(source.blocks) if index not in roles]
        self.place = {block.span.start: at for at, block in enumerate(self.blocks)}
        self.counting = Counting([Piece(block, leading_labels(block.text)) for block in self.blocks])
        self.begun = False
        self.told = False  # whether a sentence was printed: then "Annex" is no line of the contents
        self.annexed = False
        self.in_act = False
        self.before: ParagraphKind | None = (
            None  # what the reader of resolutions made of the paragraph before
        )
        self.dotted: str | None = None

    def read(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """All paragraphs, in order."""
        done: list[Paragraph] = []
        for paragraph in paragraphs:
            at = self.place.get(paragraph.span.start)
            if at is None:
                done.append(paragraph)
                continue
            self.begun = self.begun or (bool(done) and self._begins_body(at))
            done.append(self._of_body(paragraph, at) if self.begun else paragraph)
            self.before = paragraph.kind
        return done

    def _begins_body(self, at: int) -> bool:
        block = self.blocks[at]
        label = label_of(block, self.language)
        prose = is_prose(block.text, self.language)
        if label is not None and label.value == 1 and label.style in (Style.FIGURE, Style.ROMAN):
            heading = block.kind is BlockKind.HEADING or label.style is Style.ROMAN
            return prose or heading or self._heads_paragraphs(at)
        if (
            label is not None
            and label.style is Style.ITEM
            and label.value == 1
            and label.end < len(block.text)
        ):
            # "Agenda item 1 – Opening", and no number of an item in the masthead
            return block.kind is BlockKind.HEADING
        if word_pattern(self.language, "agenda", "introduction").fullmatch(block.text.strip(" :.*")):
            return True
        return prose and len(block.text) >= _SHORTEST_SENTENCE and block.text.rstrip().endswith((".", ":"))

    def _heads_paragraphs(self, at: int) -> bool:
        """Whether a title with the number 1 stands right above a sentence with the number 1."""
        below = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        label = label_of(below, self.language) if below else None
        numbered = label is not None and label.style is Style.FIGURE and label.value == 1
        return below is not None and numbered and is_prose(below.text, self.language)

    def _of_body(self, paragraph: Paragraph, at: int) -> Paragraph:
        block = self.blocks[at]
        label = label_of(block, self.language)
        if self._is_of_act(paragraph, block, label):
            return paragraph
        if self._opens_annex(block):
            self.annexed = True
            return replace(paragraph, kind=ParagraphKind.HEADING, number=None)
        if self._is_heading(at, label):
            self.counting.fresh = True
            self.dotted = None
            return replace(paragraph, kind=ParagraphKind.HEADING, number=None)
        self.told = self.told or is_prose(block.text, self.language)
        kind = ParagraphKind.ANNEX if self.annexed else ParagraphKind.OTHER
        return replace(paragraph, kind=kind, number=self._number(at, label))

    def _is_of_act(self, paragraph: Paragraph, block: Block, label: ItemLabel | None) -> bool:
        """Whether a paragraph is of an act that the report reprints, and so has the kind that it has there."""
        if names_author(block.text, self.language) and self._speaks(paragraph):
            self.in_act = True
            return True
        if names_author(block.text, self.language) and block.text.rstrip().endswith((",", "，", "،")):
            self.in_act = True
        elif (
            self.in_act
            and paragraph.kind is ParagraphKind.OPERATIVE
            and label
            and label.style is Style.FIGURE
        ):
            self.in_act = opening(block.text[label.end :], self.language) is ParagraphKind.OPERATIVE
        return self.in_act and paragraph.kind in _OF_ACTS

    def _speaks(self, paragraph: Paragraph) -> bool:
        """Whether the line of who speaks stands right below the title of an act, as some print it without a comma."""
        return paragraph.kind is ParagraphKind.OTHER and self.before is ParagraphKind.HEADING

    def _opens_annex(self, block: Block) -> bool:
        found = opening_of(block, self.language)
        annex = found is not None and found.section is Section.ANNEX
        return annex and self.told and _PAGE_AT_END.search(block.text) is None

    def _is_heading(self, at: int, label: ItemLabel | None) -> bool:
        """Whether a block is a heading: laid out as one, or a short line that no mark closes, with text below."""
        if self.blocks[at].kind is BlockKind.HEADING:
            return True
        if label is not None and label.style in _DIVISIONS and self._unended(at):
            return True
        if begins_with_number(self.blocks[at].text) and self._unended(at):
            return True  # "16/3. Care of the lights": the title of an act that is printed below
        if not self._like_heading(at, label):
            return False
        for below in range(at + 1, min(at + 1 + _TEXT_WITHIN, len(self.blocks))):
            other = label_of(self.blocks[below], self.language)
            if not self._like_heading(below, other):
                return True
        return False

    def _like_heading(self, at: int, label: ItemLabel | None) -> bool:
        block = self.blocks[at]
        words = block.text[label.end :] if label else block.text
        return (
            self._unended(at)
            and (0, len(block.text)) not in symbols_in(block.text)  # the running head of a page
            and writing(self.language).large(words.lstrip("“\"«‘'("))
            and not (label is not None and label.style in (Style.SUB, Style.ITEM))
            and not is_prose(words, self.language)
            and _PAGE_AT_END.search(block.text) is None
        )

    def _unended(self, at: int) -> bool:
        block = self.blocks[at]
        lined = block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
        return lined and len(block.text) <= _LONGEST_HEADING and not Piece(block, ()).ended

    def _number(self, at: int, label: ItemLabel | None) -> str | None:
        """The printed number with its parents; "12.3" counts by itself, and lists below it are its own."""
        if label is not None and label.style is Style.FIGURE and "." in label.number:
            self.dotted = label.number
            self.counting.reset()
            return label.number
        if label is not None and label.style in _DIVISIONS:
            return None
        if label is not None and label.style is Style.FIGURE:
            self.dotted = None
        number = self.counting.number(at)
        if number and self.dotted and number.startswith("("):
            return f"{self.dotted} {number}"
        return number
