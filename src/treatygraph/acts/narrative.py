"""A sentence of an annotation or report → the actions that it tells, with actor, source, date, addressee and method."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from treatygraph.acts.addressees import NOBODY, Addressed, addressed
from treatygraph.acts.asked import Asked, settles
from treatygraph.acts.carriers import (
    CARRIERS,
    behind,
    beside,
    fronted,
    in_brackets,
    past_carrier,
    texts_first,
)
from treatygraph.acts.clauses import Sentence, Told, Voice, told
from treatygraph.acts.dating import as_dated, dating
from treatygraph.acts.lexicon import entries, grammar, offices, words
from treatygraph.acts.mentions import ACTORS, UNKEYED, Mention, body_of, carrier_key
from treatygraph.acts.passages import Passage
from treatygraph.acts.verbs import verb_at
from treatygraph.model.actions import Dated
from treatygraph.parse.dates import DateMention, find_dates
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.verbs import Tense
from treatygraph.registry.values import Registry

# How far behind a verb stands what tells it from another of the same form.
MAX_BEHIND: Final = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as told, in coordinates of its passage (the sentence alone)."""

    passage: Passage
    sentence: Sentence
    told: Told
    start: int
    end: int
    actor: str | None
    actor_at: tuple[int, int] | None
    source: Mention | None
    source_key: str | None
    addressed: Addressed
    date: Dated | None
    method: str | None
    occasion: Mention | None
    rule: str
    chapeau: Draft | None = None  # what an entry of a list inherits its verb from

    @property
    def asked(self) -> Asked:
        """The clause with what it asks."""
        head, whom = self.told, self.addressed
        if self.chapeau is not None:
            return Asked(
                self.sentence, head.verb, self.start, self.start, self.start, self.end, inherited=True
            )
        source = None if self.source is None else self.source.start
        return Asked(
            self.sentence, head.verb, self.start, head.verb_end, whom.end, self.end, carrier_at=source
        )


@dataclass(slots=True)
class Thread:
    """What the sentences of one item have named so far: the body spoken of, and the source of each body's actions.

    ``teller`` is whose action the last sentence of the same paragraph told, for one that leaves its subject out.
    """

    body: str | None = None
    teller: str | None = None
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What one verb of a sentence is read against: the sentence, what stands before its subject, earlier drafts."""

    passage: Passage
    sentence: Sentence
    head: Told
    end: int
    fronted: tuple[Mention, ...]
    found: tuple[Draft, ...]
    thread: Thread
    registry: Registry


def drafts(
    passage: Passage,
    sentence: Sentence,
    registry: Registry,
    thread: Thread,
    *,
    own: str | None = None,
    told_in: tuple[str, str] | None = None,
) -> tuple[Draft, ...]:
    """The actions told in *sentence*, in order of print; *thread* is carried on.

    *own* is the happening that the document is for: what is told in its agenda was done before it.
    *told_in*: of a report, its body and the session, meeting or text that carries what the body is told to have done.
    """
    if told_in is not None:
        thread.keys.setdefault(*told_in)
    before_subject = fronted(sentence)
    _listen(sentence, thread, registry)
    _remember(before_subject, thread, registry, own)
    found: list[Draft] = []
    heads = told(sentence, sentence.language)
    for index, each in enumerate(heads):
        end = heads[index + 1].start if index + 1 < len(heads) else sentence.end
        head = _told_apart(sentence, each, max(end, each.verb_end))
        telling = _Telling(
            passage, sentence, head, max(end, head.verb_end), before_subject, tuple(found), thread, registry
        )
        draft = _draft(telling)
        if draft is not None:
            _carry_on(draft, thread)
            found.append(draft)
    active = [draft.actor for draft in found if draft.told.voice is Voice.ACTIVE]
    thread.teller = active[-1] if active else None
    return tuple(_keyed(draft) for draft in _sources_shared(found) if draft.told.verb.told)


def _keyed(draft: Draft) -> Draft:
    """The action with no actor where an organ without a key took it."""
    unkeyed = draft.actor is not None and draft.actor.startswith(UNKEYED)
    return replace(draft, actor=None, actor_at=None) if unkeyed else draft


def _told_apart(sentence: Sentence, head: Told, end: int) -> Told:
    """The verb by what it governs, where its subject or the text that carries it stands between the two."""
    begin = past_carrier(sentence, head.complement, end)
    if begin == head.verb_end or head.voice is not Voice.ACTIVE or not head.verb.lemma:
        return head
    words = sentence.masked[head.verb_start : head.verb_end]
    joined = words + sentence.masked[begin : begin + MAX_BEHIND]
    return replace(head, verb=verb_at(joined, 0, sentence.language, Tense.PAST) or head.verb)


def _sources_shared(found: list[Draft]) -> list[Draft]:
    """A meeting named behind the last of joined verbs carries them all: "agreed on X and adopted Y at its session"."""
    shared = list(found)
    for index in range(len(shared) - 1, 0, -1):
        later, earlier = shared[index], shared[index - 1]
        if later.told.joined and earlier.source_key is None and later.source is not None:
            shared[index - 1] = replace(
                earlier, source=later.source, source_key=later.source_key, date=later.date
            )
    return shared


def _listen(sentence: Sentence, thread: Thread, registry: Registry) -> None:
    """Keeps the body that the sentence begins with, or whose meeting it begins with, for "it" in later sentences."""
    for mention in sentence.mentions:
        if mention.kind not in ACTORS:
            continue
        key = body_of(mention.key, registry) if mention.kind == "happening" else mention.key
        if key is not None and key not in offices():
            preposed = grammar(sentence.language, "preposed").search(sentence.masked[: mention.start])
            thread.body = thread.body if mention.kind != "happening" and preposed else key
            return


def _remember(
    before_subject: tuple[Mention, ...], thread: Thread, registry: Registry, own: str | None
) -> None:
    """Keeps the text or meeting that a sentence begins with as the source of what its body is told to do next."""
    for mention in before_subject:
        body = body_of(carrier_key(mention.key), registry)
        if body is not None and mention.key != own:
            thread.keys[body] = carrier_key(mention.key)


def _carry_on(draft: Draft, thread: Thread) -> None:
    """Keeps what later sentences take from an action: whose it was, and what carried it."""
    if draft.actor is None or draft.told.voice is Voice.PARTICIPLE:
        return
    if draft.source_key is not None:
        thread.keys[draft.actor] = draft.source_key
    if draft.told.voice is Voice.ACTIVE:
        thread.body = draft.actor


def _draft(telling: _Telling) -> Draft | None:
    """The action of one verb, or None where nobody is known to have done it."""
    head, sentence = telling.head, telling.sentence
    actor, actor_at = _actor(telling)
    whom = _meant(telling, _whom(telling), actor)
    source = _source(telling, whom)
    if source is None and (head.voice is Voice.PARTICIPLE or (head.hanging and head.voice is Voice.ACTIVE)):
        return None
    if actor is None and head.voice is Voice.PASSIVE:
        actor, actor_at = _author(telling, source)
    source = _in_brackets(telling, source, actor) or source
    inherited = _inherited(telling, actor) if source is None else None
    if inherited is not None:
        actor = inherited[0]
    method = _method(telling)
    if actor in offices() or (actor is None and method is None):
        return None
    source = _carried(telling, source) if actor is not None else None
    return Draft(
        telling.passage,
        sentence,
        head,
        _start(telling),
        telling.end,
        actor,
        actor_at,
        source,
        inherited[1] if inherited else None if source is None else carrier_key(source.key),
        whom,
        None if inherited else _date(telling, source, whom),
        method,
        _occasion(telling, source),
        f"acts/told-{head.voice}" + ("-inherited" if inherited else ""),
    )


def _inherited(telling: _Telling, actor: str | None) -> tuple[str, str] | None:
    """Actor and source of an action whose sentence names no source: those of the sentences before it."""
    head, thread = telling.head, telling.thread
    if head.voice is Voice.PARTICIPLE or head.hanging:
        return None
    if actor is None and head.voice is Voice.PASSIVE and head.verb.asks:
        actor = thread.body
    return (actor, thread.keys[actor]) if actor is not None and actor in thread.keys else None


def _start(telling: _Telling) -> int:
    """Where the clause begins: the sentence for its first main clause, else the relative, participle or joined verb."""
    head = telling.head
    if head.relative is not None:
        return head.relative
    return telling.sentence.start if head.voice is not Voice.PARTICIPLE and not telling.found else head.start


def _actor(telling: _Telling) -> tuple[str | None, tuple[int, int] | None]:
    """Who did it: the subject of the active, the agent of the passive, or whom "it" means."""
    head, found = telling.head, telling.found
    if head.dropped:
        return telling.thread.teller, None
    if head.pronoun:
        if head.joined and found:
            return found[-1].actor, found[-1].actor_at
        if not found and head.relative is None and _may_be_a_person(telling):
            return telling.thread.teller, None
        return (found[-1].actor if found and head.relative is None else telling.thread.body), None
    mention = head.subject if head.voice is Voice.ACTIVE else head.by
    if mention is None:
        return None, None
    named = mention.kind in {"body", "organ"}
    key = mention.key if named else body_of(carrier_key(mention.key), telling.registry)
    return key, (mention.start, mention.end)


def _may_be_a_person(telling: _Telling) -> bool:
    """Whether the pronoun can also mean somebody who spoke ("il", "она"), unlike "it"."""
    sentence = telling.sentence
    pronoun = grammar(sentence.language, "pronoun-of-person")
    return pronoun.match(sentence.masked, telling.head.start) is not None


def _author(telling: _Telling, source: Mention | None) -> tuple[str | None, tuple[int, int] | None]:
    """Who speaks in "In the Declaration, adopted by …, States were urged": who adopted it, or whose it is."""
    if source is None:
        return None, None
    for draft in telling.found:
        adopted = draft.told.voice is Voice.PARTICIPLE and draft.told.verb.lemma == "adopt"
        if adopted and source in telling.fronted:
            return draft.actor, draft.actor_at
    key = body_of(carrier_key(source.key), telling.registry)
    return key, (source.start, source.end) if key else None


def _carried(telling: _Telling, source: Mention | None) -> Mention | None:
    """The text that carries an action: of a declaration without a symbol, the act that endorsed it."""
    if source is None or source.kind != "text":
        return source
    acts = [
        draft.source
        for draft in telling.found
        if draft.told.voice is Voice.PARTICIPLE and draft.source is not None and draft.source.kind == "act"
    ]
    return acts[-1] if acts else source


def _whom(telling: _Telling) -> Addressed:
    head, sentence = telling.head, telling.sentence
    if head.voice is not Voice.ACTIVE:
        if not head.verb.asks:
            return NOBODY
        subject = head.subject
        if subject is not None and subject.kind in {"body", "group"} and "to" in head.verb.asks:
            asked = grammar(sentence.language, "clause-within").search(
                sentence.text, head.verb_end, telling.end
            )
            if head.voice is Voice.PASSIVE or asked:
                return Addressed((subject.key,), None, ((subject.start, subject.end),), head.verb_end)
    begin = past_carrier(sentence, head.complement, telling.end)
    return addressed(head.verb, sentence.text, begin, telling.end, sentence.mentions, sentence.language)


def _meant(telling: _Telling, whom: Addressed, actor: str | None) -> Addressed:
    """Whom a pronoun ("requested it to continue") means: who was asked before, else the body named last."""
    if not whom.back and not (telling.head.asked_before and telling.head.verb.asks and whom == NOBODY):
        return whom
    asked = [d for d in telling.found if d.addressed.keys or d.addressed.text]
    if asked:
        return replace(asked[-1].addressed, end=whom.end)
    bodies = [
        m
        for m in telling.sentence.mentions
        if m.kind == "body" and m.end <= telling.head.verb_start and m.key != actor
    ][-1:]
    return Addressed(tuple(m.key for m in bodies), None, tuple((m.start, m.end) for m in bodies), whom.end)


def _source(telling: _Telling, whom: Addressed) -> Mention | None:
    """What carries the action, by the place of its name in the sentence."""
    head, sentence, found = telling.head, telling.sentence, telling.found
    if head.relative is not None:
        before = [m for m in sentence.mentions if m.kind in CARRIERS and m.end <= head.relative]
        return before[-1] if before else None
    agent = head.by if head.voice is not Voice.ACTIVE else head.subject
    near = beside(sentence, head, telling.end, agent, whom.spans)
    if near is not None:
        return near
    if agent is not None and agent.kind in {"happening", "act"}:
        # "In decision 4/1, the fourth session set a limit": the text says more than the session that acts in it
        return next((m for m in texts_first([*telling.fronted, agent]) if m.start < head.verb_start), agent)
    if head.voice is Voice.PARTICIPLE or head.hanging:
        return None
    if head.joined and found and found[-1].source is not None:
        return found[-1].source
    if head.voice is Voice.PASSIVE and not head.joined and agent is None and _has_main_clause(telling):
        # "…, the Conference asked to be told before rules were adopted": what comes first carries the main clause only.
        return None
    choice = texts_first([m for m in telling.fronted if m.start < head.verb_start])
    if choice:
        return choice[-1]
    return None if whom.keys or whom.text else behind(sentence, head, telling.end)


def _in_brackets(telling: _Telling, source: Mention | None, actor: str | None) -> Mention | None:
    """The act in brackets behind the clause, where the session that the sentence names is the one it was taken at."""
    head = telling.head
    if actor is None or head.voice is Voice.PARTICIPLE or (source is not None and source.kind != "happening"):
        return None
    act = in_brackets(telling.passage.text, telling.sentence, head, telling.end, actor, telling.registry)
    if act is None or source is None:
        return act
    return act if source.key.rsplit("/", 1)[-1] in carrier_key(act.key).split("/") else None


def _has_main_clause(telling: _Telling) -> bool:
    """Whether an earlier verb of the sentence has a body as its subject."""
    return any(d.told.voice is Voice.ACTIVE and d.told.relative is None for d in telling.found)


def _date(telling: _Telling, source: Mention | None, whom: Addressed) -> Dated | None:
    """The day, month or year of the action: of the text or meeting that carries it, or "on" a day beside the verb."""
    sentence, head = telling.sentence, telling.head
    if source is not None:
        date = dating(sentence.text, source.extent, sentence.language).date
        if date is not None and date.first == date.last:
            return as_dated(telling.passage, date)
    stretches = [(head.verb_end, telling.end)] if source is None and not whom.keys else []
    if head.voice is not Voice.PARTICIPLE:
        stretches.insert(0, (sentence.start, head.start))
    for start, end in stretches:
        stretch = sentence.text[start:end]
        for date in find_dates(stretch, sentence.language):
            leads = start > sentence.start or date.start < len("On 00")
            on_a_day = grammar(sentence.language, "on-a-day").search(stretch[: date.start])
            if leads and on_a_day and date.first == date.last:
                return as_dated(telling.passage, _shifted(date, start))
    return None


def _shifted(date: DateMention, by: int) -> DateMention:
    return replace(date, start=date.start + by, end=date.end + by)


@cache
def _methods(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table = {entry["text"]: entry["method"] for entry in entries(language, "method")}
    return re.compile(rf"(?<!\w){one_of(words(language, 'method'))}(?!\w)"), table


def _method(telling: _Telling) -> str | None:
    expression, table = _methods(telling.sentence.language)
    match = expression.search(telling.sentence.masked, telling.head.start, telling.end)
    return table[" ".join(match.group().split())] if match else None


def _occasion(telling: _Telling, source: Mention | None) -> Mention | None:
    """The session or meeting at which it was done, or beside which the text was adopted."""
    head, sentence = telling.head, telling.sentence
    for mention in () if settles(head.verb) else sentence.mentions:
        inside = head.verb_end <= mention.start < telling.end
        if mention.kind != "happening" or not inside or mention == source:
            continue
        if grammar(sentence.language, "occasion-at").search(sentence.masked[head.verb_end : mention.start]):
            return mention
    if source is not None and source.kind != "happening":
        return next((m for m in telling.fronted if m.kind == "happening" and m.start < head.verb_start), None)
    return None
