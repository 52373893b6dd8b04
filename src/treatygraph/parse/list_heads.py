"""Pieces of a resolution → the lines that are heads of lists, and the figures without a mark that count below them.

Some bodies print the word that opens a paragraph on a line of its own, in small letters, above what it opens:
"resolves" / "1 that the bells shall ring" / "2 to invite the towns to listen". Others print no mark behind the figures
of paragraphs that begin with their verbs ("1 通过…；").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from treatygraph.model.tree import ParagraphKind
from treatygraph.parse.labels import Label, figure_alone
from treatygraph.parse.openings import head_of_list, opening, opens_alone
from treatygraph.parse.treaty_pieces import Piece


def heads_of_lists(pieces: Sequence[Piece], language: str) -> Mapping[int, ParagraphKind]:
    """The places of heads, each with the kind of the paragraphs below it.

    Before a head a sentence, a clause or a title ends; below it a label or a small letter begins what it opens.
    """
    found: dict[int, ParagraphKind] = {}
    for at, piece in enumerate(pieces[:-1]):
        before = pieces[at - 1] if at else None
        follows = before is None or before.ended or not before.begins_low
        alone = opens_alone(piece.text, language) and pieces[at + 1].begins_low
        if piece.labels or not (piece.begins_low or alone) or not follows:
            continue
        kind = head_of_list(piece.text, language)
        if kind is not None and _opens(pieces[at + 1]):
            found[at] = kind
    return found


def _opens(below: Piece) -> bool:
    """Whether what stands below a head is of the list: its first entry, or the words that go on."""
    label = below.labels[0] if below.labels else figure_alone(below.text)
    if label is None:
        return below.begins_low and below.ended
    return any(reading.opens for reading in label.readings)


def with_figures_alone(
    pieces: Sequence[Piece], heads: Mapping[int, ParagraphKind], language: str
) -> list[Piece]:
    """The pieces, with the labels of those that a figure without a mark numbers, from 1 on.

    They count below a head of a list, or where each opens with a verb.
    """
    done: list[Piece] = []
    expected: int | None = None  # the next figure, below a head
    enacted = 1  # the next figure of paragraphs that open with verbs
    for at, piece in enumerate(pieces):
        if at in heads:
            expected = 1
        label = None if piece.labels else figure_alone(piece.text)
        if label is not None and expected is not None and label.token == str(expected):
            piece = replace(piece, labels=(label,))
            expected = int(label.token) + 1
        elif label is not None and _enacts(piece, label, language) and label.token in ("1", str(enacted)):
            piece = replace(piece, labels=(label,))
            enacted = int(label.token) + 1
        done.append(piece)
    return done


def _enacts(piece: Piece, label: Label, language: str) -> bool:
    """Whether a verb opens what stands behind a figure."""
    return opening(piece.text[label.end :].lstrip(), language) is ParagraphKind.OPERATIVE
