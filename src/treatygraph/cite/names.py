"""Registry names → a matcher, and a text → the proper names in it: known ones by key, unknown ones by their shape.

The matcher is data for the finder: it says only that such words may mean such keys. What they mean in a document
is decided in ``scope``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from treatygraph.cite.lexicon import LexedWords, Lexeme, Lexicon
from treatygraph.cite.tokens import FEMININE, Trie
from treatygraph.registry.values import EVERYWHERE, Alias, Registry

INSTRUMENT: Final = "instrument"
BODY: Final = "body"
TOOL: Final = "tool"
TEXT: Final = "text"
_NUMERAL: Final = re.compile("[IVX]{1,4}")
_NOTHING: Final = frozenset[int]()
_YEAR_FIGURES: Final = 4
_YEAR_WITHIN: Final = 6  # words from the start of a name in which its year stands
_LONGEST_OPENING: Final = 4
_LONGEST_NOUN: Final = 12
_COUNTED: Final = tuple("第一二三四五六七八九十百次届")  # an ordinal before the noun
_NO_ADJECTIVES: Final = ("relative", "unit", "act", "happening", "instrument_noun", "body_noun")
_IN_NAMES: Final = tuple("的年月日")  # particles that a name may hold
# What closes the label of a paragraph, and how many words a label has with it.
_BEHIND_LABEL: Final = (".", "、", ")")
_LONGEST_LABEL: Final = 3
_LONGEST_QUOTED: Final = 80
_SHORTEST_NAME: Final = 4  # words of a name whose prefix may be left out


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One name of one thing, as the registry gives it. ``words`` are its words as printed, without commas.

    ``shared``: other things have the name too ("Geneva Conventions").
    """

    domain: str
    key: str
    alias: Alias
    words: tuple[str, ...]
    acronym: bool
    shared: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """All names of a language by their words, the noun of each thing's full name ("Convention"), and all its words."""

    trie: Trie = field(repr=False)
    nouns: Mapping[str, str]
    by_noun: Mapping[str, tuple[str, ...]]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class NameHit:
    """A proper name, or a noun that stands for one: words ``first`` to ``last``, offsets ``start`` to ``end``.

    ``entries`` are the names it may be; empty for a name that the registry lacks. ``noun`` is its noun, folded
    ("convention", "working group"). ``bare`` is a noun alone, whose meaning depends on the text around it.
    ``nested`` stands inside a longer name, ``within`` inside one of its own domain. ``acronym``: printed as an acronym.
    ``to`` is the start of the instrument's name in "Conference of the Parties to the Convention", -1 elsewhere.
    """

    domain: str
    first: int
    last: int
    start: int
    end: int
    noun: str
    entries: tuple[NameEntry, ...] = ()
    bare: bool = False
    nested: bool = False
    within: bool = False
    acronym: bool = False
    to: int = -1


_UNACCENTED: Final = str.maketrans(
    "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜÁÍÓÚàâäçéèêëîïôöùûüáíóú", "AAACEEEEIIOOUUUAIOUaaaceeeeiioouuuaiou"
)
_LONG_NAME: Final = 4  # words
_NAMES_KEPT: Final = 4096  # names as they are printed: documents repeat the same few


def build_matcher(registry: Registry, language: str, lexicon: Lexicon) -> Matcher:
    """The matcher of a registry for one language."""
    trie, skip = Trie(lexicon.script), lexicon.order.skip
    nouns: dict[str, str] = {}
    by_noun: dict[str, list[str]] = {}
    told: dict[str, frozenset[str]] = {}
    for domain, key, name, aliases in _named(registry):
        if language != "en":
            # What is said in documents of one body alone is no name.
            name = next(
                (each.text for each in aliases if each.language == language and each.scope == EVERYWHERE), ""
            )
        noun = _noun_in(name, lexicon, domain)
        nouns[key] = noun
        told[key] = frozenset(lexicon.tokenise(name).norms)
        if noun:
            by_noun.setdefault(noun, []).append(key)
        for alias in dict.fromkeys((Alias(name, language), *aliases)):
            if alias.language == language and alias.text:
                words = tuple(_words(alias.text, lexicon))
                entry = NameEntry(domain, key, alias, words, _is_acronym(words))
                trie.add(alias.text, entry, without=skip)
                bare = alias.text.translate(_UNACCENTED)
                if lexicon.order.bare_capitals and bare != alias.text and len(words) >= _LONG_NAME:
                    # "CONVENTION … DES ESPECES": capitals that typists left without their accents
                    trie.add(
                        bare,
                        NameEntry(domain, key, alias, tuple(_words(bare, lexicon)), False),
                        without=skip,
                    )
                for shorter in _shortened(alias.text, lexicon, domain):
                    trie.add(
                        shorter,
                        NameEntry(domain, key, alias, tuple(_words(shorter, lexicon)), False),
                        without=skip,
                    )
    for each in registry.together:
        if each.language == language:
            words = tuple(_words(each.name, lexicon))
            for key in each.members:
                entry = NameEntry(INSTRUMENT, key, Alias(each.name, language), words, False, shared=True)
                trie.add(each.name, entry, without=skip)
    return Matcher(trie, nouns, {noun: tuple(sorted(keys)) for noun, keys in by_noun.items()}, told)


def _named(registry: Registry) -> Iterator[tuple[str, str, str, tuple[Alias, ...]]]:
    for domain, things in (
        (INSTRUMENT, registry.instruments),
        (BODY, registry.bodies),
        (TOOL, registry.tools),
        (TEXT, registry.texts),
    ):
        for key in sorted(things):
            yield domain, key, things[key].name, things[key].aliases


def _shortened(text: str, lexicon: Lexicon, domain: str) -> Iterator[str]:
    """A name as texts shorten it: without its first word, or without whose it is ("Convention des Nations Unies …")."""
    if domain == INSTRUMENT and (shorter := _without_prefix(text, lexicon)):
        yield shorter
    for owner in lexicon.order.left_out:
        if domain in (INSTRUMENT, BODY) and f" {owner} " in text:
            bare = text.replace(f" {owner} ", " ", 1)
            if len(lexicon.tokenise(bare)) >= _SHORTEST_NAME:
                yield bare


def _without_prefix(text: str, lexicon: Lexicon) -> str | None:
    """A full name without a first word that texts leave out ("International" Convention on …), or None."""
    words = lexicon.tokenise(text)
    found = words.at(0, "prefix")
    if found is None or len(words) - found[1] < _SHORTEST_NAME:
        return None
    return text[words.starts[found[1]] :]


def _words(text: str, lexicon: Lexicon) -> Iterator[str]:
    words = lexicon.tokenise(text)
    return (words.raw(i) for i in range(len(words)) if words.norm(i) not in lexicon.order.skip)


def _is_acronym(words: tuple[str, ...]) -> bool:
    return len(words) <= 2 and any(
        sum(c.isupper() for c in word) > 1 and not all(part.istitle() for part in word.split("-"))
        for word in words
    )


@lru_cache(maxsize=_NAMES_KEPT)
def _noun_in(name: str, lexicon: Lexicon, domain: str) -> str:
    """The first noun of the domain in a full name: "protocol" of "Optional Protocol to the Convention …"."""
    role = f"{domain}_noun"
    words = lexicon.tokenise(name)
    for index in sorted(range(len(words)), reverse=lexicon.order.head_last):
        found = words.at(index, role)
        if found is None or not (words.capital(index) or lexicon.order.lower_names):
            continue
        if not lexicon.order.head_last or found[1] == len(words):
            return lexicon.noun(
                _longest_ending(words, lexicon, role, _head_noun(words, lexicon, role, found))
            )
    return ""


def _head_noun(
    words: LexedWords, lexicon: Lexicon, role: str, found: tuple[Lexeme, int]
) -> tuple[Lexeme, int]:
    """The last of nouns that stand in one row of capitals: "Committee" of "Harbour Council Advisory Committee"."""
    if lexicon.order.head_last or lexicon.order.lower_names:
        return found
    index = found[1]
    while index < len(words) and words.capital(index):
        further = words.at(index, role)
        found, index = (further, further[1]) if further else (found, index + 1)
    return found


def _longest_ending(words: LexedWords, lexicon: Lexicon, role: str, found: tuple[Lexeme, int]) -> Lexeme:
    """The longest noun that ends where *found* does: of a name that ends with its noun."""
    longest = found[0]
    if lexicon.order.head_last:
        for index in range(found[1] - 1, max(-1, found[1] - _LONGEST_NOUN), -1):
            other = words.at(index, role)
            if other and other[1] == found[1] and len(other[0].text) > len(longest.text):
                longest = other[0]
    return longest


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
                hit = _unknown(words, lexicon, domain, index, opens, hits)
                if hit:
                    hits.append(hit)
                    taken[domain].update(range(hit.first, hit.last))
    hits = [_supplement(_of_parties(hit, words, lexicon, hits), words, hits) for hit in hits]
    return _mark_nested(sorted(hits, key=lambda hit: (hit.first, -hit.last, hit.domain)))


def _longer(
    hit: NameHit, words: LexedWords, lexicon: Lexicon, opens: frozenset[int], hits: list[NameHit]
) -> NameHit:
    """The unknown name that a known noun only begins ("Commission" on Human Rights), or the noun itself."""
    if hit.domain == TEXT and _complement(words, lexicon, hit.last, hits) != hit.last:
        return replace(hit, entries=())  # "Doha Declaration" on Financing for Development
    if hit.domain not in (INSTRUMENT, BODY) or not hit.entries:
        return hit
    noun = words.at(hit.first, f"{hit.domain}_noun")
    cut = noun is not None and noun[1] > hit.last  # the name ends inside a longer noun
    if not (hit.bare or cut):
        return hit
    longer = _unknown(words, lexicon, hit.domain, hit.first, opens, hits)
    return longer if longer and (cut or not longer.bare) else hit


def _other_dated(
    hit: NameHit, words: LexedWords, lexicon: Lexicon, matcher: Matcher, hits: list[NameHit]
) -> NameHit:
    """The longer name of another instrument of the year by which one is known: "1961 Convention" on Statelessness."""
    noun = words.at(hit.first + 1, "instrument_noun")
    dated = noun is not None and noun[1] == hit.last and _is_year(words.raw(hit.first))
    known = any(o.first == hit.first and o.last > hit.last for o in hits if o.domain == INSTRUMENT)
    if hit.domain != INSTRUMENT or not hit.entries or not dated or known:
        return hit
    last = _complement(words, lexicon, hit.last, hits)
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
            if lexicon.order.head_last and _inside_noun(words, lexicon, domain, index, end):
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
    nouns = (words.at(index - back, "body_noun") for back in range(1, min(_LONGEST_NOUN, index) + 1))
    return any(noun is not None and noun[1] >= end for noun in nouns)


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
        _noun_in(words.text[words.starts[index] : words.ends[end - 1]], lexicon, domain)
        if domain in (INSTRUMENT, BODY)
        else ""
    )
    acronym = all(entry.acronym for entry in entries)
    if not printed and not acronym and len({entry.key for entry in entries}) == 1:
        printed = matcher.nouns[entries[0].key]  # a short name without the noun of the full one
    first = index if bare else _with_prefix(words, lexicon, index)
    if domain == INSTRUMENT and not bare and _is_year(words.raw(first - 1)):
        first -= 1  # "the 1963 Vienna Convention on Consular Relations"
    last = words.ends[end - 1] - words.owner(end - 1)
    return NameHit(
        domain, first, end, words.starts[first], last, printed, entries, bare,
        acronym=acronym,
    )  # fmt: skip


def _is_year(raw: str) -> bool:
    return raw.isdigit() and len(raw) == _YEAR_FIGURES and raw.startswith(("19", "20"))


def _years(words: LexedWords) -> frozenset[int]:
    """The words that date a name in its middle ("Convention de Vienne de 1963 sur …"), with the "of" before them."""
    years = {i for i in range(len(words)) if words.raw(i).isdigit() and len(words.raw(i)) == _YEAR_FIGURES}
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


@lru_cache(maxsize=_NAMES_KEPT)
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


def _unknown(
    words: LexedWords, lexicon: Lexicon, domain: str, index: int, opens: frozenset[int], hits: list[NameHit]
) -> NameHit | None:
    """A noun of the domain with what makes it a proper name, or alone after a determiner."""
    found = words.at(index, f"{domain}_noun")
    if found is None:
        return None
    lexeme, end = found
    noun = lexicon.noun(lexeme)
    if lexicon.order.head_last:
        return _quoted_name(words, lexicon, domain, index, found, opens)
    if lexicon.order.lower_names:
        return _lower_name(words, lexicon, domain, index, found, opens)
    if not words.capital(index):
        if domain == BODY and words.at(end, "unit") is None:
            return NameHit(domain, index, end, words.starts[index], words.ends[end - 1], noun, bare=True)
        return None
    first = index
    while first - 1 >= 0 and first - 1 not in opens and _modifies(words, lexicon, first - 1):
        first -= 1
    first = _joined_adjective(words, lexicon, first, index)
    last = _complement(words, lexicon, end, hits)
    return NameHit(
        domain,
        first,
        last,
        words.starts[first],
        words.ends[last - 1],
        noun,
        bare=first == index and last == end,
    )


def _lower_name(
    words: LexedWords,
    lexicon: Lexicon,
    domain: str,
    index: int,
    found: tuple[Lexeme, int],
    opens: frozenset[int],
) -> NameHit | None:
    """A noun in a language whose names go on in small letters: what follows or stands before it makes it a name.

    Where such a name ends is not known, only that it is no noun alone.
    """
    lexeme, last = found
    first, before, after = index, words.raw(index - 1), words.raw(last)
    complement = _own_complement(words, lexicon, index, found)
    if complement and lexicon.order.capital_names and not _capital_soon(words, lexicon, complement[1]):
        complement = None  # "la Convención para la solución de controversias": the name has ended
    if complement and complement[0].plural and not lexeme.plural:
        complement = (
            None  # "de l’article 73 de la Charte relatives au renforcement": of the article, not of the name
        )
    construct = lexeme.sense == "construct"
    another = words.at(index - 1, "instrument_noun") or words.at(index - 1, "body_noun")  # "Пакта Комитет"
    if (
        lexicon.order.genitive
        and before.istitle()
        and len(before) > 1
        and index - 1 not in opens
        and not another
    ):
        first = index - 1
    if complement:
        last = min(complement[1] + 1, len(words))
    elif (
        after[:1].isupper()
        and after.isalpha()
        and not _NUMERAL.fullmatch(after)
        and words.at(last, "unit") is None
        and not (lexicon.order.nominative and after.endswith(lexicon.order.nominative))
    ) or construct:
        last = min(last + 1, len(words))
    elif lexicon.order.construct and last not in opens and _has_adjective(words, lexicon, index, last):
        last += 1
    elif part := _part_of(words, lexicon, last):
        last = part
    bare = first == index and last == found[1]
    lowered = (
        lexeme.text[:1].islower() and domain == INSTRUMENT
    )  # "règlement intérieur": never the treaty meant
    if lowered:
        bare = False
    caseless = words.raw(index)[:1].upper() == words.raw(index)[:1].lower()
    if not words.capital(first) and domain == INSTRUMENT and not lowered and (bare or not caseless):
        return None
    start, end = words.starts[first], words.ends[last - 1]
    return NameHit(domain, first, last, start, end, lexicon.noun(lexeme), bare=bare)


def _own_complement(
    words: LexedWords, lexicon: Lexicon, index: int, found: tuple[Lexeme, int]
) -> tuple[Lexeme, int] | None:
    """The words with which a name goes on right after its noun; None where they belong to something else."""
    lexeme, last = found
    complement = words.at(last, "complement")
    if complement is None or "apart" in (complement[0].sense, lexeme.sense):
        return None
    definite = lexicon.order.construct and words.norm(last).startswith(lexicon.script.article)
    return None if definite and not _agree(words, index, last) else complement


def _agree(words: LexedWords, index: int, adjective: int) -> bool:
    """Whether an adjective has the gender of a noun: the "المتعلق" of "مرفق الاتفاقية المتعلق" is of the annex."""
    return words.norm(index).endswith(FEMININE) == words.norm(adjective).endswith(FEMININE)


def _quoted_name(
    words: LexedWords,
    lexicon: Lexicon,
    domain: str,
    index: int,
    found: tuple[Lexeme, int],
    opens: frozenset[int],
) -> NameHit | None:
    """A noun in a language without spaces: alone in quotation marks ("《公约》"), pointed at, or the end of a name."""
    lexeme, last = found
    if any(
        (longer := words.at(index - back, f"{domain}_noun")) and longer[1] >= last
        for back in range(1, min(_LONGEST_NOUN, index) + 1)
    ):
        return None
    first = index
    before = words.norm(index - 1)
    bare = (
        before in ("《", ",", ";", "\u3002", "", "(", "“")
        or (before == "的" and lexicon.noun(lexeme) in lexicon.numbered)  # "在埃及举行的缔约方会议"
        or (before not in _IN_NAMES and _ends_at(words, index, "to"))  # "成为公约缔约国"
        or index - 1 in opens
        or (before in _BEHIND_LABEL and index <= _LONGEST_LABEL)  # "4. 工作组", "(a) 工作组"
        or any(_ends_at(words, index, role) for role in ("opening", "small"))
        or any(
            (pointed := words.at(index - back, "deictic")) and pointed[1] == index
            for back in (1, 2, 3)
            if index >= back
        )
    )
    if words.norm(last) == "《":
        return None
    if words.norm(last) == "》" and before != "《":
        while first > max(0, index - _LONGEST_QUOTED) and words.norm(first - 1) != "《":
            first -= 1
        bare = False
    elif domain == INSTRUMENT and not bare and words.norm(last) != "第":
        return None  # without quotation marks, and nothing is cited of it
    noun = lexicon.noun(lexeme)
    return NameHit(domain, first, last, words.starts[first], words.ends[last - 1], noun, bare=bare)


def _capital_soon(words: LexedWords, lexicon: Lexicon, index: int) -> bool:
    """Whether a word with a capital letter stands at a word, or after the article there."""
    the = words.at(index, "the")
    return words.raw(the[1] if the else index)[:1].isupper()


def _ends_at(words: LexedWords, index: int, role: str) -> bool:
    """Whether a lexeme of a role ends right before a word."""
    return any(
        (found := words.at(index - back, role)) is not None and found[1] == index
        for back in range(1, min(_LONGEST_OPENING, index) + 1)
    )


def _has_adjective(words: LexedWords, lexicon: Lexicon, index: int, last: int) -> bool:
    """Whether a noun with the article is followed by an adjective with the article: "المؤتمر الحكومي"."""
    article, following = lexicon.script.article, words.norm(last)
    return (
        words.norm(index).startswith(article)
        and following.startswith(article)
        and len(following) > len(article) + 1
        and _agree(words, index, last)
        and not any(words.at(last, role) for role in _NO_ADJECTIVES)
    )


def _part_of(words: LexedWords, lexicon: Lexicon, index: int) -> int | None:
    """The end of a name that goes on with "of" ("Charte des droits", "Traité de Pelindaba"), or None.

    "of" alone before a word in small letters may be another construction ("prie la Commission de rendre compte").
    """
    joined = words.at(index, "and")
    if (
        joined
        and words.raw(joined[1])[:1].isupper()
        and not any(words.at(joined[1], role) for role in ("instrument_noun", "body_noun", "unit"))
    ):
        return joined[1] + 1  # "Declaración y Programa de Acción"
    of = words.at(index, "of")
    if of is None:
        return None
    the = words.at(of[1], "the")
    start = the[1] if the else of[1]
    raw = words.raw(start)
    definite = the is not None or of[0].sense == "the"
    if not raw.isalpha() and not raw.replace("-", "").isalpha():
        return None
    if lexicon.order.capital_names:
        definite = False
    if not (raw[:1].isupper() or definite) or words.at(start, "deictic"):
        return None
    return None if words.at(start, "unit") or words.at(start, "act") else start + 1


def _modifies(words: LexedWords, lexicon: Lexicon, index: int) -> bool:
    raw = words.raw(index)
    return (
        raw[:1].isupper()
        and raw[:1].isalpha()
        and not any(
            words.at(index, role) for role in ("the", "opening", "possessive", "deictic", "act", "unit", "of")
        )
    ) or (raw.isdigit() and len(raw) == 4 and words.capital(index + 1))


def _joined_adjective(words: LexedWords, lexicon: Lexicon, first: int, index: int) -> int:
    """The start of a name whose first adjective is joined to its second: "the Legal and Technical Committee"."""
    joined = first < index and words.at(first - 1, "and") is not None
    adjective = joined and _modifies(words, lexicon, first - 2) and words.at(first - 3, "the") is not None
    return first - 2 if adjective else first


def _complement(words: LexedWords, lexicon: Lexicon, end: int, hits: list[NameHit]) -> int:
    """The end of a name that goes on with "on Boats", "for the Safety of Boats"."""
    found = words.at(end, "complement")
    if found is None:
        return end
    position = found[1]
    the = words.at(position, "the")
    start = the[1] if the else position
    if not words.capital(start) or not words.raw(start)[:1].isalpha():
        return end
    owner = max((hit for hit in hits if hit.first == start), key=lambda hit: hit.last, default=None)
    if found[0].sense == "of" and owner:
        return end if owner.bare else owner.last
    return _chunk(words, lexicon, start, hits)


def _chunk(words: LexedWords, lexicon: Lexicon, index: int, hits: list[NameHit]) -> int:
    """The end of a run of capitalised words joined by small ones ("Rights of Indigenous Peoples")."""
    last = index + 1
    position = last
    while position < len(words) and position - index < 24:
        if words.capital(position):
            if words.at(position, "unit") or words.at(position, "act"):
                break
            last = position = position + 1
        elif any(hit.first == position + 1 for hit in hits) and words.at(position, "to") is None:
            break  # "… on Information in General Assembly resolution": the name of another body
        elif words.at(position, "small") and position - last < 3:
            joined = words.at(position, "and")
            if joined and (words.at(joined[1], "the") or _is_numbered(words, joined[1])):
                break  # "… and the Committee on Boats", "… and Protocol No. 1": another name
            position += 1
        else:
            break
    return last


def _is_numbered(words: LexedWords, index: int) -> bool:
    """Whether an instrument's noun with a number stands at a word: "Protocol No. 1", "Protocol II"."""
    noun = words.at(index, "instrument_noun")
    return noun is not None and (
        words.at(noun[1], "number_mark") is not None or _NUMERAL.fullmatch(words.raw(noun[1])) is not None
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
