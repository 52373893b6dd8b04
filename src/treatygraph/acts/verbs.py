"""A masked string → the reporting verbs printed in it, with their tense; adverbs may stand between their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from treatygraph.acts.lexicon import NOWHERE, grammar, group
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.verbs import Form, Tense, Verb, listed_forms
from treatygraph.parse.writing import writing

_ELLIPSIS: Final = "…"
_LONGEST_BETWEEN: Final = 160
"""What "…" in a form stands for: so many characters of one sentence at most."""
_STOP: Final = re.compile("[.;。；]")
_SIGNS: Final = {"-": "[-\u2010\u2011]"}


@dataclass(frozen=True, slots=True)
class VerbMention:
    """A verb in a string: ``start``, ``end`` of its printed words ("takes note with thanks of" ends at "note")."""

    start: int
    end: int
    verb: Verb


@dataclass(frozen=True, slots=True)
class _Words:
    """A form in words: those of each part between ellipses, what must stand behind, where the verb ends."""

    parts: tuple[tuple[str, ...], ...]
    behind: str
    edge: re.Pattern[str]
    verb: Verb


def verb_at(text: str, start: int, language: str, *tenses: Tense) -> Verb | None:
    """The verb whose form stands at *start*, the longest of the first tense that has one; None for any other word."""
    found = _standing(text, start, len(text), language, tenses, re.IGNORECASE)
    return found.verb if found else None


def verb_match(
    text: str, start: int, end: int, language: str, *tenses: Tense, exact: bool = False
) -> VerbMention | None:
    """As ``verb_at``, where a word begins and before *end*; with *exact* in the case of the list."""
    if not _before(language).match(text, start, end):
        return None
    return _standing(text, start, end, language, tenses, re.NOFLAG if exact else re.IGNORECASE)


def opened(
    text: str, start: int, end: int, language: str, *tenses: Tense, most: int, exact: bool = False
) -> VerbMention | None:
    """The verb that stands at *start* or behind at most so many adverbs; with *exact* in the case of the lists."""
    at = start
    for _ in range(most + 1):
        if found := verb_match(text, at, end, language, *tenses, exact=exact):
            return found
        adverb = _adverb_before(language, re.NOFLAG if exact else re.IGNORECASE).match(text, at, end)
        if adverb is None:
            return None
        at = adverb.end()
    return None


def opened_behind(
    lead: re.Pattern[str],
    text: str,
    start: int,
    end: int,
    language: str,
    tense: Tense,
    *,
    most: int,
    exact: bool,
) -> Iterator[tuple[re.Match[str], VerbMention]]:
    """Each place of *lead* in a stretch of *text* that a verb, or adverbs and a verb, stand right behind."""
    at = start
    while match := lead.search(text, at, end):
        found = opened(text, match.end(), end, language, tense, most=most, exact=exact)
        if found is not None:
            yield match, found
        at = found.end if found else match.start() + 1


def find_verbs(text: str, language: str, tense: Tense) -> Iterator[VerbMention]:
    """The verbs of that tense in *text*, in order."""
    at = 0
    while match := _first_words(language, tense).search(text, at):
        found = _standing(text, match.start(), len(text), language, (tense,), re.IGNORECASE)
        if found is not None:
            yield found
        at = found.end if found else match.start() + 1


def _standing(
    text: str, start: int, end: int, language: str, tenses: tuple[Tense, ...], case: re.RegexFlag
) -> VerbMention | None:
    letter = text[start : start + 1].casefold()
    for tense in tenses:
        for words in _by_letter(language, tense).get(letter, ()):
            for stop in _ends(text, start, end, words.parts, language, case):
                if words.edge.match(text, stop, end) and _stands_behind(
                    text, stop, end, words, language, case
                ):
                    return VerbMention(start, stop, words.verb)
    return None


def _ends(
    text: str, at: int, end: int, parts: tuple[tuple[str, ...], ...], language: str, case: re.RegexFlag
) -> Iterator[int]:
    """Where the words end that stand at *at*, adverbs between them first ("calls once again upon")."""
    (word, *rest), *later = parts
    match = _word(word, case).match(text, at, end)
    if match is None:
        return
    if rest:
        for begin in _over_gap(text, match.end(), end, language, case):
            yield from _ends(text, begin, end, (tuple(rest), *later), language, case)
    elif later:
        for begin in _over_words(text, match.end(), end, _word(later[0][0], case)):
            yield from _ends(text, begin, end, tuple(later), language, case)
    else:
        yield match.end()


def _over_gap(text: str, at: int, end: int, language: str, case: re.RegexFlag) -> Iterator[int]:
    """Where the next word of a form can begin: behind white space and an adverb, and behind the white space."""
    if not writing(language).spaced:
        yield at
        return
    gap = _SPACE.match(text, at, end)
    if gap is not None:
        adverb = _adverb(language, case).match(text, gap.end(), end)
        if adverb is not None:
            yield adverb.end()
        yield gap.end()


def _over_words(text: str, at: int, end: int, word: re.Pattern[str]) -> Iterator[int]:
    """Where a word stands behind words of the same sentence."""
    stop = _STOP.search(text, at, min(end, at + _LONGEST_BETWEEN))
    last = stop.start() if stop else at + _LONGEST_BETWEEN
    begin = at + 1
    while begin <= last and (match := word.search(text, begin, end)) and match.start() <= last:
        yield match.start()
        begin = match.start() + 1


def _stands_behind(text: str, at: int, end: int, words: _Words, language: str, case: re.RegexFlag) -> bool:
    """Whether what must follow a form follows it, adverbs and commas in between."""
    if not words.behind:
        return True
    while True:
        if _behind(words.behind, writing(language).spaced, case).match(text, at, end):
            return True
        adverb = _adverb_alone(language, case).match(text, at, end)
        if adverb is None:
            return False
        at = adverb.end()


_SPACE: Final = re.compile(r"\s+")
_COMMAS: Final = r"[\s,،，]*"


def _spelled(words: str) -> str:
    pattern = one_of([words])
    for sign, any_of in _SIGNS.items():
        pattern = pattern.replace(re.escape(sign), any_of)
    return pattern


@lru_cache(8192)
def _word(word: str, case: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(_spelled(word), case)


@lru_cache(1024)
def _behind(word: str, spaced: bool, case: re.RegexFlag) -> re.Pattern[str]:
    end = r"(?!\w)" if spaced and word[-1].isalnum() else ""
    return re.compile(f"{_COMMAS}{_spelled(word)}{end}", case)


@cache
def _adverb(language: str, case: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(rf"{group(language, 'adverb')}\s+", case)


@cache
def _adverb_alone(language: str, case: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(_COMMAS + group(language, "adverb"), case)


@cache
def _adverb_before(language: str, case: re.RegexFlag) -> re.Pattern[str]:
    behind = r"[\s,،]+" if writing(language).spaced else "[，、]?"
    return re.compile(f"{group(language, 'adverb')}{behind}", case)


@cache
def _edge(language: str, spaced_word: bool, asks: bool) -> re.Pattern[str]:
    """What must not follow the last word of a form; whom a verb *asks* may be written together with it."""
    if not writing(language).spaced:
        mark = grammar(language, "adverb-mark").pattern
        return re.compile(f"(?!{mark})")
    if asks and (suffix := grammar(language, "object-suffix")) is not NOWHERE:
        return re.compile(rf"(?![\w-])|(?={suffix.pattern})")
    return re.compile(r"(?![\w-])" if spaced_word else "")


@cache
def _before(language: str) -> re.Pattern[str]:
    """Where a verb can begin."""
    how = writing(language)
    if how.proclitics:
        return re.compile(how.left)
    return re.compile(r"(?<![\w-])" if how.spaced else "")


@cache
def _by_letter(language: str, tense: Tense) -> Mapping[str, tuple[_Words, ...]]:
    """The forms of a tense by their first letter, the longest first."""
    found: dict[str, list[_Words]] = {}
    for form in listed_forms(language, tense):
        found.setdefault(form.printed[0].casefold(), []).append(_in_words(form, language))
    return MappingProxyType({letter: tuple(entries) for letter, entries in found.items()})


def _in_words(form: Form, language: str) -> _Words:
    parts = tuple(tuple(part.split()) for part in form.printed.split(_ELLIPSIS))
    return _Words(
        parts, form.behind, _edge(language, form.printed[-1].isalnum(), bool(form.verb.asks)), form.verb
    )


@cache
def _first_words(language: str, tense: Tense) -> re.Pattern[str]:
    """Finds where a form may begin: its first word alone, for all forms with adverbs in them compile in seconds."""
    firsts = {_in_words(form, language).parts[0][0] for form in listed_forms(language, tense)}
    words = "|".join(map(_spelled, sorted(firsts, key=lambda word: (-len(word), word))))
    return re.compile(f"{_before(language).pattern}(?:{words or '(?!)'})", re.IGNORECASE)
