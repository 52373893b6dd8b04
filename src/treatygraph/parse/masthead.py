"""A line of a head → symbol, distribution, original language, date of issue; the note of a reissue in any block."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.model.tree import DateRange
from treatygraph.parse.dates import find_dates
from treatygraph.parse.head_pieces import Found, Piece, head_dates
from treatygraph.parse.layout import names_item, symbols_in
from treatygraph.parse.lexicon import entries, one_of, word_pattern, words
from treatygraph.parse.papers import version_marks
from treatygraph.parse.writing import writing

# What may follow the document's symbol on its line: a note mark, "(annotated)", "(Part I)".
_REMARK: Final = re.compile(r"[\s*]{0,4}(?:\([A-Za-z][A-Za-z .-]{2,38}\))?[\s*]{0,4}")
# What may stand after a symbol and is part of it: the section of a budget ("A/80/6 (Sect. 36)"), a numbered version
# ("WEIR/GB-3/12 Rev.1", "WB55/1, Rev. 2"), the letter of a resolution in parts ("A/RES/77/291 B").
_PART_OF: Final = re.compile(
    r"\s?\([A-Z][a-z]{2,7}\.?\s?[A-Za-z]{0,8}\.?\s?\d{1,3}[A-Z]?\)|,?\s(?:Add|Corr|Rev)\.\s?\d{1,2}(?!\w)"
    r"|(?<=\d)\s[A-Z](?:-[A-Z])?$"
)
# Committees number their papers by session behind a space; alone in a line of the head it is the document's symbol.
_BY_SESSION: Final = re.compile(
    r"(?!(?:DEC|PRST|REC|RES)\s)[A-Z]{2,6}\s\d{1,3}/\d{1,3}(?:[/-](?:Add|Corr|Rev)\.\d{1,2}){0,2}"
)
_ACTS: Final = ("/RES/", "/DEC/")


def take_symbol(piece: Piece, found: Found, language: str) -> bool:
    """Takes a line that is the document's symbol, with its date or the name of the organization; whether it is one."""
    symbols = symbols_in(piece.text)
    by_session = (
        _BY_SESSION.fullmatch(piece.text.strip(" *")) if not symbols and found.symbol is None else None
    )
    if by_session and not (head_dates(piece.text, language) or names_item(piece.text, language)):
        start = piece.text.index(by_session.group())
        found.symbol = (by_session.group(), piece.span(start, start + len(by_session.group())))
        return True
    if not symbols:
        return False
    start, end = symbols[0]
    if start and not word_pattern(language, "frontmatter", "masthead").fullmatch(
        piece.text[:start].strip(" *")
    ):
        return False
    part = _PART_OF.match(piece.text, end)
    if part and (not part.group().strip().isalpha() or any(series in piece.text for series in _ACTS)):
        end = part.end()
    dated = [mention for mention in head_dates(piece.text, language) if mention.start > end]
    alone = dated and not (piece.text[end : dated[0].start] + piece.text[dated[0].end :]).strip()
    if not alone and _REMARK.fullmatch(version_marks().sub("", piece.text[end:])) is None:
        return False
    if alone:
        found.issued = found.issued or piece.dates(dated[0])
    found.symbol = found.symbol or (piece.text[start:end], piece.span(start, end))
    return True


@cache
def _labelled(language: str, table: str) -> re.Pattern[str]:
    how = writing(language)
    listed = entries(language, "frontmatter", table)
    marked = one_of(entry["text"] for entry in listed if entry.get("colon", True))
    bare = one_of(entry["text"] for entry in listed if not entry.get("colon", True))
    both = one_of(["and", *words(language, "agenda", "list_and")])
    word = r"[^\W\d_]+(?:[’'-][^\W\d_]+)?"
    return re.compile(
        rf"{how.left}(?:{marked}\s?[:：]|{bare})\s?(?P<value>{word}(?:\s?(?:/|{both}|,)\s?{word}){{0,6}})",
        re.IGNORECASE,
    )


def take_masthead(piece: Piece, found: Found, language: str) -> bool:
    """Takes distribution, original language, and a date of issue printed in the same line; whether there are any."""
    distribution = _labelled(language, "distribution").search(piece.text)
    original = _labelled(language, "original").search(piece.text)
    if distribution:
        found.distribution = found.distribution or distribution.group("value")
    if original:
        found.original = found.original or original.group("value").strip()
    if distribution or original:
        for mention in head_dates(piece.text, language)[:1]:
            found.issued = found.issued or piece.dates(mention)
        for start, end in symbols_in(piece.text)[:1]:
            found.symbol = found.symbol or (piece.text[start:end], piece.span(start, end))
    return bool(distribution or original)


@cache
def _reissued(language: str) -> re.Pattern[str]:
    word = one_of(words(language, "frontmatter", "reissued"))
    on = one_of(words(language, "frontmatter", "on"))
    return re.compile(
        rf"\W{{0,4}}(?P<note>{word}[^.(\d]{{0,80}}?)(?:\s{on})?\s?[(\[]?\s?(?=\d|[.(]|$)", re.IGNORECASE
    )


def reissue(blocks: tuple[Block, ...], language: str) -> tuple[str | None, DateRange | None]:
    """The note of a reissue and its date, wherever in the document it stands."""
    for block in blocks:
        if block.kind in (BlockKind.TABLE_ROW, BlockKind.RULE, BlockKind.PAGE):
            continue
        match = _reissued(language).match(block.text)
        if match is None:
            continue
        after = [m for m in find_dates(block.text, language) if m.start >= match.end("note")]
        piece = Piece(block, 0, len(block.text))
        return match.group("note").strip(), piece.dates(after[0]) if after else None
    return None, None
