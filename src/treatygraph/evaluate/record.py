"""What a run measured, kept stand-off, and what a later run gained, lost and re-targeted beside it.

A record holds places and targets alone, no word of a document: F1 alone would hide that one citation was lost where
another was gained.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from treatygraph.evaluate.score import Judged, Score, Verdict
from treatygraph.model.errors import GoldError, Where

_MADE_BY: Final = "treatygraph evaluate GOLD --record FILE"
Place = tuple[int, int, str | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """One gold file as a run measured it."""

    name: str
    scores: Sequence[Score]
    citations: Sequence[Judged]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two runs: ``what`` is gained, lost, re-targeted, or the like, at a place of a gold file.

    ``before`` and ``now`` are targets; None where there was none.
    """

    what: str
    name: str
    start: int
    end: int
    before: str | None
    now: str | None


def as_record(measured: Iterable[Measured]) -> dict[str, Any]:
    """A run as plain values, for JSON: the counts of each section, and the places of all citations by verdict."""
    return {
        "made_by": _MADE_BY,
        "documents": [
            {
                "name": each.name,
                "scores": [
                    {
                        "section": score.name,
                        "gold": score.gold,
                        "right": score.right,
                        "wrong_target": score.wrong_target,
                        "extra": score.extra,
                    }
                    for score in each.scores
                ],
                "citations": {
                    verdict.value: [
                        [row.start, row.end, row.target]
                        for row in sorted(
                            each.citations, key=lambda row: (row.start, row.end, row.target or "")
                        )
                        if row.verdict is verdict
                    ]
                    for verdict in Verdict
                },
            }
            for each in measured
        ],
    }


def record_bytes(measured: Iterable[Measured]) -> bytes:
    """A run as JSON, a line for each file's counts and for each of its lists of places, so that a change is seen."""
    text = json.dumps(as_record(measured), ensure_ascii=False, indent=1)
    flat = re.sub(r"\[\s+(\d+),\s+(\d+),\s+(\"[^\"]*\"|null)\s+\]", r"[\1, \2, \3]", text)
    return (flat + "\n").encode()


def read_record(path: Path) -> Mapping[str, Mapping[Verdict, frozenset[Place]]]:
    """The places of each verdict by the name of the gold file; raises ``GoldError`` for what is no record."""
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        return {
            document["name"]: {
                verdict: frozenset(
                    (int(start), int(end), target)
                    for start, end, target in document["citations"].get(verdict.value, ())
                )
                for verdict in Verdict
            }
            for document in documents
            if "citations" in document
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(
            "A recorded run cannot be read",
            where=Where(str(path)),
            remedy="Name a file that --record has written.",
        ) from error


def changes(
    recorded: Mapping[str, Mapping[Verdict, frozenset[Place]]], measured: Iterable[Measured]
) -> tuple[Change, ...]:
    """What is different from a recorded run, in order of gold files and places; files that it lacks are left out."""
    found: list[Change] = []
    for each in measured:
        if each.name in recorded:
            now = {
                verdict: frozenset(
                    (row.start, row.end, row.target) for row in each.citations if row.verdict is verdict
                )
                for verdict in Verdict
            }
            found += _changes(each.name, recorded[each.name], now)
    return tuple(sorted(found, key=lambda change: (change.name, change.start, change.end, change.what)))


def _changes(
    name: str, before: Mapping[Verdict, frozenset[Place]], now: Mapping[Verdict, frozenset[Place]]
) -> list[Change]:
    right, was_right = now[Verdict.RIGHT], before[Verdict.RIGHT]
    gained, lost = right & before[Verdict.MISSED], was_right & now[Verdict.MISSED]
    found = [Change("gained", name, start, end, None, target) for start, end, target in gained]
    found += [Change("lost", name, start, end, target, None) for start, end, target in lost]
    surplus, was_surplus = _surplus(now), _surplus(before)
    came, went = surplus - was_surplus, was_surplus - surplus
    for start, end, target in came:
        other = next((place for place in went if place[0] < end and start < place[1]), None)
        what = "re-targeted" if other else "extra"
        found.append(Change(what, name, start, end, other[2] if other else None, target))
        went -= {other} if other else set()
    found += [Change("no longer extra", name, start, end, target, None) for start, end, target in went]
    return found


def _surplus(places: Mapping[Verdict, frozenset[Place]]) -> frozenset[Place]:
    return places[Verdict.WRONG_TARGET] | places[Verdict.EXTRA]
