"""The words before a list that runs on in one paragraph → the pieces that a masthead would print as lines.

"RIVERS/1 Committee on Rivers Third session Geneva, 3–5 May 2021 Provisional agenda 1. …" prints in one line what
other documents print in five: a symbol, an organ, a session, a place with its days, a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from treatygraph.parse.dates import find_dates
from treatygraph.parse.label_letters import place_openings
from treatygraph.parse.layout import symbols_in
from treatygraph.parse.lexicon import one_of, word_pattern, words
from treatygraph.parse.ordinals import find_ordinals
from treatygraph.parse.writing import writing

_SENTENCE: Final = re.compile(
    r"(?<![A-Z][a-z]{3})[.;:]\s+(?=[A-ZÀ-ÞА-Я\u0621-\u064a])|[。；：](?=[\u4e00-\u9fff])"
)
_NEXT_LINE: Final = re.compile(r"[\s,]{1,4}(?=[A-ZÀ-ÞА-Я\d\u0621-\u064a\u4e00-\u9fff])")
# What stands behind "Original:": the name of a language, or of two.
_VALUE: Final = re.compile(r"\s?[^\W\d_]+(?:/[^\W\d_]+)?")
_CAPITAL: Final = r"[A-ZÀ-ÞА-Я][\w’'-]+"
# The name of a place before the days of a meeting: a name with a country in brackets or behind a comma.
_PLACE: Final = re.compile(
    rf"(?<=\w )(?:{one_of(place_openings())}\s)?{_CAPITAL}"
    rf"(?: \([\w ]{{2,40}}\)|, {_CAPITAL}(?: [\w’'-]+){{0,4}})?,\s{{1,2}}$"
)
# Where it stands behind the days ("2031年6月2日至6日，维也纳").
_PLACE_BEHIND: Final = re.compile(r"，\s?[\u4e00-\u9fff]{2,12}")
# Words between an ordinal and what it counts ("Third special session").
_MOST_BETWEEN: Final = 30


def run_in_pieces(text: str, end: int, language: str) -> Iterator[tuple[int, int]]:
    """The stretches of ``text[:end]`` that stand for lines of a masthead, in order, without white space around them."""
    cuts = {0, end}
    for cut in _cuts(text, end, language):
        cuts.add(cut)
    places = sorted(cuts)
    for start, stop in pairwise(places):
        while start < stop and text[start] in " ,;:.\t，；：。、":
            start += 1
        while stop > start and text[stop - 1] in " ,;:\t，；：、":
            stop -= 1
        if start < stop:
            yield start, stop


def _cuts(text: str, end: int, language: str) -> Iterator[int]:
    """Where a line begins or ends: at symbols, sessions, dates, sentences, words of a masthead, and titles."""
    for match in _labels(language).finditer(text, 0, end):
        yield match.start()
        value = _VALUE.match(text, match.end(), end)
        if value:
            yield value.end()
    for match in _SENTENCE.finditer(text, 0, end):
        if not _labels(language).search(text, max(0, match.start() - 20), match.start() + 1):
            yield match.end()
    for start, stop in symbols_in(text[:end]):
        yield from (start, stop)
    in_english = find_dates(text[:end], "en") if language != "en" else ()  # the day of issue, in any language
    for mention in (*find_dates(text[:end], language), *in_english):
        if not mention.bare_year:
            behind = _PLACE_BEHIND.match(text, mention.end, end)
            yield behind.end() if behind else mention.end
            place = _PLACE.search(text, 0, mention.start)
            if place:
                yield place.start()
    for ordinal in find_ordinals(text[:end], language):
        counted = word_pattern(language, "frontmatter", "happening").search(
            text, ordinal.end, min(end, ordinal.end + _MOST_BETWEEN)
        )
        before = _counted_before(language).search(text, max(0, ordinal.start - _MOST_BETWEEN), ordinal.start)
        if before:  # "الدورة التاسعة"
            yield before.start()
            yield ordinal.end
        if before or counted is None or ordinal.text[:1].islower():
            continue
        yield ordinal.start
        if _NEXT_LINE.match(text, counted.end(), end):
            yield counted.end()
    for match in word_pattern(language, "agenda", "agenda_title").finditer(text, 0, end):
        if writing(language).large(match.group()):
            yield match.start()


@cache
def _counted_before(language: str) -> re.Pattern[str]:
    """What is counted, where it stands right before its ordinal."""
    how = writing(language)
    counted = one_of(words(language, "frontmatter", "happening"))
    return re.compile(rf"{how.left}{counted}{how.gap}$" if how.proclitics else r"(?!)")


@cache
def _labels(language: str) -> re.Pattern[str]:
    named = one_of(
        [*words(language, "frontmatter", "distribution"), *words(language, "frontmatter", "original")]
    )
    return re.compile(rf"(?<!\w){named}\s?[:：]", re.IGNORECASE)
