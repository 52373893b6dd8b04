"""A draft of an action, or a verb alone with who did it → the action; and a passage → the sentences to read it in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from treatygraph.acts.clauses import Sentence, Told, Voice
from treatygraph.acts.details import details, with_reaffirmed
from treatygraph.acts.led import Led
from treatygraph.acts.lexicon import MASK
from treatygraph.acts.mandates import modality
from treatygraph.acts.mentions import Mention
from treatygraph.acts.narrative import Draft
from treatygraph.acts.objects import Setting
from treatygraph.acts.passages import Passage
from treatygraph.acts.recommended import Recommended
from treatygraph.acts.sentences import mask, sentences
from treatygraph.model.actions import Action, Occasion, Related
from treatygraph.model.tree import DocumentKind

_OPENING_MARKS: Final = '“"«‘ '
# Longer than this is no sentence, but a text that lost its layout.
MAX_SENTENCE: Final = 4_000
Read = tuple[Passage, Sentence]


def sentence_of(passage: Passage, mentions: tuple[Mention, ...], start: int, end: int, language: str) -> Read:
    """A sentence as a passage of its own, with its mentions in its own coordinates."""
    part = passage.part(start, end)
    # A statement is quoted paragraph by paragraph: the mark that opens it sets nothing aside.
    lead = len(part.text) - len(part.text.lstrip(_OPENING_MARKS))
    masked = part.text[:lead] + mask(part.text[lead:], language)
    first, last = (bisect_left(mentions, edge, key=lambda m: m.start) for edge in (start, end))
    inside = tuple(
        replace(m, start=m.start - start, end=m.end - start, extent=min(m.extent, end) - start)
        for m in mentions[first:last]
    )
    plain = tuple(m for m in inside if masked[m.start] != MASK)
    return part, Sentence(0, len(part.text), masked, plain, inside, language)


def sentences_of(passage: Passage, mentions: tuple[Mention, ...], language: str) -> Iterator[Read]:
    """The sentences of a passage that are not too long to be one, each as a passage of its own."""
    for start, end in sentences(passage.text, language):
        if end - start <= MAX_SENTENCE:
            yield sentence_of(passage, mentions, start, end, language)


def told_in(setting: Setting) -> tuple[str, str] | None:
    """Of a report: its body, and what carries the actions that it tells of that body."""
    identity = setting.identity
    if setting.kind is not DocumentKind.REPORT or identity.body is None or identity.symbol is None:
        return None
    return identity.body, identity.happening or identity.key


def told_action(
    draft: Draft, things: tuple[Related, ...], regards: tuple[Related, ...], setting: Setting
) -> Action:
    """The action that a draft tells, with what it acts on, what it regards and what it asks."""
    passage, whom = draft.passage, draft.addressed
    asks = details(passage, draft.asked, setting.registry, draft.source_key, draft.actor)
    above = draft.chapeau
    if above is not None:
        asks = asks.under(
            details(above.passage, above.asked, setting.registry, above.source_key, above.actor)
        )
    verb_in = above or draft
    keys, text = whom.keys, whom.text
    established = [t.key for t in things if t.relation == "establishes" and t.key.startswith("body/")]
    if established and not keys:
        # Establishing a body "to …" gives it a mandate (guidelines, acts).
        keys = tuple(established)
    return Action(
        span=passage.span(draft.start, max(draft.end, draft.told.verb_end)),
        sentence=passage.span(draft.sentence.start, draft.sentence.end),
        verb=draft.told.verb.lemma,
        verb_span=verb_in.passage.span(verb_in.told.verb_start, verb_in.told.verb_end),
        modality=modality(keys, text),
        actor=draft.actor,
        source=draft.source_key,
        addressees=keys,
        addressee_text=text,
        date=draft.date,
        objects=things,
        regarding=regards,
        occasions=(*_done_at(draft), *asks.occasions),
        method=draft.method,
        deliverables=asks.deliverables,
        deadlines=asks.deadlines,
        recurrence=asks.recurrence,
        builds_on=with_reaffirmed(asks.builds_on, draft.told.verb.lemma, things),
        agenda_item=passage.item,
        rule=draft.rule,
        actor_span=None if draft.actor_at is None else passage.span(*draft.actor_at),
        source_span=None if draft.source is None else passage.span(draft.source.start, draft.source.end),
    )


def _done_at(draft: Draft) -> tuple[Occasion, ...]:
    """The session or meeting at which it was done, where a text carries it."""
    at, passage = draft.occasion, draft.passage
    if at is None:
        return ()
    words = " ".join(passage.text[at.start : at.end].split())
    return (Occasion(words, passage.span(at.start, at.end), at.key, "acts/occasion-done"),)


def plain_action(
    part: Passage,
    sentence: Sentence,
    what: Recommended | Led,
    end: int,
    actor: str | None,
    source: str | None,
    rule: str,
    setting: Setting,
) -> Action:
    """What was done by a verb alone: who did it, and by which act, stands outside its sentence."""
    told = Told(what.start, *what.verb_at, what.verb, Voice.ACTIVE, None, None)
    draft = Draft(
        part,
        sentence,
        told,
        what.start,
        end,
        actor,
        None,
        None,
        source,
        what.addressed,
        None,
        None,
        None,
        rule,
    )
    return told_action(draft, (), (), setting)
