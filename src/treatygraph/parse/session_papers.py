"""The symbol of a document → the papers of the same session: those that count on behind the same stem.

"LAMP/COP/7/1" is the first paper of a session whose others are "LAMP/COP/7/2" and "LAMP/COP/7/INF/3". A stem that
ends with a committee and no session ("A/AC.105/") numbers the papers of all its sessions, and says nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from treatygraph.parse.lexicon import one_of
from treatygraph.parse.word_files import LANG, read_list

_VERSION: Final = r"(?:(?:/|\s?)\(?(?:Add|Corr|Rev|Amend)\.\s?\d{0,2}\)?){0,3}"
_OWN: Final = re.compile(
    rf"(?P<stem>(?:\S*/)?(?P<session>[^/\s]+)/)(?:[A-Z]{{1,5}}[./])?\d{{1,3}}[A-Z]?{_VERSION}"
)
_SESSION: Final = re.compile(
    r"(?:19|20)\d\d|\d{1,3}|(?:(?P<code>[A-Za-z]{1,10})\.)?\d{1,3}|[A-Z]{2,4}\(\d{1,3}\)|[A-Z]{1,5}-\d{1,3}"
)
_PAPER: Final = rf"(?:[A-Za-z]{{1,5}}\.?/?){{0,2}}\d{{1,3}}[A-Z]?{_VERSION}"


@cache
def papers_of_session(symbol: str | None) -> re.Pattern[str] | None:
    """A pattern for the symbols of the session of *symbol*, itself left out; None where it names no session."""
    own = _OWN.fullmatch(symbol or "")
    session = _SESSION.fullmatch(own["session"]) if own else None
    if own is None or session is None or (session["code"] and _committee().fullmatch(session["code"])):
        return None
    return re.compile(rf"(?!{re.escape(own[0])}$){re.escape(own['stem'])}{_PAPER}")


@cache
def _committee() -> re.Pattern[str]:
    return re.compile(one_of(entry["text"] for entry in read_list(LANG / "lists.toml")["committee_code"]))
