"""The paragraphs of the resolutions of the gold files."""

from __future__ import annotations

import json
from pathlib import Path

from treatygraph.parse.resolution import parse_paragraphs
from treatygraph.read import read_file


def test_the_paragraphs_of_the_gold_files_are_found(shared: Path) -> None:
    """Kind, end, and number where one is printed; what is missed is named in the failure."""
    right = found_count = gold_count = 0
    missed = []
    for path in sorted((shared / "gold/resolutions").glob("*-en.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = read_file(path.with_suffix(".txt"), language="en")
        low, high = gold.get("range") or (0, len(source.text) + 1)
        found = {p.span.end: p for p in parse_paragraphs(source) if low <= p.span.start < high}
        found_count, gold_count = found_count + len(found), gold_count + len(gold["paragraphs"])
        for row in gold["paragraphs"]:
            paragraph = found.get(row["end"])
            if paragraph and paragraph.kind == row["kind"] and row["number"] in (None, paragraph.number):
                right += 1
            else:
                missed.append((path.name, row["kind"], row["number"], row["start"]))
    assert 2 * right / (found_count + gold_count) >= 0.98, missed
