"""Words that have the shape of a proper name which no registry holds → that name, with how far it goes.

In capital letters a name goes on with its words ("Convention on the Harbours"), in small ones with what its noun
governs, and between quotation marks with all of them.
"""

from __future__ import annotations

import re
from typing import Final

from treatygraph.cite.lexicon import LexedWords, Lexeme, Lexicon
from treatygraph.cite.names import BODY, INSTRUMENT, LONGEST_NOUN, NameHit
from treatygraph.cite.tokens import FEMININE

_NUMERAL: Final = re.compile("[IVX]{1,4}")
_LONGEST_OPENING: Final = 4
_NO_ADJECTIVES: Final = ("relative", "unit", "act", "happening", "instrument_noun", "body_noun")
_IN_NAMES: Final = tuple("的年月日")  # particles that a name may hold
# What closes the label of a paragraph, and how many words a label has with it.
_BEHIND_LABEL: Final = (".", "、", ")")
_LONGEST_LABEL: Final = 3
_LONGEST_QUOTED: Final = 80


def unknown_name(
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
    last = complement(words, lexicon, end, hits)
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
    adjective = complement is not None and complement[0].sense == "adjective"
    if (
        complement
        and lexicon.order.capital_names
        and not (adjective or _capital_soon(words, lexicon, complement[1]))
    ):
        complement = None  # "la Convención para la solución de controversias": the name has ended
    if complement and complement[0].plural and not lexeme.plural:
        complement = (
            None  # "de l’article 73 de la Charte relatives au renforcement": of the article, not of the name
        )
    definite = any(words.norm(each).startswith(lexicon.script.article) for each in range(index, last))
    construct = lexeme.sense == "construct" or (lexicon.order.construct and not definite)
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
        and not _is_subject(words, lexicon, last)
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


def _is_subject(words: LexedWords, lexicon: Lexicon, index: int) -> bool:
    """Whether a word has the form of a subject, so that no name goes on with it; "Содружества Независимых" does."""
    subject = bool(lexicon.order.nominative) and words.raw(index).endswith(lexicon.order.nominative)
    return subject and not words.capital(index + 1)


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
        for back in range(1, min(LONGEST_NOUN, index) + 1)
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
            (pointed := words.at(index - back, "deictic"))
            and pointed[1] == index
            and not pointed[0].plural  # "these conventions"
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


def complement(words: LexedWords, lexicon: Lexicon, end: int, hits: list[NameHit]) -> int:
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
