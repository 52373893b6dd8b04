"""A paragraph of a committee's observations → the verbs by which it says what the State before it is to do.

"The State party should repeal the law. In particular, it should: (a) …", "the State party is requested to report"; in
some languages the verb stands first ("ينبغي للدولة الطرف أن", "se pide al Estado parte que").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from treatygraph.acts.addressees import Addressed
from treatygraph.acts.clauses import Sentence
from treatygraph.acts.lexicon import grammar
from treatygraph.acts.recommended import Recommended, asking, recommend
from treatygraph.acts.verbs import verb_at
from treatygraph.parse.verbs import Tense


def advice(sentence: Sentence, start: int) -> tuple[Recommended, ...]:
    """What the paragraph from *start* on advises the State; none where it does not name the State first."""
    return tuple(_advice(sentence, start))


def _advice(sentence: Sentence, start: int) -> Iterator[Recommended]:
    text, language = sentence.text, sentence.language
    named: str | None = None
    for match in grammar(language, "state-addressed").finditer(text, start, sentence.end):
        who = match["who"] or named
        clause = asking(match) or grammar(language, "recommended-clause").match(
            text, match.end(), sentence.end
        )
        if who is None or clause is None:
            continue
        said = clause.groupdict().get("asked") is not None
        at = clause.span("asked" if said else "should")
        verb = verb_at(text, at[0], language, Tense.PAST, Tense.PRESENT) if said else recommend(language)
        if verb is None:
            continue
        named = who
        behind = clause.end()
        yield Recommended(
            match.start(), verb, at, Addressed((), who, (), behind, open=_is_open(sentence, behind))
        )


def _is_open(sentence: Sentence, end: int) -> bool:
    """Whether nothing is said yet of what is to be done: "should:", "should, in particular:"."""
    rest = re.sub(r"\s*[:：]\s*$", " :", sentence.text[end : sentence.end])
    return rest.endswith(":") and grammar(sentence.language, "inherits-verb").match(rest) is not None
