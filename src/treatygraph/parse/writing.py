"""How a language is written (``lang/<code>/writing.toml``) → what is a word, a capital, a stop in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.parse.word_files import LANG, read_list

STOPS: Final = ".。．"
"""Marks that close a sentence, in the scripts of all languages."""
COMMAS: Final = ",،，、"
"""Commas; "، and 、" stand where European texts print a comma."""
CLOSERS: Final = f"{STOPS}{COMMAS};:!?；：！？؛؟"
"""Marks that close a sentence, a clause or an item of a list."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language is written.

    ``capitals``: titles, names and sentences begin with capital letters. ``large_paragraphs``: so do the paragraphs of
    a resolution, ``large_names`` the words in the name of an organ. ``spaced``: words stand apart. ``proclitics``:
    letters of words written together with the next word.
    """

    capitals: bool
    large_paragraphs: bool
    spaced: bool
    proclitics: str
    large_names: bool = True

    @property
    def left(self) -> str:
        """A pattern for the place before a whole word."""
        if not self.spaced:
            return ""
        if self.proclitics:
            return rf"(?:(?<!\w)|(?<=(?<!\w)[{self.proclitics}]))"
        return r"(?<!\w)"

    @property
    def right(self) -> str:
        """A pattern for the place behind a whole word."""
        return r"(?!\w)" if self.spaced else ""

    @property
    def gap(self) -> str:
        """A pattern for what stands between two words."""
        return r"\s{1,3}" if self.spaced else r"\s{0,3}"

    @property
    def proclitic(self) -> str:
        """A pattern for a letter written together with the word that opens a line, or nothing."""
        return f"[{self.proclitics}]?" if self.proclitics else ""

    def large(self, text: str) -> bool:
        """Whether *text* begins as a title or a name does: with a capital, or with any letter where there are none."""
        first = text[:1]
        return first.isupper() if self.capitals or first.isascii() else first.isalpha()


@cache
def writing(language: str) -> Writing:
    """How *language* is written; as English is, for a language that is not held."""
    path = LANG / language / "writing.toml"
    return Writing(**read_list(path)) if path.is_file() else Writing(True, True, True, "")
