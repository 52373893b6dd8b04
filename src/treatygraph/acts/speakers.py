"""A report of a body without a key → the name by which its author speaks in it: an organ or acronym of the head.

Monitoring bodies write reports in the present ("GRETA urges the authorities to …", "The Advisory Committee recommends
…"). Who writes is whom the head names, and who decides and asks in more than one sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from treatygraph.acts.lexicon import group, words
from treatygraph.acts.mentions import UNKEYED, Mention
from treatygraph.acts.operative import spoken
from treatygraph.acts.passages import Passage
from treatygraph.acts.told_actions import sentences_of
from treatygraph.model.tree import DocumentKind, DocumentTree, Place

_KINDS: Final = frozenset({DocumentKind.REPORT, DocumentKind.OTHER})
_HEAD: Final = 14  # blocks in which a document says whose it is
_OPENING: Final = 60  # passages in which organs are named in full
_LEAST: Final = 2  # sentences in which its author speaks
_LEAST_ALONE: Final = 3  # where nothing but "the Committee" names it
_LONGEST_NAME: Final = 90
_ACRONYM: Final = re.compile(r"(?<![\w-])[A-ZА-ЯЁ]{3,12}(?![\w-])")


def writes_itself(tree: DocumentTree, body: str | None) -> bool:
    """Whether a document can be of an author who speaks in it without a key."""
    return body is None and tree.kind in _KINDS


def defined_acronyms(parts: tuple[Passage, ...], language: str) -> frozenset[str]:
    """The acronyms that stand in brackets behind the name of an organ: "the Scientific Committee (SC)"."""
    organs = _defining(language)
    return frozenset(match[1] for passage in parts[:_OPENING] for match in organs.finditer(passage.text))


def head_acronyms(tree: DocumentTree) -> frozenset[str]:
    """The words in capitals that the head prints, one of which may be its author's name."""
    return frozenset(word for line in _head(tree) for word in _ACRONYM.findall(line))


def speaker(
    tree: DocumentTree, parts: tuple[Passage, ...], read: Callable[[Passage], tuple[Mention, ...]]
) -> str | None:
    """The key that stands for the author: of the organs that the head names the one that speaks most often.

    In a paper that names none it is "the Committee", where that speaks again and again.
    """
    head = " ".join(_head(tree)).casefold()
    said: Counter[str] = Counter()
    for passage in parts:
        if passage.place is not Place.BODY:
            continue
        mentions = read(passage)
        if not any(mention.kind == "organ" for mention in mentions):
            continue
        for _, sentence in sentences_of(passage, mentions, tree.source.language):
            organs = {m.key for m in sentence.mentions if m.kind == "organ"}
            said.update(key for key in organs if spoken(sentence, key, tree.source.language))
    named = [key for key, count in said.items() if count >= _LEAST and key.removeprefix(UNKEYED) in head]
    nouns = {UNKEYED + noun.casefold() for noun in words(tree.source.language, "acting_organ")}
    alone = [key for key, count in said.items() if count >= _LEAST_ALONE and key in nouns]
    return max(sorted(named or alone), key=lambda key: said[key], default=None)


@cache
def _defining(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"{group(language, 'acting_organ')}[^()]{{0,{_LONGEST_NAME}}}\s\(([A-ZА-ЯЁ]{{2,10}})\)"
    )


def _head(tree: DocumentTree) -> Iterator[str]:
    for block in tree.source.blocks[:_HEAD]:
        placement = tree.place_of(block.span.start)
        if placement is not None and placement.place is Place.FRONT_MATTER:
            yield " ".join(block.text.split())
