"""What the graph does not hold, said in sentences: silence is never shown as absence."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from pyoxigraph import NamedNode

from treatygraph.graph.iris import iri
from treatygraph.graph.terms import TG
from treatygraph.web.pages.desk import Desk
from treatygraph.web.pages.links import cell, text
from treatygraph.web.pages.subject import Subject
from treatygraph.web.pages.values import Gap, Link

NAMED: Final = 12
"""How many things a gap names."""


def stated(subject: Subject) -> tuple[Gap, ...]:
    """The gaps that the registry states of the thing, and whether it is confirmed."""
    gaps = [Gap(sentence) for sentence in subject.texts(TG.gap)]
    if "true" in subject.texts(TG.unverified):
        gaps.append(Gap("Nothing but the list of names confirms this thing."))
    return tuple(gaps)


def unread_meetings(desk: Desk, of: NamedNode | None = None) -> tuple[Gap, ...]:
    """The sessions and meetings whose agenda is not loaded, of a body or of the bodies that serve a treaty."""
    thing = of or desk.subject.node
    found = [
        each for row in desk.asker.rows("unread", thing=thing) if (each := cell(row, "happening", "label"))
    ]
    if not found:
        return ()
    one = len(found) == 1
    whose = (
        "The agenda of one session or meeting is"
        if one
        else f"The agendas of {len(found)} sessions and meetings are"
    )
    return (
        Gap(
            f"{whose} not loaded: what {'it' if one else 'they'} took up is not known here.",
            tuple(found[:NAMED]),
            max(0, len(found) - NAMED),
        ),
    )


def unresolved_about(desk: Desk) -> tuple[Gap, ...]:
    """References that could mean the thing and have no target, by reason."""
    reasons: dict[str, list[Link]] = defaultdict(list)
    for row in desk.asker.rows("unresolved", thing=desk.subject.node):
        if (citation := cell(row, "citation", "label")) is not None:
            reasons[reason_words(text(row, "reason"))].append(citation)
    return tuple(
        Gap(
            f"{len(found)} {'reference' if len(found) == 1 else 'references'} could mean this and stayed without a "
            f"target: {reason}.",
            tuple(found[:NAMED]),
            max(0, len(found) - NAMED),
        )
        for reason, found in sorted(reasons.items())
    )


def reason_words(reason: str | None) -> str:
    """A reason in words: ``concept/reason/unknown-instrument`` → "unknown instrument"."""
    return (reason or "no reason given").rpartition("/")[2].replace("-", " ")


def treaty_of(subject: Subject) -> NamedNode | None:
    """The treaty that a provision belongs to, by its key; None for provisions of other texts."""
    first, _, rest = subject.key.partition("/")
    name = rest.partition("/")[0]
    return iri(f"{first}/{name}") if first == "treaty" and name else None
