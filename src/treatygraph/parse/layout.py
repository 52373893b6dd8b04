"""Blocks of an agenda → what each heading or line announces: the list, annotations, documents, programme, annex.

Only the words of a line and its length are looked at; numbers are for ``agenda_list``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.label_letters import HAN
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.ordinals import written_ordinal
from treatygraph.parse.paper_numbers import numbered_papers, papers_by_session
from treatygraph.parse.writing import writing

# A line that announces a part is short; longer ones are sentences that happen to use the words.
_LONGEST_TITLE: Final = 200
_LONGEST_ANNEX: Final = 60
_LONGEST_TELLING: Final = 500
_SENTENCE: Final = re.compile(
    r"[a-zà-ÿа-яё)»][.!?]\s+[A-ZÀ-ÞА-Я«]|[\u0621-\u064a][.؟]\s+[\u0621-\u064a]|[\u4e00-\u9fff》”)）]。(?=[^\s”』」])"
)
_SYMBOL: Final = re.compile(
    r"(?<![^\W\u3400-\u9fff])(?<![/.-])(?=[A-Z])"
    r"(?:(?:[A-Z][A-Za-z]{0,9}[0-9]{0,4}(?:\.[A-Za-z0-9]{1,6}){0,4})"
    r"(?:(?<=[A-Z]{2})\(\d{1,4}\)|(?:-[A-Z]{1,3})?-\d{1,3}(?=/[A-Z])|-[A-Z]{2,6}(?=/\d))?"
    r"(?:/(?:[A-Z]{1,12}|[A-Z][A-Za-z]{1,8}(?=\.[A-Z])|[A-Za-z]{1,8}\.?[0-9]{1,4}|[0-9]{1,4})(?:[.-][A-Za-z0-9]{1,8}){0,4}(?:\((?:[A-Z0-9]{1,6}|(?:Add|Corr|Rev)\.\s?\d{1,2})\))?){1,9}"
    r"(?![^\W\u3400-\u9fff]|/))"
)
# A session in Roman numerals and a number ("IX/8") are an act.
_SESSION_AND_NUMBER: Final = re.compile(r"(?=[LCDM]*[IVX])[IVXLCDM]+/\d{1,3}")
# What a title may hold without being a sentence: quotations, brackets, a capitalised word beside a figure ("3 May").
_APART: Final = re.compile(
    r"“[^”]{0,300}”|«[^»]{0,300}»|《[^》]{0,300}》|\([^()]{0,200}\)|\uff08[^\uff08\uff09]{0,200}\uff09"
    r"|(?<=\d )[A-Z][a-z]{2,9}\b|\b[A-Z][a-z]{2,9}(?= \d{4}\b)"
)
_DIGIT: Final = re.compile(r"\d")


@cache
def _annex_label(language: str) -> re.Pattern[str]:
    return re.compile(rf"{_annex_heading(language)}[.:：]\s{{0,4}}", re.IGNORECASE)


def _annex_heading(language: str) -> str:
    """A pattern for the word "Annex" at the beginning of a line, and its number if it has one."""
    how = writing(language)
    ordinal = written_ordinal(language) or f"[{HAN}]{{1,3}}"
    number = rf"(?:{how.gap}(?:[IVXL]{{1,5}}|[A-Z]|\d{{1,2}}|{ordinal}){how.right})?"
    return rf"\W{{0,3}}{one_of(words(language, 'agenda', 'annex'))}{number}"


class Section(Enum):
    """A part of an agenda document that a line opens."""

    AGENDA = "agenda"
    TOLD_AGENDA = "agenda as a report tells it"
    ANNOTATIONS = "annotations"
    DOCUMENTATION = "documentation"
    DOCUMENT_LIST = "document list"
    PROGRAMME = "programme"
    ANNEX = "annex"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a section; ``rest`` is the offset in its text where something follows on the same line."""

    section: Section
    rest: int


def symbols_in(text: str) -> tuple[tuple[int, int], ...]:
    """The places of document symbols in a string: with a slash and a figure ("A/C.3/70/L.1"), or those of papers that
    conferences number otherwise ("SC70 Doc. 4.1", "MSC 101/23").
    """
    symbols = [
        match.span()
        for match in _SYMBOL.finditer(text)
        if _DIGIT.search(match.group()) and not _SESSION_AND_NUMBER.fullmatch(match.group())
    ]
    papers = [match.span() for match in (*numbered_papers(text), *papers_by_session(text))]
    if not papers:
        return tuple(symbols)
    apart = [span for span in symbols if not any(start <= span[0] < end for start, end in papers)]
    return tuple(sorted({*apart, *papers}))


_PAGE_NUMBER: Final = re.compile(
    r"\d{1,3}\s?/\s?\d{1,3}|[-–—]\s?\d{1,3}\s?[-–—]|(?:[A-Z]{1,3}\.)?\d{2}-\d{4,6}\s?\([A-Z]\)[\s\d]{0,40}|\*\d{6,8}\*"
)


def is_page_number(text: str) -> bool:
    """Whether a line is a page number ("2/10") or the job number of a print ("V.16-03007 (E) 030616")."""
    return len(text) <= 60 and bool(_PAGE_NUMBER.fullmatch(text))


def is_prose(text: str, language: str) -> bool:
    """Whether a line is a sentence rather than a title: it has a finite verb, or a sentence ends inside it."""
    bare = _without_brackets(text)
    return bool(word_pattern(language, "agenda", "prose").search(bare)) or bool(_SENTENCE.search(bare))


def _without_brackets(text: str) -> str:
    return _APART.sub(" ", text)


@cache
def _whole(language: str, table: str) -> re.Pattern[str]:
    how = writing(language)
    return re.compile(rf"\W*{one_of(words(language, 'agenda', table))}{how.right}\W*", re.IGNORECASE)


@cache
def _leading(language: str, table: str) -> re.Pattern[str]:
    return re.compile(
        rf"\W{{0,3}}{one_of(words(language, 'agenda', table))}(?P<end>\s?[:：.—–-]\s*|$)", re.IGNORECASE
    )


@cache
def _annex(language: str) -> re.Pattern[str]:
    return re.compile(rf"{_annex_heading(language)}\W*(?:\s.*)?", re.IGNORECASE)


def opening_of(block: Block, language: str) -> Opening | None:
    """The section that a block opens, or None. Raises ``VocabularyError`` for an unknown language."""
    text = block.text
    if (
        block.kind in (BlockKind.FOOTNOTE, BlockKind.TABLE_ROW)
        and len([c for c in block.cells if c.start < c.end]) > 1
    ):
        return None
    leading = _leading(language, "documentation_title").match(text)
    if leading and (leading.end() == len(text) or set(leading.group("end")) & set(":：—")):
        return Opening(Section.DOCUMENTATION, leading.end())
    if _tells_agenda(text, language):
        return Opening(Section.TOLD_AGENDA, len(text))
    label = _annex_label(language).match(text)
    if len(text) > _LONGEST_TITLE or is_prose(text[label.end() :] if label else text, language):
        return None
    if block.kind is not BlockKind.HEADING and text.endswith((".", "。")):
        return None
    section = _titled(text, block, language)
    return Opening(section, len(text)) if section else None


def _tells_agenda(text: str, language: str) -> bool:
    """Whether a sentence ends in the agenda that follows: "… the Group adopted the following agenda:"."""
    if len(text) > _LONGEST_TELLING:
        return False
    told = list(word_pattern(language, "agenda", "told_agenda").finditer(text))
    return bool(told) and (text.endswith((":", "：")) or told[-1].end() >= len(text.rstrip(".。")))


def _titled(text: str, block: Block, language: str) -> Section | None:
    if _whole(language, "contents").fullmatch(text):
        return Section.CONTENTS
    heading = block.kind is BlockKind.HEADING
    if _annex(language).fullmatch(text) and (heading or len(text) <= _LONGEST_ANNEX):
        return _annex_of(text, language)
    if symbols_in(text):
        return None
    bare = text.rstrip(" :：*")
    if _contains(language, "document_list_title", bare):
        return Section.DOCUMENT_LIST
    titled = _contains(language, "agenda_title", bare) and not names_item(bare, language)
    if titled or _whole(language, "agenda_alone").fullmatch(bare):
        return Section.AGENDA
    if _contains(language, "programme_title", bare) and (heading or writing(language).large(bare)):
        return Section.PROGRAMME
    if _contains(language, "annotations_title", bare):
        return Section.ANNOTATIONS
    return None


@cache
def _item(language: str) -> re.Pattern[str]:
    how = writing(language)
    item = one_of(words(language, "agenda", "item_word"))
    return re.compile(rf"{how.left}{item}{how.gap}[\dIVX]", re.IGNORECASE)


def names_item(text: str, language: str) -> bool:
    """Whether a line names an item by its number ("Item 2 of the provisional agenda")."""
    return _item(language).search(text) is not None


def opens_with_item(text: str, language: str) -> bool:
    """Whether a short line of a head names an item at its beginning: the next line is the item's title."""
    return len(text) <= _LONGEST_ANNEX and _item(language).match(text.lstrip(" #*_")) is not None


def names_agenda(title: str, language: str) -> bool:
    """Whether a title calls the document an agenda, or annotations to one."""
    tables = ("agenda_title", "annotations_title")
    return is_bare_agenda(title, language) or any(_contains(language, table, title) for table in tables)


def is_bare_agenda(title: str, language: str) -> bool:
    """Whether a title is the word for an agenda and nothing else, which says not whether it is that of the document."""
    return _whole(language, "agenda_alone").fullmatch(title.rstrip(" :：*")) is not None


def _annex_of(text: str, language: str) -> Section:
    """What an annex is when its title stands on the same line ("Annex: Proposed organization of work")."""
    for table, section in (
        ("document_list_title", Section.DOCUMENT_LIST),
        ("programme_title", Section.PROGRAMME),
        ("documentation_title", Section.DOCUMENT_LIST),
    ):
        if _contains(language, table, text):
            return section
    return Section.ANNEX


def _contains(language: str, table: str, text: str) -> bool:
    return bool(word_pattern(language, "agenda", table).search(text))
