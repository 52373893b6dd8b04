"""Operative paragraphs of a resolution or decision → its actions, one for each opening or joined verb.

Sub-paragraphs of a chapeau that breaks off ("Requests the Secretary-General: (a) To …") inherit its verb and
addressee, one action each; the chapeau is then none itself (guidelines, acts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from treatygraph.acts.addressees import Addressed, addressed
from treatygraph.acts.advice import advice
from treatygraph.acts.clauses import Sentence, Voice, told
from treatygraph.acts.lexicon import MASK, grammar, group, load, offices
from treatygraph.acts.mentions import Mention
from treatygraph.acts.passages import Passage
from treatygraph.acts.verbs import verb_at, verb_pattern
from treatygraph.parse.labels import figure_alone
from treatygraph.parse.openings import head_of_list
from treatygraph.parse.verbs import Tense, Verb
from treatygraph.parse.writing import writing

# A printed number; one in brackets is masked by the time that it is read.
_NUMBER: Final = re.compile(
    rf"[\s\u200e\u200f]*(?:(?:\d{{1,3}}[a-z]?(?:[.)．、]|\s?[—–-](?=\s))|{MASK}{{3,6}}|\d{{1,3}}(?=\s[A-Z]{{4,}}\s)|[^\W\d_]\)|[IVXLC]{{1,6}}\.|[一二三四五六七八九十]{{1,3}}、)\s*){{0,3}}[—–-]?\s*"
)
_STEP: Final = re.compile(r"[^\W_]+")
_SUBJECTS: Final = ("body", "happening")
_LONGEST_ASIDE: Final = 300
_COLONS: Final = (":", "：")


@dataclass(frozen=True, slots=True)
class Ordered:
    """An action of an operative paragraph, in coordinates of its passage; ``chapeau`` is what it inherits from."""

    passage: Passage
    sentence: Sentence
    start: int
    end: int
    verb: Verb
    verb_at: tuple[int, int]
    verb_passage: Passage
    addressed: Addressed
    addressed_passage: Passage
    chapeau: Ordered | None = None

    @property
    def inherited(self) -> bool:
        """Whether the verb stands in a chapeau."""
        return self.chapeau is not None


@dataclass(frozen=True, slots=True)
class Head:
    """A reporting verb that opens or continues an operative paragraph; ``start`` includes its adverbs.

    ``pronoun``: who is asked stands before it as a pronoun ("et les invite à"). ``complement``: where what the verb
    governs begins, if not right behind it.
    """

    start: int
    verb_start: int
    verb_end: int
    verb: Verb
    pronoun: bool = False
    complement: int = 0
    addressed: Addressed | None = None  # who is asked, where that stands before the verb


@cache
def _adverbs(language: str) -> str:
    if not writing(language).spaced:
        return rf"(?:{group(language, 'adverb')}[，、]?)"
    return rf"(?:{group(language, 'adverb')}[\s,،]+)"


@cache
def _opening(language: str) -> re.Pattern[str]:
    present, past = (verb_pattern(language, tense).pattern for tense in (Tense.PRESENT, Tense.PAST))
    return re.compile(rf"{_adverbs(language)}{{0,4}}?(?P<verb>{present}|{past})", re.IGNORECASE)


@cache
def _joined(language: str) -> re.Pattern[str]:
    present = verb_pattern(language, Tense.PRESENT).pattern
    joint = grammar(language, "joint").pattern
    return re.compile(rf"{joint}(?P<group>{_adverbs(language)}{{0,3}}?(?P<verb>{present}))")


@cache
def _run_in(language: str) -> re.Pattern[str]:
    """A further numbered paragraph on the same line: "; 2. Invites Parties …"."""
    present = verb_pattern(language, Tense.PRESENT).pattern
    return re.compile(
        rf"[;.]\s\(?\d{{1,2}}[.)]\s(?P<group>{_adverbs(language)}{{0,3}}?(?P<verb>{present}))", re.IGNORECASE
    )


@cache
def _past_aside(language: str) -> re.Pattern[str]:
    """The words between commas behind a subject, up to its verb: "The Council, noting the fog, decides"."""
    present = verb_pattern(language, Tense.PRESENT).pattern
    return re.compile(rf"[,،]\s[^;.:]{{1,{_LONGEST_ASIDE}}}?[,،]\s(?={_adverbs(language)}{{0,3}}?{present})")


@cache
def _by_pronoun(language: str) -> re.Pattern[str]:
    """A further sentence whose subject is a pronoun: "It also invites the towns to …"."""
    present = verb_pattern(language, Tense.PRESENT).pattern
    return re.compile(
        rf"(?<=\.)(?P<who>\s[^\W\d_]{{1,6}})\s(?P<group>{_adverbs(language)}{{0,3}}?(?P<verb>{present}))"
    )


def heads(sentence: Sentence, language: str) -> tuple[Head, ...]:
    """The verbs of an operative paragraph: the one that opens it, and those joined to it; none where none opens it."""
    text = sentence.text
    number = _NUMBER.match(text, sentence.start)
    begin = number.end() if number else sentence.start
    first = _first_head(sentence, begin, language)
    if first is None:
        return tuple(
            Head(each.start, *each.verb_at, each.verb, addressed=each.addressed)
            for each in advice(sentence, begin)
        )
    found = [first]
    for match in _run_in(language).finditer(text, first.verb_end, sentence.end):
        verb = verb_at(text, match.start("verb"), language, Tense.PRESENT)
        if verb is not None:
            found.append(Head(match.start("group"), match.start("verb"), match.end("verb"), verb))
    for match in _joined(language).finditer(text, first.verb_end, sentence.end):
        joined = verb_at(text, match.start("verb"), language, Tense.PRESENT)
        if joined is None or any(
            m.start < match.end() and match.start("verb") < m.end for m in sentence.mentions
        ):
            continue
        if not _agree(text[first.verb_start], text[match.start("verb")], language):
            continue
        behind = text[match.end("verb") : sentence.end]
        if joined.coordinates and behind.strip() and not _is_noun(joined, behind, language):
            joint = text[match.start() : match.start("group")]
            pronoun = grammar(language, "pronoun-before").search(joint) is not None
            found.append(Head(match.start("group"), match.start("verb"), match.end("verb"), joined, pronoun))
    found += _told_heads(sentence, first.verb_end, language)
    found += _pronoun_heads(sentence, first.verb_end, language)
    return tuple(sorted(found, key=lambda head: head.start))


def spoken(sentence: Sentence, body: str, language: str, *, goes_on: bool = False) -> tuple[Head, ...]:
    """The verbs in the present by which *body* itself speaks: "Recalling its comment, the Committee recommends …".

    *goes_on*: it spoke in the sentence before, so that "it" means it.
    """
    found: list[Head] = []
    ours = False
    for each in told(sentence, language, Tense.SPOKEN):
        main = each.voice is Voice.ACTIVE and each.relative is None and not each.hanging
        if each.pronoun:
            ours = goes_on or _named_before(sentence, each.start, body)
        elif not each.joined:
            ours = each.subject is not None and each.subject.key == body
        if main and ours and each.verb.told and each.verb.lemma:
            found.append(
                Head(
                    each.start,
                    each.verb_start,
                    each.verb_end,
                    each.verb,
                    each.asked_before,
                    each.complement,
                )
            )
    return tuple(found)


def _named_before(sentence: Sentence, start: int, body: str) -> bool:
    """Whether *body* is the body that the sentence named last before *start*."""
    named = [m.key for m in sentence.mentions if m.kind == "body" and m.extent <= start]
    return named[-1:] == [body]


def _first_head(sentence: Sentence, start: int, language: str) -> Head | None:
    """The verb that opens the paragraph, or that of a body behind a clause: "In this light, the Board …"."""
    text = sentence.text
    opening = _opening(language).match(text, _behind_subject(sentence, start))
    if opening is None:
        return next(iter(_told_heads(sentence, start, language)), None)
    if grammar(language, "closing-line").match(text, opening.start("verb")):
        return None
    verb = verb_at(text, opening.start("verb"), language, Tense.PRESENT, Tense.PAST)
    return Head(start, opening.start("verb"), opening.end("verb"), verb) if verb else None


def _told_heads(sentence: Sentence, start: int, language: str) -> list[Head]:
    """The verbs of further sentences of a paragraph that name the body again: "In this regard, the Council notes …"."""
    found: list[Head] = []
    text = sentence.text
    for subject in sentence.mentions:
        if subject.start < start or subject.kind != "body" or subject.key in offices():
            continue
        if grammar(language, "sentence-subject").search(text[start : subject.start]) is None:
            continue
        verb = _opening(language).match(text, _behind(sentence, subject))
        held = verb_at(text, verb.start("verb"), language, Tense.PRESENT) if verb else None
        if verb is not None and held is not None:
            found.append(Head(verb.start(), verb.start("verb"), verb.end("verb"), held))
    return found


def _pronoun_heads(sentence: Sentence, start: int, language: str) -> list[Head]:
    """The verbs of further sentences whose subject is a pronoun: what reports in the present is the body."""
    found: list[Head] = []
    for match in _by_pronoun(language).finditer(sentence.text, start, sentence.end):
        verb = verb_at(sentence.text, match.start("verb"), language, Tense.PRESENT)
        if verb is not None and grammar(language, "pronoun-subject").search(match["who"]) is not None:
            found.append(Head(match.start("group"), match.start("verb"), match.end("verb"), verb))
    return found


def _behind(sentence: Sentence, subject: Mention) -> int:
    """Where a word can begin behind a subject, and words between commas."""
    aside = _past_aside(sentence.language).match(sentence.text, subject.extent, sentence.end)
    if aside is not None:
        return aside.end()
    spaced = writing(sentence.language).spaced
    return (
        subject.extent + len(sentence.text[subject.extent : subject.extent + 1]) if spaced else subject.extent
    )


def _agree(first: str, other: str, language: str) -> bool:
    """Whether two verbs that begin with these letters have one subject, in a language whose verbs show it there."""
    marks = load(language, "grammar").get("agreement", ())
    return first == other or not {first, other} <= set(marks)


def _behind_subject(sentence: Sentence, start: int) -> int:
    """Where the verb can begin: behind a body or meeting ("“The Council stresses", "The Third Meeting decides")."""
    marks = grammar(sentence.language, "subject-opening").match(sentence.text, start)
    at = marks.end() if marks else start
    subject = next((m for m in sentence.mentions if m.start == at and m.kind in _SUBJECTS), None)
    if subject is None or subject.key in offices():
        return start
    gap = sentence.text[subject.extent : subject.extent + 1]
    behind = _behind(sentence, subject)
    return behind if gap.isspace() or behind > subject.extent + 1 or behind == subject.extent else start


def _is_noun(verb: Verb, behind: str, language: str) -> bool:
    """Whether a joined word is a noun ("and requests of the fishermen"); "takes note of" is none."""
    return " of" not in verb.lemma and grammar(language, "not-a-verb").match(behind) is not None


def read_paragraph(
    passage: Passage, sentence: Sentence, found: tuple[Head, ...], language: str
) -> tuple[tuple[Ordered, ...], Ordered | None]:
    """The actions of a paragraph by its verbs, and the chapeau that it breaks off with, if any (not among them)."""
    actions: list[Ordered] = []
    for index, head in enumerate(found):
        end = found[index + 1].start if index + 1 < len(found) else sentence.end
        begin = max(head.verb_end, head.complement)
        whom = head.addressed or addressed(head.verb, sentence.text, begin, end, sentence.mentions, language)
        if (whom.back or (head.pronoun and not whom.keys)) and actions:
            whom = actions[-1].addressed
        action = Ordered(
            passage,
            sentence,
            head.start,
            end,
            head.verb,
            (head.verb_start, head.verb_end),
            passage,
            whom,
            passage,
        )
        if index == len(found) - 1 and _breaks_off(head, sentence, whom, language):
            return tuple(actions), action
        actions.append(action)
    return _shared(actions), None


def _shared(actions: list[Ordered]) -> tuple[Ordered, ...]:
    """Verbs that share one complement ("Urges and requests the Fund to …") ask the same."""
    found = list(actions)
    for index in range(len(found) - 1, 0, -1):
        later, earlier = found[index], found[index - 1]
        between = earlier.sentence.text[earlier.verb_at[1] : later.start]
        if grammar(earlier.sentence.language, "shares").fullmatch(between):
            found[index - 1] = replace(earlier, end=later.end, addressed=later.addressed)
    return tuple(found)


def _breaks_off(head: Head, sentence: Sentence, whom: Addressed, language: str) -> bool:
    """Whether nothing is said yet of what is to be done: "Requests the Office:", "Decides:", "Urges States to:"."""
    rest = sentence.text[head.verb_end : sentence.end].rstrip()
    if head_of_list(sentence.text[sentence.start : sentence.end], language) is not None:
        return True
    if whom.open and (rest.endswith(_COLONS) or (rest[-1:].isalnum() and whom.keys)):
        return True
    if not rest.endswith(_COLONS):
        return False
    return grammar(language, "inherits-verb").match(rest) is not None


def inherit(chapeau: Ordered, passage: Passage, sentence: Sentence) -> Ordered:
    """The action of a sub-paragraph that inherits the verb and the addressee of its chapeau."""
    number = _NUMBER.match(sentence.text, sentence.start)
    start = number.end() if number and number.end() < sentence.end else sentence.start
    figure = figure_alone(sentence.text[start : sentence.end])
    if figure is not None and passage.paragraph and passage.paragraph.number == figure.token:
        start += figure.end
        start += len(sentence.text[start:]) - len(sentence.text[start:].lstrip())
    whom = chapeau.addressed
    if not (whom.keys or whom.text):
        # "decides: 1. To request the Panel to report": the words that a small letter would lead on with
        text = sentence.text[:start] + sentence.text[start : start + 1].lower() + sentence.text[start + 1 :]
        whom = addressed(chapeau.verb, text, start, sentence.end, sentence.mentions, sentence.language)
    own = whom is not chapeau.addressed
    return Ordered(
        passage,
        sentence,
        start,
        sentence.end,
        chapeau.verb,
        chapeau.verb_at,
        chapeau.verb_passage,
        whom,
        passage if own else chapeau.addressed_passage,
        chapeau=chapeau,
    )


def is_child(number: str | None, chapeau: str | None) -> bool:
    """Whether a paragraph with *number* stands directly under the chapeau's: "21 (a)" under "21"; None may."""
    if number is None:
        return True
    parent, steps = _STEP.findall(chapeau or ""), _STEP.findall(number)
    if len(steps) == 1 and steps[0].isalpha() and (not parent or parent[-1].isdigit()):
        return True
    return len(steps) == len(parent) + 1 and steps[: len(parent)] == parent
