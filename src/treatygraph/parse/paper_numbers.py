"""A string → the papers in it that are numbered without the slashes of a symbol, or by a session behind a space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# The words for papers of conferences that number them without slashes.
_KINDS: Final = "Com|Doc|Inf|Prop|Rec|Sum"
_KIND_BEHIND_NUMBER: Final = re.compile(rf"\d\s(?:{_KINDS})\.")
# A paper of a conference: "CoP18 Doc. 4.1", "SC70 Inf. 12".
_NUMBERED_PAPER: Final = re.compile(
    r"(?<!\w)[A-Z][A-Za-z]{1,5}\d{1,3}\s(?:Com\.\s?[IVX]{1,3}\.?\s)?"
    rf"(?:{_KINDS})\.\s?\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}"
    r"(?:\s?\(Rev\.\s?\d{1,2}\))?(?!\w)"
)
# The codes of committees that number their papers by a session behind a space.
_SPACED_CODES: Final = "C|CCC|CL|FAL|HTW|LEG|MEPC|MSC|NCSR|PPR|SDC|SSE"
# A paper of a committee by its session: "MSC 101/23", "CL 163/4".
_SPACED_PAPER: Final = re.compile(
    rf"(?<![\w/.-])CX/[A-Z]{{2,6}}\s\d{{2}}/\d{{1,3}}/\d{{1,3}}(?![\w/])"  # "CX/FFV 22/1/2", of a commission
    rf"|(?<![\w/.-])(?:{_SPACED_CODES})\s(?:\d{{1,3}}|20\d\d)/(?:INF\.|WP\.)?\d{{1,3}}(?:/\d{{1,2}})?"
    r"(?:/(?:Add|Corr|Rev)\.\d{1,2}){0,2}(?![\w/])"
)


def numbered_papers(text: str) -> Iterator[re.Match[str]]:
    """The papers of conferences that number them without slashes."""
    return _NUMBERED_PAPER.finditer(text) if _KIND_BEHIND_NUMBER.search(text) else iter(())


def papers_by_session(text: str) -> Iterator[re.Match[str]]:
    """The papers of committees that number them by a session behind a space."""
    return _SPACED_PAPER.finditer(text) if "/" in text else iter(())
