"""``SourceText`` → the same text, with blocks in which a whole act runs on cut into the lines that it would print.

A text that lost its layout prints head, preamble and operative part in one paragraph: "… The Assembly, Recalling its
resolution 70/1, 1. Requests the Secretary-General: (a) To report; 2. Decides …". That paragraphs numbered from 1 on
begin with the verbs of acts, behind marks that close a clause, tells such a block from any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from treatygraph.model.numbering import letter_value
from treatygraph.model.text import Block, BlockKind, SourceText
from treatygraph.model.tree import DocumentKind, ParagraphKind
from treatygraph.parse.kind_lines import kind_of_line
from treatygraph.parse.label_letters import latin_steps, letters
from treatygraph.parse.lexicon import languages, one_of, words
from treatygraph.parse.openings import opening
from treatygraph.parse.resolution_lines import AUTHOR_LENGTH, CLOSING_LENGTH, names_author, tells_meeting
from treatygraph.parse.run_in import run_in_pieces
from treatygraph.parse.unroll import cut_block
from treatygraph.parse.writing import writing

_SHORTEST: Final = 120
_LONGEST: Final = 60_000
_LEAST_PARAGRAPHS: Final = 2
# The head of an act is not longer; a preamble may be.
_LONGEST_HEAD: Final = 3_000
_LONGEST_CLAUSE: Final = 600
_MARKS: Final = ",;.:)\\]，；。：）،؛”»"
_NUMBER: Final = re.compile(rf"(?<=[{_MARKS}])\s{{1,3}}(?P<number>\d{{1,3}})\s?[.．\-–—]\s{{0,3}}(?=\S)")
_CLAUSE: Final = re.compile(r"[,;，；،؛](?=\s)")
_PAUSE: Final = re.compile(r"[,，،]\s{1,3}(?=\S)")
_SENTENCE: Final = re.compile(r"[.。]\s{1,3}(?=\S)")
_WORD: Final = re.compile(r"(?:^|(?<=\s))(?=[^\W_])")
# A remark in brackets and the number of an act before its title stand in one line.
_CLOSED: Final = re.compile(r"\[[^\[\]]{3,400}\]|(?<![\w/.])(?:\d{1,4}|[IVXLC]{1,7})/\d{1,4}[.:]?\s{1,3}\S")
_ACTS: Final = (DocumentKind.RESOLUTION, DocumentKind.DECISION)
_NUMERAL: Final = r"(?:\s(?:[IVXL]{1,5}|[A-Z]|\d{1,2}))?"


def with_acts_apart(source: SourceText) -> SourceText:
    """*source* with blocks that hold an act cut into its paragraphs; the text itself is unchanged."""
    if source.language not in languages():
        return source
    blocks = tuple(part for block in source.blocks for part in _parts(block, source.language))
    return source if len(blocks) == len(source.blocks) else replace(source, blocks=blocks)


def _parts(block: Block, language: str) -> Iterator[Block]:
    whole = block.kind is not BlockKind.PARAGRAPH or not _SHORTEST <= len(block.text) <= _LONGEST
    numbered = [] if whole else _numbered(block.text, language)
    if len(numbered) < _LEAST_PARAGRAPHS:
        yield block
        return
    cuts = {0, len(block.text), *numbered}
    cuts.update(_head(block.text, numbered[0], language))
    tail = _tail(block.text, numbered[-1], language)
    cuts.update(tail)
    for start, end in pairwise([*numbered, min(tail, default=len(block.text))]):
        cuts.update(_lettered(block.text, start, end))
    for start, end in pairwise(sorted(cuts)):
        part = cut_block(block, start, end)
        if part.text:
            yield part


def _numbered(text: str, language: str) -> list[int]:
    """Where the numbered paragraphs of an operative part begin: counted from 1 on, each with the verb of an act."""
    found: list[int] = []
    for match in _NUMBER.finditer(text):
        if int(match["number"]) != len(found) + 1:
            continue
        stretch = _clause(text, match.end(), len(text)).rstrip(",;，；،؛")
        if opening(f"{stretch};", language) is ParagraphKind.OPERATIVE:
            found.append(match.start("number"))
    return found


def _head(text: str, end: int, language: str) -> Iterator[int]:
    """Where the lines above the operative part begin: masthead, title, who speaks, and the preamble."""
    author = _author(text, end, language)
    if author is None:
        return
    start, stop = author
    yield from (start, stop)
    closed = {
        place for match in _CLOSED.finditer(text, 0, start) for place in range(match.start() + 1, match.end())
    }
    for piece in run_in_pieces(text, start, language) if start <= _LONGEST_HEAD else ():
        yield from (place for place in piece if place not in closed)
    for place in _WORD.finditer(text, 0, min(start, _LONGEST_HEAD)):
        if kind_of_line(text[place.start() : start], language) in _ACTS:
            yield place.start()
    for match in _CLAUSE.finditer(text, stop, end):
        if _recites(text, match.end(), end, language):
            yield match.end()


def _clause(text: str, start: int, end: int) -> str:
    """The words from *start* on up to the mark that closes their clause, that mark included."""
    stretch = text[start : min(end, start + _LONGEST_CLAUSE)].lstrip()
    pause = _CLAUSE.search(stretch)
    return stretch[: pause.end()] if pause else stretch


def _recites(text: str, start: int, end: int, language: str) -> bool:
    """Whether a clause begins as a paragraph of a preamble does; the last one may have lost its comma."""
    clause = _clause(text, start, end).rstrip(" ,;，；،؛")
    return opening(f"{clause},", language) is ParagraphKind.PREAMBULAR


def _author(text: str, end: int, language: str) -> tuple[int, int] | None:
    """The words that say who speaks, before the first clause of a preamble or the first numbered paragraph."""
    for comma in _PAUSE.finditer(text, 0, end):
        if comma.end() < end and not _recites(text, comma.end(), end, language):
            continue
        least = max(0, comma.start() - AUTHOR_LENGTH)
        for place in reversed([match.start() for match in _WORD.finditer(text, least, comma.start())]):
            if names_author(text[place : comma.start() + 1], language):
                return place, comma.end()
    return None


def _lettered(text: str, start: int, end: int) -> Iterator[int]:
    """Where the lettered parts of a paragraph begin, from (a) on with a (b) to follow."""
    found: list[int] = []
    for match in _letter().finditer(text, start, end):
        step = next(iter(latin_steps(match["letter"])), "")
        if letter_value(step) == len(found) + 1:
            found.append(match.start("label"))
    yield from found if len(found) > 1 else ()


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[:;,：；，؛،])\s{{1,3}}(?P<label>[(（]?(?P<letter>[a-z]|{letters()})[)）])\s{{0,3}}(?=\S)"
    )


def _tail(text: str, last: int, language: str) -> list[int]:
    """Where what follows the last numbered paragraph begins: an annex, the meeting and day of adoption."""
    annex = _annex(language).search(text, last)
    if annex:
        return [annex.start("word"), annex.end()]
    for match in _SENTENCE.finditer(text, max(last, len(text) - 2 * CLOSING_LENGTH)):
        if tells_meeting(text[match.end() :], language):
            return [match.end()]
    return []


@cache
def _annex(language: str) -> re.Pattern[str]:
    how = writing(language)
    heads = one_of(
        form
        for word in words(language, "agenda", "annex")
        for form in (word[:1].upper() + word[1:], word.upper())
    )
    return re.compile(rf"[.。]\s{{1,3}}(?P<word>{heads}{_NUMERAL}{how.right})\s{{1,3}}")
