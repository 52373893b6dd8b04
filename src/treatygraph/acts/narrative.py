"""A sentence of an annotation or report → the actions that it tells, with actor, source, date, addressee and method."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from treatygraph.acts.addressees import NOBODY, Addressed, addressed
from treatygraph.acts.clauses import Sentence, Told, Voice, told
from treatygraph.acts.dating import as_dated, dating
from treatygraph.acts.lexicon import entries, group, offices, words
from treatygraph.acts.mentions import Mention, body_of, carrier_key
from treatygraph.acts.passages import Passage
from treatygraph.model.actions import Dated
from treatygraph.parse.dates import DateMention, find_dates
from treatygraph.parse.lexicon import one_of
from treatygraph.registry.values import Registry

CARRIERS: Final = frozenset({"act", "document", "happening", "text"})
_DETERMINER: Final = re.compile(
    r"(?:(?:its|the|that|this|their|said|same|above-mentioned|paragraphs?|[0-9]+|\([a-z]\)|of|and|to|,)[\s,]+)*"
)
# How far behind its verb a text that carries the action can be named ("adopted, in its decision 4/2, the …").
NEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as told, in coordinates of its passage; ``previous`` is the draft that its relative clause hangs on."""

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


@dataclass(slots=True)
class Thread:
    """What the sentences of one item have named so far: the body spoken of, and the source of each body's actions."""

    body: str | None = None
    sources: dict[str, Mention | None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def drafts(
    passage: Passage,
    sentence: Sentence,
    registry: Registry,
    thread: Thread,
    language: str,
    own: str | None = None,
    told_in: tuple[str, str] | None = None,
) -> tuple[Draft, ...]:
    """The actions told in *sentence*, in order of print; *thread* is carried on.

    *own* is the happening that the document is for: what is told in its agenda was done before it.
    *told_in*: of a report, its body and the session, meeting or text that carries what the body is told to have done.
    """
    if told_in is not None:
        thread.keys.setdefault(*told_in)
    fronted = _fronted(sentence, sentence.start, language)
    _listen(sentence, thread, registry)
    _remember(fronted, thread, registry, own)
    found: list[Draft] = []
    heads = told(sentence, language)
    for index, head in enumerate(heads):
        end = heads[index + 1].start if index + 1 < len(heads) else sentence.end
        draft = _draft(
            passage, sentence, head, max(end, head.verb_end), fronted, registry, thread, found, language
        )
        if draft is not None:
            found.append(draft)
    return tuple(draft for draft in _sources_shared(found) if draft.told.verb.told)


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
        key = (
            mention.key
            if mention.kind == "body"
            else body_of(mention.key, registry)
            if mention.kind == "happening"
            else None
        )
        if key is not None and key not in offices():
            thread.body = thread.body if mention.kind == "body" and _preposed(sentence, mention) else key
            return


def _remember(fronted: tuple[Mention, ...], thread: Thread, registry: Registry, own: str | None) -> None:
    """Keeps the text or meeting that a sentence begins with as the source of what its body is told to do next."""
    for mention in fronted:
        body = body_of(_key(mention), registry)
        if body is not None and mention.key != own:
            thread.sources[body], thread.keys[body] = mention, _key(mention)


def _preposed(sentence: Sentence, mention: Mention) -> bool:
    return (
        re.search(r"\b(?:of|by|to|for|with) (?:the )?$", sentence.masked[sentence.start : mention.start])
        is not None
    )


@cache
def _opening(language: str) -> re.Pattern[str]:
    adverb = group(language, "adverb")
    return re.compile(
        rf"(?:(?:{adverb}|[A-Z]\w+ly|Furthermore|Moreover),?\s)*(?P<carrier>{group(language, 'carrier')})\s",
        re.IGNORECASE,
    )


def _fronted(sentence: Sentence, start: int, language: str) -> tuple[Mention, ...]:
    """The texts and meetings that the phrases before the subject name: "At its sixth session, in decision 6/2, …"."""
    found: list[Mention] = []
    position = start
    while (match := _opening(language).match(sentence.text, position)) is not None:
        mention = _carrier_at(sentence, match.end())
        if mention is None:
            break
        found.append(mention)
        comma = re.compile(r",\s").search(sentence.text, mention.extent)
        if comma is None:
            break
        position = comma.end()
    return tuple(found)


def _carrier_at(sentence: Sentence, position: int) -> Mention | None:
    """The text or meeting named at *position*, behind determiners and the name of its body."""
    for _ in range(3):
        determiner = _DETERMINER.match(sentence.text, position)
        starts = {position, determiner.end() if determiner else position}
        at = [m for m in sentence.mentions if m.start in starts]
        carriers = [m for m in at if m.kind in CARRIERS]
        if carriers:
            return carriers[0]
        bodies = [m for m in at if m.kind == "body"]
        if not bodies:
            return None
        position = bodies[0].end + len(re.match(r"(?:[’']s)?,?\s*", sentence.text[bodies[0].end :]).group())  # type: ignore[union-attr]
    return None


def _draft(
    passage: Passage,
    sentence: Sentence,
    head: Told,
    end: int,
    fronted: tuple[Mention, ...],
    registry: Registry,
    thread: Thread,
    found: list[Draft],
    language: str,
) -> Draft | None:
    actor, actor_at = _actor(head, thread, found, registry)
    whom = _meant(_whom(head, sentence, end, language), sentence, head, actor, found)
    source = _source(sentence, head, end, whom, fronted, found, registry)
    rule = f"acts/told-{head.voice}"
    if source is None and (head.voice is Voice.PARTICIPLE or (head.hanging and head.voice is Voice.ACTIVE)):
        return None
    inherited = None
    if actor is None and head.voice is Voice.PASSIVE:
        actor, actor_at = _author(sentence, source, fronted, found, registry)
    if source is None and head.voice is not Voice.PARTICIPLE and not head.hanging:
        if actor is None and head.voice is Voice.PASSIVE and head.verb.asks and thread.body in thread.keys:
            actor = thread.body
        inherited = thread.keys.get(actor or "")
        source = thread.sources.get(actor or "") if inherited else None
    method = _method(sentence, head, end, language)
    if actor is None and method is None:
        return None
    if actor in offices() or (head.voice is Voice.PASSIVE and actor is None and not method):
        return None
    if actor is None:
        source = None
    carried, source_key = source, inherited or (None if source is None else _key(source))
    # A declaration without a symbol of its own is carried by the act that endorsed it.
    if source is not None and source.kind == "text":
        carried = _endorsing(source, found) or source
        source_key = _key(carried)
    date = None if inherited else _date(passage, sentence, head, end, carried, whom, language)
    if (
        actor is not None
        and source_key is not None
        and source is not None
        and head.voice is not Voice.PARTICIPLE
    ):
        thread.sources[actor], thread.keys[actor] = carried, source_key
    if actor is not None and head.voice is Voice.ACTIVE:
        thread.body = actor
    return Draft(
        passage,
        sentence,
        head,
        _start(sentence, head, fronted, found),
        end,
        actor,
        actor_at,
        carried if not inherited else None,
        source_key,
        whom,
        date,
        method,
        _occasion(sentence, head, end, carried, fronted),
        f"{rule}-inherited" if inherited else rule,
    )


def _start(sentence: Sentence, head: Told, fronted: tuple[Mention, ...], found: list[Draft]) -> int:
    """Where the clause begins: the sentence for its first main clause, else the relative, participle or joined verb."""
    if head.relative is not None:
        return head.relative
    main = head.voice is not Voice.PARTICIPLE and not any(
        d.told.relative is None and d.told.voice is not Voice.PARTICIPLE for d in found
    )
    return sentence.start if main and not found else head.start


def _key(mention: Mention) -> str:
    return carrier_key(mention.key)


def _actor(
    head: Told, thread: Thread, found: list[Draft], registry: Registry
) -> tuple[str | None, tuple[int, int] | None]:
    if head.pronoun:
        if head.joined and found:
            return found[-1].actor, found[-1].actor_at
        return (found[-1].actor if found and head.relative is None else thread.body), None
    mention = head.subject if head.voice is Voice.ACTIVE else head.by
    if mention is None:
        return None, None
    key = mention.key if mention.kind == "body" else body_of(mention.key, registry)
    return key, (mention.start, mention.end)


def _author(
    sentence: Sentence,
    source: Mention | None,
    fronted: tuple[Mention, ...],
    found: list[Draft],
    registry: Registry,
) -> tuple[str | None, tuple[int, int] | None]:
    """Who speaks in "In the Declaration, adopted by …, States were urged": who adopted it, or whose it is."""
    if source is None:
        return None, None
    for draft in found:
        if draft.told.voice is Voice.PARTICIPLE and draft.told.verb.lemma == "adopt" and source in fronted:
            return draft.actor, draft.actor_at
    key = body_of(_key(source), registry)
    return key, (source.start, source.end) if key else None


def _endorsing(text: Mention, found: list[Draft]) -> Mention | None:
    acts = [
        d.source
        for d in found
        if d.told.voice is Voice.PARTICIPLE and d.source is not None and d.source.kind == "act"
    ]
    return acts[-1] if acts else None


def _whom(head: Told, sentence: Sentence, end: int, language: str) -> Addressed:
    if head.voice is Voice.ACTIVE:
        return addressed(head.verb, sentence.text, head.verb_end, end, sentence.mentions, language)
    if not head.verb.asks:
        return NOBODY
    subject = head.subject
    if subject is not None and subject.kind in {"body", "group"} and "to" in head.verb.asks:
        behind = sentence.text[head.verb_end : end]
        if head.voice is Voice.PASSIVE or re.search(r"\bto [a-z]", behind):
            return Addressed((subject.key,), None, ((subject.start, subject.end),), head.verb_end)
    return addressed(head.verb, sentence.text, head.verb_end, end, sentence.mentions, language)


def _meant(
    whom: Addressed, sentence: Sentence, head: Told, actor: str | None, found: list[Draft]
) -> Addressed:
    """Whom a pronoun ("requested it to continue") means: who was asked before, else the body named last."""
    if not whom.back:
        return whom
    asked = [d for d in found if d.addressed.keys or d.addressed.text]
    if asked:
        return replace(asked[-1].addressed, end=whom.end)
    bodies = [
        m for m in sentence.mentions if m.kind == "body" and m.end <= head.verb_start and m.key != actor
    ]
    return Addressed(
        tuple(m.key for m in bodies[-1:]), None, tuple((m.start, m.end) for m in bodies[-1:]), whom.end
    )


def _source(
    sentence: Sentence,
    head: Told,
    end: int,
    whom: Addressed,
    fronted: tuple[Mention, ...],
    found: list[Draft],
    registry: Registry,
) -> Mention | None:
    if head.relative is not None:
        before = [
            m
            for m in sentence.mentions
            if m.kind in CARRIERS and sentence.start <= m.start and m.end <= head.relative
        ]
        return before[-1] if before else None
    mention = head.by if head.voice is not Voice.ACTIVE else head.subject
    near = _near(sentence, head, end, mention)
    if near is not None:
        return near
    if mention is not None and mention.kind in {"happening", "act"}:
        return mention
    if head.voice is Voice.PARTICIPLE:
        return None
    if head.hanging:
        return None
    if head.joined and found and found[-1].source is not None:
        return found[-1].source
    choice = [m for m in fronted if m.start < head.verb_start]
    texts = [m for m in choice if m.kind != "happening"]
    if texts or choice:
        return (texts or choice)[-1]
    return _behind(sentence, head, end, whom)


def _near(sentence: Sentence, head: Told, end: int, agent: Mention | None) -> Mention | None:
    """A text or meeting named between subject and verb, right behind the verb, or right behind the agent."""
    places = [head.verb_end]
    if agent is not None:
        places.append(agent.extent)
        if head.voice is Voice.ACTIVE and "," in sentence.masked[agent.extent : head.verb_start]:
            places += [
                m.end() + agent.extent
                for m in re.finditer(r",(?=\s)", sentence.masked[agent.extent : head.verb_start])
            ]
    candidates = []
    for place in places:
        match = re.compile(r",?\s(?:in|at|by|through|during) ").match(sentence.text, place, end)
        mention = _carrier_at(sentence, match.end()) if match else None
        if mention is not None:
            candidates.append(mention)
    texts = [m for m in candidates if m.kind != "happening"]
    return next(iter(texts or candidates), None)


def _behind(sentence: Sentence, head: Told, end: int, whom: Addressed) -> Mention | None:
    """Of a verb that asks nobody: the meeting named behind its object, or the numbered text that is its object."""
    if whom.keys or whom.text or head.voice is Voice.PARTICIPLE:
        return None
    if re.search(r"\bto [a-z]|\bthat\b", sentence.text[head.verb_end : end]):
        return None
    for match in re.finditer(r"\bat (?:its|the) ", sentence.text[head.verb_end : end]):
        mention = _carrier_at(sentence, head.verb_end + match.end())
        if mention is not None and mention.kind == "happening":
            return mention
    acts = [
        m
        for m in sentence.mentions
        if m.kind == "act" and head.verb_end <= m.start < min(end, head.verb_end + NEAR)
    ]
    return acts[0] if acts and head.verb.lemma == "adopt" else None


def _date(
    passage: Passage,
    sentence: Sentence,
    head: Told,
    end: int,
    source: Mention | None,
    whom: Addressed,
    language: str,
) -> Dated | None:
    """The day, month or year of the action: of the text or meeting that carries it, or "on" a day behind the verb."""
    if source is not None and sentence.start <= source.start < sentence.end:
        date = dating(sentence.text, source.extent, language).date
        if date is not None and date.first == date.last:
            return as_dated(passage, date)
    leading = re.match(r"On\s", sentence.text[sentence.start :])
    if leading is not None and head.voice is not Voice.PARTICIPLE:
        first = next(iter(find_dates(sentence.text[sentence.start : head.start], language)), None)
        if first is not None and first.start <= leading.end():
            return as_dated(passage, _shifted(first, sentence.start))
    if source is None and not whom.keys:
        stretch = sentence.text[head.verb_end : end]
        for date in find_dates(stretch, language):
            if re.search(r"\bon $", stretch[: date.start]) and date.first == date.last:
                return as_dated(passage, _shifted(date, head.verb_end))
    return None


def _shifted(date: DateMention, by: int) -> DateMention:
    return replace(date, start=date.start + by, end=date.end + by)


@cache
def _methods(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table = {entry["text"]: entry["method"] for entry in entries(language, "method")}
    return re.compile(rf"(?<!\w){one_of(words(language, 'method'))}(?!\w)"), table


def _method(sentence: Sentence, head: Told, end: int, language: str) -> str | None:
    expression, table = _methods(language)
    match = expression.search(sentence.masked, head.start, end)
    return table[" ".join(match.group().split())] if match else None


def _occasion(
    sentence: Sentence, head: Told, end: int, source: Mention | None, fronted: tuple[Mention, ...]
) -> Mention | None:
    """The session or meeting at or by which it is to be done, or beside which the text was adopted."""
    for mention in sentence.mentions:
        if mention.kind != "happening" or not head.verb_end <= mention.start < end or mention == source:
            continue
        if re.search(
            r"\b(?:at|during|by|before|until|in time for|no later than|to) (?:its |the |their |a )?$",
            sentence.masked[head.verb_end : mention.start],
        ):
            return mention
    if source is not None and source.kind != "happening":
        return next((m for m in fronted if m.kind == "happening" and m.start < head.verb_start), None)
    return None
