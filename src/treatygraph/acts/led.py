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
from treatygraph.acts.lexicon import grammar, offices, words
from treatygraph.acts.mentions import Mention
from treatygraph.acts.verbs import opened, opened_behind
from treatygraph.parse.labels import leading_labels
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.verbs import Tense, Verb
from treatygraph.parse.writing import writing

_BREAKS_OFF: Final = re.compile(r"(?:[,،]\s[^.;:：؛]{1,200})?[,،]?\s?[:：]\s*")
"""What may stand behind the body: words between commas at most ("…, on the recommendation of its Officers:")."""
_PAUSES: Final = (",", ";")
_LEADERS: Final = frozenset({"body", "organ"})
_SPACES: Final = re.compile(r"\s{1,4}")
_MOST_ADVERBS: Final = 3


@dataclass(frozen=True, slots=True)
class Led:
    """What the body that leads a list did in one item: a verb in the past with what it governs."""

    start: int
    end: int
    verb: Verb
    verb_at: tuple[int, int]
    addressed: Addressed


def leader(sentence: Sentence) -> Mention | None:
    """The body that a sentence breaks off behind: "…, the Conference:", « Le Comité a : »; None where it does not."""
    for mention in reversed(sentence.mentions):
        if mention.kind in _LEADERS and mention.key not in offices():
            rest = sentence.text[mention.extent : sentence.end]
            auxiliary = grammar(sentence.language, "auxiliary-before-list").match(rest)
            return mention if _BREAKS_OFF.fullmatch(rest, auxiliary.end() if auxiliary else 0) else None
    return None


def led(sentence: Sentence, printed: str, *, listed: bool = False) -> tuple[Led, ...]:
    """What was done in one item of such a list, whose text is *printed*; none where no verb of a body opens it.

    *listed*: the document prints it as an item of a list, so that it needs no label.
    """
    text, language = sentence.text, sentence.language
    labels = leading_labels(printed)
    if not labels and not listed:
        return ()
    heads = list(_heads(sentence, sentence.start + (labels[-1].end if labels else 0)))
    found: list[Led] = []
    for index, (start, at, verb) in enumerate(heads):
        end = heads[index + 1][0] if index + 1 < len(heads) else sentence.end
        whom = addressed(verb, text, at[1], end, sentence.mentions, language)
        found.append(Led(start, end, verb, at, whom))
    return tuple(found)


@cache
def _auxiliary(language: str) -> re.Pattern[str]:
    """The verb of the perfect, where it is a word of its own."""
    single = [word for word in words(language, "perfect") if writing(language).spaced and word.isalpha()]
    return re.compile(rf"{one_of(single)}\s", re.IGNORECASE)


def _heads(sentence: Sentence, start: int) -> Iterator[tuple[int, tuple[int, int], Verb]]:
    text, language = sentence.text, sentence.language
    most = _MOST_ADVERBS if writing(language).spaced else 0
    spaces = _SPACES.match(text, start, sentence.end)
    begin = spaces.end() if spaces else start
    auxiliary = _auxiliary(language).match(text, begin, sentence.end)  # "a pris note"
    begin = auxiliary.end() if auxiliary else begin
    tense = Tense.PAST
    first = opened(text, begin, sentence.end, language, tense, most=most)
    if first is None:  # minutes print in the present what was decided
        tense = Tense.PRESENT
        first = opened(text, begin, sentence.end, language, tense, most=most)
    if first is None:
        return
    yield begin, (first.start, first.end), first.verb
    joint = grammar(language, "joint")
    places = opened_behind(
        joint, sentence.masked, first.end, sentence.end, language, tense, most=most, exact=True
    )
    for lead, verb in places:
        if auxiliary and lead.group().strip() in _PAUSES:
            continue  # "a créé un groupe, chargé de …": what the group is for
        named = any(m.start < verb.end and verb.start < m.end for m in sentence.mentions)
        rest = text[verb.end : sentence.end]
        noun = grammar(language, "not-a-verb").match(rest) is not None
        if verb.verb.coordinates and rest.strip() and not named and not noun:
            yield lead.end(), (verb.start, verb.end), verb.verb
