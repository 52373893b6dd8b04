"""Versions of many texts in several languages → how far each language agrees with one of them, as words and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from treatygraph.evaluate.agreement import Agreement, Disagreement, LanguageScore, agree, summed
from treatygraph.evaluate.versions import Unread, Version, by_symbol

ORIGINAL: Final = "en"
"""The language that the others are compared with."""

_HEAD: Final = (
    f"{'':<4}{'texts':>7}{'targets':>9}{'found':>9}{'share':>8}"
    f"{'of printed':>12}{'in order':>10}{'surplus':>9}"
)


@dataclass(frozen=True, slots=True)
class Consistency:
    """The score of each language, its agreements by symbol, and the files without a version."""

    scores: tuple[LanguageScore, ...]
    agreements: Mapping[str, Mapping[str, Agreement]]
    unread: tuple[Unread, ...]


def consistency(found: Iterable[Version | Unread]) -> Consistency:
    """Compares all versions of each text with the original; texts without it are left out."""
    every = list(found)
    unread = tuple(each for each in every if isinstance(each, Unread))
    texts = by_symbol(each for each in every if isinstance(each, Version))
    agreements: dict[str, dict[str, Agreement]] = {}
    for symbol, versions in texts.items():
        for language, version in versions.items():
            if language != ORIGINAL and ORIGINAL in versions:
                agreement = agree(versions[ORIGINAL].cited, version.cited, version.printed)
                agreements.setdefault(language, {})[symbol] = agreement
    scores = tuple(summed(language, agreements[language].values()) for language in sorted(agreements))
    return Consistency(scores, agreements, unread)


def render_languages(found: Consistency, *, details: bool = False) -> str:
    """A table of languages with the causes of disagreements below each; with *details* all of each cause."""
    lines = [_HEAD]
    for score in found.scores:
        lines.append(
            f"{score.language:<4}{score.texts:>7}{score.targets:>9}{score.found:>9}{score.share:>8.3f}"
            f"{score.share_of_printed:>12.3f}{score.share_in_order:>10.3f}{score.surplus:>9}"
        )
        rows = _by_cause(found.agreements[score.language]) if details else {}
        for cause, count in score.causes.items():
            lines.append(f"      {count:>5}  {' '.join(cause)}")
            lines += [f"             {row}" for row in rows.get(cause, ())]
    if found.unread:
        lines.append(f"{len(found.unread)} files have no version to compare:")
        lines += [f"      {each.name}: {each.why}" for each in found.unread]
    return "\n".join(lines)


def _by_cause(agreements: Mapping[str, Agreement]) -> Mapping[tuple[str, str], list[str]]:
    """Each disagreement in words, by kind of citation and cause."""
    rows: dict[tuple[str, str], list[str]] = {}
    for symbol, agreement in agreements.items():
        for each in agreement.disagreements:
            rows.setdefault((each.original.kind, each.words), []).append(f"{symbol}  {_words(each)}")
    return rows


def _words(each: Disagreement) -> str:
    there = f"{each.other.start} {each.other.text!r} → {each.other.target}" if each.other else "nothing"
    return f"{each.original.start} {each.original.text!r} → {each.original.target} | {there}"


def languages_as_values(found: Consistency) -> dict[str, Any]:
    """The same as plain values, for JSON; disagreements by symbol with their places."""
    return {
        "original": ORIGINAL,
        "languages": [
            {
                "language": score.language,
                "texts": score.texts,
                "targets": score.targets,
                "found": score.found,
                "in_order": score.in_order,
                "surplus": score.surplus,
                "share": round(score.share, 4),
                "share_of_printed": round(score.share_of_printed, 4),
                "share_in_order": round(score.share_in_order, 4),
                "causes": [
                    {"kind": kind, "cause": cause, "count": count}
                    for (kind, cause), count in score.causes.items()
                ],
                "disagreements": [
                    {
                        "symbol": symbol,
                        "kind": each.original.kind,
                        "cause": each.cause.value,
                        "reason": each.reason,
                        "start": each.original.start,
                        "target": each.original.target,
                        "other_start": each.other.start if each.other else None,
                        "other_target": each.other.target if each.other else None,
                    }
                    for symbol, agreement in found.agreements[score.language].items()
                    for each in agreement.disagreements
                ],
            }
            for score in found.scores
        ],
        "unread": [{"name": each.name, "why": each.why} for each in found.unread],
    }
