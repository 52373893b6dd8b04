"""How far the acts of translated resolutions agree with those of the English original, paragraph by paragraph.

    python benchmarks/acts_agreement.py ARCHIVE [--each N] [--apart]

ARCHIVE is a folder or tar archive of AKN4UN files in several languages. Operative paragraphs are aligned by their
numbers; of each that has an act in English, verb, actor and addressees of the first act are compared. One verb of a
translation stands for several English ones ("souligne" for stress, emphasize and underline), so the verbs cannot
agree wholly. ``--each N`` takes about each Nth text, ``--apart`` lists the pairs of verbs that differ, with the
printed form, the most frequent first.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from treatygraph.acts import find_acts
from treatygraph.cite import cite_document
from treatygraph.evaluate.versions import members
from treatygraph.model.assets import assets
from treatygraph.model.errors import ReadError
from treatygraph.model.tree import ParagraphKind
from treatygraph.parse import parse
from treatygraph.read import read_bytes
from treatygraph.registry.load import load_registry
from treatygraph.registry.values import Registry

ORIGINAL: Final = "en"
_MOST_APART: Final = 20


@dataclass(frozen=True, slots=True)
class Act:
    """The first act of a paragraph: its verb, the printed form, who acts, who is asked."""

    verb: str
    printed: str
    actor: str | None
    addressees: tuple[str, ...]


Paragraphs = Mapping[tuple[str, int], Act | None]
"""The operative paragraphs of a text by number, and how often that number was printed so far; with their first act."""


@dataclass(slots=True)
class Score:
    """How many aligned paragraphs agree; ``apart`` counts the verbs that differ: English, ours, printed form."""

    paragraphs: int = 0
    verbs: int = 0
    actors: int = 0
    addressees: int = 0
    apart: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, original: Paragraphs, translation: Paragraphs) -> None:
        """Compares the paragraphs that have an act in the original and stand in the translation."""
        for number, act in original.items():
            if act is None or number not in translation:
                continue
            self.paragraphs += 1
            other = translation[number]
            if other is None:
                self.apart[act.verb, "none", ""] += 1
                continue
            self.verbs += act.verb == other.verb
            self.actors += act.actor == other.actor
            self.addressees += act.addressees == other.addressees
            if act.verb != other.verb:
                self.apart[act.verb, other.verb, other.printed] += 1


def paragraphs_of(name: str, data: bytes, registry: Registry) -> tuple[str, str, Paragraphs] | None:
    """Symbol, language and operative paragraphs of a file; None where it says no symbol or cannot be read."""
    try:
        source = read_bytes(data, name=name)
    except ReadError:
        return None
    tree = parse(source)
    identity, citations = cite_document(tree, registry)
    if identity.symbol is None or source.language is None:
        return None
    actions = find_acts(tree, identity, citations, registry).actions
    found: dict[tuple[str, int], Act | None] = {}
    printed: Counter[str] = Counter()
    for paragraph in tree.paragraphs:
        if paragraph.kind is not ParagraphKind.OPERATIVE or paragraph.number is None:
            continue
        printed[paragraph.number] += 1
        span = paragraph.span
        first = next((act for act in actions if span.start <= act.verb_span.start < span.end), None)
        own = first or next((act for act in actions if span.start <= act.span.start < span.end), None)
        found[paragraph.number, printed[paragraph.number]] = (
            None
            if own is None
            else Act(
                own.verb,
                source.text[own.verb_span.start : own.verb_span.end].casefold(),
                own.actor,
                own.addressees,
            )
        )
    return identity.symbol, source.language, found


def is_taken(name: str, each: int) -> bool:
    """Whether a file belongs to the sample: all languages of a text or none ("A_RES_77_1-…E.xml")."""
    text = PurePosixPath(name).name.partition("-")[0]
    return zlib.crc32(text.encode()) % each == 0


def scores(read: Iterable[tuple[str, str, Paragraphs]]) -> Mapping[str, Score]:
    """The score of each language but the original's, sorted."""
    texts: dict[str, dict[str, Paragraphs]] = {}
    for symbol, language, paragraphs in read:
        texts.setdefault(symbol, {}).setdefault(language, paragraphs)
    found: dict[str, Score] = {}
    for versions in texts.values():
        for language in sorted(versions):
            if language != ORIGINAL and ORIGINAL in versions:
                found.setdefault(language, Score()).add(versions[ORIGINAL], versions[language])
    return dict(sorted(found.items()))


def render(found: Mapping[str, Score], *, apart: bool = False) -> str:
    """A row a language; with *apart* the verbs that differ below it."""
    lines = [f"{'':<4}{'paragraphs':>11}{'verb':>8}{'actor':>8}{'addressees':>12}"]
    for language, score in found.items():
        count = max(1, score.paragraphs)
        shares = score.verbs / count, score.actors / count, score.addressees / count
        lines.append(
            f"{language:<4}{score.paragraphs:>11,}{shares[0]:>8.3f}{shares[1]:>8.3f}{shares[2]:>12.3f}"
        )
        if apart:
            lines += [
                f"      {number:>4}  {theirs} | {ours} {printed}"
                for (theirs, ours, printed), number in score.apart.most_common(_MOST_APART)
            ]
    return "\n".join(lines)


def main() -> int:
    """Reads the archive once, on one core."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--each", type=int, default=1, help="about each Nth text only")
    parser.add_argument("--apart", action="store_true", help="list the verbs that differ")
    options = parser.parse_args()
    registry = load_registry(assets() / "data" / "registry")
    taken = (member for member in members(options.archive) if is_taken(member[0], options.each))
    read = (paragraphs_of(name, data, registry) for name, data in taken)
    print(render(scores(each for each in read if each is not None), apart=options.apart))
    return 0


if __name__ == "__main__":
    sys.exit(main())
