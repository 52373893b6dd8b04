"""How far our labels of paragraphs agree with those of the UN80 mandate registry, over its own rows.

    python benchmarks/un80_agreement.py un80-paragraphs.tar.xz [--sample 60] [--documents N]

The archive holds a list of rows for each document; a row has a ``type`` and, in a resolution, a ``paragraph_type``
(operative or preambular) that another pipeline gave it. Counted are the rows where both sides say operative or
preambular; the rows where only UN80 does are listed by what we say instead. A sample of disagreements, spread evenly
over them, is printed to be judged by reading: a label of a peer is no truth.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from treatygraph.model.tree import Paragraph
from treatygraph.parse import parse
from treatygraph.read import read_bytes

LABELS = ("operative", "preambular")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as UN80 labels it and as we do: document, place in it, both labels, its first words."""

    document: str
    index: int
    theirs: str
    ours: str
    words: str


def documents(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The documents of the archive, in its order."""
    with tarfile.open(archive) as packed:
        for entry in packed:
            stream = packed.extractfile(entry) if entry.name.endswith(".json") else None
            if stream is not None:
                yield Path(entry.name).stem, stream.read()


def rows_of(name: str, data: bytes) -> Iterator[Row]:
    """The rows of a document that UN80 labels operative or preambular, each with our label of the same paragraph."""
    rows = json.loads(data)
    tree = parse(read_bytes(data, name=f"{name}.json"))
    at, text = 0, tree.source.text
    kinds = sorted(tree.paragraphs, key=lambda paragraph: paragraph.span.start)
    for index, row in enumerate(rows):
        printed = row.get("text") or ""
        start = text.find(printed[:40].split("\n")[0].strip(), at) if printed.strip() else -1
        if start < 0:
            continue
        at = start
        if row.get("paragraph_type") in LABELS:
            yield Row(
                name, index, row["paragraph_type"], _kind_at(kinds, start), " ".join(printed.split())[:110]
            )


def _kind_at(paragraphs: list[Paragraph], place: int) -> str:
    for paragraph in paragraphs:
        if paragraph.span.start <= place < paragraph.span.end:
            return paragraph.kind.value
    return "none"


def report(rows: list[Row], sample: int) -> None:
    """Prints agreement, what else we say, and a sample of disagreements."""
    both = [row for row in rows if row.ours in LABELS]
    apart = [row for row in both if row.ours != row.theirs]
    print(
        f"rows that UN80 labels {len(rows):,}; both label {len(both):,}; agree {len(both) - len(apart):,}",
        end="",
    )
    print(f" = {1 - len(apart) / max(1, len(both)):.4%}")
    for (theirs, ours), count in Counter((row.theirs, row.ours) for row in rows).most_common():
        print(f"  UN80 {theirs:<11} ours {ours:<13} {count:>7,}")
    by_document = Counter(row.document for row in apart)
    print("most disagreements:", ", ".join(f"{name} {count}" for name, count in by_document.most_common(12)))
    step = max(1, len(apart) // max(1, sample))
    for row in apart[::step][:sample]:
        print(f"{row.document}#{row.index} UN80 {row.theirs}, ours {row.ours}: {row.words}")


def main() -> int:
    """Reads the archive once, on one core."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--documents", type=int, help="the first N documents only")
    options = parser.parse_args()
    found: list[Row] = []
    for number, (name, data) in enumerate(documents(options.archive)):
        if options.documents is not None and number >= options.documents:
            break
        found.extend(rows_of(name, data))
    report(found, options.sample)
    return 0


if __name__ == "__main__":
    sys.exit(main())
