"""Citations of one text in two languages → how far they agree, and why they do not.

A translation refers to what the original refers to, in the same order. So the targets found in one language are a test
of the other, and no gold is needed. What is said differently in a translation counts as a disagreement too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_NUMBER: Final = re.compile(r"\d+(?:/\d+)?")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as it is compared: its kind, its target or the reason why it has none, and where it stands."""

    kind: str
    target: str | None
    reason: str | None
    start: int
    text: str


class Cause(StrEnum):
    """Why a target of the original is not in its place in the translation.

    ``not-printed``: its number or symbol stands nowhere in the translation, which prints another one or none.
    """

    NOT_PRINTED = "not-printed"
    MISSING = "missing"
    UNRESOLVED = "unresolved"
    OTHER_TARGET = "other-target"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A target of the original, and what stands in its place in the translation.

    ``reason`` is why the citation there is unresolved; ``other`` is that citation, None where nothing was found.
    A target that is found in another place (``moved``) is out of order only.
    """

    cause: Cause
    original: Cited
    other: Cited | None = None

    @property
    def reason(self) -> str | None:
        """Why the citation of the translation has no target."""
        return self.other.reason if self.other else None

    @property
    def words(self) -> str:
        """The cause as a list of causes names it, with the reason of a citation that has no target."""
        return f"{self.cause.value}: {self.reason}" if self.cause is Cause.UNRESOLVED else self.cause.value


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many targets the original has, how many of them the translation has, and how many in the same order.

    ``surplus`` are targets of the translation that the original lacks.
    """

    targets: int
    found: int
    in_order: int
    disagreements: tuple[Disagreement, ...]
    surplus: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class LanguageScore:
    """The agreements of all texts in one language, together."""

    language: str
    texts: int
    targets: int
    found: int
    in_order: int
    surplus: int
    causes: Mapping[tuple[str, str], int]

    @property
    def share(self) -> float:
        """The share of the original's targets that the translation has; 1 where there are none."""
        return self.found / self.targets if self.targets else 1.0

    @property
    def share_of_printed(self) -> float:
        """The share without those targets whose number or symbol the translation does not print."""
        absent = sum(count for (_, cause), count in self.causes.items() if cause == Cause.NOT_PRINTED)
        return self.found / (self.targets - absent) if self.targets > absent else 1.0

    @property
    def share_in_order(self) -> float:
        """The share of the original's targets that the translation has in the same order."""
        return self.in_order / self.targets if self.targets else 1.0


def agree(
    original: Sequence[Cited], translation: Sequence[Cited], printed: Container[str] | None = None
) -> Agreement:
    """Compares the citations of a text and of its translation, each in order of print.

    *printed* are the numbers and symbols that the translation prints (see ``numbers``), where they are known.
    """
    wanted = [each for each in original if each.target]
    pairs = _in_order([each.target or "" for each in wanted], [each.target or "" for each in translation])
    found = sum((_targets(wanted) & _targets(translation)).values())
    matched, used = dict(pairs), {index for _, index in pairs}
    left = [index for index in range(len(translation)) if index not in used]
    disagreements: list[Disagreement] = []
    for at, each in enumerate(wanted):
        if at in matched:
            continue
        moved = next((index for index in left if translation[index].target == each.target), None)
        index = moved if moved is not None else _in_place(at, each, matched, left, translation, len(wanted))
        if index is not None:
            left.remove(index)
        other = translation[index] if index is not None else None
        absent = moved is None and printed is not None and not _is_printed(each, printed)
        disagreements.append(
            Disagreement(Cause.NOT_PRINTED, each, other) if absent else _disagreement(each, other)
        )
    surplus = tuple(translation[index] for index in left if translation[index].target)
    return Agreement(len(wanted), found, len(pairs), tuple(disagreements), surplus)


def summed(language: str, agreements: Iterable[Agreement]) -> LanguageScore:
    """The score of a language; causes are counted by kind of citation and cause."""
    every = list(agreements)
    causes = Counter(
        (each.original.kind, each.words) for agreement in every for each in agreement.disagreements
    )
    return LanguageScore(
        language,
        len(every),
        sum(each.targets for each in every),
        sum(each.found for each in every),
        sum(each.in_order for each in every),
        sum(len(each.surplus) for each in every),
        dict(sorted(causes.items(), key=lambda item: (-item[1], item[0]))),
    )


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text as acts are numbered, in Western figures: "55/25", "2231"."""
    return frozenset(_NUMBER.findall(text))


def _is_printed(original: Cited, printed: Container[str]) -> bool:
    """Whether what names an act or document stands in the translation; of other kinds words say it, not figures."""
    if original.kind == "document":
        return (original.target or "").removeprefix("document/") in printed
    number = _NUMBER.search(original.text) if original.kind == "act" else None
    return number is None or number.group() in printed


def _targets(cited: Iterable[Cited]) -> Counter[str]:
    return Counter(each.target for each in cited if each.target)


def _disagreement(original: Cited, other: Cited | None) -> Disagreement:
    if other is None:
        return Disagreement(Cause.MISSING, original)
    if other.target is None:
        return Disagreement(Cause.UNRESOLVED, original, other)
    return Disagreement(
        Cause.MOVED if other.target == original.target else Cause.OTHER_TARGET, original, other
    )


def _in_place(
    at: int,
    wanted: Cited,
    matched: Mapping[int, int],
    left: Sequence[int],
    translation: Sequence[Cited],
    count: int,
) -> int | None:
    """The first citation of that kind which is left between those that match around a place; None without one."""
    after = next((matched[i] for i in range(at - 1, -1, -1) if i in matched), -1)
    before = next((matched[i] for i in range(at + 1, count) if i in matched), len(translation))
    fitting = (i for i in left if after < i < before and translation[i].kind == wanted.kind)
    return next(fitting, None)


def _in_order(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of a longest common subsequence. Memory and time grow with the product of the lengths.

    >>> _in_order(["a", "b", "c"], ["b", "x", "c"])
    [(1, 0), (2, 2)]
    """
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        row, below, name = lengths[i], lengths[i + 1], one[i]
        for j in range(len(other) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if name == other[j] else max(below[j], row[j + 1])
    pairs, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
