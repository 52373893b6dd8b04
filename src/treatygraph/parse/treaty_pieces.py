"""``SourceText`` → pieces: the blocks that carry words of the text, each with the labels before its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.model.text import Block, Repair, SourceText
from treatygraph.parse.furniture import Role, furniture
from treatygraph.parse.label_letters import joints
from treatygraph.parse.labels import Label, leading_labels
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.writing import CLOSERS, COMMAS

_MARKUP: Final = "#*_ \t"
_CLOSERS: Final = "\"”’'»)*_」』 \t\u200f\u200e"
_ENDS: Final = tuple(CLOSERS)
_JOINT: Final = re.compile(rf"[;,؛،；，]\s?{one_of(joints())}$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that carries text of the document: its labels, and whether a page break stands before it."""

    block: Block
    labels: tuple[Label, ...]
    after_break: bool = False

    @property
    def text(self) -> str:
        """The clean text of the block."""
        return self.block.text

    @property
    def bare(self) -> str:
        """The clean text without mark-up characters that a plain-text source left around it."""
        return self.block.text.strip(_MARKUP)

    @property
    def start(self) -> int:
        """The offset in the source of the first character."""
        return self.block.offsets[0]

    @property
    def end(self) -> int:
        """The offset in the source behind the last character."""
        return self.block.offsets[-1] + 1

    @property
    def ended(self) -> bool:
        """Whether the text ends as a sentence, a clause or an item of a list does (a title, a cut line do not)."""
        return ends_clause(self.text)

    @property
    def announces(self) -> bool:
        """Whether the text ends with a colon, and so announces a list."""
        return self.text.rstrip(_CLOSERS).endswith((":", ":–", ":—", "："))

    @property
    def pauses(self) -> bool:
        """Whether the text ends with a comma, as a preambular paragraph does."""
        return self.bare.endswith(tuple(COMMAS))

    @property
    def begins_low(self) -> bool:
        """Whether the text begins with a small letter, as the second half of a sentence does."""
        return self.bare[:1].islower()


def ends_clause(text: str) -> bool:
    """Whether *text* ends with a mark that closes a sentence, a clause or an item, whatever quotes stand behind it.

    A conjunction behind such a mark ("…; and") belongs to the list.
    """
    bare = text.rstrip(_CLOSERS)
    joined = _JOINT.search(bare[-12:])
    return bare[-1:] in _ENDS or joined is not None


def pieces(source: SourceText) -> tuple[Piece, ...]:
    """The pieces of *source* in reading order."""
    return tuple(_pieces(source.blocks, source.language))


def _pieces(blocks: Sequence[Block], language: str) -> Iterator[Piece]:
    roles, broken = furniture(blocks, language), False
    for index, block in enumerate(blocks):
        role = roles.get(index)
        if role is None:
            yield Piece(block, leading_labels(block.text), broken)
        broken = role is not None and (broken or role is Role.PAGE_MARK)


def repairs_in(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Repairs in order of their place."""
    return tuple(sorted(repairs, key=lambda repair: (repair.span, repair.after)))
