"""An item of an agenda → its title: without what closes it, and with the lines below in which it goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from treatygraph.model.text import Block, BlockKind
from treatygraph.parse.item_labels import label_of
from treatygraph.parse.layout import is_prose, symbols_in
from treatygraph.parse.lexicon import word_pattern, words
from treatygraph.parse.papers import papers_behind
from treatygraph.parse.writing import STOPS, writing

if TYPE_CHECKING:
    from treatygraph.parse.units import Unit

LONGEST_TITLE: Final = 600
"""A title of more characters is a paragraph with a number."""

# Signs are not equally wide: lines of one width differ by a quarter in how many they hold.
_RAGGED: Final = 1.25
# A wrapped line takes this share of the widest near it; what is longer is a paragraph and no line.
_ABOUT_FULL: Final = 0.6
_NEAR: Final = 1500
_LONGEST_OF_LINES: Final = 120
# A title that stands below its number takes at most so many lines.
_MOST_BELOW: Final = 4
_LEADERS: Final = re.compile(r"(?:\s?\.){3,}\s*\d{1,4}$|\s*…+\s*\d{1,4}$")
_CLOSING: Final = " .;:,*–—-。；：，、؛،．\u200f\u200e"


def clean_title(text: str, language: str) -> str:
    """A title without closing punctuation, "(continued)", the "and" before the next item, and leaders to a page."""
    continued = word_pattern(language, "agenda", "continued").pattern
    joined = word_pattern(language, "agenda", "list_and").pattern
    title = _LEADERS.sub("", text.strip())
    before = None
    while before != title:
        before = title
        title = title.rstrip(_CLOSING)
        title = re.sub(rf"\s*[\[(（]\s?{continued}\s?[\])）]$", "", title, flags=re.IGNORECASE)
        title = re.sub(rf"(?<=[;,:؛،；，])\s{{0,2}}{joined}$", "", title, flags=re.IGNORECASE)
    return title.lstrip(" –—:.*：．、-")


def continuation(
    blocks: tuple[Block, ...], text: str, unit: Unit, stop: int, language: str
) -> tuple[int, ...]:
    """The blocks before *stop* in which an item's title goes on: the line after a bare number, or a line that
    stands right under an unfinished title or goes on in small letters.
    """
    if unit.end < len(blocks[unit.block].text):
        return ()
    row = blocks[unit.block].kind is BlockKind.TABLE_ROW
    title, more, last = unit.title(blocks), [], unit.block
    for index in range(unit.block + 1, stop):
        block = blocks[index]
        if block.kind in (BlockKind.FOOTNOTE, BlockKind.RULE, BlockKind.PAGE, BlockKind.TABLE_ROW):
            break
        gap = text[blocks[last].span.end : block.span.start]
        if title and not _unfinished(title, block, gap, language):
            break
        if (
            title
            and not block.text[0].islower()
            and not _ends_open(title, language)
            and not _wraps(text, blocks[last].span.end, block.span.start, language)
        ):
            break
        if row and not (title and (block.text[0].islower() or _ends_open(title, language))):
            break  # lines set with wide gaps are rows; what stands below one is mostly a paragraph of its own
        if (symbols_in(block.text) and (title or not below_number(block, language))) or len(title) + len(
            block.text
        ) > LONGEST_TITLE:
            break
        more.append(index)
        title, last = f"{title} {below_number(block, language)}".strip(), index
    return tuple(more)


def below_number(block: Block, language: str) -> str:
    """The words of a title that stands on a line below its number, without the papers behind it."""
    return block.text[: papers_behind(block, 0, len(block.text), language)]


def _ends_open(title: str, language: str) -> bool:
    """Whether a title ends with a small word that something must follow ("interpretation of the")."""
    small = words(language, "frontmatter", "small_word")
    return title.rpartition(" ")[2] in small


def _unfinished(title: str, block: Block, gap: str, language: str) -> bool:
    if title.endswith(tuple(f"{STOPS};:；：؛")) or block.kind is BlockKind.HEADING:
        return False
    if is_prose(block.text, language) or (block.text.isupper() and not title.isupper()):
        return False
    return block.text[0].islower() or (gap.count("\n") == 1 and block.kind is BlockKind.PARAGRAPH)


def _wraps(text: str, end: int, start: int, language: str) -> bool:
    """Whether the line that ends at *end* had no room for the first word of the line that begins at *start*.

    How wide lines are set is not known; the line below shows it in part, and so do the others around.
    """
    before = text[text.rfind("\n", 0, end) + 1 : end].strip()
    below = text[start:].split("\n", 1)[0].strip()
    spaced = " " in below or writing(language).spaced
    word = below.split(None, 1)[0] if spaced and below else below[:1]
    taken = len(before) + 1 + len(word)
    near = text[max(0, start - _NEAR) : start + _NEAR].split("\n")[1:-1]
    widest = max((len(line) for line in near if len(line) <= _LONGEST_OF_LINES), default=0)
    return len(below) < taken * _RAGGED and taken >= widest * _ABOUT_FULL


def lines_below(blocks: tuple[Block, ...], unit: Unit, language: str) -> tuple[int, ...]:
    """The blocks below a number that stands alone on its line, which hold its title: one, and what goes on in small
    letters; none where words stand beside the number.
    """
    if unit.title(blocks) or blocks[unit.block].kind is BlockKind.TABLE_ROW:
        return ()
    found: list[int] = []
    for index in range(unit.block + 1, min(unit.block + 1 + _MOST_BELOW, len(blocks))):
        block = blocks[index]
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or not block.text:
            break
        if found and not block.text[0].islower():
            break
        if label_of(block, language) is not None:
            break
        found.append(index)
    return tuple(found)


def words_of_item(blocks: tuple[Block, ...], unit: Unit, language: str) -> str:
    """The words beside the number of an item, or those in the lines below it."""
    below = (blocks[index].text for index in lines_below(blocks, unit, language))
    return unit.title(blocks) or " ".join(below)
