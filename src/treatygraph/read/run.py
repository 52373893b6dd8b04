"""The words of one paragraph as a format holds them → its words as they are printed in the text that a reader makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_NOT_PRINTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST_ADDRESS: Final = 2_000
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CLOSED: Final = (".", ";", ":", "!", "?", ",")
# A line break ends a block after a line as short as those of a title, or after a closed sentence.
_SHORT_LINE: Final = 60


@dataclass(slots=True)
class Run:
    """The words of one paragraph as they come: white space folded, tabs, hyperlinks and footnote marks kept."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[tuple[int, int, str]] = field(default_factory=list)
    _space: bool = False
    _tabbed: bool = False

    def add(self, text: str) -> None:
        """Takes words as the source holds them; any white space is one space, none stands at the beginning."""
        if not text:
            return
        words = text.split()
        if not words:
            self._space = self.length > 0
            return
        if (self._space or text[0].isspace()) and self.length and not self._tabbed:
            self._put(" ")
        self._put(printed(" ".join(words)))
        self._space = text[-1].isspace()

    def tab(self) -> None:
        """Takes a tab; it stands for the spaces around it. Tabs before the first word are left out."""
        if self.length:
            self._put("\t")
            self._tabbed = True

    def mark(self, marker: str, *, glued: bool = True) -> None:
        """Takes a footnote mark; *glued*, it stands right after the word before it, whatever space is between."""
        space = self._space and not glued
        self._put(f"{' ' if space else ''}[{printed(marker)}]")
        self._space = self._space and not space

    def glue(self) -> None:
        """What comes next stands right after the word before it, whatever space was between."""
        self._space = False

    def link(self, start: int, address: str) -> None:
        """The words since *start* (a former ``length``) lead to *address*."""
        while start < self.length and self.text[start].isspace():
            start += 1
        if address and len(address) <= _LONGEST_ADDRESS and self.length > start:
            self.links.append((start, self.length, printed(address.strip())))

    def extend(self, other: Run) -> None:
        """Takes all of another run, a space between."""
        self.add(" ")
        if self._space and other.length:
            self._put(" ")
        self.links += [
            (start + self.length, end + self.length, address) for start, end, address in other.links
        ]
        self._put(other.text)

    @property
    def text(self) -> str:
        """The words so far, without tabs at the end."""
        return "".join(self.parts).rstrip("\t")

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        self._space = self._tabbed = False


def printed(text: str) -> str:
    """*text* without control characters, and without halves of surrogate pairs, which no file of text can hold."""
    return _NOT_PRINTED.sub("", text)


def raised(text: str) -> str:
    """Figures that are set high as such: a note's mark that somebody typed would run into the word before it."""
    return text.translate(_SUPERSCRIPTS) if text.strip().isdecimal() and text.isascii() else text


def join_lines(runs: list[Run], *, whole: bool) -> list[Run]:
    """The lines of a paragraph that line breaks cut: those that go on are joined, those of a title stay apart.

    *whole* joins them all.
    """
    lines = runs[:1]
    for run in runs[1:]:
        before = lines[-1].text
        if not before or not run.text:
            lines.append(run)
            continue
        goes_on = run.text[0].islower() or (len(before) > _SHORT_LINE and not before.endswith(_CLOSED))
        if whole or goes_on:
            lines[-1].extend(run)
        else:
            lines.append(run)
    return [line for line in lines if line.text]
