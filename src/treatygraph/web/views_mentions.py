"""Rows of ``evidence.rq`` → the mentions that the pictures show."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from treatygraph.graph.iris import THINGS, key_of
from treatygraph.web.asking import Asker, Row
from treatygraph.web.names import page_of
from treatygraph.web.pages.links import cell, item_number
from treatygraph.web.pages.values import Link, Words
from treatygraph.web.texts import text_held
from treatygraph.web.views_values import text_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention, or one registry source, that supports what a row says."""

    says: str
    """What it says: the place in the agenda ("annotation"), or the fact ("established", "date")."""
    words: Words
    """The words with their text, place and rule."""
    through: Link | None
    """The listed document through which the item comes to the provision; None for words of the agenda."""


def mention_of(ask: Asker, row: Row, says: str) -> Mention:
    """A row as a value; *says* is what it says."""
    number = item_number(text_of(row, "item") or "")
    words = Words(
        support=cell(row, "support", "none"),
        exact=text_of(row, "exact") or "",
        prefix=text_of(row, "prefix") or "",
        suffix=text_of(row, "suffix") or "",
        expression=cell(row, "expression"),
        # A document that is listed under the item has no items of its own.
        place=f"item {number}" if number and "document" not in row else None,
        start=text_of(row, "start"),
        rule=text_of(row, "rule"),
        reader=_reader(ask, row),
        address=text_of(row, "address"),
        seen=text_of(row, "seen"),
    )
    return Mention(says, words, cell(row, "document"))


def _reader(ask: Asker, row: Row) -> str | None:
    """The spot in the reader, where the text is held here."""
    text, support, sha256 = (text_of(row, name) for name in ("expression", "support", "textHash"))
    if not (text and support and sha256 and text_held(ask, sha256)):
        return None
    if not (text.startswith(THINGS) and support.startswith(THINGS)):
        return None
    page = (page_of(text) or "").replace("/doc/", "/read/", 1)
    return f"{page}#{quote(key_of(support).rpartition('/')[2])}"
