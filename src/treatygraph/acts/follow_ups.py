"""A clause that asks or settles → the texts on which the act builds: "building on resolution 5/1"."""

from __future__ import annotations

from typing import Final

from treatygraph.acts.asked import Asked
from treatygraph.acts.carriers import carrier_at
from treatygraph.acts.lexicon import grammar
from treatygraph.acts.mentions import Mention

# Acts and texts alone: a meeting or a report is followed up, and builds nothing.
TEXTS: Final = frozenset({"act", "text"})
REAFFIRMS: Final = frozenset({"reaffirm", "reiterate"})


def builds_on(clause: Asked) -> tuple[Mention, ...]:
    """The acts and named texts that the clause says it builds on or follows up, in order, each once."""
    found: dict[str, Mention] = {}
    if not any(m.kind in TEXTS and clause.lead <= m.start < clause.end for m in clause.sentence.mentions):
        return ()
    for match in grammar(clause.language, "builds-on").finditer(clause.text, clause.lead):
        for mention in _row(clause, match.end()):
            found.setdefault(mention.key, mention)
    return tuple(found.values())


def _row(clause: Asked, position: int) -> list[Mention]:
    """The texts named at *position*, and those that stand in a row with them."""
    row: list[Mention] = []
    while (mention := carrier_at(clause.sentence, position)) is not None:
        if mention.kind not in TEXTS or mention.start >= clause.end or mention in row:
            break
        row.append(mention)
        also = grammar(clause.language, "separator").match(clause.text, mention.extent)
        if also is None:
            break
        position = also.end()
    # One span can cite several: "resolutions 4/1 and 4/2" as a whole.
    spans = {(mention.start, mention.end) for mention in row}
    return [m for m in clause.sentence.mentions if m.kind in TEXTS and (m.start, m.end) in spans] or row
