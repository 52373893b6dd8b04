"""A text → the proper names in it: known ones by key, unknown ones by their shape, nested ones marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from treatygraph.cite.lexicon import LexedWords, Lexicon
from treatygraph.cite.names import (
    BODY,
    INSTRUMENT,
    LONGEST_NOUN,
    NAMES_KEPT,
    TEXT,
    TOOL,
    Matcher,
    NameEntry,
    NameHit,
    noun_in,
)
from treatygraph.cite.tokens import YEAR_FIGURES, is_year
from treatygraph.cite.unknown_names import complement, unknown_name
from treatygraph.registry.values import EVERYWHERE

_NOTHING: Final = frozenset[int]()
_LONGEST_TITLE: Final = 80  # words
_OF_YEAR: Final = "年"
_LONGEST_OFFICE: Final = 2  # words
_YEAR_WITHIN: Final = 6  # words from the start of a name in which its year stands
_COUNTED: Final = tuple("第一二三四五六七八九十百次届")  # an ordinal before the noun


def find_names(
    words: LexedWords,
    lexicon: Lexicon,
    matcher: Matcher,
    opens: frozenset[int],
    ordinals: frozenset[int] = frozenset(),
) -> list[NameHit]:
    """The names in a text, in order of print; nested ones of another domain, or instruments, are kept and marked.

    *opens* are the words that open a sentence: their capital letter says nothing. *ordinals* are the last words of
    ordinals: they count a body's happenings and are no part of its name, unless the registry says so.
    """
    opens |= ordinals
    inside = ordinals if lexicon.order.construct else _NOTHING
    hits = list(_known(words, lexicon, matcher, opens, inside))
    hits = [
        _longer(_other_dated(hit, words, lexicon, matcher, hits), words, lexicon, opens, hits) for hit in hits
    ]
    other = _covered(hits, TOOL) | _covered(hits, TEXT)
    taken = {domain: _covered(hits, domain) | other for domain in (INSTRUMENT, BODY)}
    nouns = {domain: words.places.get(f"{domain}_noun", ()) for domain in (INSTRUMENT, BODY)}
    for index in sorted({*nouns[INSTRUMENT], *nouns[BODY]}):
        for domain in (INSTRUMENT, BODY):
            if index not in taken[domain]:
                hit = unknown_name(words, lexicon, domain, index, opens, hits)
                if hit:
                    hits.append(hit)
                    taken[domain].update(range(hit.first, hit.last))
    hits = [_supplement(_of_parties(hit, words, lexicon, hits), words, hits) for hit in hits]
    return _mark_nested(sorted(hits, key=lambda hit: (hit.first, -hit.last, hit.domain)))


def _longer(
    hit: NameHit, words: LexedWords, lexicon: Lexicon, opens: frozenset[int], hits: list[NameHit]
) -> NameHit:
    """The unknown name that a known noun only begins ("Commission" on Human Rights), or the noun itself."""
    if hit.domain == TEXT and complement(words, lexicon, hit.last, hits) != hit.last:
        return replace(hit, entries=())  # "Doha Declaration" on Financing for Development
    if hit.domain not in (INSTRUMENT, BODY) or not hit.entries:
        return hit
    adjective = words.at(hit.last, "complement")
    one_word = hit.domain == BODY and hit.last - hit.first == 1 and not hit.bare
    if one_word and adjective and adjective[0].sense == "adjective":
        return replace(hit, entries=())  # "Secrétariat" technique
    if _names_office(hit, words) and _of_another(words, lexicon, hit, hits):
        return replace(hit, entries=())  # "Secretariat" of the Harbour Process
    noun = words.at(hit.first, f"{hit.domain}_noun")
    cut = noun is not None and noun[1] > hit.last  # the name ends inside a longer noun
    if not (hit.bare or cut):
        return hit
    longer = unknown_name(words, lexicon, hit.domain, hit.first, opens, hits)
    return longer if longer and (cut or not longer.bare) else hit


def _names_office(hit: NameHit, words: LexedWords) -> bool:
    """Whether a short name is that of an office, which other organizations have too: "Secretary-General"."""
    short = hit.last - hit.first <= _LONGEST_OFFICE and not (hit.bare or hit.acronym)
    nouns = any(words.at(index, "body_noun") for index in range(hit.first, hit.last))
    return hit.domain == BODY and short and not nouns


def _of_another(words: LexedWords, lexicon: Lexicon, hit: NameHit, hits: list[NameHit]) -> bool:
    """Whether an office goes on with whose it is, and not with what it does to whom ("the appointment by … of …").

    In a language whose names go on in small letters, behind an office of one word an organization's noun has to come:
    its name may stand inside another's ("la División de la Secretaría de los Derechos de los Pescadores").
    """
    of = words.at(hit.last, "of")
    if of is None:
        return False
    first = hit.first - (words.at(hit.first - 1, "the") is not None)
    the = words.at(of[1], "the")
    start = the[1] if the else of[1]
    holder = words.at(start, "body_noun") or words.at(start, "instrument_noun")
    inside = lexicon.order.lower_names and hit.last - hit.first == 1 and holder is None
    if inside or any(each.bare for each in hits if each.first == start):
        return False
    raw = words.raw(start)
    proper = raw[:1].isupper() and raw.isalpha() and words.at(start, "prefix") is None
    return proper and words.at(first - 1, "agent") is None


def _other_dated(
    hit: NameHit, words: LexedWords, lexicon: Lexicon, matcher: Matcher, hits: list[NameHit]
) -> NameHit:
    """The longer name of another instrument of the year by which one is known: "1961 Convention" on Statelessness."""
    noun = words.at(hit.first + 1, "instrument_noun")
    dated = noun is not None and noun[1] == hit.last and is_year(words.raw(hit.first))
    known = any(o.first == hit.first and o.last > hit.last for o in hits if o.domain == INSTRUMENT)
    if hit.domain != INSTRUMENT or not hit.entries or not dated or known:
        return hit
    last = complement(words, lexicon, hit.last, hits)
    named = {words.norm(index) for index in range(hit.last, last) if words.capital(index)}
    if not named or any(named & matcher.words.get(entry.key, frozenset()) for entry in hit.entries):
        return hit
    return replace(hit, last=last, end=words.ends[last - 1], entries=())


def _of_parties(hit: NameHit, words: LexedWords, lexicon: Lexicon, hits: list[NameHit]) -> NameHit:
    """The conference of the parties "to" an instrument, whose name goes on with the instrument's."""
    if hit.domain != BODY or hit.noun not in lexicon.numbered:
        return hit
    if lexicon.order.head_last:
        return _of_parties_before(hit, words, hits)
    inner = [o for o in hits if o.domain == INSTRUMENT and o.first > hit.first and o.last == hit.last]
    if inner:
        return replace(hit, to=min(inner, key=lambda other: other.first).start)
    to = words.at(hit.last, "to")
    if to is None and not lexicon.order.genitive:
        return hit
    start = to[1] if to else hit.last
    the = words.at(start, "the") or words.at(start, "deictic")
    start = the[1] if the else start
    ends = [other for other in hits if other.domain == INSTRUMENT and other.first == start]
    if not ends:
        return hit
    instrument = max(ends, key=lambda other: other.last)
    return replace(hit, last=instrument.last, end=instrument.end, entries=(), bare=False, to=instrument.start)


def _supplement(hit: NameHit, words: LexedWords, hits: list[NameHit]) -> NameHit:
    """An unknown instrument made under a named one, whose name is part of its own: "Protocol to the … Covenant"."""
    to = words.at(hit.last, "to") if hit.domain == INSTRUMENT else None
    if to is None or any(entry.alias.scope == EVERYWHERE for entry in hit.entries):
        return hit
    the = words.at(to[1], "the")
    start = the[1] if the else to[1]
    named = [o for o in hits if o.domain == INSTRUMENT and o.first == start and not o.bare]
    if not named:
        return hit
    longest = max(named, key=lambda other: other.last)
    return replace(hit, last=longest.last, end=longest.end, entries=(), bare=False)


def _of_parties_before(hit: NameHit, words: LexedWords, hits: list[NameHit]) -> NameHit:
    """The conference of the parties to an instrument that is named before it: "《公约》第十次缔约方会议"."""
    first = hit.first
    while first > 0 and (words.norm(first - 1) in _COUNTED or words.norm(first - 1).isdigit()):
        first -= 1
    first -= words.norm(first - 1) == "》"
    ending = [other for other in hits if other.domain == INSTRUMENT and other.last == first]
    if not ending or (hit.entries and not hit.bare):
        return hit
    instrument = min(ending, key=lambda other: other.first)
    return replace(hit, entries=(), to=instrument.start)


def _covered(hits: Iterable[NameHit], domain: str) -> set[int]:
    return {index for hit in hits if hit.domain == domain for index in range(hit.first, hit.last)}


def _known(
    words: LexedWords, lexicon: Lexicon, matcher: Matcher, opens: frozenset[int], inside: frozenset[int]
) -> Iterator[NameHit]:
    reach: dict[str, int] = {}
    years = _years(words) if lexicon.order.lower_names and not lexicon.order.construct else _NOTHING
    for index in matcher.trie.starts(words):
        best: dict[str, tuple[int, tuple[NameEntry, ...]]] = {}
        found = list(matcher.trie.matches(words, index, skip=lexicon.order.skip, over=inside))
        if years and not years.isdisjoint(range(index + 1, index + _YEAR_WITHIN)):
            found += matcher.trie.matches(words, index, skip=lexicon.order.skip, without=years)
        for end, entries in found:
            for domain in sorted({entry.domain for entry in entries}):
                fitting = tuple(
                    e for e in entries if e.domain == domain and _fits(e, words, index, end, lexicon, years)
                )
                if fitting:
                    best[domain] = (end, fitting)
        for domain, (end, fitting) in best.items():
            if domain != INSTRUMENT and end <= reach.get(domain, 0):
                continue
            if lexicon.order.head_last and (
                _inside_noun(words, lexicon, domain, index, end) or _ends_title(words, lexicon, index, end)
            ):
                continue
            if not all(e.acronym for e in fitting) and _goes_on_left(
                words, lexicon, index, opens, reach.get(domain, 0)
            ):
                continue
            reach[domain] = max(end, reach.get(domain, 0))
            yield _hit(words, lexicon, matcher, domain, index, end, fitting)


def _inside_noun(words: LexedWords, lexicon: Lexicon, domain: str, index: int, end: int) -> bool:
    """Whether a name is only the end of a longer one: "大会" of "世界卫生大会"."""
    if domain != BODY:
        return False
    if lexicon.ends_longer_name(words.text, words.starts[index], words.ends[end - 1]):
        return True
    nouns = (words.at(index - back, "body_noun") for back in range(1, min(LONGEST_NOUN, index) + 1))
    return any(noun is not None and noun[1] >= end for noun in nouns)


def _ends_title(words: LexedWords, lexicon: Lexicon, index: int, end: int) -> bool:
    """Whether a name only ends a title in quotation marks: "禁止核武器条约" of "《南太平洋禁止核武器条约》"."""
    if words.norm(end) != "》":
        return False
    back = range(index - 1, max(-1, index - _LONGEST_TITLE), -1)
    opening = next((each for each in back if words.norm(each) == "《"), index - 1) + 1
    while opening < index and (words.norm(opening).isdigit() or words.norm(opening) == _OF_YEAR):
        opening += 1
    prefix = words.at(opening, "prefix")
    return opening < index and not (prefix and prefix[1] == index)


def _hit(
    words: LexedWords,
    lexicon: Lexicon,
    matcher: Matcher,
    domain: str,
    index: int,
    end: int,
    entries: tuple[NameEntry, ...],
) -> NameHit:
    noun = words.at(index, f"{domain}_noun") if domain in (INSTRUMENT, BODY) else None
    bare = noun is not None and noun[1] == end
    printed = (
        noun_in(words.text[words.starts[index] : words.ends[end - 1]], lexicon, domain)
        if domain in (INSTRUMENT, BODY)
        else ""
    )
    acronym = all(entry.acronym for entry in entries)
    if not printed and not acronym and len({entry.key for entry in entries}) == 1:
        printed = matcher.nouns[entries[0].key]  # a short name without the noun of the full one
    first = index if bare else _with_prefix(words, lexicon, index)
    if domain == INSTRUMENT and not bare and is_year(words.raw(first - 1)):
        first -= 1  # "the 1963 Vienna Convention on Consular Relations"
    last = words.ends[end - 1] - words.owner(end - 1)
    return NameHit(
        domain, first, end, words.starts[first], last, printed, entries, bare,
        acronym=acronym,
    )  # fmt: skip


def _years(words: LexedWords) -> frozenset[int]:
    """The words that date a name in its middle ("Convention de Vienne de 1963 sur …"), with the "of" before them."""
    years = {i for i in range(len(words)) if words.raw(i).isdigit() and len(words.raw(i)) == YEAR_FIGURES}
    before = {i - 1 for i in years if words.at(i - 1, "of")}
    return frozenset(years | before)


def _fits(
    entry: NameEntry, words: LexedWords, index: int, end: int, lexicon: Lexicon, years: frozenset[int]
) -> bool:
    """Whether the capitals of the text allow the name: acronyms exactly, other capitals at least as the name's."""
    if lexicon.order.construct:  # a script without capitals
        return True
    printed = [words.raw(i) for i in range(index, end) if words.norm(i) not in lexicon.order.skip]
    if len(printed) != len(entry.words):
        printed = [
            words.raw(i)
            for i in range(index, end)
            if words.norm(i) not in lexicon.order.skip and i not in years
        ]
    if len(printed) != len(entry.words):
        return False
    for want, got in zip(entry.words, printed, strict=True):
        if _in_capitals(want):
            if want != got[: len(got) - words.owner(end - 1)]:
                return False
        elif want[:1].isupper() and not got[:1].isupper():
            return False
    return True


@lru_cache(maxsize=NAMES_KEPT)
def _in_capitals(word: str) -> bool:
    return len(word) <= 8 and sum(c.isupper() for c in word) > 1


def _with_prefix(words: LexedWords, lexicon: Lexicon, index: int) -> int:
    """The start of the name with a prefix that changes nothing ("United Nations")."""
    for back in (2, 1):
        found = words.at(index - back, "prefix") if index >= back else None
        if found and found[1] == index:
            return index - back
    return index


def _goes_on_left(words: LexedWords, lexicon: Lexicon, index: int, opens: frozenset[int], reach: int) -> bool:
    """Whether a capitalised word right before makes it another name ("Inter-American" Convention against …)."""
    first = _with_prefix(words, lexicon, index)
    before = first - 1
    if before < reach or before < 0 or before in opens or not words.capital(index):
        return False
    raw = words.raw(before)
    if lexicon.order.lower_names and raw.isupper():  # "главой V Конвенции"
        return False
    if not raw[:1].isupper() or (not raw.isidentifier() and "-" not in raw):
        return False
    return not any(
        words.at(before, role) for role in ("the", "opening", "possessive", "deictic", "act", "unit", "of")
    )


def _keys(hit: NameHit) -> set[str]:
    return {entry.key for entry in hit.entries}


def _mark_nested(hits: list[NameHit]) -> list[NameHit]:
    """Drops unknown names and bodies inside longer names; marks instruments inside longer names as nested."""
    kept: list[NameHit] = []
    for hit in hits:
        outer = [
            other for other in kept[-6:]
            if other.first <= hit.first and hit.last <= other.last and other is not hit and not other.bare
        ]  # fmt: skip
        same = [other for other in outer if other.domain == hit.domain]
        if same and (hit.domain != INSTRUMENT or not hit.entries or hit.bare or _keys(hit) <= _keys(same[0])):
            continue
        if outer and not hit.entries and not any(other.to == hit.start for other in outer):
            continue
        if outer:
            hit = replace(hit, nested=True, within=bool(same))
        kept.append(hit)
    return kept
