"""How a paragraph of a resolution begins: with a participle (preambular), or a verb in the third person (operative).

The words are data (``lang/<code>/resolution.toml``, ``verbs.toml``); the rule is that of the United Nations
Editorial Manual. Where a language opens both kinds with the same words, the mark at the end decides: a preambular
paragraph pauses, an operative one closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.verbs import Tense, forms, verb_languages
from treatygraph.parse.writing import CLOSERS, COMMAS, writing

ADVERBS: Final = 3
"""At most this many adverbs stand before the opening word ("Once again strongly urges")."""
_MARKUP: Final = r"[*_\s“\"«‘]{0,4}"
_LONG_NAME: Final = 80
_LONG_HEAD: Final = 140
_LONG_LEAD: Final = 800
_ENACTING: Final = frozenset({"agree", "decide", "resolve"})
_COLONS: Final = (":", "：")  # a list follows, which either kind may have
_NOTE_MARKS: Final = re.compile(r"(?:\s?\[\d{1,3}\]){1,4}$")
# The first word of a verb with a particle opens a paragraph too ("Draws the attention of …"), unless it is small.
_SHORTEST_FIRST: Final = 4


@dataclass(frozen=True, slots=True)
class _Openings:
    preambular: re.Pattern[str]
    operative: re.Pattern[str]
    together: re.Pattern[str]
    reported: re.Pattern[str]


@cache
def _openings(language: str) -> _Openings:
    how = writing(language)
    adverb = _either_case(words(language, "resolution", "adverb"))
    before = rf"{_MARKUP}{how.proclitic}(?:{adverb},?{how.gap}){{0,{ADVERBS}}}{_MARKUP}"
    verb = _either_case(operative_words(language))
    return _Openings(
        re.compile(f"{before}{_either_case(words(language, 'resolution', 'preambular'))}{how.right}"),
        re.compile(f"{before}{verb}{how.right}"),
        re.compile(
            rf"{speaks_itself(language).pattern}{before}{_either_case(tuple(forms(language, Tense.PLURAL)))}{how.right}"
        ),
        re.compile(f"{_MARKUP}{_speaker(language)}{how.gap}(?:{adverb}{how.gap})?{verb}{how.right}"),
    )


@cache
def speaks_itself(language: str) -> re.Pattern[str]:
    """The pronoun that may stand before a verb of several who speak of themselves: "We reaffirm …"."""
    pronouns = words(language, "resolution", "first_person")
    how = writing(language)
    return re.compile(rf"{_MARKUP}{how.proclitic}(?:{one_of(pronouns)}{how.gap})?" if pronouns else "")


def _either_case(listed: tuple[str, ...]) -> str:
    """One of the words, with a capital or a small letter at its beginning, or all in capitals ("RECALLING")."""
    cases = ((word, word[:1].upper() + word[1:], word.lower(), word.upper()) for word in listed)
    return one_of([form for forms_of_word in cases for form in forms_of_word])


def _speaker(language: str) -> str:
    """A pattern for the organ that a statement tells of: "The Council of Pilots" before "requests"."""
    articles = words(language, "treaty", "author")
    if articles:
        return rf"{one_of(articles)}\s{{0,2}}[^\W\d_a-z][\w’' -]{{2,{_LONG_NAME}}}?"
    organ = one_of(_with_capitals(words(language, "frontmatter", "organ")))
    return rf"(?:[\w’'-][\w’' -]{{0,{_LONG_NAME}}}?)?{organ}(?:[\w’' -]{{1,{_LONG_NAME}}}?)?"


def _with_capitals(listed: tuple[str, ...]) -> list[str]:
    return [form for word in listed for form in (word, word[:1].upper() + word[1:])]


def operative_words(language: str) -> tuple[str, ...]:
    """The words that open an operative paragraph: each form of a reporting verb, and a long first word."""
    listed = forms(language, Tense.PRESENT) if language in verb_languages() else {}
    small = {part for word in words(language, "resolution", "adverb") for part in word.lower().split()}
    first = {form.split()[0] for form in listed} - small
    return tuple(sorted({*listed, *(word for word in first if len(word) >= _SHORTEST_FIRST)}))


@cache
def _shared(language: str) -> bool:
    """Whether the language opens both kinds of paragraphs with the same words."""
    return bool(set(words(language, "resolution", "preambular")) & set(operative_words(language)))


def opening(text: str, language: str, *, plural: bool = False) -> ParagraphKind | None:
    """Whether *text* begins as a preambular or an operative paragraph; None when it begins as neither.

    *plural*: several speak, whose verbs have the plural form ("Request the Secretariat to …").

    >>> opening("Recalling its resolution on the tending of lights,", "en").value
    'preambular'
    >>> opening("Also requests the harbour master to count the wrecks;", "en").value
    'operative'
    """
    if writing(language).large_paragraphs and not text.lstrip('*_ “"«‘')[:1].isupper():
        return None
    found = _openings(language)
    operative, preambular = found.operative.match(text), found.preambular.match(text)
    if (operative or preambular) and _shared(language):
        return _by_end(text)
    if operative and preambular:
        return _longer(operative, preambular) or _by_end(text)
    if plural and not preambular and found.together.match(text):
        return ParagraphKind.OPERATIVE
    if operative or found.reported.match(text):
        return ParagraphKind.OPERATIVE
    return ParagraphKind.PREAMBULAR if preambular else None


@cache
def _leading_on(language: str, *, plural: bool) -> re.Pattern[str]:
    how = writing(language)
    verb = _either_case(tuple(forms(language, Tense.PLURAL if plural else Tense.PRESENT)))
    tail = rf"(?:,?{how.gap}(?i:{one_of(words(language, 'resolution', 'leads_on'))}))?\s?[:：]$"
    past = _either_case(
        tuple(form for form, listed in forms(language, Tense.PAST).items() if listed.lemma in _ENACTING)
    )
    return re.compile(rf"{how.left}(?:(?P<verb>{verb})|(?P<past>{past})){tail}")


def leads_on(line: str, language: str, *, plural: bool = False) -> tuple[int, int] | None:
    """Where the verb stands with which a line leads on to the paragraphs below it, whoever speaks; None for any other.

    Of verbs in the past only one that enacts does so: "Совет … решил:".

    >>> leads_on("THE BOARD OF PILOTS (BP) RECOMMENDS THAT:", "en")
    (24, 34)
    """
    bare = line.rstrip("*_ \t")
    if len(bare) > _LONG_LEAD or not bare.endswith(_COLONS):
        return None
    found = _leading_on(language, plural=plural).search(bare)
    return found.span(found.lastgroup or 0) if found else None


@cache
def _hereby(language: str) -> re.Pattern[str]:
    listed = words(language, "resolution", "hereby")
    return re.compile(rf"{_MARKUP}(?i:{one_of(listed)})\s?[:：,，]?[*_\s]{{0,4}}")


def says_hereby(line: str, language: str) -> bool:
    """Whether a line is nothing but the word that parts a preamble from what is decided below it.

    >>> says_hereby("Hereby:", "en")
    True
    """
    return _hereby(language).fullmatch(line) is not None


def may_recite(text: str, language: str) -> bool:
    """Whether *text* begins with words that open a preambular paragraph, whatever mark it ends with."""
    return _openings(language).preambular.match(text) is not None


def head_of_list(line: str, language: str) -> ParagraphKind | None:
    """Of what a line is the head that prints the opening words alone, in small letters, above what they open.

    >>> head_of_list("instructs the Harbour Master", "en").value
    'operative'
    """
    bare = line.strip("*_ \t")
    if len(bare) > _LONG_HEAD or bare[-1:] in (*CLOSERS, "-", "–", "—"):
        return None
    if not bare[:1].islower():
        return opening(bare, language) if opens_alone(bare, language) else None
    return opening(bare[:1].upper() + bare[1:], language)


@cache
def _adverbs(language: str) -> re.Pattern[str]:
    """At most two adverbs, which may stand behind the words that open a paragraph."""
    adverb = one_of(words(language, "resolution", "adverb"))
    return re.compile(rf"(?:{writing(language).gap}{adverb}){{0,2}}", re.IGNORECASE)


def opens_alone(line: str, language: str) -> bool:
    """Whether a line is nothing but the words that open a paragraph, and adverbs: "Also requests", "Charge également".

    A verb must be one that asks or enacts: "Notes" is a heading.

    >>> opens_alone("Also requests", "en")
    True
    """
    bare = line.strip("*_ \t")
    if not bare[:1].isupper():
        return False
    found, rest = _openings(language), _adverbs(language)
    recital, verb = found.preambular.match(bare), found.operative.match(bare)
    if recital is not None and rest.fullmatch(bare, recital.end()):
        return True
    return verb is not None and rest.fullmatch(bare, verb.end()) is not None and _enacts(bare, language)


def _enacts(line: str, language: str) -> bool:
    """Whether the verb in a line that holds no other asks somebody or enacts something."""
    listed = forms(language, Tense.PRESENT)
    found = max((form for form in listed if f" {form} " in f" {line.lower()} "), key=len, default=None)
    return found is not None and bool(listed[found].asks or listed[found].lemma in _ENACTING)


def in_capitals(text: str) -> bool:
    """Whether the first word is printed in capitals, as some bodies print the word that opens a paragraph."""
    first = re.match(r"[^\W\d_]+", text.lstrip('*_ “"«‘'))
    return first is not None and len(first.group()) >= _SHORTEST_FIRST and first.group().isupper()


def _longer(operative: re.Match[str], preambular: re.Match[str]) -> ParagraphKind | None:
    if operative.end() == preambular.end():
        return None
    return ParagraphKind.OPERATIVE if operative.end() > preambular.end() else ParagraphKind.PREAMBULAR


def _by_end(text: str) -> ParagraphKind | None:
    end = _NOTE_MARKS.sub("", text.rstrip("*_ \t"))[-1:]
    if end in tuple(COMMAS):
        return ParagraphKind.PREAMBULAR
    return ParagraphKind.OPERATIVE if end in tuple(CLOSERS) and end not in _COLONS else None
