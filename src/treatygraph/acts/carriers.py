"""A sentence → the texts and meetings that carry its actions: before the subject, beside the verb, behind it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from treatygraph.acts.clauses import Sentence, Told, Voice
from treatygraph.acts.lexicon import grammar
from treatygraph.acts.mentions import Mention, body_of, carrier_key
from treatygraph.registry.values import Registry

CARRIERS: Final = frozenset({"act", "document", "happening", "text"})
# How far behind "adopted" the number of the text can stand that is itself its object.
NEAR: Final = 12
# "General Assembly resolution", "the Conference, decision": names of bodies before a number.
MAX_BODIES: Final = 3


def texts_first(mentions: list[Mention]) -> list[Mention]:
    """Of texts and meetings the texts, which say more of where an action stands; else the meetings."""
    return [m for m in mentions if m.kind != "happening"] or mentions


def fronted(sentence: Sentence) -> tuple[Mention, ...]:
    """What the phrases before the subject name: "At its sixth session, in decision 6/2, the Conference …"."""
    found: list[Mention] = []
    lead = grammar(sentence.language, "lead-in").match(sentence.text, sentence.start)
    position = lead.end() if lead else sentence.start
    while (match := grammar(sentence.language, "carrier-opening").match(sentence.text, position)) is not None:
        mention = carrier_at(sentence, match.end())
        if mention is None:
            break
        found.append(mention)
        comma = _comma_and_gap().search(sentence.text, mention.extent)
        if comma is None:
            break
        position = comma.end()
    return tuple(found)


def carrier_at(sentence: Sentence, position: int) -> Mention | None:
    """The text or meeting named at *position*, behind determiners and the name of its body."""
    for _ in range(MAX_BODIES):
        determiners = grammar(sentence.language, "determiners").match(sentence.text, position)
        starts = {position, determiners.end() if determiners else position}
        at = [m for m in sentence.mentions if m.start in starts]
        carriers = [m for m in at if m.kind in CARRIERS]
        if carriers:
            return carriers[0]
        bodies = [m for m in at if m.kind == "body"]
        if not bodies:
            return None
        possessive = grammar(sentence.language, "possessive").match(sentence.text, bodies[0].end)
        position = possessive.end() if possessive else bodies[0].end
    return None


def beside(
    sentence: Sentence, head: Told, end: int, agent: Mention | None, asked: tuple[tuple[int, int], ...] = ()
) -> Mention | None:
    """A text or meeting named between subject and verb, or right behind the verb, the agent or who is *asked*."""
    places = [head.verb_end]
    if agent is not None:
        places.append(agent.extent)
        if head.voice is Voice.ACTIVE:
            places += [m.end() for m in _comma().finditer(sentence.masked, agent.extent, head.verb_start)]
    found = []
    for place in places:
        match = grammar(sentence.language, "carrier-behind").match(sentence.text, place, end)
        mention = carrier_at(sentence, match.end()) if match else None
        if mention is not None:
            found.append(mention)
    return next(iter(texts_first(found)), None) or _behind_asked(sentence, asked, end)


def _behind_asked(sentence: Sentence, asked: tuple[tuple[int, int], ...], end: int) -> Mention | None:
    """The text or meeting named right behind who is asked; a session of theirs is when they are to do it."""
    for start, last in asked[-1:]:
        match = grammar(sentence.language, "carrier-behind").match(sentence.text, last, end)
        mention = carrier_at(sentence, match.end()) if match else None
        whom = next((m.key for m in sentence.mentions if m.start == start and m.kind == "body"), "")
        own = f"/{whom.removeprefix('body/').replace('/', '-')}/"
        if mention is not None and not (mention.kind == "happening" and own in mention.key):
            return mention
    return None


def in_brackets(
    text: str, sentence: Sentence, head: Told, end: int, body: str | None, registry: Registry
) -> Mention | None:
    """The one act of *body* in brackets that close the clause: "asked it to report (decision 4/1, para. 7)".

    *text* is the passage as printed, in whose coordinates the sentence is.
    """
    found = None
    for mention in sentence.all_mentions:
        inside = (
            mention.kind == "act" and head.verb_end < mention.start < end and mention not in sentence.mentions
        )
        if (
            not inside
            or text[mention.start - 1] != "("
            or body_of(carrier_key(mention.key), registry) != body
        ):
            continue
        if found is not None:
            return None
        found = mention
    if found is None:
        return None
    closing = text.find(")", found.extent, end)
    return found if closing >= 0 and not text[closing + 1 : end].strip(" .;,") else None


def past_carrier(sentence: Sentence, position: int, end: int) -> int:
    """*position*, or the end of the text or meeting named there: "asked, in its decision 4/1, the Office"."""
    match = grammar(sentence.language, "carrier-behind").match(sentence.text, position, end)
    mention = carrier_at(sentence, match.end()) if match else None
    if mention is None:
        return position
    closing = grammar(sentence.language, "carrier-closes").match(sentence.text, mention.extent, end)
    return closing.end() if closing else mention.extent


@cache
def _comma() -> re.Pattern[str]:
    return re.compile(r"[,،](?=\s)|，")


@cache
def _comma_and_gap() -> re.Pattern[str]:
    return re.compile(r"[,،]\s|，\s?")


def behind(sentence: Sentence, head: Told, end: int) -> Mention | None:
    """Of a verb that asks nobody: the meeting named behind its object, or the numbered text that is its object."""
    stretch = sentence.text[head.verb_end : end]
    if grammar(sentence.language, "clause-within").search(stretch):
        return None
    for mention in sentence.mentions:
        inside = mention.kind == "happening" and head.verb_end <= mention.start < end
        if inside and grammar(sentence.language, "at-its").search(
            sentence.text[head.verb_end : mention.start]
        ):
            return mention
    acts = [m for m in sentence.mentions if m.kind == "act" and 0 <= m.start - head.verb_end < NEAR]
    return acts[0] if acts and head.verb.lemma == "adopt" else None
