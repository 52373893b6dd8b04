"""A sentence with its mentions → the verbs in it that tell of an action: voice, subject, by whom, where the clause is.

Left out are verbs that deny, plan or suppose, and verbs whose subject is no body: a treaty, an office, a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

from treatygraph.acts.lexicon import MASK, NOWHERE, grammar, group, offices, pattern, words
from treatygraph.acts.mentions import ACTORS, Mention
from treatygraph.acts.verbs import VerbMention, find_verbs, verb_match
from treatygraph.parse.verbs import Tense, Verb

# How far behind a verb stands what tells that its subject is left out.
MAX_SEAM: Final = 20
_COMMAS: Final = (",", "،")
_COLONS: Final = (":", "：")
_OTHER_DEED: Final = Verb("", "", frozenset(), told=False, coordinates=False)


class Voice(StrEnum):
    """How an action is told."""

    ACTIVE = "active"
    PASSIVE = "passive"
    PARTICIPLE = "participle"


@dataclass(frozen=True, slots=True)
class Told:
    """A verb that tells of an action.

    ``start`` is where its clause begins (its subject, or the participle), ``subject`` who does it in the active
    and whom or what it is done to in the passive, ``by`` the agent of a passive, ``relative`` whether the clause
    hangs on a text or meeting ("in which"), ``pronoun`` whether the subject is "it", ``joined`` whether it shares
    the subject of the verb before it, ``hanging`` whether it is a passive said in passing (", which had been"),
    ``dropped`` whether no subject is printed because it is that of the sentence before, ``asked_before`` whether who
    is asked stands before the verb as a pronoun ("et lui recommande de").
    """

    start: int
    verb_start: int
    verb_end: int
    verb: Verb
    voice: Voice
    subject: Mention | None
    by: Mention | None
    relative: int | None = None
    pronoun: bool = False
    joined: bool = False
    hanging: bool = False
    dropped: bool = False
    asked_before: bool = False

    @property
    def complement(self) -> int:
        """Where what the verb governs may begin: behind the verb, or behind a subject that follows it."""
        if self.voice is not Voice.ACTIVE or self.subject is None:
            return self.verb_end
        return max(self.verb_end, self.subject.extent)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as ranges of its passage: ``masked`` is the passage with asides blank.

    ``mentions`` are those outside of asides, ``all_mentions`` also those in brackets and quotations.
    """

    start: int
    end: int
    masked: str
    mentions: tuple[Mention, ...]
    all_mentions: tuple[Mention, ...]
    language: str

    @property
    def text(self) -> str:
        """The passage's masked text up to the end of the sentence (coordinates stay those of the passage)."""
        return self.masked[: self.end]


@cache
def _chain(language: str) -> re.Pattern[str]:
    """One auxiliary, negation or adverb at the end of a string."""
    inner = group(language, "adverb", "negation", "irrealis", "perfect", "passive_past", "passive_other")
    return re.compile(
        rf"(?:{inner}|\b(?-i:[a-z]+ly)\b|\b(?:to|having|can|must|shall)\b),?\s*$", re.IGNORECASE
    )


@cache
def _word_set(language: str, table: str) -> frozenset[str]:
    return frozenset(words(language, table))


def told(sentence: Sentence, language: str, tense: Tense = Tense.PAST) -> tuple[Told, ...]:
    """The verbs of *sentence* that tell what a body did, in order; ``verb.told`` is false for what is no action."""
    found: list[Told] = []
    text = sentence.text[sentence.start :]
    deeds = [(m.start, m.end, m.verb) for m in _before_mentions(sentence, text, tense)]
    deeds += [(*m.span(), _OTHER_DEED) for m in pattern(language, "other_deed").finditer(text)]
    for begin, finish, verb in sorted(deeds, key=lambda deed: deed[:2]):
        start, end = begin + sentence.start, finish + sentence.start
        if any(m.start < end and start < m.end for m in sentence.mentions):
            continue
        item = _told(sentence, start, end, verb, found[-1] if found else None, language)
        if item is not None and (verb is not _OTHER_DEED or item.voice is Voice.ACTIVE):
            found.append(item)
    return tuple(found)


def _before_mentions(sentence: Sentence, text: str, tense: Tense) -> Iterator[VerbMention]:
    """The verbs of *text*; of one that takes the noun of a name, the shorter: "приняла" of "приняла решение 4/2"."""
    for found in find_verbs(text, sentence.language, tense):
        inside = [m.start - sentence.start for m in sentence.mentions]
        cut = next((at for at in inside if found.start < at < found.end), None)
        shorter = find_verbs(text[found.start : cut].rstrip(), sentence.language, tense) if cut else ()
        first = next((verb for verb in shorter if verb.start == 0), None)
        if first is not None:
            yield replace(first, start=found.start, end=found.start + first.end)
        else:
            yield (
                found
                if cut is None
                else replace(found, end=_word_before(text, found, cut, sentence.language))
            )


def _word_before(text: str, verb: VerbMention, cut: int, language: str) -> int:
    """Where the word of *verb* ends that its subject at *cut* parts from its others: "تحيط اللجنة علما"."""
    word = text[verb.start : cut].rstrip()
    parted = grammar(language, "subject-behind") is not NOWHERE and word.isalpha()
    return verb.start + len(word) if parted else verb.end


def _told(
    sentence: Sentence, start: int, end: int, verb: Verb, before: Told | None, language: str
) -> Told | None:
    position, chain = _auxiliaries(sentence, start, language)
    voice = _voice(chain, language)
    if voice is None:
        return None
    by = _agent(sentence, end, near=voice is not Voice.PASSIVE)
    if voice is Voice.PASSIVE:
        return _passive(sentence, position, start, end, verb, by, language)
    if not chain and by is not None:
        subject = _antecedent(sentence, start)
        return Told(start, start, end, verb, Voice.PARTICIPLE, subject, by)
    if before is not None and before.voice is Voice.PASSIVE and _joins(sentence, position, before):
        return Told(position, start, end, verb, Voice.PASSIVE, before.subject, before.by or by, joined=True)
    return _active(sentence, position, start, end, verb, before, language)


def _auxiliaries(sentence: Sentence, start: int, language: str) -> tuple[int, list[str]]:
    """Where the verb group begins, and its auxiliaries and negations in order of print."""
    position = start
    chain: list[str] = []
    skip = _word_set(language, "adverb")
    while (
        match := _chain(language).search(sentence.masked, max(sentence.start, position - 40), position)
    ) is not None:
        word = match.group().strip().rstrip(",").casefold()
        if word not in skip and not word.endswith("ly"):
            chain.insert(0, word)
        if match.start() == position:
            break
        position = match.start()
    return position, " ".join(chain).split()


def _voice(chain: list[str], language: str) -> Voice | None:
    told_of = " ".join(chain)
    if not chain or told_of in _word_set(language, "perfect"):
        return Voice.ACTIVE
    return Voice.PASSIVE if told_of in _word_set(language, "passive_past") else None


def _agent(sentence: Sentence, end: int, *, near: bool) -> Mention | None:
    """Who "by" names behind a verb: directly behind it, or (of a passive) before its infinitive."""
    limit = sentence.end if not near else min(sentence.end, end + 40)
    for match in grammar(sentence.language, "agent-by").finditer(sentence.masked, end, limit):
        if near and match.start() > end:
            return None
        between = sentence.masked[end : match.start()]
        if ";" in between or grammar(sentence.language, "clause-within").search(between):
            return None
        # A participle by an organ without a key says what the thing named is, not what was done.
        agents = {*ACTORS, "act"} - ({"organ"} if near else set())
        at = [m for m in sentence.mentions if m.start == match.end() and m.kind in agents]
        if at:
            return at[0]
        if near:
            return None
    return None


def _active(
    sentence: Sentence,
    position: int,
    start: int,
    end: int,
    verb: Verb,
    before: Told | None,
    language: str,
) -> Told | None:
    asked_before = grammar(language, "pronoun-before").search(sentence.masked, sentence.start, position)
    position = position if asked_before is None else asked_before.start()
    left = sentence.masked[sentence.start : position].rstrip()
    edge = sentence.start + len(left)
    behind = _subject_behind(sentence, position, end)
    if behind is not None:
        relative = _relative(sentence, behind.start)
        return Told(start, start, end, verb, Voice.ACTIVE, behind, None, relative)
    joins = (
        before is not None
        and before.voice is Voice.ACTIVE
        and (_joins(sentence, position, before) or _joins(sentence, start, before))
    )
    if before is not None and joins and _takes_object(sentence, end):
        if _may_be_asked(sentence, start, end, verb, before):
            return None
        return Told(
            position,
            start,
            end,
            verb,
            Voice.ACTIVE,
            before.subject,
            None,
            before.relative,
            before.pronoun,
            True,
            asked_before=asked_before is not None,
        )
    pronoun = grammar(sentence.language, "pronoun-subject").search(left)
    if pronoun is not None:
        begin = sentence.start + pronoun.start(1)
        if grammar(sentence.language, "condition").search(sentence.masked[sentence.start : begin]):
            return None
        return Told(
            begin,
            start,
            end,
            verb,
            Voice.ACTIVE,
            None,
            None,
            _relative(sentence, begin),
            pronoun=True,
            asked_before=asked_before is not None,
        )
    subject = _subject(sentence, edge, language)
    seam = f"{left}|{sentence.masked[end : end + MAX_SEAM]}"
    if subject is None and before is None and grammar(language, "dropped-subject").match(seam):
        return Told(start, start, end, verb, Voice.ACTIVE, None, None, pronoun=True, dropped=True)
    if subject is None or subject.key in offices():
        return None
    if verb.lemma == "establish" and grammar(language, "made-under").match(sentence.masked, end):
        return None  # "the Board established under article 9": what it is, not what it did
    head = sentence.masked[sentence.start : subject.start]
    relative = _relative(sentence, subject.start)
    if relative is None and grammar(sentence.language, "condition").search(head):
        return None
    hanging = (
        grammar(sentence.language, "relative-subject").fullmatch(sentence.masked[subject.extent : edge])
        is not None
    )
    return Told(
        subject.start,
        start,
        end,
        verb,
        Voice.ACTIVE,
        subject,
        None,
        relative,
        hanging=hanging,
        asked_before=asked_before is not None,
    )


def _subject_behind(sentence: Sentence, position: int, end: int) -> Mention | None:
    """The body or happening right behind a verb that opens its clause, in a language that puts the verb first."""
    left = sentence.masked[sentence.start : position].rstrip()
    match = grammar(sentence.language, "subject-behind").match(sentence.masked, end)
    if match is None or grammar(sentence.language, "verb-opens").search(left) is None:
        return None
    # A verb in the feminine is none of a noun in the masculine: "أوصت مؤتمر الأطراف" leaves its subject out.
    seam = (
        f"{sentence.masked[position:end].split()[0]}|{sentence.masked[match.end() : match.end() + MAX_SEAM]}"
    )
    if grammar(sentence.language, "subject-disagrees").search(seam) is not None:
        return None
    return next(
        (
            m
            for m in sentence.mentions
            if m.start == match.end() and m.kind in ACTORS and m.key not in offices()
        ),
        None,
    )


def _relative(sentence: Sentence, begin: int) -> int | None:
    """Where "in which" stands before the subject that starts at *begin*, or None."""
    match = grammar(sentence.language, "relative-phrase").search(sentence.masked[sentence.start : begin])
    return None if match is None else sentence.start + match.start()


def _joins(sentence: Sentence, position: int, before: Told) -> bool:
    """Whether the verb group at *position* is joined to the verb *before* by "and" or a comma."""
    left = sentence.masked[before.verb_end : position].rstrip()
    if grammar(sentence.language, "coordinated").search(left) is None:
        return False
    last = [m for m in sentence.mentions if m.extent <= before.verb_end + len(left)]
    ends_in_comma = left.endswith(",")
    # ", which …, " closes an aside of something else; its verb has another subject.
    return not (
        ends_in_comma and last and grammar(sentence.language, "relative-tail").search(left) is not None
    )


def _may_be_asked(sentence: Sentence, start: int, end: int, verb: Verb, before: Told) -> bool:
    """Whether a joined verb may say what others are asked to do, as its form shows no tense: "建议缔约国…，并批准"."""
    if verb.coordinates or not before.verb.asks:
        return False
    same = verb_match(sentence.masked, start, len(sentence.masked), sentence.language, Tense.PRESENT)
    return same is not None and same.end == end


def _takes_object(sentence: Sentence, end: int) -> bool:
    """Whether a determiner, a name or a clause follows: "adopted the report", not "accepted languages"."""
    behind = sentence.text[end : end + 60]
    if behind.strip() in _COLONS:  # a list follows
        return True
    named = any(m.start - end in range(1, 8) for m in sentence.mentions)
    return named or grammar(sentence.language, "object-follows").match(behind) is not None


def _subject(sentence: Sentence, edge: int, language: str) -> Mention | None:
    """The body or happening whose phrase ends at *edge*, over asides between commas."""
    bodies = [
        m for m in sentence.mentions if m.kind in ACTORS and sentence.start <= m.start and m.extent <= edge
    ]
    text = _acting_text(sentence, edge)
    if text is not None:
        return text
    for mention in reversed(bodies):
        # "The Human Rights Council (HRC) requested": what stands in brackets parts no subject from its verb
        between = sentence.masked[mention.extent : edge].replace(MASK, "")
        head = sentence.masked[sentence.start : mention.start]
        if grammar(sentence.language, "preposed").search(head) and _relative(sentence, mention.start) is None:
            continue
        if _heads_nothing_else(sentence, mention) and (not between.strip() or _is_aside(between, language)):
            return mention
        if grammar(sentence.language, "relative-subject").fullmatch(between) and _heads_nothing_else(
            sentence, mention
        ):
            return mention
    return None


def _acting_text(sentence: Sentence, edge: int) -> Mention | None:
    """The numbered act that ends at *edge*, where the language lets a text itself decide and ask."""
    for mention in reversed(sentence.mentions):
        if mention.kind != "act" or not sentence.start <= mention.start < mention.end <= edge:
            continue
        between = sentence.masked[mention.end : edge]
        if grammar(sentence.language, "acting-text").fullmatch(between) is None:
            return None
        whose = [m for m in sentence.mentions if m.kind == "body" and m.extent == mention.start]
        head = sentence.masked[sentence.start : whose[0].start if whose else mention.start]
        return None if grammar(sentence.language, "preposed").search(head) else mention
    return None


def _heads_nothing_else(sentence: Sentence, mention: Mention) -> bool:
    """Whether the mention is not the tail of a larger phrase ("seventh meeting of the Working Group")."""
    return not any(
        m is not mention and m.start < mention.start and mention.extent <= m.extent and m.kind in ACTORS
        for m in sentence.mentions
    )


def _is_aside(between: str, language: str) -> bool:
    """Whether the words between a subject and its verb are asides between commas, and no clause of their own."""
    parts = between.strip()
    if not (parts.startswith(_COMMAS) and parts.endswith(_COMMAS)) or len(parts) > 300:
        return parts != "" and grammar(language, "aside-short").match(parts) is not None
    inner = parts[1:-1].strip()
    return (
        pattern(language, "aside").match(inner) is not None
        or pattern(language, "adverb").fullmatch(inner) is not None
    )


def _passive(
    sentence: Sentence, position: int, start: int, end: int, verb: Verb, by: Mention | None, language: str
) -> Told | None:
    left = sentence.masked[sentence.start : position].rstrip()
    edge = sentence.start + len(left)
    subject = _patient(sentence, edge, asked=bool(verb.asks))
    if grammar(sentence.language, "relative-subject").search(left):
        subject = _antecedent(
            sentence, sentence.start + len(grammar(sentence.language, "relative-subject").sub("", left)) + 1
        )
    hanging = grammar(sentence.language, "relative-subject").search(left)
    begin = (
        sentence.start + hanging.start() if hanging else subject.start if subject is not None else position
    )
    if grammar(sentence.language, "condition").search(sentence.masked[sentence.start : begin]):
        return None
    if by is not None and by.key in offices():
        return None
    return Told(begin, start, end, verb, Voice.PASSIVE, subject, by, hanging=hanging is not None)


def _patient(sentence: Sentence, edge: int, *, asked: bool) -> Mention | None:
    """Who or what a passive is done to: the mention that ends there, or whose relative clause does.

    Only bodies and groups can be *asked*: a treaty named in their relative clause is passed over.
    """
    for mention in reversed(sentence.mentions):
        if asked and mention.kind not in {"body", "group"}:
            continue
        if (
            mention.start < sentence.start
            or mention.extent > edge
            or not _heads_nothing_else(sentence, mention)
        ):
            continue
        between = sentence.masked[mention.extent : edge]
        if not between.strip():
            return mention
        if grammar(sentence.language, "relative").match(between) and ";" not in between:
            return mention
        if between.startswith((",", ";")):
            return None
    return None


def _antecedent(sentence: Sentence, start: int) -> Mention | None:
    """The mention that a participle or relative clause at *start* hangs on: the last before it."""
    before = [m for m in sentence.mentions if sentence.start <= m.start and m.extent < start]
    return before[-1] if before else None
