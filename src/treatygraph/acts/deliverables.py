"""A clause that asks → what is to be made: noun phrases behind verbs of producing, "a report on the river".

Read are the complement's own verb and those joined to it, a passive ("that a report be prepared"), and the noun of
producing behind the verb ("requests the preparation of a report"). A purpose ("… in order to develop a tool") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.acts.addressees import AGENTS
from treatygraph.acts.asked import REACH, Asked
from treatygraph.acts.lexicon import entries, grammar, group, pattern
from treatygraph.acts.timing import Timed
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.writing import writing

# A noun phrase that is longer than this is none.
MAX_PRODUCT: Final = 400
# Recipients, sessions and asides between a verb and its object, or inside the object.
MAX_BETWEEN: Final = 6
_GAPS: Final = " ,،，、\n"
_ASIDE: Final = re.compile(r"[\s,،，]*")


@dataclass(frozen=True, slots=True)
class Product:
    """What is to be made, in coordinates of the sentence."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Making:
    """A verb of producing. ``any``: whatever it takes is made; ``itself``: it names what is made ("to report")."""

    any: bool
    itself: bool


@cache
def _makings(language: str) -> tuple[re.Pattern[str], dict[str, _Making]]:
    table = {
        " ".join(entry["text"].split()).casefold(): _Making(
            entry.get("any", False), entry.get("itself", False)
        )
        for entry in entries(language, "producing")
    }
    how = writing(language)
    # A sub-paragraph begins with a capital; ignoring case throughout is three times as slow.
    printed = [*table, *(f"{verb[0].upper()}{verb[1:]}" for verb in table)]
    return re.compile(rf"{how.left}{one_of(printed)}{how.right}"), table


def deliverables(clause: Asked, timed: tuple[Timed, ...]) -> tuple[Product, ...]:
    """What is to be made, in order of print; *timed* are the words of the clause that say when."""
    found = [*_of_verbs(clause, timed), *_of_passives(clause, timed), *_of_nouns(clause, timed)]
    kept: list[Product] = []
    for each in sorted(found, key=lambda product: (product.start, -product.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _of_verbs(clause: Asked, timed: tuple[Timed, ...]) -> Iterator[Product]:
    expression, table = _makings(clause.language)
    first = _main_verb(clause, timed)
    for match in expression.finditer(clause.text, clause.start):
        if not _is_asked(clause, match.start(), first):
            continue
        making = table.get(" ".join(match.group().split()).casefold(), _Making(False, False))
        if making.itself:
            if grammar(clause.language, "makes-itself").match(clause.text, match.end()):
                yield Product(
                    match.start(), _product_end(clause, match.end(), timed), "acts/deliverable-itself"
                )
            continue
        start = _object_start(clause, match.end(), timed)
        if start is not None:
            end = _product_end(clause, start, timed)
            if end > start and (making.any or _is_product(clause, start, end)):
                yield Product(start, end, "acts/deliverable")


def _main_verb(clause: Asked, timed: tuple[Timed, ...]) -> int:
    """Where the first verb of what is asked stands, behind "to", "should", adverbs, and words that say when."""
    position = clause.start if clause.inherited else max(clause.asked, clause.start)
    for _ in range(2):
        match = grammar(clause.language, "asked-first").match(clause.text, position)
        position = match.end() if match else position
        after = _over(clause, position, timed)
        while after > position and after < clause.end and clause.text[after] in _GAPS:
            after += 1
        position = after
    return position


def _is_asked(clause: Asked, position: int, first: int) -> bool:
    """Whether a verb is what is asked, or joined to it: "to draft and publish", "to meet and to submit"."""
    if position < first:
        return False
    begin = clause.sentence.masked[max(clause.lead, position - REACH) : position]
    if position == first:
        return _denied(clause.language).search(begin) is None
    before = clause.before(position)
    if _denied(clause.language).search(begin):
        return False
    if grammar(clause.language, "asked-beside").search(before):
        return True
    joined = grammar(clause.language, "asked-joined").search(before)
    if joined is None or position < first:
        return False
    between = clause.text[first : position - len(before) + joined.start()]
    return grammar(clause.language, "infinitive").search(between) is None


@cache
def _denied(language: str) -> re.Pattern[str]:
    """A word that denies, right before a verb or before its particle: "not to submit"."""
    between = r"\s(?:\S{1,8}\s)?" if writing(language).spaced else ".?"
    return re.compile(rf"{group(language, 'negation')}{between}$", re.IGNORECASE)


def _object_start(clause: Asked, position: int, timed: tuple[Timed, ...]) -> int | None:
    """Where the object of a verb begins: behind recipients, sessions and asides; None where no object follows."""
    after, text = _over(clause, position, timed), clause.text
    gaps = _GAPS if after > position else " \n"
    position = after
    while position < clause.end and text[position] in gaps:
        position += 1
    if position >= clause.end or grammar(clause.language, "no-product").match(text, position):
        return None
    return position


def _over(clause: Asked, position: int, timed: tuple[Timed, ...]) -> int:
    """Behind what can stand between: to whom, when, and asides between commas."""
    for _ in range(MAX_BETWEEN):
        after = _one_over(clause, position, timed)
        if after is None:
            break
        position = after
    return position


def _one_over(clause: Asked, position: int, timed: tuple[Timed, ...]) -> int | None:
    text = clause.text
    gap = _ASIDE.match(text, position, clause.end)
    at = gap.end() if gap else position
    for each in timed:
        if each.start == at:
            return each.end
    recipient = grammar(clause.language, "recipient").match(text, at, clause.end)
    for begin in {at, recipient.end() if recipient else at}:
        for mention in clause.sentence.mentions:
            if mention.start == begin and mention.kind in AGENTS and (recipient or at > position):
                return min(mention.extent, clause.end)
    between = grammar(clause.language, "between").match(text, position, clause.end)
    return between.end() if between else None


def _product_end(clause: Asked, start: int, timed: tuple[Timed, ...]) -> int:
    """Where the noun phrase ends; a recipient or session inside it is passed over where the phrase goes on behind."""
    limit = min(clause.end, start + MAX_PRODUCT)
    position = end = start
    for _ in range(MAX_BETWEEN):
        stop = grammar(clause.language, "product-end").search(clause.text, position, limit)
        end = stop.start() if stop else limit
        inside = [each for each in timed if position <= each.start < end]
        if inside:
            end = inside[0].start
        after = _over(clause, end, timed)
        goes_on = grammar(clause.language, "product-on").match(clause.text, after, limit)
        if after == end or goes_on is None:
            break
        position = goes_on.end()
    end = _trimmed(clause.text, start, end)
    joint = grammar(clause.language, "asked-joined").search(f"{clause.text[start:end]} ")
    return end if joint is None else _trimmed(clause.text, start, start + joint.start())


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",،，;؛；:：.。"):
        end -= 1
    return end


def _is_product(clause: Asked, start: int, end: int) -> bool:
    """Whether the head of the phrase names a text, a tool or a meeting, and not its attribute does."""
    words = clause.text[start:end]
    rest = grammar(clause.language, "attribute-behind").search(words)
    head = words[: rest.start()] if rest else words
    nouns = pattern(clause.language, "product")
    if grammar(clause.language, "head-first").search(head):
        return any(match.start() == 0 or head[: match.start()].strip() for match in nouns.finditer(head))
    return any(match.end() == len(head.rstrip()) for match in nouns.finditer(head))


def _of_passives(clause: Asked, timed: tuple[Timed, ...]) -> Iterator[Product]:
    for match in grammar(clause.language, "product-passive").finditer(clause.text, clause.start):
        start, end = match.span("what")
        stop = _product_end(clause, start, timed)
        if _is_product(clause, start, min(end, stop)):
            yield Product(start, _trimmed(clause.text, start, min(end, stop)), "acts/deliverable-passive")


def _of_nouns(clause: Asked, timed: tuple[Timed, ...]) -> Iterator[Product]:
    """What the verb itself takes: "requests the preparation of a report", "requests a report on dams"."""
    if clause.inherited or clause.asked > clause.start:
        return
    making = grammar(clause.language, "making-of").match(clause.text, clause.start)
    start = _object_start(clause, making.end() if making else clause.start, timed)
    if start is None or (making is None and not clause.verb.asks):
        return
    end = _product_end(clause, start, timed)
    if end > start and _is_product(clause, start, end):
        yield Product(start, end, "acts/deliverable-nominal")
