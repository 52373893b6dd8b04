"""The words of an act that settles or asks something: where its verb, whom it asks and what it asks end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from treatygraph.acts.clauses import Sentence
from treatygraph.acts.lexicon import HERE
from treatygraph.parse.lexicon import read_list
from treatygraph.parse.verbs import Verb

# How far before a date, a session or a text the words that lead to it can begin, in characters.
REACH: Final = 90
# A clause is read no further than this: what stands behind is a list, and no part of one sentence.
MAX_CLAUSE: Final = 3_000


@dataclass(frozen=True)
class Asked:
    """A clause in coordinates of its sentence, as the readers of what it asks take it.

    ``lead`` is where the act begins, ``start`` the end of its verb, ``asked`` the end of whom it asks (the start of
    what it asks), ``inherited`` whether the verb stands in a chapeau, so that the clause begins with what is asked.
    ``carrier_at`` is where the session or text is named that carries the act, and is no occasion of what it asks.
    """

    sentence: Sentence
    verb: Verb
    lead: int
    start: int
    asked: int
    end: int
    inherited: bool = False
    carrier_at: int | None = None

    @cached_property
    def text(self) -> str:
        """The text of the sentence, asides blank, up to the end of the clause."""
        return self.sentence.masked[: self.end]

    @property
    def language(self) -> str:
        """The language of the sentence."""
        return self.sentence.language

    def before(self, position: int) -> str:
        """The words of the clause that end at *position*, as far back as a lead can begin."""
        return self.sentence.masked[max(self.start, position - REACH) : position]


@cache
def _settling() -> frozenset[str]:
    return frozenset(entry["lemma"] for entry in read_list(HERE / "settling.toml")["verb"])


def settles(verb: Verb) -> bool:
    """Whether what stands behind *verb* is still to be done: it asks somebody, or it settles what will be."""
    return bool(verb.asks) or verb.lemma in _settling()
