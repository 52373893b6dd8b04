"""Source texts that this machine holds: where the reader can be opened."""

from __future__ import annotations

from treatygraph.graph.iris import iri
from treatygraph.web.asking import Asker


def text_held(ask: Asker, sha256: str) -> bool:
    """Whether the text with that hash is held here."""
    return ask.pool.holds_text(sha256)


def text_of(ask: Asker, expression_key: str) -> str | None:
    """The text of an expression; None where it is not held here."""
    for row in ask.rows("text_hash", thing=iri(expression_key)):
        if "sha256" in row and (text := ask.pool.text(row["sha256"].value)) is not None:
            return text
    return None
