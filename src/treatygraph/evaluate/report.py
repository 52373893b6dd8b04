"""Scores as a table for a person, or as values for a program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from treatygraph.evaluate.record import Change
from treatygraph.evaluate.score import Score

_HEAD = f"{'':<16}{'gold':>6}{'right':>7}{'wrong':>7}{'extra':>7}{'P':>8}{'R':>8}{'F1':>8}{'wrong %':>9}"


def render(name: str, scores: Sequence[Score], *, details: bool = False) -> str:
    """A table of scores under a name; with *details* the missed and surplus rows stand below their section."""
    lines = [name, _HEAD]
    for each in scores:
        lines.append(
            f"{each.name:<16}{each.gold:>6}{each.right:>7}{each.wrong_target:>7}{each.extra:>7}"
            f"{each.precision:>8.3f}{each.recall:>8.3f}{each.f1:>8.3f}{100 * each.wrong_target_rate:>9.2f}"
        )
        if details and each.name != "citations":
            lines += [f"    missed   {row}" for row in each.missed]
            lines += [f"    surplus  {row}" for row in each.surplus]
    return "\n".join(lines)


def render_changes(found: Sequence[Change], recorded: str) -> str:
    """What is different from a recorded run, a line each, with the place."""
    lines = [f"beside {recorded}: {len(found)} changes"]
    for each in found:
        targets = " → ".join(target for target in (each.before, each.now) if target) or "no target"
        lines.append(f"    {each.what:<16}{each.name} {each.start}–{each.end}  {targets}")
    return "\n".join(lines)


def as_values(name: str, scores: Sequence[Score]) -> dict[str, Any]:
    """The same as plain values, for JSON."""
    return {
        "name": name,
        "scores": [
            {
                "section": each.name,
                "gold": each.gold,
                "right": each.right,
                "wrong_target": each.wrong_target,
                "extra": each.extra,
                "precision": round(each.precision, 4),
                "recall": round(each.recall, 4),
                "f1": round(each.f1, 4),
                "wrong_target_rate": round(each.wrong_target_rate, 4),
                "missed": list(each.missed),
                "surplus": list(each.surplus),
            }
            for each in scores
        ],
    }
