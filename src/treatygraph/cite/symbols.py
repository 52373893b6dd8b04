"""A string → the United Nations document symbols printed in it, each in its normal form.

The shape follows the *Guide to UN document symbols*: series letters, then segments between slashes, at least one of
which holds a number. A symbol is normal when white space, a closing full stop and volume marks are gone; case is kept,
a dash is a hyphen. Conferences that number their papers without slashes print "CoP18 Doc. 4.1" and "SC70 Inf. 12".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.parse.paper_numbers import numbered_papers, papers_by_session

# All quantifiers are bounded and the alternatives of a segment begin with different characters.
_SEGMENT: Final = (
    r"(?:\d{1,6}(?:-\d{1,2}(?![\w/-]))?(?:\.\d{1,3}){0,3}[A-Z]?\d{0,2}(?:\.(?:[A-Z]{2,6}|(?:Add|Corr|Rev)\.?\d{0,3})){0,2}(?![A-Za-z])"
    r"|[A-Z][A-Za-z]{0,9}(?:\d{0,3}(?:[.\-](?:[A-Z0-9]{1,6}|(?:[A-Z][a-z]{1,8}){1,2}\d{0,3})(?![A-Za-z]))){0,3}(?:\d{1,3}[A-Z]?)?(?![A-Za-z0-9])"
    r"|[a-z]{3,5}\.\d{1,5}(?![A-Za-z]))"
    r"(?:\((?:[A-Z0-9.\-]{1,10}|(?:Add|Corr|Rev)\.\s?\d{1,2})\)(?:\d{1,4}(?![\w/-]))?)?"
)
_SYMBOL: Final = re.compile(
    rf"(?<![^\W\u0600-\u06ff\u3400-\u9fff])(?<![/.])(?<![IVXLC]-)(?!\w{{1,6}}-\d{{1,4}}/\d{{1,4}}(?!\d|/|\.[A-Z]))(?![IVXLC]{{1,8}}-[A-Z]/)[A-Z][A-Z0-9]{{0,9}}(?:[.\-][A-Z0-9]{{1,6}}){{0,3}}(?:(?<=[A-Z]{{2}})\(\d{{1,4}}\))?"
    rf"(?:/{_SEGMENT}){{1,9}}(?:/(?:Add|Corr|Rev|Amend)\.\d{{1,3}}){{0,3}}"
)
# A session and a number ("V/5", "XIII/1", "SS.XII/5") are an act or a rule, not a document.
_SESSION_AND_NUMBER: Final = re.compile(r"(?:[A-Z]{1,2}\.)?(?=[LCDM]*[IVX])[IVXLCDM]+/\d{1,4}[A-Z]?")
_YEAR: Final = re.compile(r"(?:\s?\((?:\d{4}|[IVXLC]{1,8}|S-[IVXLC]{1,6})\))?(?:\s?[A-Z](?![\w.]))?")
_SECTION: Final = re.compile(r"\s?\((?:Sect\.\s?\d{1,2}[A-Z]?|Income\s?sect\.\s?\d)\)")
_VOLUME: Final = re.compile(r"\s*[\[(](?:Vol\.|Vols\.|Part|Parts|Supp)[^)\]]{0,20}[)\]]\s*$", re.IGNORECASE)
# A volume whose mark stands before that of a correction: "NPT/CONF.1995/32 (Part I)/Corr.2".
_INNER_VOLUME: Final = re.compile(
    r"\s?\((?:Part|Vol\.)\s?[IVX\d]{1,6}\)(?=(?:/(?:Add|Corr|Rev|Amend)\.\d{1,3}){1,3})"
)
_CORRECTION: Final = re.compile(r"(?:/(?:Add|Corr|Rev|Amend)\.\d{1,3}){1,3}")
_SERIES_OF_ACTS: Final = re.compile(r"/(?:RES|DEC|Res|Dec)(?:/|\.)")
# What a symbol of a body ends with ("WP.30/GE.1", "A/CONF.222"): a series of documents, not one of them.
_SERIES: Final = re.compile(r"/(?:AC|C|CN|CONF|GE|PC|SC|Sub|SUB|WG|WP)\.\d{1,3}$")
# Behind a conference or a year, papers of its working group of the whole or working papers have such a number too.
_PAPER_OF_SERIES: Final = re.compile(r"/(?:CONF\.[\dIVX]{1,6}|(?:19|20)\d\d|\d{1,3})/WP\.\d{1,3}$")
# "33 C/15", "186 EX/8": papers and acts that a number before the letters counts by session; the rest names nothing.
_SHORT: Final = re.compile(r"[A-Z]{1,2}/\d{1,3}")
_COUNTED: Final = re.compile(r"\d\s")
_HYPHENS: Final = ("-", "\u2010", "\u2011")
_DASH: Final = "\u2013"
_DASHES: Final = str.maketrans(dict.fromkeys((*_HYPHENS, _DASH), "-"))
# What a symbol of a principal organ or a body below it has before the year or session: "A", "E/CN.15".
_PRINCIPAL: Final = re.compile(r"[AES](?:/(?:AC|C|CN)\.\d{1,3})?(?=/\d)")
# Some agencies print the mark of a new version apart: "WEIR/GB-3/12 Rev.1".
_VERSION: Final = re.compile(r"\s(?:Rev|Add|Corr)\.\s?\d{1,2}(?![\w/])")
_CLOSING: Final = ".,;: "


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol printed in a string: ``text[start:end]``; ``normal`` is its normal form."""

    start: int
    end: int
    normal: str


def normalise_symbol(text: str) -> str:
    """The normal form of a symbol: no white space, no closing punctuation, no volume marks, case kept (idempotent)."""
    bare = _INNER_VOLUME.sub("", text)
    while True:
        shorter = _VOLUME.sub("", bare).strip(_CLOSING).strip()
        if shorter == bare:
            return "".join(bare.split()).translate(_DASHES)
        bare = shorter


def find_symbols(text: str) -> tuple[Symbol, ...]:
    """The symbols in *text*, in order; two joined by a hyphen or a dash (A/62/63-E/2007/8) are one document's."""
    papers = [*numbered_papers(text), *papers_by_session(text)]
    found = [_paper(text, match) for match in papers]
    taken = {paper.start for paper in found}
    for match in _SYMBOL.finditer(text) if "/" in text else ():
        if match.start() in taken:
            continue
        if not any(c.isdigit() for c in text[text.index("/", match.start()) : match.end()]):
            continue
        if _SESSION_AND_NUMBER.fullmatch(match.group()):
            continue
        if _SERIES.search(match.group()) and not _PAPER_OF_SERIES.search(match.group()):
            continue
        if _SHORT.fullmatch(match.group()) and _COUNTED.fullmatch(
            text[max(0, match.start() - 2) : match.start()]
        ):
            continue
        end = _with_tail(text, match.start(), match.end())
        printed = text[match.start() : end]
        found.append(Symbol(match.start(), end, normalise_symbol(printed)))
    return tuple(_joined(text, sorted(found, key=lambda symbol: symbol.start)))


def _paper(text: str, match: re.Match[str]) -> Symbol:
    end = _with_tail(text, *match.span())
    return Symbol(match.start(), end, normalise_symbol(text[match.start() : end]))


def _joined(text: str, found: list[Symbol]) -> Iterator[Symbol]:
    """The symbols with those of one document made one: "A/62/63-E/2007/8" is printed for two bodies."""
    for index, symbol in enumerate(found):
        if index and _are_one(text, found[index - 1], symbol):
            before = found[index - 1]
            found[index] = Symbol(before.start, symbol.end, f"{before.normal}-{symbol.normal}")
        if index + 1 == len(found) or not _are_one(text, found[index], found[index + 1]):
            yield found[index]


def _are_one(text: str, one: Symbol, other: Symbol) -> bool:
    """Whether a hyphen joins two symbols; a dash does those of two organs, and stands between others."""
    between = text[one.end : other.start]
    first, second = _PRINCIPAL.match(one.normal), _PRINCIPAL.match(other.normal)
    organs = first is not None and second is not None and first.group() != second.group()
    return between in _HYPHENS or (between == _DASH and organs)


def _with_tail(text: str, start: int, end: int) -> int:
    """The end of a symbol with the year, section or volume in brackets that belongs to it."""
    printed = text[start:end]
    volume = _INNER_VOLUME.match(text, end)
    if volume:
        correction = _CORRECTION.match(text, volume.end())
        return correction.end() if correction else end
    version = _VERSION.match(text, end)
    if version:
        return version.end()
    tail = _YEAR.match(text, end) if _SERIES_OF_ACTS.search(printed) else _SECTION.match(text, end)
    return tail.end() if tail else end
