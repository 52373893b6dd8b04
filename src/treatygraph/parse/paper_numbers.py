"""A string → the papers in it that are numbered without the slashes of a symbol, or by a session behind a space.

The words for such papers and the codes of the committees that print them are data (``lang/lists.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from treatygraph.parse.lexicon import one_of
from treatygraph.parse.word_files import LANG, read_list

# Chinese characters stand right beside a number.
_LEFT: Final = r"(?<![^\W\u3400-\u9fff])(?<![/.-])"
_RIGHT: Final = r"(?![^\W\u3400-\u9fff]|/)"
_REVISION: Final = r"(?:\s?\(Rev\.\s?\d{1,2}\))?"
# Most texts print none of these papers; a look for what each must hold saves the search.
_KIND_BY_NUMBER: Final = re.compile(
    r"\d[\s/][A-Z][A-Za-z]{2,3}\.|[A-Z][A-Za-z]{2}\.\s[A-Z]|\((?:19|20)\d\d\)[A-Z]{0,3}\d"
)


@cache
def _listed(table: str) -> str:
    """A pattern for one of the words of a table, case kept."""
    return one_of(entry["text"] for entry in read_list(LANG / "lists.toml")[table])


@cache
def _numbered_paper() -> re.Pattern[str]:
    """A paper of a conference: "CoP18 Doc. 4.1", "DOC. SC31-35", "EC-76/INF. 2.1(1)", "T-PVS(2031)12"."""
    kinds, word = _listed("paper_kind"), _listed("paper_word")
    shapes = (
        rf"[A-Z][A-Za-z]{{1,5}}\d{{1,3}}\s(?:Com\.\s?[IVX]{{1,3}}\.?\s)?{kinds}\.\s?\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}",
        rf"{word}\.\s[A-Z][A-Za-z]{{1,5}}\d{{1,3}}-\d{{1,3}}(?:\.\d{{1,3}}){{0,2}}",
        rf"[A-Z][A-Za-z]{{0,9}}-\d{{1,3}}/{kinds}\.\s\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}(?:\(\d{{1,2}}\))?",
        r"[A-Z](?:[A-Z]{1,8}|-[A-Z]{2,6})(?:/[A-Z][A-Za-z]{1,8})?\((?:19|20)\d\d\)[A-Z]{0,3}\d{1,4}(?:(?i:rev|add|bil)\.?\d{0,2})?",
    )
    return re.compile(f"{_LEFT}(?:{'|'.join(shapes)}){_REVISION}{_RIGHT}")


@cache
def _paper_by_session() -> re.Pattern[str]:
    """A paper of a committee by its session: "MSC 101/23", "CL 163/4"; of a commission: "CX/FFV 22/1/2"."""
    session = rf"{_listed('paper_code')}\s(?:\d{{1,3}}|20\d\d)/(?:[A-Z]{{2,4}}[./])?\d{{1,3}}(?:/\d{{1,2}})?"
    # "C 2021/5 A" is a part of a paper; before a word the letter is an article.
    version = r"(?:(?:[/-](?:Add|Corr|Rev|Sup)\.\d{1,2}){1,2}|\s[A-D](?=\s?[)）;；,，、.]|$))?"
    commission = r"CX/[A-Z]{2,6}\s\d{2}/\d{1,3}/\d{1,3}"
    return re.compile(f"{_LEFT}(?:{commission}|{session}{version}){_RIGHT}")


def numbered_papers(text: str) -> Iterator[re.Match[str]]:
    """The papers of conferences that number them without slashes."""
    return _numbered_paper().finditer(text) if _KIND_BY_NUMBER.search(text) else iter(())


def papers_by_session(text: str) -> Iterator[re.Match[str]]:
    """The papers of committees that number them by a session behind a space."""
    return _paper_by_session().finditer(text) if "/" in text else iter(())
