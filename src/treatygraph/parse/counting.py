"""Pieces in reading order → the number of each with its parents ("1 (a)"), over lists that begin again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from treatygraph.model.numbering import number_of
from treatygraph.parse.treaty_outline import Outliner
from treatygraph.parse.treaty_pieces import Piece

# "2.1 share data", below a paragraph 2.
_DOTTED: Final = re.compile(r"\s{0,8}(?P<number>\d{1,3}(?:\.\d{1,2}){1,3})\.?\s{1,8}(?=[^\W\d])")


class Counting:
    """Counts pieces one by one; ``fresh`` after a heading, where a list may begin again."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._outliner = Outliner([(piece, piece.labels) for piece in pieces], (), 0, lenient=True)
        self._above = ""  # the number printed last that dotted ones may stand below or go on
        self.fresh = False

    def reset(self) -> None:
        """Forgets the lists that are open."""
        self._outliner.reset()
        self._above = ""

    def number(self, at: int) -> str | None:
        """The number of the piece with its parents; a list that begins again (below a heading) starts afresh."""
        piece = self._pieces[at]
        dotted = None if piece.labels else self._dotted(piece)
        if dotted:
            self._above = dotted
            return dotted
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
        self._above = path[0] if unit.path[0] == "para" and len(path) == 1 else self._above
        return number_of(path) if unit.path[0] == "para" else number_of(("", *path)).strip()

    def _dotted(self, piece: Piece) -> str | None:
        """The number with dots that a piece begins with, where it counts on: 2.1 below 2, 2.2 behind 2.1."""
        match = _DOTTED.match(piece.text)
        if match is None:
            return None
        above, _, last = match["number"].rpartition(".")
        steps = self._above.split(".")
        before = ".".join(steps[: above.count(".") + 2])
        first = last == "1" and before == above
        return match["number"] if first or before == f"{above}.{int(last) - 1}" else None
