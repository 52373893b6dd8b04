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

_REVISION: Final = r"(?:\s?\(Rev\.\s?\d{1,2}\))?"
# Most texts print none of these papers; a look for what each must hold saves the search.
_KIND_BY_NUMBER: Final = re.compile(r"\d\s[A-Z][a-z]{2,3}\.|[A-Z][A-Za-z]{2}\.\s[A-Z]")


@cache
def _listed(table: str) -> str:
    """A pattern for one of the words of a table, case kept."""
    return one_of(entry["text"] for entry in read_list(LANG / "lists.toml")[table])


@cache
def _numbered_paper() -> re.Pattern[str]:
    """A paper of a conference: "CoP18 Doc. 4.1", "SC70 Inf. 12", or with the word before all: "DOC. SC31-35"."""
    kinds = _listed("paper_kind")
    return re.compile(
        rf"(?<!\w)(?:[A-Z][A-Za-z]{{1,5}}\d{{1,3}}\s(?:Com\.\s?[IVX]{{1,3}}\.?\s)?"
        rf"{kinds}\.\s?\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}"
        rf"|{_listed('paper_word')}\.\s[A-Z][A-Za-z]{{1,5}}\d{{1,3}}-\d{{1,3}}(?:\.\d{{1,3}}){{0,2}})"
        rf"{_REVISION}(?!\w)"
    )


@cache
def _paper_by_session() -> re.Pattern[str]:
    """A paper of a committee by its session: "MSC 101/23", "CL 163/4"; of a commission: "CX/FFV 22/1/2"."""
    return re.compile(
        r"(?<![\w/.-])CX/[A-Z]{2,6}\s\d{2}/\d{1,3}/\d{1,3}(?![\w/])"
        rf"|(?<![\w/.-]){_listed('paper_code')}\s(?:\d{{1,3}}|20\d\d)/(?:INF\.|WP\.)?\d{{1,3}}(?:/\d{{1,2}})?"
        r"(?:/(?:Add|Corr|Rev)\.\d{1,2}){0,2}(?![\w/])"
    )


def numbered_papers(text: str) -> Iterator[re.Match[str]]:
    """The papers of conferences that number them without slashes."""
    return _numbered_paper().finditer(text) if _KIND_BY_NUMBER.search(text) else iter(())


def papers_by_session(text: str) -> Iterator[re.Match[str]]:
    """The papers of committees that number them by a session behind a space."""
    return _paper_by_session().finditer(text) if "/" in text else iter(())
