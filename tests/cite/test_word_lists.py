"""Every entry of every word list finds itself in its own example and stays away from its counter-example."""

from __future__ import annotations

from functools import cache

import pytest

from treatygraph.cite.find import find_mentions
from treatygraph.cite.lexicon import LANG, ROLES, Lexeme, Lexicon, languages, load_lexicon
from treatygraph.cite.mentions import (
    ActMention,
    HappeningMention,
    PublicationMention,
    RejectedMention,
    UnitMention,
)
from treatygraph.cite.names import Matcher, build_matcher
from treatygraph.model.errors import VocabularyError
from treatygraph.registry.values import Registry

NOTHING = Registry({}, {}, {}, {}, {}, "")
# Words of these roles open a mention of their own; the others are found inside one.
MENTIONS = {
    "unit": UnitMention,
    "act": ActMention,
    "agenda": RejectedMention,
    "publication": (PublicationMention, RejectedMention),
}
# An act needs no more than a number; "Ibid." needs the series before it only when it is resolved.


# Roles that a language may lack, with the reason.
LACKING = {
    "agent": dict.fromkeys(
        ("ar", "ru", "zh"), "a case, or the place before the verb, tells who does something"
    ),
    "common": dict.fromkeys(("ar", "ru", "zh"), "no name that instruments share is held in the language"),
    "compound": dict.fromkeys(
        ("ar", "es", "fr", "ru", "zh"), "people do not meet around the word for a table of figures"
    ),
    "complement": {"zh": "names stand in quotation marks of their own"},
    "of": {"zh": "what a reference is part of stands before it"},
    "holder": dict.fromkeys(
        ("ar", "en", "es", "fr", "ru"), "spaces and capitals part a short name from what stands before it"
    ),
    "relative": dict.fromkeys(("en", "es", "fr", "ru", "zh"), "no article tells adjectives"),
    "session_letters": dict.fromkeys(
        ("en", "es", "fr", "ru", "zh"), "special sessions have Latin letters in all languages but Arabic"
    ),
    "year": dict.fromkeys(("en", "es", "fr", "zh"), "a year is no more than its figures there"),
    "the": {"ru": "the language has no article", "zh": "the language has no article"},
}


@cache
def matcher(code: str) -> Matcher:
    return build_matcher(NOTHING, code, load_lexicon(code))


def stands_in(lexicon: Lexicon, lexeme: Lexeme, text: str) -> bool:
    words = lexicon.tokenise(text)
    found = (lexicon.at(words, index, lexeme.role) for index in range(len(words)))
    return any(each and lexicon.fold(each[0].text) == lexicon.fold(lexeme.text) for each in found)


@pytest.mark.parametrize("code", languages())
def test_an_entry_is_found_in_its_own_example(code: str) -> None:
    lexicon = load_lexicon(code)
    for lexeme in lexicon.lexemes:
        assert stands_in(lexicon, lexeme, lexeme.example), lexeme
        if lexeme.role in MENTIONS:
            found = find_mentions(lexeme.example, lexicon, matcher(code)).mentions
            assert any(isinstance(mention, MENTIONS[lexeme.role]) for mention in found), lexeme


@pytest.mark.parametrize("code", languages())
def test_an_entry_stays_away_from_its_counter_example(code: str) -> None:
    lexicon = load_lexicon(code)
    for lexeme in lexicon.lexemes:
        against = lexeme.counter_example
        assert not against or find_mentions(against, lexicon, matcher(code)).mentions == (), lexeme


@pytest.mark.parametrize("code", languages())
def test_every_unit_act_and_happening_has_a_plural_or_singular_beside_it(code: str) -> None:
    lexicon = load_lexicon(code)
    for role in ("unit", "act", "happening"):
        senses = {
            plural: {x.sense for x in lexicon.of_role(role) if x.plural is plural} for plural in (True, False)
        }
        assert senses[True] == senses[False]


@pytest.mark.parametrize("code", languages())
def test_no_word_stands_twice_in_a_role(code: str) -> None:
    lexicon = load_lexicon(code)
    entries = [(lexeme.role, lexicon.fold(lexeme.text)) for lexeme in lexicon.lexemes]
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize("code", languages())
def test_every_language_has_every_role_and_the_same_files(code: str) -> None:
    held = {lexeme.role for lexeme in load_lexicon(code).lexemes}
    lacking = {role for role, codes in LACKING.items() if code in codes}
    assert held == ROLES - lacking
    files = {path.name for path in (LANG / code).glob("*.toml")}
    assert files == {path.name for path in (LANG / "en").glob("*.toml")}


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(VocabularyError, match="no words for finding references"):
        load_lexicon("xx")


@pytest.mark.parametrize("code", languages())
def test_happenings_are_found_by_their_words(code: str) -> None:
    lexicon = load_lexicon(code)
    for lexeme in (*lexicon.of_role("happening"), *lexicon.of_role("modifier")):
        found = find_mentions(lexeme.example, lexicon, matcher(code)).mentions
        assert any(isinstance(mention, HappeningMention) for mention in found), lexeme.example
