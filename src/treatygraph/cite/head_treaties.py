"""The head of a document → the instruments whose parties or organ speak in it, by their nouns.

"Meeting of the Parties to the Protocol on Lanterns" says what "the Protocol" means below it, whatever other protocol
is named on the way; where the registry lacks that instrument, "the Protocol" stays open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from treatygraph.cite.lexicon import Lexicon
from treatygraph.cite.line import Line
from treatygraph.cite.names import INSTRUMENT, Matcher, NameHit
from treatygraph.cite.referents import Referent
from treatygraph.model.citations import Reason
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.text import BlockKind
from treatygraph.model.tree import DocumentTree, ParagraphKind, Place
from treatygraph.parse.resolution_lines import names_author, speaks_in_plural

_MASTHEAD: Final = 10  # blocks
_NOWHERE: Final = (-1, -1)


def headed_treaties(
    tree: DocumentTree, identity: DocumentIdentity, lexicon: Lexicon, matcher: Matcher
) -> dict[str, Referent]:
    """What the lines of organs name; in a document whose body has no key, a line that is a treaty's name too.

    Of several with one noun none is what the noun alone means.
    """
    found: dict[str, Referent | None] = {}
    for line, hit in _hits(tree, identity, lexicon, matcher):
        referent = _referent(line, hit)
        known = found.setdefault(hit.noun, referent)
        if referent is None or known is None or _meaning(known) != _meaning(referent):
            found[hit.noun] = None
    return {noun: referent for noun, referent in found.items() if referent is not None}


def _hits(
    tree: DocumentTree, identity: DocumentIdentity, lexicon: Lexicon, matcher: Matcher
) -> Iterator[tuple[Line, NameHit]]:
    for text in (*(text for text, _ in tree.front.organs), *_speakers(tree)):
        line = Line(text, lexicon, matcher)
        yield from ((line, hit) for hit in _named(line))
    if identity.body is not None:
        return
    for block in tree.source.blocks[:_MASTHEAD]:
        placement = tree.place_of(block.span.start)
        if block.kind is BlockKind.FOOTNOTE or placement is None or placement.place is not Place.FRONT_MATTER:
            continue
        line = Line(block.text, lexicon, matcher)
        yield from ((line, hit) for hit in _named(line) if _is_whole(line, hit))


def _speakers(tree: DocumentTree) -> Iterator[str]:
    """The lines of who speaks, which can say to what they are parties: "The Parties to the Protocol on Lanterns,"."""
    for paragraph in tree.paragraphs:
        if paragraph.kind is ParagraphKind.OTHER:
            text = tree.source.text[paragraph.span.start : paragraph.span.end]
            if names_author(text, tree.source.language) or speaks_in_plural(text, tree.source.language):
                yield " ".join(text.split())


def _named(line: Line) -> Iterator[NameHit]:
    """The instruments that a line names; one in brackets is another name of what stands before them."""
    return (
        hit
        for hit in line.hits
        if hit.domain == INSTRUMENT
        and hit.noun
        and not (hit.bare or hit.within)
        and line.text[: hit.start].count("(") == line.text[: hit.start].count(")")
    )


def _is_whole(line: Line, hit: NameHit) -> bool:
    before, after = line.text[: hit.start].strip(" #*_"), line.text[hit.end :].strip(" ,.*_")
    the = line.lex(0, "the")
    return not after and (not before or (the is not None and the[1] == hit.first))


def _referent(line: Line, hit: NameHit) -> Referent | None:
    keys = sorted({entry.key for entry in hit.entries})
    if len(keys) > 1:
        return None
    if keys:
        return Referent(hit, keys[0], _NOWHERE)
    name = " ".join(line.text[hit.start : hit.end].split())
    return Referent(hit, None, _NOWHERE, Reason.UNKNOWN_INSTRUMENT, (name,))


def _meaning(referent: Referent) -> tuple[str | None, tuple[str, ...]]:
    return referent.key, referent.candidates
