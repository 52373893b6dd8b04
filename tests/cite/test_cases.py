"""The marked-up cases of `cases/<language>/`: what is marked is found with its target, and nothing else is.

Each case also runs with its line breaks and hard spaces moved about: only the words may matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from treatygraph.model.citations import CitationKind

CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"\[([^|\[\]]+)\|([^\[\]]+)\]")
SCORED = {
    CitationKind.PROVISION,
    CitationKind.ACT,
    CitationKind.DOCUMENT,
    CitationKind.PUBLICATION,
    CitationKind.HAPPENING,
}


@dataclass(frozen=True)
class Case:
    where: str
    organ: str
    text: str
    expected: tuple[tuple[str, str], ...]


def read_cases(path: Path) -> Iterator[Case]:
    organ = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@ "):
            organ = line[2:]
        elif line and not line.startswith("#"):
            marks = [
                (words, target) for words, targets in MARK.findall(line) for target in targets.split(" ")
            ]
            text = MARK.sub(r"\1", line).replace(" ¶ ", "\n\n")
            yield Case(f"{path.parent.name}/{path.name}:{number}", organ, text, tuple(marks))


ALL = [case for path in sorted(CASES.glob("*/*.txt")) for case in read_cases(path)]


def plain(text: str) -> str:
    return text


def wrapped(text: str) -> str:
    """Breaks the line at every third space."""
    parts = re.split(r"(?<! ) (?! )", text)
    return "".join(part + ("\n" if i % 3 == 2 else " ") for i, part in enumerate(parts)).strip()


def hard_spaced(text: str) -> str:
    """Makes every other space a hard one."""
    parts = text.split(" ")
    return "".join(part + ("\u00a0" if i % 2 else " ") for i, part in enumerate(parts)).strip(" \u00a0")


def test_there_are_cases() -> None:
    assert len(ALL) > 80


@pytest.mark.parametrize("form", [plain, wrapped, hard_spaced], ids=lambda form: form.__name__)
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.where)
def test_what_is_marked_is_found_and_nothing_else(case: Case, form, cite) -> None:
    _, found, text = cite(form(case.text), case.organ, language=case.where.split("/")[0])
    got = Counter(
        (" ".join(c.text.split()), c.target or f"?{c.reason}") for c in found.citations if c.kind in SCORED
    )
    assert got == Counter(case.expected)
    assert all(text[c.span.start : c.span.end] == c.text for c in found.citations)
