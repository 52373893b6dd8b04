"""What acts ask, scored beside the gold: what is to be made, by when, at which session, how often.

A row is right when it shares at least half of the words of the longer of the two with the gold, and date, session and
interval are equal. What is asked by an act that is optional in the gold is neutral.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from treatygraph.evaluate.gold import Gold, Row
from treatygraph.evaluate.score import Score, matched

DETAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "deliverables": (),
    "deadlines": ("date", "happening"),
    "occasions": ("happening",),
    "recurrence": ("interval",),
}
"""What an act of the gold can hold beside verb, actor and addressee, and the values that are compared."""


def score_details(gold: Gold, extracted: Mapping[str, Any]) -> tuple[Score, ...]:
    """A score for each detail of acts; none where the gold does not say that it was read (``act_details``)."""
    acts = gold.rows("acts")
    if acts is None or not gold.act_details:
        return ()
    starts = [act["start"] for act in acts]

    def is_neutral(row: Row) -> bool:
        before = bisect_right(starts, row["start"]) - 1
        return before >= 0 and bool(acts[before].get("optional"))

    found = [act for act in extracted["acts"] if gold.covers(act)]
    return tuple(
        _of_detail(name, list(_rows(acts, name)), [row for row in _rows(found, name) if not is_neutral(row)])
        for name in DETAILS
    )


def _rows(acts: Sequence[Row], name: str) -> Iterator[Row]:
    """The rows of one detail, each place once: sub-paragraphs share those of their chapeau."""
    seen: set[tuple[int, int]] = set()
    for act in acts:
        held = act.get(name) or []
        for row in [held] if isinstance(held, Mapping) else held:
            if (row["start"], row["end"]) not in seen:
                seen.add((row["start"], row["end"]))
                yield row


def _of_detail(name: str, gold: Sequence[Row], found: Sequence[Row]) -> Score:
    values = DETAILS[name]

    def same(want: Row, row: Row) -> bool:
        shared = min(want["end"], row["end"]) - max(want["start"], row["start"])
        longer = max(want["end"] - want["start"], row["end"] - row["start"])
        return 2 * shared >= longer and all(want.get(value) == row.get(value) for value in values)

    def words(row: Row) -> str:
        return f"{row['start']}–{row['end']} {row.get('text', '')!r} {[row.get(value) for value in values]}"

    return matched(name, gold, found, same, words)
