"""The paragraphs of a report as the reader of resolutions leaves them → with the body of the report told from its head.

A report prints no opening words as a resolution does: its body begins with the first numbered sentence, the first
heading of a division, or the first long sentence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from treatygraph.model.text import Block, BlockKind, SourceText
from treatygraph.model.tree import Paragraph, ParagraphKind
from treatygraph.parse.item_labels import Style, label_of
from treatygraph.parse.layout import is_prose
from treatygraph.parse.lexicon import word_pattern

# A shorter sentence may belong to a masthead ("The meeting was held in private").
_SHORTEST_SENTENCE: Final = 60


def report_paragraphs(source: SourceText, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """*paragraphs* with those from the beginning of the body on no longer front matter, and their printed numbers."""
    blocks = {block.span.start: block for block in source.blocks}
    begun, done = False, []
    for paragraph in paragraphs:
        block = blocks.get(paragraph.span.start)
        if block is None or paragraph.kind is not ParagraphKind.FRONT_MATTER:
            done.append(paragraph)
            continue
        begun = begun or (bool(done) and _begins_body(block, source.language))
        done.append(_of_body(paragraph, block, source.language) if begun else paragraph)
    return tuple(done)


def _begins_body(block: Block, language: str) -> bool:
    label = label_of(block, language)
    prose = is_prose(block.text, language)
    if label is not None and label.value == 1 and label.style in (Style.FIGURE, Style.ROMAN):
        return prose or block.kind is BlockKind.HEADING or label.style is Style.ROMAN
    if word_pattern(language, "agenda", "introduction").fullmatch(block.text.strip(" :.*")):
        return True
    return prose and len(block.text) >= _SHORTEST_SENTENCE and block.text.rstrip().endswith((".", ":"))


def _of_body(paragraph: Paragraph, block: Block, language: str) -> Paragraph:
    if block.kind is BlockKind.HEADING:
        return replace(paragraph, kind=ParagraphKind.HEADING)
    label = label_of(block, language)
    number = label.number if label is not None and label.style is Style.FIGURE else None
    return replace(paragraph, kind=ParagraphKind.OTHER, number=number)
