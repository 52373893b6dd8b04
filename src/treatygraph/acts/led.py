"""A sentence that breaks off behind a body, and the items of its list → what the body did in each.

"Having considered the report, the Conference:" leads on to "(a) Took note of the plan;" and "(b) Decided that …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.acts.addressees import Addressed, addressed
from treatygraph.acts.clauses import Sentence
from treatygraph.acts.lexicon import grammar, group, offices
from treatygraph.acts.mentions import Mention
from treatygraph.acts.verbs import verb_at, verb_pattern
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.verbs import Tense, Verb
from treatygraph.parse.writing import writing

_BREAKS_OFF: Final = re.compile(r",?\s?[:：]\s*")


@dataclass(frozen=True, slots=True)
class Led:
    """What the body that leads a list did in one item: a verb in the past with what it governs."""

    start: int
    end: int
    verb: Verb
    verb_at: tuple[int, int]
    addressed: Addressed


def leader(sentence: Sentence) -> Mention | None:
    """The body that a sentence breaks off behind: "…, the Conference:"; None where it does not."""
    for mention in reversed(sentence.mentions):
        if mention.kind == "body" and mention.key not in offices():
            rest = sentence.text[mention.extent : sentence.end]
            return mention if _BREAKS_OFF.fullmatch(rest) else None
    return None


def led(sentence: Sentence, printed: str) -> tuple[Led, ...]:
    """What was done in one item of such a list, whose text is *printed*; none where no verb in the past opens it."""
    text, language = sentence.text, sentence.language
    labels = leading_labels(printed)
    if not labels:
        return ()
    heads = list(_heads(sentence, sentence.start + labels[-1].end))
    found: list[Led] = []
    for index, (start, at, verb) in enumerate(heads):
        end = heads[index + 1][0] if index + 1 < len(heads) else sentence.end
        whom = addressed(verb, text, at[1], end, sentence.mentions, language)
        found.append(Led(start, end, verb, at, whom))
    return tuple(found)


def _heads(sentence: Sentence, start: int) -> Iterator[tuple[int, tuple[int, int], Verb]]:
    text, language = sentence.text, sentence.language
    first = _opening(language).match(text, start, sentence.end)
    verb = verb_at(text, first.start("verb"), language, Tense.PAST) if first else None
    if first is None or verb is None:
        return
    yield first.start("group"), first.span("verb"), verb
    for match in _joined(language).finditer(sentence.masked, first.end(), sentence.end):
        named = any(m.start < match.end() and match.start("verb") < m.end for m in sentence.mentions)
        verb = verb_at(text, match.start("verb"), language, Tense.PAST)
        rest = text[match.end() : sentence.end]
        noun = grammar(language, "not-a-verb").match(rest) is not None
        if verb is not None and verb.coordinates and rest.strip() and not named and not noun:
            yield match.start("group"), match.span("verb"), verb


@cache
def _verb(language: str) -> str:
    adverb = rf"(?:{group(language, 'adverb')}[\s,،]+)" if writing(language).spaced else ""
    adverbs = f"{adverb}{{0,3}}?" if adverb else ""
    return rf"(?P<group>{adverbs}(?P<verb>{verb_pattern(language, Tense.PAST).pattern}))"


@cache
def _opening(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s{{0,4}}{_verb(language)}", re.IGNORECASE)


@cache
def _joined(language: str) -> re.Pattern[str]:
    return re.compile(rf"{grammar(language, 'joint').pattern}{_verb(language)}")
