"""A string → the papers of conferences printed in it that have no symbol of the usual form, and the end of a title.

Conferences that number their papers without slashes print "CoP18 Doc. 4.1" and "SC70 Inf. 12"; committees that number
them by session print "MSC 101/23". Agendas print such a paper, or a symbol, behind the title of its item.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from treatygraph.model.text import Block
from treatygraph.parse.layout import symbols_in
from treatygraph.parse.lexicon import one_of, words
from treatygraph.parse.word_files import LANG, read_list
from treatygraph.parse.writing import writing

# Dots that lead from a title to what stands at the end of its line.
_LEADERS: Final = re.compile(r"\s?(?:(?:\.\s?){5,}|(?:…\s?){2,})")
_LONGEST_TAIL: Final = 120
# What a list of symbols may hold beside them: marks, short words and a remark in brackets.
_BESIDE: Final = re.compile(r"\([^()]{0,60}\)|（[^（）]{0,60}）")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_OPEN, _SHUT = "([（［", ")]）］"
_CLOSED: Final = re.compile(r"[)\]）］]")
_ENDS: Final = " .;。；؛"
# So many blanks on end set a column apart.
_COLUMN: Final = 3


def papers_behind(block: Block, start: int, end: int, language: str) -> int | None:
    """Where the papers begin that stand behind a title in ``block.text[start:end]``; None where there are none."""
    leaders = _LEADERS.search(block.text, start, end)
    if leaders and end - leaders.end() <= _LONGEST_TAIL:
        return leaders.start()
    listing = _listing(language).search(block.text, start, end)
    if listing and listing.start() > start:
        return listing.start()
    found = symbols_in(block.text[start:end])
    if not found:
        return None
    first = start + found[0][0]
    named = next(iter(_named(language).finditer(block.text, start, first)), None)
    if named and only_papers(block.text[named.start() : end], language):
        return named.start()
    bracket = max(block.text.rfind(sign, start, first) for sign in _OPEN)
    if bracket > start and not _CLOSED.search(block.text, bracket, first):
        inside = block.text[bracket + 1 : end].rstrip(_ENDS)
        shut = inside.endswith(tuple(_SHUT))
        wrapped = not _CLOSED.search(inside)  # the line ends inside the brackets
        if (shut or wrapped) and only_papers(inside[: len(inside) - shut], language):
            return bracket
    apart = first > start and block.offsets[first] - block.offsets[first - 1] >= _COLUMN
    return first if apart and only_papers(block.text[first:end], language) else None


def only_papers(text: str, language: str) -> bool:
    """Whether *text* names papers and nothing else ("Documents EB170/3 and EB170/3 Add.1")."""
    found = symbols_in(text)
    rest = text
    for start, end in reversed(found):
        rest = f"{rest[:start]} {rest[end:]}"
    for beside in (_LEADERS, _BESIDE, version_marks()):
        rest = beside.sub(" ", rest)
    rest = _named(language).sub(" ", f" {rest}")
    return bool(found) and not _WORD.search(rest)


@cache
def version_marks() -> re.Pattern[str]:
    """The marks of versions that stand apart behind a symbol ("A/61/8 Corr.")."""
    return re.compile(
        rf"(?<!\w){one_of(entry['text'] for entry in read_list(LANG / 'lists.toml')['paper_mark'])}\.",
        re.IGNORECASE,
    )


@cache
def _listing(language: str) -> re.Pattern[str]:
    """The words that open the documents of an item behind its title, with a colon ("Tariffs Documents: …")."""
    titles = [word[0].upper() + word[1:] for word in words(language, "agenda", "documentation_title")]
    return re.compile(rf"(?<=[\s.;。]){one_of(titles)}\s?[:：]")


@cache
def _named(language: str) -> re.Pattern[str]:
    """The words before the symbols of papers, with a capital where the language has them."""
    listed = [word[0].upper() + word[1:] for word in words(language, "agenda", "document_line")]
    return re.compile(rf"(?<=\s){one_of(listed)}{writing(language).right}")
