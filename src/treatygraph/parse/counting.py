"""Pieces in reading order → the number of each with its parents ("1 (a)"), over lists that begin again."""

from __future__ import annotations

from collections.abc import Sequence

from treatygraph.parse.numbering import number_of
from treatygraph.parse.treaty_outline import Outliner
from treatygraph.parse.treaty_pieces import Piece


class Counting:
    """Counts pieces one by one; ``fresh`` after a heading, where a list may begin again."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._outliner = Outliner([(piece, piece.labels) for piece in pieces], (), 0, lenient=True)
        self.fresh = False

    def reset(self) -> None:
        """Forgets the lists that are open."""
        self._outliner.reset()

    def number(self, at: int) -> str | None:
        """The number of the piece with its parents; a list that begins again (below a heading) starts afresh."""
        piece = self._pieces[at]
        first = piece.labels[0] if piece.labels else None
        if first is not None and self.fresh and any(reading.opens for reading in first.readings):
            self._outliner.reset()
        self.fresh = self.fresh and first is None
        unit = self._outliner.add(at)
        if unit is None and first is not None and any("figure" in r.style for r in first.readings):
            self._outliner.reset()
            unit = self._outliner.add(at)
        if unit is None:
            return None
        path = unit.path[1:] if unit.path[0] == "para" else unit.path
        return number_of(path) if unit.path[0] == "para" else number_of(("", *path)).strip()
