"""A sentence of a list that a body adopted as its recommendations → what it recommends, and to whom.

"The Working Group adopted the following recommendations:" opens such a list; "Recommendation 1. States parties should
mark weapons" and "States are encouraged to share data" are what it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from treatygraph.acts.addressees import AGENTS, Addressed
from treatygraph.acts.clauses import Sentence
from treatygraph.acts.lexicon import grammar
from treatygraph.acts.verbs import verb_at
from treatygraph.parse.verbs import Tense, Verb, verbs


@dataclass(frozen=True, slots=True)
class Recommended:
    """What one sentence recommends: its verb and where that stands, who is addressed, where the clause begins."""

    start: int
    verb: Verb
    verb_at: tuple[int, int]
    addressed: Addressed


def opens_recommendations(text: str, language: str) -> bool:
    """Whether a sentence announces recommendations that follow: "… adopted the following recommendations:"."""
    return grammar(language, "recommendations-follow").search(text) is not None


def goes_on(heading: str, language: str) -> bool:
    """Whether a heading stands inside such a list: "Recommendations addressed to States parties"."""
    return grammar(language, "recommendations-heading").search(heading) is not None


def recommended(sentence: Sentence) -> Recommended | None:
    """What a sentence of the list recommends; None for one that only explains."""
    text, language = sentence.text, sentence.language
    for agent in sentence.mentions:
        if agent.kind not in AGENTS:
            continue
        lead = grammar(language, "recommended-lead").fullmatch(text, sentence.start, agent.start)
        clause = asking(lead) or grammar(language, "recommended-clause").match(
            text, agent.extent, sentence.end
        )
        if lead is None or clause is None:
            continue
        said = clause.groupdict().get("asked") is not None
        asked = clause.span("asked" if said else "should")
        verb = verb_at(text, asked[0], language, Tense.PAST, Tense.PRESENT) if said else recommend(language)
        if verb is None:
            return None
        whom = Addressed((agent.key,), None, ((agent.start, agent.end),), max(asked[1], agent.end))
        return Recommended(lead.end("label"), verb, asked, whom)
    return None


def asking(lead: re.Match[str] | None) -> re.Match[str] | None:
    """The lead itself where it holds the verb, in turns of phrase that put it before who is asked ("请秘书处 …")."""
    groups = lead.groupdict() if lead is not None else {}
    return lead if groups.get("asked") or groups.get("should") else None


@cache
def recommend(language: str) -> Verb | None:
    """The verb that "should" stands for."""
    return next((verb for verb in verbs(language) if verb.lemma == "recommend"), None)
