"""Scoring by the annotation guidelines: what is right, wrong-target, extra, missed or neutral.

Precision = right ÷ (right + wrong-target + extra), recall = right ÷ gold, wrong-target rate = wrong-target ÷ reported
(guidelines, what is scored).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from treatygraph.evaluate.gold import Gold, Row

SCORED_KINDS: Final = ("provision", "act", "document", "publication", "happening")
"""The kinds of citation that are scored; treaties, bodies and tools may be reported and are neutral."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one section or kind. ``missed`` and ``surplus`` hold the rows in words, for a person to read."""

    name: str
    right: int = 0
    wrong_target: int = 0
    extra: int = 0
    gold: int = 0
    missed: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()

    @property
    def reported(self) -> int:
        """How many rows were reported and scored."""
        return self.right + self.wrong_target + self.extra

    @property
    def precision(self) -> float:
        """Right ÷ reported; 1 where nothing was reported."""
        return self.right / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        """Right ÷ gold; 1 where there is nothing to find."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def wrong_target_rate(self) -> float:
        """Wrong-target ÷ reported."""
        return self.wrong_target / self.reported if self.reported else 0.0


def total(scores: Iterable[Score], name: str) -> Score:
    """The counts of several scores together."""
    rows = tuple(scores)
    return Score(
        name,
        sum(row.right for row in rows),
        sum(row.wrong_target for row in rows),
        sum(row.extra for row in rows),
        sum(row.gold for row in rows),
        tuple(text for row in rows for text in row.missed),
        tuple(text for row in rows for text in row.surplus),
    )


def score(gold: Gold, extracted: Mapping[str, Any]) -> tuple[Score, ...]:
    """The scores of one extraction against one gold file: citations by kind and together, then the other sections."""
    scores: list[Score] = []
    if (rows := gold.rows("citations")) is not None:
        by_kind = _citations(rows, [row for row in extracted["citations"] if gold.covers(row)], gold.text)
        scores += [total(by_kind, "citations"), *(each for each in by_kind if each.gold or each.reported)]
    for section, compare in _SECTIONS.items():
        if (rows := gold.rows(section)) is not None:
            found = [row for row in extracted[section] if gold.covers(row)]
            scores.append(compare(section, rows, found, gold.text))
    if "documentation" in gold.sections:
        scores.append(_documentation(gold.sections["documentation"], extracted["documentation"]))
    return tuple(scores)


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


class Verdict(StrEnum):
    """What a citation is beside the gold: found, missed, with another target, or where the gold has none."""

    RIGHT = "right"
    MISSED = "missed"
    WRONG_TARGET = "wrong_target"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True, order=True)
class Judged:
    """A citation of the gold (right, missed) or one that was reported (wrong target, extra), with its place."""

    start: int
    end: int
    verdict: Verdict
    target: str | None
    kind: str
    text: str


def judge(gold: Sequence[Row], found: Sequence[Row], text: str) -> list[Judged]:
    """What each scored citation is; reported ones that are neutral by the guidelines are left out."""
    required = [row for row in gold if row["kind"] in SCORED_KINDS and not row.get("optional")]
    neutral = [row for row in gold if row.get("optional") or row["kind"] not in SCORED_KINDS]
    judged: list[Judged] = []
    used: set[int] = set()
    for want in required:
        same = next(
            (
                index
                for index, row in enumerate(found)
                if index not in used and _overlap(want, row) and row["target"] == want["target"]
            ),
            None,
        )
        if same is not None:
            used.add(same)
        verdict = Verdict.MISSED if same is None else Verdict.RIGHT
        judged.append(_judged(want, verdict, want["kind"], text))
    for index, row in enumerate(found):
        if index in used or row["target"] is None or row["kind"] not in SCORED_KINDS:
            continue
        over = [want for want in required if _overlap(want, row)]
        if not over and (any(_overlap(each, row) for each in neutral) or _unnumbered(row)):
            continue
        kind = over[0]["kind"] if over else row["kind"]
        judged.append(_judged(row, Verdict.WRONG_TARGET if over else Verdict.EXTRA, kind, text))
    return judged


def _judged(row: Row, verdict: Verdict, kind: str, text: str) -> Judged:
    return Judged(row["start"], row["end"], verdict, row["target"], kind, text[row["start"] : row["end"]])


def judge_file(gold: Gold, extracted: Mapping[str, Any]) -> list[Judged]:
    """What each citation of one extraction is beside one gold file; none where the gold has no citations."""
    rows = gold.rows("citations")
    if rows is None:
        return []
    return judge(rows, [row for row in extracted["citations"] if gold.covers(row)], gold.text)


def _citations(gold: Sequence[Row], found: Sequence[Row], text: str) -> list[Score]:
    judged = judge(gold, found, text)
    return [_of_kind(kind, [each for each in judged if each.kind == kind]) for kind in SCORED_KINDS]


def _of_kind(kind: str, judged: Sequence[Judged]) -> Score:
    rows = {verdict: [each for each in judged if each.verdict is verdict] for verdict in Verdict}
    right, missed = rows[Verdict.RIGHT], rows[Verdict.MISSED]
    surplus = [each for each in judged if each.verdict in (Verdict.WRONG_TARGET, Verdict.EXTRA)]

    def words(each: Judged) -> str:
        return f"{each.start} {each.text!r} → {each.target}"

    return Score(
        kind,
        len(right),
        len(rows[Verdict.WRONG_TARGET]),
        len(rows[Verdict.EXTRA]),
        len(right) + len(missed),
        tuple(map(words, missed)),
        tuple(map(words, surplus)),
    )


def _unnumbered(row: Row) -> bool:
    last = str(row["target"]).rsplit("/", 1)[-1]
    return row["kind"] == "happening" and (not last[:1].isdigit() or "-" in last)


def matched(
    name: str,
    gold: Sequence[Row],
    found: Sequence[Row],
    same: Callable[[Row, Row], bool],
    words: Callable[[Row], str],
) -> Score:
    """Pairs each gold row with one reported row that is the same; what is optional in the gold is neutral."""
    used: set[int] = set()

    def take(want: Row) -> bool:
        for index, row in enumerate(found):
            if index not in used and same(want, row):
                used.add(index)
                return True
        return False

    required = [row for row in gold if not row.get("optional")]
    missed = [words(want) for want in required if not take(want)]
    for want in gold:
        if want.get("optional"):
            take(want)
    surplus = [words(row) for index, row in enumerate(found) if index not in used]
    return Score(
        name, len(required) - len(missed), 0, len(surplus), len(required), tuple(missed), tuple(surplus)
    )


def fold_title(title: str) -> str:
    """A title as it is compared: NFKC, straight quotes, single spaces, no closing punctuation, lower case."""
    folded = unicodedata.normalize("NFKC", title)
    for curly, straight in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        folded = folded.replace(curly, straight)
    return " ".join(folded.split()).rstrip(".;:, ").casefold()


def _items(name: str, gold: Sequence[Row], found: Sequence[Row], text: str) -> Score:
    def same(want: Row, row: Row) -> bool:
        return (
            want["number"] == row["number"]
            and want["parent"] == row["parent"]
            and fold_title(want["title"]) == fold_title(row["title"])
        )

    return matched(
        name, gold, found, same, lambda row: f"{row['number']} {row['title']!r} under {row['parent']}"
    )


def _paragraphs(name: str, gold: Sequence[Row], found: Sequence[Row], text: str) -> Score:
    def same(want: Row, row: Row) -> bool:
        number = want.get("number")
        return (
            want["kind"] == row["kind"]
            and want["end"] == row["end"]
            and (number is None or number == row["number"])
        )

    return matched(
        name, gold, found, same, lambda row: f"{row['start']}–{row['end']} {row['kind']} {row['number']}"
    )


_BREAK = re.compile(r"\n[ \t]*\n")
_LINE = re.compile(r"\n")


def _paragraph_starts(text: str) -> Callable[[int], int]:
    """A function from an offset to the start of the paragraph that it stands in.

    A text without a blank line prints one paragraph a line, as those that are read from marked-up files do.
    """
    from bisect import bisect_right

    breaks = list(_BREAK.finditer(text)) or list(_LINE.finditer(text))
    starts = [0, *(match.end() for match in breaks)]
    return lambda offset: bisect_right(starts, offset) - 1


def _acts(name: str, gold: Sequence[Row], found: Sequence[Row], text: str) -> Score:
    paragraph = _paragraph_starts(text)

    def same(want: Row, row: Row) -> bool:
        if paragraph(want["start"]) != paragraph(row["start"]):
            return False
        fields = ("verb", "actor", "addressee", "source")
        return all(want.get(field) is None or want[field] == row[field] for field in fields)

    def words(row: Row) -> str:
        return (
            f"{row['start']} {row['verb']}: {row.get('actor')} → {row.get('addressee')} ({row.get('source')})"
        )

    return matched(name, gold, found, same, words)


def _happenings(name: str, gold: Sequence[Row], found: Sequence[Row], text: str) -> Score:
    def same(want: Row, row: Row) -> bool:
        return (want["id"] is None or want["id"] == row["id"]) and all(
            want[field] == row[field] for field in ("place", "start", "end")
        )

    order = sorted(gold, key=lambda row: row["id"] is None)
    return matched(
        name, order, found, same, lambda row: f"{row['id']} {row['place']} {row['start']}/{row['end']}"
    )


def _schedule(name: str, gold: Sequence[Row], found: Sequence[Row], text: str) -> Score:
    def same(want: Row, row: Row) -> bool:
        return all(want[field] == row[field] for field in ("date", "start", "end", "items"))

    return matched(
        name, gold, found, same, lambda row: f"{row['date']} {row['start']}–{row['end']} {row['items']}"
    )


def _provisions(name: str, gold: Sequence[Row], found: Sequence[Row], text: str) -> Score:
    return matched(
        name, gold, found, lambda want, row: bool(want["key"] == row["key"]), lambda row: str(row["key"])
    )


def _documentation(gold: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]) -> Score:
    wanted = {(item, key) for item, keys in gold.items() for key in keys}
    reported = {(item, key) for item, keys in found.items() for key in keys}
    missed, surplus = sorted(wanted - reported), sorted(reported - wanted)
    return Score(
        "documentation",
        len(wanted & reported),
        0,
        len(surplus),
        len(wanted),
        tuple(f"{item}: {key}" for item, key in missed),
        tuple(f"{item}: {key}" for item, key in surplus),
    )


_SECTIONS: Final = {
    "agenda_items": _items,
    "paragraphs": _paragraphs,
    "acts": _acts,
    "happenings": _happenings,
    "schedule": _schedule,
    "provisions": _provisions,
}
