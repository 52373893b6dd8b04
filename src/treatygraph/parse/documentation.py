"""Lines and rows under the word "Documentation" → which document is listed for which item, and how.

A list stands under its item, or at the end of the agenda, set out by item. A document listed under a sub-item
belongs to the item that its annotation announced it for ("For its consideration of agenda item 5, … (A/1/3)").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind, Span
from treatygraph.model.tree import DocumentationEntry
from treatygraph.parse.dates import find_dates
from treatygraph.parse.item_labels import label_of
from treatygraph.parse.item_numbers import named_items, number_list
from treatygraph.parse.layout import is_prose, symbols_in
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.papers import only_papers
from treatygraph.parse.writing import writing

_NOTE: Final = re.compile(r"\)?\s{0,2}[\[(（](?P<words>[^()\[\]（）]{2,80})[\])）]\s?[.;。；]?$")
_LONGEST_LINE: Final = 400
_LONGEST_REMARK: Final = 40
_OPENING_MARKS: Final = " *•–—-[(（［"
# A title and what parts it from the symbol behind it.
_TITLE_BEFORE: Final = re.compile(r"[\w”»)）]\s?(?:[–—]|-(?=\s)|[(（])\s?$")
_SENTENCE_END: Final = re.compile(
    r"[a-zà-ÿа-яё)\]”»][.]\s+(?=[A-ZÀ-ÞА-Я])|[\u0621-\u064a)][.]\s+(?=[\u0621-\u064a])|。(?=[^”』」])"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list of documents: ``block.text[start:end]`` of the block at ``index``, under ``item``."""

    index: int
    start: int
    end: int
    item: str
    section: int


def is_document_line(block: Block, language: str) -> bool:
    """Whether a short line under an item does nothing but name documents ("Documents EB146/3 and EB146/4")."""
    symbols = symbols_in(block.text)
    if not symbols or len(block.text) > _LONGEST_LINE:
        return False
    if any(only_papers(block.text[cell.start : cell.end], language) for cell in block.cells):
        return True  # a cell of its own, beside the title
    if not block.text[: symbols[0][0]].strip(_OPENING_MARKS):  # "FOG/2/INF.3 Horns of the coast. Note by …"
        return not word_pattern(language, "agenda", "prose").search(block.text)
    if is_prose(block.text, language):
        return False
    if _opens_with_document(language).match(block.text) or _closes_with_symbol(block, symbols, language):
        return True
    rest = block.text
    for start, end in reversed(symbols):
        rest = rest[:start] + rest[end:]
    return not re.search(r"\w{4,}", rest)


def _closes_with_symbol(block: Block, symbols: tuple[tuple[int, int], ...], language: str) -> bool:
    """Whether a title ends in the symbol of what it names ("Note by the secretariat: Reeds – FOG/2/4")."""
    first, last = symbols[0][0], symbols[-1][1]
    titled = writing(language).large(block.text) and _TITLE_BEFORE.search(block.text, 0, first)
    alone = re.fullmatch(r"\s?[)）]?[.;；。]?", block.text[last:]) is not None or _is_dated(
        block.text[last:], language
    )
    return (
        bool(titled) and alone and block.kind is not BlockKind.HEADING and label_of(block, language) is None
    )


def _is_dated(tail: str, language: str) -> bool:
    """Whether a remark behind a symbol says when the document was posted ("updated on 24.11.2031")."""
    dates = find_dates(tail, language) if len(tail) <= _LONGEST_REMARK else ()
    return bool(dates) and not tail[dates[-1].end :].strip(" ).")


@cache
def _opens_with_document(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"\W{{0,3}}{one_of(words(language, 'agenda', 'document_line'))}{writing(language).right}",
        re.IGNORECASE,
    )


def says_nothing(text: str, language: str) -> bool:
    """Whether a line under the word says that there are no documents."""
    pattern = word_pattern(language, "agenda", "nothing")
    return not symbols_in(text) and bool(pattern.match(text.lstrip("–—-. ")))


def is_entry(block: Block, language: str) -> bool:
    """Whether a line under the word "Documentation" lists a document: it has a symbol, or is no sentence."""
    if block.kind in (BlockKind.FOOTNOTE, BlockKind.RULE, BlockKind.PAGE) or not block.text:
        return False
    if says_nothing(block.text, language):
        return False
    return bool(symbols_in(block.text)) or not is_prose(block.text, language)


def items_of_line(block: Block, language: str, known: frozenset[str], column: int | None) -> tuple[str, ...]:
    """The items that a line of a list at the end names for its documents: in a cell, after "item", or before it."""
    found: list[str] = []
    for place, cell in enumerate(block.cells):
        if cell.start == cell.end or (column is not None and place != column):
            continue
        found += [m.number for m in number_list(block.text, language, cell.start, cell.end)]
    found = [number for number in found if number in known]
    if not found:
        found = [m.number for m in named_items(block.text, language) if m.number in known]
    if not found and block.kind is not BlockKind.TABLE_ROW:
        label = label_of(block, language)
        found = [label.number] if label and label.number in known else []
    return tuple(dict.fromkeys(found))


def item_column(block: Block, language: str) -> int | None:
    """The column that the head of a table calls "item" or "agenda item"."""
    if symbols_in(block.text):
        return None
    pattern = word_pattern(language, "agenda", "item_word")
    for place, cell in enumerate(block.cells):
        if pattern.match(block.text[cell.start : cell.end].lstrip()):
            return place
    return None


def listed_as(text: str) -> str | None:
    """The words in brackets after the last symbol of an entry ("to be recirculated"), or None."""
    symbols = symbols_in(text)
    if not symbols:
        return None
    match = _NOTE.search(text, symbols[-1][1])
    if match is None or symbols_in(match.group("words")):
        return None
    return match.group("words").strip()


def assign(
    blocks: tuple[Block, ...],
    listed: Sequence[Listed],
    announced: Mapping[str, str],
    annotated: Sequence[tuple[int, str]],
) -> tuple[tuple[Listed, str], ...]:
    """Each line with its item: the announced one, else the parent where the list closes several sub-items.

    *announced* maps symbols to the item whose annotation names them; *annotated* are (block, item) of the titles
    that open annotations, in order of print.
    """
    sections = {(line.section, line.item) for line in listed}
    symbols = {
        text[start:end]
        for text in (blocks[line.index].text[line.start : line.end] for line in listed)
        for start, end in symbols_in(text)
    }
    # An item has documents of its own when its annotation announces some that no list prints.
    sections |= {(-1, item) for symbol, item in announced.items() if symbol not in symbols}
    return tuple((line, _assigned(blocks, line, announced, annotated, sections)) for line in listed)


def _assigned(
    blocks: tuple[Block, ...],
    line: Listed,
    announced: Mapping[str, str],
    annotated: Sequence[tuple[int, str]],
    sections: set[tuple[int, str]],
) -> str:
    text = blocks[line.index].text[line.start : line.end]
    top = line.item.split(" ")[0]
    for start, end in symbols_in(text):
        item = announced.get(text[start:end])
        if item and item.split(" ")[0] == top:
            return item
    if line.item == top or (line.section == line.index and line.start == 0):
        return line.item  # a line right in the annotation of a sub-item is about that sub-item
    siblings = {
        number for place, number in annotated if place < line.section and number.startswith(f"{top} (")
    }
    with_lists = {item for _, item in sections}
    unlisted = siblings - with_lists - {line.item}
    later = any(place > line.section and number.startswith(f"{top} (") for place, number in annotated)
    return top if unlisted and not later else line.item


def entry_of(blocks: tuple[Block, ...], line: Listed, item: str) -> DocumentationEntry:
    """The entry of a line, without white space at its ends."""
    text = blocks[line.index].text
    start, end = line.start, line.end
    while start < end and text[start] in " –—-:":
        start += 1
    span = blocks[line.index].source_span(start, end)
    return DocumentationEntry(item, span, listed_as(text[start:end]))


def announces(text: str, language: str) -> bool:
    """Whether a sentence says that documents will be before the body."""
    return bool(word_pattern(language, "agenda", "announcement").search(text))


def announcements(text: str, language: str) -> tuple[Span, ...]:
    """The stretches of an annotation that say what documents the body will have before it, with a symbol each."""
    spans: list[Span] = []
    for match in word_pattern(language, "agenda", "announcement").finditer(text):
        end = _SENTENCE_END.search(text, match.end())
        stop = end.start() + 1 if end else len(text)
        if symbols_in(text[match.end() : stop]) and not (spans and spans[-1].end > match.start()):
            spans.append(Span(match.start(), stop))
    return tuple(spans)
