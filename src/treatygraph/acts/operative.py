"""Operative paragraphs of a resolution or decision → its actions, one for each opening or joined verb.

Sub-paragraphs of a chapeau that breaks off ("Requests the Secretary-General: (a) To …") inherit its verb and
addressee, one action each; the chapeau is then none itself (guidelines, acts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.acts.addressees import Addressed, addressed, of_entry
from treatygraph.acts.advice import advice
from treatygraph.acts.clauses import Sentence, Voice, told
from treatygraph.acts.lexicon import MASK, grammar, load, offices
from treatygraph.acts.mentions import UNKEYED, Mention
from treatygraph.acts.passages import Passage
from treatygraph.acts.verbs import VerbMention, opened, opened_behind, verb_at
from treatygraph.parse.labels import figure_alone
from treatygraph.parse.openings import head_of_list, leads_on, speaks_itself
from treatygraph.parse.verbs import Tense, Verb
from treatygraph.parse.writing import writing

# A printed number; one in brackets is masked by the time that it is read.
_NUMBER: Final = re.compile(
    rf"[\s\u200e\u200f]*(?:(?:\d{{1,3}}[a-z]?(?:[.)．、]|\s?[—–-](?=\s))|{MASK}{{3,6}}|\d{{1,3}}(?=\s[A-Z]{{4,}}\s)|\d{{1,2}}(?=\s[^\W\d_])|[^\W\d_]\)|(?:[IVXLC]{{1,6}}|[ivx]{{1,5}}|[a-h])\.(?=\s)|[一二三四五六七八九十]{{1,3}}、)\s*){{0,3}}[—–-]?\s*"
)
_STEP: Final = re.compile(r"[^\W_]+")
_SUBJECTS: Final = ("body", "happening")
_LONGEST_ASIDE: Final = 300
_MOST_ADVERBS: Final = 3
# "Adopts, in accordance with article 9, paragraph 1, of the Agreement, the following:"
_BETWEEN: Final = re.compile(r"^,\s[^;:.]{1,200},\s(?=[^,;:]{1,40}:$)")
_COLONS: Final = (":", "：")
_MARKS: Final = " \n\t.,;:*_"


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


_RUN_IN: Final = re.compile(r"[;.]\s\(?\d{1,2}[.)]\s")
"""What parts a further numbered paragraph on the same line: "; 2. Invites Parties …"."""

_BY_PRONOUN: Final = re.compile(r"(?<=\.)(?P<who>\s[^\W\d_]{1,6})\s")
"""What may be the subject of a further sentence: "It also invites the towns to …"."""

_FIRST_WORD: Final = re.compile(r"(?P<who>[^\W\d_]{1,6})\s")
_STOP: Final = re.compile("[.;。；؛]")
_COMMA: Final = re.compile(r"[,،]\s")
_NO_ASIDE: Final = re.compile("[;.:]")


def _past_aside(sentence: Sentence, start: int) -> int | None:
    """Where the words between commas behind a subject end, up to its verb: "The Council, noting the fog, decides"."""
    text, end = sentence.text, sentence.end
    comma = _COMMA.match(text, start, end)
    if comma is None:
        return None
    stop = _NO_ASIDE.search(text, comma.end(), end)
    last = min(stop.start() if stop else end, comma.end() + _LONGEST_ASIDE)
    for after in _COMMA.finditer(text, comma.end() + 1, end):
        if after.start() > last:
            return None
        if opened(text, after.end(), end, sentence.language, Tense.PRESENT, most=_MOST_ADVERBS, exact=True):
            return after.end()
    return None


def heads(sentence: Sentence, language: str, *, plural: bool = False) -> tuple[Head, ...]:
    """The verbs of an operative paragraph: the one that opens it, and those joined to it; none where none opens it.

    *plural*: several speak, whose verbs are in the plural ("The Parties: 1. Request …").
    """
    text = sentence.text
    number = _NUMBER.match(text, sentence.start)
    begin = number.end() if number else sentence.start
    begin = _past_and(text, begin, language, plural=plural)
    itself = speaks_itself(language).match(text, begin) if plural else None
    if (
        itself and _opening(text, begin, language, plural=True) is None
    ):  # "nous engageons à" is a verb of its own
        begin = itself.end()
    first = _first_head(sentence, begin, language, plural=plural)
    if first is None:
        return _advised(sentence, begin)
    found = [first]
    for lead, verb in _behind_lead(_RUN_IN, sentence, first.verb_end, exact=False, plural=plural):
        found.append(Head(lead.end(), verb.start, verb.end, verb.verb))
    shouted = _in_capitals(text[first.verb_start : first.verb_end])
    joint = grammar(language, "joint")
    for lead, verb in _behind_lead(joint, sentence, first.verb_end, exact=not shouted, plural=plural):
        if shouted and not _in_capitals(text[verb.start : verb.end]):
            continue
        if any(m.start < verb.end and verb.start < m.end for m in sentence.mentions):
            continue
        if not _agree(text[first.verb_start], text[verb.start], language):
            continue
        behind = text[verb.end : sentence.end]
        if (
            (verb.verb.coordinates or shouted)
            and behind.strip()
            and not _is_noun(verb.verb, behind, language)
        ):
            pronoun = grammar(language, "pronoun-before").search(lead.group()) is not None
            found.append(Head(lead.end(), verb.start, verb.end, verb.verb, pronoun))
    found += _told_heads(sentence, first.verb_end, language, further=True)
    found += _pronoun_heads(sentence, first.verb_end, language)
    if _STOP.search(text, first.verb_end, sentence.end - 1):  # another sentence may be said to a State
        found += _advised(sentence, first.verb_end)
    return tuple(sorted(found, key=lambda head: head.start))


def _past_and(text: str, start: int, language: str, *, plural: bool) -> int:
    """Where the verb stands of a paragraph that goes on from the one above it: "and requests the towns to …"."""
    joined = grammar(language, "opens-with-and").match(text, start)
    if joined is None or _opening(text, start, language, plural=plural) is not None:
        return start
    tense = Tense.PLURAL if plural else Tense.PRESENT
    verb = opened(text, joined.end(), len(text), language, tense, most=_MOST_ADVERBS + 1)
    return start if verb is None else joined.end()


def advised(sentence: Sentence) -> tuple[Head, ...]:
    """The verbs by which a paragraph of a report says what the State before its body is to do."""
    number = _NUMBER.match(sentence.text, sentence.start)
    return _advised(sentence, number.end() if number else sentence.start)


def _advised(sentence: Sentence, start: int) -> tuple[Head, ...]:
    return tuple(
        Head(each.start, *each.verb_at, each.verb, addressed=each.addressed)
        for each in advice(sentence, start)
    )


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
            ours = each.subject is not None and _is_same(each.subject.key, body)
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


def speaks(sentence: Sentence, body: str, language: str) -> bool:
    """Whether *body* is the subject of a verb in the present, even of one that tells of no act ("recalls that …")."""
    return any(
        each.subject is not None and _is_same(each.subject.key, body)
        for each in told(sentence, language, Tense.SPOKEN)
    )


def _is_same(key: str, body: str) -> bool:
    """Whether a key is that of *body*, or of an organ without one whose name is a shorter or longer form of it."""
    if key == body or not (key.startswith(UNKEYED) and body.startswith(UNKEYED)):
        return key == body
    one, other = (f" {name.removeprefix(UNKEYED)} " for name in (key, body))
    return one in other or other in one


def _named_before(sentence: Sentence, start: int, body: str) -> bool:
    """Whether *body* is the body that the sentence named last before *start*."""
    named = [m.key for m in sentence.mentions if m.kind == "body" and m.extent <= start]
    return named[-1:] == [body]


def _first_head(sentence: Sentence, start: int, language: str, *, plural: bool) -> Head | None:
    """The verb that opens the paragraph, or that of a body behind a clause: "In this light, the Board …"."""
    text = sentence.text
    verb = _opening(text, _behind_subject(sentence, start), language, plural=plural)
    lead = grammar(language, "leading-clause").match(text, start) if verb is None else None
    if lead is not None:
        verb = _opening(text, lead.end(), language, plural=plural)
    if verb is None:
        told_behind = next(iter(_told_heads(sentence, start, language)), None)
        return told_behind or _leading_head(sentence, start, language, plural=plural)
    if grammar(language, "closing-line").match(text, verb.start):
        return None
    return Head(start, verb.start, verb.end, verb.verb)


def _leading_head(sentence: Sentence, start: int, language: str, *, plural: bool) -> Head | None:
    """The verb with which a line leads on to what is below it: "THE BOARD OF PILOTS (BP) RECOMMENDS THAT:"."""
    found = leads_on(sentence.text[start:], language, plural=plural)
    if found is None and not plural:  # "ACUERDAN:"
        found, plural = leads_on(sentence.text[start:], language, plural=True), True
    if found is None:
        return None
    at = start + found[0]
    verb = verb_at(sentence.text, at, language, Tense.PLURAL if plural else Tense.PRESENT, Tense.PAST)
    return None if verb is None else Head(start, at, start + found[1], verb)


def _opening(text: str, start: int, language: str, *, plural: bool = False) -> VerbMention | None:
    tenses = (Tense.PLURAL,) if plural else (Tense.PRESENT, Tense.PAST)
    return opened(text, start, len(text), language, *tenses, most=_MOST_ADVERBS + 1)


def _behind_lead(
    lead: re.Pattern[str], sentence: Sentence, start: int, *, exact: bool = True, plural: bool = False
) -> Iterator[tuple[re.Match[str], VerbMention]]:
    """Each place of *lead* in the rest of a sentence that a verb in the present stands behind."""
    return opened_behind(
        lead,
        sentence.text,
        start,
        sentence.end,
        sentence.language,
        Tense.PLURAL if plural else Tense.PRESENT,
        most=_MOST_ADVERBS,
        exact=exact,
    )


def _told_heads(sentence: Sentence, start: int, language: str, *, further: bool = False) -> list[Head]:
    """The verbs behind the name of a body that begins a sentence: "In this regard, the Council notes …".

    *further*: the sentence at *start* has its verb, so that another one must begin.
    """
    found: list[Head] = []
    text = sentence.text
    for subject in sentence.mentions:
        if subject.start < start or subject.kind != "body" or subject.key in offices():
            continue
        before = text[start : subject.start]
        if further and _STOP.search(before) is None:
            continue  # whom the verb before asks
        if grammar(language, "sentence-subject").search(before) is None:
            continue
        begin = _behind(sentence, subject)
        verb = _opening(text, begin, language)
        held = verb_at(text, verb.start, language, Tense.PRESENT) if verb else None
        if verb is not None and held is not None:
            found.append(Head(begin, verb.start, verb.end, held))
    return found


def _pronoun_heads(sentence: Sentence, start: int, language: str) -> list[Head]:
    """The verbs of further sentences whose subject is a pronoun: what reports in the present is the body."""
    found: list[Head] = []
    for lead, verb in _behind_lead(_BY_PRONOUN, sentence, start):
        if grammar(language, "pronoun-subject").search(lead["who"]) is not None:
            found.append(Head(lead.end(), verb.start, verb.end, verb.verb))
    return found


def _behind(sentence: Sentence, subject: Mention) -> int:
    """Where a word can begin behind a subject, and words between commas."""
    aside = _past_aside(sentence, subject.extent)
    if aside is not None:
        return aside
    spaced = writing(sentence.language).spaced
    return (
        subject.extent + len(sentence.text[subject.extent : subject.extent + 1]) if spaced else subject.extent
    )


def _in_capitals(words: str) -> bool:
    """Whether a verb is printed in capitals ("URGES", "TAKES NOTE of"), as each verb of the paragraph then is."""
    first = words.split()[0] if words.strip() else ""
    return first.isupper() and len(first) > 1


def _agree(first: str, other: str, language: str) -> bool:
    """Whether two verbs that begin with these letters have one subject, in a language whose verbs show it there."""
    marks = load(language, "grammar").get("agreement", ())
    return first == other or not {first, other} <= set(marks)


def _behind_subject(sentence: Sentence, start: int) -> int:
    """Where the verb can begin: behind a body or meeting ("“The Council stresses", "The Third Meeting decides")."""
    pronoun = _FIRST_WORD.match(sentence.text, start)
    if pronoun and grammar(sentence.language, "pronoun-subject").search(pronoun["who"]):
        return pronoun.end()
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
        if index == len(found) - 1 and breaks_off(head, sentence, whom, language):
            return tuple(actions), action
        if len(found) > 1 or sentence.text[head.verb_end : sentence.end].strip(_MARKS):
            actions.append(action)  # "Notes" alone is a heading
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


def breaks_off(head: Head, sentence: Sentence, whom: Addressed, language: str) -> bool:
    """Whether nothing is said yet of what is to be done: "Requests the Office:", "Decides:", "Urges States to:"."""
    rest = _in_small(sentence.text[max(head.verb_end, head.complement) : sentence.end].rstrip())
    if head_of_list(sentence.text[sentence.start : sentence.end], language) is not None:
        return True
    if whom.open and (rest.endswith(_COLONS) or (rest[-1:].isalnum() and whom.keys)):
        return True
    if not rest.endswith(_COLONS):
        return False
    rest = _BETWEEN.sub(" ", rest)
    return grammar(language, "inherits-verb").match(rest) is not None


def _in_small(words: str) -> str:
    """The words of a line in capitals as they are printed elsewhere."""
    return words.lower() if words.isupper() else words


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
        led_by = _in_small(chapeau.sentence.text[chapeau.verb_at[1] : chapeau.sentence.end])
        whom = of_entry(
            chapeau.verb, led_by, sentence.text, start, sentence.end, sentence.mentions, sentence.language
        )
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
    if not parent and all(step.isdigit() for step in steps):
        return True  # "2.1." below a verb that leads on
    if len(steps) == 1 and steps[0].isalpha() and (not parent or parent[-1].isdigit()):
        return True
    return len(steps) == len(parent) + 1 and steps[: len(parent)] == parent
