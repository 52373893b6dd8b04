"""The head of a document → whether it names an organ without a key, whose are the session and the acts below it."""

from __future__ import annotations

from treatygraph.cite.lexicon import Lexicon
from treatygraph.cite.line import Line
from treatygraph.cite.names import BODY, INSTRUMENT, Matcher, NameHit
from treatygraph.model.tree import DocumentTree
from treatygraph.registry.values import Registry


def of_unknown_organ(tree: DocumentTree, lexicon: Lexicon, matcher: Matcher) -> bool:
    """Whether the session printed in the head is that of an organ without a key, named below one with a key."""
    front = tree.front
    if front.happening is None:
        return False
    before = [text for text, span in front.organs if span.end <= front.happening[1].start]
    known = [_names_known(Line(text, lexicon, matcher)) for text in before]
    return len(known) > 1 and any(known) and not known[-1]


def names_unknown_organ(tree: DocumentTree, registry: Registry, lexicon: Lexicon, matcher: Matcher) -> bool:
    """Whether the head names the organ of a treaty that has no key, and none that has one."""
    found = False
    for line in (Line(text, lexicon, matcher) for text, _ in tree.front.organs):
        hits = [hit for hit in line.hits if hit.domain == BODY and not hit.nested]
        if any(hit.entries and not hit.bare for hit in hits):
            return False
        founded = {entry.key for hit in line.hits if hit.domain == INSTRUMENT for entry in hit.entries}
        known = any(body.founding_treaty in founded for body in registry.bodies.values())
        found = found or (not known and any(_of_unknown_treaty(line, hit) for hit in hits))
    return found


def _of_unknown_treaty(line: Line, hit: NameHit) -> bool:
    """Whether an organ is that of a treaty named beside it: "水城公约缔约方大会"."""
    if hit.entries:
        return False
    nouns = (line.lex(index, "instrument_noun") for index in range(hit.first))
    return hit.to >= 0 or any(noun is not None and noun[1] == hit.first for noun in nouns)


def _names_known(line: Line) -> bool:
    """Whether a line names a body with a key, or one of the parties to "the Convention", not of an unknown one."""
    unknown = {hit.start for hit in line.hits if hit.domain == INSTRUMENT and not (hit.entries or hit.bare)}
    return any(
        hit.domain == BODY and (hit.entries or (hit.to >= 0 and hit.to not in unknown)) for hit in line.hits
    )
