"""Rows of lists of mandates → blocks that read as a reference does: the heading, and the numbers of the row behind it.

"48/112; 52/92" under "General Assembly resolutions" is read as "General Assembly resolutions 48/112; 52/92"; all that
is found in it points to the numbers, where they are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatygraph.model.text import Block
from treatygraph.model.tree import DocumentTree, MandateRow


def rows_by_block(tree: DocumentTree) -> dict[int, list[MandateRow]]:
    """The rows of lists of mandates by the number of the block that holds them."""
    rows: dict[int, list[MandateRow]] = {}
    for row in tree.mandate_rows:
        rows.setdefault(row.block, []).append(row)
    return rows


def row_blocks(block: Block, rows: Iterable[MandateRow]) -> Iterator[tuple[Block, int]]:
    """For each of the *rows* of a block the block to read, and where in its text the numbers begin."""
    for row in rows:
        yield _joined(block, row), len(row.heading) + 1


def _joined(block: Block, row: MandateRow) -> Block:
    start, end = row.span.start, row.span.end
    offsets = (*(block.offsets[start] for _ in range(len(row.heading) + 1)), *block.offsets[start:end])
    return Block(block.kind, block.span, f"{row.heading} {block.text[start:end]}", offsets)
