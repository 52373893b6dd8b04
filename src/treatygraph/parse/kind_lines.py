"""A line of a document's head → the kind of document that it names ("Resolution adopted by …"), or none."""

from __future__ import annotations

import re
from functools import cache

from treatygraph.model.tree import DocumentKind
from treatygraph.parse.lexicon import entries


@cache
def _patterns(language: str, flags: int) -> tuple[tuple[DocumentKind, re.Pattern[str]], ...]:
    return tuple(
        (
            DocumentKind(entry["text"]),
            re.compile(r"[#*_\s]{0,8}" + entry["pattern"].replace(" ", r"\s{1,4}"), flags),
        )
        for entry in entries(language, "kinds", "kind")
    )


def kind_of_line(text: str, language: str) -> DocumentKind | None:
    """The kind that a line of the head names, or None; a line in capitals may name any."""
    flags = re.IGNORECASE if text.isupper() else re.NOFLAG
    return next((kind for kind, pattern in _patterns(language, flags) if pattern.match(text)), None)
