"""The names that a document gives to what it has just named: "(hereinafter “the Convention”)", "(ICCPR)"."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.cite.line import Line

_LONGEST_ALIAS = 8
_LONGEST_BRACKET = 24  # words
# Quotation marks of all languages; in Arabic the right one opens.
_OPENING = ("\u201c", '"', "\u2018", "\u00ab", "\u201d", "\u300a")
_CLOSING = ("\u201d", '"', "\u2019", "\u00bb", "\u201c", "\u300b", ")")


def defined_names(line: Line, index: int) -> Iterator[str]:
    """The names that a bracket at a word defines for what stands before it, first in it or after a comma."""
    words = line.words
    if words.norm(index) != "(":
        # "… adopted by the General Assembly in 1966 (“ICCPR”)": a few small words may come between
        index = next((i for i in range(index, min(index + 9, len(line))) if words.norm(i) == "("), -1)
        if index < 0 or (words.raw(index + 1) not in _OPENING and line.lex(index + 1, "the") is None):
            return
    alias = _defined_at(line, index + 1)
    if alias is not None:
        yield alias
        return
    for position in range(index + 1, min(index + _LONGEST_BRACKET, len(line))):
        if words.norm(position) == ")":
            return
        # "(ETS No. 5, “the Convention”)"
        if words.norm(position) in (",", ";") and (alias := _defined_at(line, position + 1, later=True)):
            yield alias


def _defined_at(line: Line, index: int, *, later: bool = False) -> str | None:
    """The name that is defined at a word of a bracket; *later* in it only one in quotation marks or so called."""
    words = line.words
    marked = line.lex(index, "defined_as")
    position = marked[1] if marked else index
    the = line.lex(position, "the")
    position = the[1] if the else position
    quoted = words.raw(position) in _OPENING
    first = position + quoted
    inner = line.lex(first, "the")
    first = inner[1] if inner else first
    last = first
    while last < len(line) and last - first < _LONGEST_ALIAS and words.raw(last)[:1].isalnum():
        last += 1
    if last == first or words.raw(last) not in _CLOSING or not _looks_like_name(line, first):
        return None
    # An article written together with its noun: "(الاتفاق)" behind the name of an agreement.
    definite = line.order.construct and words.norm(first).startswith(line.lexicon.script.article)
    if not (marked or quoted) and (later or not (the or definite or words.raw(first).isupper())):
        return None
    return line.text[line.start(first) : line.end(last)]


def _looks_like_name(line: Line, index: int) -> bool:
    raw = line.words.raw(index)
    return line.words.capital(index) or (raw.isdigit() and line.words.capital(index + 1))
